package nix_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/nix"
)

func TestAttributeNamesAreQuotedWhereNixNeedsIt(t *testing.T) {
	for name, want := range map[string]string{
		"a": "a", "_a": "_a", "a-b'c9": "a-b'c9", "A_": "A_", "true": "true", "builtins": "builtins",
		"": `""`, "9a": `"9a"`, "-a": `"-a"`, "'a": `"'a"`, "a.b": `"a.b"`, "a b": `"a b"`, "ü": `"ü"`, "${a}": `"\${a}"`, "a\"": `"a\""`, "a\n": `"a\n"`,
		"if": `"if"`, "then": `"then"`, "else": `"else"`, "assert": `"assert"`, "with": `"with"`, "let": `"let"`, "in": `"in"`, "rec": `"rec"`, "inherit": `"inherit"`, "or": `"or"`,
	} {
		got := mustPrint(t, nix.AttrSet{nix.Attr{Path: []string{"x", name}, Value: ref("pkgs", name)}})
		if want := fmt.Sprintf("{\n  x.%s = pkgs.%s;\n}\n", want, want); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

func TestParenthesesAreThoseThatTheTreeNeeds(t *testing.T) {
	a, b, c := ref("a"), ref("b"), ref("c")
	op := func(o nix.Op, l, r nix.Expr) nix.Expr { return nix.BinaryOp{Op: o, Left: l, Right: r} }
	for _, k := range []struct {
		e    nix.Expr
		want string
	}{
		{op(nix.Update, a, op(nix.Update, b, c)), "a // b // c"},
		{op(nix.Update, op(nix.Update, a, b), c), "(a // b) // c"},
		{op(nix.And, op(nix.And, a, b), c), "a && b && c"},
		{op(nix.And, a, op(nix.And, b, c)), "a && (b && c)"},
		{op(nix.Or, op(nix.And, a, b), c), "a && b || c"},
		{op(nix.And, op(nix.Or, a, b), c), "(a || b) && c"},
		{op(nix.Equal, op(nix.Equal, a, b), c), "(a == b) == c"},
		{op(nix.Update, op(nix.Concat, a, b), c), "a ++ b // c"},
		{op(nix.Concat, op(nix.Update, a, b), c), "(a // b) ++ c"},
		{nix.Not{Of: nix.HasAttr{Of: a, Path: []string{"b"}}}, "!(a ? b)"},
		{nix.Not{Of: call(a, b)}, "!a b"},
		{nix.HasAttr{Of: nix.Not{Of: a}, Path: []string{"b"}}, "(!a) ? b"},
		{call(a, call(b, c), nix.Int(-1), nix.Select{Of: a, Path: []string{"x"}, Default: b}), "a (b c) (-1) (a.x or b)"},
		{call(call(a, b), c), "a b c"},
		{call(nix.Lambda{Param: "x", Body: a}, b), "(x: a) b"},
		{nix.Select{Of: call(a, b), Path: []string{"c"}}, "(a b).c"},
		{nix.Select{Of: nix.Int(1), Path: []string{"c"}, Default: call(a, b)}, "(1).c or (a b)"},
		{op(nix.Update, nix.If{Cond: a, Then: b, Else: c}, nix.With{Env: a, Body: b}), "(if a then b else c) // (with a; b)"},
		{nix.List{nix.Lambda{Formals: []string{"x"}, Body: a}}, "[ ({ x }: a) ]"},
	} {
		if got := mustPrint(t, k.e); got != k.want+"\n" {
			t.Errorf("got %swant %s", got, k.want)
		}
	}
}

func TestPrintRefusesWhatIsNotNixAndSaysWhere(t *testing.T) {
	in := func(e nix.Expr) nix.Expr { return nix.AttrSet{attr(nix.List{nix.Null{}, e}, "a", "b c")} }
	const at = `a."b c"[1]: `
	deep := nix.Expr(nix.Null{})
	for range 600 {
		deep = nix.AttrSet{attr(deep, "a")}
	}
	one := nix.Int(1)
	for _, c := range []struct {
		name string
		e    nix.Expr
		want string
	}{
		{"nothing", nil, "<root>: expression is missing"},
		{"missing item", in(nil), at + "expression is missing"},
		{"NaN", in(nix.Float(math.NaN())), at + "number NaN has no literal in Nix"},
		{"infinity", in(nix.Float(math.Inf(-1))), at + "number -Inf has no literal in Nix"},
		{"absolute path", in(nix.Path("/etc/passwd")), at + `"/etc/passwd" is no relative path of plain names`},
		{"path with a space", in(nix.Path("./a b")), at + `"./a b" is no relative path`},
		{"path with an expression", in(nix.Path("./${a}")), at + `"./${a}" is no relative path`},
		{"path that ends in a slash", in(nix.Path("./a/")), at + `"./a/" is no relative path`},
		{"path that goes up later", in(nix.Path("./a/../b")), at + `"./a/../b" is no relative path`},
		{"empty reference", in(nix.Ref{}), at + "reference is empty"},
		{"reference to no identifier", in(ref("a b")), at + `"a b" is no identifier`},
		{"reference to a keyword", in(ref("let")), at + `"let" is no identifier`},
		{"comment in an argument", in(call(ref("f"), nix.Commented{Expr: one})), `a."b c"[1].<argument 1>: a comment may stand only`},
		{"comment in a comment", in(nix.Commented{Expr: nix.Commented{Expr: one}}), at + "a comment may stand only"},
		{"function without argument", in(call(ref("f"))), at + "function has no argument"},
		{"unknown operator", in(nix.BinaryOp{Op: "; evil", Left: one, Right: one}), at + `"; evil" is no operator`},
		{"missing operand", in(nix.BinaryOp{Op: nix.And, Left: one}), `a."b c"[1].<right of &&>: expression is missing`},
		{"missing body", in(nix.Let{}), `a."b c"[1].<in>: expression is missing`},
		{"missing branch", in(nix.If{Cond: one, Then: one}), `a."b c"[1].<else>: expression is missing`},
		{"selection of nothing", in(nix.Select{Of: one}), at + "attribute path is empty"},
		{"binding without path", in(nix.AttrSet{attr(one)}), at + "attribute path is empty"},
		{"missing binding", in(nix.AttrSet{nil}), `a."b c"[1][0]: binding is missing`},
		{"inherit of nothing", in(nix.AttrSet{nix.Inherit{}}), at + "inherit names nothing"},
		{"inherit of a quoted name", in(nix.AttrSet{nix.Inherit{Names: []string{"a b"}}}), at + `inherit: "a b" is no identifier`},
		{"inherit from nothing valid", in(nix.AttrSet{nix.Inherit{From: nix.Ref{}, Names: []string{"a"}}}), `a."b c"[1].<inherit>: reference is empty`},
		{"parameter that is no identifier", in(nix.Lambda{Formals: []string{"a b"}, Body: one}), at + `parameter "a b" is no identifier`},
		{"parameter twice", in(nix.Lambda{Formals: []string{"a"}, As: "a", Body: one}), at + "parameter a is named twice"},
		{"two kinds of parameters", in(nix.Lambda{Param: "a", Ellipsis: true, Body: one}), at + `parameter "a" stands beside an attribute set`},
		{"attribute twice", in(nix.AttrSet{attr(one, "x"), attr(one, "x")}), at + "attribute x is defined twice"},
		{"attribute in a value", in(nix.AttrSet{attr(one, "x"), attr(one, "x", "y")}), at + "attribute x is defined twice"},
		{"value of a set", in(nix.AttrSet{attr(one, "x", "y"), attr(one, "x")}), at + "attribute x is defined twice"},
		{"attribute twice in two sets", in(nix.AttrSet{attr(one, "x", "y"), attr(nix.AttrSet{attr(one, "y")}, "x")}), `a."b c"[1].x: attribute y is defined twice`},
		{"attribute and inherit", in(nix.AttrSet{attr(one, "x"), nix.Inherit{Names: []string{"x"}}}), at + "attribute x is defined twice"},
		{"endless nesting", deep, "nested deeper than 500 levels"},
	} {
		out, err := nix.Print(c.e)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: printed %q, error %v, want %s", c.name, out, err, c.want)
		}
	}
}

func TestSetsThatNixMergesAreNoDuplicates(t *testing.T) {
	e := nix.AttrSet{
		attr(nix.Int(1), "x", "a"),
		attr(nix.AttrSet{attr(nix.Int(2), "b"), attr(nix.Int(3), "c", "d")}, "x"),
		attr(nix.AttrSet{attr(nix.Int(4), "e")}, "x", "c"),
	}
	got := nixInstantiate(t).eval(t, []byte(mustPrint(t, e)))
	if want := "map[x:map[a:1 b:2 c:map[d:3 e:4]]]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestCollapseJoinsSinglePaths(t *testing.T) {
	set := func(bindings ...nix.Binding) nix.AttrSet { return bindings }
	one := nix.Int(1)
	for _, c := range []struct {
		name string
		e    nix.Expr
		want string
	}{
		{"a chain", set(attr(set(attr(set(attr(one, "c", "d")), "b")), "a")), "{\n  a.b.c.d = 1;\n}"},
		{"a set of two", set(attr(set(attr(set(attr(one, "c"), attr(one, "d")), "b")), "a")), "{\n  a.b = {\n    c = 1;\n    d = 1;\n  };\n}"},
		{"an empty set", set(attr(set(attr(set(), "b")), "a")), "{\n  a.b = { };\n}"},
		{"an inherit", set(attr(set(nix.Inherit{Names: []string{"b"}}), "a")), "{\n  a = { inherit b; };\n}"},
		{"a comment", set(attr(set(attr(one, "b"), nix.Comment{Paragraphs: []string{"c"}}), "a")), "{\n  a = {\n    b = 1;\n    # c\n  };\n}"},
		{"comments of both", set(nix.Attr{Comments: []string{"outer"}, Path: []string{"a"}, Value: set(nix.Attr{Blank: true, Comments: []string{"inner"}, Path: []string{"b"}, Value: one})}), "{\n  # outer\n  # inner\n  a.b = 1;\n}"},
		{"inside other forms", nix.List{call(ref("f"), nix.Lambda{Param: "x", Body: set(attr(set(attr(one, "b")), "a"))})}, "[\n  (f (x: {\n    a.b = 1;\n  }))\n]"},
	} {
		before := mustPrint(t, c.e)
		if got := mustPrint(t, nix.Collapse(c.e)); got != c.want+"\n" {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
		if after := mustPrint(t, c.e); after != before {
			t.Errorf("%s: the tree itself changed:\n%s", c.name, after)
		}
	}
}

// Trees as deep as they may be take no more than a moment, whatever they are
// made of: no layout is tried again for each level above it.
func TestDeepTreesPrintInAMoment(t *testing.T) {
	long := text(strings.Repeat("long ", 15))
	for name, wrap := range map[string]func(nix.Expr) nix.Expr{
		"lists":        func(e nix.Expr) nix.Expr { return nix.List{e} },
		"sets":         func(e nix.Expr) nix.Expr { return nix.AttrSet{attr(e, "a b")} },
		"applications": func(e nix.Expr) nix.Expr { return call(ref("lib", "mkForce"), e) },
		"first of two": func(e nix.Expr) nix.Expr { return call(ref("f"), e, long) },
		"operations":   func(e nix.Expr) nix.Expr { return nix.BinaryOp{Op: nix.Update, Left: e, Right: long} },
		"comparisons":  func(e nix.Expr) nix.Expr { return nix.BinaryOp{Op: nix.Equal, Left: long, Right: e} },
		"conditions":   func(e nix.Expr) nix.Expr { return nix.If{Cond: e, Then: long, Else: long} },
		"functions":    func(e nix.Expr) nix.Expr { return nix.Lambda{Param: "x", Body: e} },
		"selections":   func(e nix.Expr) nix.Expr { return nix.Select{Of: long, Path: []string{"a"}, Default: e} },
		"withs":        func(e nix.Expr) nix.Expr { return nix.With{Env: e, Body: long} },
	} {
		e := nix.Expr(nix.List{long, long})
		for range 400 {
			e = wrap(e)
		}
		done := make(chan error, 1)
		go func() {
			_, err := nix.Print(nix.AttrSet{attr(e, "x")})
			done <- err
		}()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case <-time.After(20 * time.Second):
			t.Errorf("%s: 400 levels take more than 20 s", name)
		}
	}
}

// bigModule has as many options as it is asked for, of the kinds that modules
// are made of.
func bigModule(options int) nix.Expr {
	var body nix.AttrSet
	for i := range options / 4 {
		name := fmt.Sprintf("unit-%d", i)
		body = append(body,
			nix.Attr{Blank: true, Comments: []string{"/etc/systemd/system/" + name + ".service:3"}, Path: []string{"systemd", "services", name}, Value: nix.AttrSet{
				attr(text("/bin/sh -c 'exec \"$0\" ${X}'"), "serviceConfig", "ExecStart"),
				attr(nix.List{text("network.target"), text("pve-cluster.service")}, "after"),
				attr(call(ref("lib", "mkForce"), nix.Bool(true)), "enable"),
			}},
			attr(nix.IndentedString("line one\nline two ${x}\n"), "environment", "etc", name+".conf", "text"),
		)
	}
	return nix.Lambda{Formals: []string{"config", "lib", "pkgs"}, Ellipsis: true, Body: body}
}

func BenchmarkPrint2000Options(b *testing.B) {
	e := bigModule(2000)
	out, err := nix.Print(e)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(out)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := nix.Print(e); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFromJSON2000Options(b *testing.B) {
	v := map[string]any{}
	for i := range 1000 {
		v[fmt.Sprint("a", i)] = map[string]any{"enable": true, "x": []any{"text", 1.0}}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := nix.FromJSON(v); err != nil {
			b.Fatal(err)
		}
	}
}
