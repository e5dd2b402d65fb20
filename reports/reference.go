package reports

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// The documents of the reference, below reports/reference.
const (
	ReferencePitfalls = "PROXMOX-CONVERSION-PITFALLS.md"
	ReferenceCoverage = "PROXMOX-COMPONENT-COVERAGE.md"
)

// Reference is what the reference is made from.
type Reference struct {
	Rules []policy.Rule
	// Reads are the facts that a rule reads, by its name: JSON pointers without indexes.
	Reads   map[string][]string
	Catalog *catalog.Catalog
	// Release is the one whose verdicts are told; where others differ, they are named.
	Release string
	// Hosts are evaluated hosts by target, on which it is shown what keeps each gap.
	Hosts map[string][]*evaluate.Host
}

// RenderReference makes the documents of the reference.
func RenderReference(r Reference) ([]File, error) {
	pitfalls, err := r.pitfalls()
	if err != nil {
		return nil, err
	}
	bridges, err := r.bridges()
	if err != nil {
		return nil, err
	}
	return []File{{ReferenceBridges, bridges}, {ReferenceCoverage, r.coverage()}, {ReferencePitfalls, pitfalls}}, nil
}

const generated = "<!-- Generated from the METADATA of rules/ and from catalog/ by make golden. Edit those. -->\n"

