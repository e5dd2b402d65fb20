package policy

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// Load reads all .rego files below a folder, those of tests left out; label is
// what errors put before their paths.
func Load(fsys fs.FS, label string) ([]Module, error) {
	return load(fsys, label, func(p string) bool { return !strings.HasSuffix(p, "_test.rego") })
}

func load(fsys fs.FS, label string, want func(path string) bool) ([]Module, error) {
	var modules []Module
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".rego") || !want(p) {
			return err
		}
		text, err := fs.ReadFile(fsys, p)
		if err != nil {
			return err
		}
		modules = append(modules, Module{path.Join(label, p), string(text)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", label, err)
	}
	return modules, nil
}

// Overlay lays a user's modules over others: a rule replaces the rule of the
// same package as a whole. What is no rule (package main, the library) cannot be
// replaced; a library of the user's own has a name of its own. A folder that has
// every part of the library is a whole set, as in a checkout, and takes the place of all.
func Overlay(below, own []Module) ([]Module, error) {
	if isWholeSet(below, own) {
		return own, nil
	}
	taken := map[string]string{}
	for _, m := range below {
		taken[packageOf(m.Text)] = m.Path
	}
	replaced := map[string]bool{}
	var list []string
	for _, m := range own {
		name := packageOf(m.Text)
		if old, ok := taken[name]; ok && !strings.HasPrefix(name, rulesRoot+".") {
			list = append(list, fmt.Sprintf("%s:%d:1: package %s is that of %s, which cannot be replaced", m.Path, packageLine(m.Text), name, old))
		}
		replaced[name] = true
	}
	if list != nil {
		return nil, &Error{list}
	}
	var out []Module
	for _, m := range below {
		if name := packageOf(m.Text); !replaced[name] || !strings.HasPrefix(name, rulesRoot+".") {
			out = append(out, m)
		}
	}
	return append(out, own...), nil
}

// isWholeSet tells whether own has all packages of below that are no rules, and there are some.
func isWholeSet(below, own []Module) bool {
	have := map[string]bool{}
	for _, m := range own {
		have[packageOf(m.Text)] = true
	}
	library := 0
	for _, m := range below {
		if name := packageOf(m.Text); !strings.HasPrefix(name, rulesRoot+".") {
			if !have[name] {
				return false
			}
			library++
		}
	}
	return library > 0
}

var packageClause = regexp.MustCompile(`(?m)^package[ \t]+([A-Za-z0-9_.]+)`)

// packageOf is the package of a module; empty where it cannot be read, which the compiler reports.
func packageOf(text string) string {
	if m := packageClause.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

func packageLine(text string) int {
	at := packageClause.FindStringIndex(text)
	return 1 + strings.Count(text[:at[0]], "\n")
}
