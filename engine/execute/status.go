package execute

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// StatusVersion is the value of the field "schema" of a status.
const StatusVersion = "pve2nix.status/v1"

// State is how far a conversion is.
type State string

// StillOn is something that a run has set in the cluster, and that is set still.
type StillOn struct {
	// What it is.
	What string `json:"what"`
	// End is the command that ends it.
	End string `json:"end"`
	// Unknown says why it could not be asked whether it is set.
	Unknown string `json:"unknown,omitempty"`
}

// The states of a conversion.
const (
	// NoRun: none was begun.
	NoRun State = "none"
	// Working: a process works on it now.
	Working State = "working"
	// CutOffApply and CutOffRollback: a run, or its rollback, ended halfway.
	CutOffApply    State = "cut-off"
	CutOffRollback State = "rollback-cut-off"
	// IsStaged: the next start is the trial.
	IsStaged State = "staged"
	// OnTrialNow: this is the trial.
	OnTrialNow State = "trial"
	// TrialEnded: the trial was started, and Proxmox VE is back.
	TrialEnded State = "trial-ended"
	// IsCommitted: the new system is the default.
	IsCommitted State = "committed"
	// IsRolledBack: nothing is left of it.
	IsRolledBack State = "rolled-back"
	// IsStuck: something could not be taken back.
	IsStuck State = "rollback-failed"
	// IsDamaged: the journal is not what was written.
	IsDamaged State = "damaged"
)

// Status is how far a conversion of this machine is.
type Status struct {
	Schema string `json:"schema"`
	// System is the one that runs: pve or nixos.
	System string `json:"system" schema:"enum=pve|nixos"`
	// State is how far the last run is.
	State State `json:"state" schema:"enum=none|working|cut-off|rollback-cut-off|staged|trial|trial-ended|committed|rolled-back|rollback-failed|damaged"`
	// Run is the name of that run.
	Run string `json:"run,omitempty"`
	// Step is the one at which a run was cut off, or that is being taken.
	Step string `json:"step,omitempty"`
	// Done and Steps are how many of the steps on this system are done, and how many there are.
	Done  int `json:"done"`
	Steps int `json:"steps"`
	// Left are the seconds until the trial ends by itself.
	Left int `json:"left,omitempty"`
	// Stuck are the steps that could not be taken back, and why.
	Stuck []string `json:"stuck,omitempty"`
	// StillOn is what the run has set in the cluster and nobody has ended.
	StillOn []StillOn `json:"still_on,omitempty"`
	// Detail says more.
	Detail string `json:"detail,omitempty"`
	// Next is what to do.
	Next string `json:"next"`
}

// Look says how far a conversion of this machine is. It changes nothing.
func Look(ctx context.Context, sys System) (*Status, error) {
	s := &Status{Schema: StatusVersion, System: "pve", State: NoRun, Next: "pve2nix apply converts this host"}
	if _, err := sys.Lstat("/etc/NIXOS"); err == nil {
		s.System = "nixos"
		return s, s.onNixOS(ctx, sys)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return s, s.onPVE(ctx, sys)
}

func (s *Status) onPVE(ctx context.Context, sys System) error {
	name, err := UnfinishedRun(sys)
	if err != nil {
		return err
	}
	var p *Past
	if name != "" {
		p, err = ReadPast(sys, name)
	} else {
		p, err = LastPast(sys)
	}
	if p == nil {
		return err
	}
	s.Run = p.Name
	if err != nil { // its plan is not there, or another one
		s.State, s.Detail, s.Next = IsDamaged, err.Error(), "pve2nix rollback; Proxmox VE stays the default"
		return nil
	}
	known := standings(p.Records)
	defer func() {
		switch s.State {
		case TrialEnded, CutOffApply, CutOffRollback, IsStuck, IsDamaged:
			s.StillOn = stillOn(ctx, p.Env(sys), states(known))
		}
	}()
	for _, step := range p.Steps {
		if step.Where == "pve" {
			s.Steps++
			if known[step.ID].event == journal.Done {
				s.Done++
			}
		}
	}
	if locked, err := isLocked(sys); err != nil || locked {
		s.State, s.Next = Working, "wait"
		s.Step, _ = p.CutOff()
		return err
	}
	switch {
	case p.Damage != nil && p.Outcome() != journal.RolledBack:
		s.State, s.Detail, s.Next = IsDamaged, p.Damage.Error(), "pve2nix rollback takes back what stands before the damage; Proxmox VE stays the default"
	case len(p.Records) == 0 || p.Outcome() == "" && !Unfinished(p.Records):
		s.State, s.Next = IsRolledBack, "nothing was done by it: pve2nix apply begins anew"
	case p.Outcome() == journal.RolledBack:
		s.State, s.Next = IsRolledBack, "nothing is left of it: pve2nix apply begins anew"
	case p.Outcome() == journal.RollbackFailed:
		s.State, s.Next = IsStuck, "remove the cause, then pve2nix rollback; Proxmox VE stays the default"
		s.Stuck = stuckIn(p.Records)
	case p.Outcome() == journal.Staged:
		return s.staged(ctx, sys, p)
	default:
		step, undoing := p.CutOff()
		s.State, s.Step, s.Next = CutOffApply, step, "pve2nix apply --resume goes on, pve2nix rollback takes it back; Proxmox VE is the default"
		if undoing {
			s.State, s.Next = CutOffRollback, "pve2nix rollback goes on; Proxmox VE is the default"
		}
	}
	return nil
}

func (s *Status) staged(ctx context.Context, sys System, p *Past) error {
	restarted, err := p.Restarted(ctx, sys)
	if err != nil {
		return err
	}
	if !restarted {
		s.State, s.Next = IsStaged, "restart this machine: it starts the trial; or pve2nix rollback"
		return nil
	}
	s.State = TrialEnded
	s.Detail = "the machine was restarted, and Proxmox VE runs: the trial was not committed, or Proxmox VE was chosen in the menu"
	s.Next = "pve2nix apply --resume starts another trial, pve2nix rollback takes everything back"
	return nil
}

// stuckIn are the steps that the last rollback could not take back.
func stuckIn(records []journal.Record) []string {
	stuck := map[string]string{}
	var order []string
	for _, r := range records {
		switch r.Event {
		case journal.Stuck:
			if !slices.Contains(order, r.Step) {
				order = append(order, r.Step)
			}
			stuck[r.Step] = r.Step + ": " + r.Text
		case journal.Undone:
			delete(stuck, r.Step)
		}
	}
	var out []string
	for _, id := range order {
		if stuck[id] != "" {
			out = append(out, stuck[id])
		}
	}
	return out
}

// askTimeout bounds what is asked of the cluster for a status.
const askTimeout = 30 * time.Second

// stillOn is what steps with these states have set in the cluster and is set still; what was set before a run is not its own.
func stillOn(ctx context.Context, e *Env, taken map[string]json.RawMessage) (out []StillOn) {
	for _, step := range e.Steps {
		ours, err := setByRun(taken, step.ID)
		if err == nil && !ours {
			continue
		}
		action, wrong := plan.Decode(step)
		if wrong != nil {
			continue
		}
		var found StillOn
		var isOn func(context.Context, *Env) (bool, error)
		switch a := action.(type) {
		case plan.SetCephFlag:
			found = StillOn{What: "the flag " + a.Flag + " of Ceph", End: "ceph osd unset " + a.Flag}
			isOn = setCephFlag{a}.isSet
		case plan.SetMaintenance:
			found = StillOn{What: "the maintenance of HA on " + a.Node, End: "ha-manager crm-command node-maintenance disable " + a.Node}
			isOn = setMaintenance{a}.isOn
		default:
			continue
		}
		if err == nil {
			var on bool
			asked, cancel := context.WithTimeout(ctx, askTimeout)
			on, err = isOn(asked, e)
			cancel()
			if err == nil && !on {
				continue
			}
		}
		if err != nil {
			found.Unknown = err.Error()
		}
		out = append(out, found)
	}
	return out
}

// states are those of the steps that were begun.
func states(known map[string]standing) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	for id, at := range known {
		out[id] = at.state
	}
	return out
}

