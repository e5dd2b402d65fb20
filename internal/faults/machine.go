// Package faults is a machine for tests that fails where it is told to: a folder
// stands for its root, other folders for its file systems, and a fault may strike
// before, inside or after any single thing that is done to it. The files are real
// ones, with owners, modes and attributes.
package faults

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute"
)

// Kind is a way to fail.
type Kind string

// The ways to fail.
const (
	// Kill ends the process: files and mounts stay as they are.
	Kill Kind = "kill"
	// PowerCut ends the machine: mounts are gone, and so is what was written and not synced, names in folders as well as data in files.
	PowerCut Kind = "power-cut"
	// PowerCutLate has the older half of the names written out, and no data that was not synced.
	PowerCutLate Kind = "power-cut-late"
	// Reset ends the machine when all was written out by itself.
	Reset Kind = "reset"
	// NoSpace lets the write fail, and each one after it until Repair.
	NoSpace Kind = "ENOSPC"
	// IOError lets one operation fail; Failing lets it and all after it fail until Repair.
	IOError Kind = "EIO"
	Failing Kind = "EIO-stays"
	// ReadOnly lets every change fail until Repair, as a file system that was remounted read-only.
	ReadOnly Kind = "EROFS"
	// Denied lets one operation fail for want of a right.
	Denied Kind = "EACCES"
	// NoBus lets everything on D-Bus fail until Repair.
	NoBus Kind = "no-bus"
)

// Kinds are all ways to fail.
var Kinds = []Kind{Kill, PowerCut, PowerCutLate, Reset, NoSpace, IOError, Failing, ReadOnly, Denied, NoBus}

// When says at which side of an operation a fault strikes.
type When string

// The sides of an operation. A write that fails inside has written half.
const (
	Before When = "before"
	Inside When = "inside"
	After  When = "after"
)

// Fault strikes at the At-th operation, counted from 1; 0 never does.
type Fault struct {
	At   int
	Kind Kind
	When When
}

func (f Fault) String() string { return fmt.Sprintf("%s %s operation %d", f.Kind, f.When, f.At) }

// ErrGone is what every operation of a machine returns that was killed or lost its power.
var ErrGone = errors.New("the machine is gone")

// Machine is a System over folders.
type Machine struct {
	// Commands carries out what Run is asked for, on the machine's own files.
	Commands func(ctx context.Context, m *Machine, c execute.Command) ([]byte, error)
	// System is the D-Bus of the machine; nil has none.
	System func(ctx context.Context, m *Machine) (execute.Bus, error)
	// Room is what can still be written to a device, in bytes, where it is not a lot.
	Room map[string]int64
	// Clock is the time; nil is a clock that goes a second with each look.
	Clock func() time.Time

	mu    sync.Mutex
	state *disks
	fault Fault
	ops   []string
	ended bool
	off   bool // and it lost its power
	stays Kind // a fault that stays until Repair
	ticks int
	// unsynced are the files with writes that a power cut takes away: name on this machine → how much of it was synced.
	unsynced map[string]int64
	// names are the changes of folders that a power cut takes away, in their order.
	names []unsyncedName
	// open counts what is open on each mount.
	open map[string]int
	// OnStrike, where set, hears of the operation that the fault strikes.
	OnStrike func(operation string)
	// Firmware, where set, is what the firmware makes of a variable that is written: another value, or nil for none.
	Firmware func(name string, value []byte) ([]byte, error)
}

// unsyncedName is a change of a folder that is not on the disk.
type unsyncedName struct {
	dir  string // on this machine
	undo func() error
}

// disks is what is there whether the machine runs or not.
type disks struct {
	dir string
	// mounts maps targets to sources; a power cut empties it.
	mounts map[string]string
	// locks maps names to the process that holds them.
	locks map[string]*Machine
	// reading are the targets that are mounted for reading alone.
	reading map[string]bool
	// stashed counts the files that were removed and can come back.
	stashed int
}

// New makes a machine in a folder: root is its root file system.
func New(dir string) (*Machine, error) {
	if err := os.MkdirAll(filepath.Join(dir, "root"), 0o755); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(dir, "devices"), 0o755); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(dir, "stash"), 0o755); err != nil {
		return nil, err
	}
	return &Machine{state: &disks{dir: dir, mounts: map[string]string{}, reading: map[string]bool{}, locks: map[string]*Machine{}}, unsynced: map[string]int64{}, open: map[string]int{}}, nil
}

