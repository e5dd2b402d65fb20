package execute

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// cloneRoot clones Proxmox VE's root. There is one actuator a kind of storage.
func cloneRoot(c plan.Clone) (Actuator, error) {
	switch c.Kind {
	case "zfs":
		return actuator(zfsClone{c}), nil
	case "lvm-thin":
		return actuator(lvmClone{c}), nil
	case "btrfs":
		return actuator(btrfsClone{c}), nil
	}
	return nil, fmt.Errorf("clone: kind %q has none", c.Kind)
}

// clone is a clone of the root as its owner works with it later.
type clone interface {
	// reset makes the clone anew from its start.
	reset(ctx context.Context, sys System, run string) error
	// remove removes the clone and its start, if the run made them.
	remove(ctx context.Context, sys System, run string) error
}

func cloneOf(c plan.Clone) (clone, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	switch c.Kind {
	case "zfs":
		return zfsClone{c}, nil
	case "lvm-thin":
		return lvmClone{c}, nil
	}
	return btrfsClone{c}, nil
}

// ResetClone makes a clone that a run has made anew, as it was at its start. Nothing may run in it, and it must not be mounted.
func ResetClone(ctx context.Context, sys System, c plan.Clone, run string) error {
	k, err := cloneOf(c)
	if err != nil {
		return err
	}
	return k.reset(ctx, sys, run)
}

// RemoveClone removes a clone and its start, if the run has made them.
func RemoveClone(ctx context.Context, sys System, c plan.Clone, run string) error {
	k, err := cloneOf(c)
	if err != nil {
		return err
	}
	return k.remove(ctx, sys, run)
}

// taken says that what is to be made is there already.
func taken(name string) error {
	return fmt.Errorf("%s: is there already: an earlier run was not rolled back, or it is somebody else's", name)
}

// zfsClone is a data set beside that of the root. Its start is a snapshot of the root, which cannot be destroyed while the clone lives.
type zfsClone struct{ c plan.Clone }

func (z zfsClone) snapshot(run string) string { return z.c.Source + "@" + mark(run) }

// find says which of the two are there and of the run; other says that the clone is there and somebody else's.
func (z zfsClone) find(ctx context.Context, sys System, run string) (clone, start, other bool, err error) {
	for _, q := range []struct {
		kind, at, name string
		found          *bool
	}{{"filesystem", path.Dir(z.c.Root), z.c.Root, &clone}, {"snapshot", z.c.Source, z.snapshot(run), &start}} {
		out, err := sys.Run(ctx, Command{Name: "zfs", Args: []string{"list", "-H", "-r", "-d", "1", "-t", q.kind, "-o", "name," + runProperty, q.at}})
		if err != nil {
			return false, false, false, err
		}
		for line := range strings.Lines(string(out)) {
			if name, by, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); name == q.name {
				*q.found = by == run
				other = other || by != run
			}
		}
	}
	return clone, start, other, nil
}

func (z zfsClone) prepare(ctx context.Context, e *Env) (nothing, error) {
	clone, start, other, err := z.find(ctx, e, e.RunID)
	if err == nil && (clone || start || other) {
		err = taken(z.c.Root)
	}
	return nothing{}, err
}

func (z zfsClone) do(ctx context.Context, e *Env, _ nothing) error {
	clone, start, other, err := z.find(ctx, e, e.RunID)
	if err != nil {
		return err
	}
	if other {
		return fmt.Errorf("%s: is not of this run", z.c.Root)
	}
	if !start {
		if _, err := e.Run(ctx, Command{Name: "zfs", Args: []string{"snapshot", "-o", runProperty + "=" + e.RunID, z.snapshot(e.RunID)}, Timeout: storageTimeout}); err != nil {
			return err
		}
	}
	if clone {
		return nil
	}
	return z.make(ctx, e, e.RunID)
}

func (z zfsClone) make(ctx context.Context, sys System, run string) error {
	_, err := sys.Run(ctx, Command{Name: "zfs", Args: []string{
		"clone", "-o", "canmount=noauto", "-o", "mountpoint=legacy", "-o", runProperty + "=" + run, z.snapshot(run), z.c.Root,
	}, Timeout: storageTimeout})
	return err
}

func (z zfsClone) verify(ctx context.Context, e *Env, _ nothing) error {
	clone, start, _, err := z.find(ctx, e, e.RunID)
	if err == nil && (!clone || !start) {
		err = fmt.Errorf("%s: it or its start is not there", z.c.Root)
	}
	return err
}

func (z zfsClone) undo(ctx context.Context, e *Env, _ nothing) error {
	return z.remove(ctx, e, e.RunID)
}

func (z zfsClone) remove(ctx context.Context, sys System, run string) error {
	clone, start, _, err := z.find(ctx, sys, run)
	if err != nil {
		return err
	}
	for _, one := range []struct {
		there bool
		name  string
	}{{clone, z.c.Root}, {start, z.snapshot(run)}} {
		if one.there {
			if _, err := sys.Run(ctx, Command{Name: "zfs", Args: []string{"destroy", one.name}, Timeout: storageTimeout}); err != nil {
				return err
			}
		}
	}
	if clone, start, _, err = z.find(ctx, sys, run); err == nil && (clone || start) {
		err = fmt.Errorf("%s: it or its start is still there", z.c.Root)
	}
	return err
}

