package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/pve2nix/pve2nix/internal/planted"
)

// A host with a secret in every known place is captured and evaluated: no secret is in the snapshot, in any output, or in
// anything that is printed.
func TestSecretsAreInNoOutput(t *testing.T) {
	root, out := t.TempDir(), t.TempDir()
	secrets, err := planted.Plant(root, nil)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(out, "snapshot.json")
	var printed bytes.Buffer
	for _, args := range [][]string{
		{"introspect", "--root", root, "-o", file, "--log-format", "json"},
		{"eval", file, "--out", filepath.Join(out, "nix")},
		{"diff", file, file},
		{"validate", "--baseline", file, "--list"},
	} {
		if code := run(args, &printed, &printed); code != exitClean {
			t.Fatalf("%v: exit code %d\n%s", args, code, printed.String())
		}
	}
	texts := map[string]string{"terminal": printed.String()}
	err = filepath.WalkDir(out, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		texts[path] = string(data)
		return err
	})
	if err != nil || len(texts) < 8 {
		t.Fatalf("%d texts, error %v", len(texts), err)
	}
	for name, text := range texts {
		for _, leak := range secrets.Leaks(text) {
			t.Errorf("%s tells the secret of %s", name, leak)
		}
	}
}