// Again is the machine in its next process, or after its next start: what the fault left, and no fault.
func (m *Machine) Again() *Machine {
	again := &Machine{
		Commands: m.Commands, System: m.System, Room: m.Room, Clock: m.Clock, Firmware: m.Firmware,
		state: m.state, ticks: m.ticks + 10, unsynced: map[string]int64{}, open: map[string]int{},
	}
	if !m.off { // the kernel still has what another process wrote
		again.unsynced, again.names = m.unsynced, m.names
	}
	return again
}

// Break lets a fault strike, and counts operations anew.
func (m *Machine) Break(f Fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault, m.ops = f, nil
}

// Repair ends a fault that stays.
func (m *Machine) Repair() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stays, m.fault = "", Fault{}
}

// Operations are what was done since Break, in words.
func (m *Machine) Operations() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.ops)
}

// Struck says whether the fault struck.
func (m *Machine) Struck() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.fault.At > 0 && len(m.ops) >= m.fault.At
}

// Dir is the folder on this machine that holds the root of the other.
func (m *Machine) Dir() string { return filepath.Join(m.state.dir, "root") }

// Device is the folder that holds the file system of a device, made if it is not there.
func (m *Machine) Device(name string) (string, error) {
	dir := m.device(name)
	return dir, os.MkdirAll(dir, 0o755)
}

// HasDevice says whether a device has a file system.
func (m *Machine) HasDevice(name string) bool {
	_, err := os.Stat(m.device(name))
	return err == nil
}

// RemoveDevice removes a device and all that is on it.
func (m *Machine) RemoveDevice(name string) error {
	m.written(m.device(name))
	return os.RemoveAll(m.device(name))
}

// written forgets what a power cut would take away below a folder of this machine.
func (m *Machine) written(dir string) {
	below := func(name string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }
	maps.DeleteFunc(m.unsynced, func(name string, _ int64) bool { return below(name) })
	m.names = slices.DeleteFunc(m.names, func(n unsyncedName) bool { return below(n.dir) })
}

// later notes a change of the folder that a file is in.
func (m *Machine) later(file string, undo func() error) {
	m.names = append(m.names, unsyncedName{filepath.Dir(file), undo})
}

// stash keeps a file that is about to lose its name; the function gives it the name again.
func (m *Machine) stash(file string) (back func() error, err error) {
	info, err := os.Lstat(file)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return func() error { return os.Mkdir(file, info.Mode().Perm()) }, nil
	}
	m.state.stashed++
	kept := filepath.Join(m.state.dir, "stash", fmt.Sprint(m.state.stashed))
	if err := os.Link(file, kept); err != nil {
		return nil, err
	}
	return func() error { return os.Rename(kept, file) }, nil
}

// device is the folder of a device; device[name] is the subvolume in it.
func (m *Machine) device(name string) string {
	if device, subvolume, ok := strings.Cut(strings.TrimSuffix(name, "]"), "["); ok {
		return filepath.Join(m.device(device), subvolume)
	}
	return filepath.Join(m.state.dir, "devices", hex.EncodeToString([]byte(name)))
}

// what an operation does, as far as faults go.
type what int

const (
	look what = iota
	change
	data
	bus
)

// do counts an operation and lets the fault strike. half, where set, does half of it.
func (m *Machine) do(kind what, words string, half, whole func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ended {
		return ErrGone
	}
	m.ops = append(m.ops, words)
	if err := m.lasting(kind); err != nil {
		return fmt.Errorf("%s: %w", words, err)
	}
	if len(m.ops) != m.fault.At {
		return whole()
	}
	if m.OnStrike != nil {
		m.OnStrike(words)
	}
	switch m.fault.When {
	case Inside:
		if half != nil {
			if err := half(); err != nil {
				return err
			}
		}
	case After:
		if err := whole(); err != nil {
			return err
		}
	}
	return m.strike(kind, words, whole)
}

func (m *Machine) lasting(kind what) error {
	switch {
	case m.stays == Failing && kind != bus:
		return syscall.EIO
	case m.stays == ReadOnly && (kind == change || kind == data):
		return syscall.EROFS
	case m.stays == NoSpace && kind == data:
		return syscall.ENOSPC
	case m.stays == NoBus && kind == bus:
		return errors.New("connection closed")
	}
	return nil
}

