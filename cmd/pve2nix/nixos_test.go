package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/internal/nixosindex"
)

// Every option that is written for a golden host exists in the release that it
// is written for. 24.11 is indexed in full; a later release must know the option
// under the name that it had in 24.11 or has in the newest index.
func TestGoldenOptionsExist(t *testing.T) {
	old := nixosindex.ReadOptions(t, "options-24.11.json", nixos.Split)
	newest := nixosindex.ReadOptions(t, "options-26.05pre-names.json", nixos.Split)
	proxmox := nixosindex.ReadOptions(t, "options-proxmox-nixos.json", nixos.Split)
	for release, known := range map[string][]*nixosindex.Options{
		"24.11": {old, proxmox}, "25.05": {old, newest, proxmox}, "25.11": {old, newest, proxmox},
	} {
		engine, err := newEngine(context.Background(), evalFlags{target: defaultTarget, release: release})
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range goldenHosts(t) {
			doc, err := readSnapshot(filepath.Join(dir, "snapshot.json"))
			if err != nil {
				t.Fatal(err)
			}
			host, err := engine.Evaluate(context.Background(), doc)
			if err != nil {
				t.Fatal(err)
			}
			options := host.Options
			if len(options) < 50 {
				t.Errorf("%s: only %d options", dir, len(options))
			}
		next:
			for _, o := range options {
				for _, index := range known {
					if index.Has(o.Option) {
						continue next
					}
				}
				t.Errorf("%s, NixOS %s: no option %s, set by %s", filepath.Base(dir), release, strings.Join(o.Option, "."), strings.Join(o.By, ", "))
			}
		}
	}
}
