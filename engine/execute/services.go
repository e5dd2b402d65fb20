package execute

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/plan"
)

// Names on the system bus.
const (
	logindService  = "org.freedesktop.login1"
	logindPath     = dbus.ObjectPath("/org/freedesktop/login1")
	logindManager  = "org.freedesktop.login1.Manager"
	systemdService = "org.freedesktop.systemd1"
	systemdPath    = dbus.ObjectPath("/org/freedesktop/systemd1")
	systemdManager = "org.freedesktop.systemd1.Manager"
	systemdUnit    = "org.freedesktop.systemd1.Unit"
)

// reboot asks logind for a restart.
type reboot struct{}

// rebootState is the start of the machine that the restart ends.
type rebootState struct {
	BootID string `json:"boot_id"`
}

const bootIDFile = "/proc/sys/kernel/random/boot_id"

func bootID(e *Env) (string, error) {
	f, err := e.OpenFile(bootIDFile, readOnly, 0)
	if err != nil {
		return "", err
	}
	buf := make([]byte, 64)
	n, err := f.Read(buf)
	return strings.TrimSpace(string(buf[:n])), errors.Join(err, f.Close())
}

func (reboot) prepare(_ context.Context, e *Env) (rebootState, error) {
	id, err := bootID(e)
	return rebootState{id}, err
}

func (reboot) do(ctx context.Context, e *Env, s rebootState) error {
	if id, err := bootID(e); err != nil || id != s.BootID {
		return err // it was restarted
	}
	b, err := e.Bus(ctx)
	if err != nil {
		return err
	}
	return errors.Join(b.Call(ctx, logindService, logindPath, logindManager+".Reboot", []any{false}), b.Close())
}

// verify has nothing to see: logind took the call, and the machine goes down.
func (reboot) verify(context.Context, *Env, rebootState) error { return nil }

// undo has nothing to take back: the next start is that of PVE.
func (reboot) undo(context.Context, *Env, rebootState) error { return nil }

// startUnits starts units one after the other.
type startUnits struct{ plan.StartUnits }

// startedUnits are the ones that were not active before.
type startedUnits struct {
	Inactive []string `json:"inactive"`
}

// unitState is the ActiveState of a unit (org.freedesktop.systemd1(5)); "" where there is no such unit.
func unitState(ctx context.Context, b Bus, unit string) (string, error) {
	var path dbus.ObjectPath
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".LoadUnit", []any{unit}, &path); err != nil {
		return "", err
	}
	v, err := b.Property(ctx, systemdService, path, systemdUnit+".ActiveState")
	if err != nil {
		return "", err
	}
	state, ok := v.Value().(string)
	if !ok {
		return "", fmt.Errorf("%s: its state is no text", unit)
	}
	return state, nil
}

// withBus connects to the bus for the time of f.
func withBus(ctx context.Context, e *Env, f func(Bus) error) error {
	b, err := e.Bus(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(b), b.Close())
}

// hasJob says whether systemd has something to do for a unit yet: one that waits for others is inactive until then.
func hasJob(ctx context.Context, b Bus, unit string) (bool, error) {
	var path dbus.ObjectPath
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".LoadUnit", []any{unit}, &path); err != nil {
		return false, err
	}
	v, err := b.Property(ctx, systemdService, path, systemdUnit+".Job")
	if err != nil {
		return false, err
	}
	job, ok := v.Value().([]any)
	if !ok || len(job) == 0 {
		return false, nil
	}
	id, ok := job[0].(uint32)
	return ok && id != 0, nil
}

// onItsWay says whether a unit that is in a state is about to leave it.
func onItsWay(ctx context.Context, b Bus, unit, state string) (bool, error) {
	if state != "inactive" {
		return state == "activating" || state == "deactivating" || state == "reloading", nil
	}
	return hasJob(ctx, b, unit)
}

func (a startUnits) prepare(ctx context.Context, e *Env) (s startedUnits, err error) {
	err = withBus(ctx, e, func(b Bus) error {
		for _, u := range a.Units {
			state, err := unitState(ctx, b, u)
			if err != nil {
				return err
			}
			if state != "active" {
				s.Inactive = append(s.Inactive, u)
			}
		}
		return nil
	})
	return s, err
}

func (a startUnits) do(ctx context.Context, e *Env, s startedUnits) error {
	left := startPatience
	return withBus(ctx, e, func(b Bus) error {
		for _, u := range s.Inactive {
			if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".StartUnit", []any{u, "replace"}); err != nil {
				return fmt.Errorf("start %s: %w", u, err)
			}
			if err := waitFor(ctx, b, u, "active", &left); err != nil {
				return err
			}
		}
		return nil
	})
}

// StartUnit starts a unit and waits until it is active.
func StartUnit(ctx context.Context, b Bus, unit string) error {
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".StartUnit", []any{unit, "replace"}); err != nil {
		return fmt.Errorf("start %s: %w", unit, err)
	}
	return waitFor(ctx, b, unit, "active", nil)
}

