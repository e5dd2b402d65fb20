package introspect

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// distributionUnits are the directories where packages put their units.
var distributionUnits = []string{"/lib/systemd/system", "/usr/lib/systemd/system"}

// isLocalUnit says whether a unit is not, or not only, what a package brought.
func isLocalUnit(u snapshot.Unit) bool {
	return isLocalFile(u.FragmentPath) || slices.ContainsFunc(u.DropIns, isLocalFile)
}

func isLocalFile(file string) bool {
	return file != "" && !slices.ContainsFunc(distributionUnits, func(dir string) bool { return strings.HasPrefix(file, dir+"/") })
}

// wantsDetail says whether it matters what a unit does: one that runs, failed, is to start or is not a package's alone.
func wantsDetail(u snapshot.Unit) bool {
	switch {
	case u.FileState == "alias", u.FileState == "masked", u.FileState == "masked-runtime", u.LoadState == "masked", u.FragmentPath == "":
		return false
	case isOfTable(u):
		return false
	case slices.Contains([]string{"enabled", "enabled-runtime", "linked", "linked-runtime", "generated", "transient"}, u.FileState):
		return true
	case slices.Contains([]string{"active", "reloading", "activating", "failed"}, u.ActiveState):
		return true
	}
	return isLocalUnit(u)
}

// isOfTable says whether a generator made a unit of a line of fstab or crypttab. The line is the fact, and its secrets are
// known there; in the unit, a password is any word of a command.
func isOfTable(u snapshot.Unit) bool {
	if !strings.HasPrefix(u.FragmentPath, generatedUnits) {
		return false
	}
	setup, instance, _ := strings.Cut(u.Name, "setup@")
	return !strings.HasSuffix(u.Name, ".service") || instance != "" && strings.HasPrefix(setup, "systemd-")
}

// properties are the properties of one interface of an object.
type properties map[string]dbus.Variant

// allProperties reads them in one call.
func allProperties(ctx context.Context, bus Bus, service string, object dbus.ObjectPath, iface string) (properties, error) {
	ctx, cancel := context.WithTimeout(ctx, busTimeout)
	defer cancel()
	body, err := bus.Call(ctx, service, object, getProperties, iface)
	if err != nil {
		return nil, fmt.Errorf("properties of %s: %w", iface, err)
	}
	var all map[string]dbus.Variant
	if err := dbus.Store(body, &all); err != nil {
		return nil, fmt.Errorf("properties of %s: %w", iface, err)
	}
	return all, nil
}

