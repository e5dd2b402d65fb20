package execute

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
)

// importClosure copies a NixOS that was built elsewhere into the side root, and
// makes it the system of the new root. The source is a folder that holds
// nix/store and nix/var/nix/db, as `nix copy --to local?root=DIR` leaves it.
type importClosure struct{}

// storePath is a path in the Nix store.
var storePath = regexp.MustCompile(`^/nix/store/[0-9a-df-np-sv-z]{32}-[A-Za-z0-9+._?=-]+$`)

// profilesAt is where NixOS looks for the systems that can be started.
const profilesAt = "/nix/var/nix/profiles"

func (importClosure) prepare(_ context.Context, e *Env) (nothing, error) {
	if !storePath.MatchString(e.Toplevel) {
		return nothing{}, fmt.Errorf("%q is no path of the Nix store", e.Toplevel)
	}
	from, err := e.Within(e.Closure)
	if err != nil {
		return nothing{}, err
	}
	for _, name := range []string{"init", "kernel", "initrd", "kernel-params", "activate"} {
		if _, err := from.Lstat(path.Join(e.Toplevel, name)); err != nil {
			return nothing{}, fmt.Errorf("%s is no system that was built: %w", e.Closure, err)
		}
	}
	return nothing{}, nil
}

func (importClosure) do(ctx context.Context, e *Env, _ nothing) error {
	from, err := e.Within(e.Closure)
	if err != nil {
		return err
	}
	root, err := sideRoot(e)
	if err != nil {
		return err
	}
	for dir, mode := range map[string]fs.FileMode{"/nix/store": 0o1775, profilesAt: 0o755, "/etc": 0o755, "/var/lib": 0o755} {
		if _, err := makeDirs(root, dir, 0o755); err != nil {
			return err
		}
		if err := root.Chmod(dir, mode.Perm()|sticky(mode)); err != nil {
			return err
		}
	}
	for _, dir := range []string{"/nix/store", "/nix/var/nix/db"} {
		entries, err := from.ReadDir(dir)
		if err != nil {
			return err
		}
		if _, err := makeDirs(root, dir, 0o755); err != nil {
			return err
		}
		for _, entry := range entries {
			name := path.Join(dir, entry.Name())
			if err := copyTree(ctx, from, name, root, name, how{store: dir == "/nix/store", root: true}); err != nil {
				return err
			}
		}
	}
	if err := link(root, "system-1-link", path.Join(profilesAt, "system")); err != nil {
		return err
	}
	if err := link(root, e.Toplevel, path.Join(profilesAt, "system-1-link")); err != nil {
		return err
	}
	// What tells programs of NixOS that this root is one (nixos-install, switch-to-configuration).
	return writeFile(root, "/etc/NIXOS", nil, 0o644)
}

func sticky(mode fs.FileMode) fs.FileMode {
	if mode&0o1000 != 0 {
		return fs.ModeSticky
	}
	return 0
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

func (importClosure) verify(_ context.Context, e *Env, _ nothing) error {
	from, err := e.Within(e.Closure)
	if err != nil {
		return err
	}
	root, err := sideRoot(e)
	if err != nil {
		return err
	}
	entries, err := from.ReadDir("/nix/store")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := path.Join("/nix/store", entry.Name())
		if err := sameTree(from, name, root, name, how{store: true, root: true}); err != nil {
			return err
		}
	}
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
