package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/engine/validate"
	"github.com/pve2nix/pve2nix/reports"
)

type applyFlags struct {
	plan, snapshot, closure, toplevel string
	deadline                          time.Duration
	dryRun, resume                    bool
	knowledge                         evalFlags
}

// usualDeadline is how long a trial may take: a slow server needs five minutes to start, and somebody has to look at it.
const (
	usualDeadline   = 15 * time.Minute
	longestDeadline = 24 * time.Hour
	shortDeadline   = 3 * time.Minute
)

func newApplyCommand() *cobra.Command {
	var f applyFlags
	cmd := &cobra.Command{
		Use:   "apply",
		Short: "Convert this host: a side root, and one start of it on trial",
		Long: `apply carries out the plan of this host, as root, on Proxmox VE:

  1. It captures the host again, and refuses a plan that was made of another state.
  2. It refuses what stands in the way (pve2nix apply --dry-run shows it).
  3. It saves what everything can be taken back to, fills a new root beside that
     of Proxmox VE, and restarts the machine into it, once.
  4. Without a commit from outside within --deadline, the machine restarts into
     Proxmox VE, which stays the default until the commit.

It prints the word that commits, once: keep it where you commit from. What fails,
and Ctrl-C, takes everything back. A run that was cut off goes on with --resume, or
is taken back with pve2nix rollback. A trial that nobody committed is staged still:
--resume starts another one, on a new root and with another word. It looks at the host
as the first apply did, and refuses what has changed and what stands in the way now;
give it --answers, --rules and --catalog as then.

Exit codes beside the usual ones: 3 something stands in the way, 4 the plan is not
for this host as it is, 5 it failed and everything was taken back, 6 it failed and
something could not be taken back.`,
		Example: "  pve2nix apply --plan out/plan.json --snapshot snapshot.json --closure /mnt/closure \\\n    --toplevel /nix/store/…-nixos-system-pve1-25.11 --dry-run",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return err
			}
			c, err := newConverter(cmd)
			if err != nil {
				return err
			}
			if f.resume {
				return c.resume(cmd.Context(), f)
			}
			return c.apply(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.plan, "plan", "", "`FILE` of the plan that eval made: plan.json")
	flags.StringVar(&f.snapshot, "snapshot", "", "`FILE` of the snapshot that the plan was made of")
	flags.StringVar(&f.closure, "closure", "", "`PATH` of the system that was built, with all that it needs: a folder of nix copy --to 'local?root=DIR' or --to 'file://DIR?compression=zstd', or a file of nix-store --export")
	flags.StringVar(&f.toplevel, "toplevel", "", "`PATH` of that system in /nix/store")
	flags.StringVar(&f.knowledge.answers, "answers", "", "`FILE` of what you decided, as it was given to eval")
	flags.StringArrayVar(&f.knowledge.rules, "rules", nil, "`DIR` of rules, as it was given to eval")
	flags.StringArrayVar(&f.knowledge.catalogs, "catalog", nil, "`DIR` of catalog entries, as it was given to eval")
	flags.DurationVar(&f.deadline, "deadline", usualDeadline, "how long the trial waits for the commit, from the start of its kernel")
	flags.BoolVar(&f.dryRun, "dry-run", false, "look at everything, show the plan, write nothing")
	flags.BoolVar(&f.resume, "resume", false, "go on with the run that was cut off, or whose trial was not committed")
	return cmd
}

func (f *applyFlags) check() error {
	if f.resume {
		if f.dryRun || f.plan != "" || f.snapshot != "" || f.closure != "" || f.toplevel != "" {
			return &usageError{"apply: --resume goes on with what the run began with, and takes nothing else but --answers, --rules and --catalog", "pve2nix apply --resume"}
		}
		return nil
	}
	for _, one := range []struct{ flag, value string }{{"plan", f.plan}, {"snapshot", f.snapshot}, {"closure", f.closure}, {"toplevel", f.toplevel}} {
		if one.value == "" {
			return &usageError{"apply: --" + one.flag + " is missing", "see pve2nix apply --help"}
		}
	}
	if f.deadline < shortDeadline || f.deadline > longestDeadline {
		return &usageError{fmt.Sprintf("--deadline %s: want %s to %s", f.deadline, shortDeadline, longestDeadline), "a server that has much memory needs minutes to start"}
	}
	return nil
}

