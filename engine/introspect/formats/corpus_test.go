package formats

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// canary marks the secrets of the corpus.
const canary = "SECRETMUSTNOTLEAVETHISHOST"

// corpusRoot finds real configuration files with what PVE's own parsers read from them. They
// are not part of the project.
func corpusRoot(t *testing.T) string {
	t.Helper()
	root, set := os.LookupEnv("PVE2NIX_CORPUS")
	if !set {
		root = "../../../../shared/corpus"
	}
	if _, err := os.Stat(filepath.Join(root, "oracle")); err != nil {
		if set {
			t.Fatalf("PVE2NIX_CORPUS names a folder without an oracle: %v", err)
		}
		t.Skip("the corpus of real configuration files is absent: nothing was compared with PVE's own parsers; set PVE2NIX_CORPUS to its folder")
	}
	return root
}

// justified are differences to PVE's parsers that are meant. A key is FILE#FACT with * for any text.
var justified = map[string]string{
	"host-d/etc/pve/nodes/pve/qemu-server/101.conf#config.boot":             "PVE keeps the blank behind the colon as the value; an empty boot order is the empty text here",
	"upstream/qemu-server/pve9/cfg2cmd/bootorder-empty.conf#config.boot":    "PVE keeps the blank behind the colon as the value; an empty boot order is the empty text here",
	"upstream/qemu-server/pve9/cfg2cmd/custom-cpu-model*.conf#config.cpu":   "the oracle ran without cpu-models.conf, so PVE dropped the custom model",
	"upstream/qemu-server/pve9/cfg2cmd/custom-cpu-model*.conf#fields.cpu.*": "the oracle ran without cpu-models.conf, so PVE dropped the custom model",
	"ifaces-ovs/line-continuation-and-mtu.interfaces#bond0.mtu":             "PVE does not join continued lines and loses those below; ifupdown2 does",
	"ifaces-ovs/line-continuation-and-mtu.interfaces#bond0.bond_mode":       "PVE prefixes the mode with lacp- for its own menu; the name of Open vSwitch is kept",
	"*#*.type:unknown":      "PVE knows the type only of names of its own scheme",
	"*#*.autostart:hotplug": "PVE shows allow-hotplug as autostart; the networking service does not start it",
	"upstream/proxmox-firewall/input/cluster.fw#alias.local_network":  "PVE cuts /32 off an address; the text of the file is kept",
	"upstream/qemu-server/pve9/cfg2cmd/custom-cpu-model*.conf#warned": "the oracle ran without cpu-models.conf, so PVE dropped the custom model",
}

// aspect is what a fact is about: the structure of a file, a key, or a field of a property string.
func aspect(fact string) string {
	switch {
	case strings.HasPrefix(fact, "fields."):
		return "fields of property strings"
	case fact == "sections", fact == "warned", fact == "rule count", fact == "cluster name", strings.HasSuffix(fact, ".order"), strings.HasSuffix(fact, ".present"):
		return "structure"
	}
	return "keys and values"
}

type difference struct{ file, fact, ours, theirs string }

func (d difference) String() string {
	return fmt.Sprintf("%s#%s: ours %q, PVE's %q", d.file, d.fact, d.ours, d.theirs)
}

// comparison counts facts that agree.
type comparison struct {
	file        string
	agree       int
	aspects     map[string]int
	differences []difference
}

func (c *comparison) check(fact, ours, theirs string) {
	if ours == theirs {
		c.agree++
		c.aspects[aspect(fact)]++
		return
	}
	c.differences = append(c.differences, difference{c.file, fact, ours, theirs})
}

// checkMaps compares two maps key by key, missing ones included.
func (c *comparison) checkMaps(prefix string, ours, theirs map[string]string) {
	const missing = "(missing)"
	for key, value := range theirs {
		got, ok := ours[key]
		if !ok {
			got = missing
		}
		c.check(prefix+key, got, value)
	}
	for key, value := range ours {
		if _, ok := theirs[key]; !ok {
			c.check(prefix+key, value, missing)
		}
	}
}

