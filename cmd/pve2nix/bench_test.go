package main

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/reports"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

// BenchmarkStages times the stages of eval, one after the other, for the largest
// golden host. docs/performance.md says how to time the whole process.
func BenchmarkStages(b *testing.B) {
	const path = "../../golden/with-ceph/snapshot.json"
	ctx := context.Background()
	f := evalFlags{target: defaultTarget, release: defaultRelease}
	doc, err := readSnapshot(path)
	if err != nil {
		b.Fatal(err)
	}
	engine, err := newEngine(ctx, f)
	if err != nil {
		b.Fatal(err)
	}
	said, err := engine.Policy.Evaluate(ctx, doc.Tree)
	if err != nil {
		b.Fatal(err)
	}
	host, err := engine.Account(doc, said)
	if err != nil {
		b.Fatal(err)
	}
	r := reports.Run{Tool: tool(), Target: f.target, Release: f.release, Rules: engine.Policy.Digest(), Catalog: engine.Catalog.Digest(), Shape: engine.Catalog,
		Hosts: []reports.Host{{Host: host, Tree: doc.Tree}}}
	files, err := reports.Render(r)
	if err != nil {
		b.Fatal(err)
	}
	out := b.TempDir()
	for _, stage := range []struct {
		name string
		do   func() error
	}{
		{"1 read the snapshot", func() error { _, err := readSnapshot(path); return err }},
		{"2 read the catalog", func() error { _, err := entries(nil); return err }},
		{"3 read the rules", func() error {
			modules, err := policy.Load(rules.FS, "rules")
			if err == nil {
				_, err = policy.Compile(ctx, modules, policy.Options{Data: engine.Catalog.Data(f.target, f.release), Lock: rules.Lock})
			}
			return err
		}},
		{"3 compile the rules, were the lock stale", func() error {
			modules, err := policy.Load(rules.FS, "rules")
			if err == nil {
				_, err = policy.Compile(ctx, modules, policy.Options{Data: engine.Catalog.Data(f.target, f.release), Schema: schemas.Snapshot})
			}
			return err
		}},
		{"4 ask the rules", func() error { _, err := engine.Policy.Evaluate(ctx, doc.Tree); return err }},
		{"5 account and merge", func() error { _, err := engine.Account(doc, said); return err }},
		{"6 render", func() error { _, err := reports.Render(r); return err }},
		{"7 write", func() error { _, err := writeAll(out, files); return err }},
		{"all", func() error {
			var stdout, stderr bytes.Buffer
			if code := run([]string{"eval", path, "--out", filepath.Join(out, "all")}, &stdout, &stderr); code != exitClean {
				b.Fatal(stderr.String())
			}
			return nil
		}},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := stage.do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
