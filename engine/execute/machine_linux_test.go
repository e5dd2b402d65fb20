package execute

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/plan"
)

func machine(t *testing.T) *Machine {
	t.Helper()
	m, err := NewMachine()
	must(t, err)
	t.Cleanup(func() { must(t, m.Close()) })
	return m
}

// What is open keeps a mount; an unmount writes out; and what is mounted is named.
func TestMountsAreClosedBeforeTheyGo(t *testing.T) {
	m, dir := machine(t), t.TempDir()
	err := m.Mount("none", dir, "tmpfs", []string{"nosuid", "nodev", "noexec", "noatime", "size=1m", "mode=0700"})
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
		t.Skip("mounting needs root")
	}
	must(t, err)
	if source, err := m.Mounted(dir); err != nil || source != "none" {
		t.Errorf("%q %v", source, err)
	}
	if free, err := m.Free(dir); err != nil || free > 1<<20 || free < 1<<19 {
		t.Errorf("%d bytes are free, %v", free, err)
	}
	link := filepath.Join(t.TempDir(), "link")
	must(t, os.Symlink(dir, link))
	must(t, within(&Env{System: m}, link, func(f Files) error { _, err := f.ReadDir("/"); return err }))
	opened := make(chan struct{})
	go func() { // somebody looks at it for a moment
		f, err := os.Open(dir)
		close(opened)
		time.Sleep(300 * time.Millisecond)
		if err == nil {
			_ = f.Close()
		}
	}()
	<-opened
	err = within(&Env{System: m}, dir, func(f Files) error {
		return errors.Join(f.Mkdir("/a", 0o700), writeFile(f, "/a/b", []byte("x"), 0o600), f.SetXattr("/a/b", "trusted.x", []byte("y")))
	})
	must(t, err, m.Unmount(dir))
	if source, err := m.Mounted(dir); err != nil || source != "" {
		t.Errorf("%q %v", source, err)
	}
	if err := m.Unmount(dir); !errors.Is(err, syscall.EINVAL) {
		t.Errorf("unmounted twice: %v", err)
	}
}

