package introspect

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"sort"
	"strings"
	"sync"
	"syscall"
)

const (
	// maxFileSize bounds every file that is read: dpkg's status file, the largest
	// that a capture reads, has about 5 MiB on a crowded host.
	maxFileSize = 64 << 20
	// maxFactsSize bounds a file whose lines become facts, maxAllFactsSize all of them together: a line takes up to a
	// hundred times its length in memory. The largest that people write are lists of blocked names in /etc/hosts, of
	// 3 MiB; a cluster of 5,000 guests has 10 MiB in all.
	maxFactsSize    = 4 << 20
	maxAllFactsSize = 16 << 20
	// maxPVEFileSize is the largest file that pmxcfs stores.
	maxPVEFileSize = 1 << 20
	// maxDirEntries bounds a directory; the largest on a real host, a sysfs class, has hundreds.
	maxDirEntries = 100_000
	// maxLinks is the kernel's own limit of symbolic links in one path.
	maxLinks = 40
)

// errNotRegular is the error for devices, pipes, sockets and directories where a file was expected.
var errNotRegular = errors.New("not a regular file")

// tree reads files below a root directory. os.Root refuses absolute links and
// links above the root; a mounted disk has both, and they mean places inside
// it, so links are resolved here and os.Root only ever sees paths without any.
// A link that is put in between the two steps is refused by os.Root.
type tree struct {
	root *os.Root
	// dirs are the directories that were resolved before: path as asked → path without links. Several goroutines may ask.
	dirs     map[string]string
	dirsLock sync.Mutex
	// served are directories that a program or another machine serves, which may hang: each says, once asked, why nothing
	// below it can be read.
	served map[string]func() error
}

func openTree(dir string) (*tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	t := &tree{root: root, dirs: map[string]string{"/": "/"}, served: map[string]func() error{}}
	t.serves(pveDir)
	return t, nil
}

// serves remembers that a directory must be asked whether it answers before it is looked into.
func (t *tree) serves(dir string) {
	t.served[dir] = sync.OnceValue(func() error { return answers(t.root, dir, busTimeout) })
}

func (t *tree) Close() error { return t.root.Close() }

// inRoot is the form of an absolute path that os.Root takes.
func inRoot(resolved string) string {
	if resolved == "/" {
		return "."
	}
	return resolved[1:]
}

// Resolve follows all links of an absolute path, the last part included, as
// chroot would: absolute targets begin at the root, and ".." stops there.
func (t *tree) Resolve(name string) (string, error) {
	return t.resolve(name, true)
}

func (t *tree) resolve(name string, followLast bool) (string, error) {
	if !path.IsAbs(name) {
		return "", &fs.PathError{Op: "resolve", Path: name, Err: fs.ErrInvalid}
	}
	dir, last := path.Split(path.Clean(name))
	if last == "" {
		return "/", nil
	}
	base, err := t.resolveDir(path.Clean(dir))
	if err != nil {
		return "", err
	}
	if !followLast {
		resolved := path.Join(base, last)
		return resolved, t.reach(resolved, name)
	}
	return t.walk(base, []string{last}, name)
}

// resolveDir is resolve for a directory, remembered: a capture asks for a few
// hundred files of the same few directories.
func (t *tree) resolveDir(dir string) (string, error) {
	t.dirsLock.Lock()
	known, ok := t.dirs[dir]
	t.dirsLock.Unlock()
	if ok {
		return known, nil
	}
	parent, last := path.Split(dir)
	base, err := t.resolveDir(path.Clean(parent))
	if err != nil {
		return "", err
	}
	resolved, err := t.walk(base, []string{last}, dir)
	if err != nil {
		return "", err
	}
	t.dirsLock.Lock()
	defer t.dirsLock.Unlock()
	t.dirs[dir] = resolved
	return resolved, nil
}

// walk resolves parts one after the other, starting at base, which has no links.
func (t *tree) walk(base string, parts []string, name string) (string, error) {
	links := 0
	for len(parts) > 0 {
		part := parts[0]
		parts = parts[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			base = path.Dir(base)
			continue
		}
		next := path.Join(base, part)
		if err := t.reach(next, name); err != nil {
			return "", err
		}
		info, err := t.root.Lstat(inRoot(next))
		if err != nil {
			return "", renamed(err, name)
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			base = next
			continue
		}
		if links++; links > maxLinks {
			return "", &fs.PathError{Op: "resolve", Path: name, Err: syscall.ELOOP}
		}
		target, err := t.root.Readlink(inRoot(next))
		if err != nil {
			return "", renamed(err, name)
		}
		if path.IsAbs(target) {
			base = "/"
		}
		parts = append(strings.Split(target, "/"), parts...)
	}
	return base, nil
}