func (z zfsClone) reset(ctx context.Context, sys System, run string) error {
	clone, start, other, err := z.find(ctx, sys, run)
	switch {
	case err != nil:
		return err
	case other || !start:
		return fmt.Errorf("%s: it or its start is not of the run %s", z.c.Root, run)
	}
	if clone {
		if _, err := sys.Run(ctx, Command{Name: "zfs", Args: []string{"destroy", z.c.Root}, Timeout: storageTimeout}); err != nil {
			return err
		}
	}
	return z.make(ctx, sys, run)
}

// lvmClone is a thin snapshot. LVM does not activate one by itself, so that nothing finds the UUID of the root twice.
type lvmClone struct{ c plan.Clone }

func (l lvmClone) names() (clone, start string) {
	clone = path.Base(l.c.Root)
	return clone, clone + plan.StartSuffix
}

// find returns the two volumes, nil where one is not there.
func (l lvmClone) find(ctx context.Context, sys System) (clone, start *volume, err error) {
	list, err := volumes(ctx, sys, l.c.Group())
	if err != nil {
		return nil, nil, err
	}
	cloneName, startName := l.names()
	for i := range list {
		switch list[i].Name {
		case cloneName:
			clone = &list[i]
		case startName:
			start = &list[i]
		}
	}
	return clone, start, nil
}

func tagged(v *volume, run string) bool {
	return v != nil && slices.Contains(strings.Split(v.Tags, ","), mark(run))
}

func (l lvmClone) prepare(ctx context.Context, e *Env) (nothing, error) {
	clone, start, err := l.find(ctx, e)
	if err == nil && (clone != nil || start != nil) {
		err = taken(l.c.Root)
	}
	return nothing{}, err
}

func (l lvmClone) do(ctx context.Context, e *Env, _ nothing) error {
	clone, start, err := l.find(ctx, e)
	if err != nil {
		return err
	}
	if clone != nil && !tagged(clone, e.RunID) || start != nil && !tagged(start, e.RunID) {
		return fmt.Errorf("%s: it or its start is not of this run", l.c.Root)
	}
	cloneName, startName := l.names()
	if start == nil {
		if err := l.snapshot(ctx, e, e.RunID, l.c.Source, startName, "r"); err != nil {
			return err
		}
	}
	if clone == nil {
		return l.snapshot(ctx, e, e.RunID, l.c.Group()+"/"+startName, cloneName, "rw")
	}
	return nil
}

func (l lvmClone) snapshot(ctx context.Context, sys System, run, of, name, permission string) error {
	args := append([]string{"--yes", "--quiet", "--snapshot", "--addtag", mark(run), "--setactivationskip", "y", "--permission", permission, "--name", name}, noBackups...)
	_, err := sys.Run(ctx, Command{Name: "lvcreate", Args: append(args, of), Timeout: storageTimeout})
	return err
}

func (l lvmClone) verify(ctx context.Context, e *Env, _ nothing) error {
	clone, start, err := l.find(ctx, e)
	if err == nil && (!tagged(clone, e.RunID) || !tagged(start, e.RunID)) {
		err = fmt.Errorf("%s: it or its start is not there", l.c.Root)
	}
	return err
}

func (l lvmClone) undo(ctx context.Context, e *Env, _ nothing) error {
	return l.remove(ctx, e, e.RunID)
}

func (l lvmClone) drop(ctx context.Context, sys System, name string) error {
	args := append([]string{"--yes", "--quiet"}, noBackups...)
	_, err := sys.Run(ctx, Command{Name: "lvremove", Args: append(args, l.c.Group()+"/"+name), Timeout: storageTimeout})
	return err
}

func (l lvmClone) remove(ctx context.Context, sys System, run string) error {
	clone, start, err := l.find(ctx, sys)
	if err != nil {
		return err
	}
	for _, v := range []*volume{clone, start} {
		if tagged(v, run) {
			if err := l.drop(ctx, sys, v.Name); err != nil {
				return err
			}
		}
	}
	if clone, start, err = l.find(ctx, sys); err == nil && (tagged(clone, run) || tagged(start, run)) {
		err = fmt.Errorf("%s: it or its start is still there", l.c.Root)
	}
	return err
}

func (l lvmClone) reset(ctx context.Context, sys System, run string) error {
	clone, start, err := l.find(ctx, sys)
	switch {
	case err != nil:
		return err
	case !tagged(start, run) || clone != nil && !tagged(clone, run):
		return fmt.Errorf("%s: it or its start is not of the run %s", l.c.Root, run)
	}
	cloneName, startName := l.names()
	if clone != nil {
		if err := l.drop(ctx, sys, cloneName); err != nil {
			return err
		}
	}
	return l.snapshot(ctx, sys, run, l.c.Group()+"/"+startName, cloneName, "rw")
}

// btrfsClone is a snapshot at the top of the file system. It gets its name when it has the mark of its run: until then the run is in its name.
type btrfsClone struct{ c plan.Clone }

