package reports

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// evidenceShown is how many facts of a finding the report names; evaluation.json has them all.
const evidenceShown = 8

var severityMeaning = map[string]string{
	"critical": "Data would be lost, the host or its guests would not come up, or you would be locked out. Solve these before anything else.",
	"major":    "A feature that this host uses is missing until someone acts.",
	"minor":    "Differences to know.",
}

// Pitfalls renders the report for people: all findings by severity, then area.
func Pitfalls(r Run) ([]byte, error) {
	var b bytes.Buffer
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("# Conversion pitfalls\n")
	for _, h := range r.Hosts {
		p("%s", about(h, r))
	}
	p("\nA **gap** is something that NixOS lacks; a **pitfall** is something that behaves otherwise. Each finding says what breaks,")
	p("where it shows on this host, what to do, and how to test it. Values in `code` come from the host as they are.\n")
	if accepted(r, "") == 0 {
		p("| severity | gaps | pitfalls |")
		p("|---|---|---|")
	} else {
		p("| severity | gaps | pitfalls | of these accepted |")
		p("|---|---|---|---|")
	}
	for _, s := range evaluate.Severities {
		line := fmt.Sprintf("| %s | %d | %d |", s, count(r, s, "gap"), count(r, s, "pitfall"))
		if accepted(r, "") > 0 {
			line += fmt.Sprintf(" %d |", accepted(r, s))
		}
		p("%s", line)
	}
	p("\nWhat became of every fact:\n")
	p("| host | %s |", strings.Join(statusNames(), " | "))
	p("|---|%s", strings.Repeat("---|", len(evaluate.Statuses)))
	for _, h := range r.Hosts {
		cells := []string{}
		for _, t := range h.Ledger.Totals {
			cells = append(cells, fmt.Sprint(t.Count))
		}
		p("| %s | %s |", strings.ReplaceAll(code(h.Name), "|", `\|`), strings.Join(cells, " | "))
	}
	failed(p, r)
	for _, severity := range evaluate.Severities {
		if count(r, severity, "gap")+count(r, severity, "pitfall") == 0 {
			continue
		}
		p("\n## %s%s\n", strings.ToUpper(severity[:1]), severity[1:])
		p("%s", severityMeaning[severity])
		for _, h := range r.Hosts {
			area := ""
			for _, f := range h.Findings {
				if f.Severity != severity {
					continue
				}
				if f.Area() != area {
					area = f.Area()
					if len(r.Hosts) > 1 {
						p("\n### %s: %s", code(h.Name), area)
					} else {
						p("\n### %s", area)
					}
				}
				finding(p, f)
			}
		}
	}
	return b.Bytes(), nil
}

// failed lists the rules that failed, so that nobody takes their silence for good news.
func failed(p func(string, ...any), r Run) {
	if !slices.ContainsFunc(r.Hosts, func(h Host) bool { return len(h.Errors) > 0 }) {
		return
	}
	p("\n## Rules that failed\n")
	p("This report lacks what these rules say, or what is named as left out. What only they speak of is left to the catalog, or unaccounted for.\n")
	for _, h := range r.Hosts {
		for _, e := range h.Errors {
			where := ""
			if len(r.Hosts) > 1 {
				where = code(h.Name) + ": "
			}
			p("- %srule %s at %s: %s", where, code(e.Rule), code(e.At), code(e.What))
		}
	}
}

func finding(p func(string, ...any), f evaluate.Finding) {
	p("\n#### %s: %s\n", prose(evaluate.Finding{Vars: map[string]string{"id": f.ID}}, identifier(f.ID)), prose(f, f.Title))
	p("*%s, %s, %s*\n", f.Kind, f.Category, code(f.Component))
	if f.Accepted != nil {
		p("**Accepted.** %s (%s)\n", escaped(f.Accepted.Reason), code(f.Accepted.By))
	}
	p("%s\n", prose(f, f.Description))
	if len(f.At) > 0 {
		p("**On this host**\n")
		for i, e := range f.At {
			if i == evidenceShown {
				p("- and %d more, see `%s`", len(f.At)-i, EvaluationFile)
				break
			}
			line := "- " + code(e.Label)
			if e.Source != "" {
				line += " in " + code(e.Source)
			}
			p("%s", line+" ("+code(e.Pointer)+")")
		}
		p("")
	}
	p("**What to do.** %s\n", prose(f, f.Workaround))
	for i, step := range strings.Split(f.Test, "\nAfter: ") {
		p("**%s** %s\n", []string{"How to test.", "After:"}[min(i, 1)], prose(f, step))
	}
	if f.Equivalent != nil {
		p("**On NixOS.** %s\n", code(*f.Equivalent))
	}
	keptBy(p, f)
	links := []string{}
	for _, s := range f.Sources {
		if strings.HasPrefix(s, "https://") && !strings.ContainsAny(s, " <>()`") {
			links = append(links, "<"+s+">")
		} else {
			links = append(links, code(s))
		}
	}
	p("Sources: %s. Rule: %s.", strings.Join(links, ", "), code(f.Rule))
}

// identifier prints an id bare when it is one, as a value otherwise (keys of catalog entries may be anything).
func identifier(id string) string {
	for _, r := range id {
		if !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-') {
			return "{id}"
		}
	}
	return id
}

func count(r Run, severity, kind string) int {
	n := 0
	for _, h := range r.Hosts {
		for _, f := range h.Findings {
			if f.Severity == severity && f.Kind == kind {
				n++
			}
		}
	}
	return n
}

// accepted counts the findings of a severity, or of all, that the owner has accepted.
func accepted(r Run, severity string) int {
	n := 0
	for _, h := range r.Hosts {
		for _, f := range h.Findings {
			if f.Accepted != nil && (severity == "" || f.Severity == severity) {
				n++
			}
		}
	}
	return n
}

func statusNames() []string {
	out := []string{}
	for _, s := range evaluate.Statuses {
		out = append(out, string(s))
	}
	return out
}

// about is one sentence about a host.
func about(h Host, r Run) string {
	parts := []string{}
	if v := field(h.Tree, "host", "pve_version"); v != "" {
		parts = append(parts, "Proxmox VE "+code(v))
	}
	if v := field(h.Tree, "host", "os"); v != "" {
		parts = append(parts, code(v))
	}
	vms, containers := guests(h.Tree)
	parts = append(parts, fmt.Sprintf("%d virtual machines, %d containers", vms, containers))
	return fmt.Sprintf("Host %s: %s. Captured %s; evaluated for NixOS %s, target %s, by %s.",
		code(h.Name), strings.Join(parts, ", "), code(field(h.Tree, "capture", "time")), r.Release, r.Target, r.Tool)
}

func field(tree map[string]any, object, name string) string {
	o, _ := tree[object].(map[string]any)
	s, _ := o[name].(string)
	return s
}

// guests counts the guests of the host itself.
func guests(tree map[string]any) (vms, containers int) {
	list, _ := tree["guests"].([]any)
	for _, item := range list {
		g, _ := item.(map[string]any)
		if local, _ := g["local"].(bool); !local {
			continue
		}
		if g["type"] == "qemu" {
			vms++
		} else {
			containers++
		}
	}
	return vms, containers
}
