package catalog

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlainDataIsReadWithItsPlaces(t *testing.T) {
	const text = `package answers // any, or none

// Comments are fine.
schema: "v1"
a: b: "one": true
a: "x/y": [null, {c: #"raw \n"#}, """
	two
	lines
	"""]
`
	p, err := ReadPlain("f.cue", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"schema": "v1", "a": map[string]any{
		"b": map[string]any{"one": true}, "x/y": []any{nil, map[string]any{"c": `raw \n`}, "two\nlines"}}}
	if d := cmp.Diff(want, p.Tree); d != "" {
		t.Error(d)
	}
	for pointer, want := range map[string]Place{"/schema": {4, 1}, "/a": {5, 1}, "/a/b/one": {5, 7}, "/a/x~1y": {6, 4}, "/a/x~1y/1/c": {6, 19}} {
		if got := p.Places[pointer]; got != want {
			t.Errorf("%s is at %v, want %v", pointer, got, want)
		}
	}
}

func TestPlainDataIsNotEvaluated(t *testing.T) {
	for text, want := range map[string]string{
		`a: 1000000000*"x"`:            "f.cue:1:14: " + notPlain,
		"b: \"x\"\na: b":               "f.cue:2:4: " + notPlain,
		`a: "\(b)"`:                    "f.cue:1:4: " + notPlain,
		`a: 1`:                         "f.cue:1:4: " + notPlain,
		`a: 'bytes'`:                   "f.cue:1:4: " + notPlain,
		"import \"strings\"\na: \"x\"": "f.cue:1:1: " + notPlain,
		`a: [for x in [1] {x}]`:        "f.cue:1:5: " + notPlain,
		`if true {a: "x"}`:             "f.cue:1:1: " + notPlain,
		`a: [...]`:                     "f.cue:1:5: " + notPlain,
		`{a: "x"}`:                     "f.cue:1:1: " + notPlain,
		`let x = "y"`:                  "f.cue:1:1: " + notPlain,
		`a?: "x"`:                      "f.cue:1:2: " + notPlain,
		`a!: "x"`:                      "f.cue:1:2: " + notPlain,
		`_a: "x"`:                      "f.cue:1:1: want a name or a text as the key",
		`#A: "x"`:                      "f.cue:1:1: want a name or a text as the key",
		`[string]: "x"`:                "f.cue:1:1: want a name or a text as the key",
		`X=a: "x"`:                     "f.cue:1:2: " + notPlain,
		`"\(x)": "x"`:                  "f.cue:1:1: " + notPlain,
		"a: \"x\"\na: \"x\"":           `f.cue:2:1: "a" is there twice`,
		"a: {}\na: \"x\"":              `f.cue:2:1: "a" is there twice`,
		`a: {`:                         "f.cue:1:",
		`a: "` + "\x1b":                "f.cue:1:",
	} {
		p, err := ReadPlain("f.cue", []byte(text))
		if err == nil {
			t.Errorf("%s: read as %v", text, p.Tree)
		} else if !strings.HasPrefix(err.Error(), want) || strings.ContainsRune(err.Error(), 0x1b) {
			t.Errorf("%s: got %q, want %q", text, err, want)
		}
	}
}

// Nothing that is written into a file takes long to refuse.
func TestPlainDataIsRefusedSoon(t *testing.T) {
	for _, piece := range []string{"[", "{", "(", "a:", "a: {", "-", "!", `"\(`, "#", "[[],", "a: b: {c: [", "\"", "/*", "//", "...", "&", "|", "a.", "a[", "@a(", "if ", "in: ", "func(", "\n"} {
		begin := time.Now()
		if _, err := ReadPlain("f.cue", []byte(strings.Repeat(piece, plainSize/len(piece)))); err == nil && piece != "//" && piece != "\n" {
			t.Errorf("%q repeated is read", piece)
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%q repeated takes %v", piece, took)
		}
	}
}

func FuzzPlainData(f *testing.F) {
	for _, text := range []string{`schema: "x"`, `a: b: [{c: true}, null]`, `a: "\(b)"`, "a: 1\na: 2", `{`, `package a`, `"a/~": "\u0000"`, `a: #"""` + "\n\t\"\"\"#"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPlain("f.cue", []byte(text))
		if err != nil {
			if strings.ContainsAny(err.Error(), "\x00\x1b") {
				t.Errorf("%q", err)
			}
			return
		}
		out, err := json.Marshal(p.Tree)
		if err != nil {
			t.Fatal(err)
		}
		// JSON is CUE: what was read can be read again, and is the same.
		var members []string
		for key, v := range p.Tree.(map[string]any) {
			label, _ := json.Marshal(key)
			value, _ := json.Marshal(v)
			members = append(members, fmt.Sprintf("%s: %s", label, value))
		}
		again, err := ReadPlain("f.cue", []byte(strings.Join(members, "\n")))
		if err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		if d := cmp.Diff(p.Tree, again.Tree); d != "" {
			t.Error(d)
		}
	})
}
