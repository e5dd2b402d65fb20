package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// Summary prints what a person wants to know after an evaluation: totals, the
// critical items, where the files are, and what to do next. out is the folder as
// the user named it.
func Summary(w io.Writer, r Run, out string) error {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, h := range r.Hosts {
		vms, containers := guests(h.Tree)
		system := visible(field(h.Tree, "host", "os"))
		if v := field(h.Tree, "host", "pve_version"); v != "" {
			system = "Proxmox VE " + visible(v) + " on " + system
		}
		p("%s: %s, %s, %s", visible(h.Name), system, plural(vms, "virtual machine"), plural(containers, "container"))
		p("for NixOS %s, target %s", r.Release, r.Target)
		p("")
		one := Run{Hosts: []Host{h}}
		cells := []string{}
		for _, s := range evaluate.Severities {
			cell := fmt.Sprintf("%d %s", count(one, s, "gap")+count(one, s, "pitfall"), s)
			if n := accepted(one, s); n > 0 {
				cell += fmt.Sprintf(" (%d accepted)", n)
			}
			cells = append(cells, cell)
		}
		p("findings  %s", strings.Join(cells, ", "))
		cells = cells[:0]
		for _, t := range h.Ledger.Totals {
			cells = append(cells, fmt.Sprintf("%d %s", t.Count, t.Status))
		}
		p("facts     %d: %s", len(h.Ledger.Facts), strings.Join(cells, ", "))
		open := openOf(r.Shape, h, r.Answers)
		p("open      %s", open.counts())
		line, err := planLine(h)
		if err != nil {
			return err
		}
		p("plan      %s", line)
		if n := len(h.Errors); n > 0 {
			p("rules     %d failed: the report lacks what they say", n)
		}
		if gone := incomplete(h.Tree); len(gone) > 0 {
			shown := gone[:min(len(gone), areasShown)]
			more := ""
			if n := len(gone) - len(shown); n > 0 {
				more = fmt.Sprintf(" and %d more", n)
			}
			p("capture   incomplete in %s%s: see capture.areas of the snapshot", visible(strings.Join(shown, ", ")), more)
		}
		p("")
		if n := count(one, "critical", "gap") + count(one, "critical", "pitfall"); n > 0 {
			p("critical")
			for _, f := range h.Findings {
				if f.Severity == "critical" {
					mark := ""
					if f.Accepted != nil {
						mark = " (accepted)"
					}
					p("  %-12s %s%s", visible(f.ID), titleText(f), mark)
				}
			}
			p("")
		}
		if lines := open.lines(); len(lines) > 0 {
			p("open")
			for _, line := range lines[:min(len(lines), openShown)] {
				p("  %s", line)
			}
			if n := len(lines) - openShown; n > 0 {
				p("  and %d more, see %s", n, OpenFile)
			}
			p("")
		}
	}
	p("written to %s", visible(out))
	p("  %-32s what breaks, and what to do: read this first", PitfallsFile)
	p("  %-32s what the host has of each part of Proxmox VE", ComponentsFile)
	p("  %-32s what NixOS lacks, for programs", GapsFile)
	p("  %-32s every fact and what became of it", EvaluationFile)
	p("  %-32s the configuration", FlakeFile)
	p("  %-32s how to build it and what to copy", HandbookFile)
	p("  %-32s what is open, to be answered", OpenFile)
	p("  %-32s how each host is converted, step by step, and what stands in the way", PlanFile)
	p("")
	p("next")
	p("  1. read %s/%s and decide on the critical items", visible(out), PitfallsFile)
	p("  2. answer what is open in a copy of %s/%s, and give it to eval with --answers", visible(out), OpenFile)
	for i, h := range r.Hosts {
		if i == 0 {
			p("  3. on a machine with Nix: nix build %s/nix#nixosConfigurations.%s.config.system.build.toplevel", visible(out), h.Slug)
		}
	}
	p("  4. see in %s/%s how it is converted; take out of the way what refuses", visible(out), PlanFile)
	_, err := io.WriteString(w, b.String())
	return err
}

// areasShown is how many incomplete areas the summary names.
const areasShown = 6

// incomplete lists the areas that were not captured as a whole: what they lack must not be read as absent.
func incomplete(tree map[string]any) []string {
	capture, _ := tree["capture"].(map[string]any)
	areas, _ := capture["areas"].([]any)
	var out []string
	for _, item := range areas {
		area, _ := item.(map[string]any)
		name, _ := area["name"].(string)
		if area["status"] != "known" {
			out = append(out, name)
		}
	}
	return out
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