// StopUnit stops a unit and waits until it is inactive.
func StopUnit(ctx context.Context, b Bus, unit string) error {
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".StopUnit", []any{unit, "replace"}); err != nil {
		return fmt.Errorf("stop %s: %w", unit, err)
	}
	return waitFor(ctx, b, unit, "inactive", nil)
}

var (
	// unitTimeout is how long a unit may take to become what it shall be, while systemd does not say that it is on its way:
	// one that starts guests with pauses between them takes as long as it takes.
	unitTimeout = 3 * time.Minute
	// startPatience is how long the units of a step are waited for, altogether, while they are on their way. What a commit
	// decides is which system is the default: guests that are slow do not take that back, and go on starting after it.
	startPatience = 10 * time.Minute
	// unitPoll is how often it is asked.
	unitPoll = 200 * time.Millisecond
)

// waitFor waits until a unit is in a state. One that failed does not get there. Where left is given, it is how long it is
// waited for while it is on its way; after that it is left to itself.
func waitFor(ctx context.Context, b Bus, unit, want string, left *time.Duration) error {
	waited := time.Duration(0)
	for {
		state, err := unitState(ctx, b, unit)
		switch {
		case err != nil:
			return err
		case state == want, want == "inactive" && state == "failed":
			return nil
		case state == "failed":
			return fmt.Errorf("%s failed", unit)
		}
		moves, err := onItsWay(ctx, b, unit, state)
		switch {
		case err != nil:
			return err
		case !moves:
			waited += unitPoll
		case left != nil && *left <= 0:
			return nil
		case left != nil:
			*left -= unitPoll
		}
		if waited >= unitTimeout {
			return fmt.Errorf("%s is %s, not %s", unit, state, want)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s is %s, not %s: %w", unit, state, want, ctx.Err())
		case <-time.After(unitPoll):
		}
	}
}

func (a startUnits) verify(ctx context.Context, e *Env, _ startedUnits) error {
	return withBus(ctx, e, func(b Bus) error {
		for _, u := range a.Units {
			state, err := unitState(ctx, b, u)
			if err != nil {
				return err
			}
			if state == "active" {
				continue
			}
			moves, err := onItsWay(ctx, b, u, state)
			if err != nil {
				return err
			}
			if !moves || state == "deactivating" {
				return fmt.Errorf("%s is %s", u, state)
			}
		}
		return nil
	})
}

func (a startUnits) undo(ctx context.Context, e *Env, s startedUnits) error {
	if len(s.Inactive) == 0 {
		return nil
	}
	return withBus(ctx, e, func(b Bus) error {
		for _, u := range slices.Backward(s.Inactive) {
			state, err := unitState(ctx, b, u)
			if err != nil {
				return err
			}
			queued := false
			if state == "inactive" { // what waits to be started would start after it was taken back
				if queued, err = hasJob(ctx, b, u); err != nil {
					return err
				}
			}
			if !queued && (state == "inactive" || state == "failed") {
				continue
			}
			if err := StopUnit(ctx, b, u); err != nil {
				return err
			}
		}
		return nil
	})
}

// setCephFlag sets a flag of the OSD map.
type setCephFlag struct{ plan.SetCephFlag }

// startJobs starts each of its units, whether or not the others start.
type startJobs struct{ startUnits }

func (a startJobs) do(ctx context.Context, e *Env, s startedUnits) (failed error) {
	for _, u := range s.Inactive {
		failed = errors.Join(failed, a.startUnits.do(ctx, e, startedUnits{[]string{u}}))
	}
	return failed
}

// flagState says whether the flag was set before.
type flagState struct {
	Set bool `json:"set"`
}

// osdMap is what is read of the OSD map (ceph osd dump).
type osdMap struct {
	Flags string `json:"flags"`
	OSDs  []struct {
		OSD int `json:"osd"`
		Up  int `json:"up"`
	} `json:"osds"`
}

func readOSDMap(ctx context.Context, e *Env) (m osdMap, err error) {
	out, err := e.Run(ctx, Command{Name: "ceph", Args: []string{"--connect-timeout", "20", "osd", "dump", "--format", "json"}})
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(out, &m); err != nil {
		return m, fmt.Errorf("ceph osd dump: %w", err)
	}
	return m, nil
}

func (m osdMap) has(flag string) bool { return slices.Contains(strings.Split(m.Flags, ","), flag) }

// isSet reads the OSD map's flags.
func (a setCephFlag) isSet(ctx context.Context, e *Env) (bool, error) {
	m, err := readOSDMap(ctx, e)
	return m.has(a.Flag), err
}

func (a setCephFlag) prepare(ctx context.Context, e *Env) (flagState, error) {
	set, err := a.isSet(ctx, e)
	return flagState{set}, err
}

func (a setCephFlag) do(ctx context.Context, e *Env, _ flagState) error {
	_, err := e.Run(ctx, Command{Name: "ceph", Args: []string{"--connect-timeout", "20", "osd", "set", a.Flag}})
	return err
}

func (a setCephFlag) verify(ctx context.Context, e *Env, _ flagState) error {
	set, err := a.isSet(ctx, e)
	if err == nil && !set {
		err = fmt.Errorf("the flag %s is not set", a.Flag)
	}
	return err
}

