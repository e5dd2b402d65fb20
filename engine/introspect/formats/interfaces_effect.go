package formats

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// effect collects what the stanzas of one interface amount to.
type effect struct {
	reader *interfaceReader
	out    snapshot.Interface
	// values are all values of each option, in order.
	values    map[string][]option
	addressed map[snapshot.Address]bool
	allowed   map[string]bool
}

func newEffect(r *interfaceReader, name, source string) *effect {
	return &effect{
		reader: r, values: map[string][]option{}, addressed: map[snapshot.Address]bool{}, allowed: map[string]bool{},
		out: snapshot.Interface{
			Name: name, Source: source,
			Allow: []string{}, Methods: []snapshot.Method{}, Addresses: []snapshot.Address{},
			Ports: []string{}, Slaves: []string{}, VIDs: []string{}, Options: []snapshot.Property{},
		},
	}
}

// first is the value that counts of an option that has only one.
func (e *effect) first(names ...string) string {
	for _, name := range names {
		for _, o := range e.values[name] {
			if o.value != "" {
				return o.value
			}
		}
	}
	return ""
}

func (e *effect) has(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return len(e.values[name]) > 0 })
}

func (e *effect) keep(o option) {
	e.out.Options = append(e.out.Options, seal(interfaceKind, o.path, property{key: o.key, value: o.value, source: at(o.path, o.line)}))
}

// stanza adds one stanza.
func (e *effect) stanza(s stanza) {
	e.out.Methods = append(e.out.Methods, snapshot.Method{Family: s.family, Method: s.method})
	for _, o := range s.options {
		e.keep(o)
		e.values[o.key] = append(e.values[o.key], o)
	}
	e.addresses(s)
}

// addresses adds the static addresses of a stanza. A netmask belongs to the address before it,
// or to the first one when it stands above all of them.
func (e *effect) addresses(s stanza) {
	type entry struct {
		address option
		netmask string
	}
	var entries []entry
	above := ""
	for _, o := range s.options {
		switch {
		case o.key == "address" && o.value != "":
			address := o
			address.value, _ = cutWord(o.value)
			entries = append(entries, entry{address, above})
			above = ""
		case o.key == "netmask" && len(entries) == 0:
			above = o.value
		case o.key == "netmask" && entries[len(entries)-1].netmask == "":
			entries[len(entries)-1].netmask = o.value
		}
	}
	for _, a := range entries {
		prefix, ok := prefixOf(a.address.value, a.netmask)
		if !ok {
			e.reader.report("bad-address", a.address.path, a.address.line, "the address or its netmask cannot be used")
			continue
		}
		address := snapshot.Address{CIDR: prefix.String(), Family: familyOf(prefix.Addr())}
		add(e.addressed, address, &e.out.Addresses)
	}
	for _, o := range s.options {
		if o.key == "gateway" {
			e.gateway(o)
		}
	}
}

func (e *effect) gateway(o option) {
	for _, word := range fields(o.value) {
		address, err := netip.ParseAddr(word)
		if err != nil || address.Zone() != "" {
			e.reader.report("bad-address", o.path, o.line, "the gateway is no address")
			continue
		}
		slot := &e.out.Gateway
		if address.Is6() {
			slot = &e.out.Gateway6
		}
		switch *slot {
		case "", address.String():
			*slot = address.String()
		default:
			e.reader.report("duplicate-gateway", o.path, o.line, "a second gateway of the same family")
		}
	}
}

func familyOf(address netip.Addr) string {
	if address.Is4() {
		return "inet"
	}
	return "inet6"
}

// prefixOf reads an address with its length, or with a netmask in any of its forms; an
// address alone is a single host.
func prefixOf(address, netmask string) (netip.Prefix, bool) {
	if strings.Contains(address, "/") {
		host, length, _ := strings.Cut(address, "/")
		return prefixOf(host, length)
	}
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Zone() != "" {
		return netip.Prefix{}, false
	}
	if netmask == "" {
		return netip.PrefixFrom(ip, ip.BitLen()), true
	}
	bits, ok := maskLength(netmask)
	if !ok || bits > ip.BitLen() {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(ip, bits), true
}

// maskLength reads 24, 255.255.255.0, 0xffffff00 and ffff:ffff::.
func maskLength(netmask string) (int, bool) {
	if bits, err := strconv.ParseUint(netmask, 10, 8); err == nil {
		return int(bits), true
	}
	var mask []byte
	if hex, ok := strings.CutPrefix(strings.ToLower(netmask), "0x"); ok {
		value, err := strconv.ParseUint(hex, 16, 32)
		if err != nil {
			return 0, false
		}
		mask = []byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)}
	} else {
		ip, err := netip.ParseAddr(netmask)
		if err != nil {
			return 0, false
		}
		mask = ip.AsSlice()
	}
	bits, ended := 0, false
	for _, b := range mask {
		for bit := 7; bit >= 0; bit-- {
			set := b>>bit&1 == 1
			if set && ended {
				return 0, false
			}
			if set {
				bits++
			} else {
				ended = true
			}
		}
	}
	return bits, true
}

// bondModes are the kernel's bonding modes by number.
var bondModes = []string{"balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"}

// singleValued are options of which only the first counts.
var singleValued = []string{"mtu", "vlan-id", "vlan-raw-device", "bond-mode", "bridge-vlan-aware", "ovs-type", "ovs-bridge"}

