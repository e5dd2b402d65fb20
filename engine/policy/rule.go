package policy

import (
	"fmt"
	"path"
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
	Test        string
	Phase       string
	Sources     []string
	// Metadata is all of it, for checking against the schema.
	Metadata map[string]any
}

func ruleOf(name, file string, m *ast.Module) (Rule, error) {
	r := Rule{Name: name, Path: file, Account: "none"}
	if want := name + "/" + path.Base(name) + ".rego"; !strings.HasSuffix(file, want) {
		return r, fmt.Errorf("%s:%d:1: package rules.%s belongs in %s", file, m.Package.Location.Row, strings.ReplaceAll(name, "/", "."), want)
	}
	var a *ast.Annotations
	for _, candidate := range m.Annotations {
		if candidate.Scope == "package" {
			a = candidate
		}
	}
	if a == nil {
		return r, fmt.Errorf("%s:%d:1: no METADATA of scope package above the package clause", file, m.Package.Location.Row)
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
		"test": &r.Test, "phase": &r.Phase,
	} {
		text(key, into)
	}
	if list, ok := a.Custom["sources"].([]any); ok {
		for _, s := range list {
			r.Sources = append(r.Sources, fmt.Sprint(s))
		}
	}
	r.Metadata = map[string]any{"title": a.Title, "description": a.Description, "custom": map[string]any(a.Custom)}
	return r, nil
}

func idsAreUnique(rules map[string]Rule) error {
	byID := map[string][]string{}
	for _, r := range rules {
		if r.ID != "" {
			byID[r.ID] = append(byID[r.ID], r.Path)
		}
	}
	var list []string
	for id, files := range byID {
		if len(files) > 1 {
			sort.Strings(files)
			list = append(list, fmt.Sprintf("%s:1:1: id %s is used by %s too", files[1], id, files[0]))
		}
	}
	if list == nil {
		return nil
	}
	sort.Strings(list)
	return &Error{list}
}
