package policy

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func data(t testing.TB) map[string]any {
	t.Helper()
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]any{}
	for name, table := range c.Tables {
		tables[name] = map[string]any(table)
	}
	return map[string]any{"catalog": tables, "target": "proxmox", "release": "25.11"}
}

func golden(t testing.TB) []*snapshot.Document {
	t.Helper()
	files, err := filepath.Glob("../../golden/*/snapshot.json")
	if err != nil || files == nil {
		t.Fatalf("golden snapshots: %v, %d", err, len(files))
	}
	var docs []*snapshot.Document
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		doc, err := snapshot.Read(f, name)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return docs
}

// Rules asked in parts say what they say together, in the same order.
func TestPartsSayWhatTheWholeSays(t *testing.T) {
	ctx := context.Background()
	whole, err := Compile(ctx, builtin(t), Options{Data: data(t)})
	if err != nil {
		t.Fatal(err)
	}
	parts, err := Compile(ctx, builtin(t), Options{Data: data(t), Checked: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.shards) != 1 || len(parts.shards) != shardCount {
		t.Fatalf("%d and %d shards", len(whole.shards), len(parts.shards))
	}
	for _, doc := range golden(t) {
		want, err := whole.Evaluate(ctx, doc.Tree)
		if err != nil {
			t.Fatal(err)
		}
		got, err := parts.Evaluate(ctx, doc.Tree)
		if err != nil {
			t.Fatal(err)
		}
		if len(want.Findings) == 0 || len(want.Settings) == 0 {
			t.Error("nothing was said")
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
}

// The stages of OPA's compiler that are left out where time counts change
// nothing about the built-in rules: above all, bodies are written in the order
// in which they are evaluated.
func TestIdleStagesChangeNothing(t *testing.T) {
	skipped := map[ast.StageID]bool{}
	for _, id := range idle {
		skipped[id] = true
	}
	text := map[string]string{}
	changed := 0
	after := func(id ast.StageID) ast.CompilerStageDefinition {
		return ast.CompilerStageDefinition{Name: string(id), MetricName: string(id), Stage: func(c *ast.Compiler) *ast.Error {
			for path, m := range c.Modules {
				now := m.String()
				if now == text[path] {
					continue
				}
				if skipped[id] {
					t.Errorf("%s: stage %s changes it from\n%s\nto\n%s", path, id, text[path], now)
				}
				changed++
				text[path] = now
			}
			return nil
		}}
	}
	compiler := ast.NewCompiler()
	for _, id := range []ast.StageID{
		ast.StageRewriteLocalVars, ast.StageRewriteTemplateStrings, ast.StageRewritePrintCalls, ast.StageRewriteExprTerms,
		ast.StageParseMetadataBlocks, ast.StageSetAnnotationSet, ast.StageRewriteRegoMetadataCalls, ast.StageRewriteComprehensionTerms,
		ast.StageRewriteRefsInHead, ast.StageRewriteWithValues, ast.StageCheckSafetyRuleBodies, ast.StageRewriteDynamicTerms,
		ast.StageRewriteTestRulesForTracing,
	} {
		compiler = compiler.WithStageAfterID(id, after(id))
	}
	modules := map[string]*ast.Module{}
	list := builtin(t)
	for i, p := range parse(list) {
		if p.module != nil {
			modules[list[i].Path] = p.module
		}
	}
	if compiler.Compile(modules); compiler.Failed() {
		t.Fatal(compiler.Errors)
	}
	if changed < len(modules) {
		t.Errorf("only %d changes seen in %d modules", changed, len(modules))
	}
}

// A rule that looks into another area keeps all rules together.
func TestRulesThatLookIntoOtherAreasStayTogether(t *testing.T) {
	divide := func(texts ...string) [][]*ast.Module {
		var list []Module
		for i, text := range texts {
			list = append(list, Module{Path: fmt.Sprintf("%d.rego", i), Text: text})
		}
		var parsed []*ast.Module
		for _, p := range parse(list) {
			if p.err != nil {
				t.Fatal(p.err)
			}
			parsed = append(parsed, p.module)
		}
		return shards(parsed, names(list), 2)
	}
	apart := []string{
		"package rules.a.one\nx := data.lib.l.y", "package rules.a.two\nx := data.rules.a.one.x",
		"package rules.b.three\nx := data.lib.l.y", "package lib.l\ny := data.lib.m.z", "package lib.m\nz := 1",
	}
	if parts := divide(apart...); len(parts) != 2 || len(parts[0]) != 4 || len(parts[1]) != 3 {
		t.Errorf("want two areas in two parts with their libraries, got %d parts", len(parts))
	}
	if parts := divide(append(apart, "package rules.b.four\nx := data.rules.a.one.x")...); len(parts) != 1 {
		t.Errorf("got %d parts", len(parts))
	}
}

// What the text of a module is found to name is what its syntax tree names.
func TestNamesAreThoseOfTheSyntaxTree(t *testing.T) {
	list := builtin(t)
	found := names(list)
	for i, p := range parse(list) {
		if p.module == nil {
			continue
		}
		ast.WalkRefs(p.module, func(r ast.Ref) bool {
			if len(r) < 3 || !r[0].Equal(ast.DefaultRootDocument) || r.Equal(p.module.Package.Path) {
				return false
			}
			if name := r[:3].String(); strings.HasPrefix(name, "data.lib.") && !slices.Contains(found[list[i].Path], name) {
				t.Errorf("%s: %s is not found", list[i].Path, name)
			}
			return false
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	modules := builtin(b)
	for b.Loop() {
		if _, err := Compile(context.Background(), modules, Options{Data: data(b), Checked: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	p, err := Compile(context.Background(), builtin(b), Options{Data: data(b), Checked: true})
	if err != nil {
		b.Fatal(err)
	}
	for _, doc := range golden(b) {
		name := doc.Tree["host"].(map[string]any)["name"].(string)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Evaluate(context.Background(), doc.Tree); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
