package execute

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What GRUB would change on its way to the kernel is refused; a value in quotes is one word.
func TestParametersThatGRUBCanPass(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`a b=1 c="x y" d`, `a|b=1|c=x y|d`},
		{`c="x  y" "d=1 2"`, `c=x y|d=1 2`},
		{`a="b"`, `a=b`},
		{`a='x'`, "error"},
		{`a=\x`, "error"},
		{`a="x y`, "error"},
	} {
		words, err := grubWords(strings.Fields(c.text))
		got := strings.Join(words, "|")
		if err != nil {
			got = "error"
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.text, d)
		}
	}
}
