package execute_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
	_ "modernc.org/sqlite" // the driver

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// The tests of this file run a whole conversion on the real thing: the kernel's btrfs and ext4 on loop devices, with
// the programs of btrfs, in a root of its own. Three processes of this test take part, told apart by insideVariable:
// the test itself, one in a mount namespace that builds the root ("outside"), and those that are in that root alone
// and do what apply and rollback do.

const insideVariable = "PVE2NIX_TEST_INSIDE"

const (
	realESP     = "3F1B-9C2A"
	realTop     = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-pve-25.11"
	realProgram = "/run/test/inside"
	// killVariable names the step, killAtVariable the record of it, after which the process of a run is killed.
	killVariable   = "PVE2NIX_TEST_KILL"
	killAtVariable = "PVE2NIX_TEST_KILL_AT"
	// killAfterVariable is how long after its beginning the process is killed.
	killAfterVariable = "PVE2NIX_TEST_KILL_AFTER"
)

// needReal skips where the machine cannot do it; in CI that is a failure.
func needReal(t *testing.T) {
	t.Helper()
	reason := ""
	if os.Getuid() != 0 {
		reason = "loop devices need root"
	} else if _, err := os.Stat("/dev/loop-control"); err != nil {
		reason = "the kernel has no loop devices"
	}
	for _, p := range []string{"mkfs.btrfs", "btrfs", "mkfs.ext4", "losetup"} {
		if _, err := exec.LookPath(p); err != nil {
			reason = p + " is missing"
		}
	}
	switch {
	case reason == "":
	case os.Getenv("CI") == "true":
		t.Fatal(reason)
	default:
		t.Skip(reason)
	}
}