func (m *Machine) strike(kind what, words string, whole func() error) error {
	var err error
	switch m.fault.Kind {
	case Kill, PowerCut, PowerCutLate, Reset:
		m.ended = true
		if m.fault.Kind != Kill {
			m.off = true
			if err := m.loseUnsynced(); err != nil {
				panic(err) // the stand-in itself is broken
			}
			clear(m.state.mounts)
			clear(m.state.reading)
		}
		return ErrGone
	case IOError:
		err = syscall.EIO
	case Denied:
		err = syscall.EACCES
	default: // those that stay strike whatever they concern from here on
		m.stays = m.fault.Kind
		if err = m.lasting(kind); err == nil && m.fault.When != After {
			return whole()
		}
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", words, err)
}

// loseUnsynced cuts files down to what was synced of them, and takes back changes of folders.
func (m *Machine) loseUnsynced() error {
	if m.fault.Kind == Reset {
		return nil
	}
	for name, size := range m.unsynced {
		if info, err := os.Lstat(name); err == nil && info.Size() > size {
			if err := os.Truncate(name, size); err != nil {
				return err
			}
		}
	}
	kept := 0
	if m.fault.Kind == PowerCutLate {
		kept = len(m.names) / 2
	}
	for _, n := range slices.Backward(m.names[kept:]) {
		if err := n.undo(); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// CutPower ends the machine between two operations.
func (m *Machine) CutPower() error {
	m.fault = Fault{Kind: PowerCut}
	m.ended, m.off = true, true
	clear(m.state.mounts)
	clear(m.state.reading)
	return m.loseUnsynced()
}

// at finds the folder on this machine that a name is in, and the name in there.
func (m *Machine) at(name string) (dir, rest string) {
	name = path.Clean("/" + name)
	best := m.mountOf(name)
	if best == "" {
		return m.Dir(), name
	}
	return m.device(m.state.mounts[best]), path.Clean("/" + strings.TrimPrefix(name, best))
}

func (m *Machine) in(name string, f func(files execute.Files, name string) error) error {
	dir, rest := m.at(name)
	files, err := execute.FilesBelow(dir)
	if err != nil {
		return err
	}
	return errors.Join(f(files, rest), files.Close())
}

// real is the name of a file on this machine.
func (m *Machine) real(name string) string {
	dir, rest := m.at(name)
	return filepath.Join(dir, filepath.FromSlash(rest))
}

// OpenFile implements execute.Files.
func (m *Machine) OpenFile(name string, flag int, mode fs.FileMode) (f execute.File, err error) {
	kind := look
	if flag&os.O_CREATE != 0 {
		kind = change
	}
	m.mu.Lock()
	real, mount := m.real(name), m.mountOf(name)
	m.mu.Unlock()
	err = m.do(kind, "open "+name, nil, func() error {
		if kind == change {
			if err := m.writable(name); err != nil {
				return err
			}
		}
		_, missing := os.Lstat(real)
		if err := m.in(name, func(files execute.Files, rest string) (err error) {
			f, err = files.OpenFile(rest, flag, mode)
			return err
		}); err != nil {
			return err
		}
		if kind == change && missing != nil {
			m.unsynced[real] = 0
			m.later(real, func() error { return os.Remove(real) })
		}
		return nil
	})
	if err != nil {
		if f != nil {
			_ = f.Close()
		}
		return nil, err
	}
	m.use(mount, 1)
	return &file{File: f, m: m, name: name, real: real, mount: mount}, nil
}

// Lstat implements execute.Files.
func (m *Machine) Lstat(name string) (info fs.FileInfo, err error) {
	err = m.do(look, "lstat "+name, nil, func() error {
		return m.in(name, func(files execute.Files, rest string) (err error) { info, err = files.Lstat(rest); return err })
	})
	return info, err
}

// ReadDir implements execute.Files.
func (m *Machine) ReadDir(name string) (list []fs.DirEntry, err error) {
	err = m.do(look, "readdir "+name, nil, func() error {
		return m.in(name, func(files execute.Files, rest string) (err error) { list, err = files.ReadDir(rest); return err })
	})
	return list, err
}

// Readlink implements execute.Files.
func (m *Machine) Readlink(name string) (target string, err error) {
	err = m.do(look, "readlink "+name, nil, func() error {
		return m.in(name, func(files execute.Files, rest string) (err error) { target, err = files.Readlink(rest); return err })
	})
	return target, err
}

// change does something to a name.
func (m *Machine) change(words, name string, f func(files execute.Files, name string) error) error {
	return m.do(change, words+" "+name, nil, func() error {
		if err := m.writable(name); err != nil {
			return err
		}
		return m.in(name, f)
	})
}

// writable refuses to change what is mounted for reading alone.
func (m *Machine) writable(name string) error {
	if m.state.reading[m.mountOf(name)] {
		return &fs.PathError{Op: "change", Path: name, Err: syscall.EROFS}
	}
	return nil
}

// named changes a folder: a power cut takes that back with undo, until the folder is synced.
func (m *Machine) named(words, name string, undo func(file string) error, f func(files execute.Files, name string) error) error {
	return m.change(words, name, func(files execute.Files, n string) error {
		if err := f(files, n); err != nil {
			return err
		}
		file := m.real(name)
		m.later(file, func() error { return undo(file) })
		return nil
	})
}

// Mkdir implements execute.Files.
func (m *Machine) Mkdir(name string, mode fs.FileMode) error {
	return m.named("mkdir", name, os.RemoveAll, func(f execute.Files, n string) error { return f.Mkdir(n, mode) })
}

// Symlink implements execute.Files.
func (m *Machine) Symlink(target, name string) error {
	return m.named("symlink", name, os.Remove, func(f execute.Files, n string) error { return f.Symlink(target, n) })
}

// Link implements execute.Files.
func (m *Machine) Link(old, name string) error {
	m.mu.Lock()
	_, from := m.at(old)
	m.mu.Unlock()
	return m.named("link", name, os.Remove, func(f execute.Files, n string) error { return f.Link(from, n) })
}

// Rename implements execute.Files.
func (m *Machine) Rename(old, name string) error {
	m.mu.Lock()
	_, from := m.at(old)
	m.mu.Unlock()
	return m.change("rename to", name, func(f execute.Files, n string) error {
		was, is := m.real(old), m.real(name)
		replaced := func() error { return nil }
		if _, err := os.Lstat(is); err == nil {
			if replaced, err = m.stash(is); err != nil {
				return err
			}
		}
		if err := f.Rename(from, n); err != nil {
			return err
		}
		m.later(is, func() error { return errors.Join(os.Rename(is, was), replaced()) })
		if size, ok := m.unsynced[m.real(old)]; ok {
			delete(m.unsynced, m.real(old))
			m.unsynced[m.real(name)] = size
		} else {
			delete(m.unsynced, m.real(name))
		}
		return nil
	})
}

// Remove implements execute.Files.
func (m *Machine) Remove(name string) error {
	return m.change("remove", name, func(f execute.Files, n string) error {
		file := m.real(name)
		back, err := m.stash(file)
		if err != nil {
			return err
		}
		if err := f.Remove(n); err != nil {
			return err
		}
		m.later(file, back)
		return nil
	})
}

// Chmod implements execute.Files.
func (m *Machine) Chmod(name string, mode fs.FileMode) error {
	return m.change("chmod", name, func(f execute.Files, n string) error { return f.Chmod(n, mode) })
}

// Lchown implements execute.Files.
func (m *Machine) Lchown(name string, uid, gid int) error {
	return m.change("chown", name, func(f execute.Files, n string) error { return f.Lchown(n, uid, gid) })
}

// Chtimes implements execute.Files.
func (m *Machine) Chtimes(name string, modified time.Time) error {
	return m.change("chtimes", name, func(f execute.Files, n string) error { return f.Chtimes(n, modified) })
}

// Xattrs implements execute.Files.
func (m *Machine) Xattrs(name string) (list map[string][]byte, err error) {
	err = m.do(look, "xattrs "+name, nil, func() error {
		return m.in(name, func(f execute.Files, n string) (err error) { list, err = f.Xattrs(n); return err })
	})
	return list, err
}

// SetXattr implements execute.Files.
func (m *Machine) SetXattr(name, attribute string, value []byte) error {
	return m.change("setxattr", name, func(f execute.Files, n string) error { return f.SetXattr(n, attribute, value) })
}

// SyncDir implements execute.Files.
func (m *Machine) SyncDir(name string) error {
	return m.do(data, "syncdir "+name, nil, func() error {
		dir := m.real(name)
		if _, err := os.Lstat(dir); err != nil {
			return err
		}
		m.names = slices.DeleteFunc(m.names, func(n unsyncedName) bool { return n.dir == dir })
		return nil
	})
}

// Within implements execute.System.
func (m *Machine) Within(dir string) (execute.Folder, error) {
	info, err := m.Lstat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: syscall.ENOTDIR}
	}
	m.mu.Lock()
	mount := m.mountOf(dir)
	m.mu.Unlock()
	m.use(mount, 1)
	return below{m, path.Clean(dir), mount}, nil
}

// use counts what is open on a mount.
func (m *Machine) use(mount string, by int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.open[mount] += by
}

// mountOf is the mount point that a name is below; "" for the root.
func (m *Machine) mountOf(name string) (best string) {
	for target := range m.state.mounts {
		if (name == target || strings.HasPrefix(name, target+"/")) && len(target) > len(best) {
			best = target
		}
	}
	return best
}

// Lock implements execute.System. A process that was killed holds nothing.
func (m *Machine) Lock(name string) (release func() error, err error) {
	err = m.do(change, "lock "+name, nil, func() error {
		if by := m.state.locks[name]; by != nil && !by.ended {
			return execute.ErrLocked
		}
		m.state.locks[name] = m
		return m.in(name, func(files execute.Files, rest string) error {
			f, err := files.OpenFile(rest, os.O_RDWR|os.O_CREATE, 0o600)
			if err != nil {
				return err
			}
			return f.Close()
		})
	})
	if err != nil {
		return nil, err
	}
	return func() error { delete(m.state.locks, name); return nil }, nil
}

// Mount implements execute.System: a device that has a file system is mounted.
func (m *Machine) Mount(source, target, _ string, options []string) error {
	if i := slices.IndexFunc(options, func(o string) bool { return strings.HasPrefix(o, "subvol=") }); i >= 0 {
		source += "[" + strings.TrimPrefix(options[i], "subvol=") + "]"
	}
	return m.do(change, "mount "+source, nil, func() error {
		if !m.HasDevice(source) {
			return fmt.Errorf("mount %s: %w", source, syscall.ENODEV)
		}
		if err := m.in(target, func(f execute.Files, n string) error { _, err := f.Lstat(n); return err }); err != nil {
			return err
		}
		if _, busy := m.state.mounts[target]; busy {
			return fmt.Errorf("mount %s: %w", target, syscall.EBUSY)
		}
		for other, mounted := range m.state.mounts { // the kernel has a device for reading or for writing, not for both
			if mounted == source && m.state.reading[other] != slices.Contains(options, "ro") {
				return fmt.Errorf("mount %s: %w", source, syscall.EBUSY)
			}
		}
		m.state.mounts[target], m.state.reading[target] = source, slices.Contains(options, "ro")
		return nil
	})
}

// Unmount implements execute.System.
func (m *Machine) Unmount(target string) error {
	return m.do(change, "unmount "+target, nil, func() error {
		if _, ok := m.state.mounts[target]; !ok {
			return fmt.Errorf("unmount %s: %w", target, syscall.EINVAL)
		}
		if m.open[target] > 0 {
			return fmt.Errorf("unmount %s: %w", target, syscall.EBUSY)
		}
		m.written(m.device(m.state.mounts[target]))
		delete(m.state.mounts, target)
		delete(m.state.reading, target)
		return nil
	})
}

// Mounted implements execute.System.
func (m *Machine) Mounted(target string) (source string, err error) {
	err = m.do(look, "mounted "+target, nil, func() error { source = m.state.mounts[target]; return nil })
	return source, err
}

// Free implements execute.System: the room that Room says, or a lot. A place that is not there has none.
func (m *Machine) Free(name string) (free int64, err error) {
	err = m.do(look, "free "+name, nil, func() error {
		if err := m.in(name, func(files execute.Files, rest string) error { _, err := files.Lstat(rest); return err }); err != nil {
			return err
		}
		if free = m.Room[m.state.mounts[name]]; free == 0 {
			free = 1 << 40
		}
		return nil
	})
	return free, err
}

// Mounts are the mount points, in alphabetical order.
func (m *Machine) Mounts() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []string
	for t := range m.state.mounts {
		out = append(out, t)
	}
	sort.Strings(out)
	return out
}

