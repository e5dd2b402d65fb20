// Package vet looks at rules and catalog as strictly as can be: whoever adds
// knowledge learns here what is wrong with it, and where, before anybody else
// does. It is pure: files come in as file systems, problems go out as lines.
package vet

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

// Folder is a folder of rules or of catalog entries that is laid over the built-in ones.
type Folder struct {
	// Name is what problems call it.
	Name string
	FS   fs.FS
}

// Options are what is looked at beside the built-in knowledge.
type Options struct {
	Catalogs, Rules []Folder
	// Snapshots are hosts that every rule should have something to say of, one of them at least.
	Snapshots []*snapshot.Document
	// Answers, where given, are those of the owner of the hosts: they are asked about without and with them.
	Answers *answers.File
}

// Report is what was looked at and what is wrong.
type Report struct {
	// Problems are one line each, file:line:column: what; sorted by file.
	Problems []string
	// Rules and Findings are how many there are, Severities how many findings have each.
	Rules, Findings int
	Severities      map[string]int
	// Tests ran; Lines of rules can be run, Covered were.
	Tests, Lines, Covered int
	// Entries is the number of catalog entries.
	Entries int
	// Snapshots is how many hosts the rules were asked about.
	Snapshots int
}

// Check looks at everything. An error is one of the machine; what is wrong with the knowledge is in the report.
func Check(ctx context.Context, o Options) (*Report, error) {
	r := &Report{Severities: map[string]int{}, Snapshots: len(o.Snapshots)}
	modules, err := modulesOf(o.Rules, r)
	if err != nil {
		return nil, err
	}
	var (
		merged      *catalog.Catalog
		index       *nixos.Index
		vetting     *policy.Vetting
		fromCatalog []string
		errs        [3]error
		workers     sync.WaitGroup
	)
	workers.Go(func() { merged, fromCatalog, errs[0] = catalogOf(o.Catalogs) })
	workers.Go(func() { index, errs[1] = nixos.Read(builtincatalog.NixOS) })
	workers.Go(func() { vetting, errs[2] = policy.Vet(ctx, modules, policy.Options{Schema: schemas.Snapshot}) })
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	r.Problems = append(r.Problems, fromCatalog...)
	r.Problems = append(r.Problems, vetting.Problems...)
	r.Rules, r.Tests, r.Lines, r.Covered = len(vetting.Rules), vetting.Tests, vetting.Lines, vetting.Covered
	for _, rule := range vetting.Rules {
		if rule.ID != "" {
			r.Findings++
			r.Severities[rule.Severity]++
		}
	}
	metadata, err := metadataProblems(vetting.Rules)
	if err != nil {
		return nil, err
	}
	r.Problems = append(r.Problems, metadata...)
	r.Problems = append(r.Problems, idProblems(vetting.Rules, rules.IDs)...)
	if merged != nil {
		r.Entries = len(merged.All())
		r.Problems = append(r.Problems, packageProblems(merged, index, vetting)...)
		r.Problems = append(r.Problems, keepProblems(merged, vetting.Rules)...)
		r.Problems = append(r.Problems, bridgeProblems(merged, vetting.Rules)...)
		for _, look := range []func() ([]string, error){
			func() ([]string, error) { return surfaceProblems(merged, index, o.Catalogs) },
			func() ([]string, error) { return settingProblems(merged, index, vetting) },
		} {
			problems, err := look()
			if err != nil {
				return nil, err
			}
			r.Problems = append(r.Problems, problems...)
		}
		if len(r.Problems) == 0 && len(o.Snapshots) > 0 {
			problems, err := hostProblems(ctx, o, merged, vetting)
			if err != nil {
				return nil, err
			}
			r.Problems = append(r.Problems, problems...)
		}
	}
	slices.SortStableFunc(r.Problems, byPosition)
	r.Problems = slices.Compact(r.Problems)
	return r, nil
}

// modulesOf are the built-in rules with the folders over them, tests included.
func modulesOf(folders []Folder, r *Report) ([]policy.Module, error) {
	modules, err := policy.LoadWithTests(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	for _, f := range folders {
		own, err := policy.LoadWithTests(f.FS, f.Name)
		if err != nil {
			return nil, err
		}
		over, err := policy.Overlay(modules, own)
		if wrong, ok := err.(*policy.Error); ok {
			r.Problems = append(r.Problems, wrong.List...)
			continue
		}
		if err != nil {
			return nil, err
		}
		modules = over
	}
	return modules, nil
}

// catalogOf lays the folders over the built-in entries. These are read from the lock; where it is not what the sources
// say, they are compiled, and what is wrong with them is said with its place. The catalog is nil where it could not be had;
// the problems then say why.
func catalogOf(folders []Folder) (*catalog.Catalog, []string, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, nil, err
	}
	fresh, err := c.Fresh(builtincatalog.Sources)
	if err != nil {
		return nil, nil, err
	}
	var problems []string
	if !fresh {
		lock, err := catalog.Generate(builtincatalog.Sources)
		if wrong, ok := err.(*catalog.Error); ok {
			return nil, linesOf(wrong.List), nil
		}
		if err != nil {
			return nil, nil, err
		}
		problems = append(problems, "catalog/catalog.lock.json:1:1: not what the .cue files say: run make golden")
		if c, err = catalog.Decode(lock); err != nil {
			return nil, nil, err
		}
	}
	for _, f := range folders {
		unformatted, err := catalog.Unformatted(f.Name, f.FS)
		if err != nil {
			return nil, nil, err
		}
		problems = append(problems, linesOf(unformatted)...)
		over, err := c.WithOverlay(f.Name, f.FS)
		if wrong, ok := err.(*catalog.Error); ok {
			problems = append(problems, linesOf(wrong.List)...)
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		c = over
	}
	return c, problems, nil
}

func linesOf(list []catalog.Problem) []string {
	lines := make([]string, len(list))
	for i, p := range list {
		lines[i] = p.Error()
	}
	return lines
}

// byPosition orders problems by file, then line, then column, then text.
func byPosition(a, b string) int {
	return comparePositions(positionOf(a), positionOf(b))
}
