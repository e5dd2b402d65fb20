package validate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// everything is a running host that has one of each thing that checks are about.
func everything() *snapshot.Snapshot {
	yes := true
	on := "1"
	s := &snapshot.Snapshot{
		Schema:  snapshot.Version,
		Capture: snapshot.Capture{Tool: "test", Time: "2026-01-02T03:04:05Z", Mode: "live"},
		Host:    snapshot.Host{Name: "pve1", OS: "debian 12", HostID: "0a1b2c3d", MachineID: "0123456789abcdef0123456789abcdef"},
	}
	for _, name := range append(slices.Clone(compared), "cluster", "storage.fstab", "system.locale") {
		source := "file"
		if name == "units" {
			source = "systemd"
		}
		s.Capture.Areas = append(s.Capture.Areas, snapshot.Area{Name: name, Status: "known", Source: source})
	}
	s.Units = []snapshot.Unit{
		{Name: "ssh.service", LoadState: "loaded", ActiveState: "active", SubState: "running"},
		{Name: "backup.timer", LoadState: "loaded", ActiveState: "active", SubState: "waiting"},
		{Name: "old.service", LoadState: "loaded", ActiveState: "failed", SubState: "failed"},
		{Name: "lxc-200.service", LoadState: "loaded", ActiveState: "active", SubState: "running"},
	}
	s.Network.Interfaces = []snapshot.Interface{
		{Name: "eno1", Kind: "physical", Auto: true, MTU: 9000},
		{Name: "eno2", Kind: "physical", Auto: true},
		{Name: "eno3", Kind: "physical", Auto: true},
		{Name: "bond0", Kind: "bond", Auto: true, Slaves: []string{"eno1", "eno2"}, BondMode: "active-backup"},
		{
			Name: "vmbr0", Kind: "bridge", Auto: true, Ports: []string{"bond0"}, VLANAware: true, Gateway: "192.0.2.1",
			Addresses: []snapshot.Address{{CIDR: "192.0.2.10/24", Family: "inet"}}, Methods: []snapshot.Method{{Family: "inet", Method: "static"}},
		},
		{
			Name: "vmbr0.20", Kind: "vlan", Auto: true, VLANID: 20, VLANRawDevice: "vmbr0",
			Addresses: []snapshot.Address{{CIDR: "2001:db8::10/64", Family: "inet6"}},
		},
		{Name: "eno4", Kind: "physical", Auto: true, Methods: []snapshot.Method{{Family: "inet", Method: "dhcp"}}},
		{Name: "eno9", Kind: "physical", Auto: true, Addresses: []snapshot.Address{{CIDR: "203.0.113.9/24", Family: "inet"}}}, // never plugged in
		{Name: "vmbr0:1", Kind: "alias", Auto: true, Addresses: []snapshot.Address{{CIDR: "192.0.2.11/24", Family: "inet"}}},
		{Name: "vmbr1", Kind: "bridge", Auto: true}, // for guests among each other
	}
	s.Network.Links = []snapshot.Link{
		{Name: "bond0", Kind: "bond", Up: true, State: "up", MTU: 1500, Master: "vmbr0", Bond: &snapshot.BondState{Mode: "active-backup"},
			VLANs: []snapshot.BridgeVLAN{{First: 1, Last: 1, PVID: true, Untagged: true}, {First: 2, Last: 4094}}},
		{Name: "eno1", Kind: "device", Up: true, State: "up", MTU: 9000, Master: "bond0"},
		{Name: "eno2", Kind: "device", Up: true, State: "up", MTU: 1500, Master: "bond0"},
		{Name: "eno3", Kind: "device", Up: true, State: "down", MTU: 1500},
		{Name: "eno4", Kind: "device", Up: true, State: "up", MTU: 1500, Addresses: []snapshot.Address{{CIDR: "198.51.100.7/24", Family: "inet"}}},
		{Name: "tap100i0", Kind: "tun", Up: true, State: "up", MTU: 1500, Master: "vmbr0"},
		{Name: "vmbr0", Kind: "bridge", Up: true, State: "up", MTU: 1500, Bridge: &snapshot.BridgeState{VLANFiltering: true},
			Addresses: []snapshot.Address{{CIDR: "192.0.2.10/24", Family: "inet"}, {CIDR: "192.0.2.11/24", Family: "inet"}}},
		{Name: "vmbr1", Kind: "bridge", Up: true, State: "up", MTU: 1500},
		{Name: "tap100i1", Kind: "tun", Up: true, State: "up", MTU: 1500, Master: "vmbr1"},
		{Name: "vmbr0.20", Kind: "vlan", Up: true, State: "up", MTU: 1500, Parent: "vmbr0", VLANID: 20,
			Addresses: []snapshot.Address{{CIDR: "2001:db8::10/64", Family: "inet6"}}},
	}
	s.Network.Routes = []snapshot.Route{
		{Table: 254, Kind: "unicast", Protocol: "kernel", Destination: "192.0.2.0/24", Interface: "vmbr0"},
		{Table: 254, Kind: "unicast", Protocol: "boot", Destination: "default", Gateway: "192.0.2.1", Interface: "vmbr0"},
		{Table: 100, Kind: "unicast", Protocol: "static", Destination: "10.0.0.0/8", Gateway: "192.0.2.254", Interface: "vmbr0"},
		{Table: 254, Kind: "unicast", Protocol: "static", Destination: "10.99.0.0/16", Interface: "tap100i0"},
	}
	s.Network.Listeners = []snapshot.Listener{
		{Protocol: "tcp", Address: "0.0.0.0", Port: 22, Program: "sshd", Unit: "ssh.service"},
		{Protocol: "tcp", Address: "::", Port: 8006, Program: "pveproxy", Unit: "pveproxy.service"},
	}
	s.Storage.Fstab = []snapshot.FstabEntry{
		{Spec: "/dev/pve/root", File: "/", Type: "ext4"},
		{Spec: "UUID=1", File: "/srv", Type: "ext4"},
		{Spec: "nas:/x", File: "/mnt/nas", Type: "nfs", Options: []string{"_netdev"}},
		{Spec: "UUID=2", File: "/mnt/never", Type: "ext4", Options: []string{"noauto"}},
		{Spec: "/dev/pve/swap", File: "none", Type: "swap"},
	}
	s.Storage.Mounts = []snapshot.Mount{{Target: "/", Type: "ext4"}, {Target: "/srv", Type: "ext4"}, {Target: "/mnt/nas", Type: "nfs4"}}
	s.Storage.Swaps = []snapshot.Swap{{Path: "/dev/dm-1", Kind: "partition", SizeKiB: 8 << 20}}
	s.Storage.Pools = []snapshot.ZFSPool{{Name: "tank", Imported: true, GUID: "17", Health: "ONLINE"}, {Name: "usb", Imported: false}}
	s.Storage.VolumeGroups = []snapshot.VolumeGroup{{Name: "pve", UUID: "vg-1", Volumes: []string{"data", "root"}}}
	s.Storage.MDArrays = []snapshot.MDArray{{Name: "md0", UUID: "md-1", State: "active"}}
	s.Storage.ISCSI.Sessions = []snapshot.ISCSISession{{Target: "iqn.2026-01.test:a", State: "LOGGED_IN"}}
	s.System.Users = []snapshot.OSUser{
		{Name: "root", UID: 0, GID: 0, Password: "set"}, {Name: "ana", UID: 1000, GID: 1000, Password: "set"}, {Name: "sshd", UID: 104, GID: 65534, Password: "locked"},
	}
	s.System.Groups = []snapshot.OSGroup{{Name: "ana", GID: 1000}, {Name: "team", GID: 1100, Members: []string{"ana", "sshd"}}}
	s.System.AuthorizedKeys = []snapshot.AuthorizedKey{{User: "root", Type: "ssh-ed25519", Fingerprint: "SHA256:a"}, {User: "ana", Type: "ssh-rsa", Fingerprint: "SHA256:b"}}
	s.System.Clock = snapshot.Clock{NTP: true, Synchronized: true}
	s.System.TimeZone = "Europe/Vienna"
	s.Guests = []snapshot.Guest{
		{VMID: 100, Type: "qemu", Node: "pve1", Local: true, Source: "/etc/pve/qemu-server/100.conf", Config: []snapshot.Property{{Key: "onboot", Value: &on}}},
		{VMID: 200, Type: "lxc", Node: "pve1", Local: true, Config: []snapshot.Property{{Key: "onboot", Value: &on}}},
		{VMID: 900, Type: "qemu", Node: "pve2"},
	}
	s.Cluster.Quorate = &yes
	return s
}

