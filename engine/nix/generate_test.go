package nix_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/nix"
)

// generator makes values and trees; the same seed makes the same ones.
type generator struct {
	*rand.Rand
	names *int
}

func newGenerator(seed uint64) generator {
	return generator{rand.New(rand.NewPCG(seed, 0)), new(int)}
}

func pick[T any](g generator, from []T) T { return from[g.IntN(len(from))] }

// fragments are joined to texts: what has a meaning in some string of Nix, and
// what stands beside it.
var fragments = []string{
	"$", "{", "}", "'", "''", `"`, `\`, "\n", "\r", "\t", " ", "  ", "a", "n", "r", "t", "0", "#", ";", "${", "x.y", "ü", "𝄞", "\x01", "\x1b", "\u2028", "\u202e", "/*", "=",
}

func (g generator) text() string {
	if g.IntN(3) == 0 {
		return pick(g, trickyTexts)
	}
	var b strings.Builder
	for range g.IntN(12) {
		b.WriteString(pick(g, fragments))
	}
	return b.String()
}

var oddNames = []string{
	"", " ", "a", "b", "c-d", "e'f", "g_h", "9a", "-a", "'a", "a.b", "a b", "${x}", "if", "then", "else", "assert", "with", "let", "in", "rec",
	"inherit", "or", "true", "null", "builtins", "ü", "a\nb", `a"b`, `a\b`, "$", "a\r", "A", "outPath2", "a/b", "10.0.0.1/24", "a:b@c",
}

func (g generator) name() string {
	if g.IntN(4) == 0 {
		// An underscore in front is FromJSON's, and these two are Nix's own.
		if s := strings.TrimLeft(g.text(), "_"); s != "outPath" && s != "__toString" {
			return s
		}
	}
	return pick(g, oddNames)
}

var (
	oddInts   = []string{"0", "-1", "1", "-5", "42", "4294967296", "-2147483649", "9007199254740993", "9223372036854775807", "-9223372036854775807", "-9223372036854775808"}
	oddFloats = []string{"0.5", "-0.5", "1.0", "0.0", "-0.0", "1e5", "1e21", "-1.5e300", "2.2250738585072014e-308", "1.7976931348623157e308", "0.1", "123456789.125", "1E-7", "100000000000000000000.0"}
)

// value is a JSON value of at most the depth.
func (g generator) value(depth int) any {
	n := 9
	if depth <= 0 {
		n = 7
	}
	switch g.IntN(n) {
	case 0:
		return nil
	case 1:
		return g.IntN(2) == 0
	case 2:
		if g.IntN(2) == 0 {
			return json.Number(strconv.FormatInt(int64(g.Uint64()), 10))
		}
		return json.Number(pick(g, oddInts))
	case 3:
		if g.IntN(2) == 0 {
			f := math.Float64frombits(g.Uint64())
			if size := math.Abs(f); size >= 0x1p-1022 && size <= math.MaxFloat64 {
				return json.Number(strconv.FormatFloat(f, 'e', -1, 64))
			}
		}
		return json.Number(pick(g, oddFloats))
	case 4, 5, 6:
		return g.text()
	case 7:
		list := make([]any, g.IntN(4))
		for i := range list {
			list[i] = g.value(depth - 1)
		}
		return list
	}
	set := map[string]any{}
	for range g.IntN(4) {
		set[g.name()] = g.value(depth - 1)
	}
	return set
}

// known pairs an expression with its value, which is made of bool, int64,
// string, []any and map[string]any.
type known struct {
	expr  nix.Expr
	value any
}

