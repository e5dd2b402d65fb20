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
	disk    *Disk
	brought string
	began   time.Time
}

func newVM(t *testing.T) *vm {
	t.Helper()
	base, err := thinPVE()
	if err != nil {
		t.Fatal(err)
	}
	disk, err := base.disk.Copy(filepath.Join(t.TempDir(), "disk.img"))
	if err != nil {
		t.Fatal(err)
	}
	v := &vm{T: t, disk: disk, brought: base.brought, began: time.Now()}
	v.start()
	return v
}

func (v *vm) start() {
	v.Helper()
	g, err := StartGuest(v.disk, v.brought)
	if err != nil {
		v.Fatal(err)
	}
	v.Cleanup(g.End)
	v.Guest = g
}

// again cuts the power, and switches the machine on again.
func (v *vm) again() {
	v.Helper()
	v.End()
	v.start()
	v.step("the power was cut")
}

// systemTimeout bounds a start of a system, without KVM and on a machine that others use, too.
const systemTimeout = 8 * time.Minute

func (v *vm) within(d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(v.Context(), d)
	v.Cleanup(cancel)
	return ctx
}

// step notes how long something took.
func (v *vm) step(what string) {
	v.Logf("%5.0fs %s", time.Since(v.began).Seconds(), what)
	took(what, time.Since(v.began).Seconds())
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

// installed is a PVE with a thin pool and a guest's volume, and all that it was before a conversion.
type installed struct {
	*vm
	root, esp     map[string]string
	data, volumes string
}

var listVolumes = []string{"lvs", "--noheadings", "-o", "lv_name,lv_size,lv_tags", "pve"}

func install(t *testing.T) *installed {
	t.Helper()
	base, err := thinPVE()
	if err != nil {
		t.Fatal(err)
	}
	i := &installed{}
	if i.root, err = base.disk.Picture(); err != nil {
		t.Fatal(err)
	}
	if i.esp, err = base.disk.PictureESP(); err != nil {
		t.Fatal(err)
	}
	i.vm = newVM(t)
	i.up(talk.PVE)
	for _, args := range [][]string{
		{"-L", "700m", "--type", "thin-pool", "-n", "data", "pve"},
		{"-V", "64m", "--thin", "pve/data", "-n", "vm-100-disk-0"},
	} {
		i.run(slices.Concat([]string{"lvcreate", "-qq", "--yes", "--config", "backup { backup=0 archive=0 }"}, args)...)
	}
	i.run("dd", "if=/dev/urandom", "of="+guest, "bs=1M", "count=16", "conv=fsync")
	i.data, i.volumes = i.ask(talk.Request{Hash: guest}), i.run(listVolumes...)
	i.step("a thin pool and a guest's volume are made")
	return i
}

// apply stages a conversion and restarts the machine.
func (i *installed) apply(behaviour string) *talk.Run {
	i.Helper()
	run := i.conversion(behaviour)
	name := i.ask(talk.Request{Apply: run})
	i.step("the conversion is staged: " + name)
	return run
}

// says waits until the console says something that it had not said when the console was so long.
func (i *installed) says(text string, from int) {
	i.Helper()
	err := i.Await(i.within(systemTimeout), func(console string) bool { return strings.Contains(console[from:], text) })
	if err != nil {
		i.Fatalf("the machine did not say %q: %v\n%s", text, err, tidy(i.Console()))
	}
	i.step("console: " + text)
}

// untouched takes the last run back, switches off, and sees that everything is what it was.
func (i *installed) untouched(run *talk.Run) {
	i.Helper()
	i.ask(talk.Request{Rollback: run})
	i.step("rolled back")
	if d := cmp.Diff(i.data, i.ask(talk.Request{Hash: guest})); d != "" {
		i.Errorf("the guest's volume: %s", d)
	}
	if d := cmp.Diff(i.volumes, i.run(listVolumes...)); d != "" {
		i.Errorf("the volumes: %s", d)
	}
	i.run("systemctl", "poweroff")
	if err := i.Off(i.within(systemTimeout)); err != nil {
		i.Fatal(err)
	}
	after, err := i.disk.Picture()
	if err != nil {
		i.Fatal(err)
	}
	for _, p := range []map[string]string{i.root, after} {
		for name := range p {
			if slices.ContainsFunc(declared, func(d string) bool { return name == d || strings.HasPrefix(name, d+"/") }) {
				delete(p, name)
			}
		}
	}
	if d := cmp.Diff(i.root, after); d != "" || len(i.root) < 5000 {
		i.Errorf("%d files of PVE's root: %s", len(i.root), d)
	}
	esp, err := i.disk.PictureESP()
	if err != nil {
		i.Fatal(err)
	}
	if d := cmp.Diff(i.esp, esp); d != "" || len(i.esp) < 3 {
		i.Errorf("%d files of the ESP: %s", len(i.esp), d)
	}
	i.step("compared")
}

// A whole conversion on a thin pool ends in a panic of the trial: PVE is back by itself, and after the rollback all of it is what it was.
func TestVMThinPanic(t *testing.T) {
	NeedVMs(t, true)
	scenario(t, "machines.json", "lvm-thin", "grub-bios", "the trial panics, and Proxmox VE is back")
	i := install(t)
	run := i.apply(Panics)
	i.says("stand-in of NixOS: panics", 0)
	i.says("Kernel panic", 0)
	if h := i.up(talk.PVE); strings.Contains(h.Line, "pve2nix.trial") {
		t.Fatal(h.Line)
	}
	i.untouched(run)
}

// A trial that hangs is ended by the machine's watchdog.
func TestVMThinHang(t *testing.T) {
	NeedVMs(t, false)
	scenario(t, "machines.json", "lvm-thin", "grub-bios", "the trial hangs, and the watchdog brings Proxmox VE back")
	i := install(t)
	run := i.apply(Hangs)
	i.says("stand-in of NixOS: hangs", 0)
	i.says("watchdog: <nil>", 0)
	i.up(talk.PVE)
	i.untouched(run)
}

// The power fails while the trial starts: PVE is back.
func TestVMThinPowerCut(t *testing.T) {
	NeedVMs(t, false)
	scenario(t, "machines.json", "lvm-thin", "grub-bios", "the power fails while the trial starts, and Proxmox VE is back")
	i := install(t)
	run := i.apply(Boots)
	i.says("next start alone: pve2nix-nixos", 0)
	time.Sleep(6 * time.Second) // into the kernel, or GRUB reading it
	i.again()
	i.up(talk.PVE)
	i.untouched(run)
}

// A trial that is committed is the default, for any number of starts, until that is taken back.
func TestVMThinCommit(t *testing.T) {
	NeedVMs(t, false)
	scenario(t, "machines.json", "lvm-thin", "grub-bios", "the trial is committed, and the commit is taken back")
	i := install(t)
	run := i.apply(Boots)
	if h := i.up(talk.NixOS); !strings.Contains(h.Line, "pve2nix.trial=") {
		t.Errorf("not a trial: %s", h.Line)
	}
	trial := *run
	trial.Where, trial.Outcome = plan.OnTrial, journal.Committed
	i.ask(talk.Request{Apply: &trial})
	i.ask(talk.Request{Restart: true})
	if h := i.up(talk.NixOS); strings.Contains(h.Line, "pve2nix.trial=") {
		t.Errorf("still a trial: %s", h.Line)
	}
	i.ask(talk.Request{Rollback: &trial})
	i.ask(talk.Request{Restart: true})
	i.up(talk.PVE)
	i.untouched(run)
}
