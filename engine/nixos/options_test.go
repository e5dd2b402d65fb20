package nixos

import (
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for path, want := range map[string]string{
		"a":            "a",
		"a.b.c":        "a|b|c",
		`a."b.c".d`:    "a|b.c|d",
		`"a b"`:        "a b",
		`a."":`:        "",
		"":             "",
		".":            "",
		"a.":           "",
		"a..b":         "",
		`a."b`:         "",
		`a."b"c`:       "",
		`a."b".`:       "",
		`a.""`:         "",
		`a.b"c"`:       "",
		`a."${x}".b`:   "a|${x}|b",
		"a.<name>.b":   "a|<name>|b",
		"users.root.x": "users|root|x",
	} {
		parts, err := Split(path)
		if (err == nil) != (want != "") || strings.Join(parts, "|") != want && err == nil {
			t.Errorf("Split(%q) = %q, %v, want %q", path, parts, err, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("a.b.c")
	f.Add(`a."b.c".d`)
	f.Add(`"`)
	f.Fuzz(func(t *testing.T, path string) {
		parts, err := Split(path)
		if err != nil {
			return
		}
		quoted := make([]string, len(parts))
		for i, p := range parts {
			if p == "" {
				t.Fatalf("%q has an empty part: %q", path, parts)
			}
			quoted[i] = `"` + p + `"`
		}
		again, err := Split(strings.Join(quoted, "."))
		if err != nil || strings.Join(again, "\x00") != strings.Join(parts, "\x00") {
			t.Errorf("%q: %q, then %q %v", path, parts, again, err)
		}
	})
}
