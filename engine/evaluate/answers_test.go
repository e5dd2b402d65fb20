package evaluate

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/answers"
)

// answersLock maps htop, asks about any other package, and translates and carries units.
const answersLock = `{"schema": "pve2nix.catalog/v1",
	"carries": {"/etc/u": {"mode": "0644", "secret": false}},
	"subjects": {"packages": {"nodes": "/packages/*", "key": ["name"], "component": "package"}, "units": {"nodes": "/units/*", "key": ["name"], "component": "unit"}},
	"entries": [
		{"subject": "packages", "key": "htop", "at": "p.cue:3", "status": "package", "attr": "htop", "sources": ["s"]},
		{"subject": "packages", "key": "*", "at": "p.cue:9", "status": "review", "sources": ["s"],
			"gap": {"title": "{name} has no mapping", "category": "package", "severity": "critical", "description": "d", "workaround": "w", "test": "t", "kind": "gap"}},
		{"subject": "units", "key": "a.service", "at": "u.cue:1", "status": "option", "options": {"services.a.enable": true}, "sources": ["s"]},
		{"subject": "units", "key": "*", "at": "u.cue:2", "status": "carried", "carry": "/etc/u", "reason": "its file", "sources": ["s"]}]}`

// answersHost has packages and units that the rules of these tests speak of.
const answersHost = `{"host": {"name": "pve"}, "packages": [
	{"name": "htop", "version": "3", "arch": "amd64", "status": "installed", "auto": false},
	{"name": "odd", "version": "1", "arch": "amd64", "status": "installed", "auto": false},
	{"name": "odd", "version": "1", "arch": "i386", "status": "installed", "auto": false}],
	"units": [{"name": "a.service"}, {"name": "b.service"}, {"name": "c.service"}]}`

func answeredHost(t *testing.T, text string, modules map[string]string) *Host {
	t.Helper()
	given, err := answers.Read("dir/answers.json", []byte(`{"schema": "pve2nix.answers/v1", `+text+`}`))
	if err != nil {
		t.Fatal(err)
	}
	e := engine(t, answersLock, modules)
	e.Answers = given
	h, err := e.Evaluate(context.Background(), document(t, answersHost))
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Errors) > 0 {
		t.Fatal(h.Errors)
	}
	return h
}

// lines are the accounts of a host, short.
func lines(h *Host) map[string]string {
	out := map[string]string{}
	for _, f := range h.Ledger.Facts {
		out[f.Pointer] = string(f.Status) + " by " + strings.Join(f.By, ",") + ": " + f.Reason
	}
	return out
}

func options(h *Host) map[string]any {
	out := map[string]any{}
	for _, l := range h.Options {
		out[strings.Join(l.Option, ".")] = l.Value
	}
	return out
}

func pkgs(names ...string) []any {
	var out []any
	for _, name := range names {
		out = append(out, map[string]any{"_ref": toAny(append([]string{"pkgs"}, strings.Split(name, ".")...))})
	}
	return out
}

// What is decided for a host stands before rules and catalog, and nothing that the catalog would make of it is made.
func TestDecisionsStandBeforeRulesAndCatalog(t *testing.T) {
	h := answeredHost(t, `"packages": {"htop": {"drop": "unused"}, "odd": {"install": "python3Packages.odd"}},
		"units": {"a.service": {"keep": "in site.nix"}, "b.service": {"drop": "gone"}}, "hosts": {"pve": {"packages": {"htop": {"install": "btop"}}}, "other": {"units": {"c.service": {"drop": "x"}}}}`,
		map[string]string{"a/one": metadata("review") + "package rules.a.one\n" + `findings contains {"at": ["/packages/1"], "vars": {"name": "odd"}} if true`})
	want := map[string]string{
		"/packages/0": "translated by answers.json#/hosts/pve/packages/htop: answered: pkgs.btop",
		"/packages/1": "translated by answers.json#/packages/odd: answered: pkgs.python3Packages.odd",
		"/packages/2": "translated by answers.json#/packages/odd: answered: pkgs.python3Packages.odd",
		"/units/0":    "translated by answers.json#/units/a.service: answered: in site.nix",
		"/units/1":    "irrelevant by answers.json#/units/b.service: answered: gone",
		"/units/2":    "carried by u.cue:2: its file",
	}
	if d := cmp.Diff(want, lines(h)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]any{"environment.systemPackages": pkgs("btop", "python3Packages.odd")}, options(h)); d != "" {
		t.Error(d)
	}
	if len(h.Carries) != 1 || len(h.Carries[0].At) != 1 || h.Carries[0].At[0] != "/units/2" {
		t.Errorf("carries %+v", h.Carries)
	}
	// The catalog's gap is not told, the rule's finding is, and waits for nothing.
	if len(h.Findings) != 1 || h.Findings[0].Accepted == nil || *h.Findings[0].Accepted != (answers.Acceptance{Reason: "answered: pkgs.python3Packages.odd", By: "answers.json#/packages/odd"}) {
		t.Errorf("findings %+v", h.Findings)
	}
}

