package validate

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const liveNetwork = "network.live"

// found is a link of the host, or why there is none.
func (s *seen) link(name string) (snapshot.Link, outcome, bool) {
	l, there := s.links[name]
	if !there {
		return l, s.lacks(liveNetwork, "no such link"), false
	}
	return l, outcome{}, true
}

// link is an interface that is up.
type link struct {
	Name string `json:"name"`
	// MTU is compared where it is given.
	MTU int `json:"mtu,omitempty"`
	// Carrier is true where the link was up before, cable and all.
	Carrier bool `json:"carrier,omitempty"`
}

func (a link) subject() string { return a.Name }
func (a link) check() error    { return named(a.Name) }
func (a link) expected() string {
	text := "up"
	if a.Carrier {
		text += ", with carrier"
	}
	if a.MTU > 0 {
		text += ", MTU " + strconv.Itoa(a.MTU)
	}
	return text
}

func (a link) look(s *seen) outcome {
	l, out, ok := s.link(a.Name)
	if !ok {
		return out
	}
	text := map[bool]string{true: "up", false: "down"}[l.Up]
	carrier := l.State == "up" || l.State == "unknown" // loopback and tunnels do not know
	if a.Carrier && l.Up && !carrier {
		text += ", " + l.State
	}
	if a.MTU > 0 {
		text += ", MTU " + strconv.Itoa(l.MTU)
	}
	holds := l.Up && (!a.Carrier || carrier)
	return when(holds && (a.MTU == 0 || l.MTU == a.MTU), text).settles(l.Up && !carrier)
}

// address is an address of an interface.
type address struct {
	Interface string `json:"interface"`
	CIDR      string `json:"cidr"`
}

func (a address) subject() string  { return a.CIDR + " on " + a.Interface }
func (a address) check() error     { return named(a.Interface, a.CIDR) }
func (a address) expected() string { return a.CIDR + " on " + a.Interface }

func (a address) look(s *seen) outcome {
	l, out, ok := s.link(a.Interface)
	if !ok {
		return out
	}
	if slices.ContainsFunc(l.Addresses, func(b snapshot.Address) bool { return sameCIDR(b.CIDR, a.CIDR) }) {
		return passed(a.CIDR)
	}
	for _, other := range s.now.Network.Links {
		if slices.ContainsFunc(other.Addresses, func(b snapshot.Address) bool { return sameCIDR(b.CIDR, a.CIDR) }) {
			return failed(a.CIDR + " on " + other.Name)
		}
	}
	return s.lacks(liveNetwork, list(cidrs(l))+" on "+l.Name)
}

func cidrs(l snapshot.Link) []string {
	var out []string
	for _, a := range l.Addresses {
		out = append(out, a.CIDR)
	}
	return out
}

// sameCIDR compares two addresses with their length, however they are written.
func sameCIDR(a, b string) bool {
	pa, errA := netip.ParsePrefix(a)
	pb, errB := netip.ParsePrefix(b)
	return a == b || errA == nil && errB == nil && pa == pb
}

// dynamicAddress is an interface that gets its address from a server or a router.
type dynamicAddress struct {
	Interface string `json:"interface"`
	Family    string `json:"family"`
}

func (a dynamicAddress) subject() string { return a.Family + " on " + a.Interface }
func (a dynamicAddress) check() error {
	if a.Family != "inet" && a.Family != "inet6" {
		return fmt.Errorf("family %q", a.Family)
	}
	return named(a.Interface)
}
func (a dynamicAddress) expected() string { return "an address of " + a.Family + " on " + a.Interface }

func (a dynamicAddress) look(s *seen) outcome {
	l, out, ok := s.link(a.Interface)
	if !ok {
		return out
	}
	for _, b := range l.Addresses {
		if b.Family == a.Family {
			return passed(b.CIDR)
		}
	}
	return s.lacks(liveNetwork, "none").settles(l.Up)
}

// bridge is a bridge with its ports.
type bridge struct {
	Name  string   `json:"name"`
	Ports []string `json:"ports"`
	// VLANAware is true where it filters VLANs.
	VLANAware bool `json:"vlan_aware,omitempty"`
}

func (a bridge) subject() string { return a.Name }
func (a bridge) check() error    { return named(append([]string{a.Name}, a.Ports...)...) }
func (a bridge) expected() string {
	return "a bridge, ports " + list(a.Ports) + map[bool]string{true: ", VLAN-aware"}[a.VLANAware]
}

func (a bridge) look(s *seen) outcome {
	l, out, ok := s.link(a.Name)
	switch {
	case !ok:
		return out
	case l.Kind != "bridge":
		return failed("a link of kind " + l.Kind)
	}
	members := s.members(a.Name)
	aware := l.Bridge != nil && l.Bridge.VLANFiltering
	return when(len(without(a.Ports, members)) == 0 && (!a.VLANAware || aware),
		"a bridge, ports "+list(members)+map[bool]string{true: ", VLAN-aware"}[aware])
}

