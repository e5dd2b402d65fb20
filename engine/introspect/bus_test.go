package introspect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"
	"github.com/vishvananda/netlink"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// scriptedBus answers method calls from a table, and sends the signals of a role
// when that role is called.
type scriptedBus struct {
	// answers maps "path method arguments…" or just the method to the reply.
	answers map[string]any
	// roles maps a role of PackageKit to the signals that follow.
	roles   map[string][]*dbus.Signal
	signals chan *dbus.Signal
}

const transactionPath = dbus.ObjectPath("/1_abc")

func (b *scriptedBus) Call(ctx context.Context, _ string, path dbus.ObjectPath, method string, args ...any) ([]any, error) {
	if role, found := strings.CutPrefix(method, packageKitTransaction+"."); found {
		signals, scripted := b.roles[role]
		if !scripted && len(b.roles) > 0 && role != "SetHints" {
			signals = []*dbus.Signal{signal("Finished", uint32(1), uint32(0))}
		}
		for _, signal := range signals {
			b.signals <- signal
		}
		return nil, nil
	}
	if method == packageKit+".CreateTransaction" && b.roles != nil {
		return []any{transactionPath}, nil
	}
	switch method {
	case "org.freedesktop.DBus.NameHasOwner":
		return []any{true}, nil
	case "org.freedesktop.DBus.ListActivatableNames":
		return []any{[]string{}}, nil
	}
	key := strings.TrimSpace(fmt.Sprintln(append([]any{path, method}, args...)...))
	for _, k := range []string{key, method} {
		switch answer := b.answers[k].(type) {
		case nil:
		case error:
			return nil, answer
		default:
			return []any{answer}, nil
		}
	}
	return nil, dbus.Error{Name: "org.freedesktop.DBus.Error.UnknownMethod", Body: []any{key}}
}

func (b *scriptedBus) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	b.signals = make(chan *dbus.Signal, 100)
	return b.signals, func() {}, nil
}

func (b *scriptedBus) Close() error { return nil }

func signal(member string, body ...any) *dbus.Signal {
	return &dbus.Signal{Path: transactionPath, Name: packageKitTransaction + "." + member, Body: body}
}

// several is what a Packages signal carries, as the library decodes a(uss).
func several(ids ...string) [][]any {
	var out [][]any
	for _, id := range ids {
		out = append(out, []any{uint32(1), id, "summary"})
	}
	return out
}

func TestInstalledPackages(t *testing.T) {
	finished := signal("Finished", uint32(1), uint32(23))
	elsewhere := &dbus.Signal{Path: "/2_other", Name: packageKitTransaction + ".Finished", Body: []any{uint32(2), uint32(0)}}
	want := []snapshot.Package{
		{Name: "pve-manager", Version: "8.4.1", Arch: "amd64", Status: "installed", Origin: "proxmox-stable-pve-no-subscription"},
		{Name: "libc6", Version: "2.36-9", Arch: "i386", Status: "installed", Auto: true},
	}
	for _, c := range []struct {
		name    string
		signals []*dbus.Signal
		want    []snapshot.Package
		marked  bool
		err     string
	}{
		{"plural signals", []*dbus.Signal{
			elsewhere, signal("Packages", several("pve-manager;8.4.1;amd64;manual:proxmox-stable-pve-no-subscription", "libc6;2.36-9;i386;auto:local")), finished,
		}, want, true, ""},
		{"single signals of an old daemon", []*dbus.Signal{
			signal("Package", uint32(1), "pve-manager;8.4.1;amd64;manual:proxmox-stable-pve-no-subscription", "s"),
			signal("ItemProgress", "x", uint32(1), uint32(2)),
			signal("Package", uint32(1), "libc6;2.36-9;i386;auto:local", "s"), finished,
		}, want, true, ""},
		{"a daemon that does not say why a package is there", []*dbus.Signal{
			signal("Package", uint32(1), "a;1;all;installed:debian", "s"), finished,
		}, []snapshot.Package{{Name: "a", Version: "1", Arch: "all", Status: "installed", Origin: "debian"}}, false, ""},
		{"an error", []*dbus.Signal{signal("ErrorCode", uint32(26), "another\nprogram has the lock"), signal("Finished", uint32(2), uint32(0))}, nil, false,
			"error code 26: another program has the lock"},
		{"a failure without a reason", []*dbus.Signal{signal("Finished", uint32(2), uint32(0))}, nil, false, "GetPackages ended with exit 2"},
		{"a transaction that goes away", []*dbus.Signal{signal("Destroy")}, nil, false, "was destroyed before it finished"},
		{"a connection that ends", []*dbus.Signal{nil}, nil, false, "the connection to the bus ended"},
		{"no package at all", []*dbus.Signal{finished}, nil, false, "no installed package"},
		{"an id that is none", []*dbus.Signal{signal("Package", uint32(1), "bash", "s"), finished}, nil, false, `package id "bash"`},
		{"a signal of another shape", []*dbus.Signal{signal("Package", "x"), finished}, nil, false, "signal Package"},
		{"an end of another shape", []*dbus.Signal{signal("Finished")}, nil, false, "signal Finished"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bus := &scriptedBus{roles: map[string][]*dbus.Signal{"GetPackages": c.signals}}
			got, marked, err := captureOver(t, bus, time.Second).installedPackages()
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("error %v, want %q", err, c.err)
				}
				return
			}
			if d := cmp.Diff(c.want, got, allFields); err != nil || d != "" || marked != c.marked {
				t.Errorf("error %v, marked %t\n%s", err, marked, d)
			}
		})
	}
}

