package meaning

import (
	"bufio"
	"path"
	"slices"
	"strconv"
	"strings"
)

// link is an interface as it comes up on NixOS.
type link struct {
	kind      string // bridge, bond, vlan, vxlan, vrf, dummy, ovs-bridge, ovs-internal; empty for hardware
	matched   bool   // a .network file is about it
	manual    bool   // it is not brought up by itself
	addresses []string
	routes    []string // gateway, or destination via gateway
	mtu       string
	master    string // the bridge or bond that it is in
	vrf       string
	above     []string // VLANs that rest on it
	vlanID    string
	mode      string // of a bond
	tag       string // of a port of Open vSwitch
	aware     bool   // a bridge that filters VLANs
	vids      []string
	peers     []string // where a tunnel sends what has no known place
	dhcp      []string // inet, inet6
	bond      map[string]string
	stp       string
	primary   bool              // the member that a bond prefers
	options   map[string]string // of the netdev: VXLAN.VNI …
}

// section is a part of a file of systemd: its name and its lines in order.
type section struct {
	name  string
	lines [][2]string
}

func (s section) get(key string) string {
	value := ""
	for _, l := range s.lines {
		if l[0] == key {
			value = l[1]
		}
	}
	return value
}

func (s section) all(key string) (out []string) {
	for _, l := range s.lines {
		if l[0] == key {
			out = append(out, strings.Fields(l[1])...)
		}
	}
	return out
}

func sections(text string) (out []section) {
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[' && strings.HasSuffix(line, "]"):
			out = append(out, section{name: line[1 : len(line)-1]})
		case len(out) > 0:
			if key, value, ok := strings.Cut(line, "="); ok {
				last := &out[len(out)-1]
				last.lines = append(last.lines, [2]string{strings.TrimSpace(key), strings.TrimSpace(value)})
			}
		}
	}
	return out
}

// joined are the sections of a .netdev file; one that repeats goes on where it stopped, but for those of peers.
func joined(parts []section) (out []section) {
	at := map[string]int{}
	for _, s := range parts {
		if i, found := at[s.name]; found && s.name != "WireGuardPeer" && s.name != "L2TPSession" {
			out[i].lines = append(out[i].lines, s.lines...)
			continue
		}
		at[s.name] = len(out)
		out = append(out, s)
	}
	return out
}

// links reads the files as networkd does: of several .network files that match an interface, the first by name is taken
// and no other.
func (n NetworkValues) links(names []string) map[string]*link {
	out := map[string]*link{}
	at := func(name string) *link {
		if out[name] == nil {
			out[name] = &link{bond: map[string]string{}, options: map[string]string{}}
		}
		return out[name]
	}
	files := sortedKeys(n.Files)
	for _, file := range files {
		if !n.Networkd || !strings.HasSuffix(file, ".netdev") {
			continue
		}
		parts := joined(sections(n.Files[file]))
		for _, s := range parts {
			if s.name == "NetDev" {
				at(s.get("Name")).device(s, parts)
			}
		}
	}
	for _, bridge := range sortedKeys(n.Switches) {
		n.Switches[bridge].ports(bridge, at)
	}
	for _, name := range names {
		at(name)
	}
	for _, name := range sortedKeys(out) {
		for _, file := range files {
			if n.Networkd && strings.HasSuffix(file, ".network") {
				if parts := sections(n.Files[file]); matches(parts, name, out[name].kind) {
					out[name].network(parts)
					break
				}
			}
		}
	}
	for _, name := range sortedKeys(out) {
		for _, upper := range out[name].above {
			at(upper)
		}
	}
	return out
}

// nameOf is the name that udev gives a card by its address or its place; of several files that match, the first by name is taken.
func (n NetworkValues) nameOf(known []string) string {
	for _, file := range sortedKeys(n.Files) {
		if !strings.HasSuffix(file, ".link") {
			continue
		}
		name, found := "", false
		for _, s := range sections(n.Files[file]) {
			switch s.name {
			case "Match":
				for _, key := range []string{"PermanentMACAddress", "MACAddress", "Path"} {
					for _, one := range s.all(key) {
						found = found || slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(one, k) })
					}
				}
			case "Link":
				name = s.get("Name")
			}
		}
		if found {
			return name
		}
	}
	return ""
}

// matches asks only for what is written by name; other conditions do not speak of a single interface.
func matches(parts []section, name, kind string) bool {
	for _, s := range parts {
		if s.name != "Match" {
			continue
		}
		if kinds := s.all("Kind"); len(kinds) > 0 && !wordMatches(kinds, kind) {
			return false
		}
		if types := s.all("Type"); len(types) > 0 && !wordMatches(types, "ether") {
			return false
		}
		names := s.all("Name")
		return len(names) > 0 && wordMatches(names, name) || len(names) == 0 && len(s.all("PermanentMACAddress"))+len(s.all("MACAddress"))+len(s.all("Path")) == 0
	}
	return false
}

