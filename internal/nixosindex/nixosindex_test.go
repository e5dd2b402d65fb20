package nixosindex

import (
	"strings"
	"testing"
)

func TestOptionsMayLieInOpenTypes(t *testing.T) {
	split := func(name string) ([]string, error) { return strings.Split(name, "."), nil }
	tree := Tree(t, map[string]string{
		"a.b": "boolean", "a.c": "attribute set of string", "users.users": "attribute set of (submodule)", "users.users.<name>.uid": "signed integer",
	}, split)
	for path, want := range map[string]bool{
		"a": false, "a.b": true, "a.b.c": false, "a.c": true, "a.c.d": true, "users.users.x.uid": true, "z": false,
	} {
		if got := tree.Has(strings.Split(path, ".")); got != want {
			t.Errorf("%s: got %v", path, got)
		}
	}
}
