package validate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// systemState is systemd's word for how far the boot is.
func systemState(ctx context.Context, bus introspect.Bus) (string, error) {
	const systemd = "org.freedesktop.systemd1"
	body, err := bus.Call(ctx, systemd, "/org/freedesktop/systemd1", "org.freedesktop.DBus.Properties.Get", systemd+".Manager", "SystemState")
	if err != nil {
		return "", err
	}
	if len(body) != 1 {
		return "", errors.New("SystemState: no value")
	}
	state := body[0]
	if v, ok := state.(dbus.Variant); ok {
		state = v.Value()
	}
	text, ok := state.(string)
	if !ok {
		return "", errors.New("SystemState: no text")
	}
	return text, nil
}

// hostName is the name of the host, without domain.
type hostName struct {
	Name string `json:"name"`
}

func (a hostName) subject() string  { return "" }
func (a hostName) check() error     { return named(a.Name) }
func (a hostName) expected() string { return a.Name }

func (a hostName) look(s *seen) outcome {
	if out, not := s.unknown("host"); not {
		return out
	}
	return when(s.now.Host.Name == a.Name, s.now.Host.Name)
}

// hostID is what ZFS knows a host by.
type hostID struct {
	ID string `json:"id"`
}

func (a hostID) subject() string  { return "" }
func (a hostID) check() error     { return named(a.ID) }
func (a hostID) expected() string { return a.ID }

func (a hostID) look(s *seen) outcome {
	if s.now.Host.HostID == "" {
		return s.lacks("host", "no /etc/hostid")
	}
	return when(s.now.Host.HostID == a.ID, s.now.Host.HostID)
}

// machineID is what systemd knows a host by.
type machineID struct {
	ID string `json:"id"`
}

func (a machineID) subject() string  { return "" }
func (a machineID) check() error     { return named(a.ID) }
func (a machineID) expected() string { return a.ID }

func (a machineID) look(s *seen) outcome {
	if s.now.Host.MachineID == "" {
		return s.lacks("host", "none")
	}
	return when(s.now.Host.MachineID == a.ID, s.now.Host.MachineID)
}

// unitActive is a unit that runs, or one of those that do its work.
type unitActive struct {
	Unit    string   `json:"unit"`
	Instead []string `json:"instead,omitempty"`
}

func (a unitActive) subject() string { return a.Unit }
func (a unitActive) check() error    { return named(append([]string{a.Unit}, a.Instead...)...) }
func (a unitActive) expected() string {
	return strings.Join(append([]string{a.Unit}, a.Instead...), " or ") + " active"
}

func (a unitActive) look(s *seen) outcome {
	if out, not := s.unknown("units"); not {
		return out
	}
	if s.areas["units"].Source != "systemd" {
		return skipped("systemd did not say which units run")
	}
	var states []string
	settling, there := false, false
	for _, name := range append([]string{a.Unit}, a.Instead...) {
		u, known := s.units[name]
		if !known || u.ActiveState == "" { // a file that nothing has loaded
			there = there || known
			continue
		}
		state := name + " " + u.ActiveState
		if u.SubState != "" {
			state += " (" + u.SubState + ")"
		}
		if u.ActiveState == "active" || u.ActiveState == "reloading" || u.ActiveState == "refreshing" {
			return passed(state)
		}
		settling = settling || u.ActiveState == "activating"
		states = append(states, state)
	}
	switch {
	case states != nil:
	case there:
		return failed(a.Unit + " not loaded")
	default:
		return s.lacks("units", "no such unit")
	}
	return failed(strings.Join(states, ", ")).settles(settling)
}

// noFailedUnits is that no unit failed but those that did before.
type noFailedUnits struct {
	Except []string `json:"except"`
}

func (a noFailedUnits) subject() string { return "" }
func (a noFailedUnits) check() error    { return nil }
func (a noFailedUnits) expected() string {
	if len(a.Except) == 0 {
		return "none"
	}
	return "none but " + list(a.Except)
}

func (a noFailedUnits) look(s *seen) outcome {
	if out, not := s.unknown("units"); not {
		return out
	}
	if s.areas["units"].Source != "systemd" {
		return skipped("systemd did not say which units failed")
	}
	var names []string
	for _, u := range s.now.Units {
		if u.ActiveState == "failed" && !slices.Contains(a.Except, u.Name) {
			names = append(names, u.Name)
		}
	}
	return when(len(names) == 0, list(names))
}

// user is an account of the system.
type user struct {
	Name string `json:"name"`
	UID  int    `json:"uid"`
	// GID is that of the group; absent where NixOS gives a group of its own.
	GID *int `json:"gid,omitempty"`
}

