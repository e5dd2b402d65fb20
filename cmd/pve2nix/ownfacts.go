package main

import (
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// withoutRun takes out of a capture what a run has made itself, and gives back the room that it took: the host is as it was
// for who asks whether it has changed.
func withoutRun(s *snapshot.Snapshot, host plan.Host) {
	l := host.Layout
	state, st := path.Dir(plan.RootAt), &s.Storage
	below := func(name, dir string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }
	st.Mounts = slices.DeleteFunc(st.Mounts, func(m snapshot.Mount) bool { return below(m.Target, state) })
	for i := range st.Btrfs {
		fs := &st.Btrfs[i]
		fs.Mounts = slices.DeleteFunc(fs.Mounts, func(m string) bool { return below(m, state) })
		if l.Kind == "btrfs" {
			fs.Subvolumes = slices.DeleteFunc(fs.Subvolumes, func(v string) bool { return below(v, l.Subvolume) })
		}
	}
	switch l.Kind {
	case "zfs":
		for i := range st.Pools {
			withoutDataset(&st.Pools[i], l.Root)
		}
	case "lvm", "lvm-thin":
		withoutVolume(st, l.Root)
	}
	if c := cloneIn(host.Steps); c != nil {
		withoutClone(st, *c)
	}
	s.System.Boot.Entries = slices.DeleteFunc(s.System.Boot.Entries, func(e snapshot.LoaderEntry) bool {
		return strings.HasPrefix(path.Base(e.Source), "pve2nix")
	})
	f := &s.Hardware.Firmware
	var own []string
	f.Entries = slices.DeleteFunc(f.Entries, func(e snapshot.EFIEntry) bool {
		ours := strings.Contains(strings.ToLower(e.File), `\efi\pve2nix\`)
		if ours {
			own = append(own, e.Number)
		}
		return ours
	})
	f.BootOrder = slices.DeleteFunc(f.BootOrder, func(number string) bool { return slices.Contains(own, number) })
	if slices.Contains(own, f.BootNext) {
		f.BootNext = ""
	}
}

// cloneIn is the clone of Proxmox VE's root that steps make; nil where they make none.
func cloneIn(steps []plan.Step) *plan.Clone {
	for _, step := range steps {
		if action, err := plan.Decode(step); err == nil {
			if clone, ok := action.(plan.CloneRoot); ok {
				return &clone.Clone
			}
		}
	}
	return nil
}

// withoutClone takes out a clone and its start. Both share their blocks with the root.
func withoutClone(st *snapshot.Storage, c plan.Clone) {
	switch c.Kind {
	case "zfs":
		for i := range st.Pools {
			withoutDataset(&st.Pools[i], c.Root)
		}
	case "lvm-thin":
		withoutVolume(st, c.Root)
		withoutVolume(st, c.Root+plan.StartSuffix)
	case "btrfs":
		for i := range st.Btrfs {
			st.Btrfs[i].Subvolumes = slices.DeleteFunc(st.Btrfs[i].Subvolumes, func(v string) bool {
				return v == c.Subvolume || v == c.Subvolume+plan.StartSuffix
			})
		}
	}
}

// percentOf is a part of a whole in percent, rounded.
func percentOf(part, whole int64) int { return int((part*100 + whole/2) / whole) }

func withoutDataset(p *snapshot.ZFSPool, root string) {
	i := slices.IndexFunc(p.Datasets, func(d snapshot.ZFSDataset) bool { return d.Name == root })
	if i < 0 {
		return
	}
	used := p.Datasets[i].UsedBytes
	p.FreeBytes += used
	if p.CapacityPercent != nil && p.SizeBytes > 0 {
		p.CapacityPercent = new(max(0, *p.CapacityPercent-percentOf(used, p.SizeBytes)))
	}
	for parent := path.Dir(root); parent != "."; parent = path.Dir(parent) {
		for j := range p.Datasets {
			if p.Datasets[j].Name == parent {
				p.Datasets[j].UsedBytes = max(0, p.Datasets[j].UsedBytes-used)
			}
		}
	}
	p.Datasets = slices.Delete(p.Datasets, i, i+1)
}

// withoutVolume takes out a logical volume that is named by its device, /dev/GROUP/VOLUME.
func withoutVolume(st *snapshot.Storage, device string) {
	group, name := path.Base(path.Dir(device)), path.Base(device)
	for i := range st.VolumeGroups {
		g := &st.VolumeGroups[i]
		if g.Name != group {
			continue
		}
		g.Volumes = slices.DeleteFunc(g.Volumes, func(v string) bool { return v == name })
		j := slices.IndexFunc(g.LogicalVolumes, func(v snapshot.LogicalVolume) bool { return v.Name == name })
		if j < 0 {
			continue
		}
		v := g.LogicalVolumes[j]
		if v.Pool == "" {
			g.FreeBytes += v.SizeBytes
		}
		for k := range g.LogicalVolumes {
			pool := &g.LogicalVolumes[k]
			if v.Pool != "" && v.Origin == "" && pool.Name == v.Pool && pool.DataPercent != nil && v.DataPercent != nil && pool.SizeBytes > 0 {
				used := v.SizeBytes * int64(*v.DataPercent) / 100
				pool.DataPercent = new(max(0, *pool.DataPercent-percentOf(used, pool.SizeBytes)))
			}
		}
		g.LogicalVolumes = slices.Delete(g.LogicalVolumes, j, j+1)
	}
	var own []string
	st.BlockDevices = slices.DeleteFunc(st.BlockDevices, func(d snapshot.BlockDevice) bool {
		ours := d.Mapping == "lvm "+group+"/"+name
		if ours {
			own = append(own, d.Name)
		}
		return ours
	})
	for i := range st.BlockDevices {
		d := &st.BlockDevices[i]
		d.Holders = slices.DeleteFunc(d.Holders, func(h string) bool { return slices.Contains(own, h) })
	}
}
