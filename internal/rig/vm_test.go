package rig

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/execute/grubenv"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// vmESPUUID is that of the ESP of the stand-in.
const vmESPUUID = "3F1B-9C2A"

// thinPVE is a disk of a stand-in of PVE whose GRUB is started by the BIOS, and the disk with what the test brings along: made once.
var thinPVE = sync.OnceValues(func() (made struct {
	disk    *Disk
	brought string
}, err error) {
	dir, err := os.MkdirTemp("", "pve2nix-rig-")
	if err != nil {
		return made, err
	}
	built = append(built, dir)
	debian, err := unpackDebian(filepath.Join(dir, "root"))
	if err != nil {
		return made, err
	}
	defer os.RemoveAll(debian.Dir)
	grub := filepath.Join(debian.Dir, "boot/grub")
	text, err := menu("/boot/"+filepath.Base(debian.kernel), "/boot/"+filepath.Base(debian.initrd), quiet)
	if err != nil {
		return made, err
	}
	block, err := grubenv.Block(nil).Format()
	if err != nil {
		return made, err
	}
	esp := filepath.Join(dir, "esp")
	made.brought = filepath.Join(dir, "brought.img")
	if made.disk, err = NewDisk(filepath.Join(dir, "pve.img"), vmESP, vmRoot, vmDisk); err != nil {
		return made, err
	}
	for _, f := range []func() error{
		func() error { return writeNew(filepath.Join(grub, "grub.cfg"), text, 0o600) },
		func() error { return writeNew(filepath.Join(grub, "grubenv"), string(block), 0o644) },
		func() error { return layModules(grub) },
		func() error { return made.disk.WriteRoot(debian.Dir) },
		func() error {
			return writeNew(filepath.Join(esp, "EFI/BOOT/stand-in"), "somebody's file on the ESP", 0o644)
		},
		func() error { return made.disk.WriteESP(esp, vmESPUUID) },
		made.disk.InstallGRUB,
		func() error { return bring(made.brought, debian, "root=/dev/mapper/pve-nixos rw") },
	} {
		if err := f(); err != nil {
			return made, err
		}
	}
	return made, nil
})

// vm is a stand-in of PVE in a machine.
type vm struct {
	*testing.T
	*Guest
	disk  *Disk
	began time.Time
}

func newVM(t *testing.T) *vm {
	t.Helper()
	base, err := thinPVE()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("built")
	disk, err := base.disk.Copy(filepath.Join(t.TempDir(), "disk.img"))
	if err != nil {
		t.Fatal(err)
	}
	g, err := StartGuest(disk, base.brought)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.End)
	return &vm{T: t, Guest: g, disk: disk, began: time.Now()}
}

// systemTimeout bounds a start of a system, without KVM and on a machine that others use, too.
const systemTimeout = 5 * time.Minute

func (v *vm) within(d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(v.Context(), d)
	v.Cleanup(cancel)
	return ctx
}

// step notes how long something took.
func (v *vm) step(what string) {
	v.Logf("%5.0fs %s", time.Since(v.began).Seconds(), what)
	v.began = time.Now()
}

// up waits for a system.
func (v *vm) up(want string) talk.Hello {
	v.Helper()
	h, err := v.Up(v.within(systemTimeout))
	if err != nil || h.System != want {
		v.Fatalf("%q is up, want %q: %v\n%s", h.System, want, err, tidy(v.Console()))
	}
	v.step(want + " is up")
	return h
}

// ask asks, and takes no error.
func (v *vm) ask(r talk.Request) string {
	v.Helper()
	out, err := v.Ask(v.within(systemTimeout), r)
	if err != nil {
		v.Fatalf("%v\n%s", err, tidy(v.Console()))
	}
	return out
}

func (v *vm) run(args ...string) string {
	v.Helper()
	return v.ask(talk.Request{Exec: args})
}

// guest is the volume of a guest of PVE.
const guest = "/dev/pve/vm-100-disk-0"

