// Package companion works with the companion: the clone of Proxmox VE's root that
// runs as a machine of systemd on the converted host. It looks at it, manages the
// packages in it by its own PackageKit over its own bus, sets it back to its
// start, and removes it. What runs in it is decided by rules.
package companion

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/packagekit"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// Names that the rules give it.
const (
	Name   = "companion"
	Unit   = "systemd-nspawn@" + Name + ".service"
	RootAt = "/var/lib/machines/" + Name
	// folder is what the host lays over the clone.
	folder = "/etc/companion"
	// rootMount is the mount unit of RootAt.
	rootMount = "var-lib-machines-" + Name + ".mount"
	// LayerAt is where the companion writes, above the old root, where its storage makes no clone; layerWork belongs to it. The old
	// root is mounted at oldAt.
	LayerAt   = "/var/lib/companion/upper"
	layerWork = "/var/lib/companion/work"
	oldAt     = "/var/lib/companion/old"
	oldMount  = "var-lib-companion-old.mount"
)

// Names on the bus.
const (
	machineService  = "org.freedesktop.machine1"
	machinePath     = dbus.ObjectPath("/org/freedesktop/machine1")
	machineManager  = machineService + ".Manager"
	systemdService  = "org.freedesktop.systemd1"
	systemdPath     = dbus.ObjectPath("/org/freedesktop/systemd1")
	systemdManager  = systemdService + ".Manager"
	propertyMainPID = systemdService + ".Service.MainPID"
)

// Companion is the companion of a host.
type Companion struct {
	System execute.System
	// Words are what errors of PackageKit mean, by their numbers.
	Words map[string]string
	// Tell, where set, hears what a reader may want to know while it happens.
	Tell func(text string)
	// Progress, where set, hears how far a change of packages is.
	Progress func(packagekit.Progress)
	// Dial connects to the bus of the machine with this first process; nil is the real one.
	Dial func(ctx context.Context, leader int) (execute.Bus, error)
}

// ErrNotRunning says that the companion does not run.
var ErrNotRunning = errors.New("the companion does not run")

func (c *Companion) tell(format string, args ...any) {
	if c.Tell != nil {
		c.Tell(fmt.Sprintf(format, args...))
	}
}

// withHost connects to the bus of the host for the time of f.
func (c *Companion) withHost(ctx context.Context, f func(execute.Bus) error) error {
	b, err := c.System.Bus(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(b), b.Close())
}

// within connects to the bus of the companion for the time of f.
func (c *Companion) within(ctx context.Context, f func(execute.Bus) error) error {
	leader, err := c.Leader(ctx)
	if err != nil {
		return err
	}
	dial := c.Dial
	if dial == nil {
		dial = execute.BusOf
	}
	b, err := dial(ctx, leader)
	if err != nil {
		return err
	}
	return errors.Join(f(b), b.Close())
}

// Leader is the first process of the companion, as the host numbers it: machined knows it, and where there is no machined, the unit does.
func (c *Companion) Leader(ctx context.Context) (leader int, err error) {
	err = c.withHost(ctx, func(b execute.Bus) error {
		if leader = registered(ctx, b); leader != 0 {
			return nil
		}
		main, err := mainProcess(ctx, b)
		if err != nil {
			return err
		}
		if main != 0 {
			leader = c.firstBelow(main)
		}
		if leader == 0 {
			return ErrNotRunning
		}
		return nil
	})
	return leader, err
}

// registered is the leader that machined knows; 0 where it knows none.
func registered(ctx context.Context, b execute.Bus) int {
	var object dbus.ObjectPath
	if b.Call(ctx, machineService, machinePath, machineManager+".GetMachine", []any{Name}, &object) != nil {
		return 0
	}
	v, err := b.Property(ctx, machineService, object, machineService+".Machine.Leader")
	if err != nil {
		return 0
	}
	pid, _ := v.Value().(uint32)
	return int(pid)
}

// mainProcess is systemd-nspawn itself; 0 where it does not run.
func mainProcess(ctx context.Context, b execute.Bus) (int, error) {
	var object dbus.ObjectPath
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".LoadUnit", []any{Unit}, &object); err != nil {
		return 0, fmt.Errorf("%s: %w", Unit, err)
	}
	v, err := b.Property(ctx, systemdService, object, propertyMainPID)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", Unit, err)
	}
	pid, _ := v.Value().(uint32)
	return int(pid), nil
}