func wordMatches(patterns []string, word string) bool {
	for i, p := range patterns {
		if i == 0 && strings.HasPrefix(p, "!") {
			return !wordMatches(append([]string{p[1:]}, patterns[1:]...), word)
		}
		if ok, err := path.Match(p, word); ok && err == nil {
			return true
		}
	}
	return false
}

func (l *link) device(dev section, parts []section) {
	l.kind, l.mtu = dev.get("Kind"), dev.get("MTUBytes")
	for _, s := range parts {
		switch s.name {
		case "VLAN":
			l.vlanID = s.get("Id")
		case "Bond":
			l.mode = s.get("Mode")
			for _, line := range s.lines {
				l.bond[line[0]] = line[1]
			}
		case "Bridge":
			l.aware, l.stp = isTrue(s.get("VLANFiltering")), s.get("STP")
		}
		for _, line := range s.lines {
			l.options[s.name+"."+line[0]] = line[1]
		}
	}
}

func (l *link) network(parts []section) {
	l.matched = true
	for _, s := range parts {
		switch s.name {
		case "Link":
			if mtu := s.get("MTUBytes"); mtu != "" {
				l.mtu = mtu
			}
			policy := s.get("ActivationPolicy")
			l.manual = policy == "manual" || policy == "down" || policy == "always-down" || isTrue(s.get("Unmanaged"))
		case "Network":
			l.addresses = append(l.addresses, s.all("Address")...)
			l.routes = append(l.routes, s.all("Gateway")...)
			l.above = append(l.above, s.all("VLAN")...)
			l.above = append(l.above, s.all("VXLAN")...)
			l.vrf = s.get("VRF")
			l.primary = isTrue(s.get("PrimarySlave"))
			for _, key := range []string{"Bridge", "Bond"} {
				if master := s.get(key); master != "" {
					l.master = master
				}
			}
			switch s.get("DHCP") {
			case "yes", "true", "1", "on":
				l.dhcp = []string{"inet", "inet6"}
			case "ipv4":
				l.dhcp = []string{"inet"}
			case "ipv6":
				l.dhcp = []string{"inet6"}
			}
		case "Address":
			l.addresses = append(l.addresses, s.all("Address")...)
		case "Route":
			route := s.get("Gateway")
			if dest := s.get("Destination"); dest != "" && dest != "0.0.0.0/0" && dest != "::/0" {
				route = dest + " via " + route
			}
			if table := s.get("Table"); table != "" && table != "main" && table != "254" {
				route += " table " + table
			}
			if !slices.Contains([]string{"", "unicast"}, s.get("Type")) {
				route = s.get("Type") + " " + s.get("Destination")
			}
			l.routes = append(l.routes, route)
		case "BridgeFDB":
			if s.get("MACAddress") == "00:00:00:00:00:00" {
				l.peers = append(l.peers, s.get("Destination"))
			}
		case "BridgeVLAN":
			l.vids = append(l.vids, slices.Concat(s.all("VLAN"), s.all("PVID"))...)
		}
	}
}

// ports are the interfaces of a bridge of Open vSwitch, and what its further commands make of them.
func (s SwitchValues) ports(bridge string, at func(string) *link) {
	at(bridge).kind = "ovs-bridge"
	for _, name := range sortedKeys(s.Interfaces) {
		port := at(name)
		port.master = bridge
		if i := s.Interfaces[name]; i.VLAN != nil {
			port.tag = strconv.Itoa(*i.VLAN)
		}
		if i := s.Interfaces[name]; i.Type != nil && *i.Type == "internal" {
			port.kind = "ovs-internal"
		}
	}
	for _, line := range strings.FieldsFunc(s.Commands, func(r rune) bool { return r == '\n' }) {
		word := strings.Fields(line)
		if len(word) < 3 {
			continue
		}
		settings := map[string]string{}
		var plain []string
		for _, w := range word {
			if key, value, ok := strings.Cut(w, "="); ok {
				settings[key] = value
			} else {
				plain = append(plain, w)
			}
		}
		switch {
		case plain[0] == "add-bond" && len(plain) > 3:
			bond := at(plain[2])
			bond.kind, bond.master, bond.mode = "bond", plain[1], settings["bond_mode"]
			bond.tag = settings["tag"]
			for _, member := range plain[3:] {
				at(member).master = plain[2]
			}
		case plain[0] == "set" && len(plain) > 2 && strings.EqualFold(plain[1], "interface") && settings["mtu_request"] != "":
			at(plain[2]).mtu = settings["mtu_request"]
		case plain[0] == "set" && len(plain) > 2 && strings.EqualFold(plain[1], "port") && settings["tag"] != "":
			at(plain[2]).tag = settings["tag"]
		}
	}
}

func isTrue(word string) bool {
	return slices.Contains([]string{"true", "yes", "on", "1"}, strings.ToLower(word))
}
