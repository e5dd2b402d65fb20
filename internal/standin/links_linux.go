package standin

import (
	"fmt"
	"io/fs"
	"net"
	"runtime"
	"syscall"
	"time"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"
)

// Link is a network interface of a stand-in host.
type Link struct {
	// Name and MAC are as on the host, AltNames its further names.
	Name, MAC string
	AltNames  []string
	// Bridge makes it a bridge; else it is a port with a cable in it.
	Bridge bool
	// Master is the bridge that it belongs to.
	Master string
	// Down leaves it switched off.
	Down bool
	// Addresses are in CIDR form, Gateway is the way to everywhere else.
	Addresses []string
	Gateway   string
	// Routes are further ways.
	Routes []Route
	// MTU is that of the link, the kernel's own where it is 0.
	MTU int
	// Rules are numbers of tables that what comes from the first address is looked up in.
	Rules []int
}

// Route is a way to a network, in CIDR form, by an address.
type Route struct{ To, Via string }

// wire makes the links of a host in the network namespace of a process. The other
// ends of the cables are in a namespace of their own that lives as long as the
// returned handle.
func wire(pid int, links []Link) (far netns.NsHandle, err error) {
	near, err := netns.GetFromPid(pid)
	if err != nil {
		return netns.None(), err
	}
	defer near.Close()
	if far, err = emptyNamespace(); err != nil {
		return netns.None(), err
	}
	host, err := netlink.NewHandleAt(near, unix.NETLINK_ROUTE)
	if err != nil {
		return far, err
	}
	defer host.Close()
	other, err := netlink.NewHandleAt(far, unix.NETLINK_ROUTE)
	if err != nil {
		return far, err
	}
	defer other.Close()
	for _, link := range links {
		if err := plug(host, other, far, link); err != nil {
			return far, fmt.Errorf("link %s: %w", link.Name, err)
		}
	}
	return far, settled(host, links)
}

// emptyNamespace makes a network namespace that no process is in.
func emptyNamespace() (netns.NsHandle, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	own, err := netns.Get()
	if err != nil {
		return netns.None(), err
	}
	defer own.Close()
	made, err := netns.New()
	if err != nil {
		return netns.None(), err
	}
	return made, netns.Set(own)
}

func plug(host, other *netlink.Handle, far netns.NsHandle, link Link) error {
	mac, err := net.ParseMAC(link.MAC)
	if err != nil {
		return err
	}
	attributes := netlink.LinkAttrs{Name: link.Name, HardwareAddr: mac}
	var made netlink.Link = &netlink.Veth{
		LinkAttrs: attributes, PeerName: link.Name, PeerNamespace: netlink.NsFd(far),
	}
	if link.Bridge {
		made = &netlink.Bridge{LinkAttrs: attributes}
	}
	if err := host.LinkAdd(made); err != nil {
		return err
	}
	if made, err = host.LinkByName(link.Name); err != nil {
		return err
	}
	for _, name := range link.AltNames {
		if err := host.LinkAddAltName(made, name); err != nil {
			return err
		}
	}
	if link.Master != "" {
		master, err := host.LinkByName(link.Master)
		if err != nil {
			return err
		}
		if err := host.LinkSetMaster(made, master); err != nil {
			return err
		}
	}
	if link.MTU > 0 {
		if err := host.LinkSetMTU(made, link.MTU); err != nil {
			return err
		}
	}
	if link.Down {
		return nil
	}
	if err := host.LinkSetUp(made); err != nil {
		return err
	}
	if !link.Bridge {
		end, err := other.LinkByName(link.Name)
		if err != nil {
			return err
		}
		if err := other.LinkSetUp(end); err != nil {
			return err
		}
	}
	for _, text := range link.Addresses {
		address, err := netlink.ParseAddr(text)
		if err != nil {
			return err
		}
		if err := host.AddrAdd(made, address); err != nil {
			return err
		}
	}
	for _, route := range link.Routes {
		to, err := netlink.ParseIPNet(route.To)
		if err != nil {
			return err
		}
		if err := host.RouteAdd(&netlink.Route{LinkIndex: made.Attrs().Index, Dst: to, Gw: net.ParseIP(route.Via)}); err != nil {
			return err
		}
	}
	for _, table := range link.Rules {
		rule := netlink.NewRule()
		rule.Table, rule.Priority = table, table
		ip, _, err := net.ParseCIDR(link.Addresses[0])
		if err != nil {
			return err
		}
		rule.Src = &net.IPNet{IP: ip, Mask: net.CIDRMask(32, 32)}
		if err := host.RuleAdd(rule); err != nil {
			return err
		}
	}
	if link.Gateway == "" {
		return nil
	}
	return host.RouteAdd(&netlink.Route{LinkIndex: made.Attrs().Index, Gw: net.ParseIP(link.Gateway)})
}

// settled waits until the kernel has seen that the cables are plugged in.
func settled(host *netlink.Handle, links []Link) error {
	for range 200 {
		waiting := ""
		for _, link := range links {
			found, err := host.LinkByName(link.Name)
			if err != nil {
				return err
			}
			if !link.Down && found.Attrs().OperState != netlink.OperUp {
				waiting = link.Name
			}
		}
		if waiting == "" {
			return nil
		}
		time.Sleep(25 * time.Millisecond)
	}
	return fmt.Errorf("links did not come up")
}

func ownerOf(info fs.FileInfo) (uid, gid int) {
	stat := info.Sys().(*syscall.Stat_t)
	return int(stat.Uid), int(stat.Gid)
}
