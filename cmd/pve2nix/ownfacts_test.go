package main

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// cloned are the steps that make a clone.
func cloned(t *testing.T, c plan.Clone) []plan.Step {
	t.Helper()
	if c == (plan.Clone{}) {
		return nil
	}
	args, err := json.Marshal(plan.CloneRoot{Clone: c})
	if err != nil {
		t.Fatal(err)
	}
	return []plan.Step{{ID: "root.clone", Action: plan.CloneRoot{}.Kind(), Args: args}}
}

// What a run has made itself is no change of the host, and the room that it took is given back.
func TestWhatARunMadeIsNoChange(t *testing.T) {
	captured := func(name string) *snapshot.Snapshot {
		text, err := os.ReadFile("../../golden/" + name + "/snapshot.json")
		s := new(snapshot.Snapshot)
		if err != nil || json.Unmarshal(text, s) != nil {
			t.Fatal(err)
		}
		return s
	}
	const gib = 1 << 30
	pool := func(s *snapshot.Snapshot, percent int) {
		for i := range s.Storage.VolumeGroups[0].LogicalVolumes {
			if v := &s.Storage.VolumeGroups[0].LogicalVolumes[i]; v.Kind == "thin-pool" {
				v.DataPercent = new(percent)
			}
		}
	}
	volume := func(s *snapshot.Snapshot, v snapshot.LogicalVolume) {
		g := &s.Storage.VolumeGroups[0]
		g.Volumes, g.LogicalVolumes = append(g.Volumes, v.Name), append(g.LogicalVolumes, v)
		s.Storage.BlockDevices[0].Holders = append(s.Storage.BlockDevices[0].Holders, "dm-77")
		s.Storage.BlockDevices = append(s.Storage.BlockDevices, snapshot.BlockDevice{Name: "dm-77", Kind: "dm", Mapping: "lvm pve/nixos"})
	}
	for name, c := range map[string]struct {
		host   string
		layout plan.Layout
		clone  plan.Clone
		before func(s *snapshot.Snapshot)
		during func(s *snapshot.Snapshot)
	}{
		"zfs": {"attic", plan.Layout{Kind: "zfs", Root: "rpool/ROOT/nixos"}, plan.Clone{}, func(*snapshot.Snapshot) {}, func(s *snapshot.Snapshot) {
			p := &s.Storage.Pools[0]
			used := p.SizeBytes / 10
			p.Datasets = append(p.Datasets, snapshot.ZFSDataset{Name: "rpool/ROOT/nixos", UsedBytes: used})
			p.FreeBytes -= used
			p.CapacityPercent = new(*p.CapacityPercent + 10)
			s.System.Boot.Entries = append(s.System.Boot.Entries, snapshot.LoaderEntry{Source: "/boot/efi/loader/entries/pve2nix-trial.conf"})
		}},
		"thin volume": {"cabinet", plan.Layout{Kind: "lvm-thin", Source: "pve/data", Root: "/dev/pve/nixos"}, plan.Clone{}, func(s *snapshot.Snapshot) { pool(s, 40) }, func(s *snapshot.Snapshot) {
			volume(s, snapshot.LogicalVolume{Name: "nixos", Kind: "thin", Pool: "data", SizeBytes: 80 * gib, DataPercent: new(25)}) // 20 of 400 GiB
			pool(s, 45)
		}},
		"volume": {"cabinet", plan.Layout{Kind: "lvm", Source: "pve", Root: "/dev/pve/nixos"}, plan.Clone{}, func(*snapshot.Snapshot) {}, func(s *snapshot.Snapshot) {
			volume(s, snapshot.LogicalVolume{Name: "nixos", Kind: "linear", SizeBytes: 16 * gib})
			s.Storage.VolumeGroups[0].FreeBytes -= 16 * gib
		}},
		"subvolume": {"nas", plan.Layout{Kind: "btrfs", Subvolume: "@nixos"}, plan.Clone{}, func(*snapshot.Snapshot) {}, func(s *snapshot.Snapshot) {
			fs := &s.Storage.Btrfs[0]
			fs.Subvolumes = append(fs.Subvolumes, "@nixos", "@nixos/var/lib/machines")
			fs.Mounts = append(fs.Mounts, plan.RootAt)
		}},
		"entry of the firmware": {"attic", plan.Layout{Kind: "zfs", Root: "rpool/ROOT/nixos"}, plan.Clone{}, func(*snapshot.Snapshot) {}, func(s *snapshot.Snapshot) {
			f := &s.Hardware.Firmware
			f.Entries = append(f.Entries, snapshot.EFIEntry{Number: "0007", Name: "NixOS (pve2nix)", File: `\EFI\pve2nix\trial.efi`})
			f.BootOrder, f.BootNext = append(f.BootOrder, "0007"), "0007"
		}},
		"clone on zfs": {"attic", plan.Layout{Kind: "zfs", Root: "rpool/ROOT/nixos"}, plan.Clone{Kind: "zfs", Source: "rpool/ROOT/pve-1", Root: "rpool/ROOT/companion"}, func(*snapshot.Snapshot) {}, func(s *snapshot.Snapshot) {
			s.Storage.Pools[0].Datasets = append(s.Storage.Pools[0].Datasets, snapshot.ZFSDataset{Name: "rpool/ROOT/companion"})
		}},
		"clone of a thin volume": {"cabinet", plan.Layout{Kind: "lvm-thin", Source: "pve/data", Root: "/dev/pve/nixos"}, plan.Clone{Kind: "lvm-thin", Source: "pve/root", Root: "/dev/pve/companion"}, func(s *snapshot.Snapshot) { pool(s, 40) }, func(s *snapshot.Snapshot) {
			g := &s.Storage.VolumeGroups[0] // what is shared with the root takes no room
			for _, name := range []string{"companion" + plan.StartSuffix, "companion"} {
				g.Volumes = append(g.Volumes, name)
				g.LogicalVolumes = append(g.LogicalVolumes, snapshot.LogicalVolume{Name: name, Kind: "thin", Pool: "data", Origin: "root", SizeBytes: 80 * gib, DataPercent: new(25)})
			}
		}},
		"clone on btrfs": {"nas", plan.Layout{Kind: "btrfs", Subvolume: "@nixos"}, plan.Clone{Kind: "btrfs", Source: "/dev/sda3", Root: "/dev/sda3", Subvolume: "@companion"}, func(*snapshot.Snapshot) {}, func(s *snapshot.Snapshot) {
			fs := &s.Storage.Btrfs[0]
			fs.Subvolumes = append(fs.Subvolumes, "@companion", "@companion"+plan.StartSuffix)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			before, during := captured(c.host), captured(c.host)
			c.before(before)
			c.before(during)
			c.during(during)
			during.Storage.Mounts = append(during.Storage.Mounts, snapshot.Mount{Target: plan.RootAt}, snapshot.Mount{Target: "/run/pve2nix/esp"})
			if cmp.Equal(before, during, cmpopts.EquateEmpty()) {
				t.Fatal("nothing was made")
			}
			withoutRun(during, plan.Host{Layout: c.layout, Steps: cloned(t, c.clone)})
			if d := cmp.Diff(before, during, cmpopts.EquateEmpty()); d != "" {
				t.Error(d)
			}
		})
	}
	// What others made under such names on other storage stays.
	s := captured("attic")
	s.Storage.Mounts = append(s.Storage.Mounts, snapshot.Mount{Target: "/run/pve2nixes"})
	s.Storage.Pools[0].Datasets = append(s.Storage.Pools[0].Datasets, snapshot.ZFSDataset{Name: "rpool/nixos"})
	withoutRun(s, plan.Host{Layout: plan.Layout{Kind: "zfs", Root: "rpool/ROOT/nixos"}})
	if !slices.ContainsFunc(s.Storage.Mounts, func(m snapshot.Mount) bool { return m.Target == "/run/pve2nixes" }) ||
		!slices.ContainsFunc(s.Storage.Pools[0].Datasets, func(d snapshot.ZFSDataset) bool { return d.Name == "rpool/nixos" }) {
		t.Error("what is of others was taken out")
	}
}