// What is to run in the companion runs there where a rule has it do so, and nowhere else; where none has, nothing is answered.
func TestWhatRunsInTheCompanionDoesNotRunHere(t *testing.T) {
	rules := map[string]string{
		"a/one": `settings contains {"at": ["/units/1"], "option": ["services", "b", "enable"], "value": true}
settings contains {"at": ["/units/2"], "option": ["services", "both"], "value": true}`,
		"a/clone": metadata("review") + "package rules.a.clone\n" + `bridges contains {"at": ["/units/1"], "bridge": "companion", "params": {"unit": "b.service"}} if data.answers.units["b.service"].companion
checks contains {"at": ["/units/1"], "check": "unit", "params": {}, "required": false} if data.answers.units["b.service"].companion
settings contains {"at": ["/host"], "option": ["always"], "value": true} if true`,
	}
	h := answeredHost(t, `"units": {"b.service": {"companion": "its users"}, "c.service": {"companion": "asked in vain"}}`, rules)
	if d := cmp.Diff(map[string]any{"services.a.enable": true, "services.both": true, "always": true, "environment.systemPackages": pkgs("htop")}, options(h)); d != "" {
		t.Error(d)
	}
	if got, want := lines(h)["/units/1"], "bridged by answers.json#/units/b.service: answered: companion: its users; left out: services.b.enable"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := lines(h)["/units/2"], "translated by a/one: services.both"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(h.Bridges) != 1 || len(h.Checks) != 1 {
		t.Errorf("%+v %+v", h.Bridges, h.Checks)
	}
}

// A licence that is accepted stands where a rule installs the package, and where none does, nothing is answered.
func TestAcceptedLicences(t *testing.T) {
	rules := map[string]string{"a/unfree": `settings contains {"at": ["/packages/1"], "option": ["always"], "value": true} if data.answers.packages.odd.unfree`}
	h := answeredHost(t, `"packages": {"odd": {"unfree": "we may"}, "htop": {"unfree": "in vain"}}`, rules)
	if got, want := lines(h)["/packages/1"], "translated by answers.json#/packages/odd: answered: unfree: we may"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := lines(h)["/packages/0"]; strings.Contains(got, "answered") {
		t.Errorf("got %s", got)
	}
	if options(h)["always"] != true {
		t.Errorf("%v", options(h))
	}
}

// A critical finding has to be accepted by its id, whatever is decided about its facts.
func TestCriticalFindingsAreAcceptedByName(t *testing.T) {
	rules := map[string]string{"a/one": strings.Replace(metadata("review"), "severity: major", "severity: critical", 1) + "package rules.a.one\n" + `findings contains {"at": ["/units/1"], "vars": {"name": "b"}} if true`}
	for _, f := range answeredHost(t, `"units": {"b.service": {"keep": "by hand"}}`, rules).Findings {
		if f.Accepted != nil {
			t.Errorf("%s is accepted: %+v", f.ID, f.Accepted)
		}
	}
}

// What rules want because of dropped facts alone is left out, and the ledger says so; what has another reason stays.
func TestWhatIsDroppedSetsNothing(t *testing.T) {
	rules := map[string]string{"a/one": `settings contains {"at": ["/units/1"], "option": ["services", "b", "enable"], "value": true}
settings contains {"at": ["/units/1", "/units/2"], "option": ["services", "both"], "value": true}
settings contains {"at": ["/units/1", "/host"], "option": ["services", "host"], "value": true}
settings contains {"at": [], "option": ["always"], "value": true}
carries contains {"at": ["/units/1"], "path": "/etc/b", "to": "/etc/b", "mode": "0600", "secret": false}
bridges contains {"at": ["/units/1"], "bridge": "service", "params": {}}
checks contains {"at": ["/units/1"], "check": "unit", "params": {}, "required": true}`}
	h := answeredHost(t, `"units": {"b.service": {"drop": "gone"}}`, rules)
	if d := cmp.Diff(map[string]any{"services.a.enable": true, "services.both": true, "services.host": true, "always": true, "environment.systemPackages": pkgs("htop")}, options(h)); d != "" {
		t.Error(d)
	}
	if len(h.Bridges)+len(h.Checks) > 0 || len(h.Carries) != 0 {
		t.Errorf("%+v %+v %+v", h.Carries, h.Bridges, h.Checks)
	}
	if got, want := lines(h)["/units/1"], "irrelevant by answers.json#/units/b.service: answered: gone; left out: /etc/b, bridge service, check unit, services.b.enable"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	// A unit that is kept keeps what rules set for it.
	if h = answeredHost(t, `"units": {"b.service": {"keep": "by hand"}}`, rules); options(h)["services.b.enable"] != true || len(h.Bridges) != 1 {
		t.Errorf("%v %+v", options(h), h.Bridges)
	}
}

