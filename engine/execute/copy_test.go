package execute

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// folder is a folder of the machine that the tests run on.
func folder(t *testing.T, dir string) Folder {
	t.Helper()
	f, err := FilesBelow(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// accessListOf is the value of an access list: owner, user 42, group, mask and others (acl(5), linux/posix_acl_xattr.h).
func accessListOf() []byte {
	out := []byte{2, 0, 0, 0}
	for _, e := range []struct {
		tag, perm byte
		id        uint32
	}{{1, 6, 0xffffffff}, {2, 4, 42}, {4, 4, 0xffffffff}, {0x10, 4, 0xffffffff}, {0x20, 0, 0xffffffff}} {
		out = append(out, e.tag, 0, e.perm, 0, byte(e.id), byte(e.id>>8), byte(e.id>>16), byte(e.id>>24))
	}
	return out
}

// tree fills a folder with one of each kind.
func tree(t *testing.T, dir string) {
	t.Helper()
	hole := make([]byte, 3*block)
	copy(hole[2*block:], "behind the hole")
	must(t,
		os.Mkdir(filepath.Join(dir, "state"), 0o750),
		os.Mkdir(filepath.Join(dir, "state/inner"), 0o700),
		os.WriteFile(filepath.Join(dir, "state/key"), []byte("secret"), 0o600),
		os.WriteFile(filepath.Join(dir, "state/inner/program"), []byte("#!"), 0o755),
		os.Chmod(filepath.Join(dir, "state/inner/program"), 0o755|fs.ModeSetuid),
		os.WriteFile(filepath.Join(dir, "state/hole"), hole, 0o644),
		os.WriteFile(filepath.Join(dir, "state/empty"), nil, 0o644),
		os.Link(filepath.Join(dir, "state/key"), filepath.Join(dir, "state/same-key")),
		os.Symlink("../nowhere", filepath.Join(dir, "state/link")),
		unix.Setxattr(filepath.Join(dir, "state/key"), "user.note", []byte{0, 1, 2}, 0),
		unix.Setxattr(filepath.Join(dir, "state/inner"), "user.folder", []byte("x"), 0),
		os.Chtimes(filepath.Join(dir, "state/key"), time.Unix(1e9, 0), time.Unix(1e9, 0)),
	)
	if err := unix.Setxattr(filepath.Join(dir, "state/empty"), accessList, accessListOf(), 0); err != nil && !errors.Is(err, unix.ENOTSUP) {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		must(t, os.Lchown(filepath.Join(dir, "state/link"), 12, 34), os.Chown(filepath.Join(dir, "state/key"), 64045, 7))
	}
	l, err := net.Listen("unix", filepath.Join(dir, "state/socket"))
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
}

func TestCopiesAreWhole(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	tree(t, from)
	a, b := folder(t, from), folder(t, to)
	for range 2 { // again, over what is there
		must(t, copyTree(context.Background(), a, "/state", b, "/copy", how{}))
		must(t, sameTree(a, "/state", b, "/copy", how{}))
	}
	info := func(name string) *syscall.Stat_t {
		i, err := os.Lstat(filepath.Join(to, "copy", name))
		must(t, err)
		return i.Sys().(*syscall.Stat_t)
	}
	if hole := info("hole"); hole.Blocks*512 >= 2*block {
		t.Errorf("the hole takes %d bytes", hole.Blocks*512)
	}
	if info("key").Ino != info("same-key").Ino {
		t.Error("a hard link became a file of its own")
	}
	if at := info("key").Mtim.Sec; at != 1e9 {
		t.Errorf("the time is %d", at)
	}
	if _, err := os.Lstat(filepath.Join(to, "copy/socket")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a socket was copied")
	}
	entries, err := os.ReadDir(filepath.Join(to, "copy"))
	must(t, err)
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), partial) {
			t.Errorf("%s is left", e.Name())
		}
	}
}

// Each thing that a copy must have is missed when it is not as it was.
func TestEveryDifferenceOfACopyIsSeen(t *testing.T) {
	for what, spoil := range map[string]func(dir string) error{
		"content":               func(d string) error { return os.WriteFile(d+"/key", []byte("public"), 0) },
		"mode":                  func(d string) error { return os.Chmod(d+"/inner/program", 0o755) },
		"an extended attribute": func(d string) error { return unix.Setxattr(d+"/inner", "user.folder", []byte("y"), 0) },
		"target": func(d string) error {
			info, err := os.Lstat(d + "/link")
			uid, gid := owner(info)
			return errors.Join(err, os.Remove(d+"/link"), os.Symlink("elsewhere", d+"/link"), os.Lchown(d+"/link", uid, gid))
		},
		"kind":         func(d string) error { return errors.Join(os.Remove(d+"/empty"), os.Mkdir(d+"/empty", 0o644)) },
		"no such file": func(d string) error { return os.Remove(d + "/hole") },
		"owner":        func(d string) error { return os.Lchown(d+"/link", 99, 99) },
	} {
		t.Run(what, func(t *testing.T) {
			if what == "owner" && os.Getuid() != 0 {
				t.Skip("only root gives files away")
			}
			from, to := t.TempDir(), t.TempDir()
			tree(t, from)
			a, b := folder(t, from), folder(t, to)
			must(t, copyTree(context.Background(), a, "/state", b, "/copy", how{}))
			must(t, spoil(filepath.Join(to, "copy")))
			if err := sameTree(a, "/state", b, "/copy", how{}); err == nil || !strings.Contains(err.Error(), what) && what != "owner" {
				t.Error(err)
			}
		})
	}
}

