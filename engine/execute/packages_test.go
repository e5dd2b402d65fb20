package execute_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
)

// kit is a stand-in of PackageKit with the packages of a host.
type kit struct {
	installed []string            // names
	brings    map[string][]string // what a package brings along
	needs     map[string][]string // what goes with it when it is removed
	// ends, where set, is what happens to the next change instead of its end: "dies", "destroyed", "silent".
	ends string
	// broken says that an earlier transaction was cut off.
	broken bool
	// fails is the error of the next change.
	fails  string
	calls  []string
	chans  []chan *dbus.Signal
	number int
}

func (k *kit) Close() error { return nil }

func (k *kit) Property(context.Context, string, dbus.ObjectPath, string) (dbus.Variant, error) {
	return dbus.Variant{}, errors.New("no such property")
}

func (k *kit) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	c := make(chan *dbus.Signal, 64)
	k.chans = append(k.chans, c)
	return c, func() { k.chans = slices.DeleteFunc(k.chans, func(o chan *dbus.Signal) bool { return o == c }) }, nil
}

func (k *kit) send(path dbus.ObjectPath, name string, body ...any) {
	for _, c := range k.chans { // a connection gives every signal to everybody who listens
		c <- &dbus.Signal{Sender: ":1.7", Path: path, Name: name, Body: body}
	}
}

func id(name, where string) string { return name + ";1.0-1;amd64;" + where }

func (k *kit) Call(_ context.Context, _ string, path dbus.ObjectPath, method string, args []any, reply ...any) error {
	const transaction = "org.freedesktop.PackageKit.Transaction."
	if method == "org.freedesktop.PackageKit.CreateTransaction" {
		k.number++
		*reply[0].(*dbus.ObjectPath) = dbus.ObjectPath(fmt.Sprintf("/%d_abc", k.number))
		return nil
	}
	role, ok := strings.CutPrefix(method, transaction)
	if !ok {
		return fmt.Errorf("no method %s", method)
	}
	if role == "SetHints" || role == "Cancel" {
		return nil
	}
	k.calls = append(k.calls, fmt.Sprintf("%s %v", role, args))
	signal := func(name string, body ...any) { k.send(path, transaction+name, body...) }
	pack := func(info uint32, id string) { signal("Package", info, id, "a package") }
	end := func() { signal("Finished", uint32(1), uint32(5)) }
	fail := func(exit, code uint32, text string) {
		signal("ErrorCode", code, text)
		signal("Finished", exit, uint32(5))
	}
	k.send("/other", transaction+"Finished", uint32(2), uint32(0)) // somebody else's
	simulated := len(args) > 0 && args[0] == uint64(1<<2) || len(args) > 0 && args[0] == uint64(1<<1|1<<2)
	if k.broken && role != "Resolve" && role != "RepairSystem" && !simulated {
		fail(11, 66, "an unfinished transaction")
		return nil
	}
	changes := role != "Resolve" && !simulated
	if changes && k.fails != "" {
		text := k.fails
		k.fails = ""
		fail(2, 10, text)
		return nil
	}
	cut := changes && k.ends != ""
	finish := func() {
		if !cut {
			end()
			return
		}
		how := k.ends
		k.ends, k.broken = "", true
		switch how {
		case "dies":
			k.send("/org/freedesktop/DBus", "org.freedesktop.DBus.NameOwnerChanged", "org.freedesktop.Other", ":1.9", "")
			k.send("/org/freedesktop/DBus", "org.freedesktop.DBus.NameOwnerChanged", "org.freedesktop.PackageKit", ":1.7", "")
		case "destroyed":
			signal("Destroy")
		}
	}
	switch role {
	case "Resolve":
		for _, name := range args[1].([]string) {
			switch {
			case slices.Contains(k.installed, name):
				pack(1, id(name, "installed:debian"))
			case args[0] != uint64(1<<2) && k.brings[name] != nil:
				pack(2, id(name, "debian"))
			}
		}
	case "InstallPackages":
		for _, asked := range args[1].([]string) {
			name, _, _ := strings.Cut(asked, ";")
			for _, n := range append([]string{name}, k.brings[name]...) {
				info := uint32(12)
				if n == "replaced" {
					info = 15
				}
				if simulated {
					pack(info, id(n, "debian"))
					continue
				}
				signal("ItemProgress", id(n, "debian"), uint32(8), uint32(50))
				if !slices.Contains(k.installed, n) {
					k.installed = append(k.installed, n)
				}
				if cut {
					break // half of it
				}
			}
		}
	case "RemovePackages":
		for _, asked := range args[1].([]string) {
			name, _, _ := strings.Cut(asked, ";")
			for _, n := range append([]string{name}, k.needs[name]...) {
				if simulated {
					pack(13, id(n, "installed"))
				} else {
					k.installed = slices.DeleteFunc(k.installed, func(i string) bool { return i == n })
				}
			}
		}
	case "RepairSystem":
		k.broken = false
	}
	finish()
	return nil
}

