package introspect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// state is what becomes of a service of a serviceBus.
type state string

const (
	startable state = "can be started"
	missing   state = "is not installed"
	hangs     state = "hangs"
	denies    state = "denies"
	masked    state = "is masked"
	dies      state = "dies"
	garbage   state = "answers with garbage"
)

// serviceBus is a bus with the services of a host, each in a state.
type serviceBus struct {
	// states are those of services that are not just running.
	states map[string]state
	// answers maps "path method argument" to the reply.
	answers map[string]any
	// packageKit is the script of PackageKit.
	packageKit *scriptedBus

	lock sync.Mutex
	// asked counts the questions to each service, methods are all that were called.
	asked   map[string]int
	methods map[string]bool
}

func newServiceBus(states map[string]state) *serviceBus {
	return &serviceBus{
		states: states, answers: serviceAnswers(), asked: map[string]int{}, methods: map[string]bool{},
		packageKit: &scriptedBus{roles: map[string][]*dbus.Signal{
			"GetPackages": {signal("Packages", several("proxmox-ve;8.4.0;all;manual:pve", "pve-manager;8.4.1;amd64;auto:pve", "htop;3;amd64;manual:debian")), signal("Finished", uint32(1), uint32(0))},
			"DependsOn":   {signal("Packages", several("pve-manager;8.4.1;amd64;auto:pve")), signal("Finished", uint32(1), uint32(0))},
			"GetUpdates": {signal("Packages", [][]any{
				{uint32(8 | 7<<16), "pve-manager;8.4.2;amd64;pve", "s"}, {uint32(5), "htop;4;amd64;debian", "s"}, {uint32(6), "bash;6;amd64;debian", "s"}, {uint32(99), "zsh;6;amd64;debian", "s"},
			}), signal("Finished", uint32(1), uint32(0))},
			"GetRepoList": {signal("Finished", uint32(1), uint32(0))},
		}},
	}
}

func (b *serviceBus) Call(ctx context.Context, service string, path dbus.ObjectPath, method string, args ...any) ([]any, error) {
	b.lock.Lock()
	b.asked[service]++
	b.methods[method] = true
	b.lock.Unlock()
	if service == busDaemon && b.states[busDaemon] == "" {
		switch method {
		case busDaemon + ".NameHasOwner":
			s := b.states[args[0].(string)]
			return []any{s != startable && s != masked && s != missing}, nil
		case busDaemon + ".ListActivatableNames":
			names := []string{}
			for name, s := range b.states {
				if s == startable || s == masked {
					names = append(names, name)
				}
			}
			return []any{names}, nil
		}
	}
	switch b.states[service] {
	case hangs:
		<-ctx.Done()
		return nil, ctx.Err()
	case denies:
		return nil, dbus.Error{Name: "org.freedesktop.DBus.Error.AccessDenied", Body: []any{`Rejected send message, sender=":1.37" (uid=1000 pid=4711)`}}
	case masked:
		return nil, dbus.Error{Name: "org.freedesktop.systemd1.UnitMasked", Body: []any{"Unit x.service is masked."}}
	case dies:
		return nil, dbus.Error{Name: "org.freedesktop.DBus.Error.NoReply", Body: []any{"Message recipient disconnected from message bus without replying"}}
	case garbage:
		return []any{uint32(7)}, nil
	case missing:
		return nil, errors.New("asked for a service that is not there")
	}
	if service == packageKit {
		return b.packageKit.Call(ctx, service, path, method, args...)
	}
	key := strings.TrimSpace(fmt.Sprintln(append([]any{path, method}, args...)...))
	if answer, has := b.answers[key]; has {
		return []any{answer}, nil
	}
	return nil, dbus.Error{Name: "org.freedesktop.DBus.Error.UnknownMethod", Body: []any{key}}
}

func (b *serviceBus) Signals(ctx context.Context, service, iface string) (<-chan *dbus.Signal, func(), error) {
	return b.packageKit.Signals(ctx, service, iface)
}

func (b *serviceBus) Close() error { return nil }

