package companion

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/packagekit"
)

// PackageError is an error of PackageKit in words.
type PackageError struct {
	Err *packagekit.Error
	// Means is what it is and what to do; empty where nobody has said.
	Means string
}

func (e *PackageError) Error() string {
	details := strings.Join(strings.Fields(e.Err.Details), " ")
	if e.Means == "" {
		return e.Err.Error()
	}
	return fmt.Sprintf("%s (PackageKit's error %d: %s)", e.Means, e.Err.Code, details)
}

func (e *PackageError) Unwrap() error { return e.Err }

// RefusedError says that a change was not begun.
type RefusedError struct{ What string }

func (e *RefusedError) Error() string { return e.What }

// explain puts errors of PackageKit into words.
func (c *Companion) explain(err error) error {
	var kit *packagekit.Error
	if errors.As(err, &kit) {
		return &PackageError{kit, c.Words[strconv.Itoa(int(kit.Code))]}
	}
	return err
}

// Change is what a transaction does to a package.
type Change struct {
	// Verb is install, update, remove, downgrade or reinstall.
	Verb    string
	Package packagekit.Package
}

// verbs are the kinds of packages in a simulation.
var verbs = map[uint32]string{
	packagekit.Installing: "install", packagekit.Install: "install", packagekit.Updating: "update",
	packagekit.Removing: "remove", packagekit.Remove: "remove", packagekit.Obsoleting: "remove", packagekit.Obsolete: "remove",
	packagekit.Downgrading: "downgrade", packagekit.Downgrade: "downgrade", packagekit.Reinstalling: "reinstall",
}

// Options say how packages are changed.
type Options struct {
	// RemoveDependents lets other packages be removed that stand in the way or depend on what is removed.
	RemoveDependents bool
	// Refresh reads the lists of the repositories anew first.
	Refresh bool
	// Confirm is shown what would be done, and says whether to do it.
	Confirm func([]Change) (bool, error)
}

// Packages lists what is installed.
func (c *Companion) Packages(ctx context.Context) ([]packagekit.Package, error) {
	return c.list(ctx, "GetPackages", packagekit.FilterInstalled)
}

// Updates lists newer versions of what is installed.
func (c *Companion) Updates(ctx context.Context, refresh bool) (list []packagekit.Package, err error) {
	if refresh {
		if err := c.Refresh(ctx); err != nil {
			return nil, err
		}
	}
	return c.list(ctx, "GetUpdates", packagekit.FilterNone)
}

