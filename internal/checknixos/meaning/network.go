package meaning

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// kinds are the kinds of interfaces of the facts in the words of networkd; absent is hardware.
var kinds = map[string]string{
	"vlan": "vlan", "bond": "bond", "bridge": "bridge", "vxlan": "vxlan", "vrf": "vrf", "dummy": "dummy",
	"ovs-bridge": "ovs-bridge", "ovs-int-port": "ovs-internal", "ovs-bond": "bond",
}

func (c *comparison) interfaces() {
	var names []string
	for _, i := range c.facts.Network.Interfaces {
		names = append(names, i.Name)
		names = append(names, slices.Concat(i.Ports, i.Slaves)...)
	}
	links := c.values.Network.links(names)
	started := c.started()
	for n, i := range c.facts.Network.Interfaces {
		if i.Kind == "loopback" {
			continue
		}
		l := links[i.Name]
		if l == nil {
			l = &link{}
		}
		f := iface{c, n, i, l, links}
		f.present(started[i.Name])
		f.named()
		f.addresses()
		f.dhcp()
		f.routes()
		f.members()
		f.vlan()
		f.bond()
		f.mtu()
		f.overlay()
	}
}

// started are the interfaces that come up at boot: those that are marked, and what they rest on.
func (c *comparison) started() map[string]bool {
	out := map[string]bool{}
	below := map[string][]string{}
	for _, i := range c.facts.Network.Interfaces {
		below[i.Name] = slices.Concat(i.Ports, i.Slaves)
		if i.VLANRawDevice != "" {
			below[i.Name] = append(below[i.Name], i.VLANRawDevice)
		}
	}
	var mark func(string)
	mark = func(name string) {
		if !out[name] {
			out[name] = true
			for _, b := range below[name] {
				mark(b)
			}
		}
	}
	for _, i := range c.facts.Network.Interfaces {
		if i.Auto || len(i.Allow) > 0 {
			mark(i.Name)
		}
	}
	return out
}

// iface is a configured interface beside the link that it becomes.
type iface struct {
	*comparison
	index int
	facts snapshot.Interface
	link  *link
	links map[string]*link
}

// item adds a comparison that rests on the lines with one of the keys, and on the interface.
func (f iface) item(subject, name, want, got string, keys ...string) {
	f.add(Item{Subject: subject, Name: name, Want: want, Got: got, At: f.lines("", keys...), Within: []string{f.at()}})
}

// mtu of a bond of Open vSwitch is that of its members: the bond is no link of the kernel.
func (f iface) mtu() {
	if f.facts.MTU == 0 {
		return
	}
	want, got := strconv.Itoa(f.facts.MTU), f.link.mtu
	if f.facts.Kind == "ovs-bond" {
		for n, name := range f.facts.Slaves {
			member := ""
			if l := f.links[name]; l != nil {
				member = l.mtu
			}
			if n == 0 || member != want {
				got = member
			}
		}
	}
	f.item("MTUs", f.facts.Name, want, got, "mtu", "ovs-mtu")
}

func (f iface) at() string { return pointer("/network/interfaces/%d", f.index) }

// lines are the pointers of the lines with one of the keys, and of those only the ones with a word, where there are such.
func (f iface) lines(word string, keys ...string) []string {
	var all, with []string
	for n, o := range f.facts.Options {
		key := strings.ReplaceAll(o.Key, "_", "-")
		if !slices.Contains(keys, key) {
			continue
		}
		at := pointer("%s/options/%d", f.at(), n)
		all = append(all, at)
		if o.Value != nil && word != "" && strings.Contains(*o.Value, word) {
			with = append(with, at)
		}
	}
	if with != nil {
		return with
	}
	return all
}

