package execute

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

const (
	readOnly  = os.O_RDONLY | unix.O_NOFOLLOW | unix.O_NONBLOCK | unix.O_CLOEXEC
	createNew = os.O_RDWR | os.O_CREATE | os.O_EXCL | unix.O_NOFOLLOW
	readWrite = os.O_RDWR | unix.O_NOFOLLOW
)

// Machine is the running machine.
type Machine struct {
	files
}

// usualUmask leaves to files and folders the modes that they are made with: 0755 at most.
const usualUmask = 0o022

// NewMachine opens the running machine. What is made on it from then on has the mode that is said, whatever mask the
// shell of the operator has set.
func NewMachine() (*Machine, error) {
	unix.Umask(usualUmask)
	root, err := os.OpenRoot("/")
	if err != nil {
		return nil, err
	}
	return &Machine{files{root}}, nil
}

// Within implements System.
func (m *Machine) Within(dir string) (Folder, error) {
	dir, err := resolve(m, dir) // an absolute link on the way would lead out of the root
	if err != nil {
		return nil, err
	}
	below, err := m.root.OpenRoot(inside(dir))
	if err != nil {
		return nil, err
	}
	return &files{below}, nil
}

// FilesBelow are the files below a folder of the machine that this program runs on, for tests and for whoever looks at a checkpoint.
func FilesBelow(dir string) (Folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &files{root}, nil
}

// Lock implements System.
func (m *Machine) Lock(name string) (release func() error, err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = ErrLocked
		}
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}

// Mount implements System.
func (m *Machine) Mount(source, target, fstype string, options []string) error {
	if strings.HasPrefix(source, "/dev/") {
		if err := awaitDevice(source); err != nil {
			return fmt.Errorf("mount %s: %w", source, err)
		}
	}
	if fstype == "" {
		found, own, err := probe(source)
		if err != nil {
			return fmt.Errorf("mount %s: %w", source, err)
		}
		fstype, options = found, append(slices.Clone(options), own...)
	}
	flags, data := mountOptions(options)
	if err := unix.Mount(source, target, fstype, flags, data); err != nil {
		return fmt.Errorf("mount %s at %s: %w", source, target, err)
	}
	return nil
}

// mountOptions splits options into the flags of mount(2) and the text for the file system.
func mountOptions(options []string) (flags uintptr, data string) {
	var rest []string
	for _, o := range options {
		switch o {
		case "ro":
			flags |= unix.MS_RDONLY
		case "nosuid":
			flags |= unix.MS_NOSUID
		case "nodev":
			flags |= unix.MS_NODEV
		case "noexec":
			flags |= unix.MS_NOEXEC
		case "noatime":
			flags |= unix.MS_NOATIME
		case "bind":
			flags |= unix.MS_BIND
		case "rw", "defaults":
		default:
			rest = append(rest, o)
		}
	}
	return flags, strings.Join(rest, ",")
}

// Unmount implements System.
func (m *Machine) Unmount(target string) error {
	// Where the same device is mounted elsewhere, too, an unmount alone writes nothing out; and what it cannot write, it does not tell.
	unwritten := writeOut(target)
	deadline := time.Now().Add(unmountPatience)
	err := unix.Unmount(target, unix.UMOUNT_NOFOLLOW)
	for errors.Is(err, unix.EBUSY) && time.Now().Before(deadline) { // somebody looks at what was mounted
		time.Sleep(100 * time.Millisecond)
		err = unix.Unmount(target, unix.UMOUNT_NOFOLLOW)
	}
	if err = errors.Join(unwritten, err); err != nil {
		return fmt.Errorf("unmount %s: %w", target, err)
	}
	return nil
}

// unmountPatience is how long an unmount is tried again while the mount is in use.
const unmountPatience = 5 * time.Second

func writeOut(target string) error {
	fd, err := unix.Open(target, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	return errors.Join(unix.Syncfs(fd), unix.Close(fd))
}

// Free implements System.
func (m *Machine) Free(name string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(name, &s); err != nil {
		return 0, &fs.PathError{Op: "statfs", Path: name, Err: err}
	}
	return int64(s.Bavail) * s.Bsize, nil
}

// Mounted implements System.
func (m *Machine) Mounted(target string) (string, error) {
	table, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return "", err
	}
	source := ""
	for line := range strings.Lines(string(table)) {
		if fields := strings.Fields(line); len(fields) >= 2 && unescapeMount(fields[1]) == target {
			source = unescapeMount(fields[0]) // the last one is on top
		}
	}
	return source, nil
}

var mountEscapes = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

func unescapeMount(s string) string { return mountEscapes.Replace(s) }

// variablesAt is where efivarfs is mounted.
const variablesAt = "/sys/firmware/efi/efivars"

// variableAttributes are those of a variable that lasts and is there when the firmware runs and later (UEFI 8.2): each is written as one file, attributes first.
var variableAttributes = []byte{7, 0, 0, 0}

