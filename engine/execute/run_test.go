package execute_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
)

// script is what the actuators of a test do: they note what they are asked for, and fail where they are told to.
type script struct {
	said  []string
	fails map[string]int // "do b" → how many times
	done  map[string]bool
}

func (s *script) say(what, step string) error {
	s.said = append(s.said, what+" "+step)
	if s.fails[what+" "+step] > 0 {
		s.fails[what+" "+step]--
		return errors.New("told to fail")
	}
	return nil
}

// scripted is the actuator of a flag of Ceph, whose name is the step.
type scripted struct {
	s    *script
	step string
}

func (a scripted) Prepare(context.Context, *execute.Env) (json.RawMessage, error) {
	return json.RawMessage(`{"of":"` + a.step + `"}`), a.s.say("prepare", a.step)
}

func (a scripted) state(state json.RawMessage) error {
	if string(state) != `{"of":"`+a.step+`"}` {
		return fmt.Errorf("the state of %s is %s", a.step, state)
	}
	return nil
}

func (a scripted) Do(_ context.Context, _ *execute.Env, state json.RawMessage) error {
	if err := errors.Join(a.state(state), a.s.say("do", a.step)); err != nil {
		return err
	}
	a.s.done[a.step] = true
	return nil
}

func (a scripted) Verify(_ context.Context, _ *execute.Env, state json.RawMessage) error {
	if !a.s.done[a.step] {
		return errors.Join(a.state(state), errors.New("it is not done"))
	}
	return errors.Join(a.state(state), a.s.say("verify", a.step))
}

func (a scripted) Undo(_ context.Context, _ *execute.Env, state json.RawMessage) error {
	if err := errors.Join(a.state(state), a.s.say("undo", a.step)); err != nil {
		return err
	}
	a.s.done[a.step] = false
	return nil
}

// running is a run of three steps, whose actions differ by their unit's name.
type running struct {
	*script
	m    *faults.Machine
	name string
	r    *execute.Runner
}

var threeSteps = []string{"a", "b", "c"}

func begin(t *testing.T, fails map[string]int) *running {
	t.Helper()
	m, err := faults.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	run := &running{script: &script{fails: fails, done: map[string]bool{}}, m: m}
	name, w, err := execute.NewRun(m)
	if err != nil {
		t.Fatal(err)
	}
	run.name = name
	run.runner(t, w)
	if err := run.r.Begin(); err != nil {
		t.Fatal(err)
	}
	return run
}

func (r *running) runner(t *testing.T, w *journal.Writer) {
	t.Helper()
	var steps []plan.Step
	for _, id := range append(threeSteps, "elsewhere") {
		where := plan.OnPVE
		if id == "elsewhere" {
			where = plan.OnTrial
		}
		s, err := plan.NewStep(id, where, plan.StartUnits{Units: []string{id + ".service"}})
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, s)
	}
	r.r = &execute.Runner{
		Env: &execute.Env{System: r.m, RunID: r.name, Steps: steps}, Where: plan.OnPVE, Journal: w,
		Actuators: func(a plan.Action) (execute.Actuator, error) {
			return scripted{r.script, strings.TrimSuffix(a.(plan.StartUnits).Units[0], ".service")}, nil
		},
	}
}

// again opens the run in another process.
func (r *running) again(t *testing.T) {
	t.Helper()
	r.m = r.m.Again()
	w, err := execute.OpenRun(r.m, r.name)
	if err != nil {
		t.Fatal(err)
	}
	r.said = nil
	r.runner(t, w)
}

// events are those of the journal, "intent a".
func (r *running) events() (out []string) {
	for _, e := range r.r.Journal.Records() {
		out = append(out, strings.TrimSpace(string(e.Event)+" "+e.Step+e.Outcome))
	}
	return out
}

