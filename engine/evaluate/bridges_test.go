package evaluate

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/answers"
)

// bridgesLock decides about a finding and about entries; the bridge ha keeps what it is asked for, api all of a host.
const bridgesLock = `{"schema": "pve2nix.catalog/v1",
	"bridges": {"ha": {"spans": "facts"}, "api": {"spans": "host"}, "service": {"spans": "facts"}},
	"keeps": {
		"PVE-T-none": {"all": {"by": "ha", "how": "by a unit", "loses": "the start of {name}"}},
		"units/*": {"all": {"by": "none", "loses": "the unit"}},
		"units/a.service": {"proxmox": {"by": "api", "how": "an answer", "loses": "the answer"}},
		"units/b.service": {"all": {"by": "native", "how": "an option"}}},
	"subjects": {"units": {"nodes": "/units/*", "key": ["name"], "component": "unit"}, "packages": {"nodes": "/packages/*", "key": ["name"], "component": "package"}},
	"entries": [
		{"subject": "packages", "key": "*", "at": "p.cue:1", "status": "bridged", "bridge": "ha", "sources": ["s"]},
		{"subject": "units", "key": "a.service", "at": "u.cue:1", "status": "review", "sources": ["s"], "gap": {"title": "a", "category": "service", "severity": "major", "description": "d", "workaround": "w", "test": "t", "kind": "gap"}},
		{"subject": "units", "key": "b.service", "at": "u.cue:2", "status": "review", "sources": ["s"], "gap": {"title": "b", "category": "service", "severity": "major", "description": "d", "workaround": "w", "test": "t", "kind": "gap"}},
		{"subject": "units", "key": "*", "at": "u.cue:3", "status": "review", "sources": ["s"], "gap": {"title": "c", "category": "service", "severity": "major", "description": "d", "workaround": "w", "test": "t", "kind": "gap"}}]}`

// keeper finds a gap in the first package and asks for the bridge ha, with an option; other answers for the api without anything.
var keeper = map[string]string{
	"a/keeper": `findings contains {"at": ["/packages/0"], "vars": {"name": "htop"}} if true
bridges contains {"at": ["/packages/0"], "bridge": "ha", "params": {}} if true
settings contains {"at": ["/packages/0"], "option": ["services", "a", "enable"], "value": true} if true
carries contains {"at": ["/packages/0"], "path": "/etc/u", "to": "/etc/u", "mode": "0644", "secret": false} if true
checks contains {"at": ["/packages/0"], "check": "unit-active", "params": {"unit": "a.service"}, "required": true} if true
plans contains {"at": ["/packages/0"], "path": ["side"], "value": 1} if true`,
	"b/plain": metadata("review") + "package rules.b.plain\n" + `settings contains {"at": ["/packages/1"], "option": ["services", "b", "enable"], "value": true} if true`,
}

func keptHost(t *testing.T, given string, modules map[string]string) *Host {
	t.Helper()
	e := engine(t, bridgesLock, modules)
	e.Target = "proxmox"
	if given != "" {
		file, err := answers.Read("answers.json", []byte(`{"schema": "pve2nix.answers/v1", `+given+`}`))
		if err != nil {
			t.Fatal(err)
		}
		e.Answers = file
	}
	h, err := e.Evaluate(context.Background(), document(t, answersHost))
	if err != nil {
		t.Fatal(err)
	}
	if len(h.Errors) > 0 {
		t.Fatal(h.Errors)
	}
	return h
}

func keptBy(h *Host) map[string]Kept {
	out := map[string]Kept{}
	for _, f := range h.Findings {
		if f.Kept != nil {
			out[f.ID] = *f.Kept
		}
	}
	return out
}

func TestWhatKeepsAGapOnAHost(t *testing.T) {
	h := keptHost(t, "", keeper)
	want := map[string]Kept{
		"PVE-T-none":              {By: "ha", How: "by a unit"},
		"CATALOG:units/a.service": {By: "none", Loses: "the answer"}, // nobody asks for the api here
		"CATALOG:units/b.service": {By: "native", How: "an option"},
		"CATALOG:units/*":         {By: "none", Loses: "the unit"},
	}
	if d := cmp.Diff(want, keptBy(h)); d != "" {
		t.Error(d)
	}
	for _, f := range h.Findings {
		if got := f.Kept.Bridge(); f.Bridge == nil && got != "" || f.Bridge != nil && *f.Bridge != got {
			t.Errorf("%s: the bridge is %v, kept by %s", f.ID, f.Bridge, f.Kept.By)
		}
	}
	if got, want := (Finding{Kept: &Kept{By: "ha", How: "so", Loses: "that"}}).KeptText(strings.ToUpper), (Kept{By: "ha", How: "SO", Loses: "THAT"}); *got != want {
		t.Errorf("filled in: got %+v, want %+v", got, want)
	}
}

