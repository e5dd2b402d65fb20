package execute

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// Names and numbers of PackageKit (PackageKit, pk-enum.h; bit n of a mask is value n).
const (
	kitService     = "org.freedesktop.PackageKit"
	kitPath        = dbus.ObjectPath("/org/freedesktop/PackageKit")
	kitTransaction = kitService + ".Transaction"

	kitFilterInstalled = uint64(1 << 2)
	kitFilterNewest    = uint64(1 << 16)

	kitOnlyTrusted = uint64(1 << 1)
	kitSimulate    = uint64(1 << 2)

	kitInstalled, kitAvailable               = 1, 2
	kitUntrusted                             = 23
	kitInstalling, kitInstall                = 12, 27
	kitRemoving, kitRemove                   = 13, 28
	kitExitSuccess, kitExitRepair            = 1, 11
	kitErrorUnfinished                       = 66
	kitLookTimeout, kitChangeTimeout         = time.Minute, 20 * time.Minute
	busService, busInterface, busOwnerChange = "org.freedesktop.DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.NameOwnerChanged"
)

// installPackages installs packages of the distribution through PackageKit.
type installPackages struct{ plan.InstallPackages }

// packagesState is what installing will add.
type packagesState struct {
	// Ask are the ids of the packages that are asked for and are not installed, Add those of all that come with them.
	Ask []string `json:"ask"`
	Add []string `json:"add"`
}

// kitPackage is a package as a signal names it: its id is name;version;arch;where.
type kitPackage struct {
	Info        uint32
	ID, Summary string
}

func (p kitPackage) name() string { return packageName(p.ID) }

func packageName(id string) string { name, _, _ := strings.Cut(id, ";"); return name }

// kitError is how PackageKit says that a transaction failed.
type kitError struct {
	role       string
	exit, code uint32
	details    string
}

func (e *kitError) Error() string {
	if e.details == "" {
		return fmt.Sprintf("PackageKit: %s ended with exit %d", e.role, e.exit)
	}
	return fmt.Sprintf("PackageKit: %s: error %d: %s", e.role, e.code, strings.Join(strings.Fields(e.details), " "))
}

// broken says that an earlier transaction was cut off and has to be repaired first.
func (e *kitError) broken() bool { return e.exit == kitExitRepair || e.code == kitErrorUnfinished }

// kit carries one role out and returns the packages that it named.
func kit(ctx context.Context, e *Env, timeout time.Duration, role string, args ...any) (packages []kitPackage, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	err = withBus(ctx, e, func(b Bus) error {
		// Before there is a transaction: a fast one is finished before its reply is read.
		signals, stop, err := b.Signals(ctx, kitService, kitTransaction)
		if err != nil {
			return err
		}
		defer stop()
		owners, stopOwners, err := b.Signals(ctx, busService, busInterface)
		if err != nil {
			return err
		}
		defer stopOwners()
		var object dbus.ObjectPath
		if err := b.Call(ctx, kitService, kitPath, kitService+".CreateTransaction", nil, &object); err != nil {
			return fmt.Errorf("PackageKit does not answer: %w", err)
		}
		hints := []string{"supports-plural-signals=true", "interactive=false", "background=false"}
		if err := b.Call(ctx, kitService, object, kitTransaction+".SetHints", []any{hints}); err != nil {
			return err
		}
		if err := b.Call(ctx, kitService, object, kitTransaction+"."+role, args); err != nil {
			return err
		}
		packages, err = e.transaction(ctx, role, object, signals, owners)
		if err != nil && ctx.Err() != nil { // nobody waits for it any more
			_ = b.Call(context.WithoutCancel(ctx), kitService, object, kitTransaction+".Cancel", nil)
		}
		return err
	})
	return packages, err
}

// transaction follows the signals of a transaction up to its end.
func (e *Env) transaction(ctx context.Context, role string, object dbus.ObjectPath, signals, owners <-chan *dbus.Signal) (packages []kitPackage, err error) {
	failure := &kitError{role: role}
	for {
		var s *dbus.Signal
		open := true
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("PackageKit: %s: %w", role, ctx.Err())
		case s, open = <-owners:
			if open && (s.Name != busOwnerChange || len(s.Body) != 3 || s.Body[0] != kitService || s.Body[2] != "") {
				continue
			}
			return nil, fmt.Errorf("PackageKit: %s: the daemon ended before it was finished", role)
		case s, open = <-signals:
		}
		if !open {
			return nil, fmt.Errorf("PackageKit: %s: the connection to the bus ended", role)
		}
		if s.Path != object {
			continue
		}
		switch strings.TrimPrefix(s.Name, kitTransaction+".") {
		case "Package":
			var p kitPackage
			if err := dbus.Store(s.Body, &p.Info, &p.ID, &p.Summary); err != nil {
				return nil, fmt.Errorf("PackageKit: signal Package: %w", err)
			}
			packages = append(packages, p)
		case "Packages":
			var list []kitPackage
			if err := dbus.Store(s.Body, &list); err != nil {
				return nil, fmt.Errorf("PackageKit: signal Packages: %w", err)
			}
			packages = append(packages, list...)
		case "ItemProgress":
			var id string
			var status, percent uint32
			if err := dbus.Store(s.Body, &id, &status, &percent); err == nil && e.Progress != nil {
				e.Progress(fmt.Sprintf("%s: %d %%", packageName(id), percent))
			}
		case "ErrorCode":
			if err := dbus.Store(s.Body, &failure.code, &failure.details); err != nil {
				return nil, fmt.Errorf("PackageKit: signal ErrorCode: %w", err)
			}
		case "Finished":
			var runtime uint32
			if err := dbus.Store(s.Body, &failure.exit, &runtime); err != nil {
				return nil, fmt.Errorf("PackageKit: signal Finished: %w", err)
			}
			if failure.exit != kitExitSuccess || failure.details != "" {
				return nil, failure
			}
			return packages, nil
		case "Destroy":
			return nil, fmt.Errorf("PackageKit: %s: was destroyed before it was finished", role)
		}
	}
}