// at are the places of the clone, its start and their unfinished forms while the top is mounted.
func (b btrfsClone) at(run string) (clone, start, unfinished string) {
	clone = path.Join(topAt, b.c.Subvolume)
	return clone, clone + plan.StartSuffix, path.Join(topAt, mark(run))
}

// whose tells whether a subvolume is there, and refuses one without the mark of the run.
func (b btrfsClone) whose(sys System, name, run string) (there bool, err error) {
	there, err = exists(sys, name)
	if err != nil || !there {
		return false, err
	}
	attributes, err := sys.Xattrs(name)
	if err == nil && string(attributes[runAttribute]) != run {
		err = &fs.PathError{Op: "clone", Path: name, Err: errors.New("is not of this run")}
	}
	return true, err
}

// there refuses a subvolume that is missing, or of another run.
func (b btrfsClone) there(sys System, name, run string) error {
	there, err := b.whose(sys, name, run)
	if err == nil && !there {
		err = fmt.Errorf("%s: is not there", name)
	}
	return err
}

func (b btrfsClone) prepare(_ context.Context, e *Env) (nothing, error) {
	return nothing{}, withTop(e, b.c.Source, func() error {
		clone, start, unfinished := b.at(e.RunID)
		return errors.Join(unused(e, clone), unused(e, start), unused(e, unfinished))
	})
}

func (b btrfsClone) do(ctx context.Context, e *Env, _ nothing) error {
	return withTop(e, b.c.Source, func() error {
		clone, start, unfinished := b.at(e.RunID)
		if there, err := b.whose(e, start, e.RunID); err != nil {
			return err
		} else if !there {
			if err := b.make(ctx, e, e.RunID, path.Join(topAt, b.c.Of), unfinished, false); err != nil {
				return err
			}
			if _, err := e.Run(ctx, Command{Name: "btrfs", Args: []string{"subvolume", "snapshot", "-r", unfinished, start}, Timeout: storageTimeout}); err != nil {
				return err
			}
		}
		return b.complete(ctx, e, e.RunID, clone, start, unfinished)
	})
}

// complete makes the clone from its start where it is not there.
func (b btrfsClone) complete(ctx context.Context, sys System, run, clone, start, unfinished string) error {
	if there, err := b.whose(sys, clone, run); err != nil || there {
		return errors.Join(err, b.drop(ctx, sys, unfinished))
	}
	if err := b.make(ctx, sys, run, start, unfinished, true); err != nil {
		return err
	}
	if err := sys.Rename(unfinished, clone); err != nil {
		return err
	}
	return sys.SyncDir(topAt)
}

// make makes a writable snapshot under the unfinished name, with the mark of the run.
func (b btrfsClone) make(ctx context.Context, sys System, run, of, unfinished string, marked bool) error {
	if err := b.drop(ctx, sys, unfinished); err != nil {
		return err
	}
	if _, err := sys.Run(ctx, Command{Name: "btrfs", Args: []string{"subvolume", "snapshot", of, unfinished}, Timeout: storageTimeout}); err != nil {
		return err
	}
	if marked {
		return nil // it has the mark of its start
	}
	return sys.SetXattr(unfinished, runAttribute, []byte(run))
}

// drop removes a subvolume, if it is there.
func (b btrfsClone) drop(ctx context.Context, sys System, name string) error {
	if there, err := exists(sys, name); err != nil || !there {
		return err
	}
	return removeSubvolume(ctx, sys, name)
}

func (b btrfsClone) verify(_ context.Context, e *Env, _ nothing) error {
	return withTop(e, b.c.Source, func() error {
		clone, start, unfinished := b.at(e.RunID)
		for _, name := range []string{clone, start} {
			if err := b.there(e, name, e.RunID); err != nil {
				return err
			}
		}
		return unused(e, unfinished)
	})
}

func (b btrfsClone) undo(ctx context.Context, e *Env, _ nothing) error {
	return b.remove(ctx, e, e.RunID)
}

func (b btrfsClone) remove(ctx context.Context, sys System, run string) error {
	return withTop(sys, b.c.Source, func() error {
		clone, start, unfinished := b.at(run)
		for _, name := range []string{clone, start} {
			attributes := map[string][]byte{}
			there, err := exists(sys, name)
			if err == nil && there {
				attributes, err = sys.Xattrs(name)
			}
			if err != nil {
				return err
			}
			if there && string(attributes[runAttribute]) == run { // another one's stays
				if err := removeSubvolume(ctx, sys, name); err != nil {
					return err
				}
			}
		}
		return b.drop(ctx, sys, unfinished)
	})
}

func (b btrfsClone) reset(ctx context.Context, sys System, run string) error {
	return withTop(sys, b.c.Source, func() error {
		clone, start, unfinished := b.at(run)
		if err := b.there(sys, start, run); err != nil {
			return err
		}
		if there, err := b.whose(sys, clone, run); err != nil {
			return err
		} else if there {
			if err := removeSubvolume(ctx, sys, clone); err != nil {
				return err
			}
		}
		return b.complete(ctx, sys, run, clone, start, unfinished)
	})
}
