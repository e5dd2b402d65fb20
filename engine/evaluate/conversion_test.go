package evaluate

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/answers"
)

// prose is the METADATA of a rule of these tests, with a level where it inhibits.
func prose(rule, id, level, severity string) string {
	text := strings.Replace(strings.Replace(metadata("none"), "PVE-T-none", id, 1), "severity: major", "severity: "+severity, 1)
	if level != "" {
		text = strings.Replace(text, "#  phase:", "#  inhibits: "+level+"\n#  phase:", 1)
	}
	return text + "package rules." + strings.ReplaceAll(rule, "/", ".") + "\n"
}

func evaluated(t *testing.T, given *answers.File, modules map[string]string) *Host {
	t.Helper()
	modules[criticalRule] = prose(criticalRule, "PVE-CNV-101", "refuse", "minor") + "inhibits := set()\n"
	modules[failedRule] = prose(failedRule, "PVE-CNV-102", "refuse", "minor") + "inhibits := set()\n"
	e := engine(t, emptyLock, modules)
	e.Answers = given
	h, err := e.Evaluate(context.Background(), document(t, `{"host": {"name": "a"}}`))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func inhibitorsOf(h *Host) []string {
	out := []string{}
	for _, i := range h.Inhibitors {
		line := i.ID + " " + i.Level + " " + i.Title
		if i.Accepted != nil {
			line += " accepted: " + i.Accepted.Reason
		}
		out = append(out, line)
	}
	return out
}

// What several rules know of the conversion becomes one, as options do, and numbers of the catalog are written out.
func TestWhatRulesKnowOfTheConversionIsMerged(t *testing.T) {
	h := evaluated(t, nil, map[string]string{
		"area/one": `plans contains {"at": ["/b"], "path": ["save", "disks"], "value": ["/dev/sda"]}
plans contains {"at": [], "path": ["layout", "bytes"], "value": 3.4359738368e+10}
plans contains {"at": [], "path": ["odd"], "value": [1.5, {"huge": 1e+300, "whole": 2.0}]}`,
		"area/two": prose("area/two", "PVE-TT-002", "", "minor") + `plans contains {"at": ["/a"], "path": ["save"], "value": {"disks": ["/dev/sdb", "/dev/sda"]}}`,
	})
	got, err := json.Marshal(h.Conversion)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"option":["layout","bytes"],"value":34359738368,"by":["area/one"],"at":[]},` +
		`{"option":["odd"],"value":[1.5,{"huge":1e+300,"whole":2}],"by":["area/one"],"at":[]},` +
		`{"option":["save","disks"],"value":["/dev/sda","/dev/sdb"],"by":["area/one","area/two"],"at":["/a","/b"]}]`
	if d := cmp.Diff(want, string(got)); d != "" || len(h.Errors)+len(h.Inhibitors) > 0 {
		t.Errorf("%v %v\n%s", h.Errors, h.Inhibitors, d)
	}
}

// Where two rules say different things there is no plan at all, both are named, and the conversion is refused.
func TestRulesThatDisagreeMakeNoPlan(t *testing.T) {
	h := evaluated(t, nil, map[string]string{
		"area/one":   `plans contains {"at": [], "path": ["layout", "kind"], "value": "zfs"}`,
		"area/two":   prose("area/two", "PVE-TT-002", "", "minor") + `plans contains {"at": [], "path": ["layout", "kind"], "value": "lvm"}`,
		"area/sound": prose("area/sound", "PVE-TT-003", "", "minor") + `plans contains {"at": [], "path": ["boot", "kind"], "value": "grub-bios"}`,
	})
	if len(h.Conversion) > 0 || len(h.Errors) != 1 || !strings.Contains(h.Errors[0].What, `area/one sets "zfs", area/two sets "lvm"`) {
		t.Errorf("%v %v", h.Conversion, h.Errors)
	}
	if d := cmp.Diff([]string{"PVE-CNV-102 refuse t of {name}"}, inhibitorsOf(h)); d != "" {
		t.Error(d)
	}
}

// An inhibitor has the words of its METADATA with the values of the host in them, and touches no ledger.
func TestInhibitorsAreTold(t *testing.T) {
	said := prose("area/one", "PVE-TT-001", "warn", "minor") + `inhibits contains {"at": ["/host"], "vars": {"name": n}} if some n in ["b\u001b[2J", "a"]`
	h := evaluated(t, nil, map[string]string{"area/one": said})
	if d := cmp.Diff([]string{"PVE-TT-001 warn t of a", "PVE-TT-001 warn t of b\x1b[2J"}, inhibitorsOf(h)); d != "" {
		t.Error(d)
	}
	want := Inhibitor{ID: "PVE-TT-001", Rule: "area/one", Level: "warn", Title: "t of a", Text: "d", Remedy: "w", At: []Evidence{{Pointer: "/host", Label: "a"}}}
	if d := cmp.Diff(want, h.Inhibitors[0]); d != "" {
		t.Error(d)
	}
	if len(h.Findings) > 0 {
		t.Errorf("it is a finding too: %+v", h.Findings)
	}
}

// A critical finding stands in the way until it is accepted; so does a rule that failed. An inhibitor is accepted as a finding is.
func TestTheEvaluationItselfStandsInTheWay(t *testing.T) {
	rules := func() map[string]string {
		return map[string]string{
			"area/bad":   prose("area/bad", "PVE-TT-001", "", "critical") + `findings contains {"at": ["/host"], "vars": {"name": "x"}}`,
			"area/minor": prose("area/minor", "PVE-TT-002", "", "minor") + `findings contains {"at": ["/host"], "vars": {"name": "x"}}`,
			"area/stop":  prose("area/stop", "PVE-TT-003", "refuse", "minor") + `inhibits contains {"at": ["/host"], "vars": {"name": "y"}}`,
		}
	}
	for _, c := range []struct {
		accept []string
		want   []string
	}{
		{nil, []string{"PVE-CNV-101 refuse t of {name}", "PVE-TT-003 refuse t of y"}},
		{[]string{"PVE-TT-001"}, []string{"PVE-TT-003 refuse t of y"}},
		{[]string{"PVE-CNV-101"}, []string{"PVE-CNV-101 refuse t of {name}", "PVE-TT-003 refuse t of y"}},
		{[]string{"PVE-TT-001", "PVE-TT-003"}, []string{"PVE-TT-003 refuse t of y accepted: known"}},
	} {
		var list []string
		for _, id := range c.accept {
			list = append(list, fmt.Sprintf(`{"finding": %q, "reason": "known"}`, id))
		}
		given, err := answers.Read("answers.json", []byte(`{"schema": "pve2nix.answers/v1", "accept": [`+strings.Join(list, ",")+`]}`))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c.want, inhibitorsOf(evaluated(t, given, rules()))); d != "" {
			t.Errorf("%v: %s", c.accept, d)
		}
	}
	failing := rules()
	failing["area/fails"] = prose("area/fails", "PVE-TT-004", "", "minor") + `findings contains {"at": [], "vars": {}} if 1 / count([]) > 0`
	if got := inhibitorsOf(evaluated(t, nil, failing)); len(got) != 3 || !strings.HasPrefix(got[1], "PVE-CNV-102 refuse") {
		t.Errorf("%v", got)
	}
}