// conversion is a run that ends in the restart into the trial.
func (v *vm) conversion(behaviour string) *talk.Run {
	v.Helper()
	steps, err := plan.Steps(plan.Said{
		Layout: plan.Layout{Kind: "lvm-thin", Source: "pve/data", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 1 << 30},
		Boot:   plan.Boot{Kind: "grub-bios", ESPs: []plan.ESP{{UUID: vmESPUUID}}, Config: "/boot/grub"},
		Save:   plan.Saves{Files: []string{"/boot/grub", "/etc/fstab"}, Disks: []string{"/dev/vda"}, Groups: []string{"pve"}, Databases: []string{clusterDatabase}},
	}, []plan.CarriedFile{
		{From: "/etc/ssh/ssh_host_ed25519_key", To: "/etc/ssh/ssh_host_ed25519_key", Mode: "0600", Secret: true},
		{From: clusterDatabase, To: clusterDatabase, Mode: "0600", Secret: true},
	})
	if err != nil {
		v.Fatal(err)
	}
	return &talk.Run{Params: paramsFor(behaviour), Steps: steps, Where: plan.OnPVE, Outcome: journal.Staged}
}

// declared are the names of PVE's root that a run may leave changed, with all below them.
var declared = []string{plan.StateAt}

// TestVMThinPanic is a whole conversion on a thin pool that ends in a panic of the trial.
func TestVMThinPanic(t *testing.T) {
	Need(t)
	base, err := thinPVE()
	if err != nil {
		t.Fatal(err)
	}
	before, err := base.disk.Picture()
	if err != nil {
		t.Fatal(err)
	}
	esp, err := base.disk.PictureESP()
	if err != nil {
		t.Fatal(err)
	}
	v := newVM(t)
	v.up(talk.PVE)
	backup := []string{"--config", "backup { backup=0 archive=0 }"}
	v.run(slices.Concat([]string{"lvcreate", "-qq", "--yes"}, backup, []string{"-L", "700m", "--type", "thin-pool", "-n", "data", "pve"})...)
	v.run(slices.Concat([]string{"lvcreate", "-qq", "--yes"}, backup, []string{"-V", "64m", "--thin", "pve/data", "-n", "vm-100-disk-0"})...)
	v.run("dd", "if=/dev/urandom", "of="+guest, "bs=1M", "count=16", "conv=fsync")
	data, volumes := v.ask(talk.Request{Hash: guest}), v.run("lvs", "--noheadings", "-o", "lv_name,lv_size,lv_tags", "pve")
	v.step("a thin pool and a guest's volume are made")

	run := v.conversion(Panics)
	name := v.ask(talk.Request{Apply: run})
	v.step("the conversion is staged: " + name)
	if h := v.up(talk.PVE); strings.Contains(h.Line, "pve2nix.trial") {
		t.Fatal(h.Line)
	}
	console := tidy(v.Console())
	for _, want := range []string{"stand-in of NixOS: panics", "Kernel panic"} {
		if !strings.Contains(console, want) {
			t.Fatalf("the trial did not say %q\n%s", want, console)
		}
	}
	v.ask(talk.Request{Rollback: run})
	v.step("rolled back")
	if d := cmp.Diff(data, v.ask(talk.Request{Hash: guest})); d != "" {
		t.Errorf("the guest's volume: %s", d)
	}
	if d := cmp.Diff(volumes, v.run("lvs", "--noheadings", "-o", "lv_name,lv_size,lv_tags", "pve")); d != "" {
		t.Errorf("the volumes: %s", d)
	}
	v.run("systemctl", "poweroff")
	if err := v.Off(v.within(time.Minute)); err != nil {
		t.Fatal(err)
	}
	v.step("off")
	after, err := v.disk.Picture()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []map[string]string{before, after} {
		for name := range p {
			if slices.ContainsFunc(declared, func(d string) bool { return name == d || strings.HasPrefix(name, d+"/") }) {
				delete(p, name)
			}
		}
	}
	if d := cmp.Diff(before, after); d != "" || len(before) < 5000 {
		t.Errorf("%d files of PVE's root: %s", len(before), d)
	}
	again, err := v.disk.PictureESP()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(esp, again); d != "" || len(esp) < 3 {
		t.Errorf("%d files of the ESP: %s", len(esp), d)
	}
	v.step("compared")
}