// Variable implements System.
func (m *Machine) Variable(name string) ([]byte, error) {
	data, err := readFile(m, path.Join(variablesAt, name))
	if err != nil {
		return nil, err
	}
	if len(data) == 0 { // the kernel has a name for it, but the firmware took no value
		return nil, &fs.PathError{Op: "variable", Path: name, Err: fs.ErrNotExist}
	}
	if len(data) < len(variableAttributes) {
		return nil, fmt.Errorf("variable %s: cut short", name)
	}
	return data[len(variableAttributes):], nil
}

// SetVariable implements System.
func (m *Machine) SetVariable(name string, value []byte) error {
	file := path.Join(variablesAt, name)
	if err := mutable(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if value == nil {
		err := ignoreMissing(m.Remove(file))
		if err != nil {
			if _, missing := m.Variable(name); errors.Is(missing, fs.ErrNotExist) {
				return nil
			}
		}
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|unix.O_NOFOLLOW, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(append(bytes.Clone(variableAttributes), value...)) // one write is one variable
	return errors.Join(err, f.Close())
}

// immutable is FS_IMMUTABLE_FL of linux/fs.h.
const immutable = 0x10

// mutable takes the flag from a file of efivarfs that guards it against rm -r.
func mutable(file string) error {
	f, err := os.OpenFile(file, os.O_RDONLY|unix.O_NOFOLLOW, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	flags, err := unix.IoctlGetInt(int(f.Fd()), unix.FS_IOC_GETFLAGS)
	if err != nil || flags&immutable == 0 {
		return err
	}
	return unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, flags&^immutable)
}

// programDirs are where programs are looked for. PATH is not asked: whoever sets it could choose what root runs.
var programDirs = []string{"/usr/sbin", "/usr/bin", "/sbin", "/bin", "/run/current-system/sw/bin"}

// Run implements System.
func (m *Machine) Run(ctx context.Context, c Command) ([]byte, error) {
	if !slices.Contains(Programs, c.Name) {
		return nil, fmt.Errorf("%s: not a program that this tool runs", c.Name)
	}
	file := ""
	for _, dir := range programDirs {
		if info, err := os.Stat(filepath.Join(dir, c.Name)); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			file = filepath.Join(dir, c.Name)
			break
		}
	}
	if file == "" {
		return nil, fmt.Errorf("%s: not installed", c.Name)
	}
	timeout := c.Timeout
	if timeout == 0 {
		timeout = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, file, c.Args...)
	cmd.Env = []string{"PATH=" + strings.Join(programDirs, ":"), "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=/root"}
	cmd.Dir = "/"
	cmd.Stdin = c.Input
	cmd.WaitDelay = 2 * time.Second
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		if said := firstLine(complaint.String()); said != "" {
			return out.Bytes(), fmt.Errorf("%s %s: %w: %s", c.Name, strings.Join(c.Args, " "), err, said)
		}
		return out.Bytes(), fmt.Errorf("%s %s: %w", c.Name, strings.Join(c.Args, " "), err)
	}
	return out.Bytes(), nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if len(line) > 300 {
		line = line[:300]
	}
	return strings.ToValidUTF8(line, "?")
}

// Now implements System.
func (m *Machine) Now() time.Time { return time.Now() }

// Bus implements System.
func (m *Machine) Bus(ctx context.Context) (Bus, error) {
	conn, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return nil, fmt.Errorf("system bus: %w", err)
	}
	return &systemBus{conn}, nil
}

// BusOf connects to the system bus of a container, by its first process. Links in the container do not lead out of it.
func BusOf(ctx context.Context, leader int) (Bus, error) {
	b, err := busBelow(ctx, fmt.Sprintf("/proc/%d/root", leader))
	if err != nil {
		return nil, fmt.Errorf("system bus of the container: %w", err)
	}
	return b, nil
}

func busBelow(ctx context.Context, root string) (Bus, error) {
	top, err := unix.Open(root, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: root, Err: err}
	}
	defer unix.Close(top)
	const name = "run/dbus/system_bus_socket"
	socket, err := unix.Openat2(top, name, &unix.OpenHow{Flags: unix.O_PATH | unix.O_CLOEXEC, Resolve: unix.RESOLVE_IN_ROOT | unix.RESOLVE_NO_MAGICLINKS})
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path.Join(root, name), Err: err}
	}
	defer unix.Close(socket)
	conn, err := dbus.Connect(fmt.Sprintf("unix:path=/proc/self/fd/%d", socket), dbus.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	return &systemBus{conn}, nil
}

type systemBus struct{ conn *dbus.Conn }

