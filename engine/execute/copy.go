package execute

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// owner is who a file belongs to.
func owner(info fs.FileInfo) (uid, gid int) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(s.Uid), int(s.Gid)
	}
	return 0, 0
}

// how says what of a file a copy has otherwise.
type how struct {
	// mode, unless 0, is that of a file which is copied by itself.
	mode fs.FileMode
	// store makes it a path of the Nix store: read-only, and of the second 1 of 1970.
	store bool
	// root makes it root's own, without extended attributes.
	root bool
	// database, where set, returns a SQLite database of the source as it is between two transactions.
	database func(name string) ([]byte, error)
	// links are the files that were copied and have more than one name, by what they are on the source.
	links map[inode]string
}

// inode is what two names of one file have in common.
type inode struct{ device, number uint64 }

// linked returns what a file is, where it has more than one name.
func linked(info fs.FileInfo) (inode, bool) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok || s.Nlink < 2 || !info.Mode().IsRegular() {
		return inode{}, false
	}
	return inode{uint64(s.Dev), s.Ino}, true
}

// below is what holds for the files in a folder.
func (h how) below() how { h.mode = 0; return h }

func (h how) owner(info fs.FileInfo) (uid, gid int) {
	if h.root {
		return 0, 0
	}
	return owner(info)
}

const setBits = fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky

func (h how) modeOf(info fs.FileInfo) fs.FileMode {
	switch {
	case h.store && (info.IsDir() || info.Mode()&0o100 != 0):
		return 0o555
	case h.store:
		return 0o444
	case h.mode != 0 && info.IsDir():
		return h.mode | h.mode&0o444>>2 // whoever may read a folder may enter it
	case h.mode != 0:
		return h.mode
	}
	return info.Mode() & (fs.ModePerm | setBits)
}

func (h how) time(info fs.FileInfo) time.Time {
	if h.store {
		return time.Unix(1, 0)
	}
	return info.ModTime()
}

// attributes are the extended attributes that a copy has. A mode that is given stands above an access list.
func (h how) attributes(from Files, source string) (map[string][]byte, error) {
	if h.root {
		return nil, nil
	}
	list, err := from.Xattrs(source)
	if h.mode != 0 {
		delete(list, accessList)
	}
	return list, err
}

// accessList is the attribute that holds a file's access list (acl(5)).
const accessList = "system.posix_acl_access"

// copyTree copies a file, link or folder with owners, modes, times, extended attributes (and so access lists), hard links and holes.
// What is at the destination is replaced file by file. Devices and pipes are errors; a socket is left out, as its program makes it.
func copyTree(ctx context.Context, from Files, source string, to Files, dest string, h how) error {
	if h.links == nil {
		h.links = map[inode]string{}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	info, err := from.Lstat(source)
	if err != nil {
		return err
	}
	uid, gid := h.owner(info)
	switch {
	case info.Mode().IsRegular():
		id, more := linked(info)
		if first := h.links[id]; more && first != "" {
			if err := ignoreMissing(to.Remove(dest)); err != nil {
				return err
			}
			return to.Link(first, dest)
		}
		if more {
			h.links[id] = dest
		}
		return copyFile(ctx, from, source, to, dest, info, h)
	case info.Mode()&fs.ModeSocket != 0:
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		target, err := from.Readlink(source)
		if err != nil {
			return err
		}
		if err := ignoreMissing(to.Remove(dest)); err != nil {
			return err
		}
		if err := to.Symlink(target, dest); err != nil {
			return err
		}
		return to.Lchown(dest, uid, gid)
	case info.IsDir():
		found, err := exists(to, dest)
		if err != nil {
			return err
		}
		if !found {
			if err := to.Mkdir(dest, 0o700); err != nil {
				return err
			}
		} else if err := to.Chmod(dest, 0o700); err != nil { // a folder of the store was finished before
			return err
		}
		entries, err := from.ReadDir(source)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if h.database != nil && besideDatabase(from, path.Join(source, e.Name())) {
				continue
			}
			if err := copyTree(ctx, from, path.Join(source, e.Name()), to, path.Join(dest, e.Name()), h.below()); err != nil {
				return err
			}
		}
		if err := dress(from, source, to, dest, info, h); err != nil {
			return err
		}
		return to.SyncDir(dest)
	}
	return &fs.PathError{Op: "copy", Path: source, Err: errors.New("neither a file, a folder nor a link")}
}

