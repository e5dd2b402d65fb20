package execute

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// Names in the folder of a run, beside its journal.
const (
	PlanFile     = "plan.json"
	SnapshotFile = "snapshot.json"
	ChecksFile   = "checks.json"
	// recoveredFile takes the place of a journal that is damaged: what can be read of it, and what is done from there on.
	recoveredFile = "journal.recovered.jsonl"
)

// maxJournal bounds a journal: a run has some dozen records.
const maxJournal = 256 << 20

// Past is a run as its folder tells it.
type Past struct {
	Name    string
	Records []journal.Record
	// Torn is the length of a last line that was cut off.
	Torn int
	// Damage says where the journal is not what was written; Records are those before it. Recovered says that the journal of
	// a rollback which went on from there was read instead.
	Damage    error
	Recovered bool
	// Params are those of the run, Steps those of its plan.
	Params Params
	Steps  []plan.Step
	// Plan, Snapshot and Checks are the files that the run began with.
	Plan, Snapshot, Checks []byte
}

// ReadPast reads the folder of a run. A journal that is damaged is no error: what stands before the damage is in it.
func ReadPast(f Files, name string) (*Past, error) {
	if !runName.MatchString(name) {
		return nil, fmt.Errorf("%q is no name of a run", name)
	}
	dir := path.Join(RunsAt, name)
	p := &Past{Name: name}
	file := path.Join(dir, JournalFile)
	data, err := readWhole(f, file, maxJournal)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil // it was cut off before it had a journal, and so before it did anything
	}
	if err != nil {
		return nil, err
	}
	if p.Records, p.Torn, err = journal.Read(data); err != nil {
		p.Damage = fmt.Errorf("%s:%w", file, err)
		more, err := readWhole(f, path.Join(dir, recoveredFile), maxJournal)
		if err == nil {
			records, torn, err := journal.Read(more)
			if err == nil && len(records) >= len(p.Records) {
				p.Records, p.Torn, p.Recovered = records, torn, true
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	for _, r := range p.Records {
		if len(r.Data) == 0 {
			continue
		}
		d := json.NewDecoder(bytes.NewReader(r.Data))
		if err := d.Decode(&p.Params); err != nil {
			return nil, fmt.Errorf("%s: parameters of the run: %w", file, err)
		}
	}
	if len(p.Records) == 0 {
		return p, nil
	}
	if p.Plan, err = readFile(f, path.Join(dir, PlanFile)); err != nil {
		return p, err
	}
	if p.Snapshot, err = readWhole(f, path.Join(dir, SnapshotFile), maxJournal); err != nil {
		return p, err
	}
	if p.Checks, err = readWhole(f, path.Join(dir, ChecksFile), maxJournal); ignoreMissing(err) != nil {
		return p, err
	}
	if got := digestOf(p.Plan); got != p.Params.Plan {
		return p, fmt.Errorf("%s: is not the plan that the run began with: its SHA-256 is %s", path.Join(dir, PlanFile), got)
	}
	var whole plan.Plan
	if err := json.Unmarshal(p.Plan, &whole); err != nil {
		return p, fmt.Errorf("%s: %w", path.Join(dir, PlanFile), err)
	}
	for _, h := range whole.Hosts {
		if h.Name == p.Params.Host && h.Configuration == p.Params.Configuration {
			p.Steps = h.Steps
		}
	}
	if p.Steps == nil {
		return p, fmt.Errorf("%s: has no steps for %s", path.Join(dir, PlanFile), p.Params.Host)
	}
	return p, nil
}

// LastPast is the run that was begun last; nil where there was none.
func LastPast(f Files) (*Past, error) {
	runs, err := Runs(f)
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	return ReadPast(f, runs[len(runs)-1])
}

// UnfinishedRun is the latest run that left something that is neither committed nor taken back; "" where none did.
func UnfinishedRun(f Files) (string, error) {
	runs, err := Runs(f)
	if err != nil {
		return "", err
	}
	for i := len(runs) - 1; i >= 0; i-- {
		p, err := ReadPast(f, runs[i])
		if p == nil {
			return "", err
		}
		if Unfinished(p.Records) || p.Damage != nil && !p.Recovered {
			return p.Name, nil
		}
	}
	return "", nil
}

// KeepInputs writes into the folder of a run what it began with.
func KeepInputs(sys System, run string, planned, baseline, checks []byte) error {
	for name, data := range map[string][]byte{PlanFile: planned, SnapshotFile: baseline, ChecksFile: checks} {
		if err := writeFile(sys, path.Join(RunsAt, run, name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Env is what the steps of a run work with when it goes on, or is taken back.
func (p *Past) Env(sys System) *Env {
	return &Env{System: sys, Params: p.Params, RunID: p.Name, Dir: path.Join(RunsAt, p.Name), Baseline: p.Snapshot, Checks: p.Checks, Steps: p.Steps}
}

// Open opens the journal of the run to go on with it. Of one that is damaged, what can be read is written anew beside
// it, and the damaged one stays as it is.
func (p *Past) Open(sys System) (*journal.Writer, error) {
	if p.Damage == nil {
		return OpenRun(sys, p.Name)
	}
	dir := path.Join(RunsAt, p.Name)
	file := path.Join(dir, recoveredFile)
	if p.Recovered {
		return openJournalFile(sys, file, readWrite)
	}
	data, err := readWhole(sys, path.Join(dir, JournalFile), maxJournal)
	if err != nil {
		return nil, err
	}
	good := 0
	for range p.Records {
		good += bytes.IndexByte(data[good:], '\n') + 1
	}
	if err := writeFile(sys, file, data[:good], 0o600); err != nil {
		return nil, err
	}
	return openJournalFile(sys, file, readWrite)
}

// Outcome is that of the last record, where it is the end of a phase; "" where the run was cut off.
func (p *Past) Outcome() string {
	if len(p.Records) == 0 {
		return ""
	}
	if last := p.Records[len(p.Records)-1]; last.Event == journal.End {
		return last.Outcome
	}
	return ""
}

// CutOff is the step that was being taken, or taken back, when the run was cut off; "" between steps.
func (p *Past) CutOff() (step string, undoing bool) {
	for i := len(p.Records) - 1; i >= 0; i-- {
		switch r := p.Records[i]; r.Event {
		case journal.Intent:
			return r.Step, false
		case journal.Undoing, journal.Undone, journal.Stuck:
			return r.Step, true
		case journal.Done, journal.Failed, journal.End, journal.Begin:
			return r.Step, false
		}
	}
	return "", false
}

// Unread are the steps that the run may have taken without the records which can be read saying so: those of a damaged
// journal that its readable part has not reached.
func (p *Past) Unread() []plan.Step {
	if p.Damage == nil {
		return nil
	}
	said := map[string]bool{}
	for _, r := range p.Records {
		said[r.Step] = true
	}
	var out []plan.Step
	for _, s := range p.Steps {
		if s.Where == plan.OnPVE && !said[s.ID] {
			out = append(out, s)
		}
	}
	return out
}

// Restarted says whether the machine was started anew since the run asked for it.
func (p *Past) Restarted(ctx context.Context, sys System) (bool, error) {
	for _, s := range p.Steps {
		if s.Action != (plan.Reboot{}).Kind() || s.Where != plan.OnPVE {
			continue
		}
		at, begun := standings(p.Records)[s.ID]
		if !begun {
			return false, nil
		}
		var before rebootState
		if err := json.Unmarshal(at.state, &before); err != nil {
			return false, err
		}
		now, err := bootID(p.Env(sys))
		return now != before.BootID, err
	}
	return false, nil
}

// Took says whether a step with an action was begun, and is not taken back.
func (p *Past) Took(action string) bool {
	known := standings(p.Records)
	return slices.ContainsFunc(p.Steps, func(s plan.Step) bool {
		_, begun := known[s.ID]
		return begun && s.Action == action
	})
}

// Armed says whether the next start is the trial.
func (p *Past) Armed(ctx context.Context, sys System) (bool, error) {
	e := p.Env(sys)
	for _, s := range p.Steps {
		action, err := plan.Decode(s)
		if err != nil {
			return false, err
		}
		if arm, ok := action.(plan.ArmTrial); ok {
			way, err := bootPathOf(arm.Boot)
			if err != nil {
				return false, err
			}
			return way.armed(ctx, e) == nil, nil
		}
	}
	return false, nil
}

// EverCommitted looks into the side root from Proxmox VE, and says whether a trial of the run was committed: then the
// root has what was written since, and nobody but its owner removes it.
func (p *Past) EverCommitted(ctx context.Context, sys System) (committed bool, err error) {
	_, err = p.onSideRoot(ctx, sys, func(files Files) error {
		committed, err = committedOn(files, p.Name)
		return err
	})
	return committed, err
}

// GuestsFile is the file in the folder of a run, on the new root, that says what became of guests there.
const GuestsFile = "guests.json"

// KeepGuests writes on the new root what became of guests there.
func KeepGuests(sys System, run string, text []byte) error {
	return writeFile(sys, path.Join(RunsAt, run, GuestsFile), text, 0o600)
}

// Guests reads from Proxmox VE what the side root says of guests; nil where it says nothing.
func (p *Past) Guests(ctx context.Context, sys System) (text []byte, err error) {
	there, err := p.onSideRoot(ctx, sys, func(files Files) error {
		text, err = readWhole(files, path.Join(RunsAt, p.Name, GuestsFile), maxJournal)
		return ignoreMissing(err)
	})
	if err == nil && !there {
		err = errors.New("it has no side root")
	}
	return text, err
}

// onSideRoot mounts the side root of the run for the time of f; false where the run has none.
func (p *Past) onSideRoot(ctx context.Context, sys System, f func(Files) error) (there bool, err error) {
	e := p.Env(sys)
	known := standings(p.Records)
	for _, s := range p.Steps {
		action, err := plan.Decode(s)
		if err != nil {
			return false, err
		}
		m, ok := action.(plan.MountRoot)
		if _, begun := known[s.ID]; !ok || !begun {
			continue
		}
		root := mountRoot{m}
		if err := root.do(ctx, e, nothing{}); err != nil {
			return false, fmt.Errorf("the side root cannot be looked into: %w", err)
		}
		return true, errors.Join(withRoot(e, f), root.undo(ctx, e, nothing{}))
	}
	return false, nil
}

// committedOn says whether the journal of a trial, on the root that was tried, tells of a commit.
func committedOn(root Files, run string) (bool, error) {
	data, err := readWhole(root, path.Join(RunsAt, run, JournalFile), maxJournal)
	if err != nil {
		return false, ignoreMissing(err)
	}
	records, _, err := journal.Read(data)
	for _, r := range records {
		if r.Event == journal.End && r.Outcome == journal.Committed {
			return true, nil
		}
	}
	if err != nil {
		return false, fmt.Errorf("the journal of the trial: %w", err)
	}
	return false, nil
}

// CheckClosure refuses a folder or file that does not hold the system that was built.
func CheckClosure(ctx context.Context, sys System, closure, toplevel string) error {
	_, err := wholeClosure(ctx, &Env{System: sys, Params: Params{Closure: closure, Toplevel: toplevel}})
	return err
}

// ConfigurationOf is the configuration that a system was built of, as the outputs of eval name it; "" where it names none.
func ConfigurationOf(ctx context.Context, sys System, closure, toplevel string) (digest string, err error) {
	e := &Env{System: sys, Params: Params{Closure: closure, Toplevel: toplevel}}
	digest, err = systemText(ctx, e, plan.ConfigurationAt)
	return strings.TrimSpace(digest), ignoreMissing(err)
}