// boolean is an expression that is true or false, built from all operators and
// forms that there are.
func (g generator) boolean(depth int) known {
	if depth <= 0 {
		v := g.IntN(2) == 0
		return known{nix.Bool(v), v}
	}
	switch g.IntN(9) {
	case 0:
		x := g.boolean(depth - 1)
		return known{nix.Not{Of: x.expr}, !x.value.(bool)}
	case 1:
		a, b := g.boolean(depth-1), g.boolean(depth-1)
		return known{nix.BinaryOp{Op: nix.And, Left: a.expr, Right: b.expr}, a.value.(bool) && b.value.(bool)}
	case 2:
		a, b := g.boolean(depth-1), g.boolean(depth-1)
		return known{nix.BinaryOp{Op: nix.Or, Left: a.expr, Right: b.expr}, a.value.(bool) || b.value.(bool)}
	case 3:
		a, b := g.boolean(depth-1), g.boolean(depth-1)
		return known{nix.BinaryOp{Op: nix.Equal, Left: a.expr, Right: b.expr}, a.value == b.value}
	case 4:
		set := g.set(depth - 1)
		name := pick(g, setNames)
		_, has := set.value.(map[string]any)[name]
		return known{nix.HasAttr{Of: set.expr, Path: []string{name}}, has}
	case 5:
		set := g.set(depth - 1)
		name := pick(g, setNames)
		v, has := set.value.(map[string]any)[name]
		fallback := g.number()
		if !has {
			v = fallback.value
		}
		want := g.number()
		got := nix.Select{Of: set.expr, Path: []string{name}, Default: fallback.expr}
		return known{nix.BinaryOp{Op: nix.Equal, Left: got, Right: want.expr}, v == want.value}
	case 6:
		a, b := g.list(depth-1), g.list(depth-1)
		return known{nix.BinaryOp{Op: nix.Equal, Left: a.expr, Right: b.expr}, equalLists(a.value, b.value)}
	case 7:
		return g.wrapped(g.boolean(depth - 1))
	}
	c, a, b := g.boolean(depth-1), g.boolean(depth-1), g.boolean(depth-1)
	v := b.value
	if c.value.(bool) {
		v = a.value
	}
	return known{nix.If{Cond: c.expr, Then: a.expr, Else: b.expr}, v}
}

var setNames = []string{"a", "b", "or", "d e"}

func (g generator) number() known {
	n := int64(g.IntN(5) - 2)
	return known{nix.Int(n), n}
}

// set is an expression whose value has numbers for some of setNames.
func (g generator) set(depth int) known {
	if depth > 0 && g.IntN(3) > 0 {
		a, b := g.set(depth-1), g.set(depth-1)
		sum := map[string]any{}
		for _, m := range []any{a.value, b.value} {
			for k, v := range m.(map[string]any) {
				sum[k] = v
			}
		}
		return g.wrapped(known{nix.BinaryOp{Op: nix.Update, Left: a.expr, Right: b.expr}, sum})
	}
	var set nix.AttrSet
	values := map[string]any{}
	for _, name := range setNames {
		if g.IntN(3) == 0 {
			n := g.number()
			set = append(set, nix.Attr{Path: []string{name}, Value: n.expr})
			values[name] = n.value
		}
	}
	return known{set, values}
}

// list is an expression whose value is a list of numbers.
func (g generator) list(depth int) known {
	if depth > 0 && g.IntN(3) > 0 {
		a, b := g.list(depth-1), g.list(depth-1)
		sum := append(append([]any{}, a.value.([]any)...), b.value.([]any)...)
		return g.wrapped(known{nix.BinaryOp{Op: nix.Concat, Left: a.expr, Right: b.expr}, sum})
	}
	list, values := nix.List{}, []any{}
	for range g.IntN(3) {
		n := g.number()
		list, values = append(list, n.expr), append(values, n.value)
	}
	return known{list, values}
}

// wrapped puts forms around an expression that give it back.
func (g generator) wrapped(k known) known {
	// A let sees itself, and hides what a with brings: each name is used once.
	*g.names++
	it := "it" + strconv.Itoa(*g.names)
	at := func(name string) nix.Attr { return nix.Attr{Path: []string{name}, Value: k.expr} }
	switch g.IntN(9) {
	case 0:
		k.expr = nix.Let{Bindings: []nix.Binding{at(it)}, Body: nix.Ref{it}}
	case 1:
		k.expr = nix.With{Env: nix.AttrSet{at(it)}, Body: nix.Ref{it}}
	case 2:
		k.expr = nix.Apply{Func: nix.Lambda{Param: it, Body: nix.Ref{it}}, Args: []nix.Expr{k.expr}}
	case 3:
		k.expr = nix.Apply{
			Func: nix.Lambda{Formals: []string{it}, Ellipsis: true, As: "all", Body: nix.Ref{"all", it}},
			Args: []nix.Expr{nix.AttrSet{at(it)}},
		}
	case 4:
		k.expr = nix.Select{Of: nix.AttrSet{at("x y")}, Path: []string{"x y"}}
	case 5:
		k.expr = nix.Apply{Func: nix.Apply{Func: nix.Lambda{Param: "x", Body: nix.Lambda{Param: "y", Body: nix.Ref{"y"}}}, Args: []nix.Expr{nix.Int(-1)}}, Args: []nix.Expr{k.expr}}
	case 6:
		k.expr = nix.Apply{Func: nix.Ref{"builtins", "head"}, Args: []nix.Expr{nix.List{nix.Commented{Comments: []string{g.text()}, Expr: k.expr}}}}
	case 7:
		inherit := nix.AttrSet{nix.Inherit{Names: []string{it}, From: nix.AttrSet{at(it)}}}
		k.expr = nix.Select{Of: inherit, Path: []string{it}}
	}
	return k
}