func TestConversionOnRealBtrfs(t *testing.T) {
	if os.Getenv(insideVariable) != "" {
		return
	}
	needReal(t)
	cmd := exec.Command(os.Args[0], "-test.run=^TestOutside$", "-test.v")
	cmd.Env = append(os.Environ(), insideVariable+"=outside", "TMPDIR="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// realHost is a root on real file systems.
type realHost struct {
	*testing.T
	root, disk, esp string
}

func (h realHost) run(name string, args ...string) string {
	h.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		h.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (h realHost) must(errs ...error) {
	h.Helper()
	if err := errors.Join(errs...); err != nil {
		h.Fatal(err)
	}
}

// loop makes a device of a file.
func (h realHost) loop(name string, size int64) string {
	h.Helper()
	file := filepath.Join(h.TempDir(), name)
	h.must(os.WriteFile(file, nil, 0o600), os.Truncate(file, size))
	dev := h.run("losetup", "--find", "--show", file)
	h.Cleanup(func() { _ = exec.Command("losetup", "--detach", dev).Run() })
	return dev
}

func (h realHost) write(name, text string, mode fs.FileMode) {
	h.Helper()
	file := filepath.Join(h.root, name)
	h.must(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), mode), os.Chmod(file, mode))
}

func newRealHost(t *testing.T) realHost {
	h := realHost{T: t, root: t.TempDir()}
	h.disk, h.esp = h.loop("disk.img", 3<<30), h.loop("esp.img", 48<<20)
	h.run("mkfs.btrfs", "-q", h.disk)
	h.run("mkfs.ext4", "-q", "-F", h.esp)
	// PVE's own root is a subvolume, and its guests lie in others.
	top := t.TempDir()
	h.must(unix.Mount(h.disk, top, "btrfs", 0, "subvolid=5"))
	h.run("btrfs", "subvolume", "create", top+"/@")
	h.must(unix.Unmount(top, 0), unix.Mount(h.disk, h.root, "btrfs", 0, "subvol=@"))
	t.Cleanup(func() { _ = unix.Unmount(h.root, unix.MNT_DETACH) })
	h.must(os.MkdirAll(h.root+"/var/lib/pve/images", 0o755))
	h.run("btrfs", "subvolume", "create", h.root+"/var/lib/pve/images/vm-100-disk-0")
	h.write("var/lib/pve/images/vm-100-disk-0/disk.raw", strings.Repeat("somebody's data", 20000), 0o600)
	h.write("boot/grub/grub.cfg", "menuentry 'Proxmox VE' { linux /boot/vmlinuz }\nsource ${config_directory}/custom.cfg\n", 0o600)
	h.write("etc/ssh/ssh_host_ed25519_key", "KEY\n", 0o600)
	h.write("var/lib/state/sparse", "", 0o640)
	h.must(os.Truncate(h.root+"/var/lib/state/sparse", 64<<20), os.Chown(h.root+"/var/lib/state/sparse", 100, 101))
	h.must(unix.Setxattr(h.root+"/var/lib/state/sparse", "user.note", []byte("kept"), 0))
	// user::rw- user:1000:r-- group::r-- mask::r-- other::---, as setfacl(1) writes it (linux/posix_acl_xattr.h).
	acl := []byte{2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 232, 3, 0, 0, 4, 0, 4, 0, 255, 255, 255, 255, 16, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255}
	h.must(unix.Setxattr(h.root+"/var/lib/state/sparse", "system.posix_acl_access", acl, 0))
	h.must(os.MkdirAll(h.root+"/var/lib/pve-cluster", 0o755))
	db, err := sql.Open("sqlite", h.root+"/var/lib/pve-cluster/config.db")
	h.must(err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() }) // it stays open, as that of pmxcfs
	for _, s := range []string{"PRAGMA journal_mode=WAL", "CREATE TABLE tree (name TEXT)", "INSERT INTO tree VALUES ('storage.cfg')"} {
		_, err := db.Exec(s)
		h.must(err)
	}
	// What is not PVE's: the programs of this machine, memory, and the folder with the closure.
	for _, dir := range []string{"usr", "dev", "proc", "run", "mnt"} {
		h.must(os.MkdirAll(filepath.Join(h.root, dir), 0o755))
	}
	for _, dir := range []string{"run", "dev", "mnt"} {
		h.must(unix.Mount("tmpfs", filepath.Join(h.root, dir), "tmpfs", 0, "mode=755"))
	}
	h.must(unix.Mount("/usr", h.root+"/usr", "", unix.MS_BIND, ""), unix.Mount("proc", h.root+"/proc", "proc", 0, ""))
	for _, link := range []string{"bin", "sbin", "lib", "lib64"} {
		if target, err := os.Readlink("/" + link); err == nil {
			h.must(os.Symlink(target, filepath.Join(h.root, link)))
		}
	}
	h.must(os.MkdirAll(h.root+"/dev/disk/by-uuid", 0o755), os.Symlink("../../"+filepath.Base(h.esp), h.root+"/dev/disk/by-uuid/"+realESP))
	for name, from := range map[string]string{"null": "/dev/null", h.disk: h.disk, h.esp: h.esp} {
		var st unix.Stat_t
		h.must(unix.Stat(from, &st), unix.Mknod(filepath.Join(h.root, "dev", filepath.Base(name)), st.Mode, int(st.Rdev)))
	}
	h.write("mnt/closure"+realTop+"/init", "#!init", 0o755)
	h.write("mnt/closure"+realTop+"/activate", "#!activate", 0o755)
	h.write("mnt/closure"+realTop+"/kernel", strings.Repeat("kernel", 100000), 0o444)
	h.write("mnt/closure"+realTop+"/initrd", strings.Repeat("initrd", 100000), 0o444)
	h.write("mnt/closure"+realTop+"/kernel-params", "loglevel=4\n", 0o444)
	h.write("mnt/closure/nix/var/nix/db/db.sqlite", "", 0o644)
	store, err := sql.Open("sqlite", h.root+"/mnt/closure/nix/var/nix/db/db.sqlite")
	h.must(err)
	for _, s := range []string{
		"CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, narSize INTEGER)", "CREATE TABLE Refs (referrer INTEGER NOT NULL, reference INTEGER NOT NULL)",
		"INSERT INTO ValidPaths VALUES (1, '" + realTop + "', 1200000)", "INSERT INTO Refs VALUES (1, 1)",
	} {
		_, err := store.Exec(s)
		h.must(err)
	}
	h.must(store.Close())
	program, err := os.ReadFile(os.Args[0])
	h.must(err)
	h.write("run/test/inside", string(program), 0o755)
	return h
}

// inside runs this test within the root, as another process.
func (h realHost) inside(what string, env ...string) ([]byte, error) {
	cmd := exec.Command(realProgram, "-test.run=^TestInside$", "-test.v")
	cmd.Env = append([]string{insideVariable + "=" + what, "PVE2NIX_TEST_DISK=" + h.disk, "TMPDIR=/run", "PATH=/usr/bin:/usr/sbin"}, env...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: h.root}
	return cmd.CombinedOutput()
}

