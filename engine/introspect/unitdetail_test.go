package introspect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// askedUnit is what ListUnits says of a unit.
func askedUnit(name, load, object string) []any {
	return []any{name, "Description of " + name, load, "active", "running", "", dbus.ObjectPath(object), uint32(0), "", dbus.ObjectPath("/")}
}

// propertiesOf answers the question for all properties of an interface of an object.
func propertiesOf(answers map[string]any, object, iface string, of map[string]any) {
	all := map[string]dbus.Variant{}
	for name, value := range of {
		all[name] = dbus.MakeVariant(value)
	}
	answers[strings.Join([]string{object, getProperties, iface}, " ")] = all
}

// unitOf are properties that every unit has.
func unitOf(fragment, state string, more map[string]any) map[string]any {
	of := map[string]any{"FragmentPath": fragment, "UnitFileState": state}
	for _, list := range []string{"DropInPaths", "After", "Wants", "Requires", "Conflicts", "Triggers", "WantedBy", "RequiredBy"} {
		of[list] = []string{}
	}
	for name, value := range more {
		of[name] = value
	}
	return of
}

// command is an element of ExecStart as the library decodes it.
func command(words ...string) []any {
	return []any{words[0], words, false, uint64(0), uint64(0), uint64(0), uint64(0), uint32(0), int32(0), int32(0)}
}

// serviceOf are properties that every service has.
func serviceOf(commands ...[]any) map[string]any {
	of := map[string]any{"User": "", "Group": "", "ExecStart": commands}
	for _, when := range []string{"ExecStartPre", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost"} {
		of[when] = [][]any{}
	}
	return of
}

func TestUnitsOfTheRunningHost(t *testing.T) {
	answers := map[string]any{
		systemdManager + ".ListUnits": [][]any{
			askedUnit("ssh.service", "loaded", "/ssh"), askedUnit("gone.service", "loaded", "/gone"), askedUnit("home.mount", "not-found", "/home"),
			askedUnit("mnt.mount", "loaded", "/mnt"), askedUnit("nas.mount", "loaded", "/nas"), askedUnit("system.slice", "loaded", "/slice"),
			askedUnit("sda.device", "loaded", "/sda"), askedUnit("session-1.scope", "loaded", "/scope"),
			askedUnit("user@0.service", "loaded", "/user"), askedUnit("user-0.slice", "loaded", "/user"), askedUnit("user-runtime-dir@0.service", "loaded", "/user"),
		},
		systemdManager + ".ListUnitFiles": [][]any{
			{"/lib/systemd/system/ssh.service", "enabled"}, {"/lib/systemd/system/getty@.service", "static"},
			{"/etc/systemd/system/x.service", "masked"}, {"/lib/systemd/system/user@.service", "static"},
		},
	}
	propertiesOf(answers, "/ssh", systemdUnit, unitOf("/lib/systemd/system/ssh.service", "enabled", map[string]any{
		"After": []string{"network.target", "basic.target", "session-1.scope", "dev-a.device"}, "WantedBy": []string{"multi-user.target", "dev-a.device"},
		"RequiredBy": []string{"a.target", "multi-user.target"},
	}))
	propertiesOf(answers, "/ssh", systemd+".Service", serviceOf(command("/usr/sbin/sshd", "-D")))
	propertiesOf(answers, "/nas", systemdUnit, unitOf("/lib/systemd/system/nas.mount", "disabled", nil))
	for _, object := range []string{"/home", "/mnt", "/slice"} {
		propertiesOf(answers, object, systemdUnit, unitOf("", "", nil))
	}
	s := captureWithBus(t, map[string]string{"lib/systemd/system/getty@.service.d/b.conf": "[Unit]\n", "lib/systemd/system/service.d/a.conf": "[Unit]\n"},
		&scriptedBus{answers: answers}, nil)
	running := snapshot.Unit{LoadState: "loaded", ActiveState: "active", SubState: "running", DropIns: []string{}}
	ssh, gone, nas, home := running, running, running, running
	ssh.Name, ssh.Description, ssh.FileState = "ssh.service", "Description of ssh.service", "enabled"
	ssh.FragmentPath = "/lib/systemd/system/ssh.service"
	ssh.Detail = &snapshot.UnitDetail{
		After: []string{"basic.target", "dev-a.device", "network.target"}, WantedBy: []string{"a.target", "multi-user.target"},
		Commands: []snapshot.UnitCommand{{When: "ExecStart", Program: "/usr/sbin/sshd", Arguments: []string{"-D"}}},
	}
	gone.Name, gone.Description = "gone.service", "Description of gone.service"
	nas.Name, nas.Description, nas.FileState, nas.FragmentPath = "nas.mount", "Description of nas.mount", "disabled", "/lib/systemd/system/nas.mount"
	nas.Detail = &snapshot.UnitDetail{}
	home.Name, home.Description, home.LoadState = "home.mount", "Description of home.mount", "not-found"
	want := []snapshot.Unit{
		{Name: "getty@.service", FileState: "static", FragmentPath: "/lib/systemd/system/getty@.service",
			DropIns: []string{"/lib/systemd/system/service.d/a.conf", "/lib/systemd/system/getty@.service.d/b.conf"}},
		gone, home, nas, ssh,
		{Name: "user@.service", FileState: "static", FragmentPath: "/lib/systemd/system/user@.service", DropIns: []string{"/lib/systemd/system/service.d/a.conf"}},
		{Name: "x.service", FileState: "masked", FragmentPath: "/etc/systemd/system/x.service", DropIns: []string{"/lib/systemd/system/service.d/a.conf"}},
	}
	if d := cmp.Diff(want, s.Units, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "units"); a.Status != statusPartial || !hasProblem(s, "units", "gone.service", "GetAll") {
		t.Errorf("%+v %v", a, s.Problems)
	}
}