func equalLists(a, b any) bool {
	x, y := a.([]any), b.([]any)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}

// layout is an expression with no particular value, for how it is laid out:
// names and texts of all lengths, so that lines end near the edge.
func (g generator) layout(depth int) nix.Expr {
	word := func() string { return strings.Repeat("w", 1+g.IntN(10)*g.IntN(4)) }
	if depth <= 0 {
		switch g.IntN(6) {
		case 0:
			return nix.String(strings.Repeat("text ", g.IntN(18)))
		case 1:
			return nix.Int(g.IntN(2000) - 1000)
		case 2:
			return nix.Ref{"pkgs", "p" + word()}
		case 3:
			return nix.Path("./" + "p" + word() + ".nix")
		case 4:
			return nix.AttrSet{}
		}
		return nix.Ref{"v" + word()}
	}
	next := func() nix.Expr { return g.layout(depth - 1 - g.IntN(2)) }
	list := func() nix.List {
		l := make(nix.List, g.IntN(4))
		for i := range l {
			l[i] = next()
		}
		return l
	}
	set := func() nix.AttrSet {
		var s nix.AttrSet
		for i := range g.IntN(4) {
			a := nix.Attr{Path: []string{"k" + strconv.Itoa(i)}, Value: next(), Blank: g.IntN(4) == 0}
			for range g.IntN(6) {
				a.Path = append(a.Path, "n"+word())
			}
			if g.IntN(6) == 0 {
				a.Path = append(a.Path, "a b")
			}
			if g.IntN(5) == 0 {
				a.Comments = []string{"about " + word()}
			}
			s = append(s, a)
		}
		if g.IntN(5) == 0 {
			in := nix.Inherit{}
			for i := range 1 + g.IntN(5) {
				in.Names = append(in.Names, "i"+strconv.Itoa(i)+word())
			}
			if g.IntN(2) == 0 {
				in.From = next()
			}
			s = append(s, in)
		}
		return s
	}
	switch g.IntN(13) {
	case 0, 1:
		return list()
	case 2, 3:
		return set()
	case 4, 5:
		args := make([]nix.Expr, 1+g.IntN(3))
		for i := range args {
			args[i] = next()
		}
		return nix.Apply{Func: nix.Ref{"lib", "f" + word()}, Args: args}
	case 6:
		if g.IntN(2) == 0 {
			return nix.Lambda{Param: "p", Body: next()}
		}
		return nix.Lambda{Formals: []string{"a", "b", "c"}[:g.IntN(4)], Ellipsis: g.IntN(2) == 0, Body: next()}
	case 7:
		return nix.Let{Bindings: append(set(), nix.Attr{Path: []string{"z"}, Value: next()}), Body: next()}
	case 8:
		return nix.With{Env: nix.Ref{"lib", "e" + word()}, Body: next()}
	case 9:
		return nix.If{Cond: next(), Then: next(), Else: next()}
	case 10:
		return nix.BinaryOp{Op: pick(g, []nix.Op{nix.Update, nix.Concat, nix.Equal, nix.And, nix.Or}), Left: next(), Right: next()}
	case 11:
		return nix.IndentedString("line " + word() + "\n  deeper\n\nx = 1\n"[:1+g.IntN(17)])
	}
	return pick(g, []nix.Expr{
		nix.Not{Of: next()},
		nix.HasAttr{Of: next(), Path: []string{"a", "b"}},
		nix.Select{Of: next(), Path: []string{"a", "b"}},
		nix.Select{Of: next(), Path: []string{"a"}, Default: next()},
	})
}
