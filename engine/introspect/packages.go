package introspect

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Files of dpkg and apt. They are read, never written, and no program of theirs is run.
const (
	dpkgStatusFile = "/var/lib/dpkg/status"
	aptStatesFile  = "/var/lib/apt/extended_states"
)

// collectPackages asks PackageKit for the installed packages, or reads dpkg's
// status file where there is none. That file is read in any case: it alone knows
// of packages that are held, half installed, or removed with their configuration left.
func collectPackages(c *capture) {
	a := c.area("packages", sourcePackageKit)
	inFile, graph, fileError := dpkgPackages(c, a)
	installed, marked, err := c.installedPackages()
	switch {
	case err == nil && fileError == nil:
		c.out.Packages = mergePackages(a, installed, marked, inFile)
	case err == nil:
		a.problem(dpkgStatusFile, fileError)
		c.out.Packages = installed
	case fileError == nil:
		// The file lists every package; what it lacks is where they come from.
		a.Source = sourceDpkgStatus
		a.note("PackageKit", err)
		a.explain("PackageKit", err)
		c.out.Packages = inFile
	default:
		a.note("PackageKit", err)
		a.unknown(dpkgStatusFile, fileError)
	}
	slices.SortFunc(c.out.Packages, func(a, b snapshot.Package) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Arch, b.Arch), cmp.Compare(a.Version, b.Version))
	})
	if graph != nil {
		graph.Describe(c.out.Packages)
	}
	if err == nil {
		markPVE(c, a)
	}
}

// markPVE asks PackageKit what proxmox-ve depends on. It knows what apt knows, which need not be all that dpkg's file
// says: what either of them names is a part of PVE.
func markPVE(c *capture, a *area) {
	i := slices.IndexFunc(c.out.Packages, func(p snapshot.Package) bool { return p.Name == pvePackage && p.Status == "installed" })
	if i < 0 {
		return
	}
	needed, err := c.dependencies(c.out.Packages[i])
	if err != nil {
		a.note("PackageKit", err)
		return
	}
	c.out.Packages[i].PVE = true
	for i := range c.out.Packages {
		p := &c.out.Packages[i]
		p.PVE = p.PVE || p.Status == "installed" && needed[[2]string{p.Name, p.Arch}]
	}
}

// pvePackage is the package that all of PVE hangs on.
const pvePackage = "proxmox-ve"

// collectUpdates asks PackageKit for newer versions. Without it they are not known: apt's lists say what there is,
// and not what apt would choose.
func collectUpdates(c *capture) {
	a := c.area("packages.updates", sourcePackageKit)
	updates, err := c.updates()
	if err != nil {
		a.unknown("PackageKit", err)
		return
	}
	c.out.Updates = updates
}

func dpkgPackages(c *capture, a *area) ([]snapshot.Package, *formats.PackageGraph, error) {
	status, err := c.read(dpkgStatusFile)
	if absent(err) {
		return nil, nil, errAbsent
	}
	if err != nil {
		return nil, nil, err
	}
	states, _ := a.may(aptStatesFile)
	packages := formats.DpkgStatus(status, states)
	if len(packages) == 0 {
		return nil, nil, errNoPackages
	}
	return packages, formats.DpkgGraph(status), nil
}

// errNoPackages is the problem of a status file without a package: dpkg itself is one.
var errNoPackages = errors.New("names no package")

// mergePackages takes what PackageKit says of installed packages, and from the
// status file what PackageKit does not say. marked is false where PackageKit
// does not tell automatic packages from wanted ones.
func mergePackages(a *area, installed []snapshot.Package, marked bool, inFile []snapshot.Package) []snapshot.Package {
	type key struct{ name, arch string }
	byKey := make(map[key]snapshot.Package, len(inFile))
	for _, p := range inFile {
		byKey[key{p.Name, p.Arch}] = p
	}
	out := make([]snapshot.Package, 0, len(inFile))
	for _, p := range installed {
		if file, ok := byKey[key{p.Name, p.Arch}]; ok {
			p.Held, p.Status = file.Held, file.Status
			if !marked {
				p.Auto = file.Auto
			}
			delete(byKey, key{p.Name, p.Arch})
		}
		out = append(out, p)
	}
	missed := 0
	for _, p := range byKey {
		if p.Status == "installed" {
			missed++
		}
		out = append(out, p)
	}
	if missed > 0 {
		a.note("PackageKit", fmt.Errorf("does not name %d packages that dpkg's status file has as installed", missed))
	}
	return out
}
