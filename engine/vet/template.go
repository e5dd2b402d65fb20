package vet

import (
	"fmt"
	"strconv"
	"strings"
)

// unwritten begins the prose of a template; vet names every place where it still stands.
const unwritten = "Write here "

const ruleTemplate = `# METADATA
# scope: package
# title: Write here the statement that the report shows as headline
# description: |
#  Write here what breaks and why, as concretely as a person needs it who
#  decides.
# custom:
#  id: %s
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: Write here the part of Proxmox VE as a person names it
#  account: none
#  workaround: |
#   Write here what the reader can carry out: commands, options with values.
#  test:
#   before: |
#    Write here the command in backquotes and what it prints before.
#   after: |
#    Write here the command in backquotes and what it prints when it is solved.
#  phase: prepare
#  sources:
#   - Write here where it can be checked
package rules.%s

import data.lib.facts

findings contains {"at": [p.at], "vars": {"name": name}} if {
	some name in {"example"}
	p := facts.packages[name]
}
`

const testTemplate = `package rules.%[1]s_test

import data.rules.%[1]s

_host(status) := {"packages": [{"name": "example", "status": status}]}

test_fires_on_an_installed_package if {
	%[2]s.findings == {{"at": ["/packages/0"], "vars": {"name": "example"}}} with input as _host("installed")
}

test_silent_where_only_its_configuration_is_left if {
	count(%[2]s.findings) == 0 with input as _host("config-files")
}
`

// NewRule are the files of a rule that says something about a package, to begin with: path below the folder of rules → text.
func NewRule(area, name, id string) map[string]string {
	path := area + "/" + name + "/" + name
	pkg := area + "." + name
	return map[string]string{
		path + ".rego":      fmt.Sprintf(ruleTemplate, id, pkg),
		path + "_test.rego": fmt.Sprintf(testTemplate, pkg, name),
	}
}

// NextID is the first id of an area that no rule has or had. The letters are those that most of the area's rules have, or
// letters, where given; none are known of a new area.
func NextID(ids map[string]string, area, letters string) (string, bool) {
	counts := map[string]int{}
	highest := map[string]int{}
	for id, rule := range ids {
		parts := strings.Split(id, "-")
		if len(parts) != 3 {
			continue
		}
		number, err := strconv.Atoi(parts[2])
		if err != nil {
			continue
		}
		highest[parts[1]] = max(highest[parts[1]], number)
		if strings.HasPrefix(rule, area+"/") {
			counts[parts[1]]++
		}
	}
	for candidate, n := range counts {
		if letters == "" || n > counts[letters] || n == counts[letters] && candidate < letters {
			letters = candidate
		}
	}
	if letters == "" {
		return "", false
	}
	return fmt.Sprintf("PVE-%s-%03d", letters, highest[letters]+1), true
}
