package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Who keeps a thing where it is no bridge.
const (
	// ByNative says that the configuration keeps it: options, packages, the carried state.
	ByNative = "native"
	// ByNone says that nothing does.
	ByNone = "none"
)

// BridgeKind is what is known of a kind of bridge, whatever it is asked to keep.
type BridgeKind struct {
	Title string `json:"title"`
	// Keeps, Costs and Risks are a sentence or two; Leave is how to do without it again.
	Keeps string `json:"keeps"`
	Costs string `json:"costs"`
	Risks string `json:"risks"`
	Leave string `json:"leave"`
	// Page is its page in the documentation.
	Page string `json:"page"`
	// Spans is host where it keeps whatever its kind is for, facts where it keeps the things that it was asked for alone.
	Spans string `json:"spans"`
}

// SpansHost is the value of BridgeKind.Spans of a bridge that keeps whatever its kind is for.
const SpansHost = "host"

// Keep says what keeps a thing that a finding calls a gap.
type Keep struct {
	// By is a kind of bridge, native or none.
	By string `json:"by"`
	// How says how it is kept; Loses what the user has not, or has not without the bridge.
	How   string `json:"how,omitempty"`
	Loses string `json:"loses,omitempty"`
}

// Bridge is the kind of bridge that keeps it; empty where none does.
func (k Keep) Bridge() string {
	if k.By == ByNative || k.By == ByNone {
		return ""
	}
	return k.By
}

// Keeps are the decisions of one key by target; under AllTargets stands what holds where a target says nothing.
type Keeps map[string]Keep

// AllTargets is the key of Keeps for what holds on every target.
const AllTargets = "all"

// of is the decision for a target.
func (k Keeps) of(target string) (Keep, bool) {
	if own, ok := k[target]; ok {
		return own, true
	}
	all, ok := k[AllTargets]
	return all, ok
}

// FindingPrefix begins the id of a finding that an entry makes; the table and the key follow.
const FindingPrefix = "CATALOG:"

// Keep returns the decision about a finding on a target, and the key that says so: of those that fit and speak of the
// target, the id or the entry itself, then the pattern with the most literal characters.
func (c *Catalog) Keep(target, finding string) (keep Keep, key string, ok bool) {
	name := strings.TrimPrefix(finding, FindingPrefix)
	if keep, ok = c.Keeps[name].of(target); ok {
		return keep, name, true
	}
	table, _, _ := strings.Cut(name, "/")
	for _, pattern := range c.keepPatterns()[table] {
		if !Match(pattern, name) {
			continue
		}
		if keep, ok = c.Keeps[pattern].of(target); ok {
			return keep, pattern, true
		}
	}
	return Keep{}, "", false
}

// patternsOfKeeps are the patterns of Keeps by table, the narrowest first.
func (h Head) patternsOfKeeps() map[string][]string {
	out := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(h.Keeps)) {
		if table, _, ok := strings.Cut(key, "/"); ok && strings.Contains(key, "*") {
			out[table] = append(out[table], key)
		}
	}
	for _, list := range out {
		slices.SortStableFunc(list, func(a, b string) int { return literals(b) - literals(a) })
	}
	return out
}

// GapOf is a gap that an entry can make on a target.
type GapOf struct {
	Entry   *Entry
	Verdict Verdict
}

// Finding is the id of the finding.
func (g GapOf) Finding() string { return FindingPrefix + g.Entry.Subject + "/" + g.Entry.Key }

// Gaps are what entries can call a gap on a target and one of the releases, in the order of the entries. Each entry is
// there once, with the first of its verdicts that does.
func (c *Catalog) Gaps(target string) []GapOf {
	var out []GapOf
	for _, e := range c.All() {
		for _, v := range c.verdictsOn(target, e) {
			if v.Gap != nil && v.Gap.Kind == "gap" {
				out = append(out, GapOf{e, v})
				break
			}
		}
	}
	return out
}

// verdictsOn are the verdicts of an entry that can hold on a target, in the order in which they are tried.
func (c *Catalog) verdictsOn(target string, e *Entry) []Verdict {
	if e.Target != "" && e.Target != target {
		return nil
	}
	// What stands in the table of the target is asked before an entry of all, but for its cases that name the target.
	own, covered := c.find(tableID{target, e.Subject}, e.Key, func(string) (any, bool) { return nil, false })
	covered = covered && own != e && len(own.Where) == 0 && e.Target == ""
	var out []Verdict
	for _, w := range e.When {
		if covered && len(w.Target) == 0 || !covers(w.Target, []string{target}) {
			continue
		}
		out = append(out, w.Verdict)
		if len(w.Where)+len(w.Release) == 0 {
			return out
		}
	}
	if covered {
		return out
	}
	return append(out, e.Verdict)
}

// checkKeeps says what is wrong with decisions and kinds of bridges.
func (c *Catalog) checkKeeps(report func(Problem)) {
	at := func(message string, path ...string) { report(Problem{Path: joinPath(path), Message: message}) }
	for _, name := range slices.Sorted(maps.Keys(c.Bridges)) {
		b := c.Bridges[name]
		for _, text := range []string{b.Keeps, b.Costs, b.Risks, b.Leave} {
			if blank(text) || !strings.HasSuffix(strings.TrimSpace(text), ".") {
				at("keeps, costs, risks and leave are sentences and end in a full stop", "bridges", name)
				break
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.Keeps)) {
		if table, _, ok := strings.Cut(key, "/"); ok {
			if _, known := c.Subjects[table]; !known {
				at(fmt.Sprintf("no subject %q", table), "keeps", key)
			}
		}
		if len(c.Keeps[key]) == 0 {
			at("says nothing of any target", "keeps", key)
		}
		for _, target := range slices.Sorted(maps.Keys(c.Keeps[key])) {
			if _, known := c.Targets[target]; !known && target != AllTargets {
				at(fmt.Sprintf("there is no target %q", target), "keeps", key, target)
			}
			if message := c.Keeps[key][target].wrong(c.Bridges); message != "" {
				at(message, "keeps", key, target)
			}
		}
	}
}

// wrong says what a decision lacks.
func (k Keep) wrong(kinds map[string]BridgeKind) string {
	_, bridge := kinds[k.By]
	switch {
	case !bridge && k.By != ByNative && k.By != ByNone:
		return fmt.Sprintf("there is no bridge %q", k.By)
	case k.By != ByNone && blank(k.How):
		return "by " + k.By + " needs how"
	case k.By == ByNone && k.How != "":
		return "by none has no how: say what is lost"
	case k.By != ByNative && blank(k.Loses):
		return "by " + k.By + " needs loses: what the user has not, or has not without the bridge"
	}
	for _, text := range []string{k.How, k.Loses} {
		if text != strings.TrimSpace(text) || strings.HasSuffix(text, ".") {
			return "how and loses end without blanks and without a full stop"
		}
	}
	return ""
}