// picture is all that a conversion must leave alone: PVE's root with its guests' volumes, and the ESP.
func (h realHost) picture() map[string]string {
	h.Helper()
	out := map[string]string{}
	h.must(unix.Mount(h.esp, h.root+"/mnt", "ext4", unix.MS_RDONLY, ""))
	h.walk(out, "ESP:", h.root+"/mnt", nil)
	h.must(unix.Unmount(h.root+"/mnt", 0))
	h.walk(out, "", h.root, []string{"/usr", "/dev", "/proc", "/run", "/mnt", plan.StateAt})
	return out
}

func (h realHost) walk(out map[string]string, prefix, dir string, except []string) {
	h.Helper()
	h.must(filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(p, dir)
		if slices.Contains(except, name) {
			return fs.SkipDir
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		s := info.Sys().(*syscall.Stat_t)
		line := fmt.Sprintf("%s %d:%d", info.Mode(), s.Uid, s.Gid)
		if info.Mode().IsRegular() {
			f, err := os.Open(p)
			if err != nil {
				return err
			}
			defer f.Close()
			sum := sha256.New()
			if _, err := io.Copy(sum, f); err != nil {
				return err
			}
			line += fmt.Sprintf(" %s %x", info.ModTime(), sum.Sum(nil))
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			list := make([]byte, 4096)
			n, err := unix.Listxattr(p, list)
			if err != nil {
				return err
			}
			for a := range strings.SplitSeq(string(list[:n]), "\x00") {
				value := make([]byte, 4096)
				if n, err := unix.Getxattr(p, a, value); err == nil {
					line += fmt.Sprintf(" %s=%x", a, value[:n])
				}
			}
		}
		out[prefix+name] = line
		return nil
	}))
}

func (h realHost) subvolumes() []string {
	h.Helper()
	top := h.TempDir()
	h.must(unix.Mount(h.disk, top, "btrfs", unix.MS_RDONLY, "subvolid=5"))
	defer func() { h.must(unix.Unmount(top, 0)) }()
	var out []string
	for line := range strings.Lines(h.run("btrfs", "subvolume", "list", top)) {
		_, at, _ := strings.Cut(strings.TrimSpace(line), " path ")
		out = append(out, at)
	}
	slices.Sort(out)
	return out
}

func TestOutside(t *testing.T) {
	if os.Getenv(insideVariable) != "outside" {
		return // TestConversionOnRealBtrfs starts it
	}
	h := newRealHost(t)
	before, volumes := h.picture(), h.subvolumes()
	if !slices.Equal(volumes, []string{"@", "@/var/lib/pve/images/vm-100-disk-0"}) {
		t.Fatalf("subvolumes %v", volumes)
	}
	untouched := func(t *testing.T) {
		t.Helper()
		if d := cmp.Diff(before, h.picture()); d != "" {
			t.Errorf("not as it was: %s", d)
		}
		if now := h.subvolumes(); !slices.Equal(now, volumes) {
			t.Errorf("subvolumes %v, were %v", now, volumes)
		}
		mounts, err := os.ReadFile("/proc/self/mounts")
		if err != nil || strings.Contains(string(mounts), h.root+"/run/pve2nix") {
			t.Errorf("still mounted: %s %v", mounts, err)
		}
	}
	t.Run("staged and taken back", func(t *testing.T) {
		h := realHost{t, h.root, h.disk, h.esp}
		if out, err := h.inside("apply"); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		after := h.picture()
		for name := range maps.Keys(before) {
			if after[name] != before[name] {
				t.Errorf("%s was %s, is %s", name, before[name], after[name])
			}
		}
		for _, name := range []string{"/boot/grub/custom.cfg", "ESP:/pve2nix/vmlinuz", "ESP:/pve2nix/initrd", "ESP:/pve2nix/grubenv"} {
			if after[name] == "" {
				t.Errorf("%s is not there", name)
			}
		}
		if !slices.Contains(h.subvolumes(), "@nixos") {
			t.Errorf("subvolumes %v", h.subvolumes())
		}
		h.newRoot()
		if out, err := h.inside("rollback"); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		untouched(t)
		if out, err := h.inside("rollback"); err != nil {
			t.Fatalf("again: %v\n%s", err, out)
		}
		untouched(t)
	})
	// The process is killed, and mounts and files stay as they are.
	for i, step := range realSteps(t, h.disk) {
		event := []journal.Event{journal.Done, journal.Intent}[i%2]
		t.Run("killed at "+string(event)+" of "+step.ID, func(t *testing.T) {
			h := realHost{t, h.root, h.disk, h.esp}
			out, err := h.inside("apply", killVariable+"="+step.ID, killAtVariable+"="+string(event))
			var ended *exec.ExitError
			if !errors.As(err, &ended) || ended.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatalf("was not killed: %v\n%s", err, out)
			}
			if out, err := h.inside("rollback"); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			untouched(t)
		})
	}
	// And at any moment of it.
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	for range 6 {
		after := time.Duration(1+chance.IntN(900)) * time.Millisecond
		t.Run("killed after "+after.String(), func(t *testing.T) {
			h := realHost{t, h.root, h.disk, h.esp}
			if out, err := h.inside("apply", killAfterVariable+"="+after.String()); err != nil && !strings.Contains(err.Error(), "killed") {
				t.Fatalf("%v\n%s", err, out)
			}
			if out, err := h.inside("rollback"); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			untouched(t)
		})
	}
}

