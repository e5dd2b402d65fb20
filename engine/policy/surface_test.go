package policy

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cuelang.org/go/cue/format"
	"github.com/open-policy-agent/opa/v1/ast"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/surface"
	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/rules"
)

const surfaceFile = "../../catalog/surface.cue"

const surfaceHead = `// The options that rules and entries may set, with what they take. go test ./engine/policy -run Surface -update adds those that
// are set and not here yet, with the types that NixOS 24.11 and the modules of the catalog have for them, and takes out those that
// nothing sets any more. A type that is here stays, so it may be made narrower by hand. What another release has otherwise is in
// surface_releases.cue.
package catalog

surface: {
`

// needed are the options of NixOS that something sets, by name as the surface has them.
type needed struct {
	index *nixos.Index
	names map[string]bool
	// strange are settings of options that NixOS does not have, with who sets them.
	strange map[string]string
}

// set notes an option that is set, with its members. words are those that a part that nobody knows may be.
func (n *needed) set(by string, path []string, value any, words map[string]bool) {
	if !n.walk(nil, path, value, words) {
		n.strange[nixos.Join(path)] = by
	}
}

// typeOf is the type of an option in NixOS. The members of a submodule that the manual does not list may be any.
func typeOf(index *nixos.Index, path []string) (string, bool) {
	kind, ok := index.Kind(path)
	if !ok {
		return "", false
	}
	t, _ := surface.FromManual(kind)
	if len(index.Below(path)) > 0 {
		return t.String(), true
	}
	return strings.ReplaceAll(t.String(), "submodule", "attrs"), true
}

// walk goes down the names of NixOS, as far as they go.
func (n *needed) walk(done, path []string, value any, words map[string]bool) bool {
	below := n.index.Below(done)
	if len(path) == 0 {
		return n.value(done, below, value, words)
	}
	part := path[0]
	found := false
	for _, name := range below {
		if name == part || part != nixos.Any && name == nixos.Any && !slices.Contains(below, part) || part == nixos.Any && words[name] {
			found = n.walk(append(slices.Clone(done), name), path[1:], value, words) || found
		}
	}
	if found && part != nixos.Any {
		return true
	}
	return n.open(done, len(path)) || found
}

// open notes an option whose value has members of any name, and all that have one of their own.
func (n *needed) open(path []string, deep int) bool {
	t, ok := typeOf(n.index, path)
	if !ok {
		return false
	}
	one, err := surface.New(map[string]string{"x": t})
	if err != nil || !one.Has(append([]string{"x"}, make([]string, deep)...)) || strings.Contains(t, "submodule") {
		return false
	}
	n.whole(path)
	return true
}

// whole notes an option and all below it.
func (n *needed) whole(path []string) {
	if _, ok := n.index.Kind(path); ok {
		n.names[nixos.Join(path)] = true
	}
	for _, name := range n.index.Below(path) {
		n.whole(append(slices.Clone(path), name))
	}
}

// value notes an option that is set as a whole, and the members that its value has.
func (n *needed) value(path, below []string, value any, words map[string]bool) bool {
	t, isOption := typeOf(n.index, path)
	if isOption {
		n.names[nixos.Join(path)] = true
		if !strings.Contains(t, "submodule") {
			for _, name := range below {
				n.whole(append(slices.Clone(path), name))
			}
			return true
		}
	}
	if len(below) == 0 {
		return isOption
	}
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			switch {
			case strings.HasPrefix(key, "_mk"):
				return n.value(path, below, inner, words)
			case strings.HasPrefix(key, "_"):
				return isOption
			}
			if !n.walk(path, []string{key}, inner, words) {
				return false
			}
		}
		return true
	case []any:
		for _, item := range v {
			if !n.walk(path, []string{nixos.Any}, item, words) {
				return false
			}
		}
		return isOption
	}
	if value != surface.Unknown {
		return isOption
	}
	found := false
	for _, name := range below {
		if name == nixos.Any || words[name] {
			found = n.walk(append(slices.Clone(path), name), nil, value, words) || found
		}
	}
	return isOption || found
}

