// Package execute carries a plan out on a host, and takes it back. It is the only
// package that writes to one. Every effect goes through a System, is preceded by
// a line in the journal that says how to undo it, and can be repeated: a run that
// was cut off anywhere is either finished or taken back by the next one.
//
// A trial is a real start of the machine. kexec is none: it starts a kernel past
// the firmware and the boot loader, with devices in whatever state the old kernel
// left them. A trial by kexec would show less than it promises, and its commit
// would be the first real start of the new system, without a way back by itself.
package execute

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// System is the machine that actuators work on. It is the seam at which tests
// make a machine fail: an actuator has no other way to it.
type System interface {
	Files
	// Within returns the files below a folder: links in it never lead out of it. What is mounted there cannot be unmounted until it is closed.
	Within(dir string) (Folder, error)
	// Lock takes a lock that ends with this process, whatever ends it; ErrLocked where another one has it. The file stays.
	Lock(name string) (release func() error, err error)
	// Mount and Unmount are those of the kernel; source, target and options as mount(8) has them. Without a type of file
	// system, it is the one that is found on the device.
	Mount(source, target, fstype string, options []string) error
	// Unmount writes out what is mounted at target, and says when that failed; it is unmounted all the same.
	Unmount(target string) error
	// Mounted says what is mounted at target: source, or "" where nothing is.
	Mounted(target string) (string, error)
	// Free is how many bytes can be written to the file system that name is on.
	Free(name string) (int64, error)
	// Variable reads a variable of the firmware, its name with its GUID, without its attributes; fs.ErrNotExist where there is none.
	Variable(name string) ([]byte, error)
	// SetVariable writes one that lasts; nil removes it.
	SetVariable(name string, value []byte) error
	// Database returns a SQLite database as it is between two transactions, while others may write to it.
	Database(ctx context.Context, name string) ([]byte, error)
	// Run runs one of the commands of the table, without a shell, and returns what it wrote to stdout.
	Run(ctx context.Context, c Command) ([]byte, error)
	// Bus connects to the system bus.
	Bus(ctx context.Context) (Bus, error)
	// Now is the time of the machine.
	Now() time.Time
}

// Files are the files of a machine, or of a folder of it. Names are absolute.
// The last part of a name is never followed if it is a link, but for OpenFile of what exists.
type Files interface {
	OpenFile(name string, flag int, mode fs.FileMode) (File, error)
	Lstat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Readlink(name string) (string, error)
	Mkdir(name string, mode fs.FileMode) error
	Symlink(target, name string) error
	Link(old, new string) error
	Rename(old, new string) error
	Remove(name string) error
	Chmod(name string, mode fs.FileMode) error
	Lchown(name string, uid, gid int) error
	Chtimes(name string, modified time.Time) error
	// Xattrs returns the extended attributes of a file or folder; SetXattr sets one.
	Xattrs(name string) (map[string][]byte, error)
	SetXattr(name, attribute string, value []byte) error
	// SyncDir writes a folder's entries out to the disk.
	SyncDir(name string) error
}

// Folder are the files below a folder, until it is closed.
type Folder interface {
	Files
	io.Closer
}

// File is an open file.
type File interface {
	io.ReadWriteCloser
	io.ReaderAt
	io.WriterAt
	io.Seeker
	Truncate(size int64) error
	Sync() error
	Stat() (fs.FileInfo, error)
}

// ErrLocked says that another process works on the machine.
var ErrLocked = errors.New("another run of this program works on this machine")

// LockAt is the lock of whatever changes a machine: one run at a time.
const LockAt = "/run/pve2nix/lock"

// LockMachine keeps other runs of this program away until release is called.
func LockMachine(sys System) (release func() error, err error) {
	if _, err := makeDirs(sys, path.Dir(LockAt), 0o700); err != nil {
		return nil, err
	}
	return sys.Lock(LockAt)
}

// Command is a program of the table with its arguments.
type Command struct {
	// Name is the program: one of those that Programs names.
	Name string
	// Args are passed as they stand.
	Args []string
	// Input is what it reads from stdin.
	Input io.Reader
	// Timeout bounds the run; 0 is a minute.
	Timeout time.Duration
}

// Bus is a connection to the system bus of D-Bus.
type Bus interface {
	// Call calls a method and stores what it answered in reply, pointers in the order of the answer.
	Call(ctx context.Context, service string, path dbus.ObjectPath, method string, args []any, reply ...any) error
	// Property reads a property.
	Property(ctx context.Context, service string, path dbus.ObjectPath, name string) (dbus.Variant, error)
	// Signals delivers the signals of an interface until stop is called.
	Signals(ctx context.Context, service, iface string) (signals <-chan *dbus.Signal, stop func(), err error)
	Close() error
}