// apply converts the machine, or says why not.
func (c *converter) apply(ctx context.Context, f applyFlags) error {
	planned, text, err := readPlan(f.plan)
	if err != nil {
		return err
	}
	host, err := c.hostOf(planned, f.plan)
	if err != nil {
		return err
	}
	before, err := readSnapshot(f.snapshot)
	if err != nil {
		return err
	}
	if before.Digest != host.Snapshot {
		return &refusal{f.snapshot + ": is not the snapshot that " + f.plan + " was made of", "give the one that eval has read, or run eval again"}
	}
	if on, err := c.onNixOS(); err != nil || on {
		return errors.Join(err, &refusal{"this machine runs NixOS: it is converted, or on trial", "pve2nix status says which"})
	}
	if !f.dryRun { // a dry run writes nothing, and a lock is a file
		release, err := c.lock()
		if err != nil {
			return err
		}
		defer release()
	}
	if err := c.noUnfinished(); err != nil {
		return err
	}
	if f.closure, err = filepath.Abs(f.closure); err != nil {
		return err
	}
	if err := execute.CheckClosure(ctx, c.sys, f.closure, f.toplevel); err != nil {
		return &refusal{fmt.Sprintf("--closure %s: %s", f.closure, err), "nix copy --to 'local?root=DIR' " + f.toplevel + " makes a folder that it takes"}
	}
	fresh, doc, baseline, checks, err := c.planAgain(ctx, planned, f, nil)
	if err != nil {
		return err
	}
	if err := c.isStale(host, fresh, before, doc, f); err != nil {
		return err
	}
	if err := c.isBuiltFrom(ctx, host, f.closure, f.toplevel); err != nil {
		return err
	}
	if f.dryRun {
		if _, err := io.WriteString(c.stdout, reports.PlanText(*planned, fresh)); err != nil {
			return err
		}
	}
	if err := c.inTheWay(fresh, f.dryRun); err != nil || f.dryRun {
		return err
	}
	return c.begin(ctx, f, fresh, text, baseline, checks)
}

// hostOf is the plan for this machine, which is known by its machine-id.
func (c *converter) hostOf(p *plan.Plan, name string) (plan.Host, error) {
	id, err := c.file("/etc/machine-id")
	if err != nil {
		return plan.Host{}, fmt.Errorf("which machine this is: %w", err)
	}
	var others []string
	for _, h := range p.Hosts {
		if h.MachineID == id && id != "" {
			return h, nil
		}
		others = append(others, fmt.Sprintf("%s (machine-id %s)", h.Name, h.MachineID))
	}
	return plan.Host{}, &refusal{
		fmt.Sprintf("%s: is for %s; this machine has the machine-id %s", name, strings.Join(others, ", "), id),
		"a plan is for the one machine that was captured",
	}
}

// isBuiltFrom refuses a system that was built from other outputs than those of the plan.
func (c *converter) isBuiltFrom(ctx context.Context, host plan.Host, closure, toplevel string) error {
	built, err := execute.ConfigurationOf(ctx, c.sys, closure, toplevel)
	if err != nil {
		return fmt.Errorf("--toplevel %s: %w", toplevel, err)
	}
	const hint = "build the outputs beside the plan again, nix build OUT/nix#nixosConfigurations.…, and copy that"
	switch built {
	case host.Configuration:
		return nil
	case "":
		return &refusal{fmt.Sprintf("--toplevel %s: does not say which plan it belongs to: %s is not in it", toplevel, plan.ConfigurationAt), hint}
	}
	return &refusal{fmt.Sprintf("--toplevel %s: was built from other outputs: its configuration is %s, that of the plan is %s", toplevel, built, host.Configuration), hint}
}

// noUnfinished refuses to begin where an earlier run left something.
func (c *converter) noUnfinished() error {
	run, err := execute.UnfinishedRun(c.sys)
	if err != nil {
		return fmt.Errorf("earlier runs: %w", err)
	}
	if run != "" {
		return &refusal{"run " + run + " was not finished", "pve2nix apply --resume goes on with it, pve2nix rollback takes it back, pve2nix status says how far it is"}
	}
	return nil
}