// object is a part of the answer of GetManagedObjects.
type object = map[string]map[string]dbus.Variant

func variants(pairs ...any) map[string]dbus.Variant {
	out := map[string]dbus.Variant{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i].(string)] = dbus.MakeVariant(pairs[i+1])
	}
	return out
}

const allOf = " " + getProperties + " "

// serviceAnswers are those of a host with all services, in the types that D-Bus has for them.
func serviceAnswers() map[string]any {
	profile := func(id, uuid, kind string, sections map[string]map[string]dbus.Variant) map[string]map[string]dbus.Variant {
		out := map[string]map[string]dbus.Variant{"connection": variants("id", id, "uuid", uuid, "type", kind, "timestamp", uint64(1700000000))}
		for section, values := range sections {
			if out[section] == nil {
				out[section] = map[string]dbus.Variant{}
			}
			for name, value := range values {
				out[section][name] = value
			}
		}
		return out
	}
	const nm = "/org/freedesktop/NetworkManager"
	return map[string]any{
		string(hostname1Path) + allOf + hostname1:                                              variants("Hostname", "pve", "Chassis", "server"),
		string(systemdPath) + " " + getProperty + " " + systemdManager + " Virtualization":     dbus.MakeVariant("kvm"),
		string(timedate1Path) + allOf + timedate1:                                              variants("NTP", true, "NTPSynchronized", true, "LocalRTC", true, "Timezone", "Europe/Berlin", "TimeUSec", uint64(1)),
		string(locale1Path) + allOf + locale1:                                                  variants("Locale", []string{"LC_TIME=C", "LANG=de_DE.UTF-8"}, "VConsoleKeymap", "de"),
		string(login1Path) + allOf + login1Manager:                                             variants("HandlePowerKey", "poweroff", "HandleLidSwitch", "ignore", "IdleAction", "ignore", "KillUserProcesses", true, "NCurrentSessions", uint64(2)),
		string(machine1Path) + " " + machine1Manager + ".ListMachines":                         [][]any{{"web", "container", "systemd-nspawn", dbus.ObjectPath("/w")}, {".host", "host", "", dbus.ObjectPath("/h")}, {"a", "vm", "libvirt-qemu", dbus.ObjectPath("/a")}},
		string(networkManagerSettingsPath) + " " + networkManagerSettings + ".ListConnections": []dbus.ObjectPath{nm + "/Settings/1", nm + "/Settings/2", nm + "/Settings/3", nm + "/Settings/4"},
		string(udisks2Path) + " " + getManagedObjects: map[dbus.ObjectPath]object{
			"/d/z": {udisks2Drive: variants("Id", "Z-1", "Vendor", "ATA", "Model", "Z", "Revision", "1", "Serial", "S1", "WWN", "0x5", "ConnectionBus", "usb", "Size", uint64(1<<40), "RotationRate", int32(7200))},
			"/d/a": {udisks2Drive: variants("Id", "A-1", "Size", uint64(1), "RotationRate", int32(0))},
			"/d/o": {udisks2Drive: variants("Id", "Old")},
			"/b/1": {udisks2Block: variants("Drive", dbus.ObjectPath("/d/z"), "Device", []byte("/dev/sdb\x00"))},
			"/b/2": {udisks2Block: variants("Drive", dbus.ObjectPath("/d/z"), "Device", []byte("/dev/sda\x00"))},
			"/b/3": {udisks2Block: variants("Drive", dbus.ObjectPath("/d/z"), "Device", []byte("/dev/sda1\x00")), udisks2Partition: variants("Number", uint32(1))},
			"/b/4": {udisks2Block: variants("Drive", dbus.ObjectPath("/"), "Device", []byte("/dev/loop0\x00"))},
		},
		string(networkManagerObjects) + " " + getManagedObjects: map[dbus.ObjectPath]object{
			networkManagerPath:   {networkManager: variants("Version", "1.42.4")},
			nm + "/Devices/1":    {networkManagerDevice: variants("Interface", "lo", "Managed", true, "ActiveConnection", dbus.ObjectPath(nm+"/Active/1"))},
			nm + "/Devices/2":    {networkManagerDevice: variants("Interface", "wlan0", "Managed", true, "ActiveConnection", dbus.ObjectPath("/"))},
			nm + "/Devices/3":    {networkManagerDevice: variants("Interface", "eno1", "Managed", true, "ActiveConnection", dbus.ObjectPath(nm+"/Active/2"))},
			nm + "/Devices/4":    {networkManagerDevice: variants("Interface", "vmbr0", "Managed", false)},
			nm + "/Active/1":     {networkManagerActive: variants("StateFlags", uint32(0x80|0x4))},
			nm + "/Active/2":     {networkManagerActive: variants("StateFlags", uint32(0x4))},
			nm + "/Settings/1":   {networkManagerConnection: variants("Flags", uint32(0), "Filename", "/etc/NetworkManager/system-connections/w.nmconnection")},
			nm + "/Settings/2":   {networkManagerConnection: variants("Flags", uint32(1|2|4|8))},
			nm + "/Settings/3":   {networkManagerConnection: variants("Flags", uint32(0))},
			nm + "/AccessPoint/": {"org.freedesktop.NetworkManager.AccessPoint": variants("Strength", byte(70))},
		},
		nm + "/Settings/1 " + networkManagerConnection + ".GetSettings": profile("Wired", "u1", "802-3-ethernet", map[string]map[string]dbus.Variant{
			"connection":     variants("interface-name", "eno1", "autoconnect", false),
			"802-3-ethernet": variants("mac-address", []byte{2, 0, 0, 0, 0, 9}, "interface-name", "old"),
			"ipv4": variants("method", "manual", "gateway", "10.0.0.1", "dns", []uint32{0x0100000a}, "addresses", [][]uint32{{1, 2, 3}},
				"address-data", []map[string]dbus.Variant{variants("address", "10.0.0.2", "prefix", uint32(24))},
				"routes", [][]uint32{{1}}, "route-data", []map[string]dbus.Variant{variants("dest", "10.9.0.0", "prefix", uint32(16), "next-hop", "10.0.0.3", "metric", uint32(50)), variants("dest", "10.8.0.0", "prefix", uint32(16))}),
			"ipv6":   variants("method", "auto", "dns", [][]byte{{0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}, "dns-search", []string{"a.example", "b.example"}),
			"802-1x": variants("password", "SECRETTEXT", "client-cert", []byte("file:///etc/cert\x00"), "private-key", []byte("-----BEGIN SECRETTEXT")),
			"proxy":  variants(),
		}),
		nm + "/Settings/3 " + networkManagerConnection + ".GetSettings": profile("Bond", "u3", "bond", map[string]map[string]dbus.Variant{
			"bond":            variants("interface-name", "bond0", "options", map[string]string{"mode": "active-backup", "miimon": "100"}),
			"vpn":             variants("data", map[string]string{"gateway": "vpn.example"}, "secrets", map[string]string{"password": "SECRETTEXT"}),
			"wireguard":       variants("peers", []map[string]dbus.Variant{variants("public-key", "PUB", "endpoint", "a:1", "preshared-key", "SECRETTEXT", "allowed-ips", []string{"10.0.0.0/8"})}),
			"802-11-wireless": variants("ssid", []byte("caf\xc3\xa9"), "seen-bssids", []string{"02:00:00:00:00:01"}),
		}),
	}
}

func texts(settings []snapshot.Setting) map[string]string {
	out := map[string]string{}
	for _, s := range settings {
		switch {
		case s.Secret != nil:
			out[s.Key] = "secret of " + s.Secret.Path
		default:
			out[s.Key] = *s.Value
		}
	}
	return out
}

const wholeEtc = "root:x:0:0:root:/root:/bin/bash\n"

func captureServices(t *testing.T, files map[string]string, bus Bus) *snapshot.Snapshot {
	t.Helper()
	m, err := openMachine(writeTree(t, files), "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	s, err := Capture(context.Background(), Options{
		Host: busHost{m, bus, nil}, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) }, busWait: 20 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	assertProblemsExplainAreas(t, s)
	return s
}

