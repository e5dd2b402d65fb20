package rig

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// vm is a stand-in of PVE in a machine.
type vm struct {
	*testing.T
	// owner is the test that the machine ends with; T may be a part of it.
	owner *testing.T
	*Guest
	*base
	layout *Layout
	disk   *Disk
	// variables is the file of the firmware; empty where there is a BIOS.
	variables string
	// port is one of the machine that tests, where the layout has a use for it.
	port  string
	began time.Time
}

func newVM(t *testing.T, l *Layout) *vm {
	t.Helper()
	b, err := l.Base()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	v := &vm{T: t, owner: t, base: b, layout: l, began: time.Now()}
	if v.disk, err = b.disk.Copy(filepath.Join(dir, "disk.img")); err != nil {
		t.Fatal(err)
	}
	if b.variables != "" {
		v.variables = filepath.Join(dir, "variables.fd")
		if err := copyFile(b.variables, v.variables); err != nil {
			t.Fatal(err)
		}
	}
	v.start()
	return v
}

func (v *vm) start() {
	v.Helper()
	args := slices.Clone(v.layout.Machine)
	if v.layout.Devices != nil {
		if v.port == "" {
			v.port = freePort(v.T)
		}
		args = append(args, v.layout.Devices(v.port)...)
	}
	if v.variables != "" {
		args = append(args, firmware(v.variables)...)
	}
	g, err := StartGuest(v.disk, v.brought, args...)
	if err != nil {
		v.Fatal(err)
	}
	v.owner.Cleanup(g.End)
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
	v.layout.took(what, time.Since(v.began).Seconds())
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

// conversion is a run that ends in the restart into the trial.
func (v *vm) conversion(behaviour string) *talk.Run {
	v.Helper()
	return &talk.Run{Params: paramsFor(behaviour), Steps: v.steps(v.layout.Said), Where: plan.OnPVE, Outcome: journal.Staged}
}

// steps are those of a conversion with what the stand-in carries over.
func (v *vm) steps(said plan.Said) []plan.Step {
	v.Helper()
	steps, err := plan.Steps(said, []plan.CarriedFile{
		{From: "/etc/ssh/ssh_host_ed25519_key", To: "/etc/ssh/ssh_host_ed25519_key", Mode: "0600", Secret: true},
		{From: clusterDatabase, To: clusterDatabase, Mode: "0600", Secret: true},
	})
	if err != nil {
		v.Fatal(err)
	}
	return steps
}

// declared are the names of PVE's root that a run may leave changed, with all below them.
var declared = []string{plan.StateAt}

// installed is a PVE with a guest's volume, and all that it was before a conversion.
type installed struct {
	*vm
	root, esp     map[string]string
	data, volumes string
	firmware      Variables
}

func install(t *testing.T, l *Layout) *installed {
	t.Helper()
	b, err := l.Base()
	if err != nil {
		t.Fatal(err)
	}
	i := &installed{}
	if i.root, err = l.picture(b.disk); err != nil {
		t.Fatal(err)
	}
	if i.esp, err = b.disk.PictureESP(); err != nil {
		t.Fatal(err)
	}
	i.vm = newVM(t, l)
	i.up(talk.PVE)
	for _, args := range l.Prepare {
		i.run(args...)
	}
	i.run("dd", "if=/dev/urandom", "of="+l.Guest, "bs=1M", "count=4", "conv=fsync")
	i.data, i.volumes, i.firmware = i.ask(talk.Request{Hash: l.Guest}), i.run(l.Volumes...), i.bootVariables()
	i.step("a guest's volume is made")
	return i
}

// bootVariables are those variables of the firmware that decide what is started.
func (v *vm) bootVariables() Variables {
	v.Helper()
	out := Variables{}
	if v.layout.Boot() == "grub-bios" {
		return out
	}
	var all map[string]string
	if err := json.Unmarshal([]byte(v.ask(talk.Request{Picture: "/sys/firmware/efi/efivars"})), &all); err != nil {
		v.Fatal(err)
	}
	for name, line := range all {
		if name = strings.TrimPrefix(name, "/"); talk.Deciding(name) {
			out[name] = []byte(line)
		}
	}
	if len(out) < 2 {
		v.Fatalf("the firmware has %d variables", len(out))
	}
	return out
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
	i.same()
}

// same switches off, and sees that everything is what it was.
func (i *installed) same() {
	i.Helper()
	if d := cmp.Diff(i.data, i.ask(talk.Request{Hash: i.layout.Guest})); d != "" {
		i.Errorf("the guest's volume: %s", d)
	}
	if d := cmp.Diff(i.volumes, i.run(i.layout.Volumes...)); d != "" {
		i.Errorf("the volumes: %s", d)
	}
	if d := cmp.Diff(i.firmware, i.bootVariables()); d != "" {
		i.Errorf("the variables of the firmware: %s", d)
	}
	i.run("systemctl", "poweroff")
	if err := i.Off(i.within(systemTimeout)); err != nil {
		i.Fatal(err)
	}
	after, err := i.layout.picture(i.disk)
	if err != nil {
		i.Fatal(err)
	}
	declared := declared
	if i.layout.Made != "" { // it was made after the root was looked at
		declared = append(slices.Clone(declared), i.layout.Made)
		if is := after[i.layout.Guest]; !strings.HasSuffix(is, " "+i.data) {
			i.Errorf("the guest's volume has the SHA-256 %s, is %q", i.data, is)
		}
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

// courses are what may become of a conversion.
var courses = []struct {
	name, text string
	do         func(i *installed) *talk.Run
	// only is the layout that it is gone on; empty is all.
	only string
}{
	{"panic", "the trial panics, and Proxmox VE is back", func(i *installed) *talk.Run {
		run := i.apply(Panics)
		i.says("stand-in of NixOS: panics", 0)
		i.says("Kernel panic", 0)
		if h := i.up(talk.PVE); strings.Contains(h.Line, "pve2nix.trial") {
			i.Fatal(h.Line)
		}
		return run
	}, ""},
	{"hang", "the trial hangs, and the watchdog brings Proxmox VE back", func(i *installed) *talk.Run {
		run := i.apply(Hangs)
		i.says("stand-in of NixOS: hangs", 0)
		i.says("watchdog: <nil>", 0)
		i.up(talk.PVE)
		return run
	}, "thin-bios"},
	{"no root", "the first stage of the trial finds no root, and Proxmox VE is back", func(i *installed) *talk.Run {
		from := len(i.Console())
		run := i.apply(Lost)
		i.says("first stage: there is no root", from)
		i.says("Kernel panic", from)
		i.up(talk.PVE)
		return run
	}, "zfs-systemd-boot"},
	{"power cut", "the power fails while the trial starts, and Proxmox VE is back", func(i *installed) *talk.Run {
		from := len(i.Console())
		run := i.apply(Boots)
		i.says(i.layout.Chosen, from)
		time.Sleep(3 * time.Second) // into the kernel, or the loader reading it
		i.again()
		i.up(talk.PVE)
		return run
	}, ""},
	{"commit", "the trial is committed, and the commit is taken back", func(i *installed) *talk.Run {
		run := i.apply(Boots)
		if h := i.up(talk.NixOS); !strings.Contains(h.Line, "pve2nix.trial=") {
			i.Errorf("not a trial: %s", h.Line)
		}
		trial := *run
		trial.Where, trial.Outcome = plan.OnTrial, journal.Committed
		i.ask(talk.Request{Apply: &trial})
		i.ask(talk.Request{Restart: true})
		if h := i.up(talk.NixOS); strings.Contains(h.Line, "pve2nix.trial=") {
			i.Errorf("still a trial: %s", h.Line)
		}
		i.ask(talk.Request{Rollback: &trial})
		i.ask(talk.Request{Restart: true})
		i.up(talk.PVE)
		return run
	}, ""},
}

// A whole conversion on a thin pool ends in a panic of the trial: Proxmox VE is back by itself, and after the rollback all of it is what it was.
func TestVMThinPanic(t *testing.T) {
	NeedVMs(t, true)
	scenario(t, "machines.json", thinBIOS.Kind(), thinBIOS.Boot(), courses[0].text)
	i := install(t, thinBIOS)
	i.untouched(courses[0].do(i))
}

// All courses and faults on every layout, one after the other in one machine: after each, everything is what it was, as the
// machine itself sees it; in the end it is compared from outside.
func TestVM(t *testing.T) {
	NeedVMs(t, false)
	seed := *rigSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-rig.seed %d", seed)
	resultsLock.Lock()
	results["machines.json"].Seed = seed
	resultsLock.Unlock()
	for n, l := range Layouts {
		t.Run(l.Name, func(t *testing.T) {
			t.Parallel()
			i := install(t, l)
			i.remember()
			part := func(name, text string, f func()) bool {
				return t.Run(name, func(part *testing.T) {
					scenario(part, "machines.json", l.Kind(), l.Boot(), text)
					i.T = part
					defer func() { i.T = t }()
					f()
				})
			}
			for k, c := range courses {
				if c.only != "" && c.only != l.Name || l == thinBIOS && k == 0 {
					continue
				}
				if !part(c.name, c.text, func() { i.back(c.do(i)) }) {
					return // nobody knows what the machine does now
				}
			}
			part("faults", "faults strike, and everything is taken back", func() { i.strikesAll(seed + uint64(n)<<32) })
			i.untouched(i.conversion(Light))
		})
	}
}

// remember lets the machine remember what everything is.
func (i *installed) remember() {
	i.Helper()
	s := i.strike(Light)
	s.Run.Steps = withoutRestart(s.Run.Steps)
	out, err := i.tell(talk.Request{Remember: s})
	if d := append(out.Different, i.contents(out.Read)...); err != nil || len(d) > 0 {
		i.Fatalf("%v: %s", err, strings.Join(d, "\n"))
	}
	i.Logf("it took%s", out.Took)
	i.step("a conversion without a fault, taken back and compared")
}

// back takes the last run back, and compares in the machine.
func (i *installed) back(run *talk.Run) {
	i.Helper()
	s := i.strike(Light)
	s.Run = *run
	out, err := i.tell(talk.Request{Recover: s})
	if d := append(out.Different, i.contents(out.Read)...); err != nil || out.Rollback != "" || len(d) > 0 {
		i.Fatalf("%v %s: %s", err, out.Rollback, strings.Join(d, "\n"))
	}
	i.step("rolled back, and compared in the machine")
}
