package catalog

import (
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/nixos"
)

// Spell is the path that an option has in a release; entries and rules spell it as the oldest release does.
func (c *Catalog) Spell(option []string, release string) []string {
	for n := len(option); n > 0; n-- {
		r, ok := c.Renames[strings.Join(option[:n], ".")]
		if !ok || r.Since > release {
			continue
		}
		to, err := nixos.Split(r.To)
		if err != nil {
			continue // Check reports it
		}
		return append(to, option[n:]...)
	}
	return option
}

// packageGaps is the table that rules have, beside those of the catalog, of the entries of packages: the kind of bridge that could
// keep what an entry calls a gap, and an empty text for what is no gap.
const packageGaps, packageTable = "package_gaps", "packages"

// Data is what rules see beside the facts: the tables of the catalog, the target, the release, and answers, of which there are none yet.
func (c *Catalog) Data(target, release string) map[string]any {
	tables := map[string]any{}
	for name, table := range c.Tables {
		tables[name] = table
	}
	packages := map[string]any{}
	for _, e := range c.All() {
		if e.Subject == packageTable {
			packages[e.Key] = ""
		}
	}
	for _, g := range c.Gaps(target) {
		if g.Entry.Subject == packageTable && g.Verdict.Bridge != "" {
			packages[g.Entry.Key] = g.Verdict.Bridge
		}
	}
	tables[packageGaps] = packages
	return map[string]any{"catalog": tables, "target": target, "release": release, "answers": map[string]any{}}
}

// Ruling is a verdict of an entry and the releases on which it can hold.
type Ruling struct {
	Verdict  Verdict
	Releases []string
}

// Verdicts are all verdicts of an entry that can hold on some of the releases.
func (e *Entry) Verdicts(releases []string) []Ruling {
	var out []Ruling
	always := map[string]bool{} // releases for which a case leaves nothing to the entry itself
	for _, w := range e.When {
		r := Ruling{Verdict: w.Verdict}
		for _, release := range releases {
			if len(w.Release) == 0 || slices.Contains(w.Release, release) {
				r.Releases = append(r.Releases, release)
				always[release] = always[release] || len(w.Where) == 0 && len(w.Target) == 0
			}
		}
		out = append(out, r)
	}
	rest := Ruling{Verdict: e.Verdict}
	for _, release := range releases {
		if !always[release] {
			rest.Releases = append(rest.Releases, release)
		}
	}
	return append(out, rest)
}