func TestServicesOfTheRunningHost(t *testing.T) {
	bus := newServiceBus(nil)
	s := captureServices(t, map[string]string{
		"etc/passwd": wholeEtc, "etc/timezone": "Europe/Paris\n", "var/lib/systemd/linger/bob": "", "var/lib/systemd/linger/alice": "",
	}, bus)
	if d := cmp.Diff(snapshot.Clock{NTP: true, Synchronized: true, LocalRTC: true}, s.System.Clock, allFields); d != "" {
		t.Error(d)
	}
	if !hasProblem(s, "system.clock", "/etc/timezone", "says Europe/Paris, but the zone in use is Europe/Berlin") {
		t.Errorf("problems %v", s.Problems)
	}
	if s.System.Locale != "de_DE.UTF-8" || s.System.Keymap != "de" {
		t.Errorf("locale %q, keymap %q", s.System.Locale, s.System.Keymap)
	}
	if d := cmp.Diff(snapshot.Login{PowerKey: "poweroff", LidSwitch: "ignore", IdleAction: "ignore", KillUserProcesses: true, Sessions: 2,
		Lingering: []string{"alice", "bob"}}, s.System.Login, allFields); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]snapshot.Machine{{Name: "a", Class: "vm", Service: "libvirt-qemu"}, {Name: "web", Class: "container", Service: "systemd-nspawn"}},
		s.System.Machines, allFields); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]snapshot.Drive{
		{ID: "A-1", SizeBytes: 1, Devices: []string{}},
		{ID: "Old", RotationRate: -1, Devices: []string{}},
		{ID: "Z-1", Vendor: "ATA", Model: "Z", Revision: "1", Serial: "S1", WWN: "0x5", Bus: "usb", SizeBytes: 1 << 40, RotationRate: 7200, Devices: []string{"sda", "sdb"}},
	}, s.Storage.Drives, allFields); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]snapshot.PackageUpdate{
		{Name: "bash", Version: "6", Arch: "amd64", Kind: "bugfix"}, {Name: "htop", Version: "4", Arch: "amd64", Kind: "normal"},
		{Name: "pve-manager", Version: "8.4.2", Arch: "amd64", Kind: "security"}, {Name: "zsh", Version: "6", Arch: "amd64", Kind: "unknown"},
	}, s.Updates, allFields); d != "" {
		t.Error(d)
	}
	pve := []string{}
	for _, p := range s.Packages {
		if p.PVE {
			pve = append(pve, p.Name)
		}
	}
	if d := cmp.Diff([]string{"proxmox-ve", "pve-manager"}, pve); d != "" {
		t.Error(d)
	}
	for _, area := range []string{"system.clock", "system.login", "system.machines", "storage.drives"} {
		if a := areaOf(t, s, area); a.Status != statusKnown || a.Source != sourceDBus {
			t.Errorf("%+v", a)
		}
	}
	if a := areaOf(t, s, "packages.updates"); a.Status != statusKnown || a.Source != sourcePackageKit {
		t.Errorf("%+v", a)
	}
	if strings.Contains(string(encode(t, s)), "SECRETTEXT") {
		t.Error("the snapshot holds a secret")
	}
}

