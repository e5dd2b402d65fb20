package policy

import (
	"fmt"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Rule is what the METADATA of a rule package says. schemas/rule-metadata.schema.json describes the fields.
type Rule struct {
	// Name is area/rule, the folder and the package.
	Name string
	// Path is the file.
	Path        string
	Title       string
	Description string
	ID          string
	Kind        string
	Category    string
	Severity    string
	Component   string
	Equivalent  string
	Account     string
	Bridge      string
	Workaround  string
	// Test says with which commands the finding is seen before the conversion, and with which it is seen to be solved.
	Test    Test
	Phase   string
	Sources []string
	// Inhibits says what an element of the set of that name does to a conversion, refuse or warn; empty where the rule has none.
	Inhibits string
	// Targets are those that the rule speaks of; empty means all.
	Targets []string
	// Metadata is all of it, for checking against the schema.
	Metadata map[string]any
}

// Area is the first part of the name.
func (r Rule) Area() string {
	area, _, _ := strings.Cut(r.Name, "/")
	return area
}

// ReadRules reads the METADATA of all rules among the modules, sorted by name. It compiles nothing.
func ReadRules(modules []Module) ([]Rule, error) {
	var list []Rule
	for _, m := range modules {
		name, ok := strings.CutPrefix(packageOf(m.Text), rulesRoot+".")
		if !ok || strings.HasSuffix(m.Path, "_test.rego") {
			continue
		}
		r, err := readRule(strings.ReplaceAll(name, ".", "/"), m, packageLine(m.Text))
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list, nil
}

// Test is how a finding is seen, and how it is seen to be solved: commands and what they print.
type Test struct {
	Before string
	After  string
}

func (t Test) String() string {
	if t == (Test{}) {
		return ""
	}
	return "Before: " + t.Before + "\nAfter: " + t.After
}

// readRule reads the METADATA of a rule; row is the line of the package clause, below which nothing is looked at.
func readRule(name string, m Module, row int) (Rule, error) {
	r := Rule{Name: name, Path: m.Path, Account: "none"}
	if want := name + "/" + path.Base(name) + ".rego"; !strings.HasSuffix(m.Path, want) {
		return r, fmt.Errorf("%s:%d:1: package rules.%s belongs in %s", m.Path, row, strings.ReplaceAll(name, "/", "."), want)
	}
	header := strings.Join(strings.SplitAfterN(m.Text, "\n", row+1)[:row], "")
	mod, err := ast.ParseModuleWithOpts(m.Path, header, ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1})
	if err != nil {
		return r, &Error{positions(err)}
	}
	var a *ast.Annotations
	for _, candidate := range mod.Annotations {
		if candidate.Scope == "package" {
			a = candidate
		}
	}
	if a == nil {
		return r, fmt.Errorf("%s:%d:1: no METADATA of scope package above the package clause", m.Path, row)
	}
	r.Title, r.Description = a.Title, strings.TrimSpace(a.Description)
	text := func(key string, into *string) {
		if s, ok := a.Custom[key].(string); ok {
			*into = strings.TrimSpace(s)
		}
	}
	for key, into := range map[string]*string{
		"id": &r.ID, "kind": &r.Kind, "category": &r.Category, "severity": &r.Severity, "component": &r.Component,
		"equivalent": &r.Equivalent, "account": &r.Account, "bridge": &r.Bridge, "workaround": &r.Workaround,
		"phase": &r.Phase, "inhibits": &r.Inhibits,
	} {
		text(key, into)
	}
	if test, ok := a.Custom["test"].(map[string]any); ok {
		before, _ := test["before"].(string)
		after, _ := test["after"].(string)
		r.Test = Test{strings.TrimSpace(before), strings.TrimSpace(after)}
	}
	if list, ok := a.Custom["sources"].([]any); ok {
		for _, s := range list {
			r.Sources = append(r.Sources, fmt.Sprint(s))
		}
	}
	if list, ok := a.Custom["targets"].([]any); ok {
		for _, t := range list {
			r.Targets = append(r.Targets, fmt.Sprint(t))
		}
	}
	r.Metadata = map[string]any{"title": a.Title, "description": a.Description, "custom": map[string]any(a.Custom)}
	return r, nil
}

// checkMetadata reads the METADATA of all rules and lists what is wrong with it.
func (p *Policy) checkMetadata() []string {
	byID := map[string][]string{}
	var list []string
	for _, read := range p.rules {
		r, err := read()
		switch {
		case err != nil:
			list = append(list, err.Error())
		case r.ID == "" && r.Inhibits != "":
			list = append(list, fmt.Sprintf("%s:1:1: METADATA: inhibits, but no id", r.Path))
		case r.ID != "":
			byID[r.ID] = append(byID[r.ID], r.Path)
			for _, what := range r.incomplete() {
				list = append(list, fmt.Sprintf("%s:1:1: METADATA: %s", r.Path, what))
			}
		}
	}
	for id, files := range byID {
		if len(files) > 1 {
			sort.Strings(files)
			list = append(list, fmt.Sprintf("%s:1:1: id %s is used by %s too", files[1], id, files[0]))
		}
	}
	sort.Strings(list)
	return list
}

// levels are what an inhibitor may do.
var levels = []string{"refuse", "warn"}

// incomplete says what the METADATA of a rule with findings lacks; the words are
// those of schemas/rule-metadata.schema.json.
func (r Rule) incomplete() []string {
	var out []string
	for _, f := range []struct {
		name, value string
		words       []string
	}{
		{"title", r.Title, nil}, {"description", r.Description, nil}, {"component", r.Component, nil},
		{"workaround", r.Workaround, nil}, {"test.before", r.Test.Before, nil}, {"test.after", r.Test.After, nil},
		{"kind", r.Kind, []string{"gap", "pitfall"}},
		{"category", r.Category, []string{"package", "service", "configuration", "feature"}},
		{"severity", r.Severity, []string{"critical", "major", "minor"}},
		{"phase", r.Phase, []string{"prepare", "convert", "boot", "run"}},
		{"account", r.Account, []string{"review", "lost", "none"}},
	} {
		switch {
		case f.value == "":
			out = append(out, f.name+" is missing")
		case f.words != nil && !slices.Contains(f.words, f.value):
			out = append(out, fmt.Sprintf("%s is %q, want %s", f.name, f.value, strings.Join(f.words, ", ")))
		}
	}
	if r.Inhibits != "" && !slices.Contains(levels, r.Inhibits) {
		out = append(out, fmt.Sprintf("inhibits is %q, want %s", r.Inhibits, strings.Join(levels, ", ")))
	}
	if len(r.Sources) == 0 {
		out = append(out, "sources are missing")
	}
	return out
}
