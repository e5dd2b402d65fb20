package validate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Options say what else is asked for.
type Options struct {
	// RunningGuests asks that guests that start with the host run.
	RunningGuests bool
	// Target is what the host is to become.
	Target string
	// Units is the table of the catalog that says which units an option starts: the option, its parts joined by dots, to
	// unit, instead and required.
	Units map[string]any
}

// UnitsTable is the name of the table of Options.Units in the catalog.
const UnitsTable = "option_units"

// Derive makes the checks for a host: of the facts of its snapshot that NixOS keeps by the evaluation, and of what rules
// ask for. It is pure.
func Derive(doc *snapshot.Document, said *evaluate.Host, options Options) (*Baseline, error) {
	text, err := json.Marshal(doc.Tree)
	if err != nil {
		return nil, err
	}
	d := deriver{said: said, options: options, kept: map[string]bool{}, byID: map[string]int{}}
	if err := json.Unmarshal(text, &d.was); err != nil {
		return nil, err
	}
	for _, f := range said.Ledger.Facts {
		switch f.Status {
		case evaluate.Translated, evaluate.Carried, evaluate.Bridged, evaluate.Implied:
			d.kept[f.Pointer] = true
		}
	}
	d.areas = map[string]snapshot.Area{}
	for _, a := range d.was.Capture.Areas {
		d.areas[a.Name] = a
	}
	d.live = d.areas[liveNetwork].Status == "known"
	for _, derive := range []func(){d.rules, d.identity, d.network, d.storage, d.accounts, d.units, d.guests, d.packages, d.unknown} {
		derive()
	}
	return &Baseline{
		Schema: ChecksVersion,
		Host: Captured{
			Name: d.was.Host.Name, OS: d.was.Host.OS, Kernel: d.was.Host.Kernel, Time: d.was.Capture.Time, SHA256: doc.Digest,
		},
		Target: options.Target, Checks: d.sorted(),
	}, nil
}

// sorted are the checks in the order of reports.
func (d *deriver) sorted() []Check {
	slices.SortFunc(d.checks, func(a, b Check) int {
		return cmp.Or(cmp.Compare(order(a.Kind), order(b.Kind)), cmp.Compare(a.ID, b.ID))
	})
	return d.checks
}

// kindOrder is the order of kinds in reports: what everything else rests on comes first.
var kindOrder = []string{
	"host-name", "host-id", "machine-id",
	"link", "bond", "vlan", "bridge", "port-vlans", "address", "dynamic-address", "route", "gateway-reachable", "port-listening", "socket",
	"pool", "volume-group", "array", "iscsi-session", "mount", "swap",
	"unit-active", "no-failed-units", "clock-synchronized", "time-zone",
	"user", "group", "authorized-key",
	"quorate", "guest-present", "guest-running",
	"package", "known",
}

func order(kind string) int {
	if i := slices.Index(kindOrder, kind); i >= 0 {
		return i
	}
	return len(kindOrder)
}

// deriver collects the checks of a host.
type deriver struct {
	was     snapshot.Snapshot
	said    *evaluate.Host
	options Options
	// kept are the facts that NixOS has in its own way.
	kept  map[string]bool
	areas map[string]snapshot.Area
	// live is true where the links of the running kernel are in the snapshot.
	live   bool
	checks []Check
	byID   map[string]int
}

// add keeps a check. Of two of the same thing the first stays, required where one of them is.
func (d *deriver) add(c Check) {
	if i, twice := d.byID[c.ID]; twice {
		d.checks[i].Required = d.checks[i].Required || c.Required
		for _, at := range c.At {
			if !slices.Contains(d.checks[i].At, at) {
				d.checks[i].At = append(d.checks[i].At, at)
			}
		}
		return
	}
	if c.At == nil {
		c.At = []string{}
	}
	d.byID[c.ID] = len(d.checks)
	d.checks = append(d.checks, c)
}

func (d *deriver) want(kind string, a assertion, required bool, at ...string) {
	if a.check() == nil { // a fact without a name is none that could be looked for
		d.add(newCheck(kind, a, required, at...))
	}
}