func TestDetailOfRunningUnits(t *testing.T) {
	answers := map[string]any{
		systemdManager + ".ListUnits": [][]any{
			askedUnit("a.service", "loaded", "/a"), askedUnit("a.socket", "loaded", "/socket"), askedUnit("a.timer", "loaded", "/timer"),
			askedUnit("mute.service", "loaded", "/mute"), askedUnit("bad.service", "error", "/bad"),
		},
		systemdManager + ".ListUnitFiles": [][]any{{"/etc/systemd/system/idle.service", "disabled"}},
	}
	propertiesOf(answers, "/a", systemdUnit, unitOf("/etc/systemd/system/a.service", "disabled", map[string]any{
		"DropInPaths": []string{"/etc/systemd/system/a.service.d/b.conf"}, "UpheldBy": []string{"u.target"},
	}))
	service := serviceOf(command("/bin/a", "--token=x"))
	service["User"], service["Group"], service["ExecStop"] = "u", "g", [][]any{command("/bin/stop")}
	propertiesOf(answers, "/a", systemd+".Service", service)
	propertiesOf(answers, "/socket", systemdUnit, unitOf("/lib/systemd/system/a.socket", "enabled", map[string]any{"Triggers": []string{"a.service"}}))
	propertiesOf(answers, "/socket", systemd+".Socket", map[string]any{
		"Listen": [][]any{{"Stream", "/run/a"}, {"Datagram", "[::]:53"}}, "ExecStartPre": [][]any{}, "ExecStartPost": [][]any{}, "ExecStopPost": [][]any{},
	})
	propertiesOf(answers, "/timer", systemdUnit, unitOf("/lib/systemd/system/a.timer", "enabled", nil))
	propertiesOf(answers, "/timer", systemd+".Timer", map[string]any{
		"TimersCalendar": [][]any{{"OnCalendar", "*-*-* 00:00:00", uint64(7)}}, "TimersMonotonic": [][]any{{"OnBootUSec", uint64(300e6), uint64(8)}},
	})
	// One that says nothing of what it runs is told by its files.
	propertiesOf(answers, "/mute", systemdUnit, unitOf("/etc/systemd/system/mute.service", "enabled", nil))
	propertiesOf(answers, "/bad", systemdUnit, unitOf("/etc/systemd/system/bad.service", "bad", nil))

	files := map[string]string{
		"etc/systemd/system/a.service":                            "[Service]\nExecStart=/bin/old\n",
		"etc/systemd/system/a.service.d/b.conf":                   "[Service]\nExecStart=\nExecStart=/bin/a --token=x\n",
		"etc/systemd/system/mute.service":                         "[Service]\nExecStart=/bin/mute\n",
		"etc/systemd/system/bad.service":                          "[Service]\nExecStart=bad\n",
		"etc/systemd/system/idle.service":                         "[Service]\nExecStart=/bin/idle\n",
		"etc/systemd/system/multi-user.target.wants/idle.service": "-> ../idle.service",
	}
	s := captureWithBus(t, files, &scriptedBus{answers: answers}, nil)
	text := func(value string) *string { return &value }
	hiddenToken := func(command snapshot.UnitCommand) snapshot.UnitCommand {
		if command.Secret == nil || command.Secret.Path != "/etc/systemd/system/a.service.d/b.conf" {
			t.Errorf("%+v", command)
		}
		command.Secret = nil
		return command
	}
	details := map[string]*snapshot.UnitDetail{}
	for _, u := range s.Units {
		details[u.Name] = u.Detail
	}
	a := details["a.service"]
	if len(a.Commands) != 2 || len(a.Settings) != 3 || a.Settings[2].Secret == nil {
		t.Fatalf("%+v", a)
	}
	a.Commands[0] = hiddenToken(a.Commands[0])
	a.Settings = a.Settings[:2]
	want := map[string]*snapshot.UnitDetail{
		"a.service": {WantedBy: []string{"u.target"}, User: "u", Group: "g",
			Commands: []snapshot.UnitCommand{{When: "ExecStart", Program: "/bin/a"}, {When: "ExecStop", Program: "/bin/stop"}},
			Settings: []snapshot.Setting{
				{Key: "Service.ExecStart", Value: text("/bin/old"), Source: "/etc/systemd/system/a.service:2"},
				{Key: "Service.ExecStart", Value: text(""), Source: "/etc/systemd/system/a.service.d/b.conf:2"},
			}},
		"a.socket": {Listen: []string{"stream /run/a", "datagram [::]:53"}, Triggers: []string{"a.service"}},
		"a.timer":  {Timers: []string{"OnBootSec=5min", "OnCalendar=daily"}},
		"mute.service": {Commands: []snapshot.UnitCommand{{When: "ExecStart", Program: "/bin/mute"}},
			Settings: []snapshot.Setting{{Key: "Service.ExecStart", Value: text("/bin/mute"), Source: "/etc/systemd/system/mute.service:2"}}},
		"bad.service": {Commands: []snapshot.UnitCommand{{When: "ExecStart", Program: "bad"}},
			Settings: []snapshot.Setting{{Key: "Service.ExecStart", Value: text("bad"), Source: "/etc/systemd/system/bad.service:2"}}},
		"idle.service": {WantedBy: []string{"multi-user.target"}, Commands: []snapshot.UnitCommand{{When: "ExecStart", Program: "/bin/idle"}},
			Settings: []snapshot.Setting{{Key: "Service.ExecStart", Value: text("/bin/idle"), Source: "/etc/systemd/system/idle.service:2"}}},
	}
	if d := cmp.Diff(want, details, allFields); d != "" {
		t.Error(d)
	}
	if !hasProblem(s, "units", "mute.service", "systemd1.Service") {
		t.Errorf("%v", s.Problems)
	}
	for _, file := range s.Files {
		if (file.SHA256 == "") != strings.HasSuffix(file.Path, "b.conf") && strings.HasPrefix(file.Path, "/etc/systemd/") {
			t.Errorf("%+v", file)
		}
	}
}