// planAgain captures the machine and plans anew, with the knowledge that the plan was made with.
// It returns the checks that the trial is held against, too. shape, where given, changes what was captured, and answers
// may be others than those of the plan: it is for a run that goes on.
func (c *converter) planAgain(ctx context.Context, planned *plan.Plan, f applyFlags, shape func(*snapshot.Snapshot)) (fresh plan.Host, doc *snapshot.Document, baseline, checks []byte, err error) {
	k := f.knowledge
	k.target, k.release = planned.Target, planned.Release
	var answered string
	if k.answers != "" {
		if k.given, err = answersOf(k.answers); err != nil {
			return fresh, nil, nil, nil, err
		}
		answered = k.given.Digest
	}
	engine, err := c.engine(ctx, k)
	if err != nil {
		return fresh, nil, nil, nil, err
	}
	var other []string
	for _, one := range []struct{ what, now, then string }{
		{"the rules (--rules, or another version of this program)", engine.Policy.Digest(), planned.Digests.Rules},
		{"the catalog (--catalog, or another version of this program)", engine.Catalog.Digest(), planned.Digests.Catalog},
		{"the answers (--answers)", answered, planned.Digests.Answers},
	} {
		if one.now != one.then && (shape == nil || one.now == "" || one.now != answered) {
			other = append(other, one.what)
		}
	}
	if other != nil {
		return fresh, nil, nil, nil, &refusal{f.plan + ": was made with others of: " + strings.Join(other, "; "), "give apply what eval was given, or run eval again"}
	}
	s, err := c.capture(ctx)
	if err != nil {
		return fresh, nil, nil, nil, err
	}
	if shape != nil {
		shape(s)
	}
	if doc, baseline, err = document(s); err != nil {
		return fresh, nil, nil, nil, err
	}
	evaluated, err := engine.Evaluate(ctx, doc)
	if err != nil {
		return fresh, nil, nil, nil, err
	}
	held, err := validate.Derive(doc, evaluated, validate.Options{Target: planned.Target, Units: engine.Catalog.Tables[validate.UnitsTable]})
	if err != nil {
		return fresh, nil, nil, nil, err
	}
	if checks, err = held.JSON(); err != nil {
		return fresh, nil, nil, nil, err
	}
	fresh, err = c.planOf(evaluated, s.Host.MachineID)
	return fresh, doc, baseline, checks, err
}

// isStale refuses a plan that the host as it is now does not give, and says what changed.
func (c *converter) isStale(host, fresh plan.Host, before, now *snapshot.Document, f applyFlags) error {
	if host.Configuration != fresh.Configuration {
		d := snapshot.Compare(before, now, f.snapshot, "this machine now")
		fmt.Fprint(c.stderr, reports.Diff(d))
		return &refusal{f.plan + ": is stale: the host has changed since " + f.snapshot + " was captured, and its configuration would be another one", "capture it again, evaluate, build, and apply that"}
	}
	if !sameJSON(host.Steps, fresh.Steps) || !sameJSON(host.Layout, fresh.Layout) || !sameJSON(host.Boot, fresh.Boot) {
		return &refusal{f.plan + ": its steps are not those that this host gives: the file was changed", "run eval again; what a plan does is changed by answers, rules and catalog alone"}
	}
	return nil
}

func sameJSON(a, b any) bool {
	plain := func(v any) (out any) {
		data, err := json.Marshal(v)
		if err != nil || json.Unmarshal(data, &out) != nil {
			return err
		}
		return out
	}
	return reflect.DeepEqual(plain(a), plain(b))
}