// copyOf is a snapshot of its own, every list there.
func copyOf(t testing.TB, s *snapshot.Snapshot) (*snapshot.Document, *snapshot.Snapshot) {
	t.Helper()
	fill(reflect.ValueOf(s).Elem())
	var b bytes.Buffer
	if err := snapshot.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return parse(t, b.Bytes())
}

// fill makes absent lists empty ones.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "_" {
				fill(v.Field(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem())
		}
	}
}

// allKept is an evaluation in which NixOS keeps every fact.
func allKept(doc *snapshot.Document) *evaluate.Host {
	h := &evaluate.Host{}
	snapshot.Walk(doc.Tree, func(n snapshot.Node) {
		h.Ledger.Facts = append(h.Ledger.Facts, evaluate.Account{Pointer: n.Pointer, Status: evaluate.Translated})
	})
	h.Options = []evaluate.Leaf{
		{Option: []string{"services", "openssh", "enable"}, Value: true, At: []string{"/units/0"}},
		{Option: []string{"systemd", "timers", "backup", "timerConfig"}, Value: map[string]any{}, At: []string{"/units/1"}},
		{Option: []string{"systemd", "services", "old", "script"}, Value: "", At: []string{"/units/2"}},
	}
	h.Checks = []policy.Check{
		{Rule: "services/checks", Check: "port-listening", Params: map[string]any{"port": 8006}, Required: true, At: []string{"/units/0"}},
		{Rule: "services/checks", Check: "guest-present", Params: map[string]any{"vmid": 100, "type": "qemu"}, Required: true, At: []string{"/guests/0"}},
		{Rule: "services/checks", Check: "quorate", Params: map[string]any{}, Required: true, At: []string{"/host"}},
	}
	h.Documents = []evaluate.Document{{Kind: "containers", Name: "200"}}
	return h
}