func pointer(list string, i int) string { return list + "/" + strconv.Itoa(i) }

// rules takes the checks of rules. One that this program does not know is skipped, not forgotten.
func (d *deriver) rules() {
	for _, said := range d.said.Checks {
		d.add(ofRule(said))
	}
}

// Of makes checks of those that rules want, in the order of reports.
func Of(said []policy.Check) []Check {
	d := deriver{said: &evaluate.Host{Checks: said}, checks: []Check{}, byID: map[string]int{}}
	d.rules()
	return d.sorted()
}

// ofRule makes a check of what a rule said.
func ofRule(said policy.Check) Check {
	params, err := json.Marshal(said.Params)
	if err != nil {
		params = []byte("{}")
	}
	c := Check{Kind: said.Check, Required: said.Required, Params: params, At: said.At, Rule: said.Rule}
	if a, err := decode(c); err == nil {
		c.ID, c.Subject = id(c.Kind, a), a.subject()
	} else {
		c.Subject = string(params)
		c.ID = c.Kind + " " + c.Subject
	}
	return c
}

// identity is who the host is.
func (d *deriver) identity() {
	h := d.was.Host
	d.want("host-name", &hostName{h.Name}, true, "/host/name")
	// ZFS takes a pool for that of another host where the id is another one.
	d.want("host-id", &hostID{h.HostID}, len(d.was.Storage.Pools) > 0, "/host/hostid")
	d.want("machine-id", &machineID{h.MachineID}, false, "/host/machine_id")
	d.want("time-zone", &timeZone{d.was.System.TimeZone}, false, "/system/time_zone")
	if d.was.System.Clock.Synchronized {
		d.want("clock-synchronized", &clockSynchronized{}, false, "/system/clock")
	}
}

// mainTable is the routing table that all traffic takes unless rules say otherwise.
const mainTable = 254

// network is what the configured interfaces were, as the running kernel had them where that is known.
func (d *deriver) network() {
	links := map[string]snapshot.Link{}
	members := map[string][]string{}
	for _, l := range d.was.Network.Links {
		links[l.Name] = l
	}
	configured := map[string]bool{}
	for _, i := range d.was.Network.Interfaces {
		configured[i.Name] = true
	}
	for _, l := range d.was.Network.Links {
		// What guests have plugged in is not configured, and comes and goes with them.
		if l.Master != "" && (configured[l.Name] || l.Kind == "device") {
			members[l.Master] = append(members[l.Master], l.Name)
		}
	}
	asked := map[string]bool{} // gateways
	gateway := func(address, on, at string, required bool) {
		a := &gatewayReachable{address, on}
		if address != "" && !asked[a.subject()] {
			asked[a.subject()] = true
			d.want("gateway-reachable", a, required, at)
		}
	}
	// A gateway of IPv6 that never answered is not noticed on a host that has one of IPv4.
	only := func(address string) bool { return !strings.Contains(address, ":") || !d.hasGateway4() }
	ours := map[string]bool{}
	for n, i := range d.was.Network.Interfaces {
		at := pointer("/network/interfaces", n)
		if !d.kept[at] || !i.Auto && !slices.Contains(i.Allow, "hotplug") || i.Kind == "loopback" {
			continue
		}
		if i.Kind == "alias" { // further addresses of the interface before the colon
			i.Name, _, _ = strings.Cut(i.Name, ":")
			if was := links[i.Name]; !d.live || was.Up {
				d.addresses(i, was, at)
			}
			continue
		}
		was, there := links[i.Name]
		if d.live && (!there || !was.Up) {
			continue // it was not there before either
		}
		ours[i.Name] = true
		carries := len(i.Addresses) > 0 || i.Gateway+i.Gateway6 != ""
		l := &link{Name: i.Name, MTU: i.MTU, Carrier: d.live && hasCarrier(i.Name, links, members, maxNesting)}
		d.want("link", l, carries || i.Kind == "bridge" || i.Kind == "ovs-bridge", at)
		switch i.Kind {
		case "bridge":
			d.want("bridge", &bridge{i.Name, d.portsOf(i.Name, i.Ports, members), i.VLANAware}, true, at)
			d.portVLANs(i, links, members, at)
		case "bond":
			mode := i.BondMode
			if was.Bond != nil {
				mode = was.Bond.Mode
			}
			d.want("bond", &bond{i.Name, mode, d.portsOf(i.Name, i.Slaves, members)}, true, at)
		case "vlan":
			if i.VLANID > 0 {
				d.want("vlan", &vlan{i.Name, cmp.Or(was.Parent, i.VLANRawDevice), i.VLANID}, carries, at)
			}
		}
		d.addresses(i, was, at)
		if !d.live {
			for _, g := range []string{i.Gateway, i.Gateway6} {
				if g != "" {
					d.want("route", &route{mainTable, "unicast", "default", g, i.Name}, true, at)
					gateway(g, i.Name, at, only(g))
				}
			}
		}
	}
	if !d.live {
		return
	}
	if d.areas["network.interfaces"].Status != "known" {
		d.liveLinks(ours)
	}
	for n, r := range d.was.Network.Routes {
		at := pointer("/network/routes", n)
		if !ours[r.Interface] && r.Interface != "" || !slices.Contains([]string{"boot", "static", "dhcp"}, r.Protocol) {
			continue // of guests, or made by the kernel or by a routing daemon from what it hears
		}
		isDefault := r.Destination == "default" && r.Table == mainTable && r.Kind == "unicast"
		d.want("route", &route{r.Table, r.Kind, r.Destination, r.Gateway, r.Interface}, isDefault, at)
		if isDefault {
			gateway(r.Gateway, r.Interface, at, only(r.Gateway))
		}
	}
}