// neededOptions are those that rules name, that entries set, and that rules set on the golden hosts.
func neededOptions(t *testing.T, c *catalog.Catalog) *needed {
	index, err := nixos.Read(builtincatalog.NixOS)
	if err != nil {
		t.Fatal(err)
	}
	n := &needed{index, map[string]bool{}, map[string]string{}}
	modules, err := Load(rules.FS, rulesRoot)
	if err != nil {
		t.Fatal(err)
	}
	parsed := parseAll(modules)
	inPackage := map[string]map[string]bool{}
	for _, p := range parsed {
		if p.err != nil {
			t.Fatal(p.err)
		}
		inPackage[p.module.Package.Path.String()] = keysIn(p.module)
	}
	for i, p := range parsed {
		words := maps.Clone(inPackage[p.module.Package.Path.String()])
		for _, imported := range p.module.Imports { // what a rule sets may be named in the library
			maps.Copy(words, inPackage[imported.Path.String()])
		}
		v := &Vetting{}
		v.names(p.module)
		for _, use := range v.Options {
			n.set(use.At, use.Path, use.Value, words)
		}
		ast.WalkTerms(p.module, func(term *ast.Term) bool {
			if path, ok := literal(term); ok && len(path) > 1 && path[0] != nixos.Any && path[1] != nixos.Any {
				if _, isOption := index.Kind(path); isOption {
					n.set(modules[i].Path, path, surface.Unknown, words)
				}
			}
			return false
		})
	}
	for _, e := range c.All() {
		for _, r := range e.Verdicts(slices.Collect(maps.Keys(c.Releases))) {
			if r.Verdict.Attr != "" {
				n.set(e.At, []string{"environment", "systemPackages"}, []any{}, nil)
			}
			for name, value := range r.Verdict.Options {
				path, err := nixos.Split(name)
				if err != nil {
					t.Fatal(err)
				}
				n.set(e.At, path, value, nil)
			}
		}
	}
	p := compiledRules(t)
	_, byRelease := reads(p.compiler.Modules)
	docs := golden(t)
	for target := range c.Targets {
		for i, release := range slices.Sorted(maps.Keys(c.Releases)) {
			its := p.With(c.Data(target, release))
			if i > 0 { // the others say what they said for the first release
				its = its.Only(byRelease)
			}
			for _, doc := range docs {
				said, err := its.Evaluate(context.Background(), doc.Tree)
				if err != nil {
					t.Fatal(err)
				}
				for _, s := range said.Settings {
					n.set("rule "+s.Rule, s.Option, s.Value, nil)
				}
			}
		}
	}
	return n
}

// keysIn are the texts of a module that can be a part of an option's name: keys of objects, and what arrays begin with.
func keysIn(m *ast.Module) map[string]bool {
	keys := map[string]bool{}
	add := func(t *ast.Term) {
		if s, ok := t.Value.(ast.String); ok {
			keys[string(s)] = true
		}
	}
	ast.WalkTerms(m, func(t *ast.Term) bool {
		switch v := t.Value.(type) {
		case ast.Object:
			v.Foreach(func(key, _ *ast.Term) { add(key) })
		case *ast.Array:
			v.Foreach(add)
		case ast.Set:
			v.Foreach(add)
		}
		return false
	})
	return keys
}

// The surface is what is set, no more and no less.
func TestSurfaceIsWhatIsSet(t *testing.T) {
	testhosts.Whole(t)
	c, err := catalog.Compile(os.DirFS("../../catalog"))
	if err != nil {
		t.Fatal(err)
	}
	n := neededOptions(t, c)
	for release := range c.Releases {
		s, err := c.SurfaceOf(release)
		if err != nil {
			t.Fatal(err)
		}
		for name := range n.strange {
			if path, err := nixos.Split(name); err == nil && s.Has(path) {
				delete(n.strange, name) // an option that is younger than the index
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(n.strange)) {
		t.Errorf("%s sets %s, which NixOS %s does not have: what is younger has to be in surface_releases.cue", n.strange[name], name, nixos.Oldest)
	}
	want := map[string]string{}
	for name := range n.names {
		path, err := nixos.Split(name)
		if err != nil {
			t.Fatal(err)
		}
		is, _ := typeOf(n.index, path)
		want[name] = cmp.Or(c.Surface[name], is)
	}
	for name, text := range c.Surface {
		path, err := nixos.Split(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := n.index.Kind(path); !ok && want[name] == "" {
			want[name] = text // what is within an open option, said by hand
		}
	}
	if *update {
		writeSurface(t, want)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if c.Surface[name] == "" {
			t.Errorf("%s is set, and not in catalog/surface.cue: run go test ./engine/policy -run Surface -update", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Surface)) {
		if want[name] == "" {
			t.Errorf("%s is in catalog/surface.cue, and nothing sets it: run go test ./engine/policy -run Surface -update", name)
		}
	}
}

func writeSurface(t *testing.T, options map[string]string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(surfaceHead)
	for _, name := range slices.Sorted(maps.Keys(options)) {
		fmt.Fprintf(&b, "\t%s: %s\n", cueText(name), cueText(options[name]))
	}
	b.WriteString("}\n")
	text, err := format.Source([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(surfaceFile, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// cueText is a text in CUE; one with quotes or backslashes is left as it reads.
func cueText(s string) string {
	if strings.ContainsAny(s, `"\`) && !strings.Contains(s, "\n") {
		return `#"` + s + `"#`
	}
	return strconv.Quote(s)
}