func (f iface) present(started bool) {
	want, got := "hardware", f.link.kind
	if kind, ok := kinds[f.facts.Kind]; ok {
		want = kind
	}
	for _, o := range f.facts.Options {
		if o.Key == "tunnel-mode" && o.Value != nil { // networkd has one kind for tunnels in IPv6
			want = strings.NewReplacer("ipip6", "ip6tnl", "ip6ip6", "ip6tnl").Replace(strings.ToLower(*o.Value))
		}
	}
	if got == "" && f.link.matched {
		got = "hardware"
	}
	f.add(Item{Subject: "interfaces", Name: f.facts.Name, Want: want, Got: got, At: append(f.lines("", "ovs-type", "vlan-raw-device", "vxlan-id", "vrf-table", "link-type", "tunnel-mode"), f.at())})
	word := map[bool]string{true: "at boot", false: "by hand"}
	up := f.link.matched && !f.link.manual
	if f.facts.Kind == "ovs-bond" {
		up = f.link.master != "" // the switch keeps it, and no file of networkd is about it
	}
	f.add(Item{Subject: "interfaces brought up", Name: f.facts.Name, Want: word[started], Got: word[up], At: []string{f.at()}})
}

// named compares whether a card keeps its name: where the address that it came with or its place is known, a file of udev
// gives it the name, whatever another kernel or another version of udev would call it.
func (f iface) named() {
	if f.facts.Kind != "physical" {
		return
	}
	for n, l := range f.comparison.facts.Network.Links {
		if l.Name != f.facts.Name || l.Kind != "device" {
			continue
		}
		known := []string{strings.ToLower(l.PermanentMAC), l.Path}
		if known = slices.DeleteFunc(known, func(s string) bool { return s == "" }); len(known) == 0 {
			return
		}
		f.add(Item{
			Subject: "interface names", Name: f.facts.Name + " " + known[0], Want: f.facts.Name, Got: f.values.Network.nameOf(known),
			At: []string{pointer("/network/links/%d", n), f.at()}, Within: []string{f.at()},
		})
		return
	}
}

func (f iface) addresses() {
	have := map[string]bool{}
	for _, a := range f.link.addresses {
		have[canonical(a)] = true
	}
	for _, a := range f.facts.Addresses {
		want, got := canonical(a.CIDR), ""
		if have[want] {
			got = want
		}
		delete(have, want)
		bare, _, _ := strings.Cut(a.CIDR, "/")
		f.add(Item{Subject: "addresses", Name: f.facts.Name + " " + a.CIDR, Want: want, Got: got, At: f.lines(bare, "address", "netmask"), Within: []string{f.at()}})
	}
	for _, a := range sortedKeys(have) {
		f.item("addresses", f.facts.Name+" "+a, "", a, "address", "netmask")
	}
}

// canonical is one spelling of an address with its length.
func canonical(cidr string) string {
	p, err := netip.ParsePrefix(cidr)
	if err != nil {
		if a, err := netip.ParseAddr(cidr); err == nil {
			return netip.PrefixFrom(a, a.BitLen()).String()
		}
		return cidr
	}
	return p.String()
}

func (f iface) dhcp() {
	for _, family := range []string{"inet", "inet6"} {
		want, got := "", ""
		if slices.ContainsFunc(f.facts.Methods, func(m snapshot.Method) bool {
			return m.Method == "dhcp" && (m.Family == family || m.Family == "")
		}) {
			want = "dhcp"
		}
		if slices.Contains(f.link.dhcp, family) {
			got = "dhcp"
		}
		if want != "" || got != "" {
			f.add(Item{Subject: "DHCP", Name: f.facts.Name + " " + family, Want: want, Got: got, At: []string{f.at()}})
		}
	}
}