// dress gives a copy the owner, mode, attributes and time that it shall have.
func dress(from Files, source string, to Files, dest string, info fs.FileInfo, h how) error {
	uid, gid := h.owner(info)
	if err := to.Lchown(dest, uid, gid); err != nil {
		return err
	}
	attributes, err := h.attributes(from, source)
	if err != nil {
		return err
	}
	if err := to.Chmod(dest, h.modeOf(info)); err != nil { // after chown, which clears set-id bits
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if err := to.SetXattr(dest, name, attributes[name]); err != nil {
			return err
		}
	}
	return to.Chtimes(dest, h.time(info))
}

// copyFile copies a regular file through a temporary one.
func copyFile(ctx context.Context, from Files, source string, to Files, dest string, info fs.FileInfo, h how) (err error) {
	var r io.Reader
	if h.isDatabase(from, source) {
		image, err := h.database(source)
		if err != nil {
			return err
		}
		r = bytes.NewReader(image)
	} else {
		file, err := from.OpenFile(source, readOnly, 0)
		if err != nil {
			return err
		}
		defer file.Close()
		r = file
	}
	return replaceFile(to, dest, func(w File, beside string) error {
		if _, err := copyHoles(ctx, w, r); err != nil {
			return err
		}
		return dress(from, source, to, beside, info, h)
	})
}

// isDatabase says whether a file is to be copied as a database. One that cannot be looked at is copied as a file, which says why.
func (h how) isDatabase(from Files, source string) bool {
	if h.database == nil {
		return false
	}
	is, err := isDatabase(from, source)
	return err == nil && is
}

// block is what a copy reads at once; blocks of zeros become holes.
const block = 128 << 10

// copyHoles copies a file of any size, and leaves out what is only zeros.
func copyHoles(ctx context.Context, w File, r io.Reader) (int64, error) {
	buf, zeros := make([]byte, block), make([]byte, block)
	var size int64
	for {
		if err := ctx.Err(); err != nil {
			return size, err
		}
		n, err := io.ReadFull(r, buf)
		if n > 0 && !bytes.Equal(buf[:n], zeros[:n]) {
			if _, err := w.WriteAt(buf[:n], size); err != nil {
				return size, err
			}
		}
		size += int64(n)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return size, w.Truncate(size)
		}
		if err != nil {
			return size, err
		}
	}
}