func (c *Companion) list(ctx context.Context, role string, args ...any) (list []packagekit.Package, err error) {
	err = c.within(ctx, func(b execute.Bus) error {
		answer, err := packagekit.Run(ctx, b, packagekit.LookTimeout, nil, role, args...)
		list = answer.Packages
		return err
	})
	slices.SortFunc(list, func(a, b packagekit.Package) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(list, func(a, b packagekit.Package) bool { return a.ID == b.ID }), c.explain(err)
}

// Repositories lists where packages come from.
func (c *Companion) Repositories(ctx context.Context) (list []packagekit.Repository, err error) {
	err = c.within(ctx, func(b execute.Bus) error {
		answer, err := packagekit.Run(ctx, b, packagekit.LookTimeout, nil, "GetRepoList", packagekit.FilterNone)
		list = answer.Repositories
		return err
	})
	slices.SortFunc(list, func(a, b packagekit.Repository) int { return cmp.Compare(a.ID, b.ID) })
	return list, c.explain(err)
}

// Refresh reads the lists of the repositories anew.
func (c *Companion) Refresh(ctx context.Context) error {
	return c.explain(c.within(ctx, func(b execute.Bus) error {
		_, err := packagekit.Run(ctx, b, packagekit.ChangeTimeout, c.Progress, "RefreshCache", true)
		return err
	}))
}

// Install installs packages by their names.
func (c *Companion) Install(ctx context.Context, names []string, o Options) error {
	return c.change(ctx, o, func(b execute.Bus) (*transaction, error) {
		there, err := c.resolve(ctx, b, packagekit.FilterInstalled, names, packagekit.Installed)
		if err != nil {
			return nil, err
		}
		newest, err := c.resolve(ctx, b, packagekit.FilterNewest, names, packagekit.Available)
		if err != nil {
			return nil, err
		}
		t := &transaction{role: "InstallPackages", allowed: []string{"install", "update"}, names: names}
		for _, name := range names {
			switch {
			case there[name] != "":
				c.tell("%s is installed already; `update %s` takes a newer version", name, name)
			case newest[name] == "":
				return nil, &RefusedError{fmt.Sprintf("no repository of the companion has a package %s", name)}
			default:
				t.ids = append(t.ids, newest[name])
			}
		}
		t.done = func(there map[string]string) []string {
			return missing(names, func(n string) bool { return there[n] != "" })
		}
		return t, nil
	})
}

// Update updates packages by their names; without names, all.
func (c *Companion) Update(ctx context.Context, names []string, o Options) error {
	return c.change(ctx, o, func(b execute.Bus) (*transaction, error) {
		answer, err := packagekit.Run(ctx, b, packagekit.LookTimeout, nil, "GetUpdates", packagekit.FilterNone)
		if err != nil {
			return nil, err
		}
		t := &transaction{role: "UpdatePackages", allowed: []string{"install", "update"}}
		versions := map[string]string{}
		for _, p := range answer.Packages {
			if len(names) == 0 || slices.Contains(names, p.Name()) {
				t.ids, t.names, versions[p.Name()] = append(t.ids, p.ID), append(t.names, p.Name()), p.Version()
			}
		}
		for _, name := range missing(names, func(n string) bool { return versions[n] != "" }) {
			c.tell("there is no newer version of %s", name)
		}
		t.done = func(there map[string]string) []string {
			return missing(t.names, func(n string) bool { return strings.HasPrefix(there[n], n+";"+versions[n]+";") })
		}
		return t, nil
	})
}

// Remove removes packages by their names. Their configuration files stay.
func (c *Companion) Remove(ctx context.Context, names []string, o Options) error {
	return c.change(ctx, o, func(b execute.Bus) (*transaction, error) {
		there, err := c.resolve(ctx, b, packagekit.FilterInstalled, names, packagekit.Installed)
		if err != nil {
			return nil, err
		}
		t := &transaction{role: "RemovePackages", rest: []any{o.RemoveDependents, false}, own: names, names: names}
		for _, name := range names {
			if there[name] == "" {
				c.tell("%s is not installed", name)
				continue
			}
			t.ids = append(t.ids, there[name])
		}
		t.done = func(there map[string]string) []string {
			return missing(names, func(n string) bool { return there[n] == "" })
		}
		return t, nil
	})
}

func missing(names []string, there func(string) bool) []string {
	return slices.DeleteFunc(slices.Clone(names), there)
}

// resolve returns the ids of names, of one kind.
func (c *Companion) resolve(ctx context.Context, b execute.Bus, filter uint64, names []string, kind uint32) (map[string]string, error) {
	answer, err := packagekit.Run(ctx, b, packagekit.LookTimeout, nil, "Resolve", filter, names)
	out := map[string]string{}
	for _, p := range answer.Packages {
		if p.Kind() == kind && slices.Contains(names, p.Name()) {
			out[p.Name()] = p.ID
		}
	}
	return out, err
}

// transaction is a change of packages.
type transaction struct {
	role string
	ids  []string
	// rest are the arguments behind the ids.
	rest []any
	// allowed are verbs that need no leave; own are names that may be removed.
	allowed, own []string
	// names are what it is about; done says which of them are not as they shall be, from the ids of those that are installed.
	names []string
	done  func(there map[string]string) []string
}

// change simulates a change, has it confirmed, makes it, and sees that it was made.
func (c *Companion) change(ctx context.Context, o Options, prepare func(execute.Bus) (*transaction, error)) error {
	if o.Refresh {
		if err := c.Refresh(ctx); err != nil {
			return err
		}
	}
	return c.explain(c.within(ctx, func(b execute.Bus) error {
		t, err := prepare(b)
		if err != nil || len(t.ids) == 0 {
			return err
		}
		changes, err := c.simulate(ctx, b, t)
		if err != nil {
			return err
		}
		if err := allowed(t, changes, o); err != nil {
			return err
		}
		if o.Confirm != nil {
			if yes, err := o.Confirm(changes); err != nil || !yes {
				return cmp.Or(err, error(&RefusedError{"nothing was changed"}))
			}
		}
		return c.make(ctx, b, t)
	}))
}

func (c *Companion) simulate(ctx context.Context, b execute.Bus, t *transaction) ([]Change, error) {
	answer, err := packagekit.Run(ctx, b, packagekit.LookTimeout, nil, t.role, append([]any{packagekit.Simulate | packagekit.OnlyTrusted, t.ids}, t.rest...)...)
	if err != nil {
		return nil, err
	}
	var out []Change
	for _, p := range answer.Packages {
		if p.Kind() == packagekit.Untrusted {
			return nil, &RefusedError{fmt.Sprintf("%s is not signed", p.Name())}
		}
		verb := verbs[p.Kind()]
		if verb == "" {
			continue
		}
		out = append(out, Change{verb, p})
	}
	// An old one says nothing of what was asked for itself.
	for _, id := range t.ids {
		if !slices.ContainsFunc(out, func(c Change) bool { return c.Package.Name() == packagekit.Name(id) }) {
			out = append(out, Change{map[string]string{"InstallPackages": "install", "UpdatePackages": "update", "RemovePackages": "remove"}[t.role], packagekit.Package{ID: id}})
		}
	}
	slices.SortFunc(out, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Verb, b.Verb), cmp.Compare(a.Package.ID, b.Package.ID))
	})
	return out, nil
}

