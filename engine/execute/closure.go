package execute

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// importClosure puts a NixOS that was built elsewhere into the side root, and
// makes it the system of the new root. It comes in one of three forms: a folder
// that holds nix/store and nix/var/nix/db, as `nix copy --to local?root=DIR`
// leaves it; the stream of `nix-store --export` in a file; or a folder that is a
// binary cache, as `nix copy --to file://DIR` leaves it.
type importClosure struct{}

// storePath is a path in the Nix store.
var storePath = regexp.MustCompile(`^/nix/store/[0-9a-df-np-sv-z]{32}-[A-Za-z0-9+._?=-]+$`)

// profilesAt is where NixOS looks for the systems that can be started.
const profilesAt = "/nix/var/nix/profiles"

// needed are the files of a system that make it one.
var needed = []string{"init", "kernel", "initrd", "kernel-params", "activate"}

func (importClosure) prepare(ctx context.Context, e *Env) (nothing, error) {
	size, err := wholeClosure(ctx, e)
	if err != nil {
		return nothing{}, err
	}
	free, err := e.Free(plan.RootAt)
	if err == nil && free < size+size/10 {
		err = fmt.Errorf("the side root has %d MiB, the closure needs %d MiB", free>>20, (size+size/10)>>20)
	}
	return nothing{}, err
}

// wholeClosure sees that the system that was built is there with all that it refers to, and says how large that is. What is
// packed is read to its end, and its digests are compared.
func wholeClosure(ctx context.Context, e *Env) (size int64, err error) {
	if !storePath.MatchString(e.Toplevel) {
		return 0, fmt.Errorf("%q is no path of the Nix store", e.Toplevel)
	}
	source, err := packedClosure(e)
	if err != nil {
		return 0, err
	}
	if source != nil {
		names := rootNames{}
		paths, err := source.verify(ctx, e, names)
		if err == nil {
			err = names.areSystem(e)
		}
		return sizeOf(paths), err
	}
	err = within(e, e.Closure, func(from Files) error {
		for _, name := range needed {
			if _, err := from.Lstat(path.Join(e.Toplevel, name)); err != nil {
				return fmt.Errorf("%s is no system that was built: %w", e.Closure, err)
			}
		}
		size, err = completeClosure(ctx, from, e.Closure, e.Toplevel)
		return err
	})
	return size, err
}

// closureSize says how large a closure is, as quickly as it can be said. It is complete.
func closureSize(ctx context.Context, e *Env) (size int64, err error) {
	source, err := packedClosure(e)
	if err != nil {
		return 0, err
	}
	if source != nil {
		paths, err := source.list(ctx, e)
		return sizeOf(paths), err
	}
	err = within(e, e.Closure, func(from Files) error {
		size, err = completeClosure(ctx, from, e.Closure, e.Toplevel)
		return err
	})
	return size, err
}

// maxText bounds a text of the system that was built.
const maxText = 256

// systemText is a small file of the system that was built, links followed.
func systemText(ctx context.Context, e *Env, name string) (text string, err error) {
	name = path.Join(e.Toplevel, name)
	source, err := packedClosure(e)
	if err != nil {
		return "", err
	}
	if source != nil {
		return packedText(ctx, e, source, name)
	}
	err = within(e, e.Closure, func(from Files) error {
		name, err := resolve(from, name)
		if err != nil {
			return err
		}
		data, err := readWhole(from, name, maxText)
		text = string(data)
		return err
	})
	return text, err
}

// databaseAt is the database of a Nix store.
const databaseAt = "/nix/var/nix/db/db.sqlite"

// closureQuery finds every path that a system refers to, itself included, and how large it is.
const closureQuery = `
WITH RECURSIVE closure(id) AS (
  SELECT id FROM ValidPaths WHERE path = ?
  UNION
  SELECT reference FROM Refs JOIN closure ON referrer = closure.id
)
SELECT path, COALESCE(narSize, 0) FROM ValidPaths JOIN closure USING (id) ORDER BY path`

// completeClosure sees that everything a system refers to is there, as the database of the store has it, and says how large it is.
func completeClosure(ctx context.Context, from Files, dir, toplevel string) (size int64, err error) {
	image, err := readWhole(from, databaseAt, databaseLimit)
	if err != nil {
		return 0, fmt.Errorf("%s has no database of a Nix store: %w", dir, err)
	}
	if info, err := from.Lstat(databaseAt + "-wal"); err == nil && info.Size() > 0 {
		return 0, fmt.Errorf("%s%s: a write-ahead log lies beside it: the store is still being written to", dir, databaseAt)
	}
	found := false
	err = queryImage(ctx, image, closureQuery, func(row *sql.Rows) error {
		var name string
		var n int64
		if err := row.Scan(&name, &n); err != nil {
			return err
		}
		if !storePath.MatchString(name) {
			return fmt.Errorf("%q is no path of the Nix store", name)
		}
		if _, err := from.Lstat(name); err != nil {
			return fmt.Errorf("the closure is not complete: %w", err)
		}
		found, size = found || name == toplevel, size+n
		return nil
	}, toplevel)
	if err == nil && !found {
		err = fmt.Errorf("its store does not know %s", toplevel)
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", dir, err)
	}
	return size, nil
}

