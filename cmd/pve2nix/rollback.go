package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/reports"
)

func newRollbackCommand() *cobra.Command {
	var run string
	var discard bool
	cmd := &cobra.Command{
		Use:   "rollback",
		Short: "Take a conversion back",
		Long: `rollback takes back what a run of apply did, as root.

On Proxmox VE, before a commit: every step is taken back, the last one first; the side
root and what was put beside the boot files are removed, and nothing that the run did
not make is touched. It may be run again, and goes on where it was cut off.

On NixOS, after a commit: Proxmox VE becomes the default again, and starts with the next
restart. The root of NixOS stays. Changes of guests and of their configuration since the
conversion are listed: Proxmox VE does not know of them. Those of guests are kept for
pve2nix bridge configuration, which writes on Proxmox VE what their files would be.

Exit code 6 says that something could not be taken back, or that a damaged journal does
not say all that was done.`,
		Example: "  pve2nix rollback\n  pve2nix rollback --run 20260504T030000Z",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := newConverter(cmd)
			if err != nil {
				return err
			}
			return c.rollback(cmd.Context(), run, discard)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&run, "run", "", "`RUN` to take back; without it, the last one")
	cmd.Flags().BoolVar(&discard, "discard-committed-root", false, "on Proxmox VE, remove the side root even though it was committed, with all that was written to it since")
	return cmd
}

func (c *converter) rollback(ctx context.Context, name string, discard bool) error {
	// What is taken back halfway is worse than what is not: a signal does not end it.
	ctx = context.WithoutCancel(ctx)
	release, err := c.lock()
	if err != nil {
		return err
	}
	defer release()
	on, err := c.onNixOS()
	if err != nil {
		return err
	}
	if on {
		return c.rollbackOnNixOS(ctx, name)
	}
	return c.rollbackOnPVE(ctx, name, discard)
}