// store puts the value of a property into a variable of its type.
func (p properties) store(name string, into any) error {
	value, found := p[name]
	if !found {
		return fmt.Errorf("%s: no such property", name)
	}
	if err := value.Store(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// units reads a list of units, without those that only stand for who is logged in.
func (p properties) units(name string) ([]string, error) {
	var all []string
	if err := p.store(name, &all); err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(unit string) bool { return !strings.HasSuffix(unit, ".device") && isRuntimeOnly(unit) })
	slices.Sort(all)
	return slices.Compact(all), nil
}

// executed is an element of the properties ExecStart and its like.
type executed struct {
	Path                             string
	Arguments                        []string
	IgnoreFailure                    bool
	Started, StartedM, Ended, EndedM uint64
	PID                              uint32
	Code, Status                     int32
}

// loadedDetail is what systemd says of a unit that it has loaded. of are the properties of the unit, own those of its
// type, nil where the type has none that count.
func loadedDetail(u snapshot.Unit, of, own properties) (*snapshot.UnitDetail, error) {
	detail := &snapshot.UnitDetail{}
	var failures []error
	failed := func(err error) {
		if err != nil {
			failures = append(failures, err)
		}
	}
	for _, list := range []struct {
		name string
		into *[]string
	}{
		{"After", &detail.After}, {"Wants", &detail.Wants}, {"Requires", &detail.Requires},
		{"Conflicts", &detail.Conflicts}, {"Triggers", &detail.Triggers},
	} {
		units, err := of.units(list.name)
		failed(err)
		*list.into = units
	}
	for _, name := range []string{"WantedBy", "RequiredBy", "UpheldBy"} {
		units, err := of.units(name)
		if name != "UpheldBy" { // not in systemd before 249
			failed(err)
		}
		for _, unit := range units {
			if !isRuntimeOnly(unit) && !slices.Contains(detail.WantedBy, unit) {
				detail.WantedBy = append(detail.WantedBy, unit)
			}
		}
	}
	slices.Sort(detail.WantedBy)
	switch path.Ext(u.Name) {
	case ".service":
		failed(own.store("User", &detail.User))
		failed(own.store("Group", &detail.Group))
		failed(loadedCommands(detail, u, own, formats.UnitCommandSettings))
	case ".socket":
		var pairs []struct{ Kind, Address string }
		failed(own.store("Listen", &pairs))
		for _, pair := range pairs {
			detail.Listen = append(detail.Listen, strings.ToLower(pair.Kind)+" "+pair.Address)
		}
		failed(loadedCommands(detail, u, own, []string{"ExecStartPre", "ExecStartPost", "ExecStopPost"}))
	case ".timer":
		var calendar []struct {
			Base, Time string
			Next       uint64
		}
		failed(own.store("TimersCalendar", &calendar))
		for _, timer := range calendar {
			detail.Timers = append(detail.Timers, formats.CalendarTimer(timer.Base, timer.Time))
		}
		var monotonic []struct {
			Base       string
			Span, Next uint64
		}
		failed(own.store("TimersMonotonic", &monotonic))
		for _, timer := range monotonic {
			detail.Timers = append(detail.Timers, formats.MonotonicTimer(timer.Base, timer.Span))
		}
		slices.Sort(detail.Timers)
	}
	return detail, errors.Join(failures...)
}

// loadedCommands adds the commands of the settings.
func loadedCommands(detail *snapshot.UnitDetail, u snapshot.Unit, own properties, settings []string) error {
	for _, when := range settings {
		if _, found := own[when]; !found && when == "ExecCondition" { // not in systemd before 243
			continue
		}
		var commands []executed
		if err := own.store(when, &commands); err != nil {
			return err
		}
		for _, command := range commands {
			detail.Commands = append(detail.Commands,
				formats.UnitCommand(u.FragmentPath, when, command.Path, command.Arguments[min(1, len(command.Arguments)):]))
		}
	}
	return nil
}

// ownInterface is the interface of a type of units that has properties that count.
func ownInterface(name string) string {
	switch path.Ext(name) {
	case ".service":
		return systemd + ".Service"
	case ".socket":
		return systemd + ".Socket"
	case ".timer":
		return systemd + ".Timer"
	}
	return ""
}

// addSettings reads the files of a unit that is not a package's alone.
func (s *unitSearch) addSettings(u *snapshot.Unit) {
	u.Detail.Settings = formats.UnitSettings(s.sources(*u))
	for i, command := range u.Detail.Commands {
		if command.Secret == nil {
			continue
		}
		// systemd does not say which of the files a command is from.
		for _, setting := range u.Detail.Settings {
			if _, name, _ := strings.Cut(setting.Key, "."); name == command.When && setting.Secret != nil {
				u.Detail.Commands[i].Secret.Path = setting.Secret.Path
			}
		}
	}
}

// sources reads the unit file and the drop-ins of a unit.
func (s *unitSearch) sources(u snapshot.Unit) []formats.UnitSource {
	var out []formats.UnitSource
	for _, file := range append([]string{u.FragmentPath}, u.DropIns...) {
		data, known := s.texts[file]
		if !known {
			var err error
			if data, err = s.capture.read(file); err != nil {
				s.area.problem(file, err)
				continue
			}
			s.texts[file] = data
		}
		out = append(out, formats.UnitSource{Path: file, Data: data})
	}
	return out
}

// detailOfFiles is the detail of a unit that systemd has not loaded.
func (s *unitSearch) detailOfFiles(u *snapshot.Unit) {
	sources := s.sources(*u)
	if len(sources) == 0 || sources[0].Path != u.FragmentPath {
		return
	}
	facts := formats.Unit(u.Name, sources)
	s.linkDetail(u.Name, &facts.Detail)
	u.Detail = &facts.Detail
	if isLocalUnit(*u) {
		s.addSettings(u)
	}
}

// linkDetail adds what the directories of links say: a.service.wants/b.service is as good as Wants= in a.service.
func (s *unitSearch) linkDetail(name string, detail *snapshot.UnitDetail) {
	links := s.dependencyLinks()
	add := func(list *[]string, units []string) {
		*list = append(*list, units...)
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	add(&detail.Wants, links.wants[name])
	add(&detail.Requires, links.requires[name])
	add(&detail.WantedBy, links.wantedBy[name])
}

// unitLinks are the links in the directories .wants, .requires and .upholds of units.
type unitLinks struct {
	wants, requires, wantedBy map[string][]string
}

func (s *unitSearch) dependencyLinks() *unitLinks {
	if s.links != nil {
		return s.links
	}
	s.links = &unitLinks{map[string][]string{}, map[string][]string{}, map[string][]string{}}
	for _, dir := range unitDirs {
		for _, entry := range s.entries[dir] {
			kind := path.Ext(entry.Name())
			of := strings.TrimSuffix(entry.Name(), kind)
			if !isUnitName(of) || !slices.Contains([]string{".wants", ".requires", ".upholds"}, kind) {
				continue
			}
			for _, member := range s.area.directory(dir + "/" + entry.Name()) {
				switch kind {
				case ".wants":
					s.links.wants[of] = append(s.links.wants[of], member)
				case ".requires":
					s.links.requires[of] = append(s.links.requires[of], member)
				}
				s.links.wantedBy[member] = append(s.links.wantedBy[member], of)
			}
		}
	}
	return s.links
}
