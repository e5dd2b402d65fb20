package catalog

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/schemas"
)

// schemaNode is the part of a JSON schema that says where facts are.
type schemaNode struct {
	Ref        string                 `json:"$ref"`
	Account    bool                   `json:"x-account"`
	Properties map[string]*schemaNode `json:"properties"`
	Items      *schemaNode            `json:"items"`
	Type       string                 `json:"type"`
	Enum       []string               `json:"enum"`
	Defs       map[string]*schemaNode `json:"$defs"`
}

func snapshotSchema(t *testing.T) *schemaNode {
	t.Helper()
	var root schemaNode
	if err := json.Unmarshal(schemas.Snapshot, &root); err != nil {
		t.Fatal(err)
	}
	return &root
}

func (root *schemaNode) resolve(n *schemaNode) *schemaNode {
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		return root.Defs[name]
	}
	return n
}

// accountable lists the pointers of all accountable nodes, * for list indexes.
func (root *schemaNode) accountable() []string {
	var out []string
	var walk func(n *schemaNode, at string)
	walk = func(n *schemaNode, at string) {
		n = root.resolve(n)
		if n.Account {
			out = append(out, at)
		}
		for name, sub := range n.Properties {
			walk(sub, at+"/"+name)
		}
		if n.Items != nil {
			walk(n.Items, at+"/*")
		}
	}
	walk(root, "")
	slices.Sort(out)
	return out
}

// field finds the schema of a field by the path that subjects use, nil if there is none.
func (root *schemaNode) field(pointer, path string) *schemaNode {
	for strings.HasPrefix(path, "../") {
		path = path[len("../"):]
		i := strings.LastIndexByte(pointer, '/')
		if i < 0 {
			return nil
		}
		pointer = pointer[:i]
	}
	n := root
	for _, step := range append(strings.Split(pointer, "/")[1:], path) {
		n = root.resolve(n)
		if step == "*" {
			n = n.Items
		} else {
			n = n.Properties[step]
		}
		if n == nil {
			return nil
		}
	}
	return root.resolve(n)
}

// builtinCatalog is the catalog of the lock, which another test holds against the files.
func builtinCatalog(t *testing.T) *Catalog {
	t.Helper()
	lock, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Decode(lock)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A fact that no table is about could never be accounted for by the catalog.
func TestSubjectsCoverEveryAccountableFact(t *testing.T) {
	root, c := snapshotSchema(t), builtinCatalog(t)
	about := map[string][]Subject{}
	for _, s := range c.Subjects {
		about[s.Nodes] = append(about[s.Nodes], s)
	}
	facts := root.accountable()
	for _, pointer := range facts {
		if len(about[pointer]) == 0 {
			t.Errorf("%s: no subject", pointer)
		}
	}
	for pointer, subjects := range about {
		for _, s := range subjects {
			if s.InLedger() != slices.Contains(facts, pointer) {
				t.Errorf("%s: subject %s in the ledger is %v, a fact of the schema %v", pointer, s.Name, s.InLedger(), !s.InLedger())
			}
		}
	}
}

// Two tables about one kind of node must exclude each other, or which one
// answers would hang on their names.
func TestSubjectsOfOneFactExcludeEachOther(t *testing.T) {
	c := builtinCatalog(t)
	byNode := map[string][]Subject{}
	for _, s := range c.Subjects {
		byNode[s.Nodes] = append(byNode[s.Nodes], s)
	}
	for pointer, list := range byNode {
		for i, a := range list {
			for _, b := range list[i+1:] {
				exclusive := false
				for field, want := range a.Where {
					other, ok := b.Where[field]
					exclusive = exclusive || ok && other != want
				}
				if !exclusive {
					t.Errorf("%s: %s and %s can both apply", pointer, a.Name, b.Name)
				}
			}
		}
	}
}

func TestKeysAndConditionsOfSubjectsAreFieldsOfTheSchema(t *testing.T) {
	root, c := snapshotSchema(t), builtinCatalog(t)
	for _, s := range c.Subjects {
		paths := slices.Clone(s.Key)
		for path := range s.Where {
			paths = append(paths, path)
		}
		for _, path := range paths {
			if root.field(s.Nodes, path) == nil {
				t.Errorf("%s: %s has no field %s", s.Name, s.Nodes, path)
			}
		}
	}
	for _, e := range c.All() {
		s := c.Subjects[e.Subject]
		paths := []string{}
		for path := range e.Where {
			paths = append(paths, path)
		}
		for _, w := range e.When {
			for path := range w.Where {
				paths = append(paths, path)
			}
		}
		for _, path := range paths {
			if root.field(s.Nodes, path) == nil {
				t.Errorf("%s: condition on %s, which %s has not", e.At, path, s.Nodes)
			}
		}
	}
}

// Whatever a host has, some entry speaks of it. Packages and units are left
// out: one that the catalog has never heard of is a finding of the ledger.
func TestEveryTableAnswersKeysItHasNeverSeen(t *testing.T) {
	root, c := snapshotSchema(t), builtinCatalog(t)
	for name, s := range c.Subjects {
		if name == "packages" || name == "units" || !s.InLedger() {
			continue
		}
		for _, key := range unseenKeys(root, s) {
			if _, ok := c.Find(name, key, func(string) (any, bool) { return nil, false }); !ok {
				t.Errorf("%s: nothing for %q", name, key)
			}
		}
	}
}

// unseenKeys are keys of a subject that no entry names: all combinations of
// enumerated fields, the other fields made up.
func unseenKeys(root *schemaNode, s Subject) []string {
	keys := []string{""}
	for i, path := range s.Key {
		values := []string{"never-seen-" + strconv.Itoa(i)}
		if n := root.field(s.Nodes, path); n != nil && n.Enum != nil {
			values = n.Enum
		}
		var next []string
		for _, key := range keys {
			for _, v := range values {
				next = append(next, strings.TrimPrefix(key+"/"+v, "/"))
			}
		}
		keys = next
	}
	return keys
}

// A rule looks a table up by key; a release that a table forgets would be undefined there.
func TestTablesByReleaseNameEveryRelease(t *testing.T) {
	c := builtinCatalog(t)
	for release := range c.Releases {
		if _, ok := c.Tables["releases"][release]; !ok {
			t.Errorf("tables.releases: no %s", release)
		}
		for series, row := range c.Tables["pve_kernels"] {
			if _, ok := row.(map[string]any)[release]; !ok {
				t.Errorf("tables.pve_kernels: %s has no attribute for %s", series, release)
			}
		}
	}
	for option, r := range c.Renames {
		if _, ok := c.Releases[r.Since]; !ok {
			t.Errorf("renames: %s: unknown release %s", option, r.Since)
		}
		for _, name := range []string{option, r.To} {
			if _, err := nixos.Split(name); err != nil {
				t.Errorf("renames: %v", err)
			}
		}
	}
}
