// Package nixosindex reads the indexes of NixOS's options and packages that
// tests check the catalog and the generated configurations against. The indexes
// are not part of this repository: the environment variable PVE2NIX_NIXOS names
// their folder. Only tests import it.
package nixosindex

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Split takes an option's name apart, as nixos.Split does.
type Split func(name string) ([]string, error)

// Read decodes an index file. Where the folder is absent the test is skipped,
// saying so; a folder that is named and lacks the file fails the test in CI.
func Read(t testing.TB, name string, into any) {
	t.Helper()
	dir, set := os.LookupEnv("PVE2NIX_NIXOS")
	if dir == "" {
		_, here, _, _ := runtime.Caller(0)
		dir = filepath.Join(filepath.Dir(here), "..", "..", "..", "shared", "nixos")
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) && !(set && os.Getenv("CI") == "true") {
		t.Skipf("no index %s; set PVE2NIX_NIXOS to the folder that has it", filepath.Join(dir, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// Options is a tree of option names; a part <name> or * stands for any name.
type Options struct {
	children map[string]*Options
	// kind is the option's type, where one ends here.
	kind   string
	option bool
}

// ReadOptions reads an index of options: name to type, below the field options.
func ReadOptions(t testing.TB, name string, split Split) *Options {
	t.Helper()
	var index struct{ Options map[string]string }
	Read(t, name, &index)
	return Tree(t, index.Options, split)
}

// Tree makes a tree of option names with their types.
func Tree(t testing.TB, options map[string]string, split Split) *Options {
	t.Helper()
	root := &Options{}
	for name, kind := range options {
		parts, err := split(name)
		if err != nil {
			t.Fatal(err)
		}
		node := root
		for _, p := range parts {
			if node.children == nil {
				node.children = map[string]*Options{}
			}
			if node.children[p] == nil {
				node.children[p] = &Options{}
			}
			node = node.children[p]
		}
		node.kind, node.option = kind, true
	}
	return root
}

// Has tells whether path is an option, or lies in one that takes any names.
func (o *Options) Has(path []string) bool {
	if len(path) == 0 {
		return o.option
	}
	for _, name := range []string{path[0], "<name>", "*"} {
		if next := o.children[name]; next != nil && next.Has(path[1:]) {
			return true
		}
	}
	return o.option && open(o.kind)
}

// open tells whether a type has members that are no options of their own.
func open(kind string) bool {
	for _, word := range []string{"attribute set", "JSON value", "value", "{ ... }", "{ _:", "submodule", "INI", "YAML", "TOML", "configuration", "anything", "unspecified"} {
		if strings.Contains(kind, word) {
			return true
		}
	}
	return false
}
