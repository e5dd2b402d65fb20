package introspect

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"time"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netlink/nl"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	// netlinkTimeout bounds each answer of the kernel.
	netlinkTimeout = 5 * time.Second
	// netlinkAttempts is how often the kernel is asked again when something changed while it answered.
	netlinkAttempts = 3
	// maxRoutes bounds the routes of a host that takes part in the routing of the Internet, which has a million.
	maxRoutes = 20_000
)

// kernelNetwork is the Network of the running kernel.
type kernelNetwork struct {
	*netlink.Handle
}

func openNetlink() (Network, error) {
	handle, err := netlink.NewHandle(unix.NETLINK_ROUTE)
	if err != nil {
		return nil, err
	}
	if err := handle.SetSocketTimeout(netlinkTimeout); err != nil {
		handle.Close()
		return nil, err
	}
	return kernelNetwork{handle}, nil
}

// whole asks again while the kernel says that its answer is a mixture of before and after a change.
func whole[T any](ask func() (T, error)) (answer T, err error) {
	for range netlinkAttempts {
		if answer, err = ask(); !errors.Is(err, netlink.ErrDumpInterrupted) {
			break
		}
	}
	return answer, err
}

func (n kernelNetwork) Links() ([]netlink.Link, error) { return whole(n.LinkList) }

func (n kernelNetwork) Addresses() ([]netlink.Addr, error) {
	return whole(func() ([]netlink.Addr, error) { return n.AddrList(nil, netlink.FAMILY_ALL) })
}

func (n kernelNetwork) Routes() ([]netlink.Route, error) {
	return whole(func() ([]netlink.Route, error) {
		var routes []netlink.Route
		err := n.RouteListFilteredIter(netlink.FAMILY_ALL, &netlink.Route{Table: unix.RT_TABLE_UNSPEC}, netlink.RT_FILTER_TABLE,
			func(route netlink.Route) bool {
				if !isKernelsOwn(route) {
					routes = append(routes, route)
				}
				return len(routes) <= maxRoutes
			})
		if len(routes) > maxRoutes {
			return routes[:maxRoutes], fmt.Errorf("more than %d routes, the others are left out", maxRoutes)
		}
		return routes, err
	})
}

func (n kernelNetwork) Rules() ([]netlink.Rule, error) {
	var rules []netlink.Rule
	// All families at once would bring the rules of multicast routing too.
	for _, family := range []int{netlink.FAMILY_V4, netlink.FAMILY_V6} {
		found, err := whole(func() ([]netlink.Rule, error) { return n.RuleList(family) })
		if errors.Is(err, unix.EAFNOSUPPORT) || errors.Is(err, unix.EOPNOTSUPP) {
			continue // a kernel without this family, or without policy rules
		}
		if err != nil {
			return rules, err
		}
		rules = append(rules, found...)
	}
	return rules, nil
}

// Bridges asks for what the library leaves out of its bridges.
func (n kernelNetwork) Bridges() (map[int]snapshot.BridgeState, error) {
	return whole(func() (map[int]snapshot.BridgeState, error) {
		out := map[int]snapshot.BridgeState{}
		request := nl.NewNetlinkRequest(unix.RTM_GETLINK, unix.NLM_F_DUMP)
		request.AddData(nl.NewIfInfomsg(unix.AF_UNSPEC))
		kind := nl.NewRtAttr(unix.IFLA_LINKINFO, nil) // the kernel sends no others then
		kind.AddRtAttr(nl.IFLA_INFO_KIND, nl.NonZeroTerminated("bridge"))
		request.AddData(kind)
		err := exchange(request, unix.NETLINK_ROUTE, unix.RTM_NEWLINK, func(message []byte) {
			if index, state, isBridge := bridgeState(message); isBridge {
				out[index] = state
			}
		})
		return out, err
	})
}

func (n kernelNetwork) VLANs() (map[int][]snapshot.BridgeVLAN, error) {
	return whole(func() (map[int][]snapshot.BridgeVLAN, error) {
		out := map[int][]snapshot.BridgeVLAN{}
		request := nl.NewNetlinkRequest(unix.RTM_GETLINK, unix.NLM_F_DUMP)
		request.AddData(nl.NewIfInfomsg(unix.AF_BRIDGE))
		// Ranges, where the kernel can: a port of PVE has 4,093 VLANs unless someone says otherwise.
		request.AddData(nl.NewRtAttr(unix.IFLA_EXT_MASK, nl.Uint32Attr(nl.RTEXT_FILTER_BRVLAN_COMPRESSED)))
		err := exchange(request, unix.NETLINK_ROUTE, unix.RTM_NEWLINK, func(message []byte) {
			if index, vlans := bridgeVLANs(message); len(vlans) > 0 {
				out[index] = append(out[index], vlans...)
			}
		})
		return out, err
	})
}

// filterFamilies are the families of nftables, NFPROTO_* of linux/netfilter.h.
var filterFamilies = map[byte]string{
	unix.NFPROTO_INET: "inet", unix.NFPROTO_IPV4: "ip", unix.NFPROTO_IPV6: "ip6",
	unix.NFPROTO_ARP: "arp", unix.NFPROTO_NETDEV: "netdev", unix.NFPROTO_BRIDGE: "bridge",
}

func (n kernelNetwork) FilterTables() ([]snapshot.FilterTable, error) {
	tables, err := whole(func() ([]snapshot.FilterTable, error) {
		var out []snapshot.FilterTable
		request := nl.NewNetlinkRequest(unix.NFNL_SUBSYS_NFTABLES<<8|unix.NFT_MSG_GETTABLE, unix.NLM_F_DUMP)
		request.AddData(&nl.Nfgenmsg{NfgenFamily: unix.NFPROTO_UNSPEC, Version: nl.NFNETLINK_V0})
		err := exchange(request, unix.NETLINK_NETFILTER, unix.NFNL_SUBSYS_NFTABLES<<8|unix.NFT_MSG_NEWTABLE, func(message []byte) {
			if table, found := filterTable(message); found {
				out = append(out, table)
			}
		})
		return out, err
	})
	if errors.Is(err, unix.EPROTONOSUPPORT) || errors.Is(err, unix.EINVAL) {
		return nil, nil // the kernel has no nftables
	}
	return tables, err
}