func TestNetworkManagerOfTheRunningHost(t *testing.T) {
	s := captureServices(t, map[string]string{"etc/passwd": wholeEtc}, newServiceBus(nil))
	got := s.Network.NetworkManager
	if !got.Running || got.Version != "1.42.4" || !slices.Equal(got.Devices, []string{"eno1", "wlan0"}) {
		t.Errorf("%+v", got)
	}
	// The fourth profile went away while it was asked for.
	if a := areaOf(t, s, "network.network_manager"); a.Source != sourceNetworkManager || a.Status != statusPartial || len(got.Connections) != 2 {
		t.Fatalf("%+v %+v", a, got.Connections)
	}
	bond, wired := got.Connections[0], got.Connections[1]
	if bond.ID != "Bond" || bond.Type != "bond" || !bond.Autoconnect || wired.UUID != "u1" || wired.Interface != "eno1" || wired.Autoconnect {
		t.Errorf("%+v %+v", bond, wired)
	}
	if d := cmp.Diff(map[string]string{
		"bond.mode": "active-backup", "bond.miimon": "100", "vpn.gateway": "vpn.example", "802-11-wireless.ssid": "café",
		"wireguard-peer.PUB.endpoint": "a:1", "wireguard-peer.PUB.allowed-ips": "10.0.0.0/8",
	}, texts(bond.Settings)); d != "" {
		t.Error(d)
	}
	const file = "secret of /etc/NetworkManager/system-connections/w.nmconnection"
	if d := cmp.Diff(map[string]string{
		"802-3-ethernet.mac-address": "02:00:00:00:00:09", "ipv4.method": "manual", "ipv4.gateway": "10.0.0.1", "ipv4.dns": "10.0.0.1",
		"ipv4.address1": "10.0.0.2/24", "ipv4.route1": "10.9.0.0/16,10.0.0.3,50", "ipv4.route2": "10.8.0.0/16",
		"ipv6.method": "auto", "ipv6.dns": "fd00::1", "ipv6.dns-search": "a.example;b.example",
		"802-1x.password": file, "802-1x.private-key": file, "802-1x.client-cert": "file:///etc/cert",
	}, texts(wired.Settings)); d != "" {
		t.Error(d)
	}
}