// Findings are accepted where the answers speak of them, and stay in the list.
func TestAcceptedFindingsAreMarked(t *testing.T) {
	rules := map[string]string{
		"a/one": strings.Replace(metadata("none"), "PVE-T-none", "PVE-AA-001", 1) + "package rules.a.one\n" + `findings contains {"at": [at], "vars": {"name": at}} if some at in ["/units/0", "/units/1"]`,
		"a/two": strings.Replace(metadata("none"), "PVE-T-none", "PVE-AA-002", 1) + "package rules.a.two\n" + `findings contains {"at": ["/units/2"], "vars": {"name": "x"}} if true`,
	}
	for text, want := range map[string][]string{
		`"accept": []`: {"PVE-AA-001 -", "PVE-AA-001 -", "PVE-AA-002 -"},
		`"accept": [{"finding": "PVE-AA-001", "reason": "r"}]`:                                                             {"PVE-AA-001 r", "PVE-AA-001 r", "PVE-AA-002 -"},
		`"accept": [{"finding": "PVE-AA-001", "reason": "r", "at": "/units/1"}]`:                                           {"PVE-AA-001 -", "PVE-AA-001 r", "PVE-AA-002 -"},
		`"accept": [{"finding": "PVE-AA-001", "reason": "r", "host": "other"}]`:                                            {"PVE-AA-001 -", "PVE-AA-001 -", "PVE-AA-002 -"},
		`"accept": [{"finding": "PVE-AA-002", "reason": "r", "host": "pve"}]`:                                              {"PVE-AA-001 -", "PVE-AA-001 -", "PVE-AA-002 r"},
		`"accept": [{"finding": "PVE-AA-002", "open": "?"}]`:                                                               {"PVE-AA-001 -", "PVE-AA-001 -", "PVE-AA-002 -"},
		`"accept": [{"finding": "CATALOG:packages/*", "reason": "all"}]`:                                                   {"CATALOG:packages/* all", "PVE-AA-001 -", "PVE-AA-001 -", "PVE-AA-002 -"},
		`"units": {"c.service": {"drop": "x"}}`:                                                                            {"PVE-AA-001 -", "PVE-AA-001 -", "PVE-AA-002 -"}, // it asks about more than the unit
		`"accept": [{"finding": "PVE-AA-001", "reason": "a"}, {"finding": "PVE-AA-001", "reason": "b", "at": "/units/0"}]`: {"PVE-AA-001 b", "PVE-AA-001 a", "PVE-AA-002 -"},
	} {
		var got []string
		for _, f := range answeredHost(t, text, rules).Findings {
			if strings.HasPrefix(f.ID, "CATALOG:") && f.Accepted == nil {
				continue
			}
			reason := "-"
			if f.Accepted != nil {
				reason = f.Accepted.Reason
			}
			got = append(got, f.ID+" "+reason)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", text, d)
		}
	}
}

// Rules see what is decided for the host that they are asked about, and nothing where nothing is.
func TestRulesSeeAnswers(t *testing.T) {
	rules := map[string]string{"a/one": `settings contains {"at": [], "option": ["seen"], "value": data.answers}`}
	got := options(answeredHost(t, `"kernel": "latest", "packages": {"odd": {"open": "?"}}, "hosts": {"pve": {"modules": ["./x.nix"]}, "other": {"kernel": "linuxPackages"}}`, rules))
	delete(got, "environment.systemPackages")
	delete(got, "services.a.enable")
	if d := cmp.Diff(map[string]any{"seen.kernel": "latest", "seen.modules": []any{"./x.nix"}}, got); d != "" {
		t.Error(d)
	}
	e := engine(t, answersLock, rules)
	doc := document(t, answersHost)
	if e.PolicyFor(doc) != e.Policy {
		t.Error("without answers there is another policy")
	}
}
