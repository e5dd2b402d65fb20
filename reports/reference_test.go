package reports

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

var update = flag.Bool("update", false, "rewrite the reference")

func reference(t testing.TB) Reference {
	t.Helper()
	modules, err := policy.LoadWithTests(rules.FS, "rules")
	if err != nil {
		t.Fatal(err)
	}
	v, err := policy.Vet(context.Background(), modules, policy.Options{Schema: schemas.Snapshot})
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	return Reference{Rules: v.Rules, Reads: v.Reads, Catalog: c, Release: "25.11"}
}

// The reference in the repository is what rules and catalog say.
func TestReferenceIsFresh(t *testing.T) {
	files, err := RenderReference(reference(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		path := filepath.Join("reference", f.Path)
		if *update {
			if err := os.WriteFile(path, f.Content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, f.Content) {
			t.Errorf("reports/%s is stale: run make golden", path)
		}
	}
}
