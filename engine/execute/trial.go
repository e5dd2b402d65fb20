package execute

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// GuardCommitted is the file on the new root that says that it was committed: units that start guests wait for it.
const GuardCommitted = GuardAt + "/committed"

// trialParameter is what makes the start of a kernel a trial.
const trialParameter = "pve2nix.trial="

// TrialOf returns the run that a command line of the kernel is a trial of; "" where it is none.
func TrialOf(commandLine string) string {
	run := ""
	for _, w := range strings.Fields(commandLine) {
		if value, ok := strings.CutPrefix(w, trialParameter); ok {
			run = value // the last one counts, as the kernel has it
		}
	}
	return run
}

// ReadTrial reads what the guard of a trial knows, strictly.
func ReadTrial(f Files) (*Trial, error) {
	data, err := readFile(f, GuardTrial)
	if err != nil {
		return nil, err
	}
	t, err := decodeTrial(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", GuardTrial, err)
	}
	return t, nil
}

func decodeTrial(data []byte) (*Trial, error) {
	var t Trial
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return nil, err
	}
	if !runName.MatchString(t.Run) {
		return nil, fmt.Errorf("%q is no name of a run", t.Run)
	}
	if key, err := hex.DecodeString(t.Word); err != nil || len(key) != 32 {
		return nil, errors.New("the hash of the word is no SHA-256")
	}
	if t.Deadline <= 0 {
		return nil, fmt.Errorf("a deadline of %d seconds", t.Deadline)
	}
	for _, s := range t.Steps {
		if _, err := plan.Decode(s); err != nil {
			return nil, err
		}
	}
	return &t, nil
}

// Env is what the steps of the trial work with.
func (t *Trial) Env(sys System) *Env {
	return &Env{System: sys, Params: t.Params, RunID: t.Run, Dir: path.Join(RunsAt, t.Run), Steps: t.Steps, Taken: t.Taken}
}

// Disarm takes back the choice of the trial for the next start, wherever it was
// written: a boot loader clears it on the ESP that it was read from, and no other.
func Disarm(ctx context.Context, e *Env) error {
	var out error
	for _, s := range e.Steps {
		action, err := plan.Decode(s)
		if err != nil {
			return err
		}
		if arm, ok := action.(plan.ArmTrial); ok {
			way, err := bootPathOf(arm.Boot)
			if err == nil {
				err = way.disarm(ctx, e)
			}
			out = errors.Join(out, err)
		}
	}
	return out
}

// SetCommitted writes or removes the file that lets guests start.
func SetCommitted(f Files, run string, committed bool) error {
	if !committed {
		if err := ignoreMissing(f.Remove(GuardCommitted)); err != nil {
			return err
		}
		return f.SyncDir(GuardAt)
	}
	return writeFile(f, GuardCommitted, []byte(run+"\n"), 0o600)
}

// CommittedRun is the run whose commit was begun on this root; "" where none was.
func CommittedRun(f Files) (string, error) {
	data, err := readFile(f, GuardCommitted)
	return strings.TrimSpace(string(data)), ignoreMissing(err)
}

// OpenTrialRun opens the journal of the trial on the new root, and makes it with
// its first record where it is not there. previous is the head of the journal on PVE.
func OpenTrialRun(sys System, t *Trial) (*journal.Writer, error) {
	dir := path.Join(RunsAt, t.Run)
	if _, err := makeDirs(sys, dir, 0o700); err != nil {
		return nil, err
	}
	flag := readWrite
	switch _, err := sys.Lstat(path.Join(dir, JournalFile)); {
	case errors.Is(err, fs.ErrNotExist):
		flag = createNew
	case err != nil:
		return nil, err
	}
	w, err := openJournal(sys, dir, flag)
	if err != nil || len(w.Records()) > 0 {
		return w, err
	}
	data, err := json.Marshal(struct {
		Params
		// Continues is the head of the journal on PVE when the guard was put into the side root.
		Continues string `json:"continues,omitempty"`
	}{t.Params, t.Continues})
	if err != nil {
		return nil, err
	}
	return w, w.Append(journal.Record{Event: journal.Begin, Run: t.Run, Data: data})
}
