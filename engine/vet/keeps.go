package vet

import (
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// keepProblems are built-in gaps that nobody has decided about, on each target, and decisions that are about none. Who lays
// gaps of his own over them may decide, and need not: his reports say that nobody has.
func keepProblems(c *catalog.Catalog, list []policy.Rule) []string {
	var problems []string
	used := map[string]map[string]bool{}
	decide := func(target, finding, at string, known map[string]bool) {
		keep, key, ok := c.Keep(target, finding)
		file, _, _ := strings.Cut(at, ":")
		if !ok && !isBuiltIn(file) && !isBuiltInEntry(file) {
			return
		}
		if !ok {
			problems = append(problems, fmt.Sprintf("%s: %s is a gap, and keeps says nothing of it on the target %s: who keeps it, or what is lost", at, finding, target))
			return
		}
		if used[key] == nil {
			used[key] = map[string]bool{}
		}
		used[key][target] = true
		for _, name := range placeholder.FindAllStringSubmatch(keep.How+keep.Loses, -1) {
			if !known[name[1]] {
				problems = append(problems, fmt.Sprintf("%s: what keeps says of %s on the target %s names {%s}, which its own text does not", at, finding, target, name[1]))
			}
		}
	}
	for _, target := range slices.Sorted(maps.Keys(c.Targets)) {
		for _, r := range list {
			if r.ID == "" || r.Kind != "gap" || len(r.Targets) > 0 && !slices.Contains(r.Targets, target) {
				continue
			}
			known := map[string]bool{}
			for _, name := range placeholder.FindAllStringSubmatch(r.Title+r.Description+r.Workaround+r.Test.String(), -1) {
				known[name[1]] = true
			}
			decide(target, r.ID, r.Path+":1:1", known)
		}
		for _, g := range c.Gaps(target) {
			// Entries that do not name the key make one finding together: a decision that names it would name one of many.
			decide(target, g.Finding(), g.Entry.At+":1", map[string]bool{"name": g.Verdict.Gap.NamesKey()})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.Keeps)) {
		for _, target := range slices.Sorted(maps.Keys(c.Keeps[key])) {
			if len(used[key]) == 0 || target != catalog.AllTargets && !used[key][target] {
				problems = append(problems, fmt.Sprintf("catalog: keeps.%q.%s: decides about no gap", key, target))
			}
		}
	}
	return problems
}

// isBuiltInEntry tells whether a file of entries is one of those that the program was built with.
func isBuiltInEntry(file string) bool {
	_, err := fs.Stat(builtincatalog.Sources, strings.TrimPrefix(file, "catalog/"))
	return err == nil
}

// placeholder is a place for a value in a text.
var placeholder = regexp.MustCompile(`\{([a-z][a-z0-9_]*)\}`)

// bridgeProblems are bridges that METADATA names and decisions do not.
func bridgeProblems(c *catalog.Catalog, list []policy.Rule) []string {
	var problems []string
	for _, r := range list {
		if r.Bridge == "" {
			continue
		}
		if _, ok := c.Bridges[r.Bridge]; !ok {
			problems = append(problems, fmt.Sprintf("%s:1:1: METADATA: there is no bridge %q, there are %s", r.Path, r.Bridge, strings.Join(slices.Sorted(maps.Keys(c.Bridges)), ", ")))
		}
	}
	return problems
}
