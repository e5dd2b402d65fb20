package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// All that is generated for every golden host and target, and for hosts with hostile text, is Nix: one process of the real parser reads it.
func TestGeneratedFilesParse(t *testing.T) {
	if _, err := exec.LookPath("nix-instantiate"); err != nil {
		testhosts.Lacking(t, "nix-instantiate is not installed (Debian: nix-bin); nothing was parsed")
	}
	k, err := load("25.11")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	n, err := newNix(dir, settings{})
	if err != nil {
		t.Fatal(err)
	}
	generated := filepath.Join(dir, "generated")
	var hosts sync.WaitGroup
	for i, path := range goldenSnapshots(t) {
		hosts.Go(func() {
			name := filepath.Base(filepath.Dir(path))
			file, err := os.Open(path)
			if err != nil {
				t.Error(err)
				return
			}
			defer file.Close()
			doc, err := snapshot.Read(file, path)
			if err != nil {
				t.Error(err)
				return
			}
			// of each host, for one target, also with hostile text in its facts
			targets := k.targets()
			if planted, _, err := plantedInto(doc, path, 1+i%3); err != nil {
				t.Errorf("%s: %v", name, err)
			} else if host, err := k.evaluate(context.Background(), planted, targets[i%len(targets)]); err != nil {
				t.Errorf("%s with hostile text for %s: %v", name, targets[i%len(targets)], err)
			} else if _, err := write(filepath.Join(generated, name, "hostile"), k, targets[i%len(targets)], host, planted); err != nil {
				t.Errorf("%s with hostile text: %v", name, err)
			}
			for _, target := range targets {
				engine := evaluate.Engine{Policy: k.policy.With(k.catalog.Data(target, k.release)), Catalog: k.catalog, Target: target, Release: k.release}
				host, err := engine.Evaluate(context.Background(), doc)
				if err != nil {
					t.Errorf("%s for %s: %v", name, target, err)
					return
				}
				if _, err := write(filepath.Join(generated, name, target), k, target, host, doc); err != nil {
					t.Errorf("%s for %s: %v", name, target, err)
				}
			}
		})
	}
	hosts.Wait()
	args := []string{"--parse"}
	if err := filepath.WalkDir(generated, func(path string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".nix" {
			args = append(args, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(args) < len(goldenSnapshots(t))*4*5 {
		t.Errorf("only %d files were generated", len(args)-1)
	}
	cmd := exec.Command("nix-instantiate", args...)
	cmd.Env = n.env
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Errorf("%v: %s", err, lastError(stderr.String()))
	}
}

func goldenSnapshots(t *testing.T) []string {
	t.Helper()
	return testhosts.Snapshots(t)
}
