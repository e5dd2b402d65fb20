// Package reports renders evaluations: the gap list, the pitfall report, the
// evaluation itself, the summary for the terminal and the NixOS flake. It is
// pure, and everything that comes from a snapshot is escaped for the format it
// goes into.
package reports

import (
	"errors"
	"slices"
	"sort"
	"sync"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// Run is one evaluation of one or more hosts.
type Run struct {
	// Tool is the name and version of the program.
	Tool string
	// Target and Release are what the hosts are converted to.
	Target, Release string
	// Rules and Catalog are SHA-256 digests, in hexadecimal.
	Rules, Catalog string
	// Shape is the catalog's layout, modules, releases and targets.
	Shape *catalog.Catalog
	// Answers are what the owner has decided; nil where nothing is.
	Answers *answers.File
	// Modules are the owner's modules that hosts import, by their path in the answers.
	Modules map[string][]byte
	Hosts   []Host
}

// Host is an evaluated host with what reports say about it beside the evaluation.
type Host struct {
	*evaluate.Host
	// Tree are the facts.
	Tree map[string]any
}

// File is one output: a path below the output folder, with slashes, and its content.
type File struct {
	Path    string
	Content []byte
}

// The names of the outputs.
const (
	GapsFile       = "PROXMOX-NIX-GAPS.json"
	PitfallsFile   = "PROXMOX-CONVERSION-PITFALLS.md"
	ComponentsFile = "PROXMOX-COMPONENT-ANALYSIS.md"
	EvaluationFile = "evaluation.json"
	FlakeFile      = "nix/flake.nix"
	HandbookFile   = "nix/README.md"
	OpenFile       = "answers.open.json"
	PlanFile       = "plan.json"
)

// Render makes all outputs, sorted by path.
func Render(r Run) ([]File, error) {
	sort.Slice(r.Hosts, func(i, j int) bool { return r.Hosts[i].Slug < r.Hosts[j].Slug })
	one := func(path string, render func(Run) ([]byte, error)) func() ([]File, error) {
		return func() ([]File, error) {
			content, err := render(r)
			return []File{{path, content}}, err
		}
	}
	renderers := []func() ([]File, error){
		one(EvaluationFile, Evaluation), one(GapsFile, Gaps), one(PitfallsFile, Pitfalls), one(ComponentsFile, Components), one(OpenFile, Open),
		one(PlanFile, Plan),
		func() ([]File, error) { return Flake(r) },
	}
	rendered := make([][]File, len(renderers))
	errs := make([]error, len(renderers))
	var workers sync.WaitGroup
	for i, render := range renderers {
		workers.Go(func() { rendered[i], errs[i] = render() })
	}
	workers.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	files := slices.Concat(rendered...)
	sort.Slice(files, func(i, j int) bool { return files[i].Path < files[j].Path })
	return files, nil
}
