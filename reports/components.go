package reports

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// linesShown is how many reasons, packages or findings of one component the analysis lists; evaluation.json has them all.
const linesShown = 12

// part is what a host has of one component.
type part struct {
	name     string
	counts   map[evaluate.Status]int
	facts    []evaluate.Account
	findings []evaluate.Finding
}

// parts sorts facts and findings of a host by component. Every component that the host has something of is there once;
// facts that belong to none are under the empty name.
func parts(c *catalog.Catalog, h Host) []part {
	g := c.Grouping()
	byName := map[string]*part{}
	of := func(name string) *part {
		if byName[name] == nil {
			byName[name] = &part{name: name, counts: map[evaluate.Status]int{}}
		}
		return byName[name]
	}
	for _, a := range h.Ledger.Facts {
		p := of(g.Of(a.Table, a.Key))
		p.counts[a.Status]++
		p.facts = append(p.facts, a)
	}
	for _, f := range h.Findings {
		name := g.OfArea(f.Area())
		if table, key, ok := strings.Cut(strings.TrimPrefix(f.ID, "CATALOG:"), "/"); ok && strings.HasPrefix(f.ID, "CATALOG:") {
			name = g.Of(table, key)
		}
		p := of(name)
		p.findings = append(p.findings, f)
	}
	names := slices.Sorted(maps.Keys(byName))
	slices.SortStableFunc(names, func(a, b string) int { return strings.Compare(titleOf(c, a), titleOf(c, b)) })
	var out []part
	for _, name := range names {
		out = append(out, *byName[name])
	}
	return out
}

func titleOf(c *catalog.Catalog, name string) string {
	if component, ok := c.Components[name]; ok {
		return component.Title
	}
	return "Everything else"
}

// inUse tells whether a host has more of a component than what means nothing there.
func (p part) inUse() bool {
	return len(p.findings) > 0 || len(p.facts) > p.counts[evaluate.Irrelevant]
}

// Components renders the analysis of each host by the parts of Proxmox VE: what it has of each, and what becomes of it.
func Components(r Run) ([]byte, error) {
	var b bytes.Buffer
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("# Component analysis\n")
	p("What each host has of the parts of Proxmox VE, and what becomes of it. The findings are told in full in `%s`, every fact in `%s`.", PitfallsFile, EvaluationFile)
	for _, h := range r.Hosts {
		p("\n## %s\n", code(h.Name))
		p("%s\n", about(h, r))
		list := parts(r.Shape, h)
		p("| component | facts | %s | critical | major | minor |", strings.Join(statusNames(), " | "))
		p("|---|---|%s---|---|---|", strings.Repeat("---|", len(evaluate.Statuses)))
		for _, one := range list {
			cells := []string{titleOf(r.Shape, one.name), fmt.Sprint(len(one.facts))}
			for _, s := range evaluate.Statuses {
				cells = append(cells, blankZero(one.counts[s]))
			}
			for _, severity := range evaluate.Severities {
				cells = append(cells, blankZero(len(withSeverity(one.findings, severity))))
			}
			p("| %s |", strings.Join(cells, " | "))
		}
		for _, one := range list {
			if one.inUse() {
				analysis(p, r.Shape, h, one)
			}
		}
	}
	return b.Bytes(), nil
}

func blankZero(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func withSeverity(list []evaluate.Finding, severity string) (out []evaluate.Finding) {
	for _, f := range list {
		if f.Severity == severity {
			out = append(out, f)
		}
	}
	return out
}

func analysis(p func(string, ...any), c *catalog.Catalog, h Host, one part) {
	p("\n### %s\n", titleOf(c, one.name))
	var cells []string
	for _, s := range evaluate.Statuses {
		if n := one.counts[s]; n > 0 {
			cells = append(cells, fmt.Sprintf("%d %s", n, s))
		}
	}
	if cells != nil {
		p("%s: %s.\n", plural(len(one.facts), "fact"), strings.Join(cells, ", "))
	}
	if list := named(one.facts, "packages"); list != nil {
		p("Packages: %s.\n", list.shown())
	}
	if list := named(one.facts, "units"); list != nil {
		p("Services: %s.\n", list.shown())
	}
	if len(one.findings) > 0 {
		p("Findings:\n")
		for i, f := range one.findings {
			if i == linesShown {
				p("- and %d more, see `%s`", len(one.findings)-i, PitfallsFile)
				break
			}
			severity := f.Severity
			if f.Accepted != nil {
				severity += ", accepted"
			}
			p("- %s, %s: %s", prose(evaluate.Finding{Vars: map[string]string{"id": f.ID}}, identifier(f.ID)), severity, prose(f, f.Title))
		}
		p("")
	}
	for _, told := range []struct {
		status evaluate.Status
		title  string
	}{
		{evaluate.Lost, "Lost"}, {evaluate.Review, "For you to decide"}, {evaluate.Bridged, "Kept by a bridge"}, {evaluate.Carried, "Carried over"},
		{evaluate.Translated, "In the configuration"}, {evaluate.Unaccounted, "Unaccounted for"},
	} {
		byReason(p, told.title, one.facts, told.status)
	}
}

// labels are names of things in code spans.
type labels []string

func (l labels) shown() string {
	if n := len(l) - linesShown; n > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(l[:linesShown], ", "), n)
	}
	return strings.Join(l, ", ")
}

// named are the labels of the facts of a table that mean something on this host.
func named(facts []evaluate.Account, table string) (out labels) {
	for _, a := range facts {
		if a.Table == table && a.Status != evaluate.Irrelevant {
			out = append(out, code(a.Label))
		}
	}
	return out
}

// byReason lists the facts of a status, those with one reason on a line.
func byReason(p func(string, ...any), title string, facts []evaluate.Account, status evaluate.Status) {
	var reasons []string
	labelsOf := map[string]labels{}
	for _, a := range facts {
		if a.Status != status {
			continue
		}
		if labelsOf[a.Reason] == nil {
			reasons = append(reasons, a.Reason)
		}
		labelsOf[a.Reason] = append(labelsOf[a.Reason], code(a.Label))
	}
	if reasons == nil {
		return
	}
	p("%s:\n", title)
	for i, reason := range reasons {
		if i == linesShown {
			p("- and %s more, see `%s`", plural(len(reasons)-i, "reason"), EvaluationFile)
			break
		}
		list := labelsOf[reason]
		if n := len(list) - reasonLabels; n > 0 {
			p("- %s: %s and %d more", escaped(reason), strings.Join(list[:reasonLabels], ", "), n)
		} else {
			p("- %s: %s", escaped(reason), strings.Join(list, ", "))
		}
	}
	p("")
}

// reasonLabels is how many facts with one reason the analysis names.
const reasonLabels = 4