func TestStepsAreTakenInOrderAndAnnounced(t *testing.T) {
	r := begin(t, nil)
	if err := r.r.Apply(context.Background(), journal.Staged); err != nil {
		t.Fatal(err)
	}
	want := []string{"begin", "intent a", "done a", "intent b", "done b", "intent c", "done c", "end staged"}
	if d := cmp.Diff(want, r.events()); d != "" {
		t.Error(d)
	}
	if err := r.r.Rollback(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(append(want, "undoing c", "undone c", "undoing b", "undone b", "undoing a", "undone a", "end rolled-back"), r.events()); d != "" {
		t.Error(d)
	}
	// Twice does no harm, and what was taken back does not begin again in the same journal.
	said := len(r.said)
	if err := r.r.Rollback(context.Background(), nil); err != nil || len(r.said) != said {
		t.Errorf("%v %q", err, r.said[said:])
	}
	if err := r.r.Apply(context.Background(), journal.Staged); err == nil || !strings.Contains(err.Error(), "taken back") || len(r.said) != said {
		t.Errorf("%v %q", err, r.said[said:])
	}
}

// A step that fails is taken back, and those before it; the ones behind it were never begun.
func TestAFailureIsTakenBack(t *testing.T) {
	for _, what := range []string{"prepare b", "do b", "verify b"} {
		r := begin(t, map[string]int{what: 1})
		err := r.r.Apply(context.Background(), journal.Staged)
		var back *execute.RolledBackError
		var step *execute.StepError
		if !errors.As(err, &back) || !errors.As(err, &step) || step.Step != "b" {
			t.Fatalf("%s: %v", what, err)
		}
		if r.done["a"] || r.done["b"] || slices.Contains(r.said, "prepare c") {
			t.Errorf("%s: %v %q", what, r.done, r.said)
		}
		if slices.Contains(r.said, "undo b") == (what == "prepare b") {
			t.Errorf("%s: %q", what, r.said)
		}
	}
}

// A run that is cut off behind any record goes on from there, or is taken back from there; what was done and is seen to be is not done again.
func TestARunGoesOnBehindEachRecord(t *testing.T) {
	whole := begin(t, nil)
	if err := whole.r.Apply(context.Background(), journal.Staged); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(whole.m.Dir(), execute.RunsAt, whole.name, execute.JournalFile)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(data), "\n")
	for n := 1; n < len(lines)-1; n++ {
		for _, torn := range []string{"", lines[n][:len(lines[n])/2], strings.Repeat("\x00", 200) + "\n"} {
			for _, resume := range []bool{true, false} {
				if err := os.WriteFile(file, []byte(strings.Join(lines[:n], "")+torn), 0o600); err != nil {
					t.Fatal(err)
				}
				whole.again(t)
				clear(whole.done)
				begun := map[string]bool{}
				for _, r := range whole.r.Journal.Records() {
					if r.Event == journal.Done {
						whole.done[r.Step] = true
					}
					if r.Step != "" {
						begun[r.Step] = true
					}
				}
				finished := len(whole.done)
				if !resume {
					if err := whole.r.Rollback(context.Background(), nil); err != nil || whole.done["a"] || whole.done["b"] || whole.done["c"] {
						t.Errorf("behind %d: %v %v", n, err, whole.done)
					}
					for _, s := range threeSteps {
						if slices.Contains(whole.said, "undo "+s) != begun[s] {
							t.Errorf("behind %d: %q, begun %v", n, whole.said, begun)
						}
					}
					continue
				}
				if err := whole.r.Apply(context.Background(), journal.Staged); err != nil {
					t.Fatalf("behind %d: %v", n, err)
				}
				did := slices.DeleteFunc(slices.Clone(whole.said), func(s string) bool { return !strings.HasPrefix(s, "do ") })
				if len(did) != len(threeSteps)-finished {
					t.Errorf("behind %d: %q", n, whole.said)
				}
				for _, s := range threeSteps {
					if begun[s] && slices.Contains(whole.said, "prepare "+s) {
						t.Errorf("behind %d: %s was prepared again: what it finds now is its own work", n, s)
					}
				}
			}
		}
	}
}