// inTheWay says what stands in the way of the conversion, and refuses where that must be taken out of it first.
func (c *converter) inTheWay(h plan.Host, shown bool) error {
	var refused []string
	for _, i := range h.Inhibitors {
		if i.Level == plan.Refuse {
			refused = append(refused, i.ID)
		}
		if !shown {
			fmt.Fprintf(c.stderr, "%s: %s: %s\n", i.Level, i.ID, reports.Plain(i.Title))
			if i.Level == plan.Refuse {
				fmt.Fprintf(c.stderr, "  %s\n", reports.Plain(i.Remedy))
			}
		}
	}
	if refused == nil && len(h.Steps) > 0 {
		return nil
	}
	if refused == nil {
		return &findingsError{"the plan has no steps: there is no place for a side root, or no way to start it", ""}
	}
	slices.Sort(refused)
	return &findingsError{"in the way: " + strings.Join(slices.Compact(refused), ", "), "pve2nix apply --dry-run says what takes each out of it"}
}

// begin is a run from its beginning.
func (c *converter) begin(ctx context.Context, f applyFlags, h plan.Host, text, baseline, checks []byte) (err error) {
	run, w, err := execute.NewRun(c.sys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if err := execute.KeepInputs(c.sys, run, text, baseline, checks); err != nil {
		return err
	}
	word, hash := newWord()
	r := c.runner(&execute.Env{
		System: c.sys, RunID: run, Dir: execute.RunsAt + "/" + run, Baseline: baseline, Checks: checks, Steps: h.Steps,
		Params: execute.Params{
			Host: h.Name, Snapshot: h.Snapshot, Configuration: h.Configuration, Plan: digestOf(text), Tool: tool(),
			Toplevel: f.toplevel, Closure: f.closure, Deadline: int(f.deadline.Seconds()), Word: hash, Program: c.program,
		},
	}, w)
	if err := r.Begin(); err != nil {
		return err
	}
	return c.carryOut(ctx, r, word)
}

func (c *converter) runner(e *execute.Env, w *journal.Writer) *execute.Runner {
	return &execute.Runner{Env: e, Where: plan.OnPVE, Journal: w, Tell: c.tell()}
}

// carryOut takes the steps up to the restart, or all of them back.
func (c *converter) carryOut(ctx context.Context, r *execute.Runner, word string) error {
	e := r.Env
	// Before anything is done: what is printed after the restart was asked for may reach nobody.
	fmt.Fprintf(c.stdout, "run %s\nword %s\n", e.RunID, word)
	fmt.Fprintf(c.stderr, "The word commits the trial, from another machine: pve2nix commit --host ADDRESS. It is shown once.\n"+
		"Without it, the machine restarts into Proxmox VE %s after the start of the trial.\n", time.Duration(e.Deadline)*time.Second)
	defer context.AfterFunc(ctx, func() {
		fmt.Fprintf(c.stderr, "\ninterrupted: everything is taken back; a second signal would leave that half done\n")
	})()
	if err := r.Apply(ctx, journal.Staged); err != nil {
		return outcomeOf(err, e.RunID)
	}
	_, err := fmt.Fprintf(c.stdout, "head %s\n", r.Journal.Head())
	return err
}

// resume goes on with a run that was cut off, or starts another trial of one that was not committed.
func (c *converter) resume(ctx context.Context, f applyFlags) (err error) {
	if on, err := c.onNixOS(); err != nil || on {
		return errors.Join(err, &refusal{"this machine runs NixOS: a trial is committed, or it ends by itself", "pve2nix status says how it stands"})
	}
	release, err := c.lock()
	if err != nil {
		return err
	}
	defer release()
	name, err := execute.UnfinishedRun(c.sys)
	if err != nil {
		return fmt.Errorf("earlier runs: %w", err)
	}
	if name == "" {
		return &refusal{"there is no run to go on with", "pve2nix apply --plan … begins one"}
	}
	past, err := execute.ReadPast(c.sys, name)
	if err == nil {
		err = past.Damage
	}
	if err != nil {
		return &refusal{"run " + name + ": " + err.Error(), "pve2nix rollback takes back what can be read"}
	}
	if _, undoing := past.CutOff(); undoing || past.Outcome() == journal.RollbackFailed {
		return &refusal{"run " + name + " is being taken back", "pve2nix rollback goes on with that"}
	}
	if past.Params.Tool != tool() {
		return &refusal{fmt.Sprintf("run %s was begun by %s, this is %s", name, past.Params.Tool, tool()), "go on with that version, or pve2nix rollback"}
	}
	restarted, err := past.Restarted(ctx, c.sys)
	if err != nil {
		return err
	}
	if past.Outcome() == journal.Staged && !restarted {
		return &refusal{"run " + name + " is staged: the next start of this machine is the trial", "restart it; or pve2nix rollback"}
	}
	if restarted {
		committed, err := past.EverCommitted(ctx, c.sys)
		if err != nil {
			return err
		}
		if committed {
			return &refusal{"the trial of run " + name + " was committed: there is nothing to go on with", "start NixOS from the menu of the boot loader, or pve2nix rollback"}
		}
	}
	if err := c.stillFits(ctx, past, f); err != nil {
		return err
	}
	w, err := past.Open(c.sys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	e := past.Env(c.sys)
	word, hash := newWord()
	e.Word, e.Program = hash, c.program
	r := c.runner(e, w)
	// What goes along may have changed since it was copied, and of a database no copy can be compared.
	r.Renew = func(s plan.Step) bool { return s.Action == plan.CarryFiles{}.Kind() }
	if err := r.Resume("with another word"); err != nil {
		return err
	}
	if restarted {
		if err := r.Rearm(ctx); err != nil {
			return &convertError{err, "pve2nix rollback takes back the rest; then apply anew", exitInternal}
		}
	}
	return c.carryOut(ctx, r, word)
}

// stillFits looks at the machine as a first apply does, and refuses to go on with a run that is not for it as it is now.
func (c *converter) stillFits(ctx context.Context, past *execute.Past, f applyFlags) error {
	const back = "pve2nix rollback takes the run back; then capture, evaluate, build, and apply that"
	file := execute.RunsAt + "/" + past.Name + "/" + execute.PlanFile
	var planned plan.Plan
	if err := json.Unmarshal(past.Plan, &planned); err != nil { // it was read before
		return &refusal{file + ": " + err.Error(), back}
	}
	host, err := c.hostOf(&planned, file)
	if err != nil {
		return err
	}
	if host.Name != past.Params.Host || host.Configuration != past.Params.Configuration {
		return &refusal{fmt.Sprintf("run %s is for %s, which is not this machine", past.Name, past.Params.Host), back}
	}
	if err := execute.CheckClosure(ctx, c.sys, past.Params.Closure, past.Params.Toplevel); err != nil {
		return &refusal{fmt.Sprintf("the closure of run %s: %s", past.Name, err), "put it back to " + past.Params.Closure + "; or pve2nix rollback"}
	}
	if err := c.isBuiltFrom(ctx, host, past.Params.Closure, past.Params.Toplevel); err != nil {
		return err
	}
	before, err := snapshot.Read(bytes.NewReader(past.Snapshot), "the begin of run "+past.Name)
	if err != nil {
		return err
	}
	shape := func(*snapshot.Snapshot) {}
	if past.Took(plan.CreateRoot{}.Kind()) {
		shape = func(s *snapshot.Snapshot) { withoutRun(s, host) }
	}
	f.plan, f.snapshot = file, "run "+past.Name
	fresh, doc, _, _, err := c.planAgain(ctx, &planned, f, shape)
	if err != nil {
		return err
	}
	if host.Configuration != fresh.Configuration {
		fmt.Fprint(c.stderr, reports.Diff(snapshot.Compare(before, doc, "the begin of run "+past.Name, "this machine now")))
		return &refusal{"the host has changed since run " + past.Name + " began, and its configuration would be another one", back}
	}
	if !sameJSON(host.Steps, fresh.Steps) || !sameJSON(host.Layout, fresh.Layout) || !sameJSON(host.Boot, fresh.Boot) {
		return &refusal{"the steps of run " + past.Name + " are not those that this host gives now", back}
	}
	var refused []string
	for _, i := range fresh.Refused() {
		refused = append(refused, i.ID)
	}
	if refused == nil {
		return c.inTheWay(fresh, false)
	}
	_ = c.inTheWay(fresh, false) // it says what takes each out of the way
	slices.Sort(refused)
	return &findingsError{"in the way: " + strings.Join(slices.Compact(refused), ", "), "run again: pve2nix apply --resume; or pve2nix rollback"}
}
