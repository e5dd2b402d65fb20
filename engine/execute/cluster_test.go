package execute_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
)

// units is a systemd whose units are what a test says.
type units struct {
	*faults.Machine
	state map[string]string // of a unit once it was started
	jobs  map[string]bool   // units that wait for others
	began []string
	ended []string
	ceph  error
}

func (u *units) Bus(context.Context) (execute.Bus, error) { return u, nil }

func (u *units) Run(ctx context.Context, c execute.Command) ([]byte, error) {
	if c.Name == "ceph" && u.ceph != nil {
		return nil, u.ceph
	}
	return u.Machine.Run(ctx, c)
}

func (u *units) Call(_ context.Context, _ string, _ dbus.ObjectPath, method string, args []any, reply ...any) error {
	switch method[strings.LastIndex(method, ".")+1:] {
	case "LoadUnit":
		*reply[0].(*dbus.ObjectPath) = dbus.ObjectPath("/" + args[0].(string))
	case "StartUnit":
		u.began = append(u.began, args[0].(string))
	case "StopUnit":
		u.ended = append(u.ended, args[0].(string))
		u.state[args[0].(string)] = "inactive"
		delete(u.jobs, args[0].(string))
	}
	return nil
}

func (u *units) Property(_ context.Context, _ string, path dbus.ObjectPath, name string) (dbus.Variant, error) {
	unit := string(path[1:])
	if strings.HasSuffix(name, ".Job") {
		id := uint32(0)
		if u.jobs[unit] {
			id = 7
		}
		return dbus.MakeVariant([]any{id, dbus.ObjectPath("/")}), nil
	}
	if !slices.Contains(u.began, unit) {
		return dbus.MakeVariant("inactive"), nil
	}
	return dbus.MakeVariant(u.state[unit]), nil
}

func (u *units) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	return nil, nil, errors.New("no signals")
}

func (u *units) Close() error { return nil }

func quick(t *testing.T) {
	t.Helper()
	patience, timeout := *execute.StartPatience, *execute.UnitTimeout
	*execute.StartPatience, *execute.UnitTimeout = 300*time.Millisecond, 300*time.Millisecond
	t.Cleanup(func() { *execute.StartPatience, *execute.UnitTimeout = patience, timeout })
}

// taken is an action that was carried out.
func taken(t *testing.T, e *execute.Env, action plan.Action) (execute.Actuator, json.RawMessage, error) {
	t.Helper()
	a, err := execute.For(action)
	if err != nil {
		t.Fatal(err)
	}
	state, err := a.Prepare(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	if err = a.Do(t.Context(), e, state); err == nil {
		err = a.Verify(t.Context(), e, state)
	}
	return a, state, err
}

// Guests that are slow are left on their way; what fails, or what systemd does not even try, is an error.
func TestSlowUnitsAreLeftOnTheirWay(t *testing.T) {
	quick(t)
	for _, c := range []struct {
		name  string
		state map[string]string
		jobs  map[string]bool
		fails string
	}{
		{"active", map[string]string{"a.service": "active", "b.service": "active"}, nil, ""},
		{"slow", map[string]string{"a.service": "activating", "b.service": "activating"}, nil, ""},
		{"waiting for a slow one", map[string]string{"a.service": "activating", "b.service": "inactive"}, map[string]bool{"b.service": true}, ""},
		{"failed", map[string]string{"a.service": "failed"}, nil, "a.service failed"},
		{"failed after a slow one", map[string]string{"a.service": "activating", "b.service": "failed"}, nil, "b.service failed"},
		{"not started", map[string]string{"a.service": "inactive"}, nil, "a.service is inactive, not active"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := faults.New(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			u := &units{Machine: m, state: c.state, jobs: c.jobs}
			e := &execute.Env{System: u}
			a, state, err := taken(t, e, plan.StartUnits{Units: []string{"a.service", "b.service"}})
			if c.fails == "" && err != nil || c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)) {
				t.Fatalf("%v, want %q", err, c.fails)
			}
			if c.fails != "" {
				return
			}
			if want := []string{"a.service", "b.service"}; !slices.Equal(u.began, want) {
				t.Errorf("started %v", u.began)
			}
			if err := a.Undo(t.Context(), e, state); err != nil || !slices.Equal(u.ended, []string{"b.service", "a.service"}) {
				t.Errorf("stopped %v: %v", u.ended, err)
			}
		})
	}
}

