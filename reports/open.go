package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// openDecisions are those that wait for the owner of a host.
type openDecisions struct {
	// findings are the critical ones that nobody has accepted.
	findings        []evaluate.Finding
	packages, units []evaluate.Account
	// kernel is what was chosen; empty where the owner has.
	kernel string
}

func openOf(c *catalog.Catalog, h Host, given *answers.File) openDecisions {
	var o openDecisions
	for _, f := range h.Findings {
		if f.Severity == evaluate.Severities[0] && f.Accepted == nil {
			o.findings = append(o.findings, f)
		}
	}
	seen := map[[2]string]bool{}
	for _, a := range h.Ledger.Facts {
		if id := [2]string{a.Table, a.Key}; a.Status != evaluate.Review || seen[id] {
			continue
		} else {
			seen[id] = true
		}
		switch a.Table {
		case evaluate.PackagesTable:
			o.packages = append(o.packages, a)
		case evaluate.UnitsTable:
			o.units = append(o.units, a)
		}
	}
	if given.Host(h.Name).Kernel == nil {
		o.kernel = "the default of the release"
		for _, leaf := range h.Options {
			if slices.Equal(leaf.Option, c.Option("kernel")) {
				o.kernel = attributeText(leaf.Value)
			}
		}
	}
	return o
}

// attributeText is a value that names an attribute, without what is wrapped around it.
func attributeText(v any) string {
	for {
		object, ok := v.(map[string]any)
		if !ok || len(object) != 1 {
			return valueText(v)
		}
		for key, inner := range object {
			if list, ok := inner.([]any); ok && key == "_ref" {
				var parts []string
				for _, part := range list {
					parts = append(parts, fmt.Sprint(part))
				}
				return strings.TrimPrefix(strings.Join(parts, "."), "pkgs.")
			}
			v = inner
		}
	}
}

// Kernels are the names of the sets of kernel packages that a release keeps for long, as the catalog has them.
func Kernels(c *catalog.Catalog, release string) []string {
	table, _ := c.Tables["releases"][release].(map[string]any)
	list, _ := table["kernels"].([]any)
	var out []string
	for _, v := range list {
		if series, ok := v.(string); ok {
			out = append(out, c.Name("kernel_series")+strings.ReplaceAll(series, ".", "_"))
		}
	}
	return out
}

// counts is how much is open, in words.
func (o openDecisions) counts() string {
	var parts []string
	for _, one := range []struct {
		n    int
		noun string
	}{{len(o.findings), "critical finding"}, {len(o.packages), "package"}, {len(o.units), "unit"}} {
		if one.n > 0 {
			parts = append(parts, plural(one.n, one.noun))
		}
	}
	if o.kernel != "" {
		parts = append(parts, "the kernel")
	}
	if parts == nil {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// openShown is how many lines of open decisions the summary shows.
const openShown = 8

// lines are the open decisions for a terminal; findings have their own place there.
func (o openDecisions) lines() []string {
	var out []string
	for _, table := range []struct {
		word string
		list []evaluate.Account
	}{{"package", o.packages}, {"unit", o.units}} {
		for _, a := range table.list {
			out = append(out, fmt.Sprintf("%-12s %s: %s", table.word, visible(a.Key), said(a.Reason)))
		}
	}
	if o.kernel != "" {
		out = append(out, fmt.Sprintf("%-12s %s is chosen", "kernel", visible(o.kernel)))
	}
	return out
}

// longestQuestion bounds what an open decision quotes of a host.
const longestQuestion = 300

// said is a text of a host or a rule as a piece of a question.
func said(text string) string {
	text = visible(oneLine(strings.ReplaceAll(text, "`", "")))
	if runes := []rune(text); len(runes) > longestQuestion {
		return string(runes[:longestQuestion]) + "…"
	}
	return text
}

// titleText is the headline of a finding on one line.
func titleText(f evaluate.Finding) string {
	return visible(oneLine(strings.ReplaceAll(f.Fill(f.Title, identity), "`", "")))
}

// Open renders what is answered and what is open as one file of answers: whoever
// copies it puts an answer in the place of each question, and loses nothing that
// was answered before.
func Open(r Run) ([]byte, error) {
	file := r.Answers.Decided()
	file.Target, file.Release = r.Target, r.Release
	for _, h := range r.Hosts {
		o := openOf(r.Shape, h, r.Answers)
		own := file.Hosts[h.Name]
		if own.Packages == nil {
			own.Packages = map[string]answers.Decision{}
		}
		if own.Units == nil {
			own.Units = map[string]answers.Decision{}
		}
		times := map[string]int{}
		for _, f := range h.Findings {
			times[f.ID]++
		}
		for _, f := range o.findings {
			a := answers.Accept{Finding: f.ID, Host: h.Name, Open: "to accept it, write in the place of open a reason: " + said(f.Fill(f.Title, identity))}
			if times[f.ID] > 1 && len(f.At) > 0 {
				a.At = f.At[0].Pointer
			}
			file.Accept = append(file.Accept, a)
		}
		for _, a := range o.packages {
			own.Packages[a.Key] = answers.Decision{Open: "install (an attribute of nixpkgs), drop (why) or companion (why)? " + said(a.Reason)}
		}
		for _, a := range o.units {
			own.Units[a.Key] = answers.Decision{Open: "drop (why), keep (how) or companion (why)? " + said(a.Reason)}
		}
		if o.kernel != "" {
			own.Kernel = &answers.Kernel{Open: said(o.kernel) + " is chosen; another? " + strings.Join(append(Kernels(r.Shape, r.Release), r.Shape.Name("kernels")+" for the default of the release", "latest"), ", ")}
		}
		if len(own.Packages)+len(own.Units)+len(own.Modules) > 0 || own.Kernel != nil {
			file.Hosts[h.Name] = own
		}
	}
	return encode(file)
}
