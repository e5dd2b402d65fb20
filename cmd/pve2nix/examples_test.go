package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/pve2nix/pve2nix/reports"
)

// The examples are whole configurations of golden hosts, each in one file.
func TestExamples(t *testing.T) {
	const folder = "../../examples/proxmox-conversion"
	f := evalFlags{target: defaultTarget, release: defaultRelease}
	engine, err := newEngine(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"basic", "clustered", "with-ceph"} {
		doc, err := readSnapshot(filepath.Join("../../golden", name, "snapshot.json"))
		if err != nil {
			t.Fatal(err)
		}
		host, err := engine.Evaluate(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		got, err := reports.Example(reports.Run{
			Tool: "pve2nix " + goldenVersion, Target: f.target, Release: f.release, Shape: engine.Catalog,
		}, reports.Host{Host: host, Tree: doc.Tree})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, name+".nix")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the golden host becomes; if that is meant, run make golden", file)
		}
	}
}
