package introspect

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// collectRepositoryKeys names the files of keys that apt trusts: for every source, and for those that name them.
func collectRepositoryKeys(c *capture) {
	a := c.area("repository_keys", sourceFile)
	if !c.exists("/etc/apt") {
		a.unknown("/etc/apt", errAbsent)
		return
	}
	found := map[string]bool{}
	if c.exists("/etc/apt/trusted.gpg") {
		found["/etc/apt/trusted.gpg"] = true
	}
	for _, name := range a.directory("/etc/apt/trusted.gpg.d") {
		if isKeyFile(name) {
			found["/etc/apt/trusted.gpg.d/"+name] = true
		}
	}
	for _, name := range a.directory("/etc/apt/keyrings") {
		if isKeyFile(name) {
			found["/etc/apt/keyrings/"+name] = false
		}
	}
	for _, repository := range c.out.Repositories {
		for _, file := range strings.FieldsFunc(repository.SignedBy, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' }) {
			if file = path.Clean(file); path.IsAbs(file) && c.exists(file) {
				found[file] = found[file] || false
			}
		}
	}
	for file, global := range found {
		c.out.RepositoryKeys = append(c.out.RepositoryKeys, snapshot.RepositoryKey{Path: file, Global: global})
	}
	slices.SortFunc(c.out.RepositoryKeys, func(a, b snapshot.RepositoryKey) int { return cmp.Compare(a.Path, b.Path) })
}

// isKeyFile says whether apt takes a file for one of keys.
func isKeyFile(name string) bool {
	switch path.Ext(name) {
	case ".gpg", ".asc", ".pgp":
		return true
	}
	return false
}
