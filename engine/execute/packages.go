package execute

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/packagekit"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// installPackages installs packages of the distribution through PackageKit.
type installPackages struct{ plan.InstallPackages }

// packagesState is what installing will add.
type packagesState struct {
	// Ask are the ids of the packages that are asked for and are not installed, Add those of all that come with them.
	Ask []string `json:"ask"`
	Add []string `json:"add"`
}

// kit carries one role out and returns the packages that it named.
func kit(ctx context.Context, e *Env, timeout time.Duration, role string, args ...any) (packages []packagekit.Package, err error) {
	return e.kit(ctx, func(b Bus) (packagekit.Answer, error) {
		return packagekit.Run(ctx, b, timeout, e.kitProgress(), role, args...)
	})
}

// mended carries a role out. What an earlier one has left half done is repaired first.
func mended(ctx context.Context, e *Env, timeout time.Duration, role string, args ...any) ([]packagekit.Package, error) {
	return e.kit(ctx, func(b Bus) (packagekit.Answer, error) {
		return packagekit.Mended(ctx, b, timeout, e.kitProgress(), nil, role, args...)
	})
}

func (e *Env) kit(ctx context.Context, ask func(Bus) (packagekit.Answer, error)) (packages []packagekit.Package, err error) {
	err = withBus(ctx, e, func(b Bus) error {
		answer, err := ask(b)
		packages = answer.Packages
		return err
	})
	return packages, err
}

// kitProgress tells how far a package is; nil where nobody listens.
func (e *Env) kitProgress() func(packagekit.Progress) {
	if e.Progress == nil {
		return nil
	}
	return func(p packagekit.Progress) {
		if p.Package != "" && p.Percent >= 0 {
			e.Progress(fmt.Sprintf("%s: %d %%", p.Package, p.Percent))
		}
	}
}

// installed returns the ids of those names that are installed.
func (installPackages) installed(ctx context.Context, e *Env, names []string) (map[string]string, error) {
	list, err := kit(ctx, e, packagekit.LookTimeout, "Resolve", packagekit.FilterInstalled, names)
	out := map[string]string{}
	for _, p := range list {
		if p.Kind() == packagekit.Installed && slices.Contains(names, p.Name()) {
			out[p.Name()] = p.ID
		}
	}
	return out, err
}

func (a installPackages) prepare(ctx context.Context, e *Env) (s packagesState, err error) {
	there, err := a.installed(ctx, e, a.Packages)
	if err != nil {
		return s, err
	}
	list, err := kit(ctx, e, packagekit.LookTimeout, "Resolve", packagekit.FilterNewest, a.Packages)
	if err != nil {
		return s, err
	}
	for _, name := range a.Packages {
		if there[name] != "" {
			continue
		}
		i := slices.IndexFunc(list, func(p packagekit.Package) bool { return p.Name() == name && p.Kind() == packagekit.Available })
		if i < 0 {
			return s, fmt.Errorf("no repository has a package %s", name)
		}
		s.Ask = append(s.Ask, list[i].ID)
	}
	if len(s.Ask) == 0 {
		return s, nil
	}
	effects, err := kit(ctx, e, packagekit.LookTimeout, "InstallPackages", packagekit.Simulate|packagekit.OnlyTrusted, s.Ask)
	if err != nil {
		return s, err
	}
	s.Add = slices.Clone(s.Ask)
	for _, p := range effects {
		switch {
		case p.Kind() == packagekit.Untrusted:
			return s, fmt.Errorf("%s is not signed", p.Name())
		case p.Kind() != packagekit.Installing && p.Kind() != packagekit.Install:
			return s, fmt.Errorf("installing %s would also change %s (%d)", strings.Join(a.Packages, ", "), p.Name(), p.Info)
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
	missing := slices.DeleteFunc(slices.Clone(s.Ask), func(id string) bool { return there[packagekit.Name(id)] != "" })
	if len(missing) == 0 {
		return nil
	}
	_, err = mended(ctx, e, packagekit.ChangeTimeout, "InstallPackages", packagekit.OnlyTrusted, missing)
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
		names[i] = packagekit.Name(id)
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
	effects, err := mended(ctx, e, packagekit.LookTimeout, "RemovePackages", packagekit.Simulate, ids, false, false)
	if err != nil {
		return err
	}
	for _, p := range effects {
		if (p.Kind() != packagekit.Removing && p.Kind() != packagekit.Remove) || !slices.Contains(names, p.Name()) {
			return fmt.Errorf("removing %s would also change %s (%d), which is not of this run", strings.Join(names, ", "), p.Name(), p.Info)
		}
	}
	if _, err := mended(ctx, e, packagekit.ChangeTimeout, "RemovePackages", uint64(0), ids, false, false); err != nil {
		return err
	}
	if there, err = a.installed(ctx, e, names); err == nil && len(there) > 0 {
		err = fmt.Errorf("%d packages are still installed", len(there))
	}
	return err
}