// installing is the step on a machine with a PackageKit.
func installing(t *testing.T, k *kit, names ...string) (*execute.Env, execute.Actuator) {
	t.Helper()
	m, err := faults.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m.System = func(context.Context, *faults.Machine) (execute.Bus, error) { return k, nil }
	a, err := execute.For(plan.InstallPackages{Packages: names})
	if err != nil {
		t.Fatal(err)
	}
	return &execute.Env{System: m, RunID: "20260504T030001Z"}, a
}

func newKit() *kit {
	return &kit{
		installed: []string{"proxmox-ve", "libc6", "sqlite3"},
		brings:    map[string][]string{"efibootmgr": {"libefivar1", "libefiboot1"}, "conflict": {"replaced"}},
		needs:     map[string][]string{},
	}
}

func TestPackagesComeAndGo(t *testing.T) {
	k := newKit()
	var progress []string
	e, a := installing(t, k, "efibootmgr", "sqlite3")
	e.Progress = func(s string) { progress = append(progress, s) }
	ctx := context.Background()
	state, err := a.Prepare(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	if len(k.installed) != 3 {
		t.Fatalf("prepare has installed %v", k.installed)
	}
	for range 2 { // the second has nothing to do
		if err := errors.Join(a.Do(ctx, e, state), a.Verify(ctx, e, state)); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"proxmox-ve", "libc6", "sqlite3", "efibootmgr", "libefivar1", "libefiboot1"}; !slices.Equal(k.installed, want) {
		t.Errorf("installed: %v", k.installed)
	}
	if len(progress) != 3 || progress[0] != "efibootmgr: 50 %" {
		t.Errorf("progress: %q", progress)
	}
	for range 2 {
		if err := a.Undo(ctx, e, state); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"proxmox-ve", "libc6", "sqlite3"}; !slices.Equal(k.installed, want) {
		t.Errorf("left: %v", k.installed)
	}
}

func TestPackagesThatWouldChangeOthersAreRefused(t *testing.T) {
	k := newKit()
	e, a := installing(t, k, "conflict")
	if _, err := a.Prepare(context.Background(), e); err == nil || !strings.Contains(err.Error(), "would also change replaced") {
		t.Error(err)
	}
	e, a = installing(t, k, "unheard-of")
	if _, err := a.Prepare(context.Background(), e); err == nil || !strings.Contains(err.Error(), "no repository has") {
		t.Error(err)
	}
	// Something was built upon it since: nothing is removed.
	e, a = installing(t, k, "efibootmgr")
	ctx := context.Background()
	state, err := a.Prepare(ctx, e)
	if err == nil {
		err = a.Do(ctx, e, state)
	}
	if err != nil {
		t.Fatal(err)
	}
	k.needs["libefivar1"] = []string{"proxmox-ve"}
	if err := a.Undo(ctx, e, state); err == nil || !strings.Contains(err.Error(), "would also change proxmox-ve") {
		t.Error(err)
	}
	if !slices.Contains(k.installed, "proxmox-ve") || !slices.Contains(k.installed, "efibootmgr") {
		t.Errorf("left: %v", k.installed)
	}
}

// A daemon that ends, or a transaction that vanishes, is an error at once; the next change repairs what was left half done.
func TestPackageKitThatEndsInTheMiddle(t *testing.T) {
	for _, how := range []string{"dies", "destroyed"} {
		t.Run(how, func(t *testing.T) {
			k := newKit()
			e, a := installing(t, k, "efibootmgr")
			ctx := context.Background()
			state, err := a.Prepare(ctx, e)
			if err != nil {
				t.Fatal(err)
			}
			k.ends = how
			if err := a.Do(ctx, e, state); err == nil || !strings.Contains(err.Error(), "before it was finished") {
				t.Fatal(err)
			}
			if !k.broken || !slices.Contains(k.installed, "efibootmgr") {
				t.Fatal("the stand-in did not do half of it")
			}
			if err := a.Undo(ctx, e, state); err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(k.calls, func(c string) bool { return strings.HasPrefix(c, "RepairSystem") }) {
				t.Errorf("nothing was repaired: %q", k.calls)
			}
			if want := []string{"proxmox-ve", "libc6", "sqlite3"}; !slices.Equal(k.installed, want) {
				t.Errorf("left: %v", k.installed)
			}
		})
	}
}

func TestPackageKitSaysWhy(t *testing.T) {
	k := newKit()
	e, a := installing(t, k, "efibootmgr")
	ctx := context.Background()
	state, err := a.Prepare(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	k.fails = "mirror\n is away"
	if err := a.Do(ctx, e, state); err == nil || !strings.Contains(err.Error(), "error 10: mirror is away") {
		t.Error(err)
	}
	// One that says nothing any more: the caller's patience ends it.
	k.ends = "silent"
	short, cancel := context.WithCancel(ctx)
	cancel()
	if err := a.Do(short, e, state); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
