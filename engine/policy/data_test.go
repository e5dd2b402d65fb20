package policy

import (
	"os"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
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
	var docs []*snapshot.Document
	for _, name := range testhosts.Snapshots(t) {
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
