package policy

import (
	"bytes"
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

var update = flag.Bool("update", false, "rewrite the lock of the rules")

const lockFile = "../../rules/rules.lock"

// The lock is exactly what the rules say.
func TestLockIsGeneratedFromTheRules(t *testing.T) {
	got, err := lockRules()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(lockFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("rules.lock is not what the rules say (nothing breaks, but eval compiles them at every start); run: go test ./engine/policy -run TestLock -update")
	}
	again, err := Lock(builtin(t), schemas.Snapshot)
	if err != nil || !bytes.Equal(got, again) {
		t.Error("the same rules gave another lock", err)
	}
}

var lockRules = sync.OnceValues(func() ([]byte, error) {
	modules, err := Load(rules.FS, rulesRoot)
	if err != nil {
		return nil, err
	}
	return Lock(modules, schemas.Snapshot)
})

// bothWays are the built-in rules compiled from their text, and read from their lock.
func bothWays(t *testing.T, data map[string]any) (text, lock *Policy) {
	t.Helper()
	modules := builtin(t)
	written, err := lockRules()
	if err != nil {
		t.Fatal(err)
	}
	text = compiledRules(t).With(data)
	if _, err := unlock(string(written), withoutTests(modules)); err != nil {
		t.Fatal(err)
	}
	if lock, err = Compile(context.Background(), modules, Options{Data: data, Lock: string(written)}); err != nil {
		t.Fatal(err)
	}
	return text, lock
}

// Rules say the same whether they are compiled or read from their lock.
func TestLockedRulesSayTheSame(t *testing.T) {
	ctx := context.Background()
	text, lock := bothWays(t, data(t))
	for _, doc := range golden(t) {
		want, err := text.Evaluate(ctx, doc.Tree)
		if err != nil {
			t.Fatal(err)
		}
		got, err := lock.Evaluate(ctx, doc.Tree)
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
	want, got := rulesOf(t, text), rulesOf(t, lock)
	for i := range want {
		want[i].Metadata = nil
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if text.Digest() != lock.Digest() {
		t.Error("digests differ")
	}
}

// Whatever an error may point to lies where it lies in the text.
func TestLockedRulesKeepTheirPositions(t *testing.T) {
	text, lock := bothWays(t, nil)
	positions := func(m *ast.Module) []string {
		var out []string
		add := func(what string, l *ast.Location) { out = append(out, what+" "+place(l)) }
		add("package", m.Package.Location)
		ast.WalkNodes(m, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Rule:
				add("rule", n.Location)
			case *ast.Head:
				add("head", n.Location)
			case *ast.Expr:
				add("expression", n.Location)
				if every, ok := n.Terms.(*ast.Every); ok {
					add("domain", every.Domain.Location)
				}
			case *ast.Term:
				if c, ok := n.Value.(*ast.ObjectComprehension); ok {
					add("key", c.Key.Location)
				}
			}
			return false
		})
		return out
	}
	for path, m := range text.compiler.Modules {
		locked := lock.compiler.Modules[path]
		if locked == nil {
			t.Errorf("%s is not in the lock", path)
			continue
		}
		want := positions(m)
		if len(want) < 2 {
			t.Errorf("%s: no positions", path)
		}
		if d := cmp.Diff(want, positions(locked)); d != "" {
			t.Errorf("%s: %s", path, d)
		}
	}
}

// A lock of other rules is not used: they are compiled.
func TestStaleLockIsNotUsed(t *testing.T) {
	modules := builtin(t)
	edited := append(withoutTests(modules)[:0:0], withoutTests(modules)...)
	edited[len(edited)-1].Text += "\n"
	if _, err := unlock(rules.Lock, edited); err != errStale {
		t.Errorf("got %v", err)
	}
	own := Module{"area/own/own.rego", "# METADATA\n# scope: package\n# title: x\npackage rules.area.own\n\nsettings contains {\"at\": [], \"option\": [\"a\"], \"value\": 1}\n"}
	p, err := Compile(context.Background(), append(modules, own), Options{Lock: rules.Lock})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := p.Rule("area/own"); !ok {
		t.Error("the rule that is not in the lock is not there")
	}
}

// Every term and statement that rules may be written with survives; what a lock
// cannot hold is refused when it is written, with its position.
func TestLockHoldsTheLanguage(t *testing.T) {
	rule := func(body string) []Module {
		return []Module{{"rules/area/own/own.rego", "# METADATA\n# scope: package\n# title: x\npackage rules.area.own\n\n" + body}}
	}
	for _, body := range []string{
		`settings contains {"at": [], "option": ["a"], "value": [null, true, false, 1, -2.5, "text", {"k": {1, 2}}, set()]}`,
		`settings contains {"at": [], "option": ["a"], "value": v} if { v := [x | some x in input.list; x > 1; not x == 3] }`,
		`settings contains {"at": [], "option": ["a"], "value": v} if { v := {x: y | some x, y in input.list} }`,
		`settings contains {"at": [], "option": ["a"], "value": count(v)} if { v := {x | some x in input.list} }`,
		`settings contains {"at": [], "option": ["a"], "value": 1} if { every i, x in input.list { x > i } }`,
		"settings contains {\"at\": [], \"option\": [\"a\"], \"value\": _f(2)}\n\n_f(x) := \"one\" if x == 1\n\nelse := \"two\" if x == 2\n\nelse := \"many\"",
		"settings contains {\"at\": [], \"option\": [\"a\"], \"value\": _p[\"2\"]}\n\n_p[key] := x if {\n\tsome x in input.list\n\tkey := sprintf(\"%d\", [x])\n}",
		"settings contains {\"at\": [], \"option\": [\"a\"], \"value\": _d}\n\ndefault _d := 7\n\n_d := 8 if input.missing",
		"settings := [{\"at\": [], \"option\": [\"a\"], \"value\": 1}]",
		`settings contains {"at": [], "option": ["a"], "value": object.get(input, ["list", 0], 0)}`,
	} {
		modules := rule(body + "\n")
		written, err := Lock(modules, nil)
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		text, err := Compile(context.Background(), modules, Options{})
		if err != nil {
			t.Fatal(err)
		}
		lock, err := unlock(string(written), modules)
		if err != nil {
			t.Fatal(body, err)
		}
		lock.store, lock.questions = text.store, questions(lock.compiler.RuleTree)
		facts := map[string]any{"list": []any{1, 2, 3, 4}}
		want, err := text.Evaluate(context.Background(), facts)
		if err != nil {
			t.Fatal(body, err)
		}
		got, err := lock.Evaluate(context.Background(), facts)
		if err != nil {
			t.Fatal(body, err)
		}
		if d := cmp.Diff(want, got); d != "" || len(want.Settings) != 1 {
			t.Errorf("%s: %d settings, %s", body, len(want.Settings), d)
		}
	}
	_, err := Lock(rule("settings contains {\"at\": [], \"option\": [\"a\"], \"value\": x} if x := input.y with input as {\"y\": 1}\n"), nil)
	if err == nil || !strings.Contains(err.Error(), "rules/area/own/own.rego:6:") {
		t.Errorf("got %v, want the position of what a lock cannot hold", err)
	}
}

// A damaged lock is refused, wherever the damage is.
func TestDamagedLockIsRefused(t *testing.T) {
	modules := []Module{{"rules/area/own/own.rego", "# METADATA\n# scope: package\n# title: x\npackage rules.area.own\n\n" +
		"settings contains {\"at\": [], \"option\": [\"a\"], \"value\": {\"k\": [x | some x in input.list; not x == 3]}}\n"}}
	lock, err := Lock(modules, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := unlock(string(lock), modules); err != nil {
		t.Fatal(err)
	}
	for i := range lock {
		damaged := bytes.Clone(lock)
		damaged[i] ^= 0x40
		if _, err := unlock(string(damaged), modules); err == nil {
			t.Errorf("byte %d is changed and nobody saw it", i)
		}
	}
	for _, n := range []int{0, 1, len(lockMagic), len(lockMagic) + 64, len(lockMagic) + 67, len(lock) / 2, len(lock) - 1} {
		if _, err := unlock(string(lock[:n]), modules); err == nil {
			t.Errorf("a lock of %d bytes is taken", n)
		}
	}
}

// Whatever the bytes are, behind a checksum that fits: a policy or an error, never a panic.
func FuzzReadLock(f *testing.F) {
	for i, body := range []string{
		`settings contains {"at": [], "option": ["a"], "value": {"k": [x | some x in input.list; not x == 3]}}`,
		"settings contains {\"at\": [], \"option\": [\"a\"], \"value\": _f(2)} if { every i, x in input.list { x > i } }\n\n_f(x) := \"one\" if x == 1\n\nelse := \"two\"",
	} {
		lock, err := Lock([]Module{{fmt.Sprintf("rules/area/r%d/r%d.rego", i, i), fmt.Sprintf("# METADATA\n# scope: package\n# title: x\npackage rules.area.r%d\n\n%s\n", i, body)}}, nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(lock[len(lockMagic)+64+4:])
	}
	f.Add(binary.AppendUvarint(nil, 1<<27))
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := readLock(string(b))
		if (p == nil) == (err == nil) {
			t.Errorf("got %v and %v", p, err)
		}
	})
}

func BenchmarkUnlock(b *testing.B) {
	modules := withoutTests(builtin(b))
	lock, err := Lock(modules, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := unlock(string(lock), modules); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	modules := builtin(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile(context.Background(), modules, Options{Data: data(b), Schema: schemas.Snapshot}); err != nil {
			b.Fatal(err)
		}
	}
}
