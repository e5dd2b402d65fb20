package guard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// finishBound is how long the devices that the boot loader is on may take to come up.
const finishBound = 2 * time.Minute

// Finish closes the journal of a commit that a power cut ended: the system was
// started as the default, and nothing is left to do but to see that and say it.
// It does nothing on a system whose commit has ended, or was never begun.
func Finish(ctx context.Context, sys execute.System, retry time.Duration) (text string, err error) {
	trial, err := execute.ReadTrial(sys)
	if err != nil {
		return "", err
	}
	w, err := execute.OpenTrialRun(sys, trial)
	if err != nil {
		return "", err
	}
	begun, ended := commitIn(w.Records())
	switch {
	case ended:
		return "committed", nil
	case !begun:
		return "this system was started without a trial, and is not committed: guests are not started", nil
	}
	env := trial.Env(sys)
	for until := time.Now().Add(finishBound); ; {
		if err = isDefault(ctx, env, w.Records()); err == nil {
			break
		}
		if time.Now().After(until) {
			return "", fmt.Errorf("a commit was cut off, and the default of the boot loader is not this system: %w", err)
		}
		select {
		case <-ctx.Done():
			return "", errors.Join(err, ctx.Err())
		case <-time.After(retry):
		}
	}
	const what = "a commit was cut off after the default was changed; the system has started as the default"
	err = errors.Join(
		w.Append(journal.Record{Event: journal.Resume, Text: what}),
		execute.SetCommitted(sys, trial.Run, true),
		w.Append(journal.Record{Event: journal.End, Outcome: journal.Committed}),
	)
	return what, err
}

// isDefault sees with the step of the plan itself that the new system is the default.
func isDefault(ctx context.Context, env *execute.Env, records []journal.Record) error {
	for _, s := range env.Steps {
		action, err := plan.Decode(s)
		if err != nil {
			return err
		}
		if _, ok := action.(plan.SetDefault); !ok {
			continue
		}
		a, err := execute.For(action)
		if err != nil {
			return err
		}
		for _, r := range records {
			if r.Event == journal.Intent && r.Step == s.ID {
				return a.Verify(ctx, env, r.State)
			}
		}
		return errors.New("the default was not changed yet")
	}
	return errors.New("the plan changes no default")
}