func (f iface) routes() {
	have := map[string]bool{}
	for _, r := range f.link.routes {
		have[r] = true
	}
	check := func(want string, at []string) {
		got := ""
		if have[want] {
			got = want
		}
		delete(have, want)
		f.add(Item{Subject: "routes", Name: f.facts.Name + " " + want, Want: want, Got: got, At: at, Within: []string{f.at()}})
	}
	for _, gateway := range []string{f.facts.Gateway, f.facts.Gateway6} {
		if gateway != "" {
			check(gateway, f.lines(gateway, "gateway"))
		}
	}
	tables := f.comparison.routingTables()
	for n, o := range f.facts.Options {
		if (o.Key == "up" || o.Key == "post-up") && o.Value != nil {
			if route, device, ok := routeOf(*o.Value, tables); ok && (device == "" || device == f.facts.Name || device == "$IFACE") {
				check(route, []string{pointer("%s/options/%d", f.at(), n)})
			}
		}
	}
	for _, r := range sortedKeys(have) {
		f.item("routes", f.facts.Name+" "+r, "", r, "gateway")
	}
}

// routingTables are the numbers of the tables that the host gives names to (rt_tables of iproute2).
func (c *comparison) routingTables() map[string]string {
	out := map[string]string{}
	for _, f := range c.facts.ConfigFiles {
		if f.Path != "/etc/iproute2/rt_tables" {
			continue
		}
		for _, p := range f.Properties {
			if p.Value != nil {
				out[*p.Value] = p.Key
			}
		}
	}
	return out
}

// routeOf understands "ip route add" as far as networkd's [Route] is read here; tables are known by their names.
func routeOf(line string, tables map[string]string) (route, device string, ok bool) {
	word := strings.Fields(line)
	if len(word) > 0 && (word[0] == "/sbin/ip" || word[0] == "/usr/sbin/ip" || word[0] == "/bin/ip") {
		word[0] = "ip"
	}
	if len(word) > 1 && word[0] == "ip" && (word[1] == "-4" || word[1] == "-6") {
		word = slices.Delete(word, 1, 2)
	}
	if len(word) < 4 || word[0] != "ip" || word[1] != "route" && word[1] != "r" || word[2] != "add" && word[2] != "replace" {
		return "", "", false
	}
	if len(word) == 9 && word[3] == "vrf" && slices.Contains([]string{"unreachable", "blackhole", "prohibit"}, word[5]) && word[6] == "default" && word[7] == "metric" {
		return word[5] + " 0.0.0.0/0", word[4], true
	}
	dest, via, table := word[3], "", ""
	for n := 4; n+1 < len(word); n += 2 {
		switch word[n] {
		case "via":
			via = word[n+1]
		case "dev":
			device = word[n+1]
		case "table":
			table = cmp.Or(tables[word[n+1]], word[n+1])
		default:
			return "", "", false
		}
	}
	route = dest + " via " + via
	if dest == "default" {
		route = via
	}
	if table != "" && table != "main" && table != "254" {
		route += " table " + table
	}
	return route, device, true
}

func (f iface) members() {
	for _, list := range []struct {
		subject string
		names   []string
		keys    []string
	}{
		{"bridge members", f.facts.Ports, []string{"bridge-ports", "ovs-ports"}},
		{"bond members", f.facts.Slaves, []string{"bond-slaves", "slaves", "ovs-bonds"}},
	} {
		have := map[string]bool{}
		for name, l := range f.links {
			if l.master == f.facts.Name {
				have[name] = true
			}
		}
		kind := f.link.kind == "bond"
		for _, name := range list.names {
			got := ""
			if have[name] {
				got = f.facts.Name
			}
			delete(have, name)
			item := Item{Subject: list.subject, Name: f.facts.Name + " " + name, Want: f.facts.Name, Got: got, At: f.lines(name, list.keys...), Within: []string{f.at()}}
			if n := slices.IndexFunc(f.comparison.facts.Network.Interfaces, func(i snapshot.Interface) bool { return i.Name == name }); n >= 0 {
				item.Within = append(item.Within, pointer("/network/interfaces/%d", n))
			}
			f.add(item)
		}
		if kind == (list.subject == "bond members") {
			for _, name := range sortedKeys(have) {
				f.stray(list.subject, name)
			}
		}
	}
}

