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
	// GuardChecks is what validate holds the trial against; it is missing where the trial is held against nothing.
	GuardChecks = GuardAt + "/checks.json"
)

// Trial is what the guard of a trial knows: the file GuardTrial on the new root.
type Trial struct {
	Params
	// Run is the name of the run that made the trial; the kernel's parameters name the same.
	Run string `json:"run"`
	// Steps are those of the plan; the guard takes the ones for the trial.
	Steps []plan.Step `json:"steps"`
	// Continues is the head of PVE's journal when the guard was installed: the journal of the trial goes on from there.
	Continues string `json:"continues,omitempty"`
	// Taken are the states of the steps that the run took on PVE before, by their ids: a commit ends what they began in the cluster.
	Taken map[string]json.RawMessage `json:"taken,omitempty"`
}

// installGuard puts into the side root what ends a trial.
type installGuard struct{}

// guardState is what the guard is told of the run so far.
type guardState struct {
	// Head is the head of the journal.
	Head string `json:"head,omitempty"`
	// Taken are the states of what it has set in the cluster.
	Taken map[string]json.RawMessage `json:"taken,omitempty"`
}

func (installGuard) prepare(_ context.Context, e *Env) (guardState, error) {
	_, err := e.Lstat(e.Program)
	s := guardState{Head: e.Head}
	for _, step := range e.Steps {
		state, taken := e.Taken[step.ID]
		if taken && (step.Action == plan.SetCephFlag{}.Kind() || step.Action == plan.SetMaintenance{}.Kind()) {
			if s.Taken == nil {
				s.Taken = map[string]json.RawMessage{}
			}
			s.Taken[step.ID] = state
		}
	}
	return s, err
}

// guardFile is a small file of the guard.
type guardFile struct {
	name string
	data []byte
}

func (installGuard) files(e *Env, s guardState) ([]guardFile, error) {
	trial, err := json.MarshalIndent(Trial{Params: e.Params, Run: e.RunID, Steps: e.Steps, Continues: s.Head, Taken: s.Taken}, "", "  ")
	if err != nil {
		return nil, err
	}
	files := []guardFile{{GuardTrial, append(trial, '\n')}, {GuardBaseline, e.Baseline}}
	if e.Checks != nil {
		files = append(files, guardFile{GuardChecks, e.Checks})
	}
	return files, nil
}

func (a installGuard) do(ctx context.Context, e *Env, s guardState) error {
	files, err := a.files(e, s)
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

func (a installGuard) verify(_ context.Context, e *Env, s guardState) error {
	files, err := a.files(e, s)
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
func (installGuard) undo(context.Context, *Env, guardState) error { return nil }
