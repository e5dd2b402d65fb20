package vet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// packageProblems says which packages that the catalog and the rules name nixpkgs does not have.
func packageProblems(c *catalog.Catalog, index *nixos.Index, v *policy.Vetting) []string {
	var problems []string
	releases := slices.Sorted(maps.Keys(c.Releases))
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
		}
	}
	for _, use := range v.Packages {
		if path := strings.Join(use.Path, "."); use.Path[0] != nixos.Any {
			attribute(use.At, "", path)
		}
	}
	return problems
}