// variablesAt is the folder of the root that holds the variables of the firmware.
const variablesAt = "/sys/firmware/efi/efivars/"

// Variable implements execute.System.
func (m *Machine) Variable(name string) (value []byte, err error) {
	err = m.do(look, "variable "+name, nil, func() error {
		value, err = os.ReadFile(filepath.Join(m.Dir(), variablesAt, name))
		return err
	})
	return value, err
}

// SetVariable implements execute.System.
func (m *Machine) SetVariable(name string, value []byte) error {
	file := filepath.Join(m.Dir(), variablesAt, name)
	return m.do(data, "set variable "+name, nil, func() error {
		if value == nil {
			if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		}
		if m.Firmware != nil {
			var err error
			if value, err = m.Firmware(name, value); err != nil || value == nil {
				return err
			}
		}
		return os.WriteFile(file, value, 0o644)
	})
}

// Database implements execute.System: a stand-in's database has no writers.
func (m *Machine) Database(_ context.Context, name string) (image []byte, err error) {
	err = m.do(look, "copy database "+name, nil, func() error {
		image, err = os.ReadFile(m.real(name))
		return err
	})
	return image, err
}

// Run implements execute.System.
func (m *Machine) Run(ctx context.Context, c execute.Command) (out []byte, err error) {
	words := "run " + c.Name + " " + strings.Join(c.Args, " ")
	if !slices.Contains(execute.Programs, c.Name) || m.Commands == nil {
		return nil, fmt.Errorf("%s: not installed", c.Name)
	}
	err = m.do(change, words, nil, func() error {
		out, err = m.Commands(ctx, m, c)
		return err
	})
	return out, err
}

