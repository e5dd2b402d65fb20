package execute_test

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/internal/faults"
)

// memory is what LVM, ZFS, Ceph, the HA manager and systemd of a host remember.
func memory(t *testing.T, c *faults.Conversion) (out faults.Memory) {
	t.Helper()
	if err := c.Machine.Remember(func(m *faults.Memory) error { out = *m; return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// What was so before the run stays so after its rollback: undo asks what prepare has found.
func TestRollbackLeavesWhatWasSoBefore(t *testing.T) {
	c := host(t, "lvm", "grub-bios")
	if err := c.Machine.Remember(func(m *faults.Memory) error {
		m.Flags, m.Maintenance, m.Active = []string{"noout", "nobackfill"}, true, []string{"guest-101.service"}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Apply(), c.Commit()); err != nil {
		t.Fatal(err)
	}
	if m := memory(t, c); !slices.Contains(m.Active, "guest-100.service") {
		t.Errorf("not started: %q", m.Active)
	}
	if err := c.Rollback(); err != nil {
		t.Fatal(err)
	}
	m := memory(t, c)
	slices.Sort(m.Flags)
	if !slices.Equal(m.Flags, []string{"nobackfill", "noout"}) || !m.Maintenance || !slices.Equal(m.Active, []string{"guest-101.service"}) {
		t.Errorf("%+v", m)
	}
}

// A volume or data set that has the name of the side root and is not of the run is refused, and no rollback removes it.
func TestStorageOfOthersIsLeftAlone(t *testing.T) {
	for layout, take := range map[string]func(m *faults.Memory, owner string){
		"lvm":      func(m *faults.Memory, owner string) { m.Volumes["nixos"] = owner },
		"lvm-thin": func(m *faults.Memory, owner string) { m.Volumes["nixos"] = owner },
		"zfs":      func(m *faults.Memory, owner string) { m.Datasets["rpool/ROOT/nixos"] = owner },
	} {
		for _, owner := range []string{"-", "somebody", "pve2nix-20200101T000000Z"} {
			c := host(t, layout, "grub-bios")
			if err := c.Machine.Remember(func(m *faults.Memory) error { take(m, owner); return nil }); err != nil {
				t.Fatal(err)
			}
			before := memory(t, c)
			if err := c.Apply(); err == nil || !strings.Contains(err.Error(), "is there already") {
				t.Errorf("%s, %s: %v", layout, owner, err)
			}
			after := memory(t, c)
			if !maps.Equal(before.Volumes, after.Volumes) || !maps.Equal(before.Datasets, after.Datasets) {
				t.Errorf("%s, %s: %v %v", layout, owner, after.Volumes, after.Datasets)
			}
		}
		// Somebody put theirs in its place after the run: undo leaves it.
		c := host(t, layout, "grub-bios")
		if err := c.Apply(); err != nil {
			t.Fatal(err)
		}
		if err := c.Machine.Remember(func(m *faults.Memory) error { take(m, "somebody"); return nil }); err != nil {
			t.Fatal(err)
		}
		if err := c.Rollback(); err != nil {
			t.Errorf("%s: %v", layout, err)
		}
		if m := memory(t, c); m.Volumes["nixos"] != "somebody" && m.Datasets["rpool/ROOT/nixos"] != "somebody" {
			t.Errorf("%s: it is gone: %+v", layout, m)
		}
	}
}

// lvremove would take snapshots along: they are named instead, and once they are gone the rollback goes on.
func TestSnapshotsOfTheSideRootAreNotRemoved(t *testing.T) {
	c := host(t, "lvm", "grub-bios")
	if err := c.Apply(); err != nil {
		t.Fatal(err)
	}
	snapshot := func(origin string) {
		t.Helper()
		if err := c.Machine.Remember(func(m *faults.Memory) error {
			m.Origins = map[string]string{"before-test": origin}
			m.Volumes["before-test"] = ""
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	snapshot("nixos")
	if err := c.Rollback(); err == nil || !strings.Contains(err.Error(), "somebody made a snapshot of it, before-test") {
		t.Fatal(err)
	}
	snapshot("root")
	if err := c.Rollback(); err != nil {
		t.Fatal(err)
	}
	if m := memory(t, c); m.Volumes["nixos"] != "" {
		t.Errorf("%v", m.Volumes)
	}
}

// A thin pool that is full, that the closure would fill, or that is not there is refused: guests stop in a full one.
func TestThinPoolsThatWouldFillAreRefused(t *testing.T) {
	for percent, say := range map[string]string{"80.01": "80.01 % full", "": "% full", "79.9999": "with the closure of"} {
		c := host(t, "lvm-thin", "grub-bios")
		if err := c.Machine.Remember(func(m *faults.Memory) error { m.Pool = percent; return nil }); err != nil {
			t.Fatal(err)
		}
		if err := c.Apply(); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v", percent, err)
		}
	}
	c := host(t, "lvm-thin", "grub-bios")
	if err := c.Machine.Remember(func(m *faults.Memory) error { delete(m.Volumes, "data"); return nil }); err != nil {
		t.Fatal(err)
	}
	if err := c.Apply(); err == nil || !strings.Contains(err.Error(), "thin pool pve/data: is not there") {
		t.Error(err)
	}
}

// A checkpoint is taken once: a run that goes on does not put what it has made itself into it.
func TestCheckpointIsThatOfBefore(t *testing.T) {
	c := host(t, "zfs", "systemd-boot")
	if err := c.Apply(); err != nil {
		t.Fatal(err)
	}
	name := func(file string) string { return c.File("", c.Dir()+"/checkpoint/"+file) }
	before := read(t, name("files.json"))
	if !strings.Contains(before, "/loader/entries/proxmox-") || strings.Contains(before, "/loader/entries/pve2nix") {
		t.Errorf("the list is %s", before)
	}
	if err := c.Resume(); err != nil {
		t.Fatal(err)
	}
	if after := read(t, name("files.json")); after != before {
		t.Errorf("the list became %s", after)
	}
	// A copy that is damaged is seen.
	write(t, name("databases/config.db"), "x")
	if err := c.Resume(); err == nil || !strings.Contains(err.Error(), "its SHA-256 is another one") {
		t.Error(err)
	}
}

// Tools take snapshots of all that is in a pool: those of the side root go with it. What was made below it is named instead.
func TestSnapshotsOfADataSetGoWithIt(t *testing.T) {
	c := host(t, "zfs", "systemd-boot")
	if err := c.Apply(); err != nil {
		t.Fatal(err)
	}
	remember := func(change func(sets map[string]string)) {
		t.Helper()
		if err := c.Machine.Remember(func(m *faults.Memory) error { change(m.Datasets); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	remember(func(sets map[string]string) {
		sets["rpool/ROOT/nixos@hourly"], sets["rpool/ROOT/pve-1@hourly"], sets["rpool/ROOT/nixos/home"] = "", "", "-"
		sets["rpool/ROOT/nixos#sent"] = ""
	})
	if err := c.Rollback(); err == nil || !strings.Contains(err.Error(), "somebody made rpool/ROOT/nixos/home in it") {
		t.Fatal(err)
	}
	remember(func(sets map[string]string) { delete(sets, "rpool/ROOT/nixos/home") })
	if err := c.Rollback(); err != nil {
		t.Fatal(err)
	}
	left := memory(t, c).Datasets
	if _, others := left["rpool/ROOT/pve-1@hourly"]; !others || left["rpool/ROOT/nixos"] != "" || slices.ContainsFunc(slices.Collect(maps.Keys(left)), func(name string) bool { return strings.HasPrefix(name, "rpool/ROOT/nixos") }) {
		t.Errorf("%v", left)
	}
}

// Neither of two systems with other host ids imports a pool that the other had: before anything is written the ids are compared.
func TestHostIDsOfBothSystemsAreTheSame(t *testing.T) {
	const here, there = "/proc/sys/kernel/spl/hostid", "/mnt/closure/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-pve-25.11/etc/hostid"
	for _, c := range []struct{ name, pve, nixos, say string }{
		{"the same", "b3c2a17\n", "\x17\x2a\x3c\x0b", ""},
		{"another one", "b3c2a17\n", "\x0b\x3c\x2a\x17", "host id of Proxmox VE is 0b3c2a17"},
		{"the first half", "b3c2a17\n", "\x17\x2a", "another one"},
		{"none on Proxmox VE", "0\n", "\x17\x2a\x3c\x0b", "networking.hostId = \"00000000\""},
		{"none on both", "0\n", "\x00\x00\x00\x00", ""},
		{"none in the new system", "b3c2a17\n", "", "the new system has no host id"},
		{"no number", "x\n", "\x17\x2a\x3c\x0b", "hostid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := host(t, "zfs", "systemd-boot")
			write(t, h.File("", here), c.pve)
			id := h.File("", there)
			write(t, id, c.nixos)
			if c.nixos == "" {
				if err := os.Remove(id); err != nil {
					t.Fatal(err)
				}
			}
			err := h.Apply()
			if c.say == "" && err != nil || c.say != "" && (err == nil || !strings.Contains(err.Error(), c.say)) {
				t.Fatal(err)
			}
			if _, made := memory(t, h).Datasets["rpool/ROOT/nixos"]; made != (c.say == "") {
				t.Errorf("the side root: %v", made)
			}
		})
	}
}