// firstBelow is the child of a process that is the first of its namespace.
func (c *Companion) firstBelow(parent int) int {
	children, err := c.read(fmt.Sprintf("/proc/%d/task/%d/children", parent, parent))
	if err != nil {
		return 0
	}
	for _, child := range strings.Fields(children) {
		status, err := c.read("/proc/" + child + "/status")
		if err != nil {
			continue
		}
		for line := range strings.Lines(status) {
			ids, found := strings.CutPrefix(line, "NSpid:")
			if fields := strings.Fields(ids); found && len(fields) > 1 && fields[len(fields)-1] == "1" {
				pid, _ := strconv.Atoi(child)
				return pid
			}
		}
	}
	return 0
}

// readLimit bounds the small files that are read.
const readLimit = 1 << 20

func (c *Companion) read(name string) (string, error) {
	f, err := c.System.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(io.LimitReader(f, readLimit))
	return string(data), errors.Join(err, f.Close())
}

// UnitState is a unit of the companion.
type UnitState struct {
	Name, Active, Sub string
}

// Status is what can be said of the companion from outside.
type Status struct {
	// State is that of its unit on the host: active, inactive, failed …
	State string
	// Leader is its first process; 0 where it does not run.
	Leader int
	// Committed says that guests, and with them the companion, may start.
	Committed bool
	// Run made the clone; empty where that is not known. Clone is where it lies.
	Run   string
	Clone *plan.Clone
	// Layer says that it is no clone, but a layer above the old root.
	Layer bool
	// Units are those that it is there for.
	Units []UnitState
	// Unasked are units that run in it and that nobody has chosen: there should be none.
	Unasked []UnitState
	// PackageKit says that packages can be managed.
	PackageKit bool
}

// Status looks at the companion. It changes nothing.
func (c *Companion) Status(ctx context.Context) (*Status, error) {
	s := &Status{}
	if t, clone, err := c.made(); err == nil {
		s.Run, s.Clone = t.Run, clone
	}
	run, err := execute.CommittedRun(c.System)
	if err != nil {
		return nil, err
	}
	_, err = c.System.Lstat(execute.GuardTrial)
	s.Committed = run != "" || errors.Is(err, fs.ErrNotExist)
	s.Layer = s.Clone == nil && c.layered()
	err = c.withHost(ctx, func(b execute.Bus) (err error) {
		s.State, err = stateOf(ctx, b, Unit)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.Leader, err = c.Leader(ctx)
	if errors.Is(err, ErrNotRunning) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	return s, c.within(ctx, func(b execute.Bus) error { return c.inside(ctx, b, s) })
}

func stateOf(ctx context.Context, b execute.Bus, unit string) (string, error) {
	var object dbus.ObjectPath
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".LoadUnit", []any{unit}, &object); err != nil {
		return "", fmt.Errorf("%s: %w", unit, err)
	}
	v, err := b.Property(ctx, systemdService, object, systemdService+".Unit.ActiveState")
	if err != nil {
		return "", fmt.Errorf("%s: %w", unit, err)
	}
	state, _ := v.Value().(string)
	return state, nil
}

// loadedUnit is a unit as ListUnits has it.
type loadedUnit struct {
	Name, Description, Load, Active, Sub, Following string
	Path                                            dbus.ObjectPath
	Job                                             uint32
	JobType                                         string
	JobPath                                         dbus.ObjectPath
}

// starting are the kinds of units that do something by themselves; a mount unit may stand for a mount that nobody started.
var starting = []string{"service", "socket", "timer", "path"}

func (c *Companion) inside(ctx context.Context, b execute.Bus, s *Status) error {
	var list []loadedUnit
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".ListUnits", nil, &list); err != nil {
		return fmt.Errorf("units of the companion: %w", err)
	}
	states := map[string]UnitState{}
	for _, u := range list {
		states[u.Name] = UnitState{u.Name, u.Active, u.Sub}
	}
	wanted, err := c.wanted()
	if err != nil {
		return err
	}
	for _, name := range wanted {
		u, loaded := states[name]
		if !loaded {
			u = UnitState{name, "inactive", "dead"}
		}
		s.Units = append(s.Units, u)
	}
	for _, u := range list {
		kind := strings.TrimPrefix(path.Ext(u.Name), ".")
		if !slices.Contains(starting, kind) || u.Active != "active" && u.Active != "activating" {
			continue
		}
		prefix, _, _ := strings.Cut(strings.TrimSuffix(u.Name, "."+kind), "@")
		_, err := c.System.Lstat(path.Join(folder, "allow", kind, prefix))
		if err != nil {
			s.Unasked = append(s.Unasked, states[u.Name])
		}
	}
	slices.SortFunc(s.Unasked, func(a, b UnitState) int { return strings.Compare(a.Name, b.Name) })
	var names, activatable []string
	if err := b.Call(ctx, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ListActivatableNames", nil, &activatable); err != nil {
		return fmt.Errorf("bus of the companion: %w", err)
	}
	if err := b.Call(ctx, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ListNames", nil, &names); err != nil {
		return fmt.Errorf("bus of the companion: %w", err)
	}
	s.PackageKit = slices.Contains(activatable, packagekit.Service) || slices.Contains(names, packagekit.Service)
	return nil
}