var testUnits = map[string]any{"services.openssh.enable": map[string]any{"unit": "sshd.service", "instead": []any{"ssh.service"}, "required": true}}

func baselineOfEverything(t testing.TB) (*Baseline, *snapshot.Snapshot) {
	t.Helper()
	doc, now := copyOf(t, everything())
	b, err := Derive(doc, allKept(doc), Options{Target: "proxmox", Units: testUnits, RunningGuests: true})
	if err != nil {
		t.Fatal(err)
	}
	return b, now
}

// What is asked for, and what of it is required.
func TestDerivedChecks(t *testing.T) {
	b, now := baselineOfEverything(t)
	var got []string
	for _, one := range Compare(b, now).Results {
		got = append(got, one.Status+map[bool]string{true: " required ", false: " wanted "}[one.Required]+one.ID)
	}
	want := strings.Split(strings.TrimSpace(`
passed required host-name
passed required host-id
passed wanted machine-id
passed wanted link bond0
passed wanted link eno1
passed wanted link eno2
passed wanted link eno3
passed wanted link eno4
passed required link vmbr0
passed required link vmbr0.20
passed required link vmbr1
passed required bond bond0
passed required vlan vmbr0.20
passed required bridge vmbr0
passed required bridge vmbr1
passed required port-vlans bond0
passed required address 192.0.2.10/24 on vmbr0
passed required address 192.0.2.11/24 on vmbr0
passed required address 2001:db8::10/64 on vmbr0.20
passed required dynamic-address inet on eno4
passed wanted route 10.0.0.0/8 via 192.0.2.254 dev vmbr0 table 100
passed required route default via 192.0.2.1 dev vmbr0
skipped required gateway-reachable 192.0.2.1 on vmbr0
passed required port-listening tcp 22
passed required port-listening tcp 8006
passed required pool tank
passed required volume-group pve
passed required array md-1
passed wanted iscsi-session iqn.2026-01.test:a
passed wanted mount /mnt/nas
passed required mount /srv
passed wanted swap
passed wanted unit-active backup.timer
passed required unit-active sshd.service
passed wanted no-failed-units
passed wanted clock-synchronized
passed wanted time-zone
passed wanted user ana
passed required user root
passed wanted group ana
passed wanted group team
passed wanted authorized-key ana SHA256:b
passed required authorized-key root SHA256:a
passed required quorate
skipped required guest-present lxc 200
passed required guest-present qemu 100
passed wanted guest-running lxc 200
skipped wanted guest-running qemu 100`), "\n")
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("checks (-want +got)\n%s", d)
	}
}