// hangingBus answers the lists, and then nothing.
type hangingBus struct {
	*scriptedBus
	asked chan struct{}
}

func (b hangingBus) Call(ctx context.Context, service string, path dbus.ObjectPath, method string, args ...any) ([]any, error) {
	if method == getProperties && len(path) > 1 && strings.HasPrefix(string(path), "/u") {
		b.asked <- struct{}{}
		return nil, context.DeadlineExceeded
	}
	return b.scriptedBus.Call(ctx, service, path, method, args...)
}

// A systemd that stops to answer costs one time limit, not one for every unit.
func TestSystemdThatHangsIsNotAskedAgain(t *testing.T) {
	var listed [][]any
	for i := range 500 {
		listed = append(listed, askedUnit(fmt.Sprintf("u%d.service", i), "loaded", fmt.Sprintf("/u%d", i)))
	}
	bus := hangingBus{&scriptedBus{answers: map[string]any{
		systemdManager + ".ListUnits": listed, systemdManager + ".ListUnitFiles": [][]any{},
	}}, make(chan struct{}, 1000)}
	s := captureWithBus(t, nil, bus, nil)
	if n := len(bus.asked); n < 1 || n > 2*unitWorkers {
		t.Errorf("%d questions", n)
	}
	if a := areaOf(t, s, "units"); len(s.Units) != 500 || a.Status != statusPartial {
		t.Errorf("%d units, %+v", len(s.Units), a)
	}
}