// wanted are the units that the companion is there for.
func (c *Companion) wanted() ([]string, error) {
	text, err := c.read(path.Join(folder, "companion.target"))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(text) {
		if list, ok := strings.CutPrefix(line, "Wants="); ok {
			return strings.Fields(list), nil
		}
	}
	return nil, nil
}

// made is the run that made the clone, and where that lies.
func (c *Companion) made() (*execute.Trial, *plan.Clone, error) {
	t, err := execute.ReadTrial(c.System)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range t.Steps {
		action, err := plan.Decode(s)
		if err != nil {
			return nil, nil, err
		}
		if clone, ok := action.(plan.CloneRoot); ok {
			return t, &clone.Clone, nil
		}
	}
	return nil, nil, errors.New("the run that converted this host made no clone")
}

// Reset sets the companion back to its start: what was installed and written in its own root since is gone. Folders of the host that it works in stay as they are.
func (c *Companion) Reset(ctx context.Context) error {
	t, clone, err := c.made()
	if err != nil && c.layered() {
		return c.stopped(ctx, true, func() error { return errors.Join(c.removeLayer(), c.makeLayer()) })
	}
	if err != nil {
		return err
	}
	return c.stopped(ctx, true, func() error { return execute.ResetClone(ctx, c.System, *clone, t.Run) })
}

// Leave removes the companion and its start, if the run that converted this host has made them.
func (c *Companion) Leave(ctx context.Context) error {
	t, clone, err := c.made()
	if err != nil && c.layered() {
		return c.stopped(ctx, false, c.removeLayer)
	}
	if err != nil {
		return err
	}
	return c.stopped(ctx, false, func() error { return execute.RemoveClone(ctx, c.System, *clone, t.Run) })
}

// layered tells whether what the companion writes goes into a layer above the old root.
func (c *Companion) layered() bool {
	_, err := c.System.Lstat(LayerAt)
	return err == nil
}

func (c *Companion) removeLayer() error {
	return errors.Join(execute.RemoveTree(c.System, LayerAt), execute.RemoveTree(c.System, layerWork))
}

func (c *Companion) makeLayer() error {
	return errors.Join(c.System.Mkdir(LayerAt, 0o755), c.System.Chmod(LayerAt, 0o755), c.System.Mkdir(layerWork, 0o700))
}

// stopped carries f out while the companion does not run and its root is not mounted.
func (c *Companion) stopped(ctx context.Context, again bool, f func() error) error {
	ran := false
	err := c.withHost(ctx, func(b execute.Bus) error {
		state, err := stateOf(ctx, b, Unit)
		if err != nil {
			return err
		}
		if ran = state != "inactive" && state != "failed"; ran {
			if err := execute.StopUnit(ctx, b, Unit); err != nil {
				return err
			}
		}
		for _, m := range []struct{ at, unit string }{{RootAt, rootMount}, {oldAt, oldMount}} {
			if source, err := c.System.Mounted(m.at); err != nil || source == "" {
				if err != nil {
					return err
				}
				continue
			}
			if err := execute.StopUnit(ctx, b, m.unit); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = f()
	if !ran || !again || err != nil && !again {
		return err
	}
	return errors.Join(err, c.withHost(ctx, func(b execute.Bus) error { return execute.StartUnit(ctx, b, Unit) }))
}
