package reports

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// ReferenceBridges is the document of the reference that says what keeps each gap.
const ReferenceBridges = "PROXMOX-BRIDGES.md"

// bridges renders what keeps each gap on each target: by what rules and entries can say, and on the hosts that are given.
func (r Reference) bridges() ([]byte, error) {
	var b bytes.Buffer
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("%s", generated)
	p("# What keeps what NixOS lacks\n")
	p("For each gap and target: the bridge that keeps the feature, what of NixOS does (native), or none and what is lost. A bridge keeps a gap on a host that gets it, and for as long as its owner wants it: what is lost without it stands behind. Where the hosts at the end of each part have such a gap, it is said on how many a bridge really keeps it.\n")
	p("| bridge | keeps |")
	p("|---|---|")
	for _, kind := range slices.Sorted(maps.Keys(r.Catalog.Bridges)) {
		k := r.Catalog.Bridges[kind]
		p("| [%s](../../%s) | %s |", kind, k.Page, tableCell(k.Keeps))
	}
	targets := slices.Sorted(maps.Keys(r.Catalog.Targets))
	for _, target := range targets {
		p("\n## Target %s\n", target)
		p("%s.\n", strings.TrimSuffix(r.Catalog.Targets[target].Title, "."))
		if err := r.bridgesOn(p, target); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func (r Reference) bridgesOn(p func(string, ...any), target string) error {
	table := func(title, first string) {
		p("\n### %s\n", title)
		p("| %s | severity | kept by | how, or what is lost |", first)
		p("|---|---|---|---|")
	}
	found, kept := r.keptOn(target)
	counts := map[string]int{}
	var rows []string
	add := func(name, severity, key string, k catalog.Keep) {
		counts[k.By]++
		text := tableCell(decisionText(k))
		if k.Bridge() != "" && found[key] > 0 {
			text += fmt.Sprintf(" (found on %s below, kept on %d)", plural(found[key], "host"), kept[key])
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s |", name, severity, k.By, text))
	}
	rules := slices.SortedFunc(slices.Values(r.Rules), func(a, b policy.Rule) int { return strings.Compare(a.ID, b.ID) })
	for _, rule := range rules {
		if rule.ID == "" || rule.Kind != "gap" || len(rule.Targets) > 0 && !slices.Contains(rule.Targets, target) {
			continue
		}
		keep, key, ok := r.Catalog.Keep(target, rule.ID)
		if !ok {
			return fmt.Errorf("%s: nothing says what keeps %s on the target %s", rule.Path, rule.ID, target)
		}
		add(fmt.Sprintf("[%s](%s#%s): %s", rule.ID, ReferencePitfalls, anchor(rule.ID+": "+rule.Title), tableCell(rule.Title)), rule.Severity, key, keep)
	}
	ofRules := len(rows)
	type class struct {
		keep     catalog.Keep
		severity int
		entries  int
	}
	classes := map[string]*class{}
	for _, g := range r.Catalog.Gaps(target) {
		keep, key, ok := r.Catalog.Keep(target, g.Finding())
		if !ok {
			return fmt.Errorf("%s: nothing says what keeps it on the target %s", g.Entry.At, target)
		}
		if classes[key] == nil {
			classes[key] = &class{keep, len(evaluate.Severities), 0}
		}
		c := classes[key]
		c.severity, c.entries = min(c.severity, slices.Index(evaluate.Severities, g.Verdict.Gap.Severity)), c.entries+1
	}
	entries := 0
	for _, key := range slices.Sorted(maps.Keys(classes)) {
		c := classes[key]
		entries += c.entries
		name := code(strings.Replace(key, "/", " ", 1))
		if c.entries > 1 {
			name += fmt.Sprintf(" (%d entries)", c.entries)
		}
		add(strings.ReplaceAll(name, "|", `\|`), evaluate.Severities[c.severity], key, c.keep)
	}
	var totals []string
	for _, by := range slices.Sorted(maps.Keys(counts)) {
		totals = append(totals, fmt.Sprintf("%d %s", counts[by], by))
	}
	p("%d gaps that rules find, and %d entries that make one, in %d classes: %s.", ofRules, entries, len(classes), strings.Join(totals, ", "))
	table("Gaps that rules find on "+target, "gap")
	for i, row := range rows {
		if i == ofRules {
			table("Gaps that entries of the catalog make on "+target, "entries")
		}
		p("%s", row)
	}
	if hosts := r.Hosts[target]; len(hosts) > 0 {
		p("\n### Hosts on %s\n", target)
		p("%s.\n", hostsSummary(hosts))
		p("| host | gap | severity | kept by | how, or what is lost |")
		p("|---|---|---|---|---|")
		for _, h := range hosts {
			for _, f := range h.Findings {
				if f.Kind == "gap" {
					k := f.KeptText(func(s string) string { return oneLine(f.Fill(s, identity)) })
					if k == nil {
						return fmt.Errorf("%s: nothing says what keeps %s on the target %s", h.Name, f.ID, target)
					}
					p("| %s | %s | %s | %s | %s |", h.Slug, strings.ReplaceAll(code(f.ID), "|", `\|`), f.Severity, k.By, tableCell(keptText(k)))
				}
			}
		}
	}
	return nil
}

// keptOn counts by the key of a decision on how many of the hosts that are shown its gap is found, and on how many a bridge keeps it.
func (r Reference) keptOn(target string) (found, kept map[string]int) {
	found, kept = map[string]int{}, map[string]int{}
	for _, h := range r.Hosts[target] {
		here, keptHere := map[string]bool{}, map[string]bool{}
		for _, f := range h.Findings {
			if _, key, ok := r.Catalog.Keep(target, f.ID); ok && f.Kind == "gap" {
				here[key] = true
				keptHere[key] = keptHere[key] || f.Kept.Bridge() != ""
			}
		}
		for key := range here {
			found[key]++
			if keptHere[key] {
				kept[key]++
			}
		}
	}
	return found, kept
}

// decisionText is a decision in words.
func decisionText(k catalog.Keep) string {
	switch {
	case k.By == catalog.ByNone:
		return "lost: " + k.Loses
	case k.Loses == "":
		return k.How
	case k.By == catalog.ByNative:
		return k.How + "; lost: " + k.Loses
	}
	return k.How + "; lost without it: " + k.Loses
}

// keptText is what keeps a gap on a host, in words.
func keptText(k *evaluate.Kept) string {
	text := k.How
	if k.Loses != "" {
		text = strings.TrimPrefix(text+"; lost: "+k.Loses, "; ")
	}
	if k.Declined != "" {
		text += " (declined by " + k.Declined + ")"
	}
	return text
}

// keptBy says in the report of a host what keeps a gap.
func keptBy(p func(string, ...any), f evaluate.Finding) {
	k := f.Kept
	if k == nil {
		if f.Bridge != nil {
			p("**Bridge.** %s\n", *f.Bridge)
		}
		return
	}
	switch k.By {
	case catalog.ByNone:
	case catalog.ByNative:
		p("**What keeps it.** %s.\n", prose(f, capital(k.How)))
	default:
		p("**What keeps it.** The bridge %s: %s.\n", k.By, prose(f, k.How))
	}
	if k.Loses == "" {
		return
	}
	lost := "**What is lost.** " + prose(f, capital(k.Loses)) + "."
	if k.Declined != "" {
		lost += " The bridge that would keep it is not wanted (" + code(k.Declined) + ")."
	}
	p("%s\n", lost)
}

// capital is a clause as a sentence begins.
func capital(clause string) string {
	first, size := utf8.DecodeRuneInString(clause)
	return string(unicode.ToUpper(first)) + clause[size:]
}

// hostsSummary says of how many gaps of hosts each keeps.
func hostsSummary(hosts []*evaluate.Host) string {
	counts, gaps := map[string]int{}, 0
	for _, h := range hosts {
		for _, f := range h.Findings {
			if f.Kind == "gap" && f.Kept != nil {
				counts[f.Kept.By]++
				gaps++
			}
		}
	}
	var parts []string
	for _, by := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[by], by))
	}
	return fmt.Sprintf("%s with %s: %s", plural(len(hosts), "host"), plural(gaps, "gap"), strings.Join(parts, ", "))
}

// tableCell is a text as a cell of a table of Markdown.
func tableCell(text string) string {
	return strings.ReplaceAll(escaped(oneLine(text)), "|", `\|`)
}
