package nix_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nix"
)

// naive writes a tree on one line with every expression in parentheses and
// every attribute name in quotes. It shares nothing with the printer, and has
// no layout to get wrong.
func naive(e nix.Expr) string {
	all := func(list []nix.Expr) string {
		var b strings.Builder
		for _, e := range list {
			b.WriteString(" " + naive(e))
		}
		return b.String()
	}
	var s string
	switch e := e.(type) {
	case nix.String:
		return naiveText(string(e))
	case nix.IndentedString:
		return naiveText(string(e))
	case nix.Int:
		s = strconv.FormatInt(int64(e), 10)
	case nix.Path:
		s = string(e)
	case nix.Ref:
		s = e[0]
		if len(e) > 1 {
			s += "." + naivePath(e[1:])
		}
	case nix.List:
		s = "[" + all(e) + " ]"
	case nix.AttrSet:
		s = "{ " + naiveBindings(e) + " }"
	case nix.Apply:
		s = naive(e.Func) + all(e.Args)
	case nix.Lambda:
		formals := e.Formals
		if e.Ellipsis {
			formals = append(append([]string{}, formals...), "...")
		}
		s = e.Param + ": " + naive(e.Body)
		if e.Param == "" {
			s = "{ " + strings.Join(formals, ", ") + " }" + s
		}
	case nix.Let:
		s = "let " + naiveBindings(e.Bindings) + " in " + naive(e.Body)
	case nix.With:
		s = "with " + naive(e.Env) + "; " + naive(e.Body)
	case nix.Select:
		s = naive(e.Of) + "." + naivePath(e.Path)
		if ref, ok := e.Of.(nix.Ref); ok {
			// One selection: with a default, any part of it may be missing.
			s = ref[0] + "." + naivePath(append(append([]string{}, ref[1:]...), e.Path...))
		}
		if e.Default != nil {
			s += " or " + naive(e.Default)
		}
	case nix.HasAttr:
		s = naive(e.Of) + " ? " + naivePath(e.Path)
	case nix.Not:
		s = "!" + naive(e.Of)
	case nix.BinaryOp:
		s = naive(e.Left) + " " + string(e.Op) + " " + naive(e.Right)
	case nix.If:
		s = "if " + naive(e.Cond) + " then " + naive(e.Then) + " else " + naive(e.Else)
	default:
		panic(fmt.Sprintf("the generator makes no %T", e))
	}
	return "(" + s + ")"
}

func naiveText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "\r", `\r`).Replace(s) + `"`
}

func naivePath(path []string) string {
	quoted := make([]string, len(path))
	for i, part := range path {
		quoted[i] = naiveText(part)
	}
	return strings.Join(quoted, ".")
}

func naiveBindings(bindings []nix.Binding) string {
	var b strings.Builder
	for _, binding := range bindings {
		switch binding := binding.(type) {
		case nix.Attr:
			b.WriteString(naivePath(binding.Path) + " = " + naive(binding.Value) + "; ")
		case nix.Inherit:
			b.WriteString("inherit ")
			if binding.From != nil {
				b.WriteString("(" + naive(binding.From) + ") ")
			}
			b.WriteString(strings.Join(binding.Names, " ") + "; ")
		}
	}
	return b.String()
}

// What Nix's parser makes of the laid out text is what it makes of the naive
// one: no line break, and no missing pair of parentheses, changes the tree.
func TestLayoutKeepsTheTree(t *testing.T) {
	c := nixInstantiate(t)
	for seed := range uint64(60) {
		g := newGenerator(seed)
		var list nix.List
		for range 25 {
			list = append(list, g.layout(4))
		}
		// Both in one file, so that Nix puts their attributes in the same order,
		// and under a with, where it accepts variables that nobody defines.
		text := mustPrint(t, list)
		file := "with { }; [ (" + text + ") (" + naive(list) + ") ]"
		out, err := c.run("--parse", c.write(t, "both.nix", []byte(file)))
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		both := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(out)), "(with { }; [ "), " ])")
		got, want := both[:len(both)/2], both[len(both)/2+1:]
		if got != want {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			t.Errorf("seed %d: after …%s Nix reads %.80s, not %.80s", seed, got[max(0, at-80):at], got[at:], want[at:])
		}
	}
}