// maxNesting is how many links may rest on each other: a bridge on a VLAN on a bond on a card, and some more.
const maxNesting = 8

// hasCarrier says whether a link had a carrier that does not come from guests: a bridge without a cable has one as long as
// a guest is plugged into it, and guests may not run when it is looked at.
func hasCarrier(name string, links map[string]snapshot.Link, members map[string][]string, depth int) bool {
	l := links[name]
	switch {
	case l.State != "up" || depth == 0:
		return false
	case l.Kind == "bridge" || l.Kind == "bond":
		return slices.ContainsFunc(members[name], func(m string) bool { return hasCarrier(m, links, members, depth-1) })
	case l.Parent != "":
		return hasCarrier(l.Parent, links, members, depth-1)
	}
	return true
}

// hasGateway4 says whether the host has a default gateway of IPv4.
func (d *deriver) hasGateway4() bool {
	if d.live {
		return slices.ContainsFunc(d.was.Network.Routes, func(r snapshot.Route) bool {
			return r.Destination == "default" && r.Table == mainTable && r.Gateway != "" && !strings.Contains(r.Gateway, ":")
		})
	}
	return slices.ContainsFunc(d.was.Network.Interfaces, func(i snapshot.Interface) bool { return i.Gateway != "" })
}

// liveLinks are those of the running kernel that have an address, where nothing is known of how they were configured: a
// host that some other program sets up.
func (d *deriver) liveLinks(ours map[string]bool) {
	leads := map[string]bool{}
	for _, r := range d.was.Network.Routes {
		leads[r.Interface] = leads[r.Interface] || r.Destination == "default" && r.Table == mainTable
	}
	for n, l := range d.was.Network.Links {
		if ours[l.Name] || !l.Up || len(l.Addresses) == 0 || !slices.Contains([]string{"device", "bond", "bridge", "vlan"}, l.Kind) {
			continue
		}
		ours[l.Name] = true
		at := pointer("/network/links", n)
		d.want("link", &link{Name: l.Name, Carrier: l.State == "up"}, leads[l.Name], at)
		for i, a := range l.Addresses {
			d.want("address", &address{l.Name, a.CIDR}, leads[l.Name], at+"/addresses/"+strconv.Itoa(i))
		}
	}
}

