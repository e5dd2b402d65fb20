package policy

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const obstacle = `# METADATA
# scope: package
# title: The host is called {name}
# description: A rule for the tests of what stands in the way.
# custom:
#  id: PVE-SITE-002
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: host name
#  inhibits: warn
#  workaround: Rename it, if you like.
#  test:
#   before: "` + "`hostname`" + ` prints the old name."
#   after: "` + "`hostname`" + ` prints the new name."
#  phase: prepare
#  sources: [house rules]
package rules.site.obstacle

inhibits contains {"at": ["/host"], "vars": {"name": input.host.name}} if {
	input.host.name != ""
}
`

const wayOfConversion = `# METADATA
# scope: package
# title: x
package rules.site.way

plans contains {"at": ["/host"], "path": ["save", "files"], "value": ["/etc/fstab"]}
`

// What rules say of a conversion is read from their text and from their lock.
func TestRulesSpeakOfTheConversion(t *testing.T) {
	modules := []Module{{"rules/site/obstacle/obstacle.rego", obstacle}, {"rules/site/way/way.rego", wayOfConversion}}
	lock, err := Lock(modules, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, lock := range []string{"", string(lock)} {
		p, err := Compile(context.Background(), modules, Options{Lock: lock})
		if err != nil {
			t.Fatal(err)
		}
		said, err := p.Evaluate(context.Background(), map[string]any{"host": map[string]any{"name": "a"}})
		if err != nil || len(said.Errors) > 0 {
			t.Fatal(err, said.Errors)
		}
		want := &Result{
			Plans:    []Plan{{Rule: "site/way", At: []string{"/host"}, Path: []string{"save", "files"}, Value: []any{"/etc/fstab"}}},
			Inhibits: []Inhibitor{{Rule: "site/obstacle", At: []string{"/host"}, Vars: map[string]any{"name": "a"}}},
		}
		if d := cmp.Diff(want, said); d != "" {
			t.Errorf("lock of %d bytes: %s", len(lock), d)
		}
		if d := cmp.Diff([]string{"site/obstacle", "site/way"}, said.Speakers()); d != "" {
			t.Error(d)
		}
		if r, ok := p.Rule("site/obstacle"); !ok || r.Inhibits != "warn" {
			t.Errorf("the rule is %+v", r)
		}
		if left := p.Without(said, map[string]error{"site/obstacle": errNameless, "site/way": errNameless}); len(left.Plans)+len(left.Inhibits) > 0 {
			t.Errorf("of rules that failed is left %+v", left)
		}
	}
}

// An inhibitor whose METADATA does not say what it does is that of a rule that failed: nobody would know whether to go on.
func TestInhibitorsSayWhatTheyDo(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"no level", "#  inhibits: warn\n", "", "an inhibitor, but its METADATA does not say what it inhibits"},
		{"no id", "#  id: PVE-SITE-002\n", "", "a finding, but no id in its METADATA"},
		{"more fields", `"vars": {`, `"why": "x", "vars": {`, `inhibits: an element has "why", want at, vars`},
		{"values that are no scalars", "input.host.name}}", "[input.host.name]}}", `inhibits: "vars" holds more than scalars`},
	} {
		p, err := Compile(context.Background(), []Module{{"rules/site/obstacle/obstacle.rego", strings.Replace(obstacle, c.from, c.to, 1)}}, Options{})
		if err != nil {
			if !strings.Contains(err.Error(), "METADATA") {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		said, err := p.Evaluate(context.Background(), map[string]any{"host": map[string]any{"name": "a"}})
		if err != nil || len(said.Errors) != 1 || len(said.Inhibits) > 0 || !strings.HasPrefix(said.Errors[0].What, c.want) {
			t.Errorf("%s: %v, %+v", c.name, err, said)
		}
	}
}

// vet asks of inhibitors what it asks of findings: METADATA, and a test that shows a host on which it fires.
func TestVetLooksAtInhibitors(t *testing.T) {
	const rule = "site/obstacle/obstacle.rego"
	const test = `package rules.site.obstacle_test

import data.rules.site.obstacle

test_fires_on_a_name if {
	count(obstacle.inhibits) == 1 with input as {"host": {"name": "a"}}
}
`
	for _, c := range []struct{ name, from, to, test, want string }{
		{name: "none", test: test},
		{name: "no such level", from: "inhibits: warn", to: "inhibits: stop", test: test, want: rule + `:1:1: METADATA: inhibits is "stop", want refuse, warn`},
		{name: "no id", from: "#  id: PVE-SITE-002\n", test: test, want: rule + ":1:1: METADATA: inhibits, but no id"},
		{name: "never fires", test: strings.Replace(strings.Replace(test, "== 1", "== 0", 1), `"a"`, `""`, 1), want: rule + ":20:1: no test shows a host on which this says something"},
	} {
		v, err := Vet(context.Background(), []Module{{rule, strings.Replace(obstacle, c.from, c.to, 1)}, {strings.Replace(rule, ".rego", "_test.rego", 1), c.test}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(v.Problems, "\n"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if !v.Says["site/obstacle"] {
			t.Errorf("%s: the rule is taken for one of the engine", c.name)
		}
	}
}
