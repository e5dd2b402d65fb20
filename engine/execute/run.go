package execute

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// Params are what a run knows beside its plan; they stand in its first record.
type Params struct {
	// Host, Snapshot and Configuration are those of the plan; Plan is the SHA-256 of the file.
	Host          string `json:"host"`
	Snapshot      string `json:"snapshot"`
	Configuration string `json:"configuration"`
	Plan          string `json:"plan"`
	// Tool is the version of this program.
	Tool string `json:"tool"`
	// Toplevel is the system that was built: a path in /nix/store. Closure is where it comes from: a root that has it in
	// its nix/store, with the database of that store, a file of nix-store --export, or the folder of a binary cache.
	Toplevel string `json:"toplevel"`
	Closure  string `json:"closure"`
	// Deadline is how many seconds a trial may take until it is committed.
	Deadline int `json:"deadline"`
	// Word is the SHA-256 of the word that commits the trial, in hexadecimal.
	Word string `json:"word"`
	// Program is this program's own file.
	Program string `json:"program"`
}

// Env is what an actuator works with.
type Env struct {
	System
	Params
	// RunID is the name of the run, Dir its folder on the machine.
	RunID, Dir string
	// Baseline is the snapshot of the host before the conversion.
	Baseline []byte
	// Checks are what validate holds the trial against, made from that snapshot; nil holds it against nothing.
	Checks []byte
	// Steps are those of the plan.
	Steps []plan.Step
	// Head is the head of the journal when the step at hand was begun.
	Head string
	// Taken are the states of the steps that were taken before, by their ids; those of the trial have the ones of PVE, too.
	Taken map[string]json.RawMessage
	// Progress, where set, hears how far a step is that takes long.
	Progress func(text string)
}

// Actuator carries one action out. All four methods may be called again after they were cut off anywhere.
type Actuator interface {
	// Prepare looks and writes nothing. What it returns is in the journal before Do is called, and is all that Undo has.
	Prepare(ctx context.Context, e *Env) (state json.RawMessage, err error)
	// Do does it, in whole or what is still missing of it.
	Do(ctx context.Context, e *Env, state json.RawMessage) error
	// Verify sees that it was done.
	Verify(ctx context.Context, e *Env, state json.RawMessage) error
	// Undo takes back what Do did in whole, in part or not at all, and sees that it is gone. What Do did not make, it does not touch.
	Undo(ctx context.Context, e *Env, state json.RawMessage) error
}

// stateful is an actuator with a typed state.
type stateful[S any] interface {
	prepare(ctx context.Context, e *Env) (S, error)
	do(ctx context.Context, e *Env, s S) error
	verify(ctx context.Context, e *Env, s S) error
	undo(ctx context.Context, e *Env, s S) error
}

type typed[S any] struct{ a stateful[S] }

// actuator makes an Actuator of one with a typed state.
func actuator[S any](a stateful[S]) Actuator { return typed[S]{a} }

func (t typed[S]) Prepare(ctx context.Context, e *Env) (json.RawMessage, error) {
	s, err := t.a.prepare(ctx, e)
	if err != nil {
		return nil, err
	}
	return json.Marshal(s)
}

func (t typed[S]) with(state json.RawMessage, f func(S) error) error {
	var s S
	d := json.NewDecoder(bytes.NewReader(state))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return fmt.Errorf("state in the journal: %w", err)
	}
	return f(s)
}

func (t typed[S]) Do(ctx context.Context, e *Env, state json.RawMessage) error {
	return t.with(state, func(s S) error { return t.a.do(ctx, e, s) })
}

func (t typed[S]) Verify(ctx context.Context, e *Env, state json.RawMessage) error {
	return t.with(state, func(s S) error { return t.a.verify(ctx, e, s) })
}

func (t typed[S]) Undo(ctx context.Context, e *Env, state json.RawMessage) error {
	return t.with(state, func(s S) error { return t.a.undo(ctx, e, s) })
}

// Runner carries the steps of a run out and takes them back.
type Runner struct {
	Env *Env
	// Where is the system that it works on: plan.OnPVE or plan.OnTrial. Steps of the other are left alone.
	Where   string
	Journal *journal.Writer
	// Actuators finds the actuator of an action; nil is For.
	Actuators func(plan.Action) (Actuator, error)
	// Renew, where set, says which steps are carried out again even though they are done.
	Renew func(plan.Step) bool
	// Tell, where set, hears what happens, as it is written into the journal.
	Tell func(journal.Record)
}