// portsOf are the members of a bridge or bond: those of the running kernel, or else those of its configuration that are
// names.
func (d *deriver) portsOf(name string, configured []string, members map[string][]string) []string {
	ports := []string{}
	if d.live {
		return append(ports, members[name]...)
	}
	for _, p := range configured {
		if !strings.ContainsAny(p, "*?[]^$|()+\\ /") && p != "none" && p != "regex" && p != "glob" {
			ports = append(ports, p)
		}
	}
	return ports
}

// portVLANs are the VLANs of the ports of a bridge that filters them.
func (d *deriver) portVLANs(i snapshot.Interface, links map[string]snapshot.Link, members map[string][]string, at string) {
	if !i.VLANAware || !d.live {
		return
	}
	for _, port := range members[i.Name] {
		if vlans := links[port].VLANs; len(vlans) > 0 {
			d.want("port-vlans", &portVLANs{port, vlans}, true, at)
		}
	}
}

// addresses are those that a configured interface had.
func (d *deriver) addresses(i snapshot.Interface, was snapshot.Link, at string) {
	for n, a := range i.Addresses {
		had := slices.ContainsFunc(was.Addresses, func(b snapshot.Address) bool { return sameCIDR(a.CIDR, b.CIDR) })
		d.want("address", &address{i.Name, a.CIDR}, !d.live || had, at+"/addresses/"+strconv.Itoa(n))
	}
	for _, m := range i.Methods {
		if m.Method != "dhcp" && m.Method != "auto" || m.Family != "inet" && m.Family != "inet6" {
			continue
		}
		had := slices.ContainsFunc(was.Addresses, func(b snapshot.Address) bool { return b.Family == m.Family })
		if !d.live || had {
			d.want("dynamic-address", &dynamicAddress{i.Name, m.Family}, m.Method == "dhcp", at)
		}
	}
}

// ownPlaces are mount points that the new root has for itself.
var ownPlaces = []string{"/", "/boot", "/boot/efi", "/efi", "/nix", "/nix/store", "/tmp", "/var/tmp"}

// storage is what was imported, assembled and mounted.
func (d *deriver) storage() {
	st := d.was.Storage
	for n, p := range st.Pools {
		if at := pointer("/storage/zfs_pools", n); d.kept[at] && p.Imported {
			d.want("pool", &pool{p.Name, p.GUID, p.Health}, true, at)
		}
	}
	for n, g := range st.VolumeGroups {
		if at := pointer("/storage/volume_groups", n); d.kept[at] && !g.Missing {
			d.want("volume-group", &volumeGroup{g.Name, g.UUID, append([]string{}, g.Volumes...)}, true, at)
		}
	}
	for n, m := range st.MDArrays {
		if at := pointer("/storage/md_arrays", n); d.kept[at] && m.State != "" {
			d.want("array", &array{m.Name, m.UUID, m.Degraded}, true, at)
		}
	}
	for n, session := range st.ISCSI.Sessions {
		d.want("iscsi-session", &iscsiSession{session.Target}, false, pointer("/storage/iscsi/sessions", n))
	}
	var swaps []string
	for n, f := range st.Fstab {
		at := pointer("/storage/fstab", n)
		switch {
		case !d.kept[at]:
		case f.Type == "swap":
			swaps = append(swaps, at)
		case !path.IsAbs(f.File) || slices.Contains(ownPlaces, f.File) || slices.Contains(kernelPlaces, f.Type) || slices.Contains(f.Options, "noauto"):
		case d.areas["storage.mounts"].Status == "known" && !slices.ContainsFunc(st.Mounts, func(m snapshot.Mount) bool { return m.Target == f.File }):
		default:
			soft := slices.Contains(f.Options, "nofail") || slices.Contains(f.Options, "_netdev")
			kind := f.Type
			if slices.Contains(f.Options, "bind") || kind == "none" {
				kind = ""
			}
			d.want("mount", &mount{f.File, kind}, !soft, at)
		}
	}
	var kib int64
	for _, s := range st.Swaps {
		kib += s.SizeKiB
	}
	if len(swaps) > 0 && kib > 0 {
		d.want("swap", &swap{kib}, false, swaps...)
	}
}