func (r Reference) pitfalls() ([]byte, error) {
	advice, err := r.Catalog.Advice()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("%s", generated)
	p("# Pitfalls of converting Proxmox VE to NixOS\n")
	p("Everything that the rules detect, by area, and below it what no fact of a host can reveal and everybody should know. `{name}` stands for a value of the host.")
	p("Entries of the catalog make findings as well, one for each thing that NixOS lacks: see [%s](%s).\n", ReferenceCoverage, ReferenceCoverage)
	for _, s := range evaluate.Severities {
		p("- **%s**: %s", s, severityMeaning[s])
	}
	byArea := map[string][]policy.Rule{}
	adviceOf := map[string][]string{}
	for _, rule := range r.Rules {
		if rule.ID != "" {
			byArea[rule.Area()] = append(byArea[rule.Area()], rule)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(advice)) {
		adviceOf[advice[name].Area] = append(adviceOf[advice[name].Area], name)
	}
	areas := map[string]bool{}
	for area := range byArea {
		areas[area] = true
	}
	for area := range adviceOf {
		areas[area] = true
	}
	p("\n| area | %s | detected | advice |", strings.Join(evaluate.Severities, " | "))
	p("|---|%s---|---|", strings.Repeat("---|", len(evaluate.Severities)))
	totals := make([]int, len(evaluate.Severities)+2)
	for _, area := range slices.Sorted(maps.Keys(areas)) {
		row := make([]int, len(totals))
		for _, rule := range byArea[area] {
			row[slices.Index(evaluate.Severities, rule.Severity)]++
		}
		row[len(row)-2], row[len(row)-1] = len(byArea[area]), len(adviceOf[area])
		cells := []string{fmt.Sprintf("[%s](#%s)", area, area)}
		for i, n := range row {
			totals[i] += n
			cells = append(cells, blankZero(n))
		}
		p("| %s |", strings.Join(cells, " | "))
	}
	cells := []string{"**all**"}
	for _, n := range totals {
		cells = append(cells, fmt.Sprint(n))
	}
	p("| %s |", strings.Join(cells, " | "))
	for _, area := range slices.Sorted(maps.Keys(areas)) {
		p("\n## %s", area)
		list := byArea[area]
		slices.SortFunc(list, func(a, b policy.Rule) int { return strings.Compare(a.ID, b.ID) })
		for _, rule := range list {
			r.pitfall(p, rule)
		}
		if len(adviceOf[area]) > 0 {
			p("\n### General advice: %s\n", area)
			p("No fact of a host reveals these.")
		}
		for _, name := range adviceOf[area] {
			one := advice[name]
			p("\n#### %s\n", one.Title)
			p("%s\n", oneLine(one.Description))
			p("**What to do.** %s\n", oneLine(one.Workaround))
			if one.Test != nil {
				p("**Before.** %s\n", oneLine(one.Test.Before))
				p("**After.** %s\n", oneLine(one.Test.After))
			}
			p("Sources: %s.", links(one.Sources))
		}
	}
	return b.Bytes(), nil
}

// inhibitions say what a rule does to a conversion.
var inhibitions = map[string]string{"refuse": "refused until it is out of the way", "warn": "warned of"}

func (r Reference) pitfall(p func(string, ...any), rule policy.Rule) {
	p("\n### %s: %s\n", rule.ID, oneLine(rule.Title))
	words := []string{"**" + rule.Severity + "**", rule.Kind, rule.Category, oneLine(rule.Component), "strikes: " + phases[rule.Phase]}
	if rule.Inhibits != "" {
		words = append(words, "conversion: "+inhibitions[rule.Inhibits])
	}
	p("%s\n", strings.Join(words, " · "))
	p("%s\n", oneLine(rule.Description))
	detection := code(rule.Path)
	if reads := r.Reads[rule.Name]; len(reads) > 0 {
		quoted := make([]string, len(reads))
		for i, pointer := range reads {
			quoted[i] = code(pointer)
		}
		detection += ", from " + strings.Join(quoted, ", ")
	}
	p("**Detection.** %s\n", detection)
	p("**What to do.** %s\n", oneLine(rule.Workaround))
	p("**Before.** %s\n", oneLine(rule.Test.Before))
	p("**After.** %s\n", oneLine(rule.Test.After))
	if rule.Equivalent != "" {
		p("**On NixOS.** %s\n", code(rule.Equivalent))
	}
	if rule.Bridge != "" {
		p("**Bridge.** %s\n", rule.Bridge)
	}
	p("Sources: %s.", links(rule.Sources))
}

// phases says when a finding strikes.
var phases = map[string]string{
	"prepare": "before the conversion", "convert": "during the conversion", "boot": "at the first boot", "run": "while it runs",
}

func links(sources []string) string {
	out := make([]string, len(sources))
	for i, s := range sources {
		out[i] = code(s)
		if strings.HasPrefix(s, "https://") && !strings.ContainsAny(s, " <>()`") {
			out[i] = "<" + s + ">"
		}
	}
	return strings.Join(out, ", ")
}

// grade is how a verdict weighs for the coverage: the worst first.
type grade int

const (
	missing grade = iota
	bridged
	asks
	supported
	notNeeded
)

var grades = []struct {
	name    string
	meaning string
}{
	missing:   {"missing", "nothing takes its place"},
	bridged:   {"bridged", "a bridge keeps it"},
	asks:      {"asks", "a person decides, host by host"},
	supported: {"supported", "an option, a package or the carried state does it"},
	notNeeded: {"not needed", "it has no meaning there"},
}

func gradeOf(s catalog.Status) grade {
	switch s {
	case catalog.Missing:
		return missing
	case catalog.Bridged:
		return bridged
	case catalog.Review:
		return asks
	case catalog.Irrelevant:
		return notNeeded
	}
	return supported
}

// consult is the verdict of an entry on a target where nothing is said of the host.
func (r Reference) consult(target string, e *catalog.Entry) catalog.Verdict {
	field := func(path string) (any, bool) { v, ok := e.Where[path]; return v, ok && v != nil }
	if _, v, ok := r.Catalog.Consult(target, r.Release, e.Subject, e.Key, field); ok {
		return v
	}
	return e.Verdict
}

// verdictText says in words what becomes of a thing.
func verdictText(v catalog.Verdict) string {
	var parts []string
	if v.Attr != "" {
		parts = append(parts, code("pkgs."+v.Attr))
	}
	for _, option := range slices.Sorted(maps.Keys(v.Options)) {
		parts = append(parts, code(option))
	}
	switch {
	case v.Becomes != "":
		parts = append(parts, code(v.Becomes))
	case v.Gap != nil:
		parts = append(parts, escaped(v.Gap.Title))
	case v.Reason != "" && parts == nil:
		parts = append(parts, escaped(v.Reason))
	}
	return strings.Join(parts, ", ")
}

func (r Reference) coverage() []byte {
	var b bytes.Buffer
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	targets := slices.Sorted(maps.Keys(r.Catalog.Targets))
	p("%s", generated)
	p("# What becomes of Proxmox VE, part by part\n")
	p("From the catalog, for NixOS %s. A host may decide otherwise: rules know it, the catalog knows the general case.\n", r.Release)
	for g := missing; g <= notNeeded; g++ {
		p("- **%s**: %s", grades[g].name, grades[g].meaning)
	}
	p("")
	for _, t := range targets {
		p("- Target **%s**: %s", t, r.Catalog.Targets[t].Title)
	}
	g := r.Catalog.Grouping()
	members := map[string][]*catalog.Entry{}
	for _, e := range r.Catalog.All() {
		if e.Target == "" && e.Key != catalog.LastResort {
			name := g.Of(e.Subject, e.Key)
			members[name] = append(members[name], e)
		}
	}
	names := slices.Sorted(maps.Keys(r.Catalog.Components))
	slices.SortFunc(names, func(a, b string) int {
		return strings.Compare(r.Catalog.Components[a].Title, r.Catalog.Components[b].Title)
	})
	p("\n| component | %s | entries |", strings.Join(targets, " | "))
	p("|---|%s---|", strings.Repeat("---|", len(targets)))
	for _, name := range names {
		component := r.Catalog.Components[name]
		cells := []string{fmt.Sprintf("[%s](#%s)", component.Title, anchor(component.Title))}
		for _, t := range targets {
			cells = append(cells, component.On[t].Is)
		}
		p("| %s | %d |", strings.Join(cells, " | "), len(members[name]))
	}
	for _, name := range names {
		r.component(p, r.Catalog.Components[name], targets, members[name])
	}
	return b.Bytes()
}

// anchor is the fragment that renderers of Markdown give a headline.
func anchor(title string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c == '-' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			return c
		}
		return -1
	}, strings.ToLower(title))
}