// What the files of a tree say of a unit: drop-ins, links and who else names it.
func TestDetailOfUnitsOfATree(t *testing.T) {
	files := map[string]string{
		"lib":                                                      "-> usr/lib",
		"usr/lib/systemd/system/plain.service":                     "[Service]\nExecStart=/bin/plain\n",
		"usr/lib/systemd/system/on.service":                        "[Unit]\nAfter=a.target\n[Service]\nExecStart=/bin/on\n[Install]\nWantedBy=multi-user.target\n",
		"usr/lib/systemd/system/changed.service":                   "[Service]\nExecStart=/bin/changed\nUser=u\n",
		"usr/lib/systemd/system/changed.service.d/vendor.conf":     "[Service]\nNice=1\n",
		"etc/systemd/system/changed.service.d/admin.conf":          "[Service]\nEnvironment=DB_PASS=x\n",
		"usr/lib/systemd/system/on.service.requires/plain.service": "-> ../plain.service",
		"etc/systemd/system/on.service.wants/own.timer":            "-> ../own.timer",
		"etc/systemd/system/own.timer":                             "[Timer]\nOnCalendar=daily\n",
		"etc/systemd/system/own.service":                           "[Unit]\nWants=own.timer\n[Service]\nExecStart=/bin/own %i\n",
		"etc/systemd/system/multi-user.target.wants/on.service":    "-> /lib/systemd/system/on.service",
		"etc/systemd/system.control/on.service.d/50-CPU.conf":      "[Service]\nCPUWeight=5\n",
	}
	s := captureTree(t, writeTree(t, files))
	text := func(value string) *string { return &value }
	want := map[string]*snapshot.UnitDetail{
		"plain.service": nil,
		"on.service": {After: []string{"a.target"}, Requires: []string{"plain.service"}, Wants: []string{"own.timer"}, WantedBy: []string{"multi-user.target"},
			Commands: []snapshot.UnitCommand{{When: "ExecStart", Program: "/bin/on"}}, Settings: []snapshot.Setting{
				{Key: "Unit.After", Value: text("a.target"), Source: "/lib/systemd/system/on.service:2"},
				{Key: "Service.ExecStart", Value: text("/bin/on"), Source: "/lib/systemd/system/on.service:4"},
				{Key: "Install.WantedBy", Value: text("multi-user.target"), Source: "/lib/systemd/system/on.service:6"},
				{Key: "Service.CPUWeight", Value: text("5"), Source: "/etc/systemd/system.control/on.service.d/50-CPU.conf:2"},
			}},
		"changed.service": {User: "u", Commands: []snapshot.UnitCommand{{When: "ExecStart", Program: "/bin/changed"}}, Settings: []snapshot.Setting{
			{Key: "Service.ExecStart", Value: text("/bin/changed"), Source: "/lib/systemd/system/changed.service:2"},
			{Key: "Service.User", Value: text("u"), Source: "/lib/systemd/system/changed.service:3"},
			{Key: "Service.Environment", Secret: &snapshot.Secret{Secret: true, SHA256Prefix: "fac2bebc", Path: "/etc/systemd/system/changed.service.d/admin.conf"}, Source: "/etc/systemd/system/changed.service.d/admin.conf:2"},
			{Key: "Service.Nice", Value: text("1"), Source: "/lib/systemd/system/changed.service.d/vendor.conf:2"},
		}},
		"own.timer": {WantedBy: []string{"on.service", "own.service"}, Timers: []string{"OnCalendar=daily"}, Triggers: []string{"own.service"},
			Settings: []snapshot.Setting{{Key: "Timer.OnCalendar", Value: text("daily"), Source: "/etc/systemd/system/own.timer:2"}}},
		"own.service": {Wants: []string{"own.timer"}, Commands: []snapshot.UnitCommand{{When: "ExecStart", Program: "/bin/own", Arguments: []string{"%i"}}},
			Settings: []snapshot.Setting{
				{Key: "Unit.Wants", Value: text("own.timer"), Source: "/etc/systemd/system/own.service:2"},
				{Key: "Service.ExecStart", Value: text("/bin/own %i"), Source: "/etc/systemd/system/own.service:4"},
			}},
	}
	details := map[string]*snapshot.UnitDetail{}
	for _, u := range s.Units {
		details[u.Name] = u.Detail
	}
	if d := cmp.Diff(want, details, allFields); d != "" {
		t.Error(d)
	}
	for _, file := range s.Files {
		if holds := strings.HasSuffix(file.Path, "/admin.conf"); holds != (file.SHA256 == "") {
			t.Errorf("%+v", file)
		}
	}
}