// Each way in which the host can be another one fails the check of it and no other.
func TestEachDeviationFailsItsCheck(t *testing.T) {
	link := func(s *snapshot.Snapshot, name string) *snapshot.Link {
		for i := range s.Network.Links {
			if s.Network.Links[i].Name == name {
				return &s.Network.Links[i]
			}
		}
		panic(name)
	}
	no := false
	for _, c := range []struct {
		name   string
		change func(s *snapshot.Snapshot)
		// fails are the checks that fail, found what the first of them found.
		fails []string
		found string
	}{
		{"another name", func(s *snapshot.Snapshot) { s.Host.Name = "localhost" }, []string{"host-name"}, "localhost"},
		{"another hostid", func(s *snapshot.Snapshot) { s.Host.HostID = "00000000" }, []string{"host-id"}, "00000000"},
		{"no hostid", func(s *snapshot.Snapshot) { s.Host.HostID = "" }, []string{"host-id"}, "no /etc/hostid"},
		{"another machine id", func(s *snapshot.Snapshot) { s.Host.MachineID = "f" }, []string{"machine-id"}, "f"},
		{"a link is down", func(s *snapshot.Snapshot) { link(s, "vmbr0").Up = false }, []string{"link vmbr0"}, "down"},
		{"no carrier", func(s *snapshot.Snapshot) { link(s, "eno2").State = "lowerlayerdown" }, []string{"link eno2"}, "up, lowerlayerdown"},
		{"another MTU", func(s *snapshot.Snapshot) { link(s, "eno1").MTU = 1500 }, []string{"link eno1"}, "up, MTU 1500"},
		{"a port is missing", func(s *snapshot.Snapshot) { link(s, "bond0").Master = "" }, []string{"bridge vmbr0"}, "a bridge, ports tap100i0, VLAN-aware"},
		{"VLANs are not filtered", func(s *snapshot.Snapshot) { link(s, "vmbr0").Bridge.VLANFiltering = false }, []string{"bridge vmbr0"}, "a bridge, ports bond0, tap100i0"},
		{"no bridge", func(s *snapshot.Snapshot) { link(s, "vmbr0").Kind, link(s, "vmbr0").Bridge = "dummy", nil }, []string{"bridge vmbr0"}, "a link of kind dummy"},
		{"a member of the bond is missing", func(s *snapshot.Snapshot) { link(s, "eno2").Master = "" }, []string{"bond bond0"}, "a bond active-backup, members eno1"},
		{"another mode of the bond", func(s *snapshot.Snapshot) { link(s, "bond0").Bond.Mode = "802.3ad" }, []string{"bond bond0"}, "a bond 802.3ad, members eno1, eno2"},
		{"another VLAN", func(s *snapshot.Snapshot) { link(s, "vmbr0.20").VLANID = 21 }, []string{"vlan vmbr0.20"}, "VLAN 21 on vmbr0"},
		{"VLAN on another link", func(s *snapshot.Snapshot) { link(s, "vmbr0.20").Parent = "eno3" }, []string{"vlan vmbr0.20"}, "VLAN 20 on eno3"},
		{"a VLAN of a port is missing", func(s *snapshot.Snapshot) { link(s, "bond0").VLANs[1].Last = 4000 }, []string{"port-vlans bond0"}, "1 PVID untagged, 2-4000"},
		{"another native VLAN", func(s *snapshot.Snapshot) {
			link(s, "bond0").VLANs = []snapshot.BridgeVLAN{{First: 1, Last: 1}, {First: 2, Last: 4094}}
		}, []string{"port-vlans bond0"}, "1, 2-4094"},
		{"untagged frames come in as no VLAN", func(s *snapshot.Snapshot) { link(s, "bond0").VLANs[0].PVID = false }, []string{"port-vlans bond0"}, "1 untagged, 2-4094"},
		{"no addresses", func(s *snapshot.Snapshot) { link(s, "vmbr0").Addresses = nil },
			[]string{"address 192.0.2.10/24 on vmbr0", "address 192.0.2.11/24 on vmbr0"}, "none on vmbr0"},
		{"no address of the alias", func(s *snapshot.Snapshot) { link(s, "vmbr0").Addresses = link(s, "vmbr0").Addresses[:1] },
			[]string{"address 192.0.2.11/24 on vmbr0"}, "192.0.2.10/24 on vmbr0"},
		{"guests are not plugged in", func(s *snapshot.Snapshot) {
			s.Network.Links = slices.DeleteFunc(s.Network.Links, func(l snapshot.Link) bool { return strings.HasPrefix(l.Name, "tap") })
			link(s, "vmbr1").State = "down"
		}, nil, ""},
		{"another length", func(s *snapshot.Snapshot) { link(s, "vmbr0").Addresses[0].CIDR = "192.0.2.10/16" }, []string{"address 192.0.2.10/24 on vmbr0"}, "192.0.2.10/16, 192.0.2.11/24 on vmbr0"},
		{"address on another link", func(s *snapshot.Snapshot) {
			link(s, "eno3").Addresses, link(s, "vmbr0").Addresses = link(s, "vmbr0").Addresses[:1], link(s, "vmbr0").Addresses[1:]
		}, []string{"address 192.0.2.10/24 on vmbr0"}, "192.0.2.10/24 on eno3"},
		{"no lease", func(s *snapshot.Snapshot) { link(s, "eno4").Addresses = nil }, []string{"dynamic-address inet on eno4"}, "none"},
		{"no default route", func(s *snapshot.Snapshot) { s.Network.Routes = slices.Delete(s.Network.Routes, 1, 2) }, []string{"route default via 192.0.2.1 dev vmbr0"}, "none"},
		{"another gateway", func(s *snapshot.Snapshot) { s.Network.Routes[1].Gateway = "192.0.2.2" }, []string{"route default via 192.0.2.1 dev vmbr0"}, "default via 192.0.2.2 dev vmbr0"},
		{"route of another table", func(s *snapshot.Snapshot) { s.Network.Routes[2].Table = 254 }, []string{"route 10.0.0.0/8 via 192.0.2.254 dev vmbr0 table 100"}, "none"},
		{"ssh does not listen", func(s *snapshot.Snapshot) { s.Network.Listeners = s.Network.Listeners[1:] }, []string{"port-listening tcp 22"}, "nothing listens"},
		{"the panel listens inside alone", func(s *snapshot.Snapshot) { s.Network.Listeners[1].Address = "::1" }, []string{"port-listening tcp 8006"}, "[::1]:8006 pveproxy"},
		{"pool not imported", func(s *snapshot.Snapshot) { s.Storage.Pools[0].Imported = false }, []string{"pool tank"}, "not imported, guid 17, ONLINE"},
		{"pool degraded", func(s *snapshot.Snapshot) { s.Storage.Pools[0].Health = "DEGRADED" }, []string{"pool tank"}, "imported, guid 17, DEGRADED"},
		{"another pool of the name", func(s *snapshot.Snapshot) { s.Storage.Pools[0].GUID = "18" }, []string{"pool tank"}, "imported, guid 18, ONLINE"},
		{"a volume is missing", func(s *snapshot.Snapshot) { s.Storage.VolumeGroups[0].Volumes = []string{"root"} }, []string{"volume-group pve"}, "without data"},
		{"a device of the group is missing", func(s *snapshot.Snapshot) { s.Storage.VolumeGroups[0].Missing = true }, []string{"volume-group pve"}, "a physical volume is missing"},
		{"another group", func(s *snapshot.Snapshot) { s.Storage.VolumeGroups[0].UUID = "vg-2" }, []string{"volume-group pve"}, "another group, uuid vg-2"},
		{"array degraded", func(s *snapshot.Snapshot) { s.Storage.MDArrays[0].Degraded = 1 }, []string{"array md-1"}, "active, 1 members missing"},
		{"array not assembled", func(s *snapshot.Snapshot) { s.Storage.MDArrays = nil }, []string{"array md-1"}, "no such array"},
		{"session lost", func(s *snapshot.Snapshot) { s.Storage.ISCSI.Sessions[0].State = "FREE" }, []string{"iscsi-session iqn.2026-01.test:a"}, "FREE"},
		{"not mounted", func(s *snapshot.Snapshot) { s.Storage.Mounts = s.Storage.Mounts[:1] }, []string{"mount /mnt/nas", "mount /srv"}, "not mounted"},
		{"something else mounted", func(s *snapshot.Snapshot) { s.Storage.Mounts[1].Type = "tmpfs" }, []string{"mount /srv"}, "mounted, tmpfs"},
		{"less swap", func(s *snapshot.Snapshot) { s.Storage.Swaps[0].SizeKiB = 1 << 20 }, []string{"swap"}, "1024 MiB"},
		{"sshd failed", func(s *snapshot.Snapshot) { s.Units[0].ActiveState, s.Units[0].SubState = "failed", "failed" },
			[]string{"unit-active sshd.service", "no-failed-units"}, "ssh.service failed (failed)"},
		{"a timer does not run", func(s *snapshot.Snapshot) { s.Units[1].ActiveState, s.Units[1].SubState = "inactive", "dead" }, []string{"unit-active backup.timer"}, "backup.timer inactive (dead)"},
		{"a container does not run", func(s *snapshot.Snapshot) { s.Units = s.Units[:3] }, []string{"guest-running lxc 200"}, "no such unit"},
		{"time from nowhere", func(s *snapshot.Snapshot) { s.System.Clock.Synchronized = false }, []string{"clock-synchronized"}, "not synchronized"},
		{"another zone", func(s *snapshot.Snapshot) { s.System.TimeZone = "UTC" }, []string{"time-zone"}, "UTC"},
		{"another uid", func(s *snapshot.Snapshot) { s.System.Users[1].UID = 1001 }, []string{"user ana"}, "uid 1001, gid 1000"},
		{"no such user", func(s *snapshot.Snapshot) { s.System.Users = s.System.Users[:1] }, []string{"user ana"}, "no such user"},
		{"another gid", func(s *snapshot.Snapshot) { s.System.Groups[1].GID = 999 }, []string{"group team"}, "gid 999"},
		{"no longer a member", func(s *snapshot.Snapshot) { s.System.Groups[1].Members = nil }, []string{"group team"}, "gid 1100 without ana"},
		{"key gone", func(s *snapshot.Snapshot) { s.System.AuthorizedKeys = s.System.AuthorizedKeys[1:] }, []string{"authorized-key root SHA256:a"}, "not among the keys of root"},
		{"not quorate", func(s *snapshot.Snapshot) { s.Cluster.Quorate = &no }, []string{"quorate"}, "not quorate"},
		{"pmxcfs does not run", func(s *snapshot.Snapshot) { s.Cluster.Quorate = nil }, []string{"quorate"}, "pmxcfs does not run"},
		{"guest gone", func(s *snapshot.Snapshot) { s.Guests = s.Guests[1:] }, []string{"guest-present qemu 100"}, "not among the guests of this node"},
		{"guest of another node", func(s *snapshot.Snapshot) { s.Guests[0].Local = false }, []string{"guest-present qemu 100"}, "not among the guests of this node"},
		{"nothing", func(*snapshot.Snapshot) {}, nil, ""},
		{"more than there was", func(s *snapshot.Snapshot) {
			s.Network.Links = append(s.Network.Links, snapshot.Link{Name: "eno8", Kind: "device", Master: "vmbr0"})
			s.System.Users = append(s.System.Users, snapshot.OSUser{Name: "nixbld1", UID: 30001})
			s.Storage.Mounts = append(s.Storage.Mounts, snapshot.Mount{Target: "/nix", Type: "ext4"})
			link(s, "vmbr0").Addresses = append(link(s, "vmbr0").Addresses, snapshot.Address{CIDR: "192.0.2.12/24"})
		}, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, now := baselineOfEverything(t)
			c.change(now)
			r := Compare(b, now)
			var fails []string
			found := ""
			for _, one := range r.Results {
				if one.Status == Failed {
					if fails == nil {
						found = one.Found
					}
					fails = append(fails, one.ID)
				}
			}
			if d := cmp.Diff(c.fails, fails); d != "" {
				t.Errorf("failed (-want +got)\n%s", d)
			}
			if found != c.found {
				t.Errorf("found %q, want %q", found, c.found)
			}
		})
	}
}