// finish fills what depends on all stanzas.
func (e *effect) finish() {
	for _, name := range singleValued {
		for _, o := range e.values[name][min(1, len(e.values[name])):] {
			if o.value != e.values[name][0].value {
				e.reader.report("duplicate-key", o.path, o.line, "only the first "+name+" of an interface counts")
			}
		}
	}
	out := &e.out
	out.VLANAware = truth(e.first("bridge-vlan-aware"))
	out.OVSBridge = e.first("ovs-bridge")
	out.MTU = e.number("mtu", 1<<17)
	if out.MTU == 0 {
		out.MTU = e.number("ovs-mtu", 1<<17)
	}
	out.Kind = e.kind()
	out.Ports = e.members("bridge-ports", "ovs-ports")
	out.Slaves = e.members("bond-slaves", "slaves", "bond-ports", "ovs-bonds")
	out.BondMode = e.bondMode()
	seen := map[string]bool{}
	for _, o := range e.values["bridge-vids"] {
		for _, vid := range list(o.value) {
			add(seen, vid, &out.VIDs)
		}
	}
	e.vlan()
}

func truth(value string) bool {
	text, _ := boolean(value)
	return text == "1"
}

// number is the value of a numeric option, 0 where it has none that can be used.
func (e *effect) number(name string, limit int) int {
	text := e.first(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > limit {
		o := e.values[name][0]
		e.reader.report("bad-number", o.path, o.line, "the value of "+name+" cannot be used")
		return 0
	}
	return n
}

// members are the ports or slaves that options name. A pattern keeps the word that makes it one.
func (e *effect) members(names ...string) []string {
	out, seen := []string{}, map[string]bool{}
	for _, name := range names {
		for _, o := range e.values[name] {
			pattern := ""
			for _, word := range fields(o.value) {
				switch word {
				case "none":
				case "regex", "glob":
					pattern = word + " "
				case "noregex", "noglob":
					pattern = ""
				default:
					add(seen, pattern+word, &out)
				}
			}
		}
	}
	return out
}

func (e *effect) bondMode() string {
	mode := e.first("bond-mode")
	if mode == "" && e.out.Kind == "ovs-bond" {
		mode = ovsOption(e.first("ovs-options"), "bond_mode")
	}
	if n, err := strconv.Atoi(mode); err == nil && n >= 0 && n < len(bondModes) {
		return bondModes[n]
	}
	return mode
}

// ovsOption finds key=value among the options of an OVS port.
func ovsOption(options, key string) string {
	for _, word := range fields(options) {
		if name, value, ok := strings.Cut(word, "="); ok && name == key {
			return value
		}
	}
	return ""
}

// vlan fills id and raw device, which may stand in the name alone.
func (e *effect) vlan() {
	out := &e.out
	switch out.Kind {
	case "ovs-port", "ovs-int-port", "ovs-bond":
		out.VLANID = vlanID(ovsOption(e.first("ovs-options"), "tag"))
	case "vlan":
		out.VLANID = e.number("vlan-id", 4094)
		out.VLANRawDevice = e.first("vlan-raw-device")
		raw, tag := vlanName(out.Name)
		if out.VLANID == 0 {
			out.VLANID = vlanID(tag)
		}
		if out.VLANRawDevice == "" {
			out.VLANRawDevice = raw
		}
	}
}

// vlanName splits eno1.100 into device and tag, and finds the tag of vlan100.
func vlanName(name string) (raw, tag string) {
	if i := strings.LastIndex(name, "."); i > 0 {
		return name[:i], name[i+1:]
	}
	if digits, ok := strings.CutPrefix(name, "vlan"); ok {
		return "", digits
	}
	return "", ""
}

func vlanID(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 4094 {
		return 0
	}
	return n
}

// ovsKinds maps ovs_type to the kind.
var ovsKinds = map[string]string{
	"ovsbridge": "ovs-bridge", "ovsport": "ovs-port", "ovsintport": "ovs-int-port", "ovsbond": "ovs-bond",
}

// kind is what the options, and where they say nothing the name, make of an interface.
func (e *effect) kind() string {
	name := e.out.Name
	method := func(m string) bool {
		return slices.ContainsFunc(e.out.Methods, func(x snapshot.Method) bool { return x.Method == m })
	}
	_, tag := vlanName(name)
	_, dummyNumber := cutNumber(name, "dummy")
	switch {
	case e.has("ovs-type"):
		if kind, ok := ovsKinds[strings.ToLower(e.first("ovs-type"))]; ok {
			return kind
		}
		return "other"
	case name == "lo" || method("loopback"):
		return "loopback"
	case e.has("bridge-ports", "bridge-vlan-aware"):
		return "bridge"
	case e.has("bond-slaves", "slaves", "bond-ports", "bond-mode"):
		return "bond"
	case e.has("vxlan-id", "vxlan-local-tunnelip"):
		return "vxlan"
	case e.has("vrf-table"):
		return "vrf"
	case e.has("vlan-raw-device", "vlan-id"), strings.Contains(name, ".") && vlanID(tag) != 0:
		return "vlan"
	case e.first("link-type") == "dummy" || dummyNumber:
		return "dummy"
	case e.has("link-type", "tunnel-mode", "tunnel-endpoint", "macvlan-mode", "batman-ifaces") || method("tunnel") || method("ppp") || method("wvdial"):
		return "other"
	}
	return "physical"
}

// cutNumber is true for a name of a stem and a number.
func cutNumber(name, stem string) (number string, ok bool) {
	number, ok = strings.CutPrefix(name, stem)
	return number, ok && number != "" && strings.Trim(number, "0123456789") == ""
}
