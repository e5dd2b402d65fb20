package introspect

import (
	"cmp"
	"fmt"
	"net/url"
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

// confirmRepositories takes from PackageKit which sources apt uses. Its ids are not
// kept: they hold the addresses as they are written, passwords included.
func confirmRepositories(c *capture, a *area) {
	known, err := c.repositoriesOf()
	if err != nil {
		a.note("PackageKit", err)
		return
	}
	enabled := make(map[string]bool, len(known))
	for _, k := range known {
		enabled[keyOfID(k.id)] = k.enabled
	}
	for i := range c.out.Repositories {
		r := &c.out.Repositories[i]
		use, listed := enabled[keyOfRepository(*r)]
		if listed && use != r.Enabled {
			r.Enabled = use
			a.note("PackageKit", fmt.Errorf("%s is enabled: %t, its file says otherwise", r.ID, use))
		}
	}
}

// keyOfID is what a one-line source is compared by, from PackageKit's id of it:
// the path of the file, a colon, and the line, the address with a slash at its end.
func keyOfID(id string) string {
	file, line, found := strings.Cut(id, ".list:")
	fields := strings.Fields(line)
	if !found || len(fields) < 3 {
		return ""
	}
	return sourceKey(file+".list", fields[0], fields[1], fields[2], fields[3:])
}

func keyOfRepository(r snapshot.Repository) string {
	file, _, _ := cutLast(r.Source, ":")
	if len(r.Types) != 1 || len(r.URIs) != 1 || len(r.Suites) != 1 {
		return ""
	}
	return sourceKey(file, r.Types[0], r.URIs[0], r.Suites[0], r.Components)
}

func sourceKey(file, kind, address, suite string, components []string) string {
	if u, err := url.Parse(address); err == nil {
		u.User = nil
		address = u.String()
	}
	words := append([]string{file, kind, strings.TrimRight(address, "/"), suite}, components...)
	return strings.Join(words, " ")
}
