// Package modules reads the index of a kernel's modules (modules.dep(5)) and packs
// those that a first stage needs into an archive for the kernel to unpack (Linux,
// Documentation/driver-api/early-userspace/buffer-format.rst).
package modules

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/cavaliergopher/cpio"
)

// Index says what modules there are, and what they need.
type Index struct {
	files map[string]string   // module → its file, below the folder
	needs map[string][]string // module → modules that it needs, or asks for beside itself
	alias map[string][]string // other name → modules
}

// IsIndex says whether a file of the folder of a kernel is one of those that modprobe reads.
func IsIndex(name string) bool { return strings.HasPrefix(name, "modules.") }

// Name is a module's name by that of its file, or as somebody wrote it: kernel/fs/ext4/ext4.ko.zst is ext4, and - means _.
func Name(file string) string {
	name, _, _ := strings.Cut(path.Base(file), ".ko")
	return strings.ReplaceAll(name, "-", "_")
}

// Read reads the index of a folder: modules.dep, which must be there, modules.softdep and modules.alias. A name that leads out of the folder is an error.
func Read(dir string, read func(name string) ([]byte, error)) (*Index, error) {
	x := &Index{map[string]string{}, map[string][]string{}, map[string][]string{}}
	const dep = "modules.dep"
	text, err := read(path.Join(dir, dep))
	if err != nil {
		return nil, err
	}
	n := 0
	for line := range bytes.Lines(text) {
		n++
		file, needs, ok := strings.Cut(strings.TrimSpace(string(line)), ":")
		if file == "" && !ok {
			continue
		}
		if !ok {
			return nil, fmt.Errorf("%s:%d: %q has no colon", path.Join(dir, dep), n, file)
		}
		for _, f := range append([]string{file}, strings.Fields(needs)...) {
			if !fs.ValidPath(f) || f == "." || !strings.Contains(path.Base(f), ".ko") {
				return nil, fmt.Errorf("%s:%d: %q is no file of a module below this folder", path.Join(dir, dep), n, f)
			}
		}
		name := Name(file)
		x.files[name] = file
		for _, f := range strings.Fields(needs) {
			x.needs[name] = append(x.needs[name], Name(f))
		}
	}
	for _, more := range []struct {
		file, word string
		take       func(words []string)
	}{
		{"modules.softdep", "softdep", func(words []string) {
			for _, w := range words[1:] {
				if !strings.HasSuffix(w, ":") { // pre: and post:
					x.needs[Name(words[0])] = append(x.needs[Name(words[0])], Name(w))
				}
			}
		}},
		{"modules.alias", "alias", func(words []string) {
			// One with a pattern is for udev, which has the whole file.
			if len(words) == 2 && !strings.ContainsAny(words[0], "*?[") {
				x.alias[Name(words[0])] = append(x.alias[Name(words[0])], Name(words[1]))
			}
		}},
	} {
		text, err := read(path.Join(dir, more.file))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for line := range bytes.Lines(text) {
			if words := strings.Fields(string(line)); len(words) > 2 && words[0] == more.word {
				more.take(words[1:])
			}
		}
	}
	return x, nil
}

// Closure are the files of modules and of all that they need, in the order of their names. A name that is no module is left out: it is built into the kernel, or not there.
func (x *Index) Closure(names []string) []string {
	seen := map[string]bool{}
	var out []string
	for todo := slices.Clone(names); len(todo) > 0; todo = todo[1:] {
		name := Name(todo[0])
		if seen[name] {
			continue
		}
		seen[name] = true
		if file, ok := x.files[name]; ok {
			out = append(out, file)
			todo = append(todo, x.needs[name]...)
		} else {
			todo = append(todo, x.alias[name]...)
		}
	}
	slices.Sort(out)
	return out
}

// File is a file that is packed.
type File interface {
	io.ReadCloser
	Stat() (fs.FileInfo, error)
}

// Pack writes files as a compressed archive that unpacks below at, an absolute folder. The folders above it are not in it: where the
// initial RAM disk has a link, as NixOS does for /lib, the kernel follows it, and would put a folder in its place.
func Pack(w io.Writer, at string, names []string, open func(name string) (File, error)) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	c := cpio.NewWriter(z)
	at = strings.TrimPrefix(at, "/")
	folder := func(name string) error {
		return c.WriteHeader(&cpio.Header{Name: path.Join(at, name), Mode: cpio.TypeDir | 0o755, ModTime: epoch, Links: 2})
	}
	if err := folder(""); err != nil {
		return err
	}
	made := map[string]bool{".": true}
	for _, name := range names {
		if !fs.ValidPath(name) || name == "." {
			return fmt.Errorf("%q is no name of a file below a folder", name)
		}
		for i := range name {
			if dir := name[:i]; name[i] == '/' && !made[dir] {
				made[dir] = true
				if err := folder(dir); err != nil {
					return err
				}
			}
		}
		if err := packFile(c, path.Join(at, name), func() (File, error) { return open(name) }); err != nil {
			return err
		}
	}
	return errors.Join(c.Close(), z.Close())
}

// epoch is the time of all files of an archive: it says nothing of the host.
var epoch = time.Unix(1, 0)

func packFile(c *cpio.Writer, name string, open func() (File, error)) (err error) {
	f, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "pack", Path: name, Err: errors.New("not a regular file")}
	}
	if err := c.WriteHeader(&cpio.Header{Name: name, Mode: cpio.TypeReg | 0o644, ModTime: epoch, Links: 1, Size: info.Size()}); err != nil {
		return err
	}
	n, err := io.CopyN(c, f, info.Size())
	if err != nil {
		return &fs.PathError{Op: "pack", Path: name, Err: fmt.Errorf("%d of %d bytes: %w", n, info.Size(), err)}
	}
	return nil
}
