package bridge

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"regexp"
)

// container runs containers for which the target has no manager.
var container = containers{"container"}

type containers struct{ ruled }

var containerUnit = regexp.MustCompile(`^lxc-([1-9][0-9]{2,8})\.service$`)

// Undo stops the units, and removes the variables of containers, which their units write for LXC at each start: they can be
// secrets. The copies that they come from are the conversion's.
func (k containers) Undo(ctx context.Context, on Machine, p Part) error {
	errs := []error{k.ruled.Undo(ctx, on, p)}
	for _, unit := range unitsOf(p.Options) {
		m := containerUnit.FindStringSubmatch(unit)
		if m == nil {
			continue
		}
		if err := on.System.Remove(path.Join("/var/lib/lxc", m[1], "local.d/pve.conf")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