func TestPackageKitThatHangsIsGivenUp(t *testing.T) {
	c := captureOver(t, &scriptedBus{roles: map[string][]*dbus.Signal{}}, 10*time.Millisecond)
	start := time.Now()
	_, _, err := c.installedPackages()
	if err == nil || !strings.Contains(err.Error(), "no answer within") || time.Since(start) > 5*time.Second {
		t.Errorf("after %s: %v", time.Since(start), err)
	}
	delete(c.calls, packageKit+".CreateTransaction")
	if _, again := c.updates(); again == nil || again.Error() != err.Error() || c.calls[packageKit+".CreateTransaction"] {
		t.Errorf("asked again: %v, calls %v", again, c.calls)
	}
}

// busHost is a tree of files with a bus and a network beside it, as a running host has them.
type busHost struct {
	*machine
	bus     Bus
	network Network
}

func (h busHost) Live() bool { return true }

func (h busHost) Bus(context.Context) (Bus, error) {
	if h.bus == nil {
		return nil, errors.New("connection refused")
	}
	return h.bus, nil
}

func (h busHost) Network() (Network, error) {
	if h.network == nil {
		return nil, errors.New("not permitted")
	}
	return h.network, nil
}

// captureOver is a capture of an empty running host with a bus.
func captureOver(t *testing.T, bus Bus, wait time.Duration) *capture {
	t.Helper()
	m, err := openMachine(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return newCapture(context.Background(), busHost{m, bus, nil}, Options{busWait: wait})
}

func captureWithBus(t *testing.T, files map[string]string, bus Bus, network Network) *snapshot.Snapshot {
	t.Helper()
	m, err := openMachine(writeTree(t, files), "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	s, err := Capture(context.Background(), Options{
		Host: busHost{m, bus, network}, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) },
	})
	if err != nil {
		t.Fatal(err)
	}
	encode(t, s)
	return s
}

const statusFile = `Package: held
Status: hold ok installed
Version: 1
Architecture: amd64

Package: removed
Status: deinstall ok config-files
Version: 2
Architecture: all

Package: broken
Status: install ok half-configured
Version: 3
Architecture: amd64

Package: unseen
Status: install ok installed
Version: 4
Architecture: amd64
`

// PackageKit says what is installed and from where; what it does not know comes from the file.
func TestPackagesAreMergedWithTheStatusFile(t *testing.T) {
	bus := &scriptedBus{roles: map[string][]*dbus.Signal{"GetPackages": {
		signal("Packages", several("held;1;amd64;manual:debian", "broken;3;amd64;auto:debian")), signal("Finished", uint32(1), uint32(0)),
	}, "GetRepoList": {signal("Finished", uint32(1), uint32(0))}}}
	s := captureWithBus(t, map[string]string{"var/lib/dpkg/status": statusFile}, bus, nil)
	want := []snapshot.Package{
		{Name: "broken", Version: "3", Arch: "amd64", Status: "broken", Auto: true, Origin: "debian"},
		{Name: "held", Version: "1", Arch: "amd64", Status: "installed", Held: true, Origin: "debian"},
		{Name: "removed", Version: "2", Arch: "all", Status: "config-files"},
		{Name: "unseen", Version: "4", Arch: "amd64", Status: "installed"},
	}
	if d := cmp.Diff(want, s.Packages, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "packages"); a.Source != sourcePackageKit || a.Status != statusKnown {
		t.Errorf("%+v", a)
	}
	if !hasProblem(s, "packages", "PackageKit", "does not name 1 packages") {
		t.Errorf("problems %v", s.Problems)
	}
}