// StepError says which step failed, and why.
type StepError struct {
	Step string
	Err  error
}

func (e *StepError) Error() string { return fmt.Sprintf("step %s: %s", e.Step, e.Err) }
func (e *StepError) Unwrap() error { return e.Err }

// RolledBackError says that a run failed and everything that it did was taken back.
type RolledBackError struct{ Cause error }

func (e *RolledBackError) Error() string { return e.Cause.Error() + "; rolled back" }
func (e *RolledBackError) Unwrap() error { return e.Cause }

// RollbackError says what could not be taken back. Each can be tried again.
type RollbackError struct {
	// Cause is why the run was taken back; nil where it was asked for.
	Cause error
	Stuck []*StepError
}

func (e *RollbackError) Error() string {
	var list []string
	if e.Cause != nil {
		list = append(list, e.Cause.Error())
	}
	for _, s := range e.Stuck {
		list = append(list, "could not be taken back: "+s.Error())
	}
	return strings.Join(list, "\n")
}

// Hint says what to do.
func (e *RollbackError) Hint() string {
	return "Proxmox VE is untouched and stays the default; remove the cause and run rollback again: it goes on where it stopped"
}

// standing is how far a step is.
type standing struct {
	event journal.Event // "" where the step was not begun
	state json.RawMessage
}

// standings says how far each step is, as the journal has it.
func standings(records []journal.Record) map[string]standing {
	out := map[string]standing{}
	for _, r := range records {
		switch r.Event {
		case journal.Intent:
			out[r.Step] = standing{r.Event, r.State}
		case journal.Done, journal.Failed, journal.Undoing, journal.Stuck:
			out[r.Step] = standing{r.Event, out[r.Step].state}
		case journal.Undone:
			delete(out, r.Step)
		}
	}
	return out
}

func (r *Runner) append(record journal.Record) error {
	if err := r.Journal.Append(record); err != nil {
		return err
	}
	if r.Tell != nil {
		records := r.Journal.Records()
		r.Tell(records[len(records)-1])
	}
	return nil
}

func (r *Runner) actuator(s plan.Step) (Actuator, error) {
	action, err := plan.Decode(s)
	if err != nil {
		return nil, err
	}
	find := r.Actuators
	if find == nil {
		find = For
	}
	return find(action)
}

// Begin writes the first record of a journal.
func (r *Runner) Begin() error {
	data, err := json.Marshal(r.Env.Params)
	if err != nil {
		return err
	}
	return r.append(journal.Record{Event: journal.Begin, Run: r.Env.RunID, Data: data})
}

// Apply takes every step of this system that is not done yet, in order. Where
// one fails, all are taken back, and the error is a *RolledBackError or a *RollbackError.
func (r *Runner) Apply(ctx context.Context, outcome string) error {
	cause := r.forward(ctx)
	if cause == nil {
		cause = r.append(journal.Record{Event: journal.End, Outcome: outcome})
	}
	if cause == nil {
		return nil
	}
	if err := r.Rollback(context.WithoutCancel(ctx), cause); err != nil {
		return err
	}
	return &RolledBackError{cause}
}

func (r *Runner) forward(ctx context.Context) error {
	records := r.Journal.Records()
	if n := len(records); n > 0 && records[n-1].Event == journal.End && records[n-1].Outcome == journal.RolledBack {
		return errors.New("this run was taken back: a new one is to be begun")
	}
	known := standings(records)
	for _, s := range r.Env.Steps {
		if s.Where != r.Where {
			continue
		}
		if err := r.step(ctx, s, known[s.ID]); err != nil {
			if !optional(s) {
				return &StepError{s.ID, err}
			}
			if err := r.append(journal.Record{Event: journal.Note, Text: fmt.Sprintf("step %s is not done, and the run goes on: %s", s.ID, err)}); err != nil {
				return &StepError{s.ID, err}
			}
		}
	}
	return nil
}

// optional says whether a run goes on without a step.
func optional(s plan.Step) bool {
	action, err := plan.Decode(s)
	_, is := action.(plan.Optional)
	return err == nil && is
}