// stray is a member that this interface's own lines do not name; a port of Open vSwitch names its bridge itself.
func (f iface) stray(subject, name string) {
	for n, i := range f.comparison.facts.Network.Interfaces {
		if i.Name == name && i.OVSBridge == f.facts.Name {
			f.add(Item{Subject: subject, Name: f.facts.Name + " " + name, Want: f.facts.Name, Got: f.facts.Name, At: []string{pointer("/network/interfaces/%d", n)}})
			return
		}
	}
	f.item(subject, f.facts.Name+" "+name, "", f.facts.Name, "bridge-ports", "bond-slaves", "ovs-ports", "ovs-bonds")
}

// overlay compares tunnels of VXLAN with their peers, the tables of routing domains, and who belongs to them. The port is
// that of the standard where none is named, which is not that of the kernel.
func (f iface) overlay() {
	values := map[string][]string{}
	for _, o := range f.facts.Options {
		if key := strings.ReplaceAll(o.Key, "_", "-"); o.Value != nil {
			values[key] = append(values[key], strings.Fields(strings.ReplaceAll(*o.Value, ",", " "))...)
		}
	}
	first := func(key, missing string) string {
		if len(values[key]) > 0 {
			return values[key][0]
		}
		return missing
	}
	switch f.facts.Kind {
	case "vxlan":
		line := func(id, local, port string, peers []string) string {
			slices.Sort(peers)
			return fmt.Sprintf("%s from %s to port %s of %s", id, local, port, strings.Join(peers, " "))
		}
		got := ""
		if f.link.kind == "vxlan" {
			got = line(f.link.options["VXLAN.VNI"], f.link.options["VXLAN.Local"], f.link.options["VXLAN.DestinationPort"], f.link.peers)
		}
		f.item("tunnels", f.facts.Name, line(first("vxlan-id", ""), first("vxlan-local-tunnelip", ""), first("vxlan-port", "4789"), values["vxlan-remoteip"]), got,
			"vxlan-id", "vxlan-local-tunnelip", "vxlan-port", "vxlan-remoteip")
		if learning := first("bridge-learning", ""); learning != "" {
			want := map[bool]string{true: "learns", false: "does not learn"}
			f.item("tunnels", f.facts.Name+" learning", want[isTrue(learning)], want[f.link.options["VXLAN.MacLearning"] == "" || isTrue(f.link.options["VXLAN.MacLearning"])], "bridge-learning")
		}
	case "vrf":
		want, got := first("vrf-table", ""), f.link.options["VRF.Table"]
		if want == "auto" && got != "" {
			want = got // any number will do
		}
		f.item("routing domains", f.facts.Name, want, got, "vrf-table")
	}
	if want := first("vrf", ""); want != "" || f.link.vrf != "" {
		f.item("routing domains", f.facts.Name+" is in", want, f.link.vrf, "vrf")
	}
}

func (f iface) vlan() {
	if id := f.facts.VLANID; id != 0 && f.facts.Kind == "vlan" {
		got := ""
		if f.link.kind == "vlan" {
			for name, l := range f.links {
				if slices.Contains(l.above, f.facts.Name) {
					got = f.link.vlanID + " on " + name
				}
			}
		}
		f.item("VLANs", f.facts.Name, fmt.Sprintf("%d on %s", id, f.facts.VLANRawDevice), got, "vlan-raw-device", "vlan-id")
	}
	for n, o := range f.facts.Options {
		if o.Key != "ovs-options" || o.Value == nil {
			continue
		}
		for _, word := range strings.Fields(*o.Value) {
			if tag, ok := strings.CutPrefix(word, "tag="); ok {
				f.add(Item{Subject: "VLANs", Name: f.facts.Name + " tag", Want: tag, Got: f.link.tag, At: []string{pointer("%s/options/%d", f.at(), n)}, Within: []string{f.at()}})
			}
		}
	}
	if f.facts.Kind != "bridge" || !f.facts.VLANAware {
		if f.facts.Kind == "bridge" && f.link.aware {
			f.item("VLANs", f.facts.Name+" filters", "no", "yes", "bridge-vlan-aware")
		}
		return
	}
	yes := map[bool]string{true: "yes", false: "no"}
	f.item("VLANs", f.facts.Name+" filters", "yes", yes[f.link.aware], "bridge-vlan-aware")
	untagged := "1"
	for _, o := range f.facts.Options {
		if o.Key == "bridge-pvid" && o.Value != nil {
			untagged = *o.Value
		}
	}
	want := ranges(append(slices.Clone(f.facts.VIDs), untagged))
	for _, port := range f.facts.Ports {
		got := ""
		if l := f.links[port]; l != nil {
			got = ranges(l.vids)
		}
		f.add(Item{
			Subject: "VLANs", Name: f.facts.Name + " on " + port, Want: want, Got: got,
			At: slices.Concat(f.lines("", "bridge-vids", "bridge-pvid"), f.lines(port, "bridge-ports")), Within: []string{f.at()},
		})
	}
}