// Bus implements execute.System.
func (m *Machine) Bus(ctx context.Context) (b execute.Bus, err error) {
	err = m.do(bus, "connect to the bus", nil, func() error {
		if m.System == nil {
			return errors.New("there is no bus")
		}
		b, err = m.System(ctx, m)
		return err
	})
	return b, err
}

// BusCall counts a call on the bus; a stand-in of a service calls it around what it does.
func (m *Machine) BusCall(method string, f func() error) error {
	return m.do(bus, "call "+method, nil, f)
}

// Now implements execute.System.
func (m *Machine) Now() time.Time {
	if m.Clock != nil {
		return m.Clock()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ticks++
	return time.Date(2026, 5, 4, 3, 0, 0, 0, time.UTC).Add(time.Duration(m.ticks) * time.Second)
}

// file is an open file whose writes may fail.
type file struct {
	execute.File
	m    *Machine
	name string
	real string
	// mount is in use until the file is closed.
	mount  string
	closed bool
}

func (f *file) Close() error {
	if !f.closed {
		f.m.use(f.mount, -1)
	}
	f.closed = true
	return f.File.Close()
}

func (f *file) Write(p []byte) (n int, err error) {
	return f.write(len(p), func(k int) (int, error) { return f.File.Write(p[:k]) })
}

func (f *file) WriteAt(p []byte, off int64) (n int, err error) {
	return f.write(len(p), func(k int) (int, error) { return f.File.WriteAt(p[:k], off) })
}

func (f *file) write(size int, write func(int) (int, error)) (n int, err error) {
	f.m.mu.Lock()
	if _, known := f.m.unsynced[f.real]; !known {
		if info, err := f.File.Stat(); err == nil {
			f.m.unsynced[f.real] = info.Size()
		}
	}
	f.m.mu.Unlock()
	err = f.m.do(data, "write "+f.name, func() (err error) { n, err = write(size / 2); return err }, func() (err error) { n, err = write(size); return err })
	return n, err
}

func (f *file) Truncate(size int64) error {
	return f.m.do(change, "truncate "+f.name, nil, func() error { return f.File.Truncate(size) })
}

func (f *file) Sync() error {
	return f.m.do(data, "sync "+f.name, nil, func() error { delete(f.m.unsynced, f.real); return nil })
}

func (f *file) Read(p []byte) (n int, err error) {
	var end error
	err = f.m.do(look, "read "+f.name, nil, func() error {
		n, end = f.File.Read(p)
		if errors.Is(end, io.EOF) {
			return nil
		}
		return end
	})
	if err != nil {
		return n, err
	}
	return n, end
}

// below are the files below a folder of a machine.
type below struct {
	m     *Machine
	dir   string
	mount string
}

func (b below) Close() error { b.m.use(b.mount, -1); return nil }

func (b below) full(name string) string { return path.Join(b.dir, path.Clean("/"+name)) }

func (b below) OpenFile(name string, flag int, mode fs.FileMode) (execute.File, error) {
	return b.m.OpenFile(b.full(name), flag, mode)
}
func (b below) Lstat(name string) (fs.FileInfo, error)        { return b.m.Lstat(b.full(name)) }
func (b below) ReadDir(name string) ([]fs.DirEntry, error)    { return b.m.ReadDir(b.full(name)) }
func (b below) Readlink(name string) (string, error)          { return b.m.Readlink(b.full(name)) }
func (b below) Mkdir(name string, mode fs.FileMode) error     { return b.m.Mkdir(b.full(name), mode) }
func (b below) Symlink(target, name string) error             { return b.m.Symlink(target, b.full(name)) }
func (b below) Link(old, name string) error                   { return b.m.Link(b.full(old), b.full(name)) }
func (b below) Rename(old, name string) error                 { return b.m.Rename(b.full(old), b.full(name)) }
func (b below) Remove(name string) error                      { return b.m.Remove(b.full(name)) }
func (b below) Chmod(name string, mode fs.FileMode) error     { return b.m.Chmod(b.full(name), mode) }
func (b below) Lchown(name string, uid, gid int) error        { return b.m.Lchown(b.full(name), uid, gid) }
func (b below) Chtimes(name string, t time.Time) error        { return b.m.Chtimes(b.full(name), t) }
func (b below) Xattrs(name string) (map[string][]byte, error) { return b.m.Xattrs(b.full(name)) }
func (b below) SetXattr(name, attribute string, value []byte) error {
	return b.m.SetXattr(b.full(name), attribute, value)
}
func (b below) SyncDir(name string) error { return b.m.SyncDir(b.full(name)) }

// Picture is everything on the machine that a conversion must leave alone: name → kind, mode, owner, attributes and the
// hash of the content, for the root and every device; except are names of the root that may change, with all below them.
func (m *Machine) Picture(except ...string) (map[string]string, error) {
	out := map[string]string{}
	add := func(prefix, dir string) error {
		files, err := execute.FilesBelow(dir)
		if err != nil {
			return err
		}
		defer files.Close()
		return walk(files, "/", func(name string, info fs.FileInfo) error {
			if prefix == "" && slices.ContainsFunc(except, func(e string) bool { return name == e || strings.HasPrefix(name, e+"/") }) {
				return nil
			}
			line, err := portrait(files, name, info)
			out[prefix+name] = line
			return err
		})
	}
	if err := add("", m.Dir()); err != nil {
		return nil, err
	}
	err := m.Remember(func(s *Memory) error {
		text, err := json.Marshal(s)
		out[storeName] = string(text)
		return err
	})
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(filepath.Join(m.state.dir, "devices"))
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name, err := hex.DecodeString(e.Name())
		if err != nil {
			return nil, err
		}
		if err := add(string(name)+":", filepath.Join(m.state.dir, "devices", e.Name())); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// storeName stands in a picture for what LVM, ZFS, Ceph, the HA manager and systemd remember.
const storeName = "volumes, flags and units"

func walk(files execute.Files, name string, f func(string, fs.FileInfo) error) error {
	info, err := files.Lstat(name)
	if err != nil {
		return err
	}
	if err := f(name, info); err != nil || !info.IsDir() {
		return err
	}
	entries, err := files.ReadDir(name)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := walk(files, path.Join(name, e.Name()), f); err != nil {
			return err
		}
	}
	return nil
}

func portrait(files execute.Files, name string, info fs.FileInfo) (string, error) {
	s, _ := info.Sys().(*syscall.Stat_t)
	line := fmt.Sprintf("%s %d:%d", info.Mode(), s.Uid, s.Gid)
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := files.Readlink(name)
		return line + " -> " + target, err
	case info.Mode().IsRegular():
		f, err := files.OpenFile(name, os.O_RDONLY, 0)
		if err != nil {
			return "", err
		}
		defer f.Close()
		h := sha256.New()
		if _, err := io.Copy(h, f); err != nil {
			return "", err
		}
		modified := info.ModTime().UTC().Format(time.RFC3339Nano)
		if strings.HasPrefix(name, variablesAt) {
			modified = "-" // firmware keeps no times
		}
		line += fmt.Sprintf(" %d %s %x", info.Size(), modified, h.Sum(nil))
	}
	attributes, err := files.Xattrs(name)
	if err != nil {
		return "", err
	}
	for _, a := range slices.Sorted(func(yield func(string) bool) {
		for k := range attributes {
			if !yield(k) {
				return
			}
		}
	}) {
		line += fmt.Sprintf(" %s=%x", a, attributes[a])
	}
	return line, nil
}