// Unknown is not none: where the host could not be looked at, a check is skipped and says so.
func TestWhatIsNotKnownIsSkipped(t *testing.T) {
	b, _ := baselineOfEverything(t)
	empty := &snapshot.Snapshot{Schema: snapshot.Version}
	for _, a := range append(slices.Clone(compared), "cluster", "system.locale") {
		empty.Capture.Areas = append(empty.Capture.Areas, snapshot.Area{Name: a, Status: "unknown", Source: "none", Detail: "not permitted"})
	}
	r := Compare(b, empty)
	for _, one := range r.Results {
		if one.Status != Skipped || one.Reason == "" {
			t.Errorf("%s %s: %q", one.Status, one.ID, one.Reason)
		}
	}
	if r.OK || r.Totals.RequiredSkipped == 0 {
		t.Error("a host of which nothing is known is fine")
	}
}

// Only what NixOS keeps is asked for; what the evaluation calls lost is no failure of the host.
func TestLostFactsAreNotAskedFor(t *testing.T) {
	doc, _ := copyOf(t, everything())
	said := allKept(doc)
	for i, f := range said.Ledger.Facts {
		if strings.HasPrefix(f.Pointer, "/storage/fstab/1") || strings.HasPrefix(f.Pointer, "/system/users/1") {
			said.Ledger.Facts[i].Status = evaluate.Lost
		}
	}
	b, err := Derive(doc, said, Options{Units: testUnits})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range b.Checks {
		if c.ID == "mount /srv" || c.ID == "user ana" || c.ID == "authorized-key ana SHA256:b" || c.Kind == "guest-running" {
			t.Errorf("asks for %s", c.ID)
		}
	}
}