// serviceAreas are the areas that hang on a service, and what they are without it.
var serviceAreas = []struct {
	service, area string
	// lost is the status where the service is there and does not answer, absent where it is not installed.
	lost, absent string
}{
	{networkManager, "network.network_manager", statusPartial, statusKnown},
	{timedate1, "system.clock", statusPartial, statusPartial},
	{login1, "system.login", statusPartial, statusPartial},
	{udisks2, "storage.drives", statusUnknown, statusKnown},
	{machine1, "system.machines", statusUnknown, statusKnown},
	{packageKit, "packages.updates", statusUnknown, statusUnknown},
	{hostname1, "host", statusPartial, statusPartial},
}

var plainHost = map[string]string{
	"etc/passwd": wholeEtc, "etc/hostname": "pve\n", "etc/os-release": "ID=debian\n", "var/lib/systemd/x": "", "var/lib/dpkg/status": statusFile,
}

// A service that does not answer costs one bounded wait and is not asked again; nothing else is lost by it.
func TestServicesThatDoNotAnswerCostTheirAreaAlone(t *testing.T) {
	whole := captureServices(t, plainHost, newServiceBus(nil))
	for _, c := range serviceAreas {
		for _, s := range []state{hangs, denies, masked, dies, garbage, missing} {
			t.Run(c.service+" "+string(s), func(t *testing.T) {
				bus := newServiceBus(map[string]state{c.service: s})
				got := captureServices(t, plainHost, bus)
				want := c.lost
				if s == missing || s == masked && c.service == networkManager { // which is never started
					want = c.absent
				}
				if a := areaOf(t, got, c.area); a.Status != want {
					t.Errorf("%+v, want %s; problems %v", a, want, got.Problems)
				}
				limit := 1
				if s == garbage {
					limit = 3 // it does answer: three collectors ask PackageKit
				}
				if s == missing {
					limit = 0
				}
				if bus.asked[c.service] > limit {
					t.Errorf("asked %d times", bus.asked[c.service])
				}
				problems := 0
				for _, p := range got.Problems {
					if p.Area == c.area && !slices.Contains(whole.Problems, p) {
						problems++
					}
				}
				if known := want == statusKnown; known != (problems == 0) || problems > 1 {
					t.Errorf("%d problems: %v", problems, got.Problems)
				}
				if strings.Contains(string(encode(t, got)), "4711") {
					t.Error("the snapshot names a process")
				}
				for _, other := range serviceAreas {
					if other.service != c.service && areaOf(t, got, other.area) != areaOf(t, whole, other.area) {
						t.Errorf("%s is %+v, and was %+v", other.area, areaOf(t, got, other.area), areaOf(t, whole, other.area))
					}
				}
			})
		}
	}
}

