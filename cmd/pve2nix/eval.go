package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/reports"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

// What a host becomes unless the user says otherwise.
const (
	defaultTarget  = "proxmox"
	defaultRelease = "25.11"
)

type evalFlags struct {
	out, target, release, failOn string
	// answers is the name of a file, given what it says; nil where there is none.
	answers         string
	given           *answers.File
	catalogs, rules []string
	strict, profile bool
}

func newEvalCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval SNAPSHOT...",
		Short: "Say what snapshots mean on NixOS: gaps, pitfalls, configuration",
		Long: `eval reads snapshots, offline and on any machine, and writes to --out:

  PROXMOX-CONVERSION-PITFALLS.md   what breaks, and what to do, for people
  PROXMOX-COMPONENT-ANALYSIS.md    what the host has of each part of Proxmox VE
  PROXMOX-NIX-GAPS.json            what NixOS lacks, for programs
  evaluation.json                  every fact and what became of it
  nix/flake.nix                    the NixOS configuration, one host per snapshot
  nix/README.md                    how to build it, and what to copy beside it
  answers.open.json                the decisions that are open, for --answers
  plan.json                        how each host is converted, step by step, and what
                                   stands in the way

Files of these names are replaced; none is before all are complete on disk.
Files that an earlier run wrote and this one does not (the hosts of other
snapshots) are removed, unless you changed them: .pve2nix-outputs.json lists
what eval wrote. All other files are left alone.

With --answers FILE (JSON or CUE) you decide: accept findings, choose target,
release and kernel, say what becomes of packages and units, add own modules.
Begin with a copy of answers.open.json.`,
		Example: "  pve2nix eval snapshot.json --out out\n  pve2nix eval snapshot.json --out out --answers answers.json\n  pve2nix eval pve1.json pve2.json --out out --strict --fail-on critical",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("eval: no snapshot given")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return eval(cmd, args, f) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.out, "out", "", "`DIR` for the outputs; made if it is not there")
	knowledgeFlags(flags, &f)
	flags.BoolVar(&f.strict, "strict", false, "exit 3 when a fact is unaccounted for")
	flags.BoolVar(&f.profile, "profile", false, "print to stderr what each rule costs: time and evaluations")
	flags.StringVar(&f.failOn, "fail-on", "", "exit 3 when there is a finding of this `SEVERITY` or worse: critical, major, minor")
	return cmd
}

// knowledgeFlags say what a host becomes and by whose rules.
func knowledgeFlags(flags *pflag.FlagSet, f *evalFlags) {
	flags.StringVar(&f.target, "target", defaultTarget, "what the host becomes: `TARGET`")
	flags.StringVar(&f.release, "release", defaultRelease, "NixOS `RELEASE` whose options are written")
	flags.StringVar(&f.answers, "answers", "", "`FILE` of what you decided: .json or .cue")
	flags.StringArrayVar(&f.catalogs, "catalog", nil, "`DIR` of catalog entries laid over the built-in ones; may be repeated, the last wins")
	flags.StringArrayVar(&f.rules, "rules", nil, "`DIR` of rules laid over the built-in ones; may be repeated, the last wins")
}

func eval(cmd *cobra.Command, args []string, f evalFlags) error {
	if f.out == "" {
		return &usageError{"eval: --out DIR is missing", "pve2nix eval " + strings.Join(args, " ") + " --out out"}
	}
	if f.failOn != "" && !slices.Contains(evaluate.Severities, f.failOn) {
		return &usageError{fmt.Sprintf("--fail-on %s: want %s", f.failOn, strings.Join(evaluate.Severities, ", ")), ""}
	}
	if err := f.readAnswers(cmd); err != nil {
		return err
	}
	if err := keepsAnswers(f); err != nil {
		return err
	}
	collectOnce(args)
	docs := make([]*snapshot.Document, len(args))
	errs := make([]error, len(args))
	read := make(chan struct{})
	go func() { // while the rules are compiled
		defer close(read)
		for i, path := range args {
			if docs[i], errs[i] = readSnapshot(path); errs[i] != nil {
				return
			}
		}
	}()
	engine, err := newEngine(cmd.Context(), f)
	select {
	case <-read:
	case <-cmd.Context().Done(): // a pipe may never end
		return errors.New("interrupted")
	}
	if err := errors.Join(append(errs, err)...); err != nil {
		return err
	}
	r := reports.Run{
		Tool: tool(), Target: f.target, Release: f.release, Rules: engine.Policy.Digest(), Catalog: engine.Catalog.Digest(), Shape: engine.Catalog,
		Answers: f.given,
	}
	from := map[string]string{}
	for i, path := range args {
		doc := docs[i]
		host, err := evaluateOne(cmd, engine, doc, f.profile)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if first, twice := from[host.Slug]; twice {
			return &inputError{fmt.Errorf("%s: /host/name: %q is the name of the host in %s too", path, host.Name, first)}
		}
		from[host.Slug] = path
		r.Hosts = append(r.Hosts, reports.Host{Host: host, Tree: doc.Tree})
	}
	if r.Modules, err = readModules(f.given, r.Hosts); err != nil {
		return err
	}
	files, err := reports.Render(r)
	if err != nil {
		return &inputError{err} // a value that a rule or an entry set cannot be said in Nix
	}
	left, err := writeAll(f.out, files)
	if err != nil {
		return err
	}
	for _, file := range left {
		warn("%s: of an earlier run and changed since, left alone", filepath.Join(f.out, file))
	}
	warnUnused(f.given, r.Hosts)
	if err := reports.Summary(cmd.OutOrStdout(), r, f.out); err != nil {
		return err
	}
	return verdict(r, f)
}

