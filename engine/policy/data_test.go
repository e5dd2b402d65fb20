package policy

import (
	"os"
	"path/filepath"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func data(t testing.TB) map[string]any {
	t.Helper()
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	return c.Data("proxmox", "25.11")
}

func golden(t testing.TB) []*snapshot.Document {
	t.Helper()
	files, err := filepath.Glob("../../golden/*/snapshot.json")
	if err != nil || files == nil {
		t.Fatalf("golden snapshots: %v, %d", err, len(files))
	}
	var docs []*snapshot.Document
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		doc, err := snapshot.Read(f, name)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, doc)
	}
	return docs
}