// What cannot be taken back is named, the rest is taken back, and the next rollback goes on with it.
func TestARollbackThatFailsGoesOn(t *testing.T) {
	r := begin(t, map[string]int{"do c": 1, "undo b": 1})
	err := r.r.Apply(context.Background(), journal.Staged)
	var stuck *execute.RollbackError
	if !errors.As(err, &stuck) || len(stuck.Stuck) != 1 || stuck.Stuck[0].Step != "b" || stuck.Cause == nil || stuck.Hint() == "" {
		t.Fatal(err)
	}
	if r.done["a"] || !r.done["b"] {
		t.Errorf("%v", r.done)
	}
	if events := r.events(); events[len(events)-1] != "end rollback-failed" || !execute.Unfinished(r.r.Journal.Records()) {
		t.Errorf("%q", events)
	}
	r.again(t)
	if err := r.r.Apply(context.Background(), journal.Staged); err == nil || slices.Contains(r.said, "do b") {
		t.Errorf("a run that is half taken back went on: %v %q", err, r.said)
	}
	r.again(t)
	if err := r.r.Rollback(context.Background(), nil); err != nil || r.done["b"] || execute.Unfinished(r.r.Journal.Records()) {
		t.Errorf("%v %v", err, r.done)
	}
}

// Without its journal nothing is begun; what was begun is taken back also where the journal cannot be written any more, and the next rollback has it once more.
func TestAJournalThatCannotBeWritten(t *testing.T) {
	for at := 1; ; at++ {
		r := begin(t, nil)
		r.m.Break(faults.Fault{At: at, Kind: faults.NoSpace, When: faults.Inside})
		err := r.r.Apply(context.Background(), journal.Staged)
		if !r.m.Struck() {
			if at < 12 {
				t.Fatalf("the run has %d operations", at)
			}
			return
		}
		if err == nil {
			t.Fatalf("operation %d failed, and nobody saw it", at)
		}
		for _, s := range threeSteps {
			if r.done[s] {
				t.Errorf("operation %d: %s was not taken back: %v", at, s, err)
			}
		}
		r.m.Repair()
		r.again(t)
		if err := r.r.Rollback(context.Background(), nil); err != nil {
			t.Errorf("operation %d: %v", at, err)
		}
		if execute.Unfinished(r.r.Journal.Records()) {
			t.Errorf("operation %d: %q", at, r.events())
		}
	}
}

// A plan that lacks a step of the journal is not the plan of the run: what it has is taken back, and the rest is named.
func TestAnotherPlanDoesNotForgetSteps(t *testing.T) {
	r := begin(t, nil)
	if err := r.r.Apply(context.Background(), journal.Staged); err != nil {
		t.Fatal(err)
	}
	r.again(t)
	r.r.Env.Steps = slices.Delete(r.r.Env.Steps, 1, 2)
	err := r.r.Rollback(context.Background(), nil)
	var stuck *execute.RollbackError
	if !errors.As(err, &stuck) || len(stuck.Stuck) != 1 || stuck.Stuck[0].Step != "b" || r.done["a"] || r.done["c"] || !r.done["b"] {
		t.Errorf("%v %v", err, r.done)
	}
	if !execute.Unfinished(r.r.Journal.Records()) {
		t.Error("the run counts as taken back")
	}
}

func TestNamesOfRuns(t *testing.T) {
	r := begin(t, nil)
	for _, name := range []string{"", "..", "../x", "20260504T030001Z/..", "20260504"} {
		if _, err := execute.OpenRun(r.m, name); err == nil {
			t.Errorf("%q was opened", name)
		}
	}
	if _, err := execute.OpenRun(r.m, "20200101T000000Z"); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	runs, err := execute.Runs(r.m)
	if err != nil || !slices.Equal(runs, []string{r.name}) {
		t.Errorf("%v %v", runs, err)
	}
	if err := os.WriteFile(filepath.Join(r.m.Dir(), execute.RunsAt, r.name, execute.JournalFile), []byte("{}\n{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var broken *journal.Error
	if _, err := execute.OpenRun(r.m, r.name); !errors.As(err, &broken) {
		t.Error(err)
	}
}
