package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// cause is why a run fails. prepare and end stand around a case; apply lets the run fail from now on, or says that it
// cannot yet; remove ends that, and does nothing where there is nothing to end.
type cause struct {
	prepare func() error
	apply   func() (applied bool, err error)
	remove  func() error
	end     func() error
}

func nothing() error { return nil }

// aliasedESP is the ESP on a device that can be made to fail, where there is one; the plan of a case has it by an id of its own.
const (
	failing    = "rig-esp"
	aliasedESP = "/dev/mapper/" + failing
	espDevice  = "/dev/vda2"
)

func causeOf(s *talk.Strike) cause {
	c := cause{nothing, func() (bool, error) { return false, errors.New("no such fault") }, nothing, nothing}
	switch s.Fault.Kind {
	case talk.NoSpaceRoot:
		c.apply = func() (bool, error) { return true, fill(plan.StateAt + "/rig-fill") }
		c.remove = func() error {
			if !isThere(plan.StateAt + "/rig-fill") {
				return nil
			}
			if err := gone(plan.StateAt + "/rig-fill"); err != nil || s.Layout.Kind != "btrfs" {
				return err
			}
			return room(plan.StateAt + "/rig-room")
		}
	case talk.NoSpaceSide:
		c.apply = func() (bool, error) {
			if !mounted(plan.RootAt) {
				return false, nil
			}
			return true, fill(plan.RootAt + "/rig-fill")
		}
		c.remove = func() error { return gone(plan.RootAt + "/rig-fill") }
	case talk.NoSpacePool:
		if s.Layout.Kind == "zfs" { // which has one room for all, and writes nothing for zeros
			pool, _, _ := strings.Cut(s.Layout.Source, "/")
			c.apply = func() (bool, error) { return true, reserve(pool) }
			c.remove = func() error {
				if exec.Command("zfs", "list", pool+"/rig-fill").Run() != nil {
					return nil
				}
				return run("zfs", "destroy", pool+"/rig-fill")
			}
			break
		}
		group, _, _ := strings.Cut(s.Layout.Source, "/")
		c.apply = func() (bool, error) { return true, fillPool(s.Layout.Source, group+"/rig-fill") }
		c.remove = func() error {
			if _, err := os.Stat("/dev/" + group + "/rig-fill"); err != nil {
				return nil
			}
			return run("lvremove", "-qq", "--yes", "--config", "backup { backup=0 archive=0 }", group+"/rig-fill")
		}
	case talk.NoSpaceESP:
		c.apply = func() (bool, error) {
			return true, withESP(s.Look.ESP, false, func(at string) error { return fill(at + "/rig-fill") })
		}
		c.remove = func() error {
			return withESP(s.Look.ESP, false, func(at string) error { return gone(at + "/rig-fill") })
		}
	case talk.FailingESP, talk.FailingESPWrites:
		alias := "/dev/disk/by-uuid/" + s.Boot.ESPs[0].UUID
		var size int64
		table := func(text string) error { return reload(failing, fmt.Sprintf(text, size)) }
		c.prepare = func() (err error) {
			if size, err = sectors(espDevice); err != nil {
				return err
			}
			if err := run("dmsetup", "create", failing, "--table", fmt.Sprintf("0 %d linear %s 0", size, espDevice)); err != nil {
				return err
			}
			return os.Symlink(aliasedESP, alias)
		}
		c.apply = func() (bool, error) {
			if s.Fault.Kind == talk.FailingESP {
				return true, table("0 %d error")
			}
			return true, table("0 %d flakey " + espDevice + " 0 0 1 1 error_writes")
		}
		c.remove = func() error {
			if _, err := os.Stat(aliasedESP); err != nil {
				return nil
			}
			return table("0 %d linear " + espDevice + " 0")
		}
		c.end = func() error {
			if _, err := os.Stat(aliasedESP); err != nil {
				return nil
			}
			return errors.Join(gone(alias), run("dmsetup", "remove", "--retry", failing), run("udevadm", "settle", "--timeout=20"))
		}
	case talk.FailingSide:
		name := strings.ReplaceAll(strings.TrimPrefix(s.Layout.Root, "/dev/"), "/", "-")
		device, was := "/dev/mapper/"+name, ""
		c.apply = func() (bool, error) {
			if _, err := os.Stat(device); err != nil {
				return false, nil
			}
			text, err := exec.Command("dmsetup", "table", name).Output()
			if err != nil {
				return false, err
			}
			size, err := sectors(device)
			if err != nil {
				return false, err
			}
			was = string(text)
			return true, reload(name, fmt.Sprintf("0 %d error", size))
		}
		c.remove = func() error {
			if _, err := os.Stat(device); err != nil || was == "" {
				return nil
			}
			err := reload(name, was)
			was = ""
			return err
		}
	case talk.ReadOnlyESP:
		const at = "/run/pve2nix/esp"
		c.apply = func() (bool, error) {
			if !mounted(at) {
				return false, nil
			}
			err := unix.Mount("", at, "", unix.MS_REMOUNT|unix.MS_RDONLY, "")
			if errors.Is(err, unix.EBUSY) { // a file is open for writing
				return false, nil
			}
			return err == nil, err
		}
		c.remove = func() error {
			if !mounted(at) {
				return nil
			}
			return unix.Mount("", at, "", unix.MS_REMOUNT, "")
		}
	case talk.ReadOnly:
		if s.Layout.Kind == "zfs" { // which the kernel leaves out when it makes all read-only
			pool, _, _ := strings.Cut(s.Layout.Source, "/")
			c.apply = func() (bool, error) { return true, run("zfs", "set", "readonly=on", pool) }
			c.remove = func() error { return run("zfs", "inherit", "readonly", pool) }
			break
		}
		c.apply = func() (bool, error) {
			if err := os.WriteFile("/proc/sysrq-trigger", []byte("u"), 0); err != nil {
				return false, err
			}
			for range 100 {
				var f unix.Statfs_t
				if err := unix.Statfs("/", &f); err != nil || f.Flags&unix.ST_RDONLY != 0 {
					return true, err
				}
				time.Sleep(100 * time.Millisecond)
			}
			return false, errors.New("the root is not read-only")
		}
		c.remove = func() error {
			err := run("mount", "-o", "remount,rw", "/")
			for _, at := range []string{plan.RootAt, "/run/pve2nix/esp"} {
				if mounted(at) {
					err = errors.Join(err, unix.Mount("", at, "", unix.MS_REMOUNT|unix.MS_NOATIME, ""))
				}
			}
			return err
		}
	case talk.NoBus:
		units := []string{"dbus.socket", "dbus.service"}
		masked := false
		c.apply = func() (bool, error) {
			masked = true // logind is started again when it loses the bus, and would start that
			return true, errors.Join(run("systemctl", append([]string{"mask", "--runtime"}, units...)...), run("systemctl", append([]string{"stop"}, units...)...))
		}
		c.remove = func() error {
			if !masked {
				return nil
			}
			masked = false
			return errors.Join(run("systemctl", append([]string{"unmask", "--runtime"}, units...)...), run("systemctl", "start", "dbus.socket"))
		}
	case talk.Immutable:
		var flagged string
		c.apply = func() (bool, error) {
			if flagged = immutableAt(s); flagged == "" {
				return false, nil
			}
			return true, run("chattr", "+i", flagged)
		}
		c.remove = func() error {
			if _, err := os.Lstat(flagged); err != nil {
				return nil
			}
			err := run("chattr", "-i", flagged)
			flagged = ""
			return err
		}
	}
	return c
}