// ranges is a set of numbers and ranges in order, neighbours together.
func ranges(list []string) string {
	var in [4096]bool
	for _, one := range list {
		for _, word := range strings.FieldsFunc(one, func(r rune) bool { return r == ' ' || r == ',' }) {
			first, last, ok := strings.Cut(word, "-")
			if !ok {
				last = first
			}
			a, err := strconv.Atoi(first)
			b, err2 := strconv.Atoi(last)
			for n := max(a, 0); err == nil && err2 == nil && n <= min(b, 4095); n++ {
				in[n] = true
			}
		}
	}
	var out []string
	for n := 0; n < len(in); n++ {
		if !in[n] {
			continue
		}
		last := n
		for last+1 < len(in) && in[last+1] {
			last++
		}
		if last == n {
			out = append(out, strconv.Itoa(n))
		} else {
			out = append(out, fmt.Sprintf("%d-%d", n, last))
		}
		n = last
	}
	return strings.Join(out, " ")
}

// bondOptions are the options of a bond that have the same meaning in networkd, and how a value is said there.
var bondOptions = []struct {
	keys     []string
	networkd string
	said     func(string) string
}{
	{[]string{"bond-miimon"}, "MIIMonitorSec", func(v string) string { return v + "ms" }},
	{[]string{"bond-xmit-hash-policy"}, "TransmitHashPolicy", func(v string) string { return v }},
	{[]string{"bond-lacp-rate"}, "LACPTransmitRate", func(v string) string {
		if v == "1" || v == "fast" {
			return "fast"
		}
		return "slow"
	}},
	{[]string{"bond-updelay"}, "UpDelaySec", func(v string) string { return v + "ms" }},
	{[]string{"bond-downdelay"}, "DownDelaySec", func(v string) string { return v + "ms" }},
	{[]string{"bond-min-links"}, "MinLinks", func(v string) string { return v }},
}

func (f iface) bond() {
	if f.facts.BondMode != "" {
		f.item("bonds", f.facts.Name+" mode", f.facts.BondMode, f.link.mode, "bond-mode", "ovs-options")
	}
	if f.facts.Kind != "bond" {
		return
	}
	for n, o := range f.facts.Options {
		if o.Value == nil {
			continue
		}
		key := strings.ReplaceAll(o.Key, "_", "-")
		for _, known := range bondOptions {
			if slices.Contains(known.keys, key) {
				f.add(Item{
					Subject: "bonds", Name: f.facts.Name + " " + key, Want: known.said(*o.Value), Got: f.link.bond[known.networkd],
					At: []string{pointer("%s/options/%d", f.at(), n)}, Within: []string{f.at()},
				})
			}
		}
		if key == "bond-primary" {
			got := ""
			if l := f.links[*o.Value]; l != nil && l.primary {
				got = *o.Value
			}
			f.add(Item{Subject: "bonds", Name: f.facts.Name + " " + key, Want: *o.Value, Got: got, At: []string{pointer("%s/options/%d", f.at(), n)}, Within: []string{f.at()}})
		}
	}
}
