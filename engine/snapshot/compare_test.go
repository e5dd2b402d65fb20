package snapshot

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"
)

// goldenDocuments are the snapshots of the golden hosts by name.
func goldenDocuments(t testing.TB) map[string]*Document {
	t.Helper()
	files, err := filepath.Glob("../../golden/*/snapshot.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	out := map[string]*Document{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Read(bytes.NewReader(data), file)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(filepath.Dir(file))] = doc
	}
	return out
}

// copyOf is a deep copy that a test may change.
func copyOf(t testing.TB, doc *Document) *Document {
	t.Helper()
	data, err := json.Marshal(doc.Tree)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return &Document{Tree: tree.(map[string]any), Digest: doc.Digest}
}

// replaced is a tree with another value at a path, which shares everything else with the first.
func replaced(tree any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	switch node := tree.(type) {
	case map[string]any:
		out := maps.Clone(node)
		out[path[0]] = replaced(node[path[0]], path[1:], value)
		return out
	case []any:
		out := slices.Clone(node)
		i, _ := strconv.Atoi(path[0])
		out[i] = replaced(node[i], path[1:], value)
		return out
	}
	return tree
}

// edit changes the value at a pointer, or removes it when value is nil.
func edit(t testing.TB, doc *Document, pointer string, value any) {
	t.Helper()
	at := strings.LastIndexByte(pointer, '/')
	parent, found := Lookup(doc.Tree, pointer[:at])
	if !found {
		t.Fatalf("no %s", pointer)
	}
	object, ok := parent.(map[string]any)
	if !ok {
		t.Fatalf("%s is no object", pointer[:at])
	}
	if value == nil {
		delete(object, pointer[at+1:])
		return
	}
	object[pointer[at+1:]] = value
}

func TestNothingChangesFromASnapshotToItself(t *testing.T) {
	for name, doc := range goldenDocuments(t) {
		if d := Compare(doc, doc, "a", "b"); len(d.Changes) != 0 {
			t.Errorf("%s: %d changes, the first %+v", name, len(d.Changes), d.Changes[0])
		}
	}
}

// Where a fact stands in a list or in its file is no fact, unless the order of the list has a meaning.
func TestPlacesAreNoChange(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	var shuffle func(s *shape, node map[string]any)
	shuffle = func(s *shape, node map[string]any) {
		for _, f := range s.fields {
			if f.object == nil {
				continue
			}
			list, isList := node[f.name].([]any)
			if !isList {
				if object, ok := node[f.name].(map[string]any); ok {
					shuffle(f.object, object)
				}
				continue
			}
			if !f.ordered {
				random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			}
			for _, item := range list {
				object := item.(map[string]any)
				if source, ok := object["source"].(string); ok && sourceLine.MatchString(source) {
					object["source"] = source + "7"
				}
				if len(f.object.key) > 0 { // others are known by all of their content
					shuffle(f.object, object)
				}
			}
		}
	}
	for name, doc := range goldenDocuments(t) {
		other := copyOf(t, doc)
		shuffle(rootShape(), other.Tree)
		edit(t, other, "/capture/time", "2031-01-01T00:00:00Z")
		edit(t, other, "/capture/tool", "another")
		if d := Compare(doc, other, "a", "b"); len(d.Changes) != 0 {
			t.Errorf("%s: %d changes, the first %+v", name, len(d.Changes), d.Changes[0])
		}
	}
}

// Whatever accountable fact goes, the comparison says so, in both directions.
func TestEveryFactThatGoesIsNamed(t *testing.T) {
	const name = "homelab" // the host with the most kinds of facts
	doc := goldenDocuments(t)[name]
	areas := areasOf(doc.Tree)
	tried := map[string]bool{}
	Walk(doc.Tree, func(n Node) {
		if tried[n.Pattern] || status(areas, n.Pattern) == "unknown" {
			return
		}
		tried[n.Pattern] = true
		parent := n.Pointer[:strings.LastIndexByte(n.Pointer, '/')]
		list, _ := Lookup(doc.Tree, parent)
		other := &Document{Tree: replaced(doc.Tree, strings.Split(parent[1:], "/"), list.([]any)[1:]).(map[string]any)}
		for kind, d := range map[string]*Diff{"removed": Compare(doc, other, "a", "b"), "added": Compare(other, doc, "a", "b")} {
			if !slices.ContainsFunc(d.Changes, func(c Change) bool { return c.Kind == kind || c.Kind == "changed" }) {
				t.Errorf("%s: the first of %s is not %s: %+v", name, parent, kind, d.Changes)
			}
		}
	})
	if len(tried) < 20 {
		t.Errorf("%s: only %d kinds of facts", name, len(tried))
	}
}