func TestServiceThatCanBeStartedIsAsked(t *testing.T) {
	states := map[string]state{}
	for _, c := range serviceAreas {
		states[c.service] = startable
	}
	s := captureServices(t, plainHost, newServiceBus(states))
	for _, c := range serviceAreas {
		a := areaOf(t, s, c.area)
		if c.service == networkManager {
			if s.Network.NetworkManager.Running || a.Source != sourceFile {
				t.Errorf("NetworkManager was started: %+v", a)
			}
		} else if a.Status != statusKnown {
			t.Errorf("%+v", a)
		}
	}
}

// A bus that does not answer at all is given up after the first question.
func TestBusThatHangsIsGivenUp(t *testing.T) {
	for _, s := range []state{hangs, denies, dies} {
		bus := newServiceBus(map[string]state{busDaemon: s})
		start := time.Now()
		got := captureServices(t, plainHost, bus)
		if bus.asked[busDaemon] != 1 || len(bus.asked) != 1 || time.Since(start) > 5*time.Second {
			t.Errorf("%s: asked %v in %s", s, bus.asked, time.Since(start))
		}
		if a := areaOf(t, got, "packages"); a.Source != sourceDpkgStatus {
			t.Errorf("%s: %+v", s, a)
		}
	}
}

// The first who asks a systemd that hangs waits for it, and nobody after that.
func TestSystemdThatHangsIsWaitedForOnce(t *testing.T) {
	bus := newServiceBus(map[string]state{systemd: hangs})
	s := captureServices(t, plainHost, bus)
	for _, area := range []string{"host", "units"} {
		if !hasProblem(s, area, systemd, "no answer within") {
			t.Errorf("%s: problems %v", area, s.Problems)
		}
	}
	if bus.asked[systemd] != 1 {
		t.Errorf("asked %d times", bus.asked[systemd])
	}
}

// readMethods are all methods that a capture may call.
var readMethods = []string{
	"org.freedesktop.DBus.NameHasOwner", "org.freedesktop.DBus.ListActivatableNames",
	getProperty, getProperties, getManagedObjects,
	packageKit + ".CreateTransaction", packageKitTransaction + ".SetHints", packageKitTransaction + ".GetPackages",
	packageKitTransaction + ".GetRepoList", packageKitTransaction + ".GetUpdates", packageKitTransaction + ".DependsOn",
	networkManagerSettings + ".ListConnections", networkManagerConnection + ".GetSettings",
	machine1Manager + ".ListMachines",
	systemdManager + ".ListUnits", systemdManager + ".ListUnitFiles",
}

func TestNoMethodThatChangesAnythingIsCalled(t *testing.T) {
	for _, states := range []map[string]state{nil, {networkManager: garbage}, {packageKit: hangs}, {udisks2: startable, login1: startable}} {
		bus := newServiceBus(states)
		s := captureServices(t, plainHost, bus)
		for method := range bus.methods {
			if !slices.Contains(readMethods, method) {
				t.Errorf("called %s", method)
			}
			if !slices.Contains(s.Capture.Calls, method) {
				t.Errorf("the snapshot does not say that %s was called", method)
			}
		}
		if len(bus.methods) < 5 {
			t.Errorf("only %v were called", bus.methods)
		}
	}
}

func TestServicesAreCapturedTheSameTwice(t *testing.T) {
	first := encode(t, captureServices(t, plainHost, newServiceBus(nil)))
	for range 5 {
		if d := cmp.Diff(string(first), string(encode(t, captureServices(t, plainHost, newServiceBus(nil))))); d != "" {
			t.Fatal(d)
		}
	}
}