// immutableAt is what the step would write: its part of the checkpoint, the side root, GRUB's folder, or the journal.
func immutableAt(s *talk.Strike) string {
	runs, err := filepath.Glob(execute.RunsAt + "/*")
	if err != nil || len(runs) == 0 {
		return ""
	}
	dir := runs[len(runs)-1]
	step, _, _ := strings.Cut(s.Fault.Step, ".")
	switch {
	case step == "checkpoint" && isThere(dir+"/checkpoint"):
		return dir + "/checkpoint"
	case step == "install" && mounted(plan.RootAt):
		at := map[string]string{"install.closure": "/nix/store", "install.state": "/etc/ssh", "install.guard": plan.StateAt}[s.Fault.Step]
		for ; !isThere(plan.RootAt + at); at = filepath.Dir(at) { // the next one above that is there
		}
		return filepath.Clean(plan.RootAt + at)
	case (step == "boot" || step == "trial") && s.Boot.Kind == "grub-bios" && s.Boot.Config != "":
		return s.Boot.Config
	}
	return dir + "/" + execute.JournalFile
}

func isThere(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func mounted(at string) bool {
	text, err := os.ReadFile("/proc/self/mounts")
	return err == nil && strings.Contains(string(text), " "+at+" ")
}

func gone(name string) error {
	err := os.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// run runs a program.
func run(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

// fill takes all room of a file system.
func fill(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	var end int64
	for size := int64(64 << 20); size >= 4096; {
		err := unix.Fallocate(int(f.Fd()), 0, end, size)
		if errors.Is(err, unix.EOPNOTSUPP) {
			return errors.Join(fillByWriting(f), f.Close())
		}
		if err == nil {
			end += size
		} else if size /= 2; !errors.Is(err, unix.ENOSPC) {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

// room waits until a btrfs has given back what a file had: what was data's may then be metadata's.
func room(name string) error {
	var err error
	for range 60 {
		unix.Sync()
		_ = run("btrfs", "balance", "start", "-dusage=0", "/") // it needs room itself
		if err = errors.Join(os.WriteFile(name, make([]byte, 1<<20), 0o600), os.Rename(name, name+"-2"), gone(name+"-2")); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func fillByWriting(f *os.File) error {
	for size := 1 << 20; size >= 512; {
		_, err := f.Write(make([]byte, size))
		if err != nil {
			if !errors.Is(err, unix.ENOSPC) {
				return err
			}
			size /= 2
		}
	}
	return nil
}

// fillPool fills a thin pool with a volume; pools of the tests say at once that they are full.
func fillPool(pool, volume string) error {
	group, name, _ := strings.Cut(volume, "/")
	if err := run("lvcreate", "-qq", "--yes", "--config", "backup { backup=0 archive=0 }", "-V", "2g", "--thin", pool, "-n", name); err != nil {
		return err
	}
	f, err := os.OpenFile("/dev/"+group+"/"+name, os.O_WRONLY|unix.O_DIRECT, 0)
	if err != nil {
		return err
	}
	// A page of the kernel begins the block that O_DIRECT wants.
	block, err := unix.Mmap(-1, 0, 1<<20, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return err
	}
	for err == nil {
		_, err = f.Write(block)
	}
	if errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EIO) {
		err = nil
	}
	return errors.Join(err, unix.Munmap(block), f.Close())
}

// reserve takes all room of a pool of ZFS. What may be reserved is less than what it says is available, and changes with each
// group of writes: so it is taken in steps that become smaller.
func reserve(pool string) error {
	name := pool + "/rig-fill"
	if err := run("zfs", "create", "-o", "canmount=off", name); err != nil {
		return err
	}
	if err := run("zpool", "sync", pool); err != nil {
		return err
	}
	var taken int64
	for step := int64(512 << 20); step >= 64<<10; {
		err := run("zfs", "set", fmt.Sprint("reservation=", taken+step), name)
		if err == nil {
			taken += step
		} else if step /= 2; !strings.Contains(err.Error(), "space") && !strings.Contains(err.Error(), "available") {
			return err
		}
	}
	return nil
}

// sectors is the size of a device.
func sectors(device string) (int64, error) {
	f, err := os.Open(device)
	if err != nil {
		return 0, err
	}
	end, err := f.Seek(0, 2)
	return end / 512, errors.Join(err, f.Close())
}

// reload gives a mapped device another table, with what is written to it still on its way.
func reload(name, table string) error {
	return errors.Join(
		run("dmsetup", "suspend", "--noflush", "--nolockfs", name),
		run("dmsetup", "load", name, "--table", strings.TrimSpace(table)),
		run("dmsetup", "resume", name))
}