// A check that this program does not know stands in the way where it is required.
func TestUnknownChecksAreNotPassed(t *testing.T) {
	_, now := copyOf(t, everything())
	b := &Baseline{Checks: []Check{
		ofRule(policy.Check{Check: "moon-phase", Required: true, Params: map[string]any{"phase": "full"}}),
		ofRule(policy.Check{Check: "port-listening", Required: true, Params: map[string]any{"port": 22, "colour": "red"}}),
		ofRule(policy.Check{Check: "port-listening", Required: true, Params: map[string]any{"port": 0}}),
		ofRule(policy.Check{Check: "guest-present", Required: true, Params: map[string]any{"vmid": 1, "type": "qemu", "manager": "libvirt", "name": "../../etc/passwd"}}),
	}}
	r := Compare(b, now)
	if r.OK || r.Totals.RequiredSkipped != len(b.Checks) {
		t.Errorf("%+v", r.Totals)
	}
	if _, err := ReadBaseline([]byte(`{"schema":"pve2nix.checks/v1","host":{"name":"a","time":""},"target":"","checks":[{"id":"x","kind":"x","subject":"","required":true,"params":{},"at":[]}]}`)); err == nil {
		t.Error("an unknown check was read")
	}
}

// The text names what failed first, and facts that hold line breaks and escape sequences stay on their line.
func TestTextIsForPeople(t *testing.T) {
	s := everything()
	const hostile = "evil\x1b[2J\n\u2028\u202eRequired and failed\n  x"
	s.System.Users[1].Name, s.System.AuthorizedKeys[1].User = hostile, hostile
	s.Network.Interfaces[2].Name, s.Network.Links[3].Name = hostile, hostile
	doc, now := copyOf(t, s)
	b, err := Derive(doc, allKept(doc), Options{Units: testUnits})
	if err != nil {
		t.Fatal(err)
	}
	now.System.Users = now.System.Users[:1]
	now.Storage.Pools[0].Health = "FAULTED"
	now.Network.Links = slices.DeleteFunc(now.Network.Links, func(l snapshot.Link) bool { return l.Name == hostile })
	r := Compare(b, now)
	for _, all := range []bool{false, true} {
		text := r.Text(all)
		if strings.ContainsAny(text, "\x1b\u2028\u202e") || strings.Count(text, "\nRequired and failed\n") != 1 {
			t.Errorf("hostile text got through:\n%s", text)
		}
		if !strings.Contains(text, "  pool tank: want imported, guid 17, ONLINE, found imported, guid 17, FAULTED\n") {
			t.Errorf("no pool in\n%s", text)
		}
		if strings.Index(text, "pool tank") > strings.Index(text, "link evil") {
			t.Errorf("what is required is not first:\n%s", text)
		}
		if want := fmt.Sprintf("\n%d checks: %d passed, ", len(r.Results), r.Totals.Passed); !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	var back Report
	data, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &back); err != nil || len(back.Results) != len(r.Results) {
		t.Errorf("%v", err)
	}
}