func hasProblem(s *snapshot.Snapshot, area, source, text string) bool {
	for _, p := range s.Problems {
		if p.Area == area && p.Source == source && strings.Contains(p.Error, text) {
			return true
		}
	}
	return false
}

func TestPackagesWithoutPackageKit(t *testing.T) {
	for _, c := range []struct {
		name           string
		files          map[string]string
		status, source string
		packages       int
	}{
		{"come from the status file", map[string]string{"var/lib/dpkg/status": statusFile}, statusKnown, sourceDpkgStatus, 4},
		{"are unknown without it", nil, statusUnknown, sourceNone, 0},
		{"are unknown when it is empty", map[string]string{"var/lib/dpkg/status": "\n"}, statusUnknown, sourceNone, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureWithBus(t, c.files, &scriptedBus{}, nil)
			if a := areaOf(t, s, "packages"); a.Status != c.status || a.Source != c.source || a.Detail == "" {
				t.Errorf("%+v", a)
			}
			if len(s.Packages) != c.packages || !hasProblem(s, "packages", "PackageKit", "CreateTransaction") {
				t.Errorf("%d packages, problems %v", len(s.Packages), s.Problems)
			}
		})
	}
}

func TestRepositoriesAreInUseWhenPackageKitSaysSo(t *testing.T) {
	bus := &scriptedBus{roles: map[string][]*dbus.Signal{
		"GetPackages": {signal("Packages", several("a;1;all;manual:x")), signal("Finished", uint32(1), uint32(0))},
		"GetRepoList": {
			signal("RepoDetail", "/etc/apt/sources.list:deb http://deb.example.org/debian/ bookworm main contrib", "Debian", true),
			signal("RepoDetail", "/etc/apt/sources.list.d/a.list:deb https://user:word@repo.example/x/ stable main", "A", false),
			signal("Finished", uint32(1), uint32(0)),
		},
	}}
	s := captureWithBus(t, map[string]string{
		"var/lib/dpkg/status":              statusFile,
		"etc/apt/sources.list":             "deb http://deb.example.org/debian bookworm main contrib\n",
		"etc/apt/sources.list.d/a.list":    "deb https://user:word@repo.example/x stable main\n",
		"etc/apt/sources.list.d/b.sources": "Types: deb\nURIs: http://b\nSuites: s\nComponents: c\nEnabled: no\n",
	}, bus, nil)
	enabled := map[string]bool{}
	for _, r := range s.Repositories {
		enabled[r.ID] = r.Enabled
	}
	want := map[string]bool{"deb http://deb.example.org/debian bookworm": true, "deb https://repo.example/x stable": false, "deb http://b s": false}
	if d := cmp.Diff(want, enabled); d != "" {
		t.Error(d)
	}
	if !hasProblem(s, "repositories", "PackageKit", "its file says otherwise") || strings.Contains(string(encode(t, s)), "word@") {
		t.Errorf("problems %v", s.Problems)
	}
}