// hashFile is the SHA-256 of a file, in hexadecimal.
func hashFile(f Files, name string) (string, error) {
	r, err := f.OpenFile(name, readOnly, 0)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, r.Close())
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// sameTree says where a copy differs from its original; nil where it does not.
func sameTree(from Files, source string, to Files, dest string, h how) error {
	a, err := from.Lstat(source)
	if err != nil {
		return err
	}
	if a.Mode()&fs.ModeSocket != 0 {
		return nil
	}
	b, err := to.Lstat(dest)
	if err != nil {
		return err
	}
	differs := func(what string) error {
		return &fs.PathError{Op: "compare", Path: dest, Err: errors.New(what + " differs")}
	}
	if a.Mode().Type() != b.Mode().Type() {
		return differs("kind")
	}
	au, ag := h.owner(a)
	if bu, bg := owner(b); au != bu || ag != bg {
		return differs("owner")
	}
	switch {
	case a.Mode()&fs.ModeSymlink != 0:
		x, err := from.Readlink(source)
		y, err2 := to.Readlink(dest)
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		if x != y {
			return differs("target")
		}
		return nil
	case a.IsDir():
		entries, err := from.ReadDir(source)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if h.database != nil && besideDatabase(from, path.Join(source, e.Name())) {
				continue
			}
			if err := sameTree(from, path.Join(source, e.Name()), to, path.Join(dest, e.Name()), h.below()); err != nil {
				return err
			}
		}
	case h.isDatabase(from, source):
		image, err := readWhole(to, dest, databaseLimit) // the original may have changed since
		if err != nil {
			return err
		}
		if err := soundDatabase(context.Background(), image); err != nil {
			return &fs.PathError{Op: "compare", Path: dest, Err: err}
		}
	default:
		x, err := hashFile(from, source)
		y, err2 := hashFile(to, dest)
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		if x != y {
			return differs("content")
		}
	}
	if h.modeOf(a) != b.Mode()&(fs.ModePerm|setBits) {
		return differs("mode")
	}
	if h.root {
		return nil
	}
	x, err := h.attributes(from, source)
	y, err2 := to.Xattrs(dest)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	if !maps.EqualFunc(x, y, bytes.Equal) {
		return differs("an extended attribute")
	}
	return nil
}

// carryFiles copies state of the host into the side root.
type carryFiles struct{ plan.CarryFiles }

// nothing is the state of a step that needs none.
type nothing struct{}

// carryState says which of the files the host does not have, for who reads the journal.
type carryState struct {
	Absent []string `json:"absent,omitempty"`
}

// prepare looks which files there are. One that the host does not have is no reason to refuse it: the new system has as much
// of it as the old one had. What apply captures anew before a run says whether anything that the rules went by is gone.
func (a carryFiles) prepare(_ context.Context, e *Env) (carryState, error) {
	var s carryState
	for _, f := range a.Files {
		switch _, err := resolve(e, f.From); {
		case errors.Is(err, fs.ErrNotExist):
			s.Absent = append(s.Absent, f.From)
		case err != nil:
			return carryState{}, err
		}
	}
	return s, nil
}

func (a carryFiles) do(ctx context.Context, e *Env, _ carryState) error {
	return a.each(ctx, e, func(source string, root Files, f plan.CarriedFile, h how) error {
		if _, err := makeDirs(root, path.Dir(f.To), 0o755); err != nil {
			return err
		}
		return copyTree(ctx, e, source, root, f.To, h)
	})
}

func (a carryFiles) verify(ctx context.Context, e *Env, _ carryState) error {
	return a.each(ctx, e, func(source string, root Files, f plan.CarriedFile, h how) error {
		return sameTree(e, source, root, f.To, h)
	})
}

// undo leaves what was copied: it goes with the side root.
func (carryFiles) undo(context.Context, *Env, carryState) error { return nil }

func (a carryFiles) each(ctx context.Context, e *Env, f func(source string, root Files, file plan.CarriedFile, h how) error) error {
	return withRoot(e, func(root Files) error {
		for _, file := range a.Files {
			source, err := resolve(e, file.From)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			mode, err := strconv.ParseUint(file.Mode, 8, 12)
			if err != nil {
				return err
			}
			h := how{mode: fs.FileMode(mode), database: func(name string) ([]byte, error) { return e.Database(ctx, name) }}
			if err := f(source, root, file, h); err != nil {
				return err
			}
		}
		return nil
	})
}

// withRoot opens the files of the side root, which must be mounted, for the time of f.
func withRoot(e *Env, f func(Files) error) error {
	source, err := e.Mounted(plan.RootAt)
	if err != nil {
		return err
	}
	if source == "" {
		return fmt.Errorf("nothing is mounted at %s", plan.RootAt)
	}
	return within(e, plan.RootAt, f)
}

// within opens the files below a folder for the time of f: what is open cannot be unmounted.
func within(e *Env, dir string, f func(Files) error) error {
	folder, err := e.Within(dir)
	if err != nil {
		return err
	}
	return errors.Join(f(folder), folder.Close())
}