// mended carries a role out. What an earlier one has left half done is repaired first.
func mended(ctx context.Context, e *Env, timeout time.Duration, role string, args ...any) ([]kitPackage, error) {
	packages, err := kit(ctx, e, timeout, role, args...)
	if broken := (*kitError)(nil); !errors.As(err, &broken) || !broken.broken() {
		return packages, err
	}
	if _, err := kit(ctx, e, kitChangeTimeout, "RepairSystem", kitOnlyTrusted); err != nil {
		return nil, err
	}
	return kit(ctx, e, timeout, role, args...)
}

// installed returns the ids of those names that are installed.
func (installPackages) installed(ctx context.Context, e *Env, names []string) (map[string]string, error) {
	list, err := kit(ctx, e, kitLookTimeout, "Resolve", kitFilterInstalled, names)
	out := map[string]string{}
	for _, p := range list {
		if p.Info == kitInstalled && slices.Contains(names, p.name()) {
			out[p.name()] = p.ID
		}
	}
	return out, err
}

func (a installPackages) prepare(ctx context.Context, e *Env) (s packagesState, err error) {
	there, err := a.installed(ctx, e, a.Packages)
	if err != nil {
		return s, err
	}
	list, err := kit(ctx, e, kitLookTimeout, "Resolve", kitFilterNewest, a.Packages)
	if err != nil {
		return s, err
	}
	for _, name := range a.Packages {
		if there[name] != "" {
			continue
		}
		i := slices.IndexFunc(list, func(p kitPackage) bool { return p.name() == name && p.Info == kitAvailable })
		if i < 0 {
			return s, fmt.Errorf("no repository has a package %s", name)
		}
		s.Ask = append(s.Ask, list[i].ID)
	}
	if len(s.Ask) == 0 {
		return s, nil
	}
	effects, err := kit(ctx, e, kitLookTimeout, "InstallPackages", kitSimulate|kitOnlyTrusted, s.Ask)
	if err != nil {
		return s, err
	}
	s.Add = slices.Clone(s.Ask)
	for _, p := range effects {
		switch {
		case p.Info == kitUntrusted:
			return s, fmt.Errorf("%s is not signed", p.name())
		case p.Info != kitInstalling && p.Info != kitInstall:
			return s, fmt.Errorf("installing %s would also change %s (%d)", strings.Join(a.Packages, ", "), p.name(), p.Info)
		case !slices.Contains(s.Add, p.ID):
			s.Add = append(s.Add, p.ID)
		}
	}
	return s, nil
}

func (a installPackages) do(ctx context.Context, e *Env, s packagesState) error {
	there, err := a.installed(ctx, e, a.Packages)
	if err != nil {
		return err
	}
	missing := slices.DeleteFunc(slices.Clone(s.Ask), func(id string) bool { return there[packageName(id)] != "" })
	if len(missing) == 0 {
		return nil
	}
	_, err = mended(ctx, e, kitChangeTimeout, "InstallPackages", kitOnlyTrusted, missing)
	return err
}

func (a installPackages) verify(ctx context.Context, e *Env, _ packagesState) error {
	there, err := a.installed(ctx, e, a.Packages)
	if err != nil {
		return err
	}
	for _, name := range a.Packages {
		if there[name] == "" {
			return fmt.Errorf("%s is not installed", name)
		}
	}
	return nil
}

// undo removes what was added, and nothing else: PackageKit takes along what depends on it, so that is looked at first.
func (a installPackages) undo(ctx context.Context, e *Env, s packagesState) error {
	if len(s.Add) == 0 {
		return nil
	}
	names := make([]string, len(s.Add))
	for i, id := range s.Add {
		names[i] = packageName(id)
	}
	there, err := a.installed(ctx, e, names)
	if err != nil || len(there) == 0 {
		return err
	}
	var ids []string
	for _, n := range names {
		if id := there[n]; id != "" {
			ids = append(ids, id)
		}
	}
	effects, err := mended(ctx, e, kitLookTimeout, "RemovePackages", kitSimulate, ids, false, false)
	if err != nil {
		return err
	}
	for _, p := range effects {
		if (p.Info != kitRemoving && p.Info != kitRemove) || !slices.Contains(names, p.name()) {
			return fmt.Errorf("removing %s would also change %s (%d), which is not of this run", strings.Join(names, ", "), p.name(), p.Info)
		}
	}
	if _, err := mended(ctx, e, kitChangeTimeout, "RemovePackages", uint64(0), ids, false, false); err != nil {
		return err
	}
	if there, err = a.installed(ctx, e, names); err == nil && len(there) > 0 {
		err = fmt.Errorf("%d packages are still installed", len(there))
	}
	return err
}