func TestChanges(t *testing.T) {
	base := goldenDocuments(t)["clustered"]
	firewall := func(doc *Document) []any {
		files, _ := Lookup(doc.Tree, "/network/firewall")
		for _, f := range files.([]any) {
			if rules := f.(map[string]any)["rules"].([]any); len(rules) > 2 {
				return rules
			}
		}
		t.Fatal("no firewall with rules")
		return nil
	}
	for _, c := range []struct {
		name   string
		change func(doc *Document)
		want   []Change
	}{
		{"a version", func(d *Document) { edit(t, d, "/packages/3/version", "9.9") }, []Change{{
			Kind: "changed", Path: []string{"packages", "apt-listchanges all"}, Field: "version", PointerBefore: "/packages/3", PointerAfter: "/packages/3", Before: "3.24", After: "9.9"}}},
		{"an area that became unknown takes its facts along", func(d *Document) {
			areas, _ := Lookup(d.Tree, "/capture/areas")
			for _, a := range areas.([]any) {
				if a := a.(map[string]any); a["name"] == "access" {
					a["status"] = "unknown"
				}
			}
			edit(t, d, "/access/users", []any{})
		}, []Change{{Kind: "changed", Path: []string{"capture", "areas", "access"}, Field: "status", PointerBefore: "/capture/areas/0", PointerAfter: "/capture/areas/0", Before: "known", After: "unknown"}}},
		{"rules that change places", func(d *Document) { r := firewall(d); r[0], r[1] = r[1], r[0] }, []Change{{
			Kind: "moved", Path: []string{"network", "firewall", "guest 101", "rules", "IN ACCEPT"}, PointerBefore: "/network/firewall/0/rules/1", PointerAfter: "/network/firewall/0/rules/0", Before: 1, After: 0,
			Source: "/etc/pve/firewall/101.fw:21"}}},
	} {
		other := copyOf(t, base)
		c.change(other)
		if d := cmp.Diff(c.want, Compare(base, other, "a", "b").Changes); d != "" {
			t.Errorf("%s:\n%s", c.name, d)
		}
	}
}

func TestComparisonIsOfItsSchema(t *testing.T) {
	schema, err := jsonschema.CompileString("diff.schema.json", string(generatedSchema(t, schemaFiles[1].schema)))
	if err != nil {
		t.Fatal(err)
	}
	golden := goldenDocuments(t)
	data, err := json.Marshal(Compare(golden["clustered"], golden["with-ceph"], "a", "b"))
	if err != nil {
		t.Fatal(err)
	}
	tree, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(tree); err != nil {
		t.Error(err)
	}
}

// An area has the name of its facts, or the table says which facts are its own; else what is unknown would look removed.
func TestAreasNameFactsOfTheSchema(t *testing.T) {
	patterns := map[string]bool{}
	var descend func(s *shape, pattern string, depth int)
	descend = func(s *shape, pattern string, depth int) {
		for _, f := range s.fields {
			below := pattern + "/" + f.name
			patterns[below] = true
			if f.list {
				below += "/*"
			}
			if f.object != nil && depth > 0 {
				descend(f.object, below, depth-1)
			}
		}
	}
	descend(rootShape(), "", 3)
	for name, doc := range goldenDocuments(t) {
		for area := range areasOf(doc.Tree) {
			for _, facts := range factsOf(area) {
				if !patterns[facts] {
					t.Errorf("%s: area %s: the schema has no %s; name its facts in areaFacts", name, area, facts)
				}
			}
		}
	}
}

func BenchmarkCompare(b *testing.B) {
	golden := goldenDocuments(b)
	for b.Loop() {
		Compare(golden["clustered"], golden["with-ceph"], "a", "b")
	}
}