func (a user) subject() string  { return a.Name }
func (a user) check() error     { return named(a.Name) }
func (a user) expected() string { return ids(a.UID, a.GID) }

func ids(uid int, gid *int) string {
	if gid == nil {
		return fmt.Sprintf("uid %d", uid)
	}
	return fmt.Sprintf("uid %d, gid %d", uid, *gid)
}

func (a user) look(s *seen) outcome {
	for _, u := range s.now.System.Users {
		if u.Name != a.Name {
			continue
		}
		gid := &u.GID
		if a.GID == nil {
			gid = nil
		}
		return when(u.UID == a.UID && (a.GID == nil || *a.GID == u.GID), ids(u.UID, gid))
	}
	return s.lacks("system.users", "no such user")
}

// group is a group of the system with members.
type group struct {
	Name    string   `json:"name"`
	GID     int      `json:"gid"`
	Members []string `json:"members"`
}

func (a group) subject() string { return a.Name }
func (a group) check() error    { return named(a.Name) }
func (a group) expected() string {
	if len(a.Members) == 0 {
		return fmt.Sprintf("gid %d", a.GID)
	}
	return fmt.Sprintf("gid %d with %s", a.GID, list(a.Members))
}

func (a group) look(s *seen) outcome {
	for _, g := range s.now.System.Groups {
		if g.Name != a.Name {
			continue
		}
		if missing := without(a.Members, g.Members); len(missing) > 0 {
			return failed(fmt.Sprintf("gid %d without %s", g.GID, list(missing)))
		}
		return when(g.GID == a.GID, fmt.Sprintf("gid %d", g.GID))
	}
	return s.lacks("system.groups", "no such group")
}

// without are the texts of all that are not in have, sorted.
func without(all, have []string) []string {
	var out []string
	for _, name := range all {
		if !slices.Contains(have, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// authorizedKey is a public key that may log in.
type authorizedKey struct {
	User        string `json:"user"`
	Fingerprint string `json:"fingerprint"`
}

func (a authorizedKey) subject() string  { return a.User + " " + a.Fingerprint }
func (a authorizedKey) check() error     { return named(a.User, a.Fingerprint) }
func (a authorizedKey) expected() string { return "may log in as " + a.User }

func (a authorizedKey) look(s *seen) outcome {
	if slices.ContainsFunc(s.now.System.AuthorizedKeys, func(k snapshot.AuthorizedKey) bool {
		return k.User == a.User && k.Fingerprint == a.Fingerprint
	}) {
		return passed("may log in as " + a.User)
	}
	return s.lacks("system.authorized_keys", "not among the keys of "+a.User)
}

// clockSynchronized is that the kernel has its time from somewhere.
type clockSynchronized struct{}

func (a clockSynchronized) subject() string  { return "" }
func (a clockSynchronized) check() error     { return nil }
func (a clockSynchronized) expected() string { return "synchronized" }

func (a clockSynchronized) look(s *seen) outcome {
	if out, not := s.unknown("system.clock"); not {
		return out
	}
	if s.now.System.Clock.Synchronized {
		return passed("synchronized")
	}
	// Servers are asked for a while before their time is taken.
	return s.lacks("system.clock", "not synchronized").settles(true)
}

// timeZone is the zone that times are shown in.
type timeZone struct {
	Name string `json:"name"`
}

func (a timeZone) subject() string  { return "" }
func (a timeZone) check() error     { return named(a.Name) }
func (a timeZone) expected() string { return a.Name }

func (a timeZone) look(s *seen) outcome {
	if s.now.System.TimeZone == "" {
		return s.lacks("system.locale", "none")
	}
	return when(s.now.System.TimeZone == a.Name, s.now.System.TimeZone)
}

// quorate is that the node is in the part of its cluster that may change something.
type quorate struct{}

func (a quorate) subject() string  { return "" }
func (a quorate) check() error     { return nil }
func (a quorate) expected() string { return "quorate" }

func (a quorate) look(s *seen) outcome {
	if out, not := s.unknown("cluster"); not {
		return out
	}
	q := s.now.Cluster.Quorate
	switch {
	case q == nil && s.now.Capture.Mode != "live":
		return skipped("only a running host knows")
	case q == nil:
		return failed("pmxcfs does not run").settles(true)
	}
	return when(*q, map[bool]string{true: "quorate", false: "not quorate"}[*q]).settles(!*q)
}

// known is an area that the baseline knows, or does not.
type known struct {
	Area string `json:"area"`
}

func (a known) subject() string      { return a.Area }
func (a known) check() error         { return named(a.Area) }
func (a known) expected() string     { return "what the snapshot says of " + a.Area }
func (a known) look(s *seen) outcome { return passed("") }
