package vet

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

var update = flag.Bool("update", false, "add the ids of new rules to rules/ids.lock")

const idsFile = "../../rules/ids.lock"

// The lock remembers the id of every rule, and of those that are gone.
func TestIDsAreRemembered(t *testing.T) {
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		t.Fatal(err)
	}
	p, err := policy.Compile(context.Background(), modules, policy.Options{Schema: schemas.Snapshot})
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.Rules()
	if err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(idsFile)
	if err != nil {
		t.Fatal(err)
	}
	want, err := AddIDs(old, list)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(idsFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(old, want) {
		t.Error("rules/ids.lock lacks the ids of new rules: run make golden")
	}
}

func TestAnIDIsNeverGivenToAnotherRule(t *testing.T) {
	lock := []byte("PVE-NET-001 network/one\nPVE-NET-002 network/gone\n")
	added, err := AddIDs(lock, []policy.Rule{{Name: "network/one", ID: "PVE-NET-001"}, {Name: "network/three", ID: "PVE-NET-003"}, {Name: "network/settings"}})
	if want := "PVE-NET-001 network/one\nPVE-NET-002 network/gone\nPVE-NET-003 network/three\n"; err != nil || string(added) != want {
		t.Errorf("got %q, %v", added, err)
	}
	other := []policy.Rule{{Name: "network/other", ID: "PVE-NET-002", Path: "rules/network/other/other.rego"}}
	if _, err := AddIDs(lock, other); err == nil {
		t.Error("the id of a rule that is gone was given to another")
	}
	want := []string{"rules/network/other/other.rego:1:1: PVE-NET-002 is the id of network/gone; an id is never given to another rule"}
	if got := idProblems(other, lock); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	for _, damaged := range []string{"PVE-NET-001\n", "PVE-NET-001 a b\n", "PVE-NET-001 a\nPVE-NET-001 b\n"} {
		if _, err := ReadIDs([]byte(damaged)); err == nil {
			t.Errorf("%q was read", damaged)
		}
	}
}

