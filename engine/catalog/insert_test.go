package catalog

import (
	"strings"
	"testing"
)

func TestInsertKeepsTheOrderAndTheRest(t *testing.T) {
	text := `// Packages of the site.
package catalog

packages: {
	alpha: {status: "package", attr: "alpha", sources: ["https://example.org"]}
	// Why gamma is here.
	gamma: {status: "package", attr: "gamma", sources: ["https://example.org"]}
}

units: {}
`
	for _, test := range []struct {
		key, before, after string
		line               int
	}{
		{"beta", "alpha", "// Why gamma", 6},
		{"aaa", "packages: {", "alpha", 5},
		{"zeta", "gamma: {", "}", 8},
		{"g++", "alpha", "// Why gamma", 6},
	} {
		e := Entry{Subject: "packages", Key: test.key, Verdict: Verdict{Status: Package, Attr: "x"}, Sources: []string{"https://example.org/\"q\""}}
		got, line, err := Insert("site.cue", []byte(text), e)
		if err != nil {
			t.Fatal(err)
		}
		entry, before, after := strings.Index(string(got), test.key), strings.Index(string(got), test.before), strings.LastIndex(string(got), test.after)
		if line != test.line || !(before < entry && entry < after) || !strings.Contains(string(got), "// Packages of the site.") || !strings.Contains(string(got), "units: {}") {
			t.Errorf("%s at line %d:\n%s", test.key, line, got)
		}
		if strings.Contains(string(got), "\n\n\t") {
			t.Errorf("%s: blank lines within the table:\n%s", test.key, got)
		}
	}
}

func TestInsertIntoNothing(t *testing.T) {
	e := Entry{
		Subject: "packages", Key: "site-daemon", Sources: []string{"https://example.org"},
		Verdict: Verdict{Status: Option, Options: map[string]any{"services.site.enable": true, "services.site.port": 80}},
	}
	got, line, err := Insert("site.cue", nil, e)
	want := "package catalog\n\npackages: {\n\t\"site-daemon\": {status: \"option\", options: {\"services.site.enable\": true, \"services.site.port\": 80}, sources: [\"https://example.org\"]}\n}\n"
	if err != nil || string(got) != want || line != 4 {
		t.Errorf("got line %d, %v:\n%s", line, err, got)
	}
}

func TestInsertIntoATableWithoutBraces(t *testing.T) {
	e := Entry{Subject: "packages", Key: "alpha", Verdict: Verdict{Status: Package, Attr: "alpha"}, Sources: []string{"https://example.org"}}
	got, line, err := Insert("site.cue", []byte("package catalog\n\npackages: beta: {}\n"), e)
	want := "package catalog\n\npackages: beta: {}\n\npackages: {\n\talpha: {status: \"package\", attr: \"alpha\", sources: [\"https://example.org\"]}\n}\n"
	if err != nil || string(got) != want || line != 6 {
		t.Errorf("got line %d, %v:\n%s", line, err, got)
	}
}

func TestInsertRefuses(t *testing.T) {
	e := Entry{Subject: "packages", Key: "alpha", Verdict: Verdict{Status: Package, Attr: "alpha"}, Sources: []string{"https://example.org"}}
	for text, want := range map[string]string{
		"package catalog\n\npackages: alpha: {}\n":     "site.cue:3:11: packages alpha is here already",
		"package catalog\n\npackages: {\n\talpha: {\n": "site.cue:",
	} {
		if _, _, err := Insert("site.cue", []byte(text), e); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