func (b *systemBus) Call(ctx context.Context, service string, path dbus.ObjectPath, method string, args []any, reply ...any) error {
	call := b.conn.Object(service, path).CallWithContext(ctx, method, 0, args...)
	if call.Err != nil {
		return fmt.Errorf("%s: %w", method, call.Err)
	}
	if len(reply) == 0 {
		return nil
	}
	return call.Store(reply...)
}

func (b *systemBus) Property(ctx context.Context, service string, path dbus.ObjectPath, name string) (dbus.Variant, error) {
	iface, property := name[:max(strings.LastIndexByte(name, '.'), 0)], name[strings.LastIndexByte(name, '.')+1:]
	var v dbus.Variant
	err := b.Call(ctx, service, path, "org.freedesktop.DBus.Properties.Get", []any{iface, property}, &v)
	return v, err
}

func (b *systemBus) Signals(ctx context.Context, service, iface string) (<-chan *dbus.Signal, func(), error) {
	match := []dbus.MatchOption{dbus.WithMatchSender(service), dbus.WithMatchInterface(iface)}
	if err := b.conn.AddMatchSignalContext(ctx, match...); err != nil {
		return nil, nil, err
	}
	signals := make(chan *dbus.Signal, 64)
	b.conn.Signal(signals)
	return signals, func() {
		b.conn.RemoveSignal(signals)
		_ = b.conn.RemoveMatchSignal(match...)
	}, nil
}

func (b *systemBus) Close() error { return b.conn.Close() }

// files implements Files over os.Root, which keeps links from leading out of it.
type files struct{ root *os.Root }

// inside is a name relative to the root.
func inside(name string) string {
	if name = strings.TrimPrefix(path.Clean("/"+name), "/"); name == "" {
		return "."
	}
	return name
}

func (f *files) OpenFile(name string, flag int, mode fs.FileMode) (File, error) {
	file, err := f.root.OpenFile(inside(name), flag, mode)
	if err != nil {
		return nil, err
	}
	return file, nil
}

func (f *files) Lstat(name string) (fs.FileInfo, error)    { return f.root.Lstat(inside(name)) }
func (f *files) Readlink(name string) (string, error)      { return f.root.Readlink(inside(name)) }
func (f *files) Mkdir(name string, mode fs.FileMode) error { return f.root.Mkdir(inside(name), mode) }
func (f *files) Symlink(target, name string) error         { return f.root.Symlink(target, inside(name)) }
func (f *files) Link(old, new string) error                { return f.root.Link(inside(old), inside(new)) }
func (f *files) Rename(old, new string) error              { return f.root.Rename(inside(old), inside(new)) }
func (f *files) Remove(name string) error                  { return f.root.Remove(inside(name)) }
func (f *files) Chmod(name string, mode fs.FileMode) error { return f.root.Chmod(inside(name), mode) }
func (f *files) Lchown(name string, uid, gid int) error {
	return f.root.Lchown(inside(name), uid, gid)
}

func (f *files) Chtimes(name string, modified time.Time) error {
	return f.root.Chtimes(inside(name), modified, modified)
}

func (f *files) ReadDir(name string) ([]fs.DirEntry, error) {
	dir, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	entries, err := dir.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// open opens a file or folder for what works on descriptors.
func (f *files) open(name string) (*os.File, error) {
	return f.root.OpenFile(inside(name), readOnly, 0)
}

func (f *files) Xattrs(name string) (map[string][]byte, error) {
	file, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	size, err := unix.Flistxattr(int(file.Fd()), nil)
	if errors.Is(err, unix.ENOTSUP) {
		return nil, nil
	}
	if err != nil {
		return nil, &fs.PathError{Op: "listxattr", Path: name, Err: err}
	}
	list := make([]byte, size)
	if size, err = unix.Flistxattr(int(file.Fd()), list); err != nil {
		return nil, &fs.PathError{Op: "listxattr", Path: name, Err: err}
	}
	out := map[string][]byte{}
	for attribute := range bytes.SplitSeq(list[:size], []byte{0}) {
		if len(attribute) == 0 {
			continue
		}
		size, err := unix.Fgetxattr(int(file.Fd()), string(attribute), nil)
		if err != nil {
			return nil, &fs.PathError{Op: "getxattr", Path: name, Err: err}
		}
		value := make([]byte, size)
		if size, err = unix.Fgetxattr(int(file.Fd()), string(attribute), value); err != nil {
			return nil, &fs.PathError{Op: "getxattr", Path: name, Err: err}
		}
		out[string(attribute)] = value[:size]
	}
	return out, nil
}

func (f *files) SetXattr(name, attribute string, value []byte) error {
	file, err := f.open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := unix.Fsetxattr(int(file.Fd()), attribute, value, 0); err != nil {
		return &fs.PathError{Op: "setxattr", Path: name, Err: err}
	}
	return nil
}

func (f *files) SyncDir(name string) error {
	dir, err := f.open(name)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Close ends the access to the files.
func (f *files) Close() error { return f.root.Close() }