// newRoot looks into the side root: what was carried has owners, modes, attributes, access lists and holes.
func (h realHost) newRoot() {
	h.Helper()
	at := h.TempDir()
	h.must(unix.Mount(h.disk, at, "btrfs", unix.MS_RDONLY, "subvol=@nixos"))
	defer func() { h.must(unix.Unmount(at, 0)) }()
	was, is := map[string]string{}, map[string]string{}
	h.walk(was, "", h.root+"/var/lib/state", nil)
	h.walk(is, "", at+"/var/lib/state", nil)
	if d := cmp.Diff(was, is); d != "" {
		h.Error(d)
	}
	var st unix.Stat_t
	h.must(unix.Stat(at+"/var/lib/state/sparse", &st))
	if st.Size != 64<<20 || st.Blocks > 8 {
		h.Errorf("a file of holes takes %d blocks of its %d bytes", st.Blocks, st.Size)
	}
	h.must(unix.Stat(at+"/etc/ssh/ssh_host_ed25519_key", &st))
	if st.Mode&0o7777 != 0o600 {
		h.Errorf("the key has mode %o", st.Mode&0o7777)
	}
	if target, err := os.Readlink(at + "/nix/var/nix/profiles/system-1-link"); err != nil || target != realTop {
		h.Error(target, err)
	}
	for _, dir := range []string{"", "nix", "nix/var", "var", "var/lib", "etc"} {
		h.must(unix.Stat(filepath.Join(at, dir), &st))
		if st.Mode&0o777 != 0o755 {
			h.Errorf("/%s has mode %o: users cannot pass", dir, st.Mode&0o777)
		}
	}
	db, err := sql.Open("sqlite", "file:"+at+"/var/lib/pve-cluster/config.db?mode=ro&immutable=1")
	h.must(err)
	defer db.Close()
	var name string
	if err := db.QueryRow("SELECT name FROM tree").Scan(&name); err != nil || name != "storage.cfg" {
		h.Errorf("the database: %q %v", name, err)
	}
}

func realSteps(t *testing.T, disk string) []plan.Step {
	layout := plan.Layout{Kind: "btrfs", Source: disk, Root: disk, Subvolume: "@nixos", Type: "btrfs"}
	boot := plan.Boot{Kind: "grub-bios", ESPs: []plan.ESP{{UUID: realESP}}, Config: "/boot/grub"}
	var out []plan.Step
	for _, s := range []struct {
		id     string
		action plan.Action
	}{
		{"checkpoint.files", plan.SaveFiles{Paths: []string{"/boot/grub"}, ESPs: boot.ESPs}},
		{"checkpoint.disks", plan.SavePartitions{Disks: []string{disk}}},
		{"checkpoint.database", plan.SaveDatabase{Path: "/var/lib/pve-cluster/config.db"}},
		{"root.create", plan.CreateRoot{Layout: layout}},
		{"root.mount", plan.MountRoot{Layout: layout}},
		{"install.closure", plan.ImportClosure{}},
		{"install.state", plan.CarryFiles{Files: []plan.CarriedFile{
			{From: "/etc/ssh/ssh_host_ed25519_key", To: "/etc/ssh/ssh_host_ed25519_key", Mode: "0600", Secret: true},
			{From: "/var/lib/state", To: "/var/lib/state", Mode: "0755"},
			{From: "/var/lib/pve-cluster", To: "/var/lib/pve-cluster", Mode: "0755"},
		}}},
		{"install.guard", plan.InstallGuard{}},
		{"boot.stage", plan.StageBoot{Boot: boot, Layout: layout}},
		{"root.unmount", plan.UnmountRoot{}},
		{"trial.arm", plan.ArmTrial{Boot: boot}},
	} {
		step, err := plan.NewStep(s.id, plan.OnPVE, s.action)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, step)
	}
	return out
}