// Programs are the only programs that this package may run. None of them decides anything about packages or guests.
var Programs = []string{
	"btrfs", "ceph", "e2fsck", "ha-manager", "lvcreate", "lvremove", "lvs", "mkfs.ext4", "vgcfgbackup", "zfs", "zpool",
}

// readLimit bounds a file that is read whole: configuration, never data.
const readLimit = 64 << 20

// readFile returns a regular file of at most readLimit bytes.
func readFile(f Files, name string) ([]byte, error) { return readWhole(f, name, readLimit) }

// readWhole returns a regular file of at most limit bytes.
func readWhole(f Files, name string, limit int64) ([]byte, error) {
	info, err := f.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a regular file")}
	}
	if info.Size() > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("%d bytes are more than expected", info.Size())}
	}
	r, err := f.OpenFile(name, readOnly, 0)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, limit))
	return data, errors.Join(err, r.Close())
}

// writeFile makes or replaces a file in one step: what is cut off leaves the old
// one, or the new one, and at most a file name~ beside it, which the next call takes away.
func writeFile(f Files, name string, data []byte, mode fs.FileMode) error {
	return replaceFile(f, name, func(w File, beside string) error {
		if _, err := w.Write(data); err != nil {
			return err
		}
		return f.Chmod(beside, mode) // whatever the umask is
	})
}

// replaceFile makes a file beside the name, lets fill write it and dress it, and gives it the name when all that is on the disk.
func replaceFile(f Files, name string, fill func(w File, beside string) error) error {
	beside := name + partial
	if err := ignoreMissing(f.Remove(beside)); err != nil {
		return err
	}
	w, err := f.OpenFile(beside, createNew, 0o600)
	if err != nil {
		return err
	}
	err = fill(w, beside)
	if err == nil {
		err = w.Sync() // the attributes, too: after fill
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return errors.Join(err, ignoreMissing(f.Remove(beside)))
	}
	if err := f.Rename(beside, name); err != nil {
		return errors.Join(err, ignoreMissing(f.Remove(beside)))
	}
	return f.SyncDir(path.Dir(name))
}

// partial is the end of the name of a file that is not complete.
const partial = ".pve2nix-new"

// makeDirs makes a folder and those above it, and returns the ones that were not there, the highest first.
func makeDirs(f Files, name string, mode fs.FileMode) (made []string, err error) {
	for at := name; at != "/"; at = path.Dir(at) {
		info, err := f.Lstat(at)
		if err == nil {
			if !info.IsDir() {
				return nil, &fs.PathError{Op: "mkdir", Path: at, Err: errors.New("is in the way, and no folder")}
			}
			break
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		made = append([]string{at}, made...)
	}
	for _, m := range made {
		if err := f.Mkdir(m, mode); err != nil {
			return made, err
		}
		if err := f.SyncDir(path.Dir(m)); err != nil {
			return made, err
		}
	}
	return made, nil
}

// RemoveTree removes a file or folder with all that is below it; nothing where it is not there. Mount points are not entered.
func RemoveTree(f Files, name string) error { return removeTree(f, name) }

// removeTree removes a file or folder with all that is below it; nothing where it is not there. Mount points are not entered.
func removeTree(f Files, name string) error {
	info, err := f.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() {
		entries, err := f.ReadDir(name)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := removeTree(f, path.Join(name, e.Name())); err != nil {
				return err
			}
		}
	}
	return ignoreMissing(f.Remove(name))
}

// syncDirs writes out the entries of folders; one that is not there has none.
func syncDirs(f Files, names ...string) (err error) {
	for _, n := range names {
		err = errors.Join(err, ignoreMissing(f.SyncDir(n)))
	}
	return err
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func exists(f Files, name string) (bool, error) {
	_, err := f.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// maxLinks is how many links a name may lead over, as in Linux.
const maxLinks = 40

// linkTree is what links are followed in.
type linkTree interface {
	Lstat(name string) (fs.FileInfo, error)
	Readlink(name string) (string, error)
}

// resolve follows all links of a name as the machine does: an absolute target begins at its root.
func resolve(f linkTree, name string) (string, error) {
	done, rest := "/", strings.Trim(path.Clean(name), "/")
	for links := 0; rest != ""; {
		part, more, _ := strings.Cut(rest, "/")
		rest = more
		if part == ".." {
			done = path.Dir(done)
			continue
		}
		at := path.Join(done, part)
		info, err := f.Lstat(at)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			done = at
			continue
		}
		if links++; links > maxLinks {
			return "", &fs.PathError{Op: "resolve", Path: name, Err: errors.New("too many links")}
		}
		target, err := f.Readlink(at)
		if err != nil {
			return "", err
		}
		if strings.HasPrefix(target, "/") {
			done = "/"
		}
		if target = strings.Trim(target, "/"); rest != "" {
			target += "/" + rest
		}
		rest = target
	}
	return done, nil
}
