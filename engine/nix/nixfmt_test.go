package nix_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nix"
)

// nixfmt formats a text. Most machines lack it (1.4 or later is needed): there
// the golden files, which it has seen, stand in for it.
func nixfmt(t *testing.T, text []byte) []byte {
	t.Helper()
	path, err := exec.LookPath("nixfmt")
	if err != nil {
		t.Skip("nixfmt is not installed")
	}
	cmd := exec.Command(path, "-")
	cmd.Stdin = bytes.NewReader(text)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return out
}

func TestNixfmtLeavesTheGoldenFilesAsTheyAre(t *testing.T) {
	for name, e := range goldens {
		text := []byte(mustPrint(t, e))
		if out := nixfmt(t, text); !bytes.Equal(out, text) {
			t.Errorf("%s: nixfmt changes it; its text is the second:\n%s", name, diff(t, text, out))
		}
	}
}

// TestNixfmtLeavesRandomTreesAsTheyAre allows for a few expressions in a
// thousand: nixfmt weighs some breaks of overlong lines against each other that
// the printer does not, such as before the attribute of something in
// parentheses.
func TestNixfmtLeavesRandomTreesAsTheyAre(t *testing.T) {
	const files, allowed = 100, 10
	changed := 0
	for seed := range uint64(files) {
		g := newGenerator(seed)
		module := nix.AttrSet{}
		for i := range 20 {
			module = append(module, nix.Attr{Path: []string{"x", "v" + strconv.Itoa(i)}, Value: g.layout(4)})
		}
		text := []byte(mustPrint(t, module))
		if out := nixfmt(t, text); !bytes.Equal(out, text) {
			changed++
			t.Logf("seed %d: nixfmt changes it; its text is the second:\n%s", seed, diff(t, text, out))
		}
	}
	if changed > allowed {
		t.Errorf("nixfmt changes %d of %d files of 20 expressions each", changed, files)
	}
}

func diff(t *testing.T, a, b []byte) []byte {
	dir := t.TempDir()
	for name, text := range map[string][]byte{"a": a, "b": b} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("diff", "-u", "a", "b")
	cmd.Dir = dir
	out, _ := cmd.Output() // fails whenever the files differ
	return out
}