func TestHostOfTheRunningHost(t *testing.T) {
	property := func(object, iface, name string) string {
		return strings.Join([]string{object, getProperty, iface, name}, " ")
	}
	bus := &scriptedBus{answers: map[string]any{
		strings.Join([]string{string(hostname1Path), getProperties, hostname1}, " "): map[string]dbus.Variant{
			"Hostname": dbus.MakeVariant("pve7.lan"), "Chassis": dbus.MakeVariant("server"),
		},
		property(string(systemdPath), systemdManager, "Virtualization"): dbus.MakeVariant(""),
	}}
	s := captureWithBus(t, map[string]string{"etc/hostname": "old\n", "etc/os-release": "ID=debian\nVERSION_ID=\"12\"\n"}, bus, nil)
	want := snapshot.Host{Name: "pve7", Domain: "lan", OS: "debian 12", Chassis: "server", Virtualization: "none", Arch: s.Host.Arch}
	if d := cmp.Diff(want, s.Host, allFields); d != "" || s.Host.Arch == "" {
		t.Errorf("arch %q\n%s", s.Host.Arch, d)
	}
	if d := cmp.Diff([]string{"org.freedesktop.DBus.AddMatch", "org.freedesktop.DBus.Hello",
		"org.freedesktop.DBus.ListActivatableNames", "org.freedesktop.DBus.NameHasOwner",
		"org.freedesktop.DBus.ObjectManager.GetManagedObjects", "org.freedesktop.DBus.Properties.Get", "org.freedesktop.DBus.Properties.GetAll",
		"org.freedesktop.DBus.RemoveMatch", "org.freedesktop.PackageKit.CreateTransaction", "org.freedesktop.machine1.Manager.ListMachines",
		"org.freedesktop.systemd1.Manager.ListUnits"}, s.Capture.Calls); d != "" {
		t.Error(d)
	}
}

// scriptedNetwork is a kernel with a few links.
type scriptedNetwork struct {
	links     []netlink.Link
	addresses []netlink.Addr
	routes    []netlink.Route
	rules     []netlink.Rule
	bridges   map[int]snapshot.BridgeState
	vlans     map[int][]snapshot.BridgeVLAN
	filters   []snapshot.FilterTable
	err       error
}

func (n scriptedNetwork) Links() ([]netlink.Link, error)     { return n.links, n.err }
func (n scriptedNetwork) Addresses() ([]netlink.Addr, error) { return n.addresses, nil }
func (n scriptedNetwork) Routes() ([]netlink.Route, error) {
	return n.routes, errors.New("interrupted")
}
func (n scriptedNetwork) Rules() ([]netlink.Rule, error)                 { return n.rules, n.err }
func (n scriptedNetwork) Bridges() (map[int]snapshot.BridgeState, error) { return n.bridges, n.err }
func (n scriptedNetwork) VLANs() (map[int][]snapshot.BridgeVLAN, error)  { return n.vlans, n.err }
func (n scriptedNetwork) FilterTables() ([]snapshot.FilterTable, error)  { return n.filters, n.err }
func (n scriptedNetwork) Close()                                         {}