// kernelPlaces are types of file systems that systemd mounts by itself.
var kernelPlaces = []string{"proc", "sysfs", "devpts", "tmpfs", "devtmpfs"}

// firstPerson is the first number of a user that is no service, login.defs(5); nobody is the one behind the last.
const (
	firstPerson = 1000
	nobody      = 65534
)

// accounts are the users and groups that people and files belong to. Services have numbers of their own on NixOS.
func (d *deriver) accounts() {
	people := map[string]bool{}
	for n, u := range d.was.System.Users {
		at := pointer("/system/users", n)
		if !d.kept[at] || u.UID != 0 && u.UID < firstPerson || u.UID == nobody {
			continue
		}
		people[u.Name] = true
		gid := u.GID
		d.want("user", &user{u.Name, u.UID, &gid}, u.UID == 0, at)
	}
	for n, g := range d.was.System.Groups {
		at := pointer("/system/groups", n)
		if !d.kept[at] || g.GID < firstPerson || g.GID == nobody {
			continue
		}
		members := []string{}
		for _, m := range g.Members {
			if people[m] {
				members = append(members, m)
			}
		}
		d.want("group", &group{g.Name, g.GID, members}, false, at)
	}
	for n, k := range d.was.System.AuthorizedKeys {
		// Keys of nodes among each other are of the cluster; those of people let them in.
		if at := pointer("/system/authorized_keys", n); d.kept[at] && people[k.User] {
			d.want("authorized-key", &authorizedKey{k.User, k.Fingerprint}, k.User == "root" && k.Node == "", at)
		}
	}
}

// optionUnit is what the catalog says of an option that starts a unit.
type optionUnit struct {
	Unit     string   `json:"unit"`
	Instead  []string `json:"instead"`
	Required bool     `json:"required"`
	Sockets  []string `json:"sockets"`
}

// units are those that the options of the evaluation start, as far as what they replace ran before.
func (d *deriver) units() {
	states := map[string]snapshot.Unit{}
	failedBefore := []string{}
	for _, u := range d.was.Units {
		states[u.Name] = u
		if u.ActiveState == "failed" {
			failedBefore = append(failedBefore, u.Name)
		}
	}
	known := d.areas["units"].Status == "known" && d.areas["units"].Source == "systemd"
	required := map[string]bool{} // units of before without which the host is not to be kept
	for _, o := range d.said.Options {
		if unit, ok := d.options.Units[strings.Join(o.Option, ".")]; ok && o.Value == true {
			var u optionUnit
			if text, err := json.Marshal(unit); err != nil || json.Unmarshal(text, &u) != nil {
				continue
			}
			d.unitOf(u, o.At, known, required)
			continue
		}
		// A unit of the configuration itself keeps the name that it had.
		if len(o.Option) < 3 || o.Option[0] != "systemd" || o.Option[1] != "services" && o.Option[1] != "timers" && o.Option[1] != "sockets" {
			continue
		}
		name := o.Option[2] + "." + strings.TrimSuffix(o.Option[1], "s")
		if was, had := states[name]; had && known && was.ActiveState == "active" {
			d.want("unit-active", &unitActive{Unit: name}, false, o.At...)
		}
	}
	d.want("no-failed-units", &noFailedUnits{failedBefore}, false)
	for n, l := range d.was.Network.Listeners {
		const ephemeral = 32768 // of outgoing connections, and of servers that take what they get
		unit, ours := states[l.Unit]
		if l.Unit == "" || !ours || l.Port >= ephemeral || l.Address == "127.0.0.1" || strings.HasPrefix(l.Address, "127.") || l.Address == "::1" {
			continue
		}
		if i := slices.IndexFunc(d.was.Units, func(u snapshot.Unit) bool { return u.Name == unit.Name }); i >= 0 && d.kept[pointer("/units", i)] {
			d.want("port-listening", &portListening{l.Port, l.Protocol}, required[l.Unit], pointer("/network/listeners", n))
		}
	}
}

