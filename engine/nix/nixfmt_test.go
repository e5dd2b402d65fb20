package nix_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nix"
)

// TestNixfmtLeavesTheOutputAsItIs runs where nixfmt (1.4 or later) is installed.
// Most machines lack it, so that the golden files, which it has seen, stand in
// for it elsewhere.
func TestNixfmtLeavesTheOutputAsItIs(t *testing.T) {
	nixfmt, err := exec.LookPath("nixfmt")
	if err != nil {
		t.Skip("nixfmt is not installed")
	}
	texts := map[string][]byte{}
	goldens, err := filepath.Glob("testdata/*.nix")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range goldens {
		if texts[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, seed := range []uint64{1, 2, 3, 4, 5, 6, 7, 8} {
		g := newGenerator(seed)
		module := nix.AttrSet{}
		for range 20 {
			module = append(module, nix.Attr{Path: []string{"x", string(rune('a' + len(module)))}, Value: g.layout(4)})
		}
		texts["seed "+string(rune('0'+seed))] = []byte(mustPrint(t, module))
	}
	for name, text := range texts {
		cmd := exec.Command(nixfmt, "-")
		cmd.Stdin = bytes.NewReader(text)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !bytes.Equal(out, text) {
			t.Errorf("%s: nixfmt changes it; its text is the second:\n%s", name, diff(t, text, out))
		}
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