// members are the links that belong to another one.
func (s *seen) members(master string) []string {
	var out []string
	for _, l := range s.now.Network.Links {
		if l.Master == master {
			out = append(out, l.Name)
		}
	}
	return out
}

// bond is a bond with its members.
type bond struct {
	Name    string   `json:"name"`
	Mode    string   `json:"mode,omitempty"`
	Members []string `json:"members"`
}

func (a bond) subject() string { return a.Name }
func (a bond) check() error    { return named(append([]string{a.Name}, a.Members...)...) }
func (a bond) expected() string {
	return strings.TrimSpace("a bond " + a.Mode + ", members " + list(a.Members))
}

func (a bond) look(s *seen) outcome {
	l, out, ok := s.link(a.Name)
	switch {
	case !ok:
		return out
	case l.Bond == nil:
		return failed("a link of kind " + l.Kind)
	}
	members := s.members(a.Name)
	return when(len(without(a.Members, members)) == 0 && (a.Mode == "" || a.Mode == l.Bond.Mode),
		"a bond "+l.Bond.Mode+", members "+list(members))
}

// vlan is a VLAN device on another link.
type vlan struct {
	Name   string `json:"name"`
	Parent string `json:"parent,omitempty"`
	ID     int    `json:"id"`
}

func (a vlan) subject() string  { return a.Name }
func (a vlan) check() error     { return named(a.Name) }
func (a vlan) expected() string { return vlanText(a.ID, a.Parent) }

func vlanText(id int, parent string) string {
	text := "VLAN " + strconv.Itoa(id)
	if parent != "" {
		text += " on " + parent
	}
	return text
}

func (a vlan) look(s *seen) outcome {
	l, out, ok := s.link(a.Name)
	switch {
	case !ok:
		return out
	case l.VLANID == 0:
		return failed("a link of kind " + l.Kind)
	}
	return when(l.VLANID == a.ID && (a.Parent == "" || a.Parent == l.Parent), vlanText(l.VLANID, l.Parent))
}

// portVLANs are the VLANs of a port of a bridge.
type portVLANs struct {
	Port  string                `json:"port"`
	VLANs []snapshot.BridgeVLAN `json:"vlans"`
}

func (a portVLANs) subject() string  { return a.Port }
func (a portVLANs) check() error     { return named(a.Port) }
func (a portVLANs) expected() string { return vlansText(a.VLANs) }

func vlansText(vlans []snapshot.BridgeVLAN) string {
	var out []string
	for _, v := range vlans {
		text := strconv.Itoa(v.First)
		if v.Last > v.First {
			text += "-" + strconv.Itoa(v.Last)
		}
		if v.PVID {
			text += " PVID"
		}
		if v.Untagged {
			text += " untagged"
		}
		out = append(out, text)
	}
	return list(out)
}

func (a portVLANs) look(s *seen) outcome {
	l, out, ok := s.link(a.Port)
	if !ok {
		return out
	}
	for _, want := range a.VLANs {
		for id := want.First; id <= want.Last; id++ {
			i := slices.IndexFunc(l.VLANs, func(v snapshot.BridgeVLAN) bool { return v.First <= id && id <= v.Last })
			if i < 0 || l.VLANs[i].PVID != want.PVID || l.VLANs[i].Untagged != want.Untagged {
				return s.lacks(liveNetwork, vlansText(l.VLANs))
			}
		}
	}
	return passed(vlansText(l.VLANs))
}

// route is a route of the kernel.
type route struct {
	Table       int    `json:"table"`
	Kind        string `json:"kind"`
	Destination string `json:"destination"`
	Gateway     string `json:"gateway,omitempty"`
	Interface   string `json:"interface,omitempty"`
}

func (a route) subject() string {
	text := a.Destination
	if a.Gateway != "" {
		text += " via " + a.Gateway
	}
	if a.Interface != "" {
		text += " dev " + a.Interface
	}
	if a.Kind != "unicast" {
		text = a.Kind + " " + text
	}
	if a.Table != mainTable {
		text += " table " + strconv.Itoa(a.Table)
	}
	return text
}
func (a route) check() error     { return named(a.Destination, a.Kind) }
func (a route) expected() string { return a.subject() }

