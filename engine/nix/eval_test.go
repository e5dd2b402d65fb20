package nix_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/nix"
)

// readBack prints values as a list and has Nix compare each with what Nix's own
// JSON reader makes of the same value, which is exact, and give them back as
// JSON. That JSON has only six digits of a float.
func readBack(t testing.TB, c command, values []any) {
	t.Helper()
	list, err := nix.FromJSON(values)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(mustPrint(t, list))
	want, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	c.write(t, "got.nix", text)
	c.write(t, "want.json", want)
	result := c.eval(t, []byte(`
		let
		  got = import ./got.nix;
		  want = builtins.fromJSON (builtins.readFile ./want.json);
		in {
		  inherit got;
		  same = builtins.genList (i: builtins.elemAt got i == builtins.elemAt want i) (builtins.length want);
		}`)).(map[string]any)
	got := result["got"].([]any)
	if len(got) != len(values) {
		t.Fatalf("%d values were printed, %d read back", len(values), len(got))
	}
	for i, v := range values {
		if diff := cmp.Diff(v, got[i], cmp.Comparer(sameNumber)); diff != "" {
			t.Errorf("value %d does not read back:\n%s\n%s", i, diff, printed(t, v))
		}
		if result["same"].([]any)[i] != true {
			t.Errorf("value %d is not what Nix reads from its JSON: %#v\n%s", i, v, printed(t, v))
		}
	}
}

func printed(t testing.TB, v any) string {
	t.Helper()
	e, err := nix.FromJSON(v)
	if err != nil {
		t.Fatal(err)
	}
	return mustPrint(t, e)
}

// sameNumber compares integers exactly and others as far as Nix prints them.
func sameNumber(a, b json.Number) bool {
	if a == b {
		return true
	}
	integer := func(n json.Number) bool { return !strings.ContainsAny(string(n), ".eE") }
	if integer(a) && integer(b) {
		return false
	}
	x, errX := a.Float64()
	y, errY := b.Float64()
	return errX == nil && errY == nil && math.Abs(x-y) <= 1e-5*max(math.Abs(x), math.Abs(y))
}

func TestAnyJSONValueReadsBackFromNix(t *testing.T) {
	c := nixInstantiate(t)
	for _, seed := range []uint64{1, 2, 3, 4, 5, 6, 7, 8} {
		g := newGenerator(seed)
		values := make([]any, 250)
		for i := range values {
			values[i] = g.value(3)
		}
		readBack(t, c, values)
	}
}

func TestOddNumbersAndTextsReadBackFromNix(t *testing.T) {
	c := nixInstantiate(t)
	var values []any
	for _, n := range append(oddInts, oddFloats...) {
		values = append(values, json.Number(n), []any{json.Number(n)}, map[string]any{"a": json.Number(n)})
	}
	for _, s := range trickyTexts {
		values = append(values, s, map[string]any{"a": s})
	}
	for _, s := range oddNames {
		values = append(values, map[string]any{s: s})
	}
	readBack(t, c, values)
}

func TestIndentedTextReadsBackFromNix(t *testing.T) {
	c := nixInstantiate(t)
	texts := append([]string{}, trickyTexts...)
	for _, seed := range []uint64{1, 2, 3} {
		g := newGenerator(seed)
		for range 400 {
			texts = append(texts, g.text()+"\n"+g.text())
		}
	}
	var list nix.List
	indented := 0
	for _, s := range texts {
		list = append(list, nix.IndentedString(s))
		if strings.HasPrefix(mustPrint(t, nix.IndentedString(s)), "''") {
			indented++
		}
	}
	if indented < 300 {
		t.Errorf("only %d of %d texts were printed as indented strings", indented, len(texts))
	}
	// Nested, so that the indentation is another one.
	tree := nix.AttrSet{nix.Attr{Path: []string{"a"}, Value: list}}
	got := c.eval(t, []byte(mustPrint(t, tree))).(map[string]any)["a"].([]any)
	for i, s := range texts {
		if got[i] != s {
			t.Errorf("%q reads back as %q from %s", s, got[i], mustPrint(t, list[i]))
		}
	}
}