// Thousands of units are no matter.
func BenchmarkUnits(b *testing.B) {
	answers := map[string]any{systemdManager + ".ListUnitFiles": [][]any{}}
	var listed [][]any
	for i := range 2000 {
		name, object := fmt.Sprintf("u%d.service", i), fmt.Sprintf("/u%d", i)
		listed = append(listed, askedUnit(name, "loaded", object))
		propertiesOf(answers, object, systemdUnit, unitOf("/lib/systemd/system/"+name, "enabled", nil))
		propertiesOf(answers, object, systemd+".Service", serviceOf(command("/bin/a", "b")))
	}
	answers[systemdManager+".ListUnits"] = listed
	m, err := openMachine(b.TempDir(), "")
	if err != nil {
		b.Fatal(err)
	}
	defer m.Close()
	host := busHost{m, &scriptedBus{answers: answers}, nil}
	for b.Loop() {
		c := newCapture(context.Background(), host, Options{Clock: func() time.Time { return time.Unix(0, 0) }})
		collectUnits(c)
		if len(c.out.Units) != 2000 || c.out.Units[0].Detail == nil {
			b.Fatal(errors.New("units are missing"))
		}
	}
}

// Generators write lines of fstab and crypttab, passwords included, into units.
func TestUnitsOfTablesHaveNoDetail(t *testing.T) {
	for _, c := range []struct {
		unit snapshot.Unit
		want bool
	}{
		{snapshot.Unit{Name: "mnt-b.mount", FileState: "generated", FragmentPath: "/run/systemd/generator/mnt-b.mount"}, false},
		{snapshot.Unit{Name: "dev-b.swap", FileState: "generated", FragmentPath: "/run/systemd/generator/dev-b.swap"}, false},
		{snapshot.Unit{Name: "systemd-cryptsetup@swap.service", FileState: "generated", FragmentPath: "/run/systemd/generator/systemd-cryptsetup@swap.service"}, false},
		{snapshot.Unit{Name: "munge.service", FileState: "generated", FragmentPath: "/run/systemd/generator.late/munge.service"}, true},
		{snapshot.Unit{Name: "mnt-c.mount", FileState: "enabled", FragmentPath: "/etc/systemd/system/mnt-c.mount"}, true},
	} {
		if got := wantsDetail(c.unit); got != c.want {
			t.Errorf("%s: %t", c.unit.FragmentPath, got)
		}
	}
}

// What systemd makes and forgets by itself would make two captures of one host differ.
func TestMountsOfCredentialsAreNoUnits(t *testing.T) {
	for name, want := range map[string]bool{
		`run-credentials-systemd\x2dsysctl.service.mount`: true, "run-credentials-x.service": false, "run-user.mount": false, "run.mount": false,
	} {
		if got := isRuntimeOnly(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
