package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"sync"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

func rulesOf(t *testing.T, p *Policy) []Rule {
	t.Helper()
	list, err := p.Rules()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// builtin are the built-in rules with their tests.
func builtin(t testing.TB) []Module {
	t.Helper()
	modules, err := load(rules.FS, rulesRoot, func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return modules
}

// The rules compile strictly, and every reference to a fact exists in the schema of the snapshot.
func TestRulesCompileAgainstTheSnapshotSchema(t *testing.T) {
	if len(rulesOf(t, compiledRules(t))) == 0 {
		t.Error("no rules")
	}
}

var compileRules = sync.OnceValues(func() (*Policy, error) {
	modules, err := Load(rules.FS, rulesRoot)
	if err != nil {
		return nil, err
	}
	return Compile(context.Background(), modules, Options{Schema: schemas.Snapshot})
})

// compiledRules are the built-in rules, compiled from their text against the schema of the snapshot, once for all tests.
func compiledRules(t testing.TB) *Policy {
	t.Helper()
	p, err := compileRules()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A reference to a fact that no snapshot has is refused with its position.
func TestCompileRefusesUnknownFacts(t *testing.T) {
	text := "# METADATA\n# scope: package\n# title: x\npackage rules.area.typo\n\nfindings contains {\"at\": [], \"vars\": {}} if input.host.nmae == \"x\"\n"
	_, err := Compile(context.Background(), []Module{{"area/typo/typo.rego", text}}, Options{Schema: schemas.Snapshot})
	if err == nil || !strings.Contains(err.Error(), "area/typo/typo.rego:6:") {
		t.Errorf("got %v, want an error in line 6", err)
	}
}

// Rules are pure: what depends on the network, the clock, the environment or on chance is refused.
func TestCompileRefusesImpureFunctions(t *testing.T) {
	for _, call := range []string{
		`http.send({"method": "get", "url": "http://localhost"})`, `time.now_ns()`, `opa.runtime()`, `rand.intn("x", 5)`, `uuid.rfc4122("x")`, `net.lookup_ip_addr("localhost")`,
	} {
		text := "# METADATA\n# scope: package\n# title: x\npackage rules.area.impure\n\nfindings contains {\"at\": [], \"vars\": {\"x\": x}} if x := " + call + "\n"
		_, err := Compile(context.Background(), []Module{{"area/impure/impure.rego", text}}, Options{})
		if err == nil || !strings.Contains(err.Error(), "area/impure/impure.rego:6:") {
			t.Errorf("%s: got %v, want an error in line 6", call, err)
		}
	}
}

func TestRulesAreFormatted(t *testing.T) {
	for _, m := range builtin(t) {
		want, err := format.SourceWithOpts(m.Path, []byte(m.Text), format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Errorf("%s: %v", m.Path, err)
		} else if !bytes.Equal(want, []byte(m.Text)) {
			t.Errorf("%s: not formatted as opa fmt would", m.Path)
		}
	}
}

// The Rego tests beside the rules pass.
func TestRegoTests(t *testing.T) {
	testhosts.Whole(t)
	modules := map[string]*ast.Module{}
	for _, m := range builtin(t) {
		mod, err := ast.ParseModuleWithOpts(m.Path, m.Text, ast.ParserOptions{ProcessAnnotation: true, RegoVersion: ast.RegoV1})
		if err != nil {
			t.Fatal(err)
		}
		modules[m.Path] = mod
	}
	results, err := tester.NewRunner().SetModules(modules).RunTests(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for r := range results {
		ran++
		if !r.Pass() {
			t.Errorf("%s:%d: %s failed %v", r.Location.File, r.Location.Row, r.Name, r.Error)
		}
	}
	if ran == 0 {
		t.Error("no Rego test ran")
	}
}

// Each rule folder holds the rule and its test, and the test shows a host where
// a finding fires and one where it does not.
func TestEveryRuleHasATest(t *testing.T) {
	text := map[string]string{}
	for _, m := range builtin(t) {
		text[m.Path] = m.Text
	}
	for _, r := range rulesOf(t, compiledRules(t)) {
		test := strings.TrimSuffix(r.Path, ".rego") + "_test.rego"
		if strings.Contains(text[r.Path], "findings :=") {
			continue // the engine gives its findings: ledger/unaccounted
		}
		if n := strings.Count(text[test], "\ntest_"); n < 2 {
			t.Errorf("%s: %d tests, want one where it fires and one where it does not", test, n)
		}
	}
}

func TestMetadataIsComplete(t *testing.T) {
	c := jsonschema.NewCompiler()
	if err := c.AddResource("m.json", bytes.NewReader(schemas.RuleMetadata)); err != nil {
		t.Fatal(err)
	}
	schema := c.MustCompile("m.json")
	for _, r := range rulesOf(t, compiledRules(t)) {
		b, err := json.Marshal(r.Metadata)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: METADATA: %v", r.Path, err)
		}
	}
}

// Folder, package and file are one name; nothing lies about that is not a rule, its test or the library.
func TestRuleFoldersAreNamedAfterTheirRule(t *testing.T) {
	err := fs.WalkDir(rules.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		dir := path.Base(path.Dir(p))
		if base := strings.TrimSuffix(strings.TrimSuffix(path.Base(p), ".rego"), "_test"); base != dir {
			t.Errorf("%s: want the name of its folder, %s", p, dir)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