func TestOnlyProgramsOfTheTableAreRun(t *testing.T) {
	m := machine(t)
	for _, name := range []string{"sh", "/bin/true", "apt", "dpkg", "pct", "qm", "pvesh", "kexec", ""} {
		if _, err := m.Run(context.Background(), Command{Name: name}); err == nil || !strings.Contains(err.Error(), "not a program that this tool runs") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, p := range Programs {
		if strings.ContainsAny(p, "/ ") {
			t.Errorf("%q is no name", p)
		}
	}
}

// A database is copied while somebody writes to it: with what is only in its log, and nothing is left beside one that nobody has open.
func TestDatabasesAreCopiedWhileInUse(t *testing.T) {
	m, dir := machine(t), t.TempDir()
	name := filepath.Join(dir, "config.db")
	db, err := sql.Open("sqlite", "file:"+name+"?_pragma=journal_mode(wal)&_pragma=wal_autocheckpoint(0)")
	must(t, err)
	db.SetMaxOpenConns(1)
	ctx := context.Background()
	for _, q := range []string{"CREATE TABLE tree (name TEXT)", "INSERT INTO tree VALUES ('committed')", "BEGIN", "INSERT INTO tree VALUES ('open')"} {
		_, err := db.ExecContext(ctx, q)
		must(t, err)
	}
	names := func(image []byte) (out []string) {
		must(t, queryImage(ctx, image, "SELECT name FROM tree", func(r *sql.Rows) error {
			var n string
			err := r.Scan(&n)
			out = append(out, n)
			return err
		}))
		return out
	}
	image, err := m.Database(ctx, name)
	must(t, err)
	if got := names(image); len(got) != 1 || got[0] != "committed" {
		t.Errorf("the copy has %q", got)
	}
	_, err = db.ExecContext(ctx, "COMMIT")
	must(t, err, db.Close())
	before, err := os.ReadFile(name)
	must(t, err)
	image, err = m.Database(ctx, name)
	must(t, err)
	if got := names(image); len(got) != 2 {
		t.Errorf("the copy has %q", got)
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	after, err := os.ReadFile(name)
	must(t, err)
	if len(entries) != 1 || string(before) != string(after) {
		t.Errorf("beside the database: %v", entries)
	}
	must(t, os.WriteFile(name, append(slices.Clone(before[:5000]), make([]byte, len(before)-5000)...), 0o600))
	if _, err := m.Database(ctx, name); err == nil {
		t.Error("a database that is broken was copied")
	}
	// As a file that is carried along.
	a, b := folder(t, dir), folder(t, t.TempDir())
	must(t, os.WriteFile(name, before, 0o600))
	h := how{mode: 0o600, database: func(n string) ([]byte, error) { return m.Database(ctx, filepath.Join(dir, n)) }}
	must(t, copyTree(ctx, a, "/config.db", b, "/copy.db", h), sameTree(a, "/config.db", b, "/copy.db", h))
}

// onLoop makes a file system of a kind in a file, and a device of that.
func onLoop(t *testing.T, size int64, program string, args ...string) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("a device of a file needs root")
	}
	file := filepath.Join(t.TempDir(), "disk")
	must(t, os.WriteFile(file, nil, 0o600), os.Truncate(file, size))
	if out, err := exec.Command(program, append(args, file)...).CombinedOutput(); err != nil {
		t.Skipf("%s: %v: %s", program, err, out)
	}
	out, err := exec.Command("losetup", "--find", "--show", file).Output()
	if err != nil {
		t.Skipf("losetup: %v", err)
	}
	device := strings.TrimSpace(string(out))
	t.Cleanup(func() {
		if out, err := exec.Command("losetup", "--detach", device).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return device
}

// smallClosure is a store with one path in it.
func smallClosure(t *testing.T) (dir, toplevel string) {
	t.Helper()
	dir, toplevel = t.TempDir(), "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-pve-25.11"
	must(t, errors.Join(os.MkdirAll(filepath.Join(dir, toplevel), 0o755), os.MkdirAll(filepath.Join(dir, filepath.Dir(databaseAt)), 0o755)))
	db, err := sql.Open("sqlite", filepath.Join(dir, databaseAt))
	must(t, err)
	for _, q := range []string{
		"CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, narSize INTEGER)", "CREATE TABLE Refs (referrer INTEGER NOT NULL, reference INTEGER NOT NULL)",
		"INSERT INTO ValidPaths VALUES (1, '" + toplevel + "', 1000)",
	} {
		_, err := db.Exec(q)
		must(t, err)
	}
	must(t, db.Close())
	return dir, toplevel
}

func TestARealBtrfsWithoutRoomIsRefused(t *testing.T) {
	device := onLoop(t, 200<<20, "mkfs.btrfs", "--quiet")
	m := machine(t)
	e := &Env{System: m, RunID: "20260504T030001Z"}
	e.Closure, e.Toplevel = smallClosure(t)
	a, err := For(plan.CreateRoot{Layout: plan.Layout{Kind: "btrfs", Source: device, Root: device, Subvolume: "@nixos-test", Type: "btrfs"}})
	must(t, err)
	if _, err := a.Prepare(context.Background(), e); err == nil || !strings.Contains(err.Error(), "1024 MiB are needed") {
		t.Errorf("it says %v", err)
	}
}

// The actuators of btrfs on a real one: made, marked, mounted, filled, with a subvolume of somebody in it, and gone.
func TestSubvolumeOnARealBtrfs(t *testing.T) {
	device := onLoop(t, 2<<30, "mkfs.btrfs", "--quiet")
	m := machine(t)
	e := &Env{System: m, RunID: "20260504T030001Z"}
	e.Closure, e.Toplevel = smallClosure(t)
	layout := plan.Layout{Kind: "btrfs", Source: device, Root: device, Subvolume: "@nixos-test", Type: "btrfs"}
	ctx := context.Background()
	if at, err := m.Mounted(plan.RootAt); err != nil || at != "" {
		t.Skipf("%s is in use: %s %v", plan.RootAt, at, err)
	}
	t.Cleanup(func() { // before the device goes, however the test ends
		for _, at := range []string{plan.RootAt, topAt} {
			if source, err := m.Mounted(at); err != nil || source == "" {
				continue
			}
			if err := unix.Unmount(at, unix.MNT_DETACH); err != nil {
				t.Error(err)
			}
		}
	})
	steps := make([]Actuator, 2)
	states := make([][]byte, 2)
	for i, a := range []plan.Action{plan.CreateRoot{Layout: layout}, plan.MountRoot{Layout: layout}} {
		var err error
		steps[i], err = For(a)
		must(t, err)
		states[i], err = steps[i].Prepare(ctx, e)
		must(t, err)
		if steps[i].Verify(ctx, e, states[i]) == nil {
			t.Errorf("%s: is done before it is done", a.Kind())
		}
		for range 2 {
			must(t, steps[i].Do(ctx, e, states[i]), steps[i].Verify(ctx, e, states[i]))
		}
	}
	if _, err := steps[0].Prepare(ctx, e); err == nil {
		t.Error("a subvolume that is there already was taken")
	}
	other := &Env{System: m, RunID: "20260504T030002Z"}
	if steps[0].Verify(ctx, other, states[0]) == nil || steps[0].Do(ctx, other, states[0]) == nil || steps[1].Verify(ctx, other, states[1]) == nil {
		t.Error("another run took it for its own")
	}
	if steps[0].Undo(ctx, other, states[0]) == nil {
		t.Error("another run removed it")
	}
	must(t, withRoot(e, func(f Files) error { return writeFile(f, "/file", []byte("x"), 0o600) }))
	carriesWhatThereIs(t, ctx, e)
	for _, inner := range []string{"portables", "portables/deep"} { // as systemd makes them
		if out, err := exec.Command("btrfs", "subvolume", "create", filepath.Join(plan.RootAt, inner)).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	for range 2 {
		must(t, steps[1].Undo(ctx, e, states[1]), steps[0].Undo(ctx, e, states[0]))
	}
	must(t, btrfsRoot{layout}.withTop(e, func(name string) error { return unused(e, name) }))
	if at, err := m.Mounted(topAt); err != nil || at != "" {
		t.Errorf("%q is mounted, %v", at, err)
	}
}

// carriesWhatThereIs holds that a file that the host does not have is left out, and said to be, and one that comes is missed.
func carriesWhatThereIs(t *testing.T, ctx context.Context, e *Env) {
	t.Helper()
	there := filepath.Join(t.TempDir(), "key")
	gone := there + ".gone"
	must(t, os.WriteFile(there, []byte("key"), 0o600))
	a, err := For(plan.CarryFiles{Files: []plan.CarriedFile{{From: there, To: "/etc/key", Mode: "0600"}, {From: gone, To: "/etc/gone", Mode: "0600"}}})
	must(t, err)
	state, err := a.Prepare(ctx, e)
	must(t, err)
	if got, want := absentFrom(state), "; not on this host, and left out: "+gone; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for range 2 {
		must(t, a.Do(ctx, e, state), a.Verify(ctx, e, state))
	}
	must(t, withRoot(e, func(f Files) error {
		if _, err := f.Lstat("/etc/gone"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a file that is not there was copied: %v", err)
		}
		_, err := f.Lstat("/etc/key")
		return err
	}))
	must(t, os.WriteFile(gone, []byte("late"), 0o600))
	if a.Verify(ctx, e, state) == nil {
		t.Error("a file that came later is not missed")
	}
	must(t, a.Do(ctx, e, state), a.Verify(ctx, e, state))
}

// What is written to an ESP on a real FAT: no owners, no modes, no links, and names as they are.
func TestFilesOnARealFAT(t *testing.T) {
	device := onLoop(t, 40<<20, "mkfs.vfat", "-n", "ESP")
	m, dir := machine(t), t.TempDir()
	err := m.Mount(device, dir, "vfat", []string{"nosuid", "nodev", "noexec", "noatime", "umask=0077"})
	if errors.Is(err, syscall.ENODEV) {
		t.Skip("the kernel has no FAT")
	}
	must(t, err)
	source := t.TempDir()
	initrd := append(make([]byte, 2*block), []byte("behind zeros")...)
	must(t, os.WriteFile(filepath.Join(source, "initrd"), initrd, 0o444))
	kept := &keptFile{Data: []byte("old"), Mode: 0o700, Modified: time.Unix(1.6e9, 0)}
	err = within(&Env{System: m}, dir, func(f Files) error {
		if _, err := makeDirs(f, efiAt, 0o700); err != nil {
			return err
		}
		from := folder(t, source)
		for range 2 {
			if err := place(context.Background(), from, "/initrd", f, efiAt+"/initrd"); err != nil {
				return err
			}
		}
		return errors.Join(writeFile(f, "/custom.cfg", []byte("x"), 0o600), kept.write(f, "/custom.cfg", []byte("new")), holds(f, "/custom.cfg", []byte("new")))
	})
	must(t, errors.Join(err, m.Unmount(dir)))
	must(t, m.Mount(device, dir, "vfat", []string{"ro", "umask=0077"}))
	err = within(&Env{System: m}, dir, func(f Files) error {
		info, err := f.Lstat("/custom.cfg")
		if err != nil {
			return err
		}
		if !info.ModTime().Equal(kept.Modified) {
			t.Errorf("the time is %s", info.ModTime())
		}
		if err := writeFile(f, "/x", nil, 0o600); !errors.Is(err, syscall.EROFS) {
			t.Errorf("written to what is mounted for reading: %v", err)
		}
		return isCopy(f, efiAt+"/initrd", digestOf(initrd))
	})
	must(t, errors.Join(err, m.Unmount(dir)))
}
