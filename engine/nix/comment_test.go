package nix_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/pve2nix/pve2nix/engine/nix"
)

func printComment(t testing.TB, paragraphs ...string) string {
	t.Helper()
	text := mustPrint(t, nix.AttrSet{nix.Comment{Paragraphs: paragraphs}})
	body, ok := strings.CutPrefix(text, "{\n")
	if ok {
		body, ok = strings.CutSuffix(body, "}\n")
	}
	if !ok {
		t.Fatalf("the comment left its set: %q", text)
	}
	return body
}

func TestCommentShowsWhatCouldBreakOutOfIt(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"from /etc/fstab:3", "  # from /etc/fstab:3\n"},
		{"", "  #\n"},
		{"   ", "  #\n"},
		{"  two   words ", "  # two words\n"},
		{"x\n}; evil = 1;", "  # x\\n}; evil = 1;\n"},
		{"x\r\ny", "  # x\\r\\ny\n"},
		{"a\x00b\x1b[2Jc\x7f", "  # a\\x00b\\x1b[2Jc\\x7f\n"},
		{"a\u0085b\u2028c\u2029d", "  # a\\u0085b\\u2028c\\u2029d\n"},
		{"a\u202eb\u200bc\ufeffd\u00a0e", "  # a\\u202eb\\u200bc\\ufeffd\\u00a0e\n"},
		{"a\xffb\xc3", "  # a\\xffb\\xc3\n"},
		{"ä \ufffd */ # ${x} ''", "  # ä \ufffd */ # ${x} ''\n"},
	} {
		if got := printComment(t, c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestCommentIsWrappedAtTheWidthOfThePage(t *testing.T) {
	got := printComment(t, strings.Repeat("word ", 30), strings.Repeat("ü", 250), "last")
	want := "  #" + strings.Repeat(" word", 19) + "\n" +
		"  #" + strings.Repeat(" word", 11) + "\n" +
		"  # " + strings.Repeat("ü", 96) + "\n" +
		"  # " + strings.Repeat("ü", 96) + "\n" +
		"  # " + strings.Repeat("ü", 58) + "\n" +
		"  # last\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func FuzzComment(f *testing.F) {
	for _, s := range trickyTexts {
		f.Add(s)
	}
	f.Add(strings.Repeat("x\x00\xff", 200))
	f.Fuzz(func(t *testing.T, s string) {
		text := printComment(t, s)
		for line := range strings.Lines(text) {
			body, ok := strings.CutPrefix(line, "  #")
			if !ok || !strings.HasSuffix(body, "\n") {
				t.Fatalf("%q: line %q is no comment", s, line)
			}
			if n := utf8.RuneCountInString(line) - 1; n > 100 {
				t.Errorf("%q: line of %d columns", s, n)
			}
			for _, r := range strings.TrimSuffix(body, "\n") {
				if !unicode.IsPrint(r) {
					t.Errorf("%q: %q shows as something else", s, r)
				}
			}
		}
	})
}