func (c *converter) rollbackOnPVE(ctx context.Context, name string, discard bool) (err error) {
	if name == "" {
		if name, err = execute.UnfinishedRun(c.sys); err != nil {
			return fmt.Errorf("earlier runs: %w", err)
		}
	}
	if name == "" {
		last, err := execute.LastPast(c.sys)
		if err != nil {
			return err
		}
		if last == nil {
			_, err = fmt.Fprintln(c.stdout, "there is no run: nothing to take back")
		} else {
			_, err = fmt.Fprintf(c.stdout, "run %s was taken back: nothing is left of it\n", last.Name)
		}
		return err
	}
	past, err := execute.ReadPast(c.sys, name)
	if err != nil {
		return &convertError{fmt.Errorf("run %s: %w", name, err), "Proxmox VE is untouched and stays the default", exitRollback}
	}
	switch {
	case past.Damage != nil && len(past.Records) == 0:
		return &convertError{fmt.Errorf("run %s: nothing of its journal can be read: %w", name, past.Damage),
			"Proxmox VE stays the default; look for what carries the mark pve2nix-" + name, exitRollback}
	case len(past.Records) == 0, past.Damage == nil && !execute.Unfinished(past.Records):
		_, err := fmt.Fprintf(c.stdout, "run %s: nothing of it is left to be taken back\n", name)
		return err
	}
	if restarted, err := past.Restarted(ctx, c.sys); err != nil {
		return err
	} else if restarted && !discard {
		committed, err := past.EverCommitted(ctx, c.sys)
		if err == nil && committed {
			err = errors.New("its trial was committed: the root of NixOS has what was written to it since")
		}
		if err != nil {
			return &refusal{"run " + name + ": " + err.Error(), "where Proxmox VE is not the default, run rollback on NixOS; to remove the root of NixOS all the same: --discard-committed-root"}
		}
	}
	w, err := past.Open(c.sys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	r := c.runner(past.Env(c.sys), w)
	if past.Damage != nil {
		fmt.Fprintf(c.stderr, "the journal is damaged: %s\n", past.Damage)
		fmt.Fprintf(c.stderr, "what stands before that is taken back: %d records\n", len(past.Records))
	}
	if err := r.Rollback(ctx, nil); err != nil {
		return outcomeOf(err, name)
	}
	if _, err := fmt.Fprintf(c.stdout, "run %s was taken back: Proxmox VE is as it was\nhead %s\n", name, w.Head()); err != nil {
		return err
	}
	if unread := past.Unread(); len(unread) > 0 {
		var ids string
		for _, s := range unread {
			ids += "\n  " + s.ID + ": " + s.Do
		}
		return &convertError{
			fmt.Errorf("run %s: of these steps the journal says nothing that can be read; they may have been taken, and were not taken back:%s", name, ids),
			"Proxmox VE stays the default; what each of them writes stands in its plan, " + execute.RunsAt + "/" + name + "/" + execute.PlanFile, exitRollback,
		}
	}
	return nil
}

// rollbackOnNixOS makes Proxmox VE the default again.
func (c *converter) rollbackOnNixOS(ctx context.Context, name string) (err error) {
	trial, err := execute.ReadTrial(c.sys)
	if err != nil {
		return &refusal{"this NixOS was not made by apply: " + err.Error(), ""}
	}
	if name != "" && name != trial.Run {
		return &refusal{fmt.Sprintf("run %s: this NixOS is that of run %s", name, trial.Run), "leave --run out"}
	}
	// While a trial runs, its journal is the guard's, and there is nothing to take back.
	status, err := execute.Look(ctx, c.sys)
	if err != nil {
		return err
	}
	if status.State == execute.OnTrialNow {
		_, err := fmt.Fprintf(c.stdout, "run %s is not committed: Proxmox VE is the default, and the next restart leads to it\n", trial.Run)
		return err
	}
	w, err := execute.OpenTrialRun(c.sys, trial)
	if err != nil {
		return &convertError{fmt.Errorf("run %s: %w", trial.Run, err), "choose Proxmox VE in the menu of the boot loader; its root is as it was", exitRollback}
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if !execute.Unfinished(w.Records()) && !committedIn(w.Records()) {
		_, err := fmt.Fprintf(c.stdout, "run %s is not committed: Proxmox VE is the default, and the next restart leads to it\n", trial.Run)
		return err
	}
	c.changedSince(ctx)
	c.guestsSince(ctx, trial.Run)
	r := &execute.Runner{Env: trial.Env(c.sys), Where: plan.OnTrial, Journal: w, Tell: c.tell()}
	if err := r.Rollback(ctx, nil); err != nil {
		return outcomeOf(err, trial.Run)
	}
	if err := execute.SetCommitted(c.sys, trial.Run, false); err != nil {
		return &convertError{err, "Proxmox VE is the default again; guests of NixOS may start with the next restart into NixOS", exitRollback}
	}
	_, err = fmt.Fprintf(c.stdout, "run %s: Proxmox VE is the default again; restart the machine to be there\nhead %s\n", trial.Run, w.Head())
	return err
}

// committedIn says whether the commit stands: the last end of a phase says so.
func committedIn(records []journal.Record) bool {
	for _, r := range slices.Backward(records) {
		if r.Event == journal.End {
			return r.Outcome == journal.Committed
		}
	}
	return false
}

// guestFacts are the parts of a snapshot that Proxmox VE and NixOS have alike: what was changed there is not known to the other.
var guestFacts = []string{"guests", "cluster", "access", "datacenter", "jobs", "storage", "acme", "mappings", "notifications", "metrics"}

// captureTimeout bounds the capture that a rollback makes: what it lists is worth no more.
const captureTimeout = 3 * time.Minute

// changedSince lists what was changed of guests and configuration since the conversion. That it cannot be said ends no rollback.
func (c *converter) changedSince(ctx context.Context) {
	d, err := c.compareBaseline(ctx)
	if err != nil {
		fmt.Fprintf(c.stderr, "what changed since the conversion cannot be said: %s\n", reports.Plain(err.Error()))
		return
	}
	d.Changes = slices.DeleteFunc(d.Changes, func(ch snapshot.Change) bool { return len(ch.Path) == 0 || !slices.Contains(guestFacts, ch.Path[0]) })
	d.Incomparable = slices.DeleteFunc(d.Incomparable, func(i snapshot.Incomparable) bool {
		area, _, _ := strings.Cut(i.Area, ".")
		return !slices.Contains(guestFacts, area)
	})
	if len(d.Changes) == 0 && len(d.Incomparable) == 0 {
		fmt.Fprintln(c.stderr, "no change of guests or of their configuration since the conversion was found")
		return
	}
	fmt.Fprintln(c.stderr, "changed since the conversion, which Proxmox VE does not know of:")
	fmt.Fprint(c.stderr, reports.Diff(d))
}

func (c *converter) compareBaseline(ctx context.Context) (*snapshot.Diff, error) {
	ctx, cancel := context.WithTimeout(ctx, captureTimeout)
	defer cancel()
	f, err := c.sys.OpenFile(execute.GuardBaseline, readOnly, 0)
	if err != nil {
		return nil, err
	}
	before, err := snapshot.Read(f, execute.GuardBaseline)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	s, err := c.capture(ctx)
	if err != nil {
		return nil, err
	}
	now, _, err := document(s)
	if err != nil {
		return nil, err
	}
	return snapshot.Compare(before, now, "before the conversion", "now"), nil
}