// exchange sends a request on a socket of its own and calls visit for every message of the type in the answer.
func exchange(request *nl.NetlinkRequest, protocol int, messageType uint16, visit func(message []byte)) error {
	socket, err := nl.GetNetlinkSocketAt(netns.None(), netns.None(), protocol)
	if err != nil {
		return err
	}
	defer socket.Close()
	limit := unix.NsecToTimeval(netlinkTimeout.Nanoseconds())
	if err := errors.Join(socket.SetSendTimeout(&limit), socket.SetReceiveTimeout(&limit)); err != nil {
		return err
	}
	request.Sockets = map[int]*nl.SocketHandle{protocol: {Socket: socket}}
	return request.ExecuteIter(protocol, messageType, func(message []byte) bool {
		visit(message)
		return true
	})
}

// attributes are the attributes of a message behind a header of size bytes, by type without the flags of nesting.
func attributes(message []byte, size int, visit func(kind uint16, value []byte)) {
	if len(message) < size {
		return
	}
	parsed, err := nl.ParseRouteAttr(message[size:])
	if err != nil {
		return
	}
	for _, attribute := range parsed {
		visit(attribute.Attr.Type&^(unix.NLA_F_NESTED|unix.NLA_F_NET_BYTEORDER), attribute.Value)
	}
}

// nested are the attributes within an attribute.
func nested(value []byte, visit func(kind uint16, value []byte)) { attributes(value, 0, visit) }

// linkIndex is the index in the header of a message about a link.
func linkIndex(message []byte) int {
	if len(message) < syscall.SizeofIfInfomsg {
		return 0
	}
	return int(int32(binary.NativeEndian.Uint32(message[4:])))
}

// bridgeState reads the settings of a bridge out of a message about a link.
func bridgeState(message []byte) (index int, state snapshot.BridgeState, isBridge bool) {
	attributes(message, syscall.SizeofIfInfomsg, func(kind uint16, info []byte) {
		if kind != unix.IFLA_LINKINFO {
			return
		}
		nested(info, func(kind uint16, value []byte) {
			switch kind {
			case nl.IFLA_INFO_KIND:
				isBridge = strings.TrimRight(string(value), "\x00") == "bridge"
			case nl.IFLA_INFO_DATA:
				nested(value, func(kind uint16, value []byte) { bridgeSetting(&state, kind, value) })
			}
		})
	})
	return linkIndex(message), state, isBridge
}

func bridgeSetting(state *snapshot.BridgeState, kind uint16, value []byte) {
	number := 0
	switch len(value) {
	case 1:
		number = int(value[0])
	case 4:
		number = int(binary.NativeEndian.Uint32(value))
	}
	switch kind {
	case nl.IFLA_BR_VLAN_FILTERING:
		state.VLANFiltering = number != 0
	case nl.IFLA_BR_STP_STATE:
		state.STP = number != 0
	case nl.IFLA_BR_FORWARD_DELAY:
		state.ForwardDelayCentiseconds = number
	case nl.IFLA_BR_AGEING_TIME:
		state.AgeingCentiseconds = number
	case nl.IFLA_BR_MCAST_SNOOPING:
		state.MulticastSnooping = number != 0
	}
}

// bridgeVLANs reads the VLANs of a port, or of a bridge itself.
func bridgeVLANs(message []byte) (index int, vlans []snapshot.BridgeVLAN) {
	first := 0
	attributes(message, syscall.SizeofIfInfomsg, func(kind uint16, value []byte) {
		if kind != unix.IFLA_AF_SPEC {
			return
		}
		nested(value, func(kind uint16, value []byte) {
			if kind != nl.IFLA_BRIDGE_VLAN_INFO || len(value) < nl.SizeofBridgeVlanInfo {
				return
			}
			flags, id := binary.NativeEndian.Uint16(value), int(binary.NativeEndian.Uint16(value[2:]))
			if flags&nl.BRIDGE_VLAN_INFO_RANGE_BEGIN != 0 {
				first = id
				return
			}
			if flags&nl.BRIDGE_VLAN_INFO_RANGE_END == 0 || first == 0 {
				first = id
			}
			vlans = append(vlans, snapshot.BridgeVLAN{
				First: first, Last: id,
				PVID: flags&nl.BRIDGE_VLAN_INFO_PVID != 0, Untagged: flags&nl.BRIDGE_VLAN_INFO_UNTAGGED != 0,
			})
			first = 0
		})
	})
	return linkIndex(message), vlans
}

// filterTable reads a table of nftables.
func filterTable(message []byte) (table snapshot.FilterTable, found bool) {
	attributes(message, nl.SizeofNfgenmsg, func(kind uint16, value []byte) {
		if kind == unix.NFTA_TABLE_NAME {
			table.Name = strings.ToValidUTF8(strings.TrimRight(string(value), "\x00"), "\uFFFD")
		}
	})
	if table.Name == "" {
		return table, false
	}
	table.Kind, table.Family = "nftables", filterFamilies[message[0]]
	return table, table.Family != ""
}

// viaAddress is a next hop of another family than its route.
func viaAddress(via netlink.Destination) string {
	if hop, ok := via.(*netlink.Via); ok && len(hop.Addr) > 0 {
		return hop.Addr.String()
	}
	return ""
}