// step takes one step, or what is missing of it.
func (r *Runner) step(ctx context.Context, s plan.Step, at standing) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a, err := r.actuator(s)
	if err != nil {
		return err
	}
	switch at.event {
	case "":
		r.Env.Head = r.Journal.Head()
		r.Env.Taken = maps.Clone(r.Env.Taken)
		for id, before := range standings(r.Journal.Records()) {
			if r.Env.Taken == nil {
				r.Env.Taken = map[string]json.RawMessage{}
			}
			r.Env.Taken[id] = before.state
		}
		state, err := a.Prepare(ctx, r.Env)
		if err != nil {
			return err
		}
		if err := r.append(journal.Record{Event: journal.Intent, Step: s.ID, State: state, Text: s.Do + absentFrom(state)}); err != nil {
			return err
		}
		at.state = state
	case journal.Intent, journal.Failed:
	case journal.Done:
		if (r.Renew == nil || !r.Renew(s)) && a.Verify(ctx, r.Env, at.state) == nil {
			return nil
		}
	default:
		return errors.New("it is being taken back: finish the rollback first")
	}
	err = a.Do(ctx, r.Env, at.state)
	if err == nil {
		err = a.Verify(ctx, r.Env, at.state)
	}
	if err != nil {
		return errors.Join(err, r.append(journal.Record{Event: journal.Failed, Step: s.ID, Text: err.Error()}))
	}
	return r.append(journal.Record{Event: journal.Done, Step: s.ID})
}

// absentFrom says what the state of a step has as not there.
func absentFrom(state json.RawMessage) string {
	var said carryState
	if json.Unmarshal(state, &said) != nil || len(said.Absent) == 0 {
		return ""
	}
	return "; not on this host, and left out: " + strings.Join(said.Absent, ", ")
}

// Resume writes that the run goes on in this process, with the parameters of its Env.
func (r *Runner) Resume(text string) error {
	data, err := json.Marshal(r.Env.Params)
	if err != nil {
		return err
	}
	return r.append(journal.Record{Event: journal.Resume, Text: text, Data: data})
}

// Rearm takes back what led to a trial that was not committed, so that Apply leads to another one: the choice of the
// new system for one start, and the side root, on which that trial has written, with all that was put into it. What the
// cluster was told stays: the host goes away again.
func (r *Runner) Rearm(ctx context.Context) error {
	first := slices.IndexFunc(r.Env.Steps, func(s plan.Step) bool { return s.Where == r.Where && s.Action == plan.CreateRoot{}.Kind() })
	if first < 0 {
		return errors.New("the plan has no side root")
	}
	known := standings(r.Journal.Records())
	for _, s := range slices.Backward(r.Env.Steps[first:]) {
		at, begun := known[s.ID]
		told := s.Action == plan.SetCephFlag{}.Kind() || s.Action == plan.SetMaintenance{}.Kind()
		if s.Where != r.Where || !begun || told {
			continue
		}
		if err := r.append(journal.Record{Event: journal.Undoing, Step: s.ID, Text: s.Undo}); err != nil {
			return err
		}
		if err := r.undo(ctx, s, at.state); err != nil {
			return &StepError{s.ID, err}
		}
		if err := r.append(journal.Record{Event: journal.Undone, Step: s.ID}); err != nil {
			return err
		}
	}
	return nil
}

// undoTimeout bounds the undo of one step.
const undoTimeout = 10 * time.Minute