// unitOf asks for the unit of an option, unless what it replaces did not run before.
func (d *deriver) unitOf(u optionUnit, at []string, known bool, required map[string]bool) {
	before := []string{}
	ran := false
	for _, p := range at {
		rest, ok := strings.CutPrefix(p, "/units/")
		n, err := strconv.Atoi(rest)
		if !ok || err != nil || n >= len(d.was.Units) {
			continue
		}
		before = append(before, d.was.Units[n].Name)
		ran = ran || d.was.Units[n].ActiveState == "active"
	}
	if known && len(before) > 0 && !ran {
		return
	}
	d.want("unit-active", &unitActive{u.Unit, u.Instead}, u.Required, at...)
	for _, path := range u.Sockets {
		d.want("socket", &socket{path}, u.Required, at...)
	}
	for _, name := range before {
		required[name] = u.Required
	}
}

// guestDocuments are the kinds of documents that define a guest, and their managers.
var guestDocuments = map[string]string{"domains": managerLibvirt, "instances": managerIncus, "containers": managerLXC}

// guests are those that the evaluation defines for a manager. Guests that stay with PVE are asked for by rules.
func (d *deriver) guests() {
	starts := map[int]bool{}
	types := map[int]string{}
	at := map[int]string{}
	for n, g := range d.was.Guests {
		if !g.Local {
			continue
		}
		types[g.VMID], at[g.VMID] = g.Type, pointer("/guests", n)
		for _, p := range g.Config {
			if p.Key == "onboot" && p.Value != nil && slices.Contains([]string{"1", "yes", "on", "true"}, strings.ToLower(*p.Value)) {
				starts[g.VMID] = true
			}
		}
	}
	var all []guest
	for _, doc := range d.said.Documents {
		manager := guestDocuments[doc.Kind]
		vmid, err := strconv.Atoi(doc.Name)
		if manager == "" || err != nil || types[vmid] == "" {
			continue
		}
		name, _ := doc.Tree()["name"].(string)
		if manager == managerLXC {
			name = ""
		}
		all = append(all, guest{vmid, types[vmid], manager, name})
	}
	for _, g := range all {
		d.want("guest-present", &guestPresent{g}, true, at[g.VMID])
	}
	if !d.options.RunningGuests {
		return
	}
	for _, said := range d.said.Checks {
		var g guest
		if said.Check == "guest-present" && decodeInto(said.Params, &g) == nil {
			all = append(all, g)
		}
	}
	for _, g := range all {
		if starts[g.VMID] {
			d.want("guest-running", &guestRunning{g}, false, at[g.VMID])
		}
	}
}

func decodeInto(params map[string]any, into any) error {
	text, err := json.Marshal(params)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// packages are those that the evaluation puts into the profile of the system.
func (d *deriver) packages() {
	for _, o := range d.said.Options {
		if !slices.Equal(o.Option, []string{"environment", "systemPackages"}) {
			continue
		}
		values, _ := o.Value.([]any)
		for _, v := range values {
			reference, _ := v.(map[string]any)
			parts, _ := reference["_ref"].([]any)
			if len(parts) < 2 || parts[0] != "pkgs" {
				continue
			}
			var names []string
			for _, p := range parts[1:] {
				names = append(names, fmt.Sprint(p))
			}
			d.want("package", &program{strings.Join(names, ".")}, false)
		}
	}
}

// compared are the areas of a snapshot that checks come from.
var compared = []string{
	"host", "units", "network.interfaces", liveNetwork, "network.listeners", "storage.mounts", "storage.swaps", "storage.zfs_pools",
	"storage.volume_groups", "storage.md_arrays", "storage.iscsi_sessions", "system.users", "system.groups", "system.authorized_keys", "system.clock", "guests",
}

// unknown names what the snapshot does not know, so that nobody takes it for checked.
func (d *deriver) unknown() {
	for _, name := range compared {
		a, ok := d.areas[name]
		if !ok || a.Status == "known" {
			continue
		}
		c := newCheck("known", &known{name}, false)
		c.Skip = "the snapshot does not know all of it: " + a.Detail
		d.add(c)
	}
}
