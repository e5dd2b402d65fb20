package introspect

import (
	"cmp"
	"errors"
	"net"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/vishvananda/netlink"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// errNoNetwork is the error of a host that is only a tree of files.
var errNoNetwork = errors.New("a tree of files has no running network")

// collectLinks takes the kernel's interfaces, addresses, routes and rules.
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
	failed := func(err error) {
		if err != nil {
			a.problem("netlink", err)
		}
	}
	addresses, err := network.Addresses()
	failed(err)
	routes, err := network.Routes()
	failed(err)
	rules, err := network.Rules()
	failed(err)
	bridges, err := network.Bridges()
	failed(err)
	vlans, err := network.VLANs()
	failed(err)
	c.out.Network.Links = linksOf(c, links, addresses, bridges, vlans)
	c.out.Network.Routes = routesOf(links, routes)
	c.out.Network.Rules = rulesOf(rules)
}

func linksOf(c *capture, links []netlink.Link, addresses []netlink.Addr,
	bridges map[int]snapshot.BridgeState, vlans map[int][]snapshot.BridgeVLAN,
) []snapshot.Link {
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
			Up:        attrs.Flags&net.FlagUp != 0,
			Parent:    parentOf(names, link),
		}
		describeKind(&found, names, link)
		state, isBridge := bridges[attrs.Index]
		if isBridge {
			found.Bridge = &state
		}
		if state.VLANFiltering || bridges[attrs.MasterIndex].VLANFiltering {
			// A bridge that does not filter has VLANs too, and they are without effect.
			found.VLANs = mergeVLANs(vlans[attrs.Index])
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
			found.VFs = c.number("/sys/class/net/" + attrs.Name + "/device/sriov_numvfs")
			found.MaxVFs = c.number("/sys/class/net/" + attrs.Name + "/device/sriov_totalvfs")
		}
		if c.number("/sys/class/net/"+attrs.Name+"/carrier") == 1 && (found.Kind == "device" || found.Bond != nil) {
			// Links that are no hardware name a speed too, which is invented. Hardware that does not know says -1.
			found.SpeedMbps = max(0, c.number("/sys/class/net/"+attrs.Name+"/speed"))
		}
		slices.SortFunc(found.Addresses, func(a, b snapshot.Address) int {
			return cmp.Or(cmp.Compare(a.Family, b.Family), cmp.Compare(a.CIDR, b.CIDR))
		})
		out = append(out, found)
	}
	slices.SortFunc(out, func(a, b snapshot.Link) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// number is the number that a file of one line holds; 0 when there is none.
func (c *capture) number(name string) int {
	number, err := strconv.Atoi(c.line(name))
	if err != nil {
		return 0
	}
	return number
}

// parentOf is the link that another one rests on. That of a veth is its other end, and an index of another namespace
// means nothing in this one.
func parentOf(names map[int]string, link netlink.Link) string {
	switch link := link.(type) {
	case *netlink.Veth:
		return ""
	case *netlink.Vxlan:
		return names[link.VtepDevIndex]
	}
	attrs := link.Attrs()
	if attrs.NetNsID >= 0 || attrs.ParentIndex == attrs.Index {
		return ""
	}
	return names[attrs.ParentIndex]
}

// describeKind adds what only links of some kind have.
func describeKind(found *snapshot.Link, names map[int]string, link netlink.Link) {
	switch link := link.(type) {
	case *netlink.Vlan:
		found.VLANID = link.VlanId
	case *netlink.Vxlan:
		found.VNI = max(0, link.VxlanId)
	case *netlink.Bond:
		found.Bond = &snapshot.BondState{
			Mode:               link.Mode.String(),
			MIIMonMilliseconds: max(0, link.Miimon),
			Primary:            names[link.Primary],
			Active:             names[link.ActiveSlave],
		}
		// The kernel has a value for these in every mode; only in some it looks at it.
		switch link.Mode {
		case netlink.BOND_MODE_802_3AD:
			found.Bond.LACPRate, found.Bond.XmitHashPolicy = link.LacpRate.String(), link.XmitHashPolicy.String()
		case netlink.BOND_MODE_BALANCE_XOR, netlink.BOND_MODE_BALANCE_TLB, netlink.BOND_MODE_BALANCE_ALB:
			found.Bond.XmitHashPolicy = link.XmitHashPolicy.String()
		}
	}
}

// mergeVLANs sorts VLANs and joins neighbours that are treated alike.
func mergeVLANs(vlans []snapshot.BridgeVLAN) []snapshot.BridgeVLAN {
	vlans = slices.Clone(vlans)
	slices.SortFunc(vlans, func(a, b snapshot.BridgeVLAN) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
	})
	out := []snapshot.BridgeVLAN{}
	for _, vlan := range vlans {
		if i := len(out) - 1; i >= 0 && out[i].Last+1 == vlan.First && out[i].PVID == vlan.PVID && out[i].Untagged == vlan.Untagged && !vlan.PVID {
			out[i].Last = vlan.Last
			continue
		}
		out = append(out, vlan)
	}
	return out
}

func namesOf(links []netlink.Link) map[int]string {
	names := make(map[int]string, len(links))
	for _, link := range links {
		names[link.Attrs().Index] = link.Attrs().Name
	}
	return names
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
