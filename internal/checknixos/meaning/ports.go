package meaning

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Port is a protocol with a port or a range of them, as PVE writes it: 22, 5900:5999; no port is all of them.
type Port struct{ Protocol, Ports string }

func (p Port) String() string {
	return strings.TrimSpace(p.Protocol + " " + strings.ReplaceAll(p.Ports, ":", "-"))
}

// management are the ports that PVE's firewall lets in for nodes and administrators while it is on, whatever the rules say.
// https://pve.proxmox.com/wiki/Firewall#_ports_used_by_proxmox_ve
var management = []Port{{"tcp", "22"}, {"tcp", "3128"}, {"tcp", "5900:5999"}, {"tcp", "8006"}, {"tcp", "60000:60050"}}

// corosync is let in between the nodes of a cluster.
var corosync = Port{"udp", "5405:5412"}

// ports compares which ports of the host somebody may reach. Who may is for the rules of the filter themselves; where PVE
// has no filter, everybody may reach all.
func (c *comparison) ports() {
	if !c.known("network.firewall") {
		return
	}
	on, at := c.firewallOn()
	lets, filters := c.letIn()
	if !on {
		got := "all"
		if filters {
			got = "filtered"
		}
		c.add(Item{Subject: "open ports", Name: "all", Want: "all", Got: got, At: at})
		return
	}
	want := map[string][]string{}
	add := func(p Port, at ...string) {
		for one := range strings.SplitSeq(p.Ports, ",") {
			name := Port{p.Protocol, one}.String()
			want[name] = append(want[name], at...)
		}
	}
	for _, p := range management {
		add(p, at...)
	}
	if len(c.facts.Cluster.Corosync) > 0 {
		add(corosync, at...)
	}
	for n, f := range c.facts.Network.Firewall {
		if f.Scope == "cluster" || f.Scope == "node" && f.Name == c.facts.Host.Name {
			c.rules(f.Rules, pointer("/network/firewall/%d/rules", n), add)
		}
	}
	for _, name := range sortedKeys(want) {
		got := ""
		if lets[name] || !filters {
			got = "open"
		}
		delete(lets, name)
		c.add(Item{Subject: "open ports", Name: name, Want: "open", Got: got, At: slices.Compact(want[name])})
	}
	closed := ""
	if !filters {
		closed = "open"
	}
	c.add(Item{Subject: "open ports", Name: "all others", Want: "", Got: closed, At: at})
	for _, name := range sortedKeys(lets) {
		c.add(Item{Subject: "open ports", Name: name, Want: "", Got: "open", At: at})
	}
}

// firewallOn is true where PVE's firewall filters what comes to the host; the facts that say so.
func (c *comparison) firewallOn() (bool, []string) {
	on, host, drop := false, true, true
	var at []string
	for n, f := range c.facts.Network.Firewall {
		mine := f.Scope == "node" && f.Name == c.facts.Host.Name
		if f.Scope != "cluster" && !mine {
			continue
		}
		for o, p := range f.Options {
			v := value(p.Value)
			switch {
			case p.Key == "enable" && f.Scope == "cluster":
				on = v == "1"
			case p.Key == "enable":
				host = v == "1"
			case p.Key == "policy_in" && f.Scope == "cluster":
				drop = v != "ACCEPT"
			default:
				continue
			}
			at = append(at, pointer("/network/firewall/%d/options/%d", n, o))
		}
	}
	if at == nil {
		at = []string{"/network/firewall"}
	}
	return on && host && drop, at
}

func (c *comparison) rules(rules []snapshot.FirewallRule, at string, add func(Port, ...string)) {
	for n, r := range rules {
		here := pointer("%s/%d", at, n)
		switch {
		case !r.Enabled:
		case r.Direction == "GROUP":
			for f, file := range c.facts.Network.Firewall {
				for g, group := range file.Groups {
					if file.Scope == "cluster" && group.Name == r.Action {
						c.rules(group.Rules, pointer("/network/firewall/%d/groups/%d/rules", f, g), add)
					}
				}
			}
		case r.Direction == "IN" && r.Action == "ACCEPT":
			if r.Macro != "" {
				for _, p := range c.names.Macros[r.Macro] {
					add(p, here)
				}
				continue
			}
			p := Port{Protocol: option(r, "p", "proto"), Ports: option(r, "dport")}
			if kind := option(r, "icmp-type"); kind != "" {
				p.Ports = ""
			}
			if p.Protocol != "" || p.Ports != "" { // one that asks for neither is about an interface or an address as a whole
				add(p, here)
			}
		}
	}
}

func option(r snapshot.FirewallRule, names ...string) string {
	for _, o := range r.Options {
		if slices.Contains(names, o.Name) {
			return value(o.Value)
		}
	}
	return ""
}

var (
	hookInput = regexp.MustCompile(`hook input priority`)
	accepted  = regexp.MustCompile(`\b(tcp|udp|sctp) dport (\{[^}]*\}|\S+)[^\n]*\baccept$`)
	echoed    = regexp.MustCompile(`\bicmp(v6)? type (\{[^}]*\}|\S+)[^\n]*\baccept$`)
)

// letIn reads the ports that are accepted on input, and whether anything else is refused.
func (c *comparison) letIn() (ports map[string]bool, filters bool) {
	ports = map[string]bool{}
	f := c.values.Firewall
	if f.Enable {
		filters = true
		for _, list := range []struct {
			protocol string
			ports    []int
			ranges   []PortRange
		}{{"tcp", f.AllowedTCPPorts, f.AllowedTCPPortRanges}, {"udp", f.AllowedUDPPorts, f.AllowedUDPPortRanges}} {
			for _, p := range list.ports {
				ports[list.protocol+" "+strconv.Itoa(p)] = true
			}
			for _, r := range list.ranges {
				ports[fmt.Sprintf("%s %d-%d", list.protocol, r.From, r.To)] = true
			}
		}
	}
	for _, name := range sortedKeys(f.Tables) {
		for _, chain := range chains(f.Tables[name].Content) {
			if !hookInput.MatchString(chain[0]) {
				continue
			}
			last := chain[len(chain)-1]
			filters = filters || strings.Contains(chain[0], "policy drop") || slices.Contains([]string{"drop", "reject", "jump refuse", "goto refuse"}, last) || strings.HasSuffix(last, " drop")
			for _, line := range chain[1:] {
				if m := accepted.FindStringSubmatch(line); m != nil {
					for one := range strings.SplitSeq(strings.Trim(m[2], "{} "), ",") {
						ports[m[1]+" "+strings.TrimSpace(one)] = true
					}
				}
				if m := echoed.FindStringSubmatch(line); m != nil && strings.Contains(m[2], "echo-request") {
					ports[cmp.Or(map[string]string{"v6": "icmpv6"}[m[1]], "icmp")] = true
				}
			}
		}
	}
	return ports, filters
}

// chains are the lines of each base chain, its type and hook first.
func chains(content string) (out [][]string) {
	var in []string
	for line := range strings.Lines(content) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "chain "):
			in = []string{}
		case line == "}":
			if len(in) > 0 {
				out = append(out, in)
			}
			in = nil
		case in != nil && line != "":
			in = append(in, line)
		}
	}
	return out
}