// Every type that D-Bus has, in the place of every value: nothing panics, and what has another type is a problem.
func TestRepliesOfOtherTypes(t *testing.T) {
	odd := []any{
		"text", uint32(1), []string{"a"}, []byte{1}, map[string]string{"a": "b"}, dbus.ObjectPath("/x"), dbus.MakeVariant("x"),
		[][]any{{"a"}}, [][]any{{}}, map[string]dbus.Variant{"Version": dbus.MakeVariant(uint32(1)), "NTP": dbus.MakeVariant("yes"), "Locale": dbus.MakeVariant(1)},
		map[dbus.ObjectPath]object{"/b": {udisks2Block: variants("Device", "x", "Drive", uint32(1)), udisks2Drive: variants("Size", "x")},
			networkManagerPath: {networkManager: variants("Version", 1)}, "/d": {networkManagerDevice: variants("Managed", "x", "Interface", []byte{1})}},
		map[string]map[string]dbus.Variant{"connection": variants("id", uint32(1), "ssid", []byte{0, 0xff}, "x", [][]byte{{1}}, "dns", [][]byte{{1}}, "peers", []map[string]dbus.Variant{{}}, "address-data", []map[string]dbus.Variant{{}})},
		[]dbus.ObjectPath{}, nil,
	}
	for key := range serviceAnswers() {
		for _, value := range odd {
			bus := newServiceBus(nil)
			bus.answers[key] = value
			encode(t, captureServices(t, plainHost, bus))
		}
	}
	bus := newServiceBus(nil)
	bus.answers[string(timedate1Path)+allOf+timedate1] = variants("NTP", "yes")
	if s := captureServices(t, plainHost, bus); areaOf(t, s, "system.clock").Status == statusKnown || !hasProblem(s, "system.clock", timedate1, "NTP: a value of type string") {
		t.Errorf("%v", s.Problems)
	}
}

// Without a bus the areas say so; what files tell is taken.
func TestServicesOfATree(t *testing.T) {
	profile := "[connection]\nid=x\nuuid=u\ntype=ethernet\n\n[802-1x]\npassword=SECRETTEXT\n"
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/passwd": wholeEtc, "etc/adjtime": "0.0 0 0.0\n0\nLOCAL\n", "var/lib/systemd/linger/alice": "",
		"etc/NetworkManager/system-connections/x.nmconnection": profile, "etc/NetworkManager/system-connections/older": "[connection]\nid=older\n",
		"etc/NetworkManager/system-connections/x.nmconnection~": profile, "etc/NetworkManager/system-connections/x.bak": profile,
		"usr/lib/NetworkManager/system-connections/x.nmconnection": "[connection]\nid=shadowed\n", "usr/lib/NetworkManager/system-connections/README": "",
	}))
	assertProblemsExplainAreas(t, s)
	if c := s.System.Clock; !c.LocalRTC || areaOf(t, s, "system.clock").Status != statusPartial {
		t.Errorf("%+v %+v", c, areaOf(t, s, "system.clock"))
	}
	if !slices.Equal(s.System.Login.Lingering, []string{"alice"}) || areaOf(t, s, "system.login").Status != statusPartial {
		t.Errorf("%+v", s.System.Login)
	}
	for _, name := range []string{"storage.drives", "system.machines", "packages.updates"} {
		if a := areaOf(t, s, name); a.Status != statusUnknown || !strings.Contains(a.Detail, errNoBus.Error()) {
			t.Errorf("%+v", a)
		}
	}
	if a := areaOf(t, s, "network.network_manager"); a.Status != statusKnown || a.Source != sourceFile {
		t.Errorf("%+v", a)
	}
	ids := []string{}
	for _, c := range s.Network.NetworkManager.Connections {
		ids = append(ids, c.ID)
	}
	if d := cmp.Diff([]string{"older", "x"}, ids); d != "" || s.Network.NetworkManager.Running {
		t.Error(d)
	}
	if strings.Contains(string(encode(t, s)), "SECRETTEXT") {
		t.Error("the snapshot holds a secret")
	}
	for _, f := range s.Files {
		if strings.HasSuffix(f.Path, "/x.nmconnection") && f.SHA256 != "" {
			t.Errorf("the digest of %s is told", f.Path)
		}
	}
	// A tree without a whole /etc cannot say that there is no profile.
	if a := areaOf(t, captureTree(t, writeTree(t, map[string]string{"etc/hostname": "a\n"})), "network.network_manager"); a.Status != statusUnknown {
		t.Errorf("%+v", a)
	}
}