// A bridge keeps the facts that it was asked for, their parts and what they are parts of; one that spans the host keeps all.
// One that brings nothing keeps nothing.
func TestABridgeKeepsWhatItWasAskedFor(t *testing.T) {
	option := "settings contains {\"at\": [\"/host\"], \"option\": [\"services\", \"a\", \"enable\"], \"value\": true} if true\n"
	finding := `findings contains {"at": ["/packages/0", "/packages/1/name"], "vars": {"name": "x"}} if true` + "\n"
	for at, want := range map[string]string{
		`["/packages/0"]`:                     "none",
		`["/packages/0", "/packages/1"]`:      "ha",
		`["/packages/0/name", "/packages/1"]`: "ha",
		`["/packages"]`:                       "ha",
		`["/packages/00", "/packages/1"]`:     "none",
		`["/host"]`:                           "none",
	} {
		rule := finding + option + `bridges contains {"at": ` + at + `, "bridge": "ha", "params": {}} if true`
		if got := keptBy(keptHost(t, "", map[string]string{"a/one": rule}))["PVE-T-none"].By; got != want {
			t.Errorf("asked for %s: kept by %s, want %s", at, got, want)
		}
	}
	for closes, want := range map[string]string{`["PVE-T-none"]`: "ha", `["PVE-T-other"]`: "none", `["PVE-T-other", "PVE-T-none"]`: "ha", `[]`: "ha"} {
		rule := finding + option + `bridges contains {"at": ["/packages"], "bridge": "ha", "params": {"closes": ` + closes + `}} if true`
		if got := keptBy(keptHost(t, "", map[string]string{"a/one": rule}))["PVE-T-none"].By; got != want {
			t.Errorf("closes %s: kept by %s, want %s", closes, got, want)
		}
	}
	// Two bridges of a kind may keep a gap together.
	both := finding + option + `bridges contains {"at": ["/packages/0"], "bridge": "ha", "params": {"closes": ["PVE-T-none"]}} if true
bridges contains {"at": ["/packages/1"], "bridge": "ha", "params": {}} if true`
	if got := keptBy(keptHost(t, "", map[string]string{"a/one": both}))["PVE-T-none"].By; got != "ha" {
		t.Errorf("two together: kept by %s", got)
	}
	api := `bridges contains {"at": ["/host"], "bridge": "api", "params": {}} if true`
	if got := keptBy(keptHost(t, "", map[string]string{"a/one": option + api}))["CATALOG:units/a.service"]; got.By != "api" {
		t.Errorf("one that spans the host: %+v", got)
	}
	if got := keptBy(keptHost(t, "", map[string]string{"a/one": api}))["CATALOG:units/a.service"]; got.By != "none" {
		t.Errorf("one that brings nothing: %+v", got)
	}
}

func TestADeclinedBridgeIsLeftOutAsAWhole(t *testing.T) {
	h := keptHost(t, `"bridges": {"ha": "no"}, "hosts": {"other": {"bridges": {"ha": "yes"}}}`, keeper)
	if got, want := keptBy(h)["PVE-T-none"], (Kept{By: "none", Loses: "the start of {name}", Declined: "answers.json#/bridges/ha"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := options(h); len(got) != 1 || got["services.b.enable"] != true {
		t.Errorf("options are %v", got)
	}
	if len(h.Bridges)+len(h.Carries)+len(h.Checks)+len(h.Conversion) > 0 {
		t.Errorf("left: %v %v %v %v", h.Bridges, h.Carries, h.Checks, h.Conversion)
	}
	// The fact that the bridge would have kept is lost by the answer, also where the catalog calls it bridged; what another rule translates is not.
	ledger := lines(h)
	for at, want := range map[string]string{
		"/packages/0": "lost by answers.json#/bridges/ha: answered: the bridge ha is not wanted",
		"/packages/2": "lost by answers.json#/bridges/ha: answered: the bridge ha is not wanted",
		"/packages/1": "translated by b/plain: services.b.enable",
	} {
		if ledger[at] != want {
			t.Errorf("%s: got %q, want %q", at, ledger[at], want)
		}
	}
	// What is said of the host stands before what is said of all.
	h = keptHost(t, `"bridges": {"ha": "no"}, "hosts": {"pve": {"bridges": {"ha": "yes"}}}`, keeper)
	if got := keptBy(h)["PVE-T-none"].By; got != "ha" {
		t.Errorf("wanted on this host: kept by %s", got)
	}
	// A rule that serves a bridge that is wanted, too, keeps what it wants.
	both := keeper["a/keeper"] + `
bridges contains {"at": ["/units/0"], "bridge": "service", "params": {}} if true`
	h = keptHost(t, `"bridges": {"ha": "no"}`, map[string]string{"a/keeper": both})
	if got := options(h); got["services.a.enable"] != true || len(h.Bridges) != 1 || h.Bridges[0].Bridge != "service" {
		t.Errorf("options are %v, bridges %v", got, h.Bridges)
	}
}

// Rules see which bridges are wanted.
func TestRulesSeeWhichBridgesAreWanted(t *testing.T) {
	h := keptHost(t, `"bridges": {"kernel": "yes"}`, map[string]string{"a/one": `settings contains {"at": ["/host"], "option": ["services", "a", "enable"], "value": true} if data.answers.bridges.kernel == "yes"`})
	if got := options(h); got["services.a.enable"] != true {
		t.Errorf("options are %v", got)
	}
}
