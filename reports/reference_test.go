package reports

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
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
	return Reference{Rules: v.Rules, Reads: v.Reads, Catalog: c, Release: "25.11", Hosts: shownHosts(t, c)}
}

// shownHosts are the golden hosts of which the reference tells what keeps their gaps, on every target.
func shownHosts(t testing.TB, c *catalog.Catalog) map[string][]*evaluate.Host {
	t.Helper()
	shown.Do(func() { shown.hosts = evaluateShown(t, c) })
	if shown.hosts == nil {
		t.Fatal("the hosts that are shown cannot be evaluated")
	}
	return shown.hosts
}

// shown are evaluated once for all tests.
var shown struct {
	sync.Once
	hosts map[string][]*evaluate.Host
}

func evaluateShown(t testing.TB, c *catalog.Catalog) map[string][]*evaluate.Host {
	t.Helper()
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		t.Fatal(err)
	}
	p, err := policy.Compile(context.Background(), modules, policy.Options{Lock: rules.Lock})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]*evaluate.Host{}
	for _, name := range []string{"basic", "clustered", "with-ceph", "homelab", "legacy"} {
		file, err := os.Open(filepath.Join("..", "golden", name, "snapshot.json"))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := snapshot.Read(file, name)
		if err := errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
		for target := range c.Targets {
			e := &evaluate.Engine{Policy: p.With(c.Data(target, "25.11")), Catalog: c, Target: target, Release: "25.11"}
			h, err := e.Evaluate(context.Background(), doc)
			if err != nil {
				t.Fatalf("%s on %s: %v", name, target, err)
			}
			out[target] = append(out[target], h)
		}
	}
	return out
}

// Every gap of every host that is shown is kept by a bridge that the host has, is native, or says what is lost.
func TestNoGapIsWithoutAWord(t *testing.T) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	gaps := 0
	for target, hosts := range shownHosts(t, c) {
		for _, h := range hosts {
			planned := map[string]bool{}
			for _, b := range h.Bridges {
				planned[b.Bridge] = true
			}
			for _, f := range h.Findings {
				if f.Kind != "gap" {
					continue
				}
				gaps++
				switch k := f.Kept; {
				case k == nil:
					t.Errorf("%s on %s: %s is kept by nobody and lost to nobody", h.Name, target, f.ID)
				case k.By == catalog.ByNone && k.Loses == "", k.By != catalog.ByNone && k.How == "":
					t.Errorf("%s on %s: %s: by %s, and nothing more", h.Name, target, f.ID, k.By)
				case k.Bridge() != "" && !planned[k.Bridge()]:
					t.Errorf("%s on %s: %s is kept by the bridge %s, which this host does not get", h.Name, target, f.ID, k.By)
				}
			}
		}
	}
	if gaps < 100 {
		t.Errorf("only %d gaps", gaps)
	}
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