func (s *Status) onNixOS(ctx context.Context, sys System) error {
	t, err := ReadTrial(sys)
	if errors.Is(err, fs.ErrNotExist) {
		s.Detail, s.Next = "this NixOS was not made by apply", "nothing"
		return nil
	}
	if err != nil {
		return err
	}
	s.Run = t.Run
	for _, step := range t.Steps {
		if step.Where == "trial" {
			s.Steps++
		}
	}
	data, err := readWhole(sys, RunsAt+"/"+t.Run+"/"+JournalFile, maxJournal)
	if ignoreMissing(err) != nil {
		return err
	}
	records, _, damage := journal.Read(data)
	for _, at := range standings(records) {
		if at.event == journal.Done {
			s.Done++
		}
	}
	outcome := ""
	for _, r := range records {
		if r.Event == journal.End {
			outcome = r.Outcome
		}
	}
	switch {
	case outcome == journal.Committed:
		s.State, s.Next = IsCommitted, "nothing; pve2nix rollback makes Proxmox VE the default again"
		s.StillOn = stillOn(ctx, t.Env(sys), t.Taken)
		for i, on := range s.StillOn {
			if strings.HasPrefix(on.End, "ha-manager ") {
				s.StillOn[i].Unknown = "the new system has no HA manager: leave it on while HA is in use, and end it on another node"
			}
		}
	case outcome == journal.RollbackFailed:
		s.State, s.Stuck, s.Next = IsStuck, stuckIn(records), "remove the cause, then pve2nix rollback"
	case outcome == journal.RolledBack:
		s.State, s.Next = IsRolledBack, "restart: Proxmox VE is the default"
	}
	if damage != nil {
		s.Detail = damage.Error()
	}
	line, err := kernelFile(sys, "/proc/cmdline")
	if err != nil {
		return err
	}
	if s.State != NoRun || TrialOf(line) != t.Run {
		if s.State == NoRun {
			s.State, s.Next = TrialEnded, "restart: Proxmox VE is the default"
			s.Detail = "the trial was not committed, and this start is no trial: nothing ends it"
		}
		return nil
	}
	up, err := kernelFile(sys, "/proc/uptime")
	if err != nil {
		return err
	}
	var seconds float64
	if _, err := fmt.Sscanf(up, "%f", &seconds); err != nil {
		return fmt.Errorf("/proc/uptime: %w", err)
	}
	s.State, s.Left = OnTrialNow, max(0, t.Deadline-int(seconds))
	s.Next = fmt.Sprintf("pve2nix commit --host ADDRESS from another machine within %s; else Proxmox VE starts again", time.Duration(s.Left)*time.Second)
	return nil
}

// kernelFile reads a file of the kernel, which has no size before it is read.
func kernelFile(f Files, name string) (string, error) {
	r, err := f.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(io.LimitReader(r, 1<<16))
	return strings.TrimSpace(string(data)), errors.Join(err, r.Close())
}

// isLocked says whether a process works on the machine now. Where there never was a lock, it makes none.
func isLocked(sys System) (bool, error) {
	if _, err := sys.Lstat(LockAt); err != nil {
		return false, ignoreMissing(err)
	}
	release, err := sys.Lock(LockAt)
	if errors.Is(err, ErrLocked) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, release()
}