func (a route) look(s *seen) outcome {
	var others []string
	for _, r := range s.now.Network.Routes {
		if r.Destination != a.Destination || r.Table != a.Table || familyOf(r) != familyOf(snapshot.Route{Gateway: a.Gateway, Destination: a.Destination}) {
			continue
		}
		one := route{r.Table, r.Kind, r.Destination, r.Gateway, r.Interface}
		if r.Kind == a.Kind && sameAddress(r.Gateway, a.Gateway) && (a.Interface == "" || a.Interface == r.Interface) {
			return passed(one.subject())
		}
		others = append(others, one.subject())
	}
	return s.lacks(liveNetwork, list(others))
}

// familyOf tells an IPv6 route from an IPv4 one where it can be told.
func familyOf(r snapshot.Route) bool { return strings.Contains(r.Gateway+r.Destination, ":") }

func sameAddress(a, b string) bool {
	pa, errA := netip.ParseAddr(a)
	pb, errB := netip.ParseAddr(b)
	return a == b || errA == nil && errB == nil && pa == pb
}

// gatewayReachable is a next hop that answers ARP or neighbour discovery.
type gatewayReachable struct {
	Address   string `json:"address"`
	Interface string `json:"interface,omitempty"`
}

func (a gatewayReachable) subject() string {
	if a.Interface == "" {
		return a.Address
	}
	return a.Address + " on " + a.Interface
}

func (a gatewayReachable) check() error {
	_, err := netip.ParseAddr(a.Address)
	return err
}
func (a gatewayReachable) expected() string     { return a.Address + " answers" }
func (a gatewayReachable) look(s *seen) outcome { return s.answer("gateway-reachable", a) }

// prober asks whether a neighbour answers; a Host may do it in its own way.
type prober interface {
	Reach(ctx context.Context, address netip.Addr, link string) (hardware string, err error)
}

// Errors of a probe.
var (
	// errNotPermitted is the error of a probe that this process may not make.
	errNotPermitted = errors.New("not permitted")
	// errSilent is the error of a neighbour that does not answer.
	errSilent = errors.New("no answer")
)

func (a gatewayReachable) ask(ctx context.Context, s *seen) outcome {
	host := s.host
	p, own := host.(prober)
	switch {
	case own:
	case host.Live():
		p = kernelProber{}
	default:
		return skipped("a tree of files has no running network")
	}
	to, err := netip.ParseAddr(a.Address)
	if err != nil {
		return skipped(err.Error())
	}
	hardware, err := p.Reach(ctx, to, a.Interface)
	switch {
	case errors.Is(err, errNotPermitted):
		return skipped("asking the neighbour is " + err.Error())
	case err != nil:
		return failed(err.Error()).settles(true)
	}
	return passed(hardware + " answers")
}

// portListening is a port that something accepts connections on.
type portListening struct {
	Port     int    `json:"port"`
	Protocol string `json:"protocol,omitempty"`
}

func (a portListening) protocol() string {
	if a.Protocol == "" {
		return "tcp"
	}
	return a.Protocol
}
func (a portListening) subject() string { return a.protocol() + " " + strconv.Itoa(a.Port) }
func (a portListening) check() error {
	if a.Port < 1 || a.Port > 65535 || !slices.Contains([]string{"", "tcp", "udp"}, a.Protocol) {
		return fmt.Errorf("no port: %s", a.subject())
	}
	return nil
}
func (a portListening) expected() string { return "listening, not on the loopback alone" }

func (a portListening) look(s *seen) outcome {
	inside := ""
	for _, l := range s.now.Network.Listeners {
		if l.Protocol != a.protocol() || l.Port != a.Port {
			continue
		}
		where := strings.TrimSpace(net.JoinHostPort(l.Address, strconv.Itoa(l.Port)) + " " + l.Program)
		if ip, err := netip.ParseAddr(l.Address); err != nil || !ip.IsLoopback() {
			return passed(where)
		}
		inside = where
	}
	if inside != "" {
		return failed(inside)
	}
	if s.areas["network.listeners"].Status == "partial" && s.now.Network.Listeners != nil {
		// What is not known are the programs behind some ports.
		return failed("nothing listens").settles(true)
	}
	return s.lacks("network.listeners", "nothing listens").settles(true)
}

// socket is a socket of the file system that something accepts connections on.
type socket struct {
	Path string `json:"path"`
}

func (a socket) subject() string      { return a.Path }
func (a socket) check() error         { return named(a.Path) }
func (a socket) expected() string     { return "accepts connections" }
func (a socket) look(s *seen) outcome { return s.answer("socket", a) }

func (a socket) ask(ctx context.Context, s *seen) outcome {
	host := s.host
	if !host.Live() {
		return skipped("a tree of files has no sockets that anyone listens on")
	}
	conn, err := host.Dial(ctx, a.Path)
	switch {
	case isPermission(err):
		return skipped("connecting is not permitted")
	case err != nil:
		return failed(plain(err)).settles(true)
	}
	conn.Close()
	return passed("accepts connections")
}