func TestCopiesWithAnotherMode(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	tree(t, from)
	a, b := folder(t, from), folder(t, to)
	h := how{mode: 0o640}
	for _, c := range []struct {
		name string
		mode fs.FileMode
	}{{"/state", 0o750}, {"/state/empty", 0o640}, {"/state/key", 0o640}} {
		must(t, copyTree(context.Background(), a, c.name, b, "/copy", h), sameTree(a, c.name, b, "/copy", h))
		info, err := os.Lstat(filepath.Join(to, "copy"))
		must(t, err)
		if info.Mode().Perm() != c.mode {
			t.Errorf("%s: %s", c.name, info.Mode())
		}
		must(t, os.RemoveAll(filepath.Join(to, "copy")))
	}
	if os.Getuid() == 0 {
		h = how{store: true, root: true}
		must(t, copyTree(context.Background(), a, "/state", b, "/store", h), sameTree(a, "/state", b, "/store", h))
		info, err := os.Lstat(filepath.Join(to, "store/inner/program"))
		must(t, err)
		if info.Mode() != 0o555 || info.ModTime() != time.Unix(1, 0) {
			t.Errorf("a file of the store: %s %s", info.Mode(), info.ModTime())
		}
	}
}

func TestWhatCannotBeCopiedIsRefused(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	must(t, syscall.Mkfifo(filepath.Join(from, "pipe"), 0o600))
	if err := copyTree(context.Background(), folder(t, from), "/pipe", folder(t, to), "/pipe", how{}); err == nil || !strings.Contains(err.Error(), "neither a file") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := copyTree(ctx, folder(t, from), "/pipe", folder(t, to), "/pipe", how{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	// A link on the way to the copy leads nowhere outside.
	must(t, os.WriteFile(filepath.Join(from, "file"), []byte("x"), 0o600), os.Symlink(from, filepath.Join(to, "out")))
	if err := copyTree(context.Background(), folder(t, from), "/file", folder(t, to), "/out/stolen", how{}); err == nil {
		t.Error("the copy went outside")
	}
}

func TestLinksAreFollowedInsideTheRoot(t *testing.T) {
	dir := t.TempDir()
	must(t,
		os.MkdirAll(filepath.Join(dir, "a/b/c"), 0o755),
		os.Symlink("/a/b", filepath.Join(dir, "absolute")),
		os.Symlink("b/c", filepath.Join(dir, "a/relative")),
		os.Symlink("../../../../../a", filepath.Join(dir, "a/b/up")),
		os.Symlink("loop", filepath.Join(dir, "loop")),
		os.Symlink("missing", filepath.Join(dir, "dangling")),
	)
	f := folder(t, dir)
	for name, want := range map[string]string{
		"/": "/", "/a/b/c": "/a/b/c", "/absolute": "/a/b", "/absolute/c": "/a/b/c", "/a/relative": "/a/b/c",
		"/a/b/up/b": "/a/b", "/absolute/up/relative": "/a/b/c",
	} {
		if got, err := resolve(f, name); err != nil || got != want {
			t.Errorf("%s leads to %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"/loop", "/dangling", "/a/none"} {
		if got, err := resolve(f, name); err == nil {
			t.Errorf("%s leads to %q", name, got)
		}
	}
}

// A file that is replaced is the old one or the new one, and has the mode that was asked for whatever the umask is.
func TestFilesAreReplacedWhole(t *testing.T) {
	dir := t.TempDir()
	f := folder(t, dir)
	must(t, os.WriteFile(filepath.Join(dir, "x"+partial), []byte("left by a run that was cut off"), 0o600))
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	must(t, writeFile(f, "/x", []byte("one"), 0o644), writeFile(f, "/x", []byte("two"), 0o644), holds(f, "/x", []byte("two")))
	info, err := os.Lstat(filepath.Join(dir, "x"))
	must(t, err)
	if info.Mode() != 0o644 {
		t.Error(info.Mode())
	}
	failing := errors.New("in the middle")
	if err := replaceFile(f, "/x", func(w File, _ string) error {
		_, err := w.Write(bytes.Repeat([]byte("three"), 1000))
		return errors.Join(err, failing)
	}); !errors.Is(err, failing) {
		t.Error(err)
	}
	must(t, holds(f, "/x", []byte("two")))
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%v %v", entries, err)
	}
}