func (r Reference) component(p func(string, ...any), component catalog.Component, targets []string, list []*catalog.Entry) {
	p("\n## %s\n", component.Title)
	for _, t := range targets {
		counts := make([]int, len(grades))
		for _, e := range list {
			counts[gradeOf(r.consult(t, e).Status)]++
		}
		var cells []string
		for g := missing; g <= notNeeded; g++ {
			if counts[g] > 0 {
				cells = append(cells, fmt.Sprintf("%d %s", counts[g], grades[g].name))
			}
		}
		p("- **%s: %s**: %s. Entries: %s.", t, component.On[t].Is, escaped(component.On[t].How), strings.Join(cells, ", "))
	}
	header := false
	for _, e := range list {
		verdicts := make([]catalog.Verdict, len(targets))
		told := false
		for i, t := range targets {
			verdicts[i] = r.consult(t, e)
			told = told || gradeOf(verdicts[i].Status) < supported
		}
		if !told {
			continue
		}
		if !header {
			header = true
			p("\nWhat is not simply supported:\n")
			p("| %s | %s |", "entry", strings.Join(targets, " | "))
			p("|---|%s", strings.Repeat("---|", len(targets)))
		}
		cells := []string{strings.ReplaceAll(code(e.Subject+" "+e.Key), "|", `\|`)}
		for _, v := range verdicts {
			g := gradeOf(v.Status)
			text := grades[g].name
			if why := verdictText(v); why != "" {
				text += ": " + strings.ReplaceAll(why, "|", `\|`)
			}
			cells = append(cells, strings.ReplaceAll(text, `\\|`, `\|`))
		}
		p("| %s |", strings.Join(cells, " | "))
	}
}
