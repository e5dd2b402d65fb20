package introspect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	systemd        = "org.freedesktop.systemd1"
	systemdPath    = dbus.ObjectPath("/org/freedesktop/systemd1")
	systemdManager = systemd + ".Manager"
	systemdUnit    = systemd + ".Unit"
	getProperty    = "org.freedesktop.DBus.Properties.Get"

	// unitWorkers ask for properties at once: systemd answers one after the other,
	// more would only queue.
	unitWorkers = 8
)

// collectUnits takes the units from systemd, or, without it, from the unit files.
func collectUnits(c *capture) {
	a := c.area("units", sourceSystemd)
	service, err := c.service(systemd)
	if err == nil {
		var units []snapshot.Unit
		if units, err = loadedUnits(c, a, service.bus); err == nil {
			c.out.Units = units
			return
		}
	}
	units, found := unitsFromFiles(c, a)
	if !found {
		a.unknown(systemd, err)
		return
	}
	a.Source = sourceFile
	// Whether a unit runs, and whether systemd could load it, is not in the files.
	a.problem(systemd, err)
	c.out.Units = units
}

// listedUnit is an element of the answer of ListUnits.
type listedUnit struct {
	Name, Description, LoadState, ActiveState, SubState, Following string
	Object                                                         dbus.ObjectPath
	JobID                                                          uint32
	JobType                                                        string
	JobObject                                                      dbus.ObjectPath
}

// listedFile is an element of the answer of ListUnitFiles.
type listedFile struct {
	Path, State string
}

// loadedUnits asks systemd for all units that it has loaded or has a file of.
func loadedUnits(c *capture, a *area, bus Bus) ([]snapshot.Unit, error) {
	var listed []listedUnit
	if err := systemdCall(c.ctx, bus, "ListUnits", &listed); err != nil {
		return nil, err
	}
	var files []listedFile
	if err := systemdCall(c.ctx, bus, "ListUnitFiles", &files); err != nil {
		return nil, err
	}
	listed = slices.DeleteFunc(listed, func(u listedUnit) bool { return isRuntimeOnly(u.Name) })
	units := make([]snapshot.Unit, len(listed))
	failures := make([]error, len(listed))
	var wait sync.WaitGroup
	// A systemd that no longer answers is not asked about the other units.
	var unanswered atomic.Bool
	next := make(chan int)
	for range unitWorkers {
		wait.Go(func() {
			for i := range next {
				if unanswered.Load() {
					units[i], failures[i] = listed[i].unit(), errUnanswered
					continue
				}
				units[i], failures[i] = describeUnit(c.ctx, bus, listed[i])
				if errors.Is(failures[i], context.DeadlineExceeded) {
					unanswered.Store(true)
				}
			}
		})
	}
	for i := range listed {
		next <- i
	}
	close(next)
	wait.Wait()

	seen := map[string]bool{}
	for i, u := range listed {
		seen[u.Name] = true
		if failures[i] != nil {
			a.problem(u.Name, failures[i])
		}
	}
	units = slices.DeleteFunc(units, isImplied)
	search := newUnitSearch(c, a)
	for _, file := range files {
		name := path.Base(file.Path)
		if seen[name] || isRuntimeOnly(name) {
			continue
		}
		seen[name] = true
		units = append(units, snapshot.Unit{
			Name: name, FileState: file.State, FragmentPath: file.Path, DropIns: search.dropIns(name),
		})
	}
	for i := range units {
		switch u := &units[i]; {
		case u.Detail == nil && wantsDetail(*u): // not loaded, or systemd did not say
			search.detailOfFiles(u)
		case u.Detail != nil && isLocalUnit(*u):
			search.addSettings(u)
		}
	}
	slices.SortFunc(units, func(a, b snapshot.Unit) int { return cmp.Compare(a.Name, b.Name) })
	return units, nil
}

// systemdCall calls a method of the manager that takes nothing and returns one value.
func systemdCall(ctx context.Context, bus Bus, method string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, busTimeout)
	defer cancel()
	body, err := bus.Call(ctx, systemd, systemdPath, systemdManager+"."+method)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	if err := dbus.Store(body, into); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	return nil
}

// unit is what the list says of a unit.
func (u listedUnit) unit() snapshot.Unit {
	unit := snapshot.Unit{Name: u.Name, LoadState: u.LoadState, ActiveState: u.ActiveState, SubState: u.SubState}
	if u.Description != u.Name { // systemd's stand-in for a unit without one
		unit.Description = u.Description
	}
	return unit
}

// describeUnit asks for what ListUnits does not say. A unit that systemd has
// dropped since it was listed keeps what the list said.
func describeUnit(ctx context.Context, bus Bus, listed listedUnit) (snapshot.Unit, error) {
	unit := listed.unit()
	of, err := allProperties(ctx, bus, systemd, listed.Object, systemdUnit)
	if err != nil {
		return unit, err
	}
	for _, wanted := range []struct {
		name string
		into any
	}{
		{"FragmentPath", &unit.FragmentPath},
		{"DropInPaths", &unit.DropIns},
		{"UnitFileState", &unit.FileState},
	} {
		if err := of.store(wanted.name, wanted.into); err != nil {
			return unit, err
		}
	}
	if unit.LoadState != "loaded" || !wantsDetail(unit) {
		return unit, nil
	}
	var own properties
	if iface := ownInterface(unit.Name); iface != "" {
		if own, err = allProperties(ctx, bus, systemd, listed.Object, iface); err != nil {
			return unit, err
		}
	}
	detail, err := loadedDetail(unit, of, own)
	if err != nil {
		return unit, err
	}
	unit.Detail = detail
	return unit, nil
}

// isRuntimeOnly says whether a unit stands for something that the kernel or a
// session made: devices and scopes are not configuration, nor is who is logged in.
func isRuntimeOnly(name string) bool {
	if strings.HasSuffix(name, ".device") || strings.HasSuffix(name, ".scope") {
		return true
	}
	// systemd mounts the credentials of a service while it starts, and forgets the unit when it likes.
	if strings.HasPrefix(name, "run-credentials-") && strings.HasSuffix(name, ".mount") {
		return true
	}
	for _, session := range [][2]string{
		{"user-", ".slice"}, {"user@", ".service"}, {"user-runtime-dir@", ".service"},
	} {
		uid, found := strings.CutPrefix(name, session[0])
		if uid, ends := strings.CutSuffix(uid, session[1]); found && ends && isNumber(uid) {
			return true
		}
	}
	return false
}

// isImplied says whether systemd made a unit by itself, without a file, because
// something is mounted or swapped to, or because another unit is in a slice. What is
// mounted is a fact of the storage.
func isImplied(u snapshot.Unit) bool {
	return u.LoadState == "loaded" && u.FragmentPath == "" &&
		slices.Contains([]string{".mount", ".swap", ".slice"}, path.Ext(u.Name))
}