// TestInside is what happens within the root.
func TestInside(t *testing.T) {
	what := os.Getenv(insideVariable)
	if what != "apply" && what != "rollback" {
		return // TestOutside starts it
	}
	unix.Umask(0o077) // as a careful operator's shell has it
	sys, err := execute.NewMachine()
	if err != nil {
		t.Fatal(err)
	}
	release, err := execute.LockMachine(sys)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = release() }()
	_, err = execute.LockMachine(sys)
	if !errors.Is(err, execute.ErrLocked) {
		t.Errorf("locked twice: %v", err)
	}
	env := &execute.Env{System: sys, Baseline: []byte("{}"), Steps: realSteps(t, os.Getenv("PVE2NIX_TEST_DISK")), Params: execute.Params{
		Host: "pve", Toplevel: realTop, Closure: "/mnt/closure", Deadline: 900, Word: strings.Repeat("d", 64), Program: realProgram,
	}}
	var w *journal.Writer
	if what == "apply" {
		// Runs are named by the second, and this machine is fast.
		if err := os.RemoveAll(execute.RunsAt); err != nil {
			t.Fatal(err)
		}
		env.RunID, w, err = execute.NewRun(sys)
	} else {
		runs, runsErr := execute.Runs(sys)
		if runsErr != nil || len(runs) > 1 {
			t.Fatal(runs, runsErr)
		}
		if len(runs) == 0 {
			return // it was killed before it did anything
		}
		env.RunID = runs[0]
		if w, err = execute.OpenRun(sys, env.RunID); errors.Is(err, fs.ErrNotExist) || err == nil && len(w.Records()) == 0 {
			return
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	env.Dir = execute.RunsAt + "/" + env.RunID
	r := &execute.Runner{Env: env, Where: plan.OnPVE, Journal: w}
	if what == "rollback" {
		if err := r.Rollback(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		return
	}
	if after, err := time.ParseDuration(os.Getenv(killAfterVariable)); err == nil {
		time.AfterFunc(after, func() { _ = unix.Kill(os.Getpid(), unix.SIGKILL) })
	}
	kill := os.Getenv(killVariable)
	r.Tell = func(record journal.Record) {
		if record.Step != kill || kill == "" {
			return
		}
		if string(record.Event) == os.Getenv(killAtVariable) {
			_ = unix.Kill(os.Getpid(), unix.SIGKILL)
		}
	}
	if err := r.Begin(); err != nil {
		t.Fatal(err)
	}
	if err := r.Apply(context.Background(), journal.Staged); err != nil {
		t.Fatal(err)
	}
}

// An ESP is mounted as what it is, and one that is nothing known is not.
func TestMountFindsWhatIsOnADevice(t *testing.T) {
	if os.Getenv(insideVariable) != "" {
		return
	}
	for name, c := range map[string]struct {
		at   int
		text string
		want string
	}{
		"FAT32": {82, "FAT32   ", "vfat"}, "FAT16": {54, "FAT16   ", "vfat"}, "ext4": {0x438, "\x53\xef", "ext4"}, "btrfs": {0x10040, "_BHRfS_M", "btrfs"}, "nothing": {0, "zeros", ""},
	} {
		image := make([]byte, 1<<17)
		copy(image[c.at:], c.text)
		got, options, err := execute.Superblock(strings.NewReader(string(image)))
		if got != c.want || (err != nil) != (c.want == "") || (c.want == "vfat") != slices.Contains(options, "umask=0077") {
			t.Errorf("%s: %q %v %v", name, got, options, err)
		}
	}
}
