package introspect

import (
	"cmp"
	"fmt"
	"math"
	"net"
	"slices"
	"strconv"

	"github.com/vishvananda/netlink"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Numbers of linux/rtnetlink.h.
const (
	tableDefault = 253
	tableMain    = 254
	tableLocal   = 255

	routeUnreachable = 7
	protocolKernel   = 2
)

// Families of routes and rules, as the kernel numbers them.
const (
	familyIPv4 = 2
	familyIPv6 = 10
)

// routeKinds are the types of routes that are configured; the kernel makes the others (local, broadcast, multicast …).
var routeKinds = map[int]string{1: "unicast", 6: "blackhole", routeUnreachable: "unreachable", 8: "prohibit", 9: "throw"}

// routeProtocols are who makes routes and rules, by the names that iproute2 has for the numbers of linux/rtnetlink.h.
var routeProtocols = map[int]string{
	0: "unspec", 1: "redirect", protocolKernel: "kernel", 3: "boot", 4: "static", 8: "gated", 9: "ra", 10: "mrt", 11: "zebra", 12: "bird",
	13: "dnrouted", 14: "xorp", 15: "ntk", 16: "dhcp", 17: "mrouted", 18: "keepalived", 42: "babel", 99: "openr",
	186: "bgp", 187: "isis", 188: "ospf", 189: "rip", 192: "eigrp",
}

func protocolName(number int) string {
	return cmp.Or(routeProtocols[number], strconv.Itoa(number))
}

// familyName is inet or inet6, and "" for families that are not of the Internet.
func familyName(number int) string {
	return map[int]string{familyIPv4: "inet", familyIPv6: "inet6"}[number]
}

// isKernelsOwn says whether the kernel makes a route by itself wherever there is a link or an address, or has it for
// itself: those of the table local, of link-local and multicast destinations, and the one that ends IPv6.
func isKernelsOwn(route netlink.Route) bool {
	switch {
	case route.Table == tableLocal, routeKinds[route.Type] == "", familyName(route.Family) == "":
		return true
	case route.Type == routeUnreachable && route.Protocol == protocolKernel && uint32(route.Priority) == math.MaxUint32:
		return true
	}
	return route.Dst != nil && (route.Dst.IP.IsLinkLocalUnicast() || route.Dst.IP.IsMulticast())
}

func routesOf(links []netlink.Link, routes []netlink.Route) []snapshot.Route {
	names := namesOf(links)
	var out []snapshot.Route
	for _, route := range routes {
		if isKernelsOwn(route) {
			continue
		}
		found := snapshot.Route{
			Table: route.Table, Kind: routeKinds[route.Type], Protocol: protocolName(int(route.Protocol)),
			Destination: "default", Metric: route.Priority,
		}
		if route.Dst != nil && !isDefault(route.Dst) {
			found.Destination = route.Dst.String()
		}
		if len(route.Src) > 0 {
			found.Source = route.Src.String()
		}
		hops := []*netlink.NexthopInfo{{LinkIndex: route.LinkIndex, Gw: route.Gw, Via: route.Via}}
		if len(route.MultiPath) > 0 {
			hops = route.MultiPath
		}
		for _, hop := range hops {
			one := found
			one.Interface = names[hop.LinkIndex]
			one.Gateway = gatewayOf(hop)
			out = append(out, one)
		}
	}
	slices.SortFunc(out, func(a, b snapshot.Route) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Destination, b.Destination), cmp.Compare(a.Interface, b.Interface),
			cmp.Compare(a.Gateway, b.Gateway), cmp.Compare(a.Metric, b.Metric), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.Source, b.Source))
	})
	return slices.Compact(out)
}

// gatewayOf is the next hop. One of the other family stands in another place.
func gatewayOf(hop *netlink.NexthopInfo) string {
	if len(hop.Gw) > 0 {
		return hop.Gw.String()
	}
	if hop.Via != nil {
		return viaAddress(hop.Via)
	}
	return ""
}

func isDefault(prefix *net.IPNet) bool {
	ones, _ := prefix.Mask.Size()
	return ones == 0 && prefix.IP.IsUnspecified()
}

// standardRules are the rules of every kernel: priority → table. IPv6 has no table default.
var standardRules = map[int]int{0: tableLocal, 32766: tableMain, 32767: tableDefault}

func rulesOf(rules []netlink.Rule) []snapshot.RouteRule {
	var out []snapshot.RouteRule
	for _, rule := range rules {
		found := snapshot.RouteRule{
			Priority: rule.Priority, Family: familyName(rule.Family), Table: rule.Table,
			InputInterface: rule.IifName, OutputInterface: rule.OifName, Protocol: protocolName(int(rule.Protocol)),
			Mark: markOf(rule), Conditions: conditionsOf(rule),
		}
		if rule.Src != nil {
			found.From = rule.Src.String()
		}
		if rule.Dst != nil {
			found.To = rule.Dst.String()
		}
		if found.Family != "" && !isStandard(found) {
			out = append(out, found)
		}
	}
	slices.SortFunc(out, func(a, b snapshot.RouteRule) int {
		return cmp.Or(cmp.Compare(a.Family, b.Family), cmp.Compare(a.Priority, b.Priority), cmp.Compare(a.Table, b.Table),
			cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.InputInterface, b.InputInterface),
			cmp.Compare(a.OutputInterface, b.OutputInterface), cmp.Compare(a.Mark, b.Mark), cmp.Compare(a.Protocol, b.Protocol),
			slices.Compare(a.Conditions, b.Conditions))
	})
	return out
}

func isStandard(rule snapshot.RouteRule) bool {
	table, known := standardRules[rule.Priority]
	return known && rule.Table == table && rule.From+rule.To+rule.InputInterface+rule.OutputInterface+rule.Mark == "" && len(rule.Conditions) == 0
}

// markOf is a mark as iproute2 writes it, the mask left out that covers all bits.
func markOf(rule netlink.Rule) string {
	switch {
	case rule.Mask == nil && rule.Mark == 0:
		return ""
	case rule.Mask == nil || *rule.Mask == math.MaxUint32:
		return fmt.Sprintf("%#x", rule.Mark)
	}
	return fmt.Sprintf("%#x/%#x", rule.Mark, *rule.Mask)
}

// conditionsOf is what else a rule asks for or does, in the words of ip-rule(8).
func conditionsOf(rule netlink.Rule) []string {
	out := []string{}
	add := func(holds bool, format string, values ...any) {
		if holds {
			out = append(out, fmt.Sprintf(format, values...))
		}
	}
	add(rule.Invert, "not")
	add(rule.Tos != 0, "tos %#x", rule.Tos)
	add(rule.TunID != 0, "tun_id %d", rule.TunID)
	add(rule.IPProto != 0, "ipproto %d", rule.IPProto)
	if r := rule.Sport; r != nil {
		add(true, "sport %d-%d", r.Start, r.End)
	}
	if r := rule.Dport; r != nil {
		add(true, "dport %d-%d", r.Start, r.End)
	}
	if r := rule.UIDRange; r != nil {
		add(true, "uidrange %d-%d", r.Start, r.End)
	}
	add(rule.SuppressPrefixlen >= 0, "suppress_prefixlength %d", rule.SuppressPrefixlen)
	add(rule.SuppressIfgroup >= 0, "suppress_ifgroup %d", rule.SuppressIfgroup)
	add(rule.Goto >= 0, "goto %d", rule.Goto)
	// The library does not say which of these: blackhole, unreachable, prohibit, nop, or the table of a VRF.
	add(rule.Table == 0 && rule.Goto < 0, "no table")
	return out
}
