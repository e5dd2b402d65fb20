package catalog

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// factsFile decodes a file of the facts about PVE, which are not part of this
// repository: PVE2NIX_FACTS names their folder.
func factsFile(t *testing.T, name string, into any) {
	t.Helper()
	dir, set := os.LookupEnv("PVE2NIX_FACTS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "facts")
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) && !(set && os.Getenv("CI") == "true") {
		t.Skipf("no %s; set PVE2NIX_FACTS to the folder that has it", filepath.Join(dir, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

type thing struct{ subject, key string }

var (
	angled      = regexp.MustCompile(`<[a-z]+>`)
	bracketed   = regexp.MustCompile(` \(.*\)$`)
	alternative = regexp.MustCompile(`^(.*)\{(.*)\}$`)
	notSlug     = regexp.MustCompile(`[^a-z0-9]+`)
)

// example puts a name in the place of <node>, <vmid> and the like.
func example(s string) string { return angled.ReplaceAllString(s, "x") }

// numbered is a key of a guest with its number: net0 of netN.
func numbered(key string) string {
	if base, ok := strings.CutSuffix(key, "N"); ok {
		return base + "0"
	}
	return key
}

// thingsOfPVE are all packages, units, files and properties that the facts name, as the tables know them.
func thingsOfPVE(t *testing.T) []thing {
	t.Helper()
	var out []thing
	add := func(subject string, keys ...string) {
		for _, key := range keys {
			out = append(out, thing{subject, key})
		}
	}
	keys := func(m map[string]json.RawMessage, subject, prefix string) {
		for key := range m {
			add(subject, prefix+numbered(key))
		}
	}
	type properties = map[string]json.RawMessage

	var packages struct{ Packages []struct{ Name string } }
	factsFile(t, "packages.json", &packages)
	for _, p := range packages.Packages {
		// "ceph (ceph-mon, ceph-osd)", "a, b", "proxmox-kernel-<series>", "x (y before 8)"
		name := strings.TrimSuffix(strings.NewReplacer(" (", ", ", " before 8)", "", ")", "").Replace(p.Name), ",")
		name = strings.NewReplacer("<series>", "6.8", "<ver>", "6.8.12-9").Replace(name)
		add("packages", strings.Split(name, ", ")...)
	}
	var units struct{ Units []struct{ Unit string } }
	factsFile(t, "units.json", &units)
	for _, u := range units.Units {
		name, _, _ := strings.Cut(u.Unit, " in ")
		for _, one := range strings.Split(name, ", ") {
			switch one = example(one); {
			case strings.HasSuffix(one, "@"):
				one += "x.service"
			case strings.Contains(one, "@."):
				one = strings.Replace(one, "@.", "@x.", 1)
			}
			add("units", one)
		}
	}
	for _, name := range []string{"etc-pve-files.json", "host-files.json"} {
		var files struct{ Files []struct{ Path string } }
		factsFile(t, name, &files)
		for _, f := range files.Files {
			for _, path := range filePaths(f.Path) {
				add("files", path)
			}
		}
	}
	var vm, ct, datacenter struct {
		Properties properties
		Raw        []string `json:"raw_lxc_keys_allowed"`
	}
	factsFile(t, "vm-properties.json", &vm)
	keys(vm.Properties, "guest_options", "qemu/")
	factsFile(t, "ct-properties.json", &ct)
	keys(ct.Properties, "guest_options", "lxc/")
	for _, raw := range ct.Raw {
		add("guest_options", "lxc/"+strings.ReplaceAll(raw, "*", "x"))
	}
	factsFile(t, "datacenter-properties.json", &datacenter)
	keys(datacenter.Properties, "datacenter_options", "")
	var storage struct {
		Types map[string]struct{ Properties properties }
	}
	factsFile(t, "storage-properties.json", &storage)
	for kind, s := range storage.Types {
		add("storages", kind)
		keys(s.Properties, "storage_properties", kind+"/")
	}
	var firewall struct{ Options map[string]properties }
	factsFile(t, "firewall-properties.json", &firewall)
	for scope, options := range firewall.Options {
		if scope == "host" {
			scope = "node"
		}
		keys(options, "firewall_options", scope+"/")
	}
	var sdn struct{ Types map[string]json.RawMessage }
	factsFile(t, "sdn-properties.json", &sdn)
	for table, subject := range map[string]string{
		"zones": "sdn_zone", "vnets": "sdn_vnet", "subnets": "sdn_subnet", "controllers": "sdn_controller", "ipams": "sdn_ipam", "dns": "sdn_dns",
	} {
		var kinds map[string]properties
		if err := json.Unmarshal(sdn.Types[table], &kinds); err != nil {
			t.Fatalf("sdn-properties.json: %s: %v", table, err)
		}
		for kind, p := range kinds {
			add(strings.TrimSuffix(subject+"s", "nss")+map[bool]string{true: "ns", false: ""}[subject == "sdn_dns"], kind)
			keys(p, subject+"_properties", kind+"/")
		}
	}
	return append(out, clusterThings(t)...)
}

func filePaths(path string) []string {
	var out []string
	for _, one := range strings.Split(bracketed.ReplaceAllString(path, ""), ", ") {
		if !strings.HasPrefix(one, "/") {
			continue // the end of a path, or a command
		}
		if m := alternative.FindStringSubmatch(one); m != nil {
			for _, name := range strings.Split(m[2], ",") {
				out = append(out, m[1]+name)
			}
			continue
		}
		one, _, _ = strings.Cut(one, "(") // journald.conf(.d)
		one, _, _ = strings.Cut(one, " ")
		one = strings.ReplaceAll(example(one), "*", "x")
		if folder, ok := strings.CutSuffix(one, "/"); ok && !strings.HasPrefix(one, "/etc/pve/") {
			one = folder + "/x"
		}
		out = append(out, strings.TrimSuffix(one, "/"))
	}
	return out
}

// clusterThings are those of the files of the cluster, whose facts are laid out one by one.
func clusterThings(t *testing.T) []thing {
	t.Helper()
	var files map[string]struct {
		Types   map[string]json.RawMessage
		Options map[string]json.RawMessage `json:"vzdump_options"`
		Keys    json.RawMessage
	}
	factsFile(t, "cluster-file-properties.json", &files)
	var out []thing
	for file, subject := range map[string]string{
		"domains.cfg": "realm", "replication.cfg": "replication", "status.cfg": "metric", "notifications.cfg": "notification", "mapping": "mapping",
	} {
		for kind, raw := range files[file].Types {
			out = append(out, thing{subject + "s", kind})
			for _, key := range namesOf(t, raw) {
				out = append(out, thing{subject + "_properties", kind + "/" + key})
			}
		}
	}
	for key := range files["jobs.cfg"].Options {
		out = append(out, thing{"job_properties", "vzdump/" + key})
		if !slices.Contains([]string{"all", "exclude", "node", "pool", "quiet", "vmid"}, key) {
			out = append(out, thing{"vzdump_defaults", key}) // the others choose guests, which a default does not
		}
	}
	for _, key := range []string{"realm", "scope", "enable-new", "remove-vanished", "enabled", "schedule", "comment"} {
		out = append(out, thing{"job_properties", "realm-sync/" + key})
	}
	for _, key := range namesOf(t, files["node config"].Keys) {
		key, _, _ = strings.Cut(key, "..")
		out = append(out, thing{"cluster_node_options", key})
	}
	var mapping struct {
		Map []struct{ Area, Concept string }
	}
	factsFile(t, "nix-mapping.json", &mapping)
	for _, m := range mapping.Map {
		out = append(out, thing{"concepts", m.Area + "/" + strings.Trim(notSlug.ReplaceAllString(strings.ToLower(m.Concept), "-"), "-")})
	}
	return out
}

// namesOf reads the keys of an object, or a list of keys with words behind them.
func namesOf(t *testing.T, raw json.RawMessage) []string {
	t.Helper()
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) == nil {
		var out []string
		for key := range object {
			out = append(out, key)
		}
		return out
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	for i, one := range list {
		list[i], _, _ = strings.Cut(one, " ")
	}
	return list
}

// specific tells whether an entry says its thing by name: a pattern that takes any property of its kind does not.
func specific(e *Entry) bool {
	i := strings.LastIndexByte(e.Key, '/')
	return e.Key[i+1:] != "*" || e.Subject == "files" && e.Key != "*"
}

// Every package, unit, file and property that PVE is known to have is spoken of by name, for each target and release.
func TestEveryThingOfPVEIsSpokenOfByName(t *testing.T) {
	c := builtIn(t)
	things := thingsOfPVE(t)
	for _, one := range things {
		e, ok := c.Find(one.subject, one.key, noFields)
		if !ok || !specific(e) {
			t.Errorf("%s %s: nothing but a pattern for all of its kind", one.subject, one.key)
			continue
		}
		for target := range c.Targets {
			for release := range c.Releases {
				_, v, ok := c.Consult(target, release, one.subject, one.key, noFields)
				if !ok || v.Reason == "" && v.Gap == nil && v.Attr == "" && v.Options == nil && v.Becomes == "" {
					t.Errorf("%s %s: nothing said for %s %s", one.subject, one.key, target, release)
				}
			}
		}
	}
	if len(things) < 900 {
		t.Errorf("only %d things", len(things))
	}
}

// ofPVE finds words that are true only while PVE itself runs.
var ofPVE = regexp.MustCompile(`proxmox-nixos|services\.proxmox|cluster database|qemu-server (9|reads)|; pve-|; pvestatd|; pvescheduler|pve-guests (starts|leaves)`)

// On targets that run no PVE nothing is said that only PVE makes true.
func TestTargetsWithoutPVEPromiseNothingOfIt(t *testing.T) {
	c := builtIn(t)
	for _, e := range c.All() {
		if e.Target != "" {
			continue
		}
		cases := []map[string]any{e.Where}
		for _, w := range e.When {
			both := mergeMap(e.Where, w.Where)
			cases = append(cases, both)
		}
		for _, where := range cases {
			field := func(path string) (any, bool) { v, ok := where[path]; return v, ok && v != nil }
			key := strings.ReplaceAll(e.Key, "*", "x")
			for _, target := range []string{"incus", "libvirt"} {
				said, v, ok := c.Consult(target, "25.11", e.Subject, key, field)
				if !ok {
					continue
				}
				text, err := json.Marshal(struct {
					Verdict
					Options map[string]any
				}{v, v.Options})
				if err != nil {
					t.Fatal(err)
				}
				if m := ofPVE.FindString(string(text)); m != "" && said.Target == "" {
					t.Errorf("%s: %s %s on %s: says %q", said.At, e.Subject, e.Key, target, m)
				}
				if v.Status == Carried && strings.HasPrefix(v.Carry+c.Subjects[e.Subject].Carry, "/var/lib/pve-cluster") {
					t.Errorf("%s: %s %s on %s: carried with PVE's database", said.At, e.Subject, e.Key, target)
				}
			}
		}
	}
}