// flags are those of the stand-in's Ceph.
func flags(t *testing.T, m *faults.Machine, set ...string) (now []string) {
	t.Helper()
	if err := m.Remember(func(s *faults.Memory) error {
		if set != nil {
			s.Flags = set
		}
		now = slices.Clone(s.Flags)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return now
}

// A commit unsets the flag that the run has set, and no other.
func TestACommitEndsTheFlagOfTheRun(t *testing.T) {
	for _, c := range []struct {
		name  string
		taken map[string]json.RawMessage
		left  []string
	}{
		{"set by the run", map[string]json.RawMessage{"ceph.noout": json.RawMessage(`{"set":false}`)}, []string{"norebalance"}},
		{"set before the run", map[string]json.RawMessage{"ceph.noout": json.RawMessage(`{"set":true}`)}, []string{"norebalance", "noout"}},
		{"set by nobody that is known", nil, []string{"norebalance", "noout"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			host, err := faults.NewHost(t.TempDir(), "zfs", "systemd-boot")
			if err != nil {
				t.Fatal(err)
			}
			m := host.Machine
			flags(t, m, "norebalance", "noout")
			e := &execute.Env{System: m, Taken: c.taken}
			if _, _, err := taken(t, e, plan.EndCephFlag{Flag: "noout", Set: "ceph.noout", OSDs: []int{0}}); err != nil {
				t.Fatal(err)
			}
			if got := flags(t, m); !slices.Equal(got, c.left) {
				t.Errorf("flags are %v, want %v", got, c.left)
			}
		})
	}
}

// What a commit can do without does not take it back, and is told.
func TestACommitStandsWithoutItsOptionalSteps(t *testing.T) {
	m, err := faults.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	u := &units{Machine: m, state: map[string]string{"a.service": "active"}, ceph: errors.New("no monitor answers")}
	var steps []plan.Step
	for id, a := range map[string]plan.Action{"ceph.noout": plan.SetCephFlag{Flag: "noout"}, "a": plan.StartUnits{Units: []string{"a.service"}}, "z": plan.EndCephFlag{Flag: "noout", Set: "ceph.noout"}} {
		where := plan.OnTrial
		if id == "ceph.noout" {
			where = plan.OnPVE
		}
		s, err := plan.NewStep(id, where, a)
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, s)
	}
	slices.SortFunc(steps, func(a, b plan.Step) int { return strings.Compare(a.ID, b.ID) })
	name, w, err := execute.NewRun(u)
	if err != nil {
		t.Fatal(err)
	}
	r := &execute.Runner{Where: plan.OnTrial, Journal: w, Env: &execute.Env{
		System: u, RunID: name, Steps: steps, Taken: map[string]json.RawMessage{"ceph.noout": json.RawMessage(`{"set":false}`)},
	}}
	if err := errors.Join(r.Begin(), r.Apply(t.Context(), journal.Committed)); err != nil {
		t.Fatal(err)
	}
	records := w.Records()
	if last := records[len(records)-1]; last.Outcome != journal.Committed {
		t.Errorf("the end is %+v", last)
	}
	if !slices.ContainsFunc(records, func(r journal.Record) bool {
		return r.Event == journal.Note && strings.Contains(r.Text, "step z is not done") && strings.Contains(r.Text, "no monitor answers")
	}) {
		t.Errorf("nothing tells of the flag: %+v", records)
	}
	if len(u.ended) > 0 {
		t.Errorf("stopped %v", u.ended)
	}
}