// hosts are the golden hosts.
func hosts(t testing.TB) []*snapshot.Document {
	t.Helper()
	var docs []*snapshot.Document
	for _, file := range testhosts.Snapshots(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := snapshot.Read(bytes.NewReader(text), file)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return docs
}

// basic are the hosts named pve, where one is enough.
func basic(t testing.TB) []*snapshot.Document {
	t.Helper()
	docs := slices.DeleteFunc(hosts(t), func(doc *snapshot.Document) bool {
		identity, _ := doc.Tree["host"].(map[string]any)
		return identity["name"] != "pve"
	})
	if len(docs) == 0 {
		t.Fatal("no golden host is named pve")
	}
	return docs
}

// What the program is built with has no problem, and is as much as it says.
func TestBuiltInKnowledgeIsClean(t *testing.T) {
	testhosts.Whole(t)
	text, err := os.ReadFile("../../golden/answers.json")
	if err != nil {
		t.Fatal(err)
	}
	given, err := answers.Read("golden/answers.json", text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Check(context.Background(), Options{Snapshots: hosts(t), Answers: given})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Error(p)
	}
	t.Logf("%d rules, %d findings %v, %d tests, %d of %d lines, %d entries", r.Rules, r.Findings, r.Severities, r.Tests, r.Covered, r.Lines, r.Entries)
	if r.Findings < 300 {
		t.Errorf("%d findings, want 300", r.Findings)
	}
	if 5*r.Severities["critical"] > r.Findings {
		t.Errorf("%d of %d findings are critical, want at most a fifth", r.Severities["critical"], r.Findings)
	}
	if 100*r.Covered < 95*r.Lines {
		t.Errorf("tests run %d of %d lines of rules, want 95 %%", r.Covered, r.Lines)
	}
}

func folder(name string, files map[string]string) Folder {
	fsys := fstest.MapFS{}
	for path, text := range files {
		fsys[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return Folder{name, fsys}
}

// Mistakes in what lies over the built-in knowledge are named where they are.
func TestMistakesOfOverlays(t *testing.T) {
	entries := folder("site", map[string]string{"site.cue": `package catalog

packages: {
	"site-tool": {status: "package", attr: "site-toool", sources: ["https://example.org"]}
	"site-daemon": {status: "option", options: {"services.opensssh.enable": true}, sources: ["https://example.org"]}
}
`, "crooked.cue": "package catalog\n\npackages: {\n  \"site-agent\": {status: \"irrelevant\", reason: \"r\", sources: [\"https://example.org\"]}\n}\n"})
	own := folder("own", map[string]string{"site/opt/opt.rego": `# METADATA
# scope: package
# title: Sets an option that is not there
# description: For the test of options that a release does not have.
# custom:
#  sources: [house rules]
package rules.site.opt

settings contains {"at": ["/host"], "option": ["services", "opensssh", "enable"], "value": true} if {
	input.host.name == "a"
}
`, "site/opt/opt_test.rego": `package rules.site.opt_test

import data.rules.site.opt

test_says_so if {
	count(opt.settings) == 1 with input as {"host": {"name": "a"}}
}
`})
	r, err := Check(context.Background(), Options{Catalogs: []Folder{entries}, Rules: []Folder{own}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"site/crooked.cue:4:1: not formatted as cue fmt would",
		"site/site.cue:4:1: packages site-tool: nixpkgs 24.11 has no site-toool",
		"site/site.cue:5:1: packages site-daemon: NixOS 24.11 has no option services.opensssh.enable; services.openssh is one",
		"own/site/opt/opt.rego:9:47: NixOS 24.11 has no option services.opensssh.enable; services.openssh is one",
	} {
		if !slices.Contains(r.Problems, want) {
			t.Errorf("%s is not among the %d problems, the first of which are %q", want, len(r.Problems), r.Problems[:min(5, len(r.Problems))])
		}
	}
}

// silent is a rule that speaks of one host alone, which is none of the golden ones, and its test.
func silent(name, body, metadata string) Folder {
	set, _, _ := strings.Cut(body, " ")
	return folder(name, map[string]string{
		"site/" + name + "/" + name + ".rego": `# METADATA
# scope: package
# title: Speaks of a host that is not there
# description: For the test of rules that say nothing.
# custom:
` + metadata + `#  sources: [https://example.org]
package rules.site.` + name + `

` + body + ` if {
	input.host.name == "no-such-host"
}
`, "site/" + name + "/" + name + "_test.rego": `package rules.site.` + name + `_test

import data.rules.site.` + name + `

test_says_so if {
	count(` + name + `.` + set + `) == 1 with input as {"host": {"name": "no-such-host"}}
}
`,
	})
}

// byTheClock is a rule with a timer that waits for the commit of a trial, and one that does not.
var byTheClock = folder("clock", map[string]string{"site/clock/clock.rego": `# METADATA
# scope: package
# title: Runs programs by the clock
# description: For the test of timers that start in a trial.
# custom:
#  sources: [house rules]
package rules.site.clock

settings contains {"at": ["/host"], "option": ["systemd", "timers", name, "timerConfig"], "value": {"OnCalendar": "daily"}} if {
	input.host.name
	some name in ["hasty", "patient"]
}

settings contains {"at": ["/host"], "option": ["systemd", "services", "patient", "unitConfig", "ConditionPathExists"], "value": ["/committed"]} if {
	input.host.name
}
`, "site/clock/clock_test.rego": `package rules.site.clock_test

import data.rules.site.clock

test_says_so if {
	count(clock.settings) == 3 with input as {"host": {"name": "pve"}}
}
`})

// puttingTogether is a rule that sets options that it puts together.
var puttingTogether = folder("own", map[string]string{"site/ports/ports.rego": `# METADATA
# scope: package
# title: Sets an option that it puts together
# description: For the test of values that only a host shows.
# custom:
#  sources: [house rules]
package rules.site.ports

settings contains {"at": ["/host"], "option": option, "value": value} if {
	input.host.name
	some name in ["ports", "enable"]
	option := array.concat(["services", "openssh"], [name])
	value := {"ports": [release], "enable": true}[name]
}

release := to_number(data.release)
`, "site/ports/ports_test.rego": `package rules.site.ports_test

import data.rules.site.ports

test_says_so if {
	count(ports.settings) == 2 with input as {"host": {"name": "a"}} with data.release as "25.11"
}
`})

// wrongOnHosts is what vet says of overlays that are wrong on hosts alone, and how many hosts it looked at; once for all tests.
func wrongOnHosts(t *testing.T) (*Report, int) {
	t.Helper()
	docs := basic(t)
	lookAtHosts.Do(func() {
		finding := "#  id: PVE-SIT-901\n#  kind: gap\n#  category: feature\n#  severity: minor\n#  component: site\n#  account: review\n" +
			"#  workaround: Give the host another name.\n#  test:\n#   before: '`hostname` prints the name.'\n#   after: '`hostname` prints another name.'\n#  phase: prepare\n"
		onHostsReport, onHostsError = Check(context.Background(), Options{Rules: []Folder{
			silent("finds", `findings contains {"at": ["/host"], "vars": {}}`, finding),
			silent("sets", `settings contains {"at": ["/host"], "option": ["networking", "domain"], "value": "example.org"}`, ""),
			puttingTogether, byTheClock,
		}, Snapshots: docs})
	})
	if onHostsError != nil {
		t.Fatal(onHostsError)
	}
	return onHostsReport, len(docs)
}

var (
	lookAtHosts   sync.Once
	onHostsReport *Report
	onHostsError  error
)

// Rules that say nothing about any of the hosts are named, whatever they would say; one for which the engine speaks is not.
func TestSilentRulesAreNamed(t *testing.T) {
	r, n := wrongOnHosts(t)
	want := []string{
		fmt.Sprintf("finds/site/finds/finds.rego:1:1: rule site/finds says nothing about any of the %d hosts", n),
		fmt.Sprintf("sets/site/sets/sets.rego:1:1: rule site/sets says nothing about any of the %d hosts", n),
	}
	for _, p := range want {
		if !slices.Contains(r.Problems, p) {
			t.Errorf("got %q, want %q", r.Problems, p)
		}
	}
	if slices.ContainsFunc(r.Problems, func(p string) bool { return strings.Contains(p, "ledger/unaccounted") }) {
		t.Errorf("got %q", r.Problems)
	}
}

// A timer that starts before the commit of a trial is named, with its rule; one that waits is not.
func TestTimersThatDoNotWaitAreNamed(t *testing.T) {
	r, _ := wrongOnHosts(t)
	want := `clock/site/clock/clock.rego:9:47: rule site/clock on host "pve", target incus: the timer hasty starts before the commit of a trial: its service needs unitConfig.ConditionPathExists (lib.waits)`
	if !slices.Contains(r.Problems, want) {
		t.Errorf("got %q, want %q", r.Problems, want)
	}
	if slices.ContainsFunc(r.Problems, func(p string) bool { return strings.Contains(p, "the timer patient") }) {
		t.Errorf("got %q", r.Problems)
	}
}

// An option that a rule puts together is held against the surface where a host shows it, on every target and release.
func TestWrongValuesOnHosts(t *testing.T) {
	r, _ := wrongOnHosts(t)
	for _, want := range []string{
		`own/site/ports/ports.rego:1:1: rule site/ports on host "pve", target proxmox, NixOS 24.11: option services.openssh.ports takes listOf ints.u16, not 24.11 at [0]`,
		`own/site/ports/ports.rego:1:1: rule site/ports on host "pve", target libvirt, NixOS 25.11: option services.openssh.ports takes listOf ints.u16, not 25.11 at [0]`,
	} {
		if !slices.Contains(r.Problems, want) {
			t.Errorf("%s is not among the %d problems, the first of which are %q", want, len(r.Problems), r.Problems[:min(5, len(r.Problems))])
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	docs := hosts(b)
	for b.Loop() {
		if _, err := Check(context.Background(), Options{Snapshots: docs}); err != nil {
			b.Fatal(err)
		}
	}
}