func evaluateOne(cmd *cobra.Command, engine *evaluate.Engine, doc *snapshot.Document, profile bool) (*evaluate.Host, error) {
	if !profile {
		return engine.Evaluate(cmd.Context(), doc)
	}
	said, costs, err := engine.PolicyFor(doc).Profile(cmd.Context(), doc.Tree)
	if err != nil {
		return nil, err
	}
	if err := costs.Print(cmd.ErrOrStderr()); err != nil {
		return nil, err
	}
	return engine.Account(doc, said)
}

// verdict is the error of rules that failed, or else the one that --strict and --fail-on ask for.
func verdict(r reports.Run, f evalFlags) error {
	var failed []string
	for _, h := range r.Hosts {
		for _, e := range h.Errors {
			line := fmt.Sprintf("%s: rule %s failed: %s", e.At, e.Rule, e.What)
			if !slices.Contains(failed, line) {
				failed = append(failed, line)
			}
		}
	}
	if failed != nil {
		return &failedRulesError{strings.Join(failed, "\n"), "the outputs in " + f.out + " lack what these rules say; everything else is in them"}
	}
	unaccounted, found := 0, 0
	for _, h := range r.Hosts {
		unaccounted += h.Ledger.Count(evaluate.Unaccounted)
		for _, finding := range h.Findings {
			if f.failOn != "" && finding.Accepted == nil && slices.Index(evaluate.Severities, finding.Severity) <= slices.Index(evaluate.Severities, f.failOn) {
				found++
			}
		}
	}
	var what []string
	if f.strict && unaccounted > 0 {
		what = append(what, fmt.Sprintf("%d facts are unaccounted for", unaccounted))
	}
	if found > 0 {
		what = append(what, fmt.Sprintf("%d findings are %s or worse", found, f.failOn))
	}
	if what == nil {
		return nil
	}
	return &findingsError{strings.Join(what, "; "), "read " + filepath.Join(f.out, reports.PitfallsFile)}
}

func readSnapshot(path string) (*snapshot.Document, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, unreadable(err)
	}
	doc, err := snapshot.Read(sizedFile{file, info.Size()}, path)
	if err != nil {
		return nil, &inputError{err}
	}
	return doc, nil
}

// sizedFile is a file that tells its size.
type sizedFile struct {
	*os.File
	size int64
}

func (f sizedFile) Size() int64 { return f.size }

// newEngine loads the built-in knowledge with the user's on top of it.
func newEngine(ctx context.Context, f evalFlags) (*evaluate.Engine, error) {
	type compiled struct {
		policy *policy.Policy
		err    error
	}
	done := make(chan compiled, 1)
	go func() { // while the catalog is read
		modules, err := ruleModules(f.rules)
		if err != nil {
			done <- compiled{err: err}
			return
		}
		p, err := policy.Compile(ctx, modules, policy.Options{Schema: schemas.Snapshot, Lock: rules.Lock})
		done <- compiled{p, err}
	}()
	c, err := entries(f.catalogs)
	if err != nil {
		return nil, err
	}
	if _, ok := c.Targets[f.target]; !ok {
		return nil, wrongChoice("target", f.target, names(c.Targets), f.given)
	}
	if _, ok := c.Releases[f.release]; !ok {
		return nil, wrongChoice("release", f.release, names(c.Releases), f.given)
	}
	its := <-done
	if its.err != nil {
		return nil, its.err
	}
	engine := &evaluate.Engine{Policy: its.policy.With(c.Data(f.target, f.release)), Catalog: c, Target: f.target, Release: f.release, Answers: f.given}
	return engine, checkAnswers(f.given, engine)
}

// entries are those of the built-in catalog with the folders of a user over them.
func entries(dirs []string) (*catalog.Catalog, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, err
	}
	for _, dir := range dirs {
		if err := isFolder(dir); err != nil {
			return nil, err
		}
		if c, err = c.WithOverlay(dir, overlay(dir)); err != nil {
			return nil, &inputError{err}
		}
	}
	if len(dirs) > 0 {
		if err := errors.Join(c.CheckOptions()...); err != nil {
			return nil, &inputError{err}
		}
	}
	return c, nil
}

// ruleModules are the built-in rules with the folders of a user over them.
func ruleModules(dirs []string) ([]policy.Module, error) {
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	for _, dir := range dirs {
		if err := isFolder(dir); err != nil {
			return nil, err
		}
		own, err := policy.Load(overlay(dir), dir)
		if err != nil {
			return nil, &inputError{err}
		}
		if modules, err = policy.Overlay(modules, own); err != nil {
			return nil, err
		}
	}
	return modules, nil
}

func isFolder(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return unreadable(err)
	}
	if !info.IsDir() {
		return &inputError{fmt.Errorf("%s: not a directory", path)}
	}
	return nil
}

func names[V any](m map[string]V) string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return strings.Join(out, ", ")
}
