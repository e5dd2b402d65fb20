package evaluate

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func metadata(account string) string {
	return "# METADATA\n# scope: package\n# title: t of {name}\n# description: d\n# custom:\n#  id: PVE-T-" + account +
		"\n#  kind: gap\n#  severity: major\n#  category: service\n#  component: c\n#  account: " + account + "\n#  workaround: w\n#  test: {before: b, after: a}\n#  phase: run\n#  sources: [s]\n"
}

func engine(t *testing.T, lock string, modules map[string]string) *Engine {
	t.Helper()
	var list []policy.Module
	for name, body := range modules {
		text := body
		if !strings.HasPrefix(body, "#") {
			text = metadata("none") + "package rules." + strings.ReplaceAll(name, "/", ".") + "\n" + body
		}
		list = append(list, policy.Module{Path: "rules/" + name + "/" + name[strings.Index(name, "/")+1:] + ".rego", Text: text})
	}
	p, err := policy.Compile(context.Background(), list, policy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.Decode([]byte(strings.Replace(lock, "{", testSurface, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return &Engine{Policy: p, Catalog: c, Target: "proxmox", Release: "25.11"}
}

// testSurface begins every lock of these tests: the options that their rules set.
const testSurface = `{"releases": {"24.11": {}, "25.05": {}, "25.11": {}}, "tables": {"program_options": {"packages": "environment.systemPackages"}}, "surface": {"x": "anything", "a": "anything", "always": "anything", "seen": "anything", "services.a.enable": "bool", "services.b.enable": "bool", "services.both": "bool", "services.host": "bool", "services.logind.lidSwitch": "str", "environment.etc.*.source": "path", "environment.etc.*.mode": "str", "systemd.services.*.script": "lines", "systemd.services.*.preStart": "lines", "systemd.services.*.environment": "attrsOf path", "virtualisation.incus.enable": "bool", "virtualisation.incus.preseed": "anything", "environment.systemPackages": "listOf package"},`

const emptyLock = `{"schema": "pve2nix.catalog/v1", "entries": []}`

func document(t *testing.T, text string) *snapshot.Document {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var tree map[string]any
	if err := d.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	return &snapshot.Document{Tree: tree, Digest: "0"}
}

// host has three packages, and one guest with a key.
const host = `{"host": {"name": "pve"}, "packages": [
	{"name": "htop", "version": "3", "arch": "amd64", "status": "installed", "auto": false},
	{"name": "libx", "version": "1", "arch": "amd64", "status": "installed", "auto": true},
	{"name": "odd", "version": "1", "arch": "amd64", "status": "installed", "auto": false}],
	"guests": [{"vmid": 100, "type": "qemu", "node": "pve", "local": true, "config": [{"key": "cores", "value": "2", "fields": []}]}]}`

func statuses(h *Host) map[string]string {
	out := map[string]string{}
	for _, f := range h.Ledger.Facts {
		out[f.Pointer] = string(f.Status) + " by " + strings.Join(f.By, ",")
	}
	return out
}

func TestEveryFactHasOneStatus(t *testing.T) {
	lock := `{"schema": "pve2nix.catalog/v1",
		"subjects": {"packages": {"nodes": "/packages/*", "key": ["name"], "component": "package"},
			"guest_keys": {"nodes": "/guests/*/config/*", "key": ["../../type", "key"], "component": "key"}},
		"entries": [
			{"subject": "packages", "key": "htop", "at": "p.cue:3", "status": "package", "attr": "htop", "sources": ["s"]},
			{"subject": "packages", "key": "lib*", "at": "p.cue:4", "status": "irrelevant", "reason": "a library", "where": {"auto": true}, "sources": ["s"]},
			{"subject": "guest_keys", "key": "qemu/*", "at": "g.cue:1", "status": "carried", "carry": "/db", "reason": "in the database", "sources": ["s"]}]}`
	for _, c := range []struct {
		name    string
		modules map[string]string
		want    map[string]string
	}{
		{"catalog alone", nil, map[string]string{
			"/packages/0": "translated by p.cue:3", "/packages/1": "irrelevant by p.cue:4", "/packages/2": "unaccounted by ",
			"/guests/0": "unaccounted by ", "/guests/0/config/0": "carried by g.cue:1"}},
		{"a rule beats the catalog, and a claim on a guest is none on its keys", map[string]string{
			"a/one": `bridges contains {"at": ["/guests/0", "/packages/1"], "bridge": "container", "params": {}} if true`,
		}, map[string]string{
			"/packages/0": "translated by p.cue:3", "/packages/1": "bridged by a/one", "/packages/2": "unaccounted by ",
			"/guests/0": "bridged by a/one", "/guests/0/config/0": "carried by g.cue:1"}},
		{"of two rules the one that asks more of the reader stands", map[string]string{
			"a/one": `settings contains {"at": ["/packages/2"], "option": ["x"], "value": 1} if true`,
			"a/two": metadata("review") + "package rules.a.two\n" + `findings contains {"at": ["/packages/2"], "vars": {"name": "odd"}} if true`,
		}, map[string]string{
			"/packages/0": "translated by p.cue:3", "/packages/1": "irrelevant by p.cue:4", "/packages/2": "review by a/two",
			"/guests/0": "unaccounted by ", "/guests/0/config/0": "carried by g.cue:1"}},
		{"a finding that accounts for nothing changes nothing", map[string]string{
			"a/one": `findings contains {"at": ["/packages/2", "/host", "/packages/99"], "vars": {"name": "x"}} if true`,
		}, map[string]string{
			"/packages/0": "translated by p.cue:3", "/packages/1": "irrelevant by p.cue:4", "/packages/2": "unaccounted by ",
			"/guests/0": "unaccounted by ", "/guests/0/config/0": "carried by g.cue:1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := engine(t, lock, c.modules).Evaluate(context.Background(), document(t, host))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, statuses(h)); d != "" {
				t.Error(d)
			}
			sum := 0
			for _, total := range h.Ledger.Totals {
				sum += total.Count
			}
			if sum != len(h.Ledger.Facts) {
				t.Errorf("totals add up to %d of %d facts", sum, len(h.Ledger.Facts))
			}
			for _, f := range h.Ledger.Facts {
				if f.Reason == "" {
					t.Errorf("%s: no reason", f.Pointer)
				}
			}
		})
	}
}

func TestFindingsCarryTheirEvidence(t *testing.T) {
	e := engine(t, emptyLock, map[string]string{"a/one": `findings contains {"at": ["/packages/2"], "vars": {"name": p.name}} if { some p in input.packages; p.name == "odd" }`})
	h, err := e.Evaluate(context.Background(), document(t, host))
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Findings) != 1 {
		t.Fatalf("got %d findings", len(h.Findings))
	}
	f := h.Findings[0]
	if got := f.Fill(f.Title, strings.ToUpper); got != "t of ODD" {
		t.Errorf("title %q", got)
	}
	if d := cmp.Diff([]Evidence{{Pointer: "/packages/2", Label: "odd 1"}}, f.At); d != "" {
		t.Error(d)
	}
}

func TestCatalogGapsBecomeFindings(t *testing.T) {
	lock := `{"schema": "pve2nix.catalog/v1", "subjects": {"packages": {"nodes": "/packages/*", "key": ["name"], "component": "package"}},
		"entries": [{"subject": "packages", "key": "*", "at": "p.cue:9", "status": "review", "sources": ["s"],
			"gap": {"title": "{name} has no mapping", "category": "package", "severity": "minor", "description": "d", "workaround": "w", "test": "t", "kind": "gap"}}]}`
	h, err := engine(t, lock, nil).Evaluate(context.Background(), document(t, host))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range h.Findings {
		got = append(got, f.Component+": "+f.Fill(f.Title, identity))
	}
	want := []string{"package htop: htop has no mapping", "package libx: libx has no mapping", "package odd: odd has no mapping"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Facts that nobody speaks of are one finding, in the words of the rule ledger/unaccounted.
func TestUnaccountedFactsAreAFinding(t *testing.T) {
	silent := metadata("review") + "package rules.ledger.unaccounted\nfindings := set()"
	h, err := engine(t, emptyLock, map[string]string{
		"ledger/unaccounted": silent,
		"a/one":              `carries contains {"at": ["/packages/0", "/guests/0"], "path": "/a", "to": "/b", "mode": "0600", "secret": false} if true`,
	}).Evaluate(context.Background(), document(t, host))
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Findings) != 1 || h.Findings[0].Rule != "ledger/unaccounted" || h.Findings[0].Vars["count"] != "3" {
		t.Fatalf("got %+v", h.Findings)
	}
	var got []string
	for _, e := range h.Findings[0].At {
		got = append(got, e.Pointer)
	}
	if d := cmp.Diff([]string{"/guests/0/config/0", "/packages/1", "/packages/2"}, got); d != "" {
		t.Error(d)
	}
}

// A rule that accounts for a fact silences the catalog's gap for it, and only for it.
func TestRulesSilenceCatalogGaps(t *testing.T) {
	lock := `{"schema": "pve2nix.catalog/v1", "subjects": {"packages": {"nodes": "/packages/*", "key": ["name"], "component": "package"}},
		"entries": [{"subject": "packages", "key": "*", "at": "p.cue:9", "status": "review", "sources": ["s"],
			"gap": {"title": "{name} has no mapping", "category": "package", "severity": "minor", "description": "d", "workaround": "w", "test": "t", "kind": "gap"}}]}`
	h, err := engine(t, lock, map[string]string{
		"a/one": `settings contains {"at": ["/packages/0"], "option": ["x"], "value": 1} if true`,
	}).Evaluate(context.Background(), document(t, host))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range h.Findings {
		got = append(got, f.Component)
	}
	if d := cmp.Diff([]string{"package libx", "package odd"}, got); d != "" {
		t.Error(d)
	}
}

func identity(s string) string { return s }

func TestOptionsAreSpelledForTheRelease(t *testing.T) {
	lock := `{"schema": "pve2nix.catalog/v1", "renames": {
		"services.logind.lidSwitch": {"since": "25.11", "to": "services.logind.settings.Login.HandleLidSwitch"}}, "entries": []}`
	e := engine(t, lock, map[string]string{"a/one": `settings contains {"at": [], "option": ["services", "logind", "lidSwitch"], "value": "ignore"} if true`})
	for release, want := range map[string]string{"24.11": "services.logind.lidSwitch", "25.11": "services.logind.settings.Login.HandleLidSwitch"} {
		e.Release = release
		h, err := e.Evaluate(context.Background(), document(t, host))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(h.Options[0].Option, "."); got != want {
			t.Errorf("%s: got %s, want %s", release, got, want)
		}
	}
}

func TestMerge(t *testing.T) {
	force := func(v any) any { return map[string]any{"_mkForce": v} }
	preset := func(v any) any { return map[string]any{"_mkDefault": v} }
	list := func(v ...any) any { return v }
	set := func(by, option string, value any) Setting {
		return Setting{Option: strings.Split(option, "."), Value: value, By: by, At: []string{"/" + by}}
	}
	for _, c := range []struct {
		name string
		in   []Setting
		want map[string]any
		err  string
	}{
		{"equal scalars are one", []Setting{set("a", "x", true), set("b", "x", true)}, map[string]any{"x": true}, ""},
		{"different scalars name both sides", []Setting{set("a", "x.y", "1"), set("b", "x.y", "2")}, nil, `option x.y: a (/a) sets "1", b (/b) sets "2"`},
		{"lists are joined once", []Setting{set("a", "x", list("1", "2")), set("b", "x", list("2", "3"))}, map[string]any{"x": list("1", "2", "3")}, ""},
		{"force beats plain beats default", []Setting{set("a", "x", preset(1)), set("b", "x", 2), set("c", "x", force(3))}, map[string]any{"x": force(3)}, ""},
		{"two forces conflict", []Setting{set("a", "x", force(1)), set("b", "x", force(2))}, nil, "option x"},
		{"forced lists are joined", []Setting{set("a", "x", force(list("1"))), set("b", "x", force(list("2")))}, map[string]any{"x": force(list("1", "2"))}, ""},
		{"objects are sets of options", []Setting{set("a", "x", map[string]any{"y": 1}), set("b", "x.z", 2)}, map[string]any{"x.y": 1, "x.z": 2}, ""},
		{"an empty set takes members", []Setting{set("a", "x", map[string]any{}), set("b", "x.y", 1)}, map[string]any{"x.y": 1}, ""},
		{"members take an empty set", []Setting{set("b", "x.y", 1), set("a", "x", map[string]any{})}, map[string]any{"x.y": 1}, ""},
		{"a scalar is no set", []Setting{set("a", "x", 1), set("b", "x.y", 1)}, nil, "option x: a (/a) sets 1, b (/b) sets a set"},
		{"a set is no scalar", []Setting{set("b", "x.y", 1), set("a", "x", 1)}, nil, "option x"},
		{"references are compared as such", []Setting{set("a", "x", map[string]any{"_ref": list("pkgs", "a")}), set("b", "x", map[string]any{"_ref": list("pkgs", "b")})}, nil, "option x"},
		{"texts with references are compared as such", []Setting{set("a", "x", map[string]any{"_concat": list("a", "b")}), set("b", "x", map[string]any{"_concat": list("a", "c")})}, nil, "option x"},
		{"equal texts with references are one", []Setting{set("a", "x", map[string]any{"_concat": list("a")}), set("b", "x", map[string]any{"_concat": list("a")})}, map[string]any{"x": map[string]any{"_concat": list("a")}}, ""},
		{"a setting needs an option", []Setting{{By: "a"}}, nil, "without an option"},
	} {
		t.Run(c.name, func(t *testing.T) {
			leaves, err := Merge(c.in)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Fatalf("got %v, want %q in it", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]any{}
			for _, l := range leaves {
				got[strings.Join(l.Option, ".")] = l.Value
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSlugIsSafe(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"pve", "pve-1", "../../etc", "..", "", "a/b", "${x}", "PVE", "pve\n", strings.Repeat("x", 300), "-x", "é"} {
		s := Slug(name)
		if !hostName.MatchString(s) {
			t.Errorf("%q: slug %q", name, s)
		}
		if other, twice := seen[s]; twice {
			t.Errorf("%q and %q share slug %q", name, other, s)
		}
		seen[s] = name
	}
	if Slug("pve-1") != "pve-1" {
		t.Error("a good name changed")
	}
}
