package introspect

import (
	"cmp"
	"errors"
	"net"
	"path"
	"slices"
	"strings"

	"github.com/vishvananda/netlink"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// errNoNetwork is the error of a host that is only a tree of files.
var errNoNetwork = errors.New("a tree of files has no running network")

// collectLinks takes the kernel's interfaces, addresses and routes.
func collectLinks(c *capture) {
	a := c.area("network.live", sourceNetlink)
	network, err := c.host.Network()
	if err != nil {
		a.unknown("netlink", err)
		return
	}
	defer network.Close()
	links, err := network.Links()
	if err != nil {
		a.unknown("netlink", err)
		return
	}
	addresses, err := network.Addresses()
	if err != nil {
		a.problem("netlink", err)
	}
	routes, err := network.Routes()
	if err != nil {
		a.problem("netlink", err)
	}
	c.out.Network.Links = linksOf(c, links, addresses)
	c.out.Network.Routes = routesOf(links, routes)
}

func linksOf(c *capture, links []netlink.Link, addresses []netlink.Addr) []snapshot.Link {
	names := namesOf(links)
	byLink := map[int][]snapshot.Address{}
	for _, address := range addresses {
		if address.IPNet == nil || address.IP.IsLinkLocalUnicast() {
			continue
		}
		family := "inet"
		if address.IP.To4() == nil {
			family = "inet6"
		}
		byLink[address.LinkIndex] = append(byLink[address.LinkIndex],
			snapshot.Address{CIDR: address.IPNet.String(), Family: family})
	}
	out := make([]snapshot.Link, 0, len(links))
	for _, link := range links {
		attrs := link.Attrs()
		found := snapshot.Link{
			Name:      attrs.Name,
			Kind:      link.Type(),
			MAC:       attrs.HardwareAddr.String(),
			Master:    names[attrs.MasterIndex],
			MTU:       attrs.MTU,
			State:     attrs.OperState.String(),
			AltNames:  slices.Sorted(slices.Values(attrs.AltNames)),
			Addresses: byLink[attrs.Index],
		}
		if !allZero(attrs.PermHWAddr) {
			found.PermanentMAC = attrs.PermHWAddr.String()
		}
		if attrs.Flags&net.FlagLoopback != 0 {
			found.Kind = "loopback"
		}
		if device, err := c.host.Resolve("/sys/class/net/" + attrs.Name + "/device"); err == nil {
			// What has a device is hardware, whatever driver announces itself as a kind of link.
			found.Kind = "device"
			found.Path = devicePath(device)
			found.Driver = driverOf(c, device)
		}
		slices.SortFunc(found.Addresses, func(a, b snapshot.Address) int {
			return cmp.Or(cmp.Compare(a.Family, b.Family), cmp.Compare(a.CIDR, b.CIDR))
		})
		out = append(out, found)
	}
	slices.SortFunc(out, func(a, b snapshot.Link) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

func routesOf(links []netlink.Link, routes []netlink.Route) []snapshot.Route {
	names := namesOf(links)
	var out []snapshot.Route
	for _, route := range routes {
		found := snapshot.Route{Interface: names[route.LinkIndex], Metric: route.Priority}
		switch {
		case route.Dst == nil || isDefault(route.Dst):
			found.Destination = "default"
		case route.Dst.IP.IsLinkLocalUnicast() || route.Dst.IP.IsMulticast():
			continue // the kernel makes these for every link
		default:
			found.Destination = route.Dst.String()
		}
		hops := []*netlink.NexthopInfo{{LinkIndex: route.LinkIndex, Gw: route.Gw}}
		if len(route.MultiPath) > 0 {
			hops = route.MultiPath
		}
		for _, hop := range hops {
			one := found
			one.Interface = names[hop.LinkIndex]
			if len(hop.Gw) > 0 {
				one.Gateway = hop.Gw.String()
			}
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(a, b snapshot.Route) int {
		return cmp.Or(cmp.Compare(a.Destination, b.Destination), cmp.Compare(a.Interface, b.Interface),
			cmp.Compare(a.Gateway, b.Gateway), cmp.Compare(a.Metric, b.Metric))
	})
	return slices.Compact(out)
}

func namesOf(links []netlink.Link) map[int]string {
	names := make(map[int]string, len(links))
	for _, link := range links {
		names[link.Attrs().Index] = link.Attrs().Name
	}
	return names
}

func isDefault(prefix *net.IPNet) bool {
	ones, _ := prefix.Mask.Size()
	return ones == 0 && prefix.IP.IsUnspecified()
}

func allZero(address net.HardwareAddr) bool {
	return !slices.ContainsFunc(address, func(b byte) bool { return b != 0 })
}

// devicePath names the place of a device as udev's ID_PATH does for PCI:
// pci-0000:00:1f.6. Other devices keep the path below /sys/devices.
func devicePath(device string) string {
	for _, part := range slices.Backward(strings.Split(device, "/")) {
		if isPCIAddress(part) {
			return "pci-" + part
		}
	}
	return strings.TrimPrefix(device, "/sys/devices/")
}

// driverOf is the name of the driver that a device below /sys is bound to.
func driverOf(c *capture, device string) string {
	driver, err := c.host.Readlink(device + "/driver")
	if err != nil {
		return ""
	}
	return path.Base(driver)
}