func (importClosure) do(ctx context.Context, e *Env, _ nothing) error {
	source, err := packedClosure(e)
	if err != nil {
		return err
	}
	if source != nil {
		return withRoot(e, func(root Files) error { return unpackRoot(ctx, e, source, root) })
	}
	return within(e, e.Closure, func(from Files) error {
		return withRoot(e, func(root Files) error { return fillRoot(ctx, e, from, root) })
	})
}

// storeFolders makes the folders that a store is in.
func storeFolders(root Files) error {
	for _, dir := range []struct {
		name string
		mode fs.FileMode
	}{{"/etc", 0o755}, {"/nix/store", fs.ModeSticky | 0o775}, {profilesAt, 0o755}, {path.Dir(databaseAt), 0o755}, {"/var/lib", 0o755}} {
		if _, err := makeDirs(root, dir.name, 0o755); err != nil {
			return err
		}
		if err := root.Chmod(dir.name, dir.mode); err != nil {
			return err
		}
	}
	return nil
}

func fillRoot(ctx context.Context, e *Env, from, root Files) error {
	if err := storeFolders(root); err != nil {
		return err
	}
	paths, err := storePaths(from)
	if err != nil {
		return err
	}
	links := map[inode]string{}
	for _, name := range paths {
		if err := copyTree(ctx, from, name, root, name, how{store: true, root: true, links: links}); err != nil {
			return err
		}
	}
	if err := root.SyncDir("/nix/store"); err != nil {
		return err
	}
	entries, err := from.ReadDir(path.Dir(databaseAt))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := path.Join(path.Dir(databaseAt), entry.Name())
		if err := copyTree(ctx, from, name, root, name, how{root: true}); err != nil {
			return err
		}
	}
	return makeSystem(e, root)
}

// makeSystem makes the system that was built the one of the root.
func makeSystem(e *Env, root Files) error {
	if err := link(root, e.Toplevel, path.Join(profilesAt, "system-1-link")); err != nil {
		return err
	}
	if err := link(root, "system-1-link", path.Join(profilesAt, "system")); err != nil {
		return err
	}
	// What tells programs of NixOS that this root is one (nixos-install, switch-to-configuration).
	return writeFile(root, "/etc/NIXOS", nil, 0o644)
}

// storePaths are the paths of a store: not its locks, nor the folder of its hard links.
func storePaths(f Files) (out []string, err error) {
	entries, err := f.ReadDir("/nix/store")
	for _, entry := range entries {
		if name := path.Join("/nix/store", entry.Name()); storePath.MatchString(name) {
			out = append(out, name)
		}
	}
	return out, err
}

// link makes a link, or makes it the right one.
func link(f Files, target, name string) error {
	if got, err := f.Readlink(name); err == nil && got == target {
		return nil
	}
	if err := ignoreMissing(f.Remove(name + partial)); err != nil {
		return err
	}
	if err := f.Symlink(target, name+partial); err != nil {
		return err
	}
	if err := f.Rename(name+partial, name); err != nil {
		return err
	}
	return f.SyncDir(path.Dir(name))
}

func (importClosure) verify(ctx context.Context, e *Env, _ nothing) error {
	source, err := packedClosure(e)
	if err != nil {
		return err
	}
	if source != nil {
		return withRoot(e, func(root Files) error {
			if err := sameStore(ctx, root, e.Toplevel); err != nil {
				return err
			}
			return isSystem(e, root)
		})
	}
	return within(e, e.Closure, func(from Files) error {
		return withRoot(e, func(root Files) error {
			paths, err := storePaths(from)
			if err != nil {
				return err
			}
			for _, name := range paths {
				if err := sameTree(from, name, root, name, how{store: true, root: true}); err != nil {
					return err
				}
			}
			return isSystem(e, root)
		})
	})
}

// isSystem sees that the system that was built is the one of the root.
func isSystem(e *Env, root Files) error {
	if got, err := root.Readlink(path.Join(profilesAt, "system-1-link")); err != nil || got != e.Toplevel {
		return errors.Join(err, errors.New("the system profile leads elsewhere"))
	}
	if got, err := resolve(root, path.Join(profilesAt, "system")); err != nil || got != e.Toplevel {
		return errors.Join(err, errors.New("the system profile leads elsewhere"))
	}
	return nil
}

// undo leaves what was copied: it goes with the side root.
func (importClosure) undo(context.Context, *Env, nothing) error { return nil }