// allowed refuses changes of packages that nobody asked for, but for what comes along.
func allowed(t *transaction, changes []Change, o Options) error {
	if o.RemoveDependents {
		return nil
	}
	var others []string
	for _, change := range changes {
		if !slices.Contains(t.allowed, change.Verb) && !(change.Verb == "remove" && slices.Contains(t.own, change.Package.Name())) {
			others = append(others, change.Verb+" "+change.Package.Name())
		}
	}
	if len(others) == 0 {
		return nil
	}
	return &RefusedError{"this would also " + strings.Join(others, ", ") + ": --remove-dependents lets it"}
}

func (c *Companion) make(ctx context.Context, b execute.Bus, t *transaction) error {
	repair := func(*packagekit.Error) error {
		c.tell("an earlier change was cut off: it is repaired first")
		return nil
	}
	args := append([]any{packagekit.OnlyTrusted, t.ids}, t.rest...)
	_, err := packagekit.Mended(ctx, b, packagekit.ChangeTimeout, c.Progress, repair, t.role, args...)
	var unfinished *packagekit.UnfinishedError
	if errors.As(err, &unfinished) {
		c.tell("PackageKit ended in the middle: what it left is repaired")
		if _, err := packagekit.Run(ctx, b, packagekit.ChangeTimeout, c.Progress, "RepairSystem", packagekit.OnlyTrusted); err != nil {
			return fmt.Errorf("%w; its repair failed, too: %w", unfinished, c.explain(err))
		}
		err = nil
	}
	if err != nil {
		return err
	}
	there, err := c.resolve(ctx, b, packagekit.FilterInstalled, t.names, packagekit.Installed)
	if err != nil {
		return err
	}
	if left := t.done(there); len(left) > 0 {
		if unfinished != nil {
			return fmt.Errorf("%w; it was repaired, and not done: %s; ask for it again", unfinished, strings.Join(left, ", "))
		}
		return fmt.Errorf("PackageKit says that it has done it, and %s is not as it should be", strings.Join(left, ", "))
	}
	return nil
}