func TestLinksOfTheRunningHost(t *testing.T) {
	mac := func(text string) net.HardwareAddr {
		address, err := net.ParseMAC(text)
		if err != nil {
			t.Fatal(err)
		}
		return address
	}
	address := func(index int, cidr string) netlink.Addr {
		parsed, err := netlink.ParseAddr(cidr)
		if err != nil {
			t.Fatal(err)
		}
		parsed.LinkIndex = index
		return *parsed
	}
	prefix := func(cidr string) *net.IPNet { a := address(0, cidr); return a.IPNet }
	network := scriptedNetwork{
		links: []netlink.Link{
			&netlink.Bridge{LinkAttrs: netlink.LinkAttrs{Index: 3, Name: "vmbr0", MTU: 9000, HardwareAddr: mac("02:00:00:00:00:03"), OperState: netlink.OperUp}},
			&netlink.Device{LinkAttrs: netlink.LinkAttrs{Index: 1, Name: "lo", MTU: 65536, Flags: net.FlagLoopback, HardwareAddr: mac("00:00:00:00:00:00")}},
			&netlink.Device{LinkAttrs: netlink.LinkAttrs{Index: 2, Name: "eno1", MTU: 9000, MasterIndex: 3, HardwareAddr: mac("02:00:00:00:00:03"),
				PermHWAddr: mac("02:00:00:00:00:02"), AltNames: []string{"enp0s31f6", "b"}, OperState: netlink.OperUp}},
			&netlink.Veth{LinkAttrs: netlink.LinkAttrs{Index: 4, Name: "veth100i0", MTU: 1500, PermHWAddr: mac("00:00:00:00:00:00"), OperState: netlink.OperDown}},
		},
		addresses: []netlink.Addr{
			address(3, "fe80::1/64"), address(3, "fd00::1/64"), address(3, "192.168.1.10/24"), address(3, "169.254.3.4/16"), address(1, "127.0.0.1/8"),
		},
		routes: []netlink.Route{
			{LinkIndex: 3, Dst: prefix("192.168.1.0/24")}, {LinkIndex: 3, Gw: net.ParseIP("192.168.1.1"), Priority: 100},
			{LinkIndex: 3, Dst: prefix("0.0.0.0/0"), Gw: net.ParseIP("192.168.1.1"), Priority: 100}, {LinkIndex: 3, Dst: prefix("fe80::/64")},
			{LinkIndex: 3, Dst: prefix("ff00::/8")}, {Dst: prefix("10.0.0.0/8"), MultiPath: []*netlink.NexthopInfo{
				{LinkIndex: 3, Gw: net.ParseIP("192.168.1.2")}, {LinkIndex: 2, Gw: net.ParseIP("192.168.1.3")}}},
		},
	}
	for i := range network.routes {
		r := &network.routes[i]
		r.Table, r.Type, r.Protocol, r.Family = tableMain, 1, 3, familyIPv4
	}
	s := captureWithBus(t, map[string]string{
		"sys/class/net/eno1": "-> ../../devices/pci0000:00/0000:00:1f.6/net/eno1",
		"sys/devices/pci0000:00/0000:00:1f.6/net/eno1/device": "-> ../../../0000:00:1f.6",
		"sys/devices/pci0000:00/0000:00:1f.6/driver":          "-> ../../../bus/pci/drivers/e1000e",
		"sys/class/net/veth100i0/mtu":                         "1500\n",
	}, nil, network)
	wantLinks := []snapshot.Link{
		{Name: "eno1", Kind: "device", MAC: "02:00:00:00:00:03", PermanentMAC: "02:00:00:00:00:02", Master: "vmbr0", MTU: 9000, State: "up",
			AltNames: []string{"b", "enp0s31f6"}, Path: "pci-0000:00:1f.6", Driver: "e1000e", Addresses: []snapshot.Address{}},
		{Name: "lo", Kind: "loopback", MAC: "00:00:00:00:00:00", MTU: 65536, State: "unknown", AltNames: []string{},
			Addresses: []snapshot.Address{{CIDR: "127.0.0.1/8", Family: "inet"}}},
		{Name: "veth100i0", Kind: "veth", MTU: 1500, State: "down", AltNames: []string{}, Addresses: []snapshot.Address{}},
		{Name: "vmbr0", Kind: "bridge", MAC: "02:00:00:00:00:03", MTU: 9000, State: "up", AltNames: []string{},
			Addresses: []snapshot.Address{{CIDR: "192.168.1.10/24", Family: "inet"}, {CIDR: "fd00::1/64", Family: "inet6"}}},
	}
	if d := cmp.Diff(wantLinks, s.Network.Links, allFields); d != "" {
		t.Error(d)
	}
	wantRoutes := []snapshot.Route{
		{Table: 254, Kind: "unicast", Protocol: "boot", Destination: "10.0.0.0/8", Gateway: "192.168.1.3", Interface: "eno1"},
		{Table: 254, Kind: "unicast", Protocol: "boot", Destination: "10.0.0.0/8", Gateway: "192.168.1.2", Interface: "vmbr0"},
		{Table: 254, Kind: "unicast", Protocol: "boot", Destination: "192.168.1.0/24", Interface: "vmbr0"},
		{Table: 254, Kind: "unicast", Protocol: "boot", Destination: "default", Gateway: "192.168.1.1", Interface: "vmbr0", Metric: 100},
	}
	if d := cmp.Diff(wantRoutes, s.Network.Routes, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "network.live"); a.Status != statusPartial || !hasProblem(s, "network.live", "netlink", "interrupted") {
		t.Errorf("%+v %v", a, s.Problems)
	}
}

func TestNetworkThatCannotBeAskedIsUnknown(t *testing.T) {
	for _, network := range []Network{nil, scriptedNetwork{err: fs.ErrPermission}} {
		s := captureWithBus(t, nil, nil, network)
		if a := areaOf(t, s, "network.live"); a.Status != statusUnknown || a.Detail == "" {
			t.Errorf("%+v", a)
		}
	}
}
