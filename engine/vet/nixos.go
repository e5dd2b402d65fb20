package vet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// nixosProblems says which options and packages that the catalog and the rules name a release does not have.
func nixosProblems(c *catalog.Catalog, index *nixos.Index, v *policy.Vetting) []string {
	var problems []string
	releases := make([]string, 0, len(c.Releases))
	for release := range c.Releases {
		releases = append(releases, release)
	}
	slices.Sort(releases)
	option := func(at, where string, path []string, on []string) {
		for _, release := range on {
			if what := index.Missing(release, path, c.Spell(path, release)); what != "" {
				problems = append(problems, fmt.Sprintf("%s: %s%s", at, where, what))
				return // the next release says the same
			}
		}
	}
	attribute := func(at, where, path string) {
		if !index.Attribute(path) {
			problems = append(problems, fmt.Sprintf("%s: %snixpkgs %s has no %s", at, where, nixos.Oldest, path))
		}
	}
	for _, e := range c.All() {
		where := fmt.Sprintf("%s %s: ", e.Subject, e.Key)
		for _, r := range e.Verdicts(releases) {
			if r.Verdict.Attr != "" && slices.Contains(r.Releases, nixos.Oldest) {
				attribute(e.At+":1", where, r.Verdict.Attr)
			}
			for name := range r.Verdict.Options {
				path, err := nixos.Split(name)
				if err != nil {
					continue // the catalog's own check says so
				}
				option(e.At+":1", where, path, r.Releases)
			}
		}
	}
	for _, use := range v.Options {
		option(use.At, "", use.Path, releases)
	}
	for _, use := range v.Packages {
		if path := strings.Join(use.Path, "."); use.Path[0] != nixos.Any {
			attribute(use.At, "", path)
		}
	}
	return problems
}