// reach asks, before the first look at what may hang, whether it answers.
func (t *tree) reach(resolved, name string) error {
	ask, served := t.served[resolved]
	if !served {
		return nil
	}
	if err := ask(); err != nil {
		return &fs.PathError{Op: "resolve", Path: name, Err: err}
	}
	return nil
}

// renamed makes an error of os.Root name the path as the host knows it.
func renamed(err error, name string) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return &fs.PathError{Op: pathError.Op, Path: name, Err: pathError.Err}
	}
	return fmt.Errorf("%s: %w", name, err)
}

// ReadFile returns a regular file of at most limit bytes.
func (t *tree) ReadFile(name string, limit int64) (*Content, error) {
	resolved, err := t.Resolve(name)
	if err != nil {
		return nil, err
	}
	// Opening a device can change it (a watchdog starts to count), so what is
	// no regular file is never opened; O_NONBLOCK covers what is put there since.
	info, err := t.root.Lstat(inRoot(resolved))
	if err != nil {
		return nil, renamed(err, name)
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	}
	f, err := t.root.OpenFile(inRoot(resolved), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, renamed(err, name)
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil, renamed(err, name)
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotRegular}
	}
	if info.Size() > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("larger than %d bytes", limit)}
	}
	// Files of procfs say that they are empty: the limit is on what is read.
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, renamed(err, name)
	}
	if int64(len(data)) > limit {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("larger than %d bytes", limit)}
	}
	mode, uid, gid := attributesOf(info)
	return &Content{Data: data, Path: resolved, Mode: mode, UID: uid, GID: gid}, nil
}

// ReadDir returns the entries of a directory in alphabetical order.
func (t *tree) ReadDir(name string) ([]fs.DirEntry, error) {
	resolved, err := t.Resolve(name)
	if err != nil {
		return nil, err
	}
	info, err := t.root.Lstat(inRoot(resolved))
	if err != nil {
		return nil, renamed(err, name)
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: syscall.ENOTDIR}
	}
	f, err := t.root.Open(inRoot(resolved))
	if err != nil {
		return nil, renamed(err, name)
	}
	defer f.Close()
	if hanging := t.hangingIn(resolved); len(hanging) > 0 {
		return t.entriesBeside(f, resolved, hanging)
	}
	entries, err := f.ReadDir(maxDirEntries + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, renamed(err, name)
	}
	if len(entries) > maxDirEntries {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fmt.Errorf("more than %d entries", maxDirEntries)}
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	return entries, nil
}

// hangingIn are the names in a directory that hang.
func (t *tree) hangingIn(dir string) []string {
	var names []string
	for served, ask := range t.served {
		if path.Dir(served) == dir && ask() != nil {
			names = append(names, path.Base(served))
		}
	}
	return names
}

// entriesBeside lists a directory without a look at the entries that hang: reading a directory looks at all.
func (t *tree) entriesBeside(f *os.File, dir string, hanging []string) ([]fs.DirEntry, error) {
	names, err := f.Readdirnames(maxDirEntries)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, renamed(err, dir)
	}
	sort.Strings(names)
	var entries []fs.DirEntry
	for _, name := range names {
		if slices.Contains(hanging, name) {
			continue
		}
		if info, err := t.root.Lstat(inRoot(path.Join(dir, name))); err == nil {
			entries = append(entries, fs.FileInfoToDirEntry(info))
		}
	}
	return entries, nil
}

// Lstat describes the last part of a path itself.
func (t *tree) Lstat(name string) (fs.FileInfo, error) {
	resolved, err := t.resolve(name, false)
	if err != nil {
		return nil, err
	}
	info, err := t.root.Lstat(inRoot(resolved))
	if err != nil {
		return nil, renamed(err, name)
	}
	return info, nil
}

// Stat describes what a path leads to.
func (t *tree) Stat(name string) (fs.FileInfo, error) {
	resolved, err := t.Resolve(name)
	if err != nil {
		return nil, err
	}
	info, err := t.root.Lstat(inRoot(resolved))
	if err != nil {
		return nil, renamed(err, name)
	}
	return info, nil
}

// Readlink returns the text of a symbolic link.
func (t *tree) Readlink(name string) (string, error) {
	resolved, err := t.resolve(name, false)
	if err != nil {
		return "", err
	}
	target, err := t.root.Readlink(inRoot(resolved))
	if err != nil {
		return "", renamed(err, name)
	}
	return target, nil
}

// attributesOf are the permission bits and the owner of a file.
func attributesOf(info fs.FileInfo) (mode uint32, uid, gid int) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return uint32(info.Mode().Perm()), 0, 0
	}
	return stat.Mode & 0o7777, int(stat.Uid), int(stat.Gid)
}
