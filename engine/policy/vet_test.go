package policy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/schemas"
)

const goodRule = `# METADATA
# scope: package
# title: The host has a name
# description: A rule for the tests of the tests of rules.
# custom:
#  id: PVE-SITE-001
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: host name
#  workaround: Rename it, if you like.
#  test:
#   before: "` + "`hostname`" + ` prints the old name."
#   after: "` + "`hostname`" + ` prints the new name."
#  phase: prepare
#  sources: [house rules]
package rules.site.named

findings contains {"at": ["/host"], "vars": {"name": input.host.name}} if {
	input.host.name != ""
}
`

const goodTest = `package rules.site.named_test

import data.rules.site.named

test_fires_on_a_name if {
	count(named.findings) == 1 with input as {"host": {"name": "a"}}
}

test_silent_without_one if {
	count(named.findings) == 0 with input as {"host": {"name": ""}}
}
`

// Each mistake in a rule or its test is named with its position.
func TestVetNamesMistakes(t *testing.T) {
	const rule, test = "site/named/named.rego", "site/named/named_test.rego"
	for _, c := range []struct {
		name      string
		edit      func(rule, test string) (string, string)
		want      string
		noProblem bool
	}{
		{name: "none", edit: func(r, t string) (string, string) { return r, t }, noProblem: true},
		{name: "syntax", want: rule + ":22:0: unexpected eof token", edit: func(r, t string) (string, string) { return strings.Replace(r, "if {", "if {{", 1), t }},
		{name: "unknown fact", want: rule + ":20:2: undefined ref: input.host.nmae", edit: func(r, t string) (string, string) {
			return strings.Replace(r, "host.name !=", "host.nmae !=", 1), t
		}},
		{name: "form", want: rule + ":20:1: not formatted as opa fmt would", edit: func(r, t string) (string, string) {
			return strings.Replace(r, "\tinput.host.name !=", "  input.host.name !=", 1), t
		}},
		{name: "metadata", want: rule + ":1:1: METADATA: severity is \"bad\"", edit: func(r, t string) (string, string) {
			return strings.Replace(r, "severity: minor", "severity: bad", 1), t
		}},
		{name: "no test", want: rule + ":17:1: rule site/named has no test beside it", edit: func(r, t string) (string, string) { return r, "" }},
		{name: "no test of a rule for which the engine speaks", want: rule + ":17:1: rule site/named has no test beside it", edit: func(r, t string) (string, string) {
			above, _, _ := strings.Cut(r, "findings contains")
			return above + "findings := set()\n", ""
		}},
		{name: "never fires", want: rule + ":19:1: no test shows a host on which this says something", edit: func(r, t string) (string, string) {
			return r, strings.Replace(strings.Replace(t, "== 1", "== 0", 1), `"a"`, `""`, 1)
		}},
		{name: "failing test", want: test + ":5:1: test test_fires_on_a_name: does not hold", edit: func(r, t string) (string, string) {
			return r, strings.Replace(t, "== 1", "== 2", 1)
		}},
		{name: "unused import", want: test + ":3:1: import data.lib.facts unused", edit: func(r, t string) (string, string) {
			return r, strings.Replace(t, "import data.rules", "import data.lib.facts\nimport data.rules", 1)
		}},
		{name: "impure", want: rule + ":21:2: undefined function time.now_ns", edit: func(r, t string) (string, string) {
			return strings.Replace(r, "\n}", "\n\ttime.now_ns() > 0\n}", 1), t
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, tests := c.edit(goodRule, goodTest)
			modules := []Module{{"lib/facts/facts.rego", "package lib.facts\n\nx := 1\n"}, {rule, r}}
			if tests != "" {
				modules = append(modules, Module{test, tests})
			}
			v, err := Vet(context.Background(), modules, Options{Schema: schemas.Snapshot})
			if err != nil {
				t.Fatal(err)
			}
			if c.noProblem {
				if len(v.Problems) > 0 || v.Tests != 2 || len(v.Rules) != 1 || v.Covered < 3 {
					t.Errorf("got %+v", v)
				}
				return
			}
			if !slices.ContainsFunc(v.Problems, func(p string) bool { return strings.HasPrefix(p, c.want) }) {
				t.Errorf("got %q, want %s", v.Problems, c.want)
			}
		})
	}
}

func TestVetCollectsWhatRulesNameOfNixOS(t *testing.T) {
	text := `# METADATA
# scope: package
# title: Names
package rules.site.names

settings contains {"at": [], "option": ["systemd", "services", name, "enable"], "value": {"_ref": ["pkgs", "htop"]}} if {
	some name in input.host.name
}
`
	v, err := Vet(context.Background(), []Module{{"site/names/names.rego", text}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Options) != 1 || v.Options[0].At != "site/names/names.rego:6:40" || !slices.Equal(v.Options[0].Path, []string{"systemd", "services", "*", "enable"}) {
		t.Errorf("options: %v", v.Options)
	}
	if got := fmt.Sprint(v.Options[0].Value); got != "map[_ref:[pkgs htop]]" {
		t.Errorf("value: %s", got)
	}
	if len(v.Packages) != 1 || !slices.Equal(v.Packages[0].Path, []string{"htop"}) {
		t.Errorf("packages: %v", v.Packages)
	}
}

func TestVetTellsWhatRulesRead(t *testing.T) {
	modules := []Module{
		{"lib/facts/facts.rego", "package lib.facts\n\n_links := input.network.links\n\nnames := {l.name | some l in _links}\n\nother := input.packages\n"},
		{"site/reads/reads.rego", `# METADATA
# scope: package
# title: Reads
package rules.site.reads

import data.lib.facts

findings contains {"at": [], "vars": {"name": name}} if {
	some name in facts.names
	input.host.name == name
	some guest in input.guests
	guest.local
}
`},
		{"lib/release/release.rego", "package lib.release\n\ncurrent := data.release\n\nnew if current == \"25.11\"\n"},
		{"site/kernel/kernel.rego", `# METADATA
# scope: package
# title: Asks for the release
package rules.site.kernel

import data.lib.release

settings contains {"at": [], "option": ["x"], "value": 1} if release.new
`},
	}
	v, err := Vet(context.Background(), modules, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !v.ByRelease["site/kernel"] || v.ByRelease["site/reads"] {
		t.Errorf("by release: %v", v.ByRelease)
	}
	if got, want := v.Reads["site/reads"], []string{"/guests", "/host/name", "/network/links"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
