package execute

import (
	"context"
	"encoding/json"
	"path"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// Names in the folder of the guard on the new root.
const (
	GuardAt       = plan.StateAt + "/guard"
	GuardProgram  = GuardAt + "/pve2nix"
	GuardTrial    = GuardAt + "/trial.json"
	GuardBaseline = GuardAt + "/snapshot.json"
)

// Trial is what the guard of a trial knows: the file GuardTrial on the new root.
type Trial struct {
	Params
	// Run is the name of the run that made the trial; the kernel's parameters name the same.
	Run string `json:"run"`
	// Steps are those of the plan; the guard takes the ones for the trial.
	Steps []plan.Step `json:"steps"`
}

// installGuard puts into the side root what ends a trial.
type installGuard struct{}

func (installGuard) prepare(_ context.Context, e *Env) (nothing, error) {
	_, err := e.Lstat(e.Program)
	return nothing{}, err
}

// guardFile is a small file of the guard.
type guardFile struct {
	name string
	data []byte
}

func (installGuard) files(e *Env) ([]guardFile, error) {
	trial, err := json.MarshalIndent(Trial{Params: e.Params, Run: e.RunID, Steps: e.Steps}, "", "  ")
	if err != nil {
		return nil, err
	}
	return []guardFile{{GuardTrial, append(trial, '\n')}, {GuardBaseline, e.Baseline}}, nil
}

func (a installGuard) do(ctx context.Context, e *Env, _ nothing) error {
	files, err := a.files(e)
	if err != nil {
		return err
	}
	return withRoot(e, func(root Files) error {
		if _, err := makeDirs(root, path.Dir(plan.StateAt), 0o755); err != nil {
			return err
		}
		if _, err := makeDirs(root, GuardAt, 0o700); err != nil {
			return err
		}
		if err := copyTree(ctx, e, e.Program, root, GuardProgram, how{mode: 0o755, root: true}); err != nil {
			return err
		}
		for _, f := range files {
			if err := writeFile(root, f.name, f.data, 0o600); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a installGuard) verify(_ context.Context, e *Env, _ nothing) error {
	files, err := a.files(e)
	if err != nil {
		return err
	}
	return withRoot(e, func(root Files) error {
		if err := sameTree(e, e.Program, root, GuardProgram, how{mode: 0o755, root: true}); err != nil {
			return err
		}
		for _, f := range files {
			if err := holds(root, f.name, f.data); err != nil {
				return err
			}
		}
		return nil
	})
}

// undo leaves what was written: it goes with the side root.
func (installGuard) undo(context.Context, *Env, nothing) error { return nil }