func TestParsersAgreeWithPVEsOwn(t *testing.T) {
	root := corpusRoot(t)
	oracle := filepath.Join(root, "oracle")
	files, total, agree, differ := 0, 0, map[string]int{}, map[string]int{}
	agreeing, differing := map[string]int{}, map[string]int{}
	used := map[string]bool{}
	err := filepath.WalkDir(oracle, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		relative, _ := filepath.Rel(oracle, strings.TrimSuffix(name, ".json"))
		data, err := os.ReadFile(filepath.Join(root, relative))
		if err != nil {
			return err
		}
		expected, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var want struct {
			Kind     string
			Result   json.RawMessage
			Warnings []string
		}
		if err := json.Unmarshal(expected, &want); err != nil {
			return err
		}
		compare, ok := comparisons[want.Kind]
		if !ok {
			t.Errorf("%s: nothing compares the kind %s", relative, want.Kind)
			return nil
		}
		c := &comparison{file: filepath.ToSlash(relative), aspects: map[string]int{}}
		compare(t, c, root, data, want.Result)
		if want.Kind == "vm" || want.Kind == "ct" { // the kinds that the oracle has warnings of
			ours := len(Guest("/etc/pve/"+guestKinds[want.Kind]+"/100.conf", guestKinds[want.Kind], 100, "pve", true, data).Anomalies) > 0
			c.check("warned", fmt.Sprint(ours || len(want.Warnings) == 0), "true") // what PVE warns of is an anomaly
		}
		files++
		agree[want.Kind] += c.agree
		differ[want.Kind] += len(c.differences)
		total += c.agree + len(c.differences)
		for name, n := range c.aspects {
			agreeing[name] += n
		}
		for _, d := range c.differences {
			differing[aspect(d.fact)]++
			reason := ""
			for pattern := range justified {
				if matches(pattern, d.file+"#"+d.fact) {
					reason = justified[pattern]
					used[pattern] = true
				}
			}
			if reason == "" {
				t.Errorf("unjustified difference: %s", d)
			} else {
				t.Logf("justified difference: %s (%s)", d, reason)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Fatal("the oracle is empty")
	}
	for pattern := range justified {
		if !used[pattern] {
			t.Errorf("no difference is justified by %q any more", pattern)
		}
	}
	t.Logf("%d files, %d facts compared", files, total)
	for name, n := range agreeing {
		t.Logf("%s: %d of %d agree, %d differ for a reason", name, n, n+differing[name], differing[name])
	}
	for kind, n := range agree {
		t.Logf("%s: %d of %d facts agree", kind, n, n+differ[kind])
	}
}

var guestKinds = map[string]string{"vm": "qemu", "ct": "lxc"}

var comparisons = map[string]func(t *testing.T, c *comparison, root string, data []byte, want json.RawMessage){
	"vm": compareGuest, "ct": compareGuest, "storage": compareStorage, "user": compareUsers, "corosync": compareCorosync,
	"fwcluster": compareFirewall, "fwhost": compareFirewall, "fwvm": compareFirewall, "ifaces": compareInterfaces, "datacenter": compareDatacenter,
}

func decode[T any](t *testing.T, data json.RawMessage) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// text writes a value of the oracle as it would stand in the file.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case nil:
		return ""
	}
	return fmt.Sprint(v)
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

// secretKeys are compared by digest.
var secretKeys = []string{"description", "args", "cipassword", "sshkeys", "env"}

func configMap(properties []snapshot.Property) (config map[string]string, fields map[string]string, raw []string) {
	config, fields = map[string]string{}, map[string]string{}
	for _, p := range properties {
		value := "?"
		switch {
		case p.Value != nil:
			value = *p.Value
		case p.Secret != nil:
			value = p.Secret.SHA256Prefix
		}
		if strings.HasPrefix(p.Key, "lxc.") {
			raw = append(raw, p.Key+" "+value)
			continue
		}
		config[p.Key] = value
		for _, f := range p.Fields {
			if f.Value != nil {
				fields[p.Key+"."+f.Name] = *f.Value
			}
		}
	}
	return config, fields, raw
}

func oracleConfig(config map[string]any) (flat map[string]string, raw []string) {
	flat = map[string]string{}
	for key, value := range config {
		switch key {
		case "digest", "pending", "snapshots", "special-sections":
		case "lxc":
			for _, pair := range value.([]any) {
				raw = append(raw, text(pair.([]any)[0])+" "+text(pair.([]any)[1]))
			}
		default:
			flat[key] = text(value)
			if slices.Contains(secretKeys, key) {
				flat[key] = digest(text(value))
			}
		}
	}
	return flat, raw
}

func compareGuest(t *testing.T, c *comparison, _ string, data []byte, want json.RawMessage) {
	w := decode[struct {
		Config          map[string]any
		PropertyStrings map[string]map[string]any `json:"property_strings"`
	}](t, want)
	kind := "qemu"
	if strings.Contains(c.file, "/lxc/") {
		kind = "lxc"
	}
	guest := Guest("/etc/pve/"+kind+"/100.conf", kind, 100, "pve", true, data)
	section := func(prefix string, ours []snapshot.Property, theirs map[string]any) {
		config, _, raw := configMap(ours)
		flat, oracleRaw := oracleConfig(theirs)
		c.checkMaps(prefix, config, flat)
		c.check(prefix+"lxc", strings.Join(raw, "\n"), strings.Join(oracleRaw, "\n"))
	}
	section("config.", guest.Config, w.Config)
	theirs := map[string]string{}
	for key, parts := range w.PropertyStrings {
		for name, value := range parts {
			theirs[key+"."+name] = text(value)
		}
	}
	_, fields, _ := configMap(guest.Config)
	c.checkMaps("fields.", fields, theirs)
	sub := func(name string) map[string]any { m, _ := w.Config[name].(map[string]any); return m }
	section("pending.", guest.Pending, sub("pending"))
	ours := map[string][]snapshot.Property{}
	for _, s := range guest.Snapshots {
		ours["snapshots."+s.Name] = s.Config
	}
	for _, s := range guest.Special {
		if name, ok := strings.CutPrefix(s.Name, "special:"); ok && !strings.HasPrefix(name, "unknown") {
			ours["special-sections."+name] = s.Config
		}
	}
	seen := 0
	for _, group := range []string{"snapshots", "special-sections"} {
		for name, config := range sub(group) {
			key := group + "." + name
			if _, ok := ours[key]; ok {
				seen++
			}
			section(key+".", ours[key], config.(map[string]any))
		}
	}
	c.check("sections", strconv.Itoa(len(ours)), strconv.Itoa(seen))
}

func compareDatacenter(t *testing.T, c *comparison, _ string, data []byte, want json.RawMessage) {
	theirs := decode[map[string]any](t, want)
	// Defaults that the reader adds are no lines of the file.
	delete(theirs, "mac_prefix")
	if theirs["description"] == "" {
		delete(theirs, "description")
	}
	flat, _ := oracleConfig(theirs)
	config, _, _ := configMap(KeyValues("/etc/pve/datacenter.cfg", data))
	c.checkMaps("", config, flat)
}

func compareStorage(t *testing.T, c *comparison, _ string, data []byte, want json.RawMessage) {
	w := decode[struct {
		IDs   map[string]map[string]any
		Order map[string]int
	}](t, want)
	sections, _ := Sections("/etc/pve/storage.cfg", data, Storage)
	ours := map[string]map[string]string{}
	for _, s := range sections {
		config, _, _ := configMap(s.Properties)
		for _, key := range []string{"content", "nodes"} {
			if value, ok := config[key]; ok {
				items := list(value)
				slices.Sort(items)
				config[key] = strings.Join(items, ",")
			}
		}
		config["type"] = s.Type
		ours[s.ID] = config
	}
	for id, properties := range w.IDs {
		theirs := map[string]string{}
		for key, value := range properties {
			if set, ok := value.(map[string]any); ok {
				var items []string
				for item := range set {
					items = append(items, item)
				}
				slices.Sort(items)
				value = strings.Join(items, ",")
			}
			theirs[key] = text(value)
		}
		c.checkMaps(id+".", ours[id], theirs)
		c.check(id+".order", strconv.Itoa(1+slices.IndexFunc(sections, func(s snapshot.Section) bool { return s.ID == id })), strconv.Itoa(w.Order[id]))
	}
	c.check("sections", strconv.Itoa(len(ours)), strconv.Itoa(len(w.IDs)))
}

func compareUsers(t *testing.T, c *comparison, _ string, data []byte, want json.RawMessage) {
	type acl struct {
		Children              map[string]json.RawMessage
		Users, Groups, Tokens map[string]map[string]int
	}
	w := decode[struct {
		Users map[string]struct {
			Enable, Expire int
			Tokens         map[string]struct{ Expire, Privsep int }
		}
		Groups  map[string]struct{ Users map[string]int }
		Roles   map[string]map[string]int
		Pools   map[string]struct{ VMs, Storage map[string]int }
		ACLRoot json.RawMessage `json:"acl_root"`
	}](t, want)
	theirs, ours := map[string]string{}, map[string]string{}
	sorted := func(m map[string]int) string {
		var names []string
		for name := range m {
			names = append(names, name)
		}
		slices.Sort(names)
		return strings.Join(names, ",")
	}
	for name, user := range w.Users {
		theirs["user "+name] = fmt.Sprint(user.Enable == 1, user.Expire)
		for id, token := range user.Tokens {
			theirs["token "+name+"!"+id] = fmt.Sprint(token.Privsep == 1, token.Expire)
		}
	}
	for name, group := range w.Groups {
		theirs["group "+name] = sorted(group.Users)
	}
	for name, privileges := range w.Roles {
		theirs["role "+name] = sorted(privileges)
	}
	for name, pool := range w.Pools {
		theirs["pool "+name] = sorted(pool.VMs) + " " + sorted(pool.Storage)
	}
	var walk func(at string, raw json.RawMessage)
	walk = func(at string, raw json.RawMessage) {
		node := decode[acl](t, raw)
		for prefix, subjects := range map[string]map[string]map[string]int{"": node.Users, "@": node.Groups, "!": node.Tokens} {
			for subject, roles := range subjects {
				for role, propagate := range roles {
					theirs["acl "+at+" "+strings.TrimPrefix(prefix, "!")+subject+" "+role] = strconv.Itoa(propagate)
				}
			}
		}
		for name, child := range node.Children {
			walk(path.Join(at, name), child)
		}
	}
	walk("/", w.ACLRoot)

	access := UserCfg("/etc/pve/user.cfg", data)
	join := func(items []string) string {
		items = slices.Clone(items)
		slices.Sort(items)
		return strings.Join(slices.Compact(items), ",")
	}
	for _, u := range access.Users {
		ours["user "+u.ID] = fmt.Sprint(u.Enabled, u.Expire)
	}
	for _, k := range access.Tokens {
		ours["token "+k.ID] = fmt.Sprint(k.PrivilegeSeparation, k.Expire)
	}
	for _, g := range access.Groups {
		ours["group "+g.ID] = join(g.Users)
	}
	for _, r := range access.Roles {
		ours["role "+r.ID] = join(r.Privileges)
	}
	for _, p := range access.Pools {
		ours["pool "+p.ID] = join(p.Guests) + " " + join(p.Storages)
	}
	for _, a := range access.ACLs {
		for _, subject := range a.Subjects {
			for _, role := range a.Roles {
				propagate := "0"
				if a.Propagate {
					propagate = "1"
				}
				ours["acl "+a.Path+" "+subject+" "+role] = propagate
			}
		}
	}
	c.checkMaps("", ours, theirs)
}

func compareCorosync(t *testing.T, c *comparison, _ string, data []byte, want json.RawMessage) {
	w := decode[struct{ Main map[string]any }](t, want)
	theirs := map[string]string{}
	var walk func(prefix string, m map[string]any)
	walk = func(prefix string, m map[string]any) {
		for key, value := range m {
			if sub, ok := value.(map[string]any); ok {
				walk(prefix+key+".", sub)
				continue
			}
			theirs[prefix+key] = text(value)
		}
	}
	walk("", w.Main)
	props, nodes, name, _, _, err := Corosync("/etc/pve/corosync.conf", data)
	if err != nil {
		t.Errorf("%s: %v", c.file, err)
	}
	// The oracle keys members by name and number, the snapshot counts them.
	rename := map[string]string{}
	for i, node := range nodes {
		rename["nodelist.node."+strconv.Itoa(i)+"."] = "nodelist.node." + node.Name + "."
	}
	for _, p := range props {
		if strings.HasPrefix(p.Key, "totem.interface.") && strings.HasSuffix(p.Key, "number") {
			prefix, _, _ := cutLast(p.Key)
			rename[prefix+"."] = "totem.interface." + *p.Value + "."
		}
	}
	ours := map[string]string{}
	for _, p := range props {
		key := p.Key
		for from, to := range rename {
			if rest, ok := strings.CutPrefix(p.Key, from); ok {
				key = to + rest
			}
		}
		ours[key] = *p.Value
	}
	c.checkMaps("", ours, theirs)
	c.check("cluster name", name, theirs["totem.cluster_name"])
}

func compareFirewall(t *testing.T, c *comparison, _ string, data []byte, want json.RawMessage) {
	w := decode[struct {
		Options map[string]any
		Aliases map[string]struct{ CIDR, Name string }
		IPSet   map[string][]struct {
			CIDR    string
			Nomatch int
		}
		Groups map[string][]map[string]any
		Rules  []map[string]any
	}](t, want)
	scope := "guest"
	switch path.Base(c.file) {
	case "cluster.fw":
		scope = "cluster"
	case "host.fw":
		scope = "node"
	}
	file := Firewall("/etc/pve/firewall/x.fw", data, scope, "x")
	options, _, _ := configMap(file.Options)
	flat, _ := oracleConfig(w.Options)
	c.checkMaps("option.", options, flat)
	aliases, theirs := map[string]string{}, map[string]string{}
	for _, a := range file.Aliases {
		aliases[a.Key] = *a.Value
	}
	for _, a := range w.Aliases {
		theirs[a.Name] = a.CIDR
	}
	c.checkMaps("alias.", aliases, theirs)
	sets, theirSets := map[string]string{}, map[string]string{}
	for _, s := range file.IPSets {
		sets[s.Name] = strings.Join(s.Entries, " ")
	}
	for name, entries := range w.IPSet {
		var parts []string
		for _, e := range entries {
			parts = append(parts, strings.Repeat("!", e.Nomatch)+e.CIDR)
		}
		theirSets[name] = strings.Join(parts, " ")
	}
	c.checkMaps("ipset.", sets, theirSets)
	groups, theirGroups := map[string]string{}, map[string]string{}
	for _, g := range file.Groups {
		groups[g.Name] = ruleText(g.Rules)
	}
	for name, rules := range w.Groups {
		theirGroups[name] = oracleRules(rules)
	}
	c.checkMaps("group.", groups, theirGroups)
	c.check("rules", ruleText(file.Rules), oracleRules(w.Rules))
	c.check("rule count", strconv.Itoa(len(file.Rules)), strconv.Itoa(len(w.Rules)))
}

func ruleText(rules []snapshot.FirewallRule) string {
	var out []string
	for _, r := range rules {
		parts := []string{fmt.Sprint(r.Enabled), strings.ToLower(r.Direction), r.Action, r.Macro}
		var options []string
		for _, o := range r.Options {
			options = append(options, o.Name+"="+*o.Value)
		}
		slices.Sort(options)
		out = append(out, strings.Join(append(parts, options...), " "))
	}
	return strings.Join(out, "\n")
}

func oracleRules(rules []map[string]any) string {
	names := map[string]string{"proto": "p", "iface": "i", "source": "source", "dest": "dest", "sport": "sport", "dport": "dport", "icmp-type": "icmp-type", "log": "log"}
	var out []string
	for _, r := range rules {
		parts := []string{fmt.Sprint(r["enable"] == 1.0), text(r["type"]), text(r["action"]), text(r["macro"])}
		var options []string
		for theirs, ours := range names {
			if value, ok := r[theirs]; ok {
				options = append(options, ours+"="+text(value))
			}
		}
		slices.Sort(options)
		out = append(out, strings.Join(append(parts, options...), " "))
	}
	return strings.Join(out, "\n")
}

// tree is a file system below a folder; it can lay one file elsewhere.
type tree struct {
	root  string
	files map[string][]byte
}

func (t tree) ReadFile(name string) ([]byte, error) {
	if data, ok := t.files[name]; ok {
		return data, nil
	}
	if t.root == "" {
		return nil, fs.ErrNotExist
	}
	return os.ReadFile(filepath.Join(t.root, name))
}

func (t tree) Glob(pattern string) ([]string, error) {
	var out []string
	for name := range t.files {
		if ok, err := path.Match(pattern, name); err != nil {
			return nil, err
		} else if ok {
			out = append(out, name)
		}
	}
	if t.root == "" {
		return out, nil
	}
	found, err := filepath.Glob(filepath.Join(t.root, pattern))
	for _, name := range found {
		relative, _ := filepath.Rel(t.root, name)
		out = append(out, "/"+relative)
	}
	return out, err
}

func compareInterfaces(t *testing.T, c *comparison, _ string, data []byte, want json.RawMessage) {
	w := decode[struct{ Ifaces map[string]map[string]any }](t, want)
	const file = "/etc/network/interfaces"
	found, _, _, err := Interfaces(file, tree{files: map[string][]byte{file: data}})
	if err != nil {
		t.Fatal(err)
	}
	ours := map[string]snapshot.Interface{}
	for _, i := range found {
		ours[i.Name] = i
	}
	words := func(v any) string {
		items := fields(text(v))
		slices.Sort(items)
		return strings.Join(items, " ")
	}
	for name, theirs := range w.Ifaces {
		i, ok := ours[name]
		if !ok {
			// PVE adds lo to every host, and the raw devices of VLANs.
			if name != "lo" && theirs["method"] != nil {
				c.check(name+".present", "(missing)", "present")
			}
			continue
		}
		auto := i.Auto
		fact := name + ".autostart"
		if slices.Contains(i.Allow, "hotplug") {
			fact += ":hotplug"
		}
		c.check(fact, fmt.Sprint(auto), fmt.Sprint(text(theirs["autostart"]) == "1"))
		kinds := map[string]string{"eth": "physical", "OVSBridge": "ovs-bridge", "OVSPort": "ovs-port", "OVSIntPort": "ovs-int-port", "OVSBond": "ovs-bond"}
		kind := text(theirs["type"])
		kindFact := name + ".type"
		if kind == "unknown" {
			kindFact += ":unknown"
		}
		if k, ok := kinds[kind]; ok {
			kind = k
		}
		c.check(kindFact, i.Kind, kind)
		c.check(name+".gateway", i.Gateway, text(theirs["gateway"]))
		c.check(name+".gateway6", i.Gateway6, text(theirs["gateway6"]))
		mtu := ""
		if i.MTU != 0 {
			mtu = strconv.Itoa(i.MTU)
		}
		c.check(name+".mtu", mtu, text(theirs["mtu"]))
		ports := slices.Clone(i.Ports)
		slices.Sort(ports)
		portWords := words(theirs["bridge_ports"])
		if p, ok := theirs["ovs_ports"]; ok {
			portWords = words(p)
		}
		c.check(name+".bridge_ports", strings.Join(ports, " "), portWords)
		slaves := slices.Clone(i.Slaves)
		slices.Sort(slaves)
		slaveWords := words(theirs["slaves"])
		if s, ok := theirs["ovs_bonds"]; ok {
			slaveWords = words(s)
		}
		c.check(name+".slaves", strings.Join(slaves, " "), slaveWords)
		c.check(name+".bond_mode", i.BondMode, text(theirs["bond_mode"]))
		c.check(name+".vlan_aware", fmt.Sprint(i.VLANAware), fmt.Sprint(text(theirs["bridge_vlan_aware"]) == "1"))
		c.check(name+".vids", strings.Join(i.VIDs, " "), strings.Join(list(text(theirs["bridge_vids"])), " "))
		if theirs["type"] == "vlan" {
			c.check(name+".vlan-id", strconv.Itoa(i.VLANID), text(theirs["vlan-id"]))
			c.check(name+".vlan-raw-device", i.VLANRawDevice, text(theirs["vlan-raw-device"]))
		}
		c.check(name+".ovs_bridge", i.OVSBridge, text(theirs["ovs_bridge"]))
		for _, family := range []string{"", "6"} {
			cidr := text(theirs["cidr"+family])
			if cidr == "" {
				continue
			}
			has := slices.ContainsFunc(i.Addresses, func(a snapshot.Address) bool { return a.CIDR == cidr })
			c.check(name+".address"+family, fmt.Sprint(has), "true")
		}
	}
	for name := range ours {
		if _, ok := w.Ifaces[name]; !ok {
			c.check(name+".present", "present", "(missing)")
		}
	}
}

// Every file of the corpus goes through every parser that could be handed it by mistake or by
// malice; no secret of it may come out.
func TestNoSecretOfTheCorpusComesOut(t *testing.T) {
	root := corpusRoot(t)
	files, marked := 0, 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() || strings.Contains(name, "/oracle/") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files++
		if strings.Contains(string(data), canary) {
			marked++
		}
		relative, _ := filepath.Rel(root, name)
		for parser, result := range parsersFor("/"+relative, data) {
			out, err := json.Marshal(result)
			if err != nil {
				return err
			}
			if strings.Contains(string(out), canary) {
				t.Errorf("%s read as %s shows a secret", relative, parser)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Fatal("the corpus is empty")
	}
	t.Logf("%d files, %d of them with marked secrets", files, marked)
}

// noConfiguration are files of the corpus that no parser is for, and why.
var noConfiguration = map[string]string{
	"README.md": "about the corpus", "*.cmd": "what QEMU is called with", "upstream/pve-network/*/expected_*": "what the SDN makes of its input",
	"upstream/qemu-server/pve9/*-expected/*": "what PVE writes back", "upstream/proxmox-firewall/snapshots/*": "what the firewall makes of its input",
	"upstream/proxmox-firewall/input/ipam*": "state of leases", "upstream/proxmox-firewall/input/chains.json": "what the kernel says", "*/etc/hostname": "one word", "upstream/pve-common-interfaces/*interfaces": "what the kernel says",
	"upstream/pve-common-interfaces/ip_link_details": "what the kernel says", "pveversion/*": "output of a command", "upstream/pve-network/*/interfaces": "what the SDN stands on",
	"upstream/pve-firewall/*/tests": "questions of a test", "upstream/pve-network/*/sdn_config": "Perl",
	"*.pem": "certificates that were replaced by text", "*.key": "keys", "*authkey.pub*": "keys", "*.srl": "a serial number", "*known_hosts": "keys of hosts",
	"*/.clusterlog": "a log", "*/.rrd": "measurements", "*/.debug": "a switch", "*/.vmlist": "state of pmxcfs", "*/.version": "state of pmxcfs",
	"host-a/etc/pve/lxc": "a link that was copied as a file", "host-a/etc/pve/openvz": "a link that was copied as a file", "*/etc/issue": "a greeting",
}

// Every configuration file of the corpus has a parser that makes something of it.
func TestEveryFileOfTheCorpusHasAParser(t *testing.T) {
	root := corpusRoot(t)
	used := map[string]bool{}
	read, left := 0, 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.Contains(name, "/oracle/") {
			return err
		}
		relative, _ := filepath.Rel(root, name)
		excused := false
		for pattern := range noConfiguration {
			if matches(pattern, relative) {
				excused, used[pattern] = true, true
			}
		}
		if excused {
			left++
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		oracle, err := os.ReadFile(filepath.Join(root, "oracle", relative+".json"))
		compared := err == nil && len(oracle) > 0
		if len(parsersFor("/"+relative, data)) == 0 && !compared {
			t.Errorf("%s: nothing reads it", relative)
		}
		read++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pattern := range noConfiguration {
		if !used[pattern] {
			t.Errorf("no file of the corpus is %q any more", pattern)
		}
	}
	t.Logf("%d configuration files are read, %d files are none", read, left)
}

// parsersFor reads a file as what its path says it is.
func parsersFor(name string, data []byte) map[string]any {
	out := map[string]any{}
	base := path.Base(name)
	switch kindOf(name) {
	case guestKind:
		kind := "qemu"
		if strings.Contains(name, "/lxc/") {
			kind = "lxc"
		}
		out["guest"] = Guest(name, kind, 100, "pve", true, data)
	case firewallKind:
		out["firewall"] = Firewall(name, data, "cluster", "")
	case keyValueKind:
		out["key values"] = KeyValues(name, data)
	case interfaceKind:
		found, anomalies, _, err := Interfaces(name, tree{files: map[string][]byte{name: data}})
		out["interfaces"] = []any{found, anomalies, err}
	case kernelKind, shellKind:
		out["variables"] = ShellVariables(name, data)
		out["parameters"] = KernelParameters(name, data)
	case modprobeKind:
		out["modprobe"] = Modprobe(name, data)
		out["modules"] = ModulesLoad(name, data)
	case sysctlKind:
		out["sysctl"] = Sysctl(name, data)
	case corosyncKind:
		out["corosync"], _, _, _, _, _ = Corosync(name, data)
	}
	switch {
	case strings.HasSuffix(base, ".cfg"):
		for _, kind := range []SectionKind{Storage, Realms, Replication, Jobs, Mapping} {
			sections, anomalies := Sections(name, data, kind)
			out[string(kind)] = []any{sections, anomalies}
		}
		out["users"] = UserCfg(name, data)
	case base == ".members":
		found, err := Members(data)
		out["members"] = []any{found, err}
	case base == "lrm_status":
		mode, err := HANodeMode(data)
		out["mode"] = []any{mode, err}
	case base == ".running-config.json":
		pending, err := SDNPending(name, data, []SDNPart{{Kind: "zones"}, {Kind: "subnets"}})
		out["pending"] = []any{pending, err}
	case integerText.MatchString(strings.TrimSuffix(base, ".conf")):
		out["machine"] = Guest(name, "qemu", 100, "pve", true, data)
	case base == "authorized_keys":
		out["keys"] = AuthorizedKeys(name, "root", data)
	case strings.HasSuffix(base, ".service"):
		source := []UnitSource{{name, data}}
		out["unit"] = []any{Unit(base, source).Detail, UnitSettings(source)}
	case base == "vzdump.cron":
		out["cron"] = VzdumpCron(name, data)
	case base == "hosts":
		out["hosts"] = Hosts(name, data)
	case base == "resolv.conf":
		out["resolv"] = ResolvConf(name, data)
	}
	return out
}
