package reports

import (
	"fmt"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// gap is an element of the gap list; schemas/gaps.schema.json describes it.
type gap struct {
	ID         string  `json:"id"`
	Host       string  `json:"host"`
	Category   string  `json:"category"`
	Component  string  `json:"proxmox_component"`
	Equivalent *string `json:"nix_equivalent"`
	Severity   string  `json:"severity"`
	Bridge     *string `json:"bridge_strategy"`
	// Kept is what keeps it on this host; null where nobody has decided.
	Kept       *evaluate.Kept      `json:"kept"`
	Title      string              `json:"title"`
	Notes      string              `json:"notes"`
	Workaround string              `json:"workaround"`
	Test       string              `json:"test"`
	Finding    string              `json:"finding"`
	Rule       string              `json:"rule"`
	At         []evaluate.Evidence `json:"at"`
	Sources    []string            `json:"sources"`
	// Accepted is set where the owner has accepted it.
	Accepted *answers.Acceptance `json:"accepted,omitempty"`
}

// Gaps renders the list of what NixOS lacks, the worst first.
func Gaps(r Run) ([]byte, error) {
	list := []gap{}
	for _, severity := range evaluate.Severities {
		for _, h := range r.Hosts {
			for _, f := range h.Findings {
				if f.Kind != "gap" || f.Severity != severity {
					continue
				}
				fill := func(text string) string { return oneLine(f.Fill(text, identity)) }
				list = append(list, gap{
					ID: fmt.Sprintf("GAP-%03d", len(list)+1), Host: h.Name, Category: f.Category, Component: f.Component,
					Equivalent: f.Equivalent, Severity: f.Severity, Bridge: f.Bridge, Kept: f.KeptText(fill), Title: fill(f.Title), Notes: fill(f.Description),
					Workaround: fill(f.Workaround), Test: fill(f.Test), Finding: f.ID, Rule: f.Rule, At: f.At, Sources: f.Sources, Accepted: f.Accepted,
				})
			}
		}
	}
	return encode(struct {
		Schema  string `json:"schema"`
		Tool    string `json:"tool"`
		Target  string `json:"target"`
		Release string `json:"release"`
		Gaps    []gap  `json:"gaps"`
	}{"pve2nix.gaps/v1", r.Tool, r.Target, r.Release, list})
}

func identity(s string) string { return s }