// Rollback takes every step of this system back, the last one first. It goes on
// where a step cannot be taken back, and where the journal cannot be written:
// undoing is driven by what was written before, and may be repeated. cause is
// why, nil where it was asked for. The error is a *RollbackError.
func (r *Runner) Rollback(ctx context.Context, cause error) error {
	known := standings(r.Journal.Records())
	var stuck []*StepError
	var unwritten error
	write := func(record journal.Record) {
		if err := r.append(record); err != nil {
			unwritten = err
		}
	}
	// What the journal has and the plan has not cannot be taken back, and must not be forgotten.
	for _, id := range slices.Sorted(maps.Keys(known)) {
		if !slices.ContainsFunc(r.Env.Steps, func(s plan.Step) bool { return s.ID == id }) {
			stuck = append(stuck, &StepError{id, errors.New("the journal has it, the plan has no such step: it is not the plan of this run")})
		}
	}
	for _, s := range slices.Backward(r.Env.Steps) {
		at, begun := known[s.ID]
		if s.Where != r.Where || !begun {
			continue
		}
		write(journal.Record{Event: journal.Undoing, Step: s.ID, Text: s.Undo})
		if err := r.undo(ctx, s, at.state); err != nil {
			stuck = append(stuck, &StepError{s.ID, err})
			write(journal.Record{Event: journal.Stuck, Step: s.ID, Text: err.Error()})
			continue
		}
		write(journal.Record{Event: journal.Undone, Step: s.ID})
	}
	if err := r.unmountAll(); err != nil {
		stuck = append(stuck, &StepError{"mounts", err})
	}
	if len(stuck) > 0 {
		write(journal.Record{Event: journal.End, Outcome: journal.RollbackFailed})
		return &RollbackError{cause, stuck}
	}
	write(journal.Record{Event: journal.End, Outcome: journal.RolledBack})
	if unwritten != nil {
		return &RollbackError{cause, []*StepError{{"journal", unwritten}}}
	}
	return nil
}

// unmountAll unmounts what a step mounts for a moment, where it was cut off in that moment.
func (r *Runner) unmountAll() (err error) {
	for _, at := range []string{espAt, topAt} {
		source, failed := r.Env.Mounted(at)
		if failed == nil && source != "" {
			failed = r.Env.Unmount(at)
		}
		err = errors.Join(err, failed)
	}
	return err
}

func (r *Runner) undo(ctx context.Context, s plan.Step, state json.RawMessage) error {
	a, err := r.actuator(s)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, undoTimeout)
	defer cancel()
	return a.Undo(ctx, r.Env, state)
}

// RunsAt is where the folders of the runs are.
const RunsAt = plan.StateAt + "/runs"

// runName is what the name of a run looks like: the time at which it began.
var runName = regexp.MustCompile(`^[0-9]{8}T[0-9]{6}Z$`)

// NewRun makes the folder of a run and opens its journal. The name is the time.
func NewRun(sys System) (name string, w *journal.Writer, err error) {
	name = sys.Now().UTC().Format("20060102T150405Z")
	dir := path.Join(RunsAt, name)
	if found, err := exists(sys, dir); err != nil || found {
		return "", nil, errors.Join(err, fmt.Errorf("%s: is there already", dir))
	}
	if _, err := makeDirs(sys, dir, 0o700); err != nil {
		return "", nil, err
	}
	w, err = openJournal(sys, dir, createNew)
	return name, w, err
}

// OpenRun opens the journal of a run that was begun.
func OpenRun(sys System, name string) (*journal.Writer, error) {
	if !runName.MatchString(name) {
		return nil, fmt.Errorf("%q is no name of a run", name)
	}
	return openJournal(sys, path.Join(RunsAt, name), readWrite)
}

// JournalFile is the name of the journal in the folder of a run.
const JournalFile = "journal.jsonl"

func openJournal(sys System, dir string, flag int) (w *journal.Writer, err error) {
	return openJournalFile(sys, path.Join(dir, JournalFile), flag)
}

func openJournalFile(sys System, name string, flag int) (w *journal.Writer, err error) {
	f, err := sys.OpenFile(name, flag, 0o600)
	if err != nil {
		return nil, err
	}
	if w, err = readJournal(sys, name, f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

func readJournal(sys System, name string, f File) (*journal.Writer, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := sys.SyncDir(path.Dir(name)); err != nil {
		return nil, err
	}
	return journal.Open(f, info.Size(), sys.Now)
}

// Runs are the names of all runs of a machine, the oldest first.
func Runs(f Files) ([]string, error) {
	entries, err := f.ReadDir(RunsAt)
	if err != nil {
		return nil, ignoreMissing(err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() && runName.MatchString(e.Name()) {
			out = append(out, e.Name())
		}
	}
	slices.Sort(out)
	return out, nil
}

// Unfinished says whether a run left something that is neither committed nor taken back.
func Unfinished(records []journal.Record) bool {
	if len(records) == 0 {
		return false
	}
	last := records[len(records)-1]
	if last.Event == journal.End && (last.Outcome == journal.RolledBack || last.Outcome == journal.Committed) {
		return false
	}
	return len(standings(records)) > 0 || last.Event != journal.Begin
}
