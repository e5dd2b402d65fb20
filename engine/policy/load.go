package policy

import (
	"fmt"
	"io/fs"
	"path"
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

// Overlay lays a user's modules over others: a module of the same package
// replaces the one below as a whole.
func Overlay(below, own []Module) []Module {
	replaced := map[string]bool{}
	for _, m := range own {
		replaced[tail(m.Path)] = true
	}
	var out []Module
	for _, m := range below {
		if !replaced[tail(m.Path)] {
			out = append(out, m)
		}
	}
	return append(out, own...)
}

// tail is area/rule/rule.rego: the part of a path that names a rule wherever it lies.
func tail(p string) string {
	parts := strings.Split(p, "/")
	return strings.Join(parts[max(0, len(parts)-3):], "/")
}
