package nix_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pve2nix/pve2nix/engine/nix"
)

// unquote reads a "…" string as Nix's lexer does. It shares nothing with the
// printer.
func unquote(text string) (string, error) {
	body, ok := strings.CutPrefix(text, `"`)
	if !ok {
		return "", fmt.Errorf("no quote at the start of %q", text)
	}
	var out strings.Builder
	for {
		switch {
		case body == "":
			return "", fmt.Errorf("no quote at the end of %q", text)
		case strings.HasPrefix(body, `"`):
			if body != `"` {
				return "", fmt.Errorf("%q is left behind the string", body[1:])
			}
			return out.String(), nil
		case strings.HasPrefix(body, `\`):
			if len(body) < 2 {
				return "", fmt.Errorf("backslash at the end of %q", text)
			}
			if c, known := map[byte]byte{'n': '\n', 'r': '\r', 't': '\t'}[body[1]]; known {
				out.WriteByte(c)
			} else {
				out.WriteByte(body[1])
			}
			body = body[2:]
		case strings.HasPrefix(body, "${"):
			return "", fmt.Errorf("interpolation in %q", text)
		case strings.HasPrefix(body, "$$"):
			out.WriteString("$$")
			body = body[2:]
		case strings.HasPrefix(body, "\r"):
			return "", fmt.Errorf("bare carriage return in %q", text)
		default:
			out.WriteByte(body[0])
			body = body[1:]
		}
	}
}

// trickyTexts have been, or could be, mistaken for something else.
var trickyTexts = []string{
	"", " ", "a", `"`, `\`, `\\`, `\"`, "$", "$$", "${", "$${", "$$${", "$$$${", `\${`, `\$${`, `$\{`, "{", "${}", "$\"", "$\n{",
	"'", "''", "'''", "''''", "'''''", "'$", "'${", "''${", "'''${", "$'", "$''", "$''${", `''\n`, `''\`, `'\`, "''$", "''$${",
	"a\nb", "a\nb\n", "\n", "\n\n", "\na", "a\n\nb\n", "  a\n b\n", " a\nb", "a\n  ", "a\n  \nb", "a\n  \n", "a \nb ", "\ta\n\tb", "a\n\tb",
	"a\r\nb\r\n", "\r", "a\rb\n", "'\n'", "''\n''", "$\n{a}", "a'\nb'", "a\n'${b}", "a\n''${b}", "a$\nb$\n", "a\n'\r\n", "a\n''\r", "a\n'''''", "a\n''''''\n",
	"a\n''\\n\n", "a\n$$${x}\n", "a\n'$${x}", "a\n$'$''${x}'", "a\n\\${x}\\\n",
	"${builtins.readFile \"/etc/passwd\"}", "$(id)", "`id`", "</script>", "../../etc/passwd", "# no comment", "/* no comment */", "''; evil = 1; x = ''",
	"\x01\x02\x1b[31m\x7f", "\u0085\u00a0\u2028\u2029\u202e\ufeff", "äöü €𝄞 日本", "\ufffd", "\U0010ffff", "\t", "\v\f",
	"true", "null", "<nixpkgs>", "./.", "https://example.org/a?b=c&d=e#f", strings.Repeat("long ", 60),
}

func FuzzString(f *testing.F) {
	for _, s := range trickyTexts {
		f.Add(s)
	}
	f.Add("a\x00b")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, s string) {
		out, err := nix.Print(nix.String(s))
		if !utf8.ValidString(s) || strings.Contains(s, "\x00") {
			if err == nil {
				t.Fatalf("%q was printed as %q", s, out)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		text, ok := strings.CutSuffix(string(out), "\n")
		if !ok || strings.ContainsAny(text, "\n\r\t") {
			t.Errorf("%q is not on one line", out)
		}
		got, err := unquote(text)
		if err != nil || got != s {
			t.Errorf("%q reads back as %q (%v)", s, got, err)
		}
	})
}

func TestTextThatNixCannotHoldIsRefusedWithItsPlace(t *testing.T) {
	for _, bad := range []struct{ text, want string }{
		{"a\x00b", "text contains a NUL byte"},
		{"a\xffb", "text is not valid UTF-8"},
		{"\xed\xa0\x80", "text is not valid UTF-8"},
	} {
		for _, e := range []nix.Expr{nix.String(bad.text), nix.IndentedString("x\n" + bad.text)} {
			tree := nix.AttrSet{nix.Attr{
				Path:  []string{"services", "a b"},
				Value: nix.List{nix.Int(1), nix.Apply{Func: nix.Ref{"lib", "mkForce"}, Args: []nix.Expr{e}}},
			}}
			_, err := nix.Print(tree)
			want := `services."a b"[1].<argument 1>: ` + bad.want
			if err == nil || err.Error() != want {
				t.Errorf("%q: error %v, want %s", bad.text, err, want)
			}
		}
		_, err := nix.Print(nix.AttrSet{nix.Attr{Path: []string{"a", bad.text}, Value: nix.Null{}}})
		if want := "<root>: attribute name: " + bad.want; err == nil || err.Error() != want {
			t.Errorf("%q as a name: error %v, want %s", bad.text, err, want)
		}
	}
}

func TestIndentedStringIsUsedWhereItHoldsTheTextExactly(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"one line", `"one line"`},
		{"a\nb\n", "''\n  a\n  b\n''"},
		{"a\nb", "''\n  a\n  b''"},
		{"a\n\n  b\n", "''\n  a\n\n    b\n''"},
		{"\na\n", "''\n\n  a\n''"},
		{"echo ${x} ''y''\n", "''\n  echo ''${x} '''y'''\n''"},
		{"a\r\nb'\n", "''\n  a''\\r\n  b''\\'\n''"},
		{"'${a}\n", "''\n  ''\\'''${a}\n''"},
		// Nix would remove the indentation that all lines share, and the last line.
		{"  a\n  b\n", `"  a\n  b\n"`},
		{"a\n  ", `"a\n  "`},
		{"a\n  \nb", `"a\n  \nb"`},
		{"\n\n", `"\n\n"`},
	} {
		if got := mustPrint(t, nix.IndentedString(c.text)); got != c.want+"\n" {
			t.Errorf("%q: got\n%swant\n%s", c.text, got, c.want)
		}
	}
}