func (a setCephFlag) undo(ctx context.Context, e *Env, s flagState) error {
	if s.Set {
		return nil
	}
	if set, err := a.isSet(ctx, e); err != nil || !set {
		return err
	}
	if _, err := e.Run(ctx, Command{Name: "ceph", Args: []string{"--connect-timeout", "20", "osd", "unset", a.Flag}}); err != nil {
		return err
	}
	set, err := a.isSet(ctx, e)
	if err == nil && set {
		err = fmt.Errorf("the flag %s is still set", a.Flag)
	}
	return err
}

// endCephFlag unsets what setCephFlag has set, from the new system.
type endCephFlag struct{ plan.EndCephFlag }

// endState says whether there is something to end.
type endState struct {
	// Ours is true where the run has set the flag.
	Ours bool `json:"ours"`
}

func (a endCephFlag) prepare(_ context.Context, e *Env) (endState, error) {
	ours, err := setByRun(e.Taken, a.Set)
	return endState{ours}, err
}

// setByRun says whether a step of the run has set what it sets, and it was not set before.
func setByRun(taken map[string]json.RawMessage, step string) (bool, error) {
	state, begun := taken[step]
	if !begun {
		return false, nil
	}
	var before flagState
	if err := json.Unmarshal(state, &before); err != nil {
		return false, fmt.Errorf("state of the step %s: %w", step, err)
	}
	return !before.Set, nil
}

const (
	// osdsTimeout is how long OSDs may take to be up after their units were started.
	osdsTimeout = 5 * time.Minute
	osdsPoll    = 2 * time.Second
)

func (a endCephFlag) do(ctx context.Context, e *Env, s endState) error {
	if !s.Ours {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, osdsTimeout)
	defer cancel()
	for {
		m, err := readOSDMap(ctx, e) // it waits for the monitors
		if err != nil || !m.has(a.Flag) {
			return err
		}
		var down []string
		for _, o := range m.OSDs {
			if o.Up == 0 && slices.Contains(a.OSDs, o.OSD) {
				down = append(down, fmt.Sprintf("osd.%d", o.OSD))
			}
		}
		if down == nil {
			break
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the flag %s stays set: down are %s", a.Flag, strings.Join(down, ", "))
		case <-time.After(osdsPoll):
		}
	}
	return setCephFlag{plan.SetCephFlag{Flag: a.Flag}}.undo(ctx, e, flagState{})
}

func (a endCephFlag) verify(ctx context.Context, e *Env, s endState) error {
	if !s.Ours {
		return nil
	}
	m, err := readOSDMap(ctx, e)
	if err == nil && m.has(a.Flag) {
		err = fmt.Errorf("the flag %s is set", a.Flag)
	}
	return err
}

// undo has nothing to take back: without the flag Ceph looks after its data itself.
func (endCephFlag) undo(context.Context, *Env, endState) error { return nil }

// setMaintenance puts this node into the HA manager's maintenance mode.
type setMaintenance struct{ plan.SetMaintenance }

// isOn reads the manager's status: "lrm pve1 (maintenance mode, …)".
func (a setMaintenance) isOn(ctx context.Context, e *Env) (bool, error) {
	out, err := e.Run(ctx, Command{Name: "ha-manager", Args: []string{"status"}})
	if err != nil {
		return false, err
	}
	for line := range bytes.Lines(out) {
		if rest, ok := bytes.CutPrefix(line, []byte("lrm "+a.Node+" (")); ok {
			return bytes.HasPrefix(rest, []byte("maintenance")), nil
		}
	}
	return false, nil
}

func (a setMaintenance) prepare(ctx context.Context, e *Env) (flagState, error) {
	on, err := a.isOn(ctx, e)
	return flagState{on}, err
}

const (
	maintenanceTimeout = 5 * time.Minute
	maintenancePoll    = 2 * time.Second
)

// turn switches the mode and waits until the node's manager has followed.
func (a setMaintenance) turn(ctx context.Context, e *Env, on bool) error {
	word := map[bool]string{true: "enable", false: "disable"}[on]
	if _, err := e.Run(ctx, Command{Name: "ha-manager", Args: []string{"crm-command", "node-maintenance", word, a.Node}}); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, maintenanceTimeout)
	defer cancel()
	for {
		is, err := a.isOn(ctx, e)
		if err != nil || is == on {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s has not followed: %sd maintenance mode", a.Node, word)
		case <-time.After(maintenancePoll):
		}
	}
}

func (a setMaintenance) do(ctx context.Context, e *Env, _ flagState) error {
	if on, err := a.isOn(ctx, e); err != nil || on {
		return err
	}
	return a.turn(ctx, e, true)
}

func (a setMaintenance) verify(ctx context.Context, e *Env, _ flagState) error {
	on, err := a.isOn(ctx, e)
	if err == nil && !on {
		err = fmt.Errorf("%s is not in maintenance mode", a.Node)
	}
	return err
}

func (a setMaintenance) undo(ctx context.Context, e *Env, s flagState) error {
	if s.Set {
		return nil
	}
	if on, err := a.isOn(ctx, e); err != nil || !on {
		return err
	}
	return a.turn(ctx, e, false)
}