// What stands around a reference is data: no text before or behind it changes the other, or the reference.
func TestTextWithReferencesReadsBackFromNix(t *testing.T) {
	c := nixInstantiate(t)
	texts := append([]string{"$", "$$", "$$$", `\`, `\$`, "{", "a$"}, trickyTexts...)
	g := newGenerator(1)
	for range 300 {
		texts = append(texts, g.text())
	}
	var list nix.List
	for i, s := range texts {
		e, err := nix.FromJSON(map[string]any{"_concat": []any{s, map[string]any{"_ref": []any{"pkgs", "a"}}, s, texts[(i*7+1)%len(texts)]}})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, e)
	}
	tree := nix.Let{Bindings: []nix.Binding{nix.Attr{Path: []string{"pkgs", "a"}, Value: nix.String("<a>")}}, Body: list}
	for i, got := range c.eval(t, []byte(mustPrint(t, tree))).([]any) {
		if want := texts[i] + "<a>" + texts[i] + texts[(i*7+1)%len(texts)]; got != want {
			t.Errorf("%q reads back as %q from %s", want, got, mustPrint(t, list[i]))
		}
	}
}

func TestOperatorsAndFormsMeanWhatTheTreeMeans(t *testing.T) {
	c := nixInstantiate(t)
	for _, seed := range []uint64{1, 2, 3, 4} {
		g := newGenerator(seed)
		var list nix.List
		var want []any
		for range 300 {
			k := g.boolean(5)
			list, want = append(list, k.expr), append(want, k.value)
		}
		for name, e := range map[string]nix.Expr{"as built": list, "collapsed": nix.Collapse(list)} {
			got := c.eval(t, []byte(mustPrint(t, e))).([]any)
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("%s: got %v, want %v:\n%s", name, got[i], want[i], mustPrint(t, list[i]))
				}
			}
		}
	}
}

// FuzzPrintEval reads text as JSON if it is, and else uses it as a string, as
// an attribute name, in a comment and as an indented string.
func FuzzPrintEval(f *testing.F) {
	for _, s := range trickyTexts {
		f.Add(s)
	}
	f.Add(`{"a":[-1,{"b c":null,"if":[true,0.1]},"${x}"],"":9223372036854775807}`)
	f.Add(`[[-0.0],[1e300],[-9223372036854775808],{"_ref":["pkgs","a"]}]`)
	c := nixInstantiate(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<12 {
			t.Skip("long inputs only cost time")
		}
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			if e, err := nix.FromJSON(map[string]any{"a": text}); err == nil {
				t.Fatalf("%q became %v", text, e)
			}
			return
		}
		if v, ok := plainJSON(text); ok {
			readBack(t, c, []any{v})
			return
		}
		// Not the text alone: a set with outPath or __toString is shown as that.
		name := "n" + text
		tree := nix.AttrSet{
			nix.Attr{Path: []string{name}, Value: nix.List{nix.String(text), nix.Commented{Comments: []string{text}, Expr: nix.IndentedString(text)}}},
			nix.Attr{Comments: []string{text}, Path: []string{"m", name}, Value: nix.IndentedString(text)},
		}
		want := map[string]any{name: []any{text, text}, "m": map[string]any{name: text}}
		got := c.eval(t, []byte(mustPrint(t, tree)))
		if diff := cmp.Diff(any(want), got); diff != "" {
			t.Errorf("%s\n%s", diff, mustPrint(t, tree))
		}
	})
}

// plainJSON decodes text if it is a JSON value without special keys that Nix
// can hold.
func plainJSON(text string) (any, bool) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil || d.More() {
		return nil, false
	}
	if _, err := nix.FromJSON(v); err != nil {
		return nil, false
	}
	for _, special := range []string{`"_`, `"outPath"`, `"__toString"`} {
		again, err := json.Marshal(v)
		if err != nil || bytes.Contains(again, []byte(special)) {
			return nil, false
		}
	}
	return v, true
}

func TestReadBackNoticesADifference(t *testing.T) {
	c := nixInstantiate(t)
	got := c.eval(t, []byte(`[ 0.1 "a" (-1) ]`))
	for _, wrong := range []string{`[0.2,"a",-1]`, `[0.1,"b",-1]`, `[0.1,"a",1]`, `[0.1,"a",-1,null]`} {
		if cmp.Equal(decode(t, []byte(wrong)), got, cmp.Comparer(sameNumber)) {
			t.Errorf("%v passes as %s", fmt.Sprint(got), wrong)
		}
	}
}
