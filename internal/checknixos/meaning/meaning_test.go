package meaning

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func text(s string) *string { return &s }

func property(key, value string) snapshot.Property {
	return snapshot.Property{Key: key, Value: &value}
}

// bridge is a host with a bridge that has an address, a gateway and an MTU.
func bridge() *snapshot.Snapshot {
	return &snapshot.Snapshot{Network: snapshot.Network{Interfaces: []snapshot.Interface{
		{Name: "lo", Kind: "loopback", Auto: true},
		{Name: "eno1", Kind: "physical", Methods: []snapshot.Method{{Family: "inet", Method: "manual"}}},
		{
			Name: "vmbr0", Kind: "bridge", Auto: true, Methods: []snapshot.Method{{Family: "inet", Method: "static"}},
			Addresses: []snapshot.Address{{CIDR: "192.0.2.10/24", Family: "inet"}}, Gateway: "192.0.2.1", MTU: 9000, Ports: []string{"eno1"},
			Options: []snapshot.Property{
				property("address", "192.0.2.10/24"), property("gateway", "192.0.2.1"), property("bridge-ports", "eno1"), property("mtu", "9000"),
				property("up", "ip route add 198.51.100.0/24 via 192.0.2.2 dev vmbr0"),
			},
		},
	}}}
}

// networkd is what NixOS makes of it.
func networkd() map[string]string {
	return map[string]string{
		"10-eno1.network":  "[Match]\nName=eno1\n\n[Network]\nBridge=vmbr0\n",
		"10-vmbr0.netdev":  "[NetDev]\nKind=bridge\nName=vmbr0\n",
		"10-vmbr0.network": "[Match]\nName=vmbr0\n\n[Link]\nMTUBytes=9000\n\n[Network]\nAddress=192.0.2.10/24\n\n[Route]\nGateway=192.0.2.1\n\n[Route]\nDestination=198.51.100.0/24\nGateway=192.0.2.2\n",
	}
}

// different are the items that differ, as subject: name: want → got, with what explains them.
func different(items []Item) (out []string) {
	for _, i := range items {
		if !i.Same() {
			line := fmt.Sprintf("%s: %s: %s → %s", i.Subject, i.Name, i.Want, i.Got)
			if i.Explained() {
				line += " (" + strings.Join(slices.Concat(i.Exceptions, slices.DeleteFunc([]string{i.Reason}, func(s string) bool { return s == "" })), ", ") + ")"
			}
			out = append(out, line)
		}
	}
	return out
}

func compareNetwork(host *evaluate.Host, files map[string]string, change func(*snapshot.Snapshot)) []string {
	facts := bridge()
	if change != nil {
		change(facts)
	}
	return different(Compare(facts, host, Evaluation{Values: Values{Network: NetworkValues{Networkd: true, Files: files}, KernelParams: []string{"root=fstab"}}}))
}

func TestNetworkThatMeansTheSame(t *testing.T) {
	if d := cmp.Diff([]string(nil), compareNetwork(&evaluate.Host{}, networkd(), nil)); d != "" {
		t.Error(d)
	}
}

func TestDifferencesOfTheNetworkAreFound(t *testing.T) {
	for _, c := range []struct {
		name     string
		file     string
		old, new string
		want     []string
	}{
		{"a missing address", "10-vmbr0.network", "Address=192.0.2.10/24\n", "", []string{"addresses: vmbr0 192.0.2.10/24: 192.0.2.10/24 → "}},
		{"another length of the prefix", "10-vmbr0.network", "10/24", "10/25", []string{"addresses: vmbr0 192.0.2.10/24: 192.0.2.10/24 → ", "addresses: vmbr0 192.0.2.10/25:  → 192.0.2.10/25"}},
		{"a wrong MTU", "10-vmbr0.network", "MTUBytes=9000", "MTUBytes=1500", []string{"MTUs: vmbr0: 9000 → 1500"}},
		{"another gateway", "10-vmbr0.network", "Gateway=192.0.2.1\n", "Gateway=192.0.2.254\n", []string{"routes: vmbr0 192.0.2.1: 192.0.2.1 → ", "routes: vmbr0 192.0.2.254:  → 192.0.2.254"}},
		{"a route that a hook adds", "10-vmbr0.network", "[Route]\nDestination=198.51.100.0/24\nGateway=192.0.2.2\n", "", []string{"routes: vmbr0 198.51.100.0/24 via 192.0.2.2: 198.51.100.0/24 via 192.0.2.2 → "}},
		{"a port outside of its bridge", "10-eno1.network", "Bridge=vmbr0", "LLDP=yes", []string{"bridge members: vmbr0 eno1: vmbr0 → "}},
		{"a bond in place of a bridge", "10-vmbr0.netdev", "Kind=bridge", "Kind=bond", []string{"interfaces: vmbr0: bridge → bond", "bond members: vmbr0 eno1:  → vmbr0"}},
		{"a link that nobody brings up", "10-vmbr0.network", "[Link]\n", "[Link]\nActivationPolicy=manual\n", []string{"interfaces brought up: vmbr0: at boot → by hand"}},
		{"an address by DHCP beside the static one", "10-vmbr0.network", "[Network]\n", "[Network]\nDHCP=yes\n", []string{"DHCP: vmbr0 inet:  → dhcp", "DHCP: vmbr0 inet6:  → dhcp"}},
		{"a filter of VLANs that was not there", "10-vmbr0.netdev", "Name=vmbr0\n", "Name=vmbr0\n[Bridge]\nVLANFiltering=true\n", []string{"VLANs: vmbr0 filters: no → yes"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := networkd()
			files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
			if files[c.file] == networkd()[c.file] {
				t.Fatal("nothing was changed")
			}
			if d := cmp.Diff(c.want, compareNetwork(&evaluate.Host{}, files, nil)); d != "" {
				t.Error(d)
			}
		})
	}
}

// A section of a device that repeats goes on where it stopped.
func TestSectionsOfADeviceThatRepeatAreOne(t *testing.T) {
	files := networkd()
	files["10-vmbr0.netdev"] += "\n[Bridge]\nVLANFiltering=true\n\n[Bridge]\nVLANProtocol=802.1ad\n"
	if d := cmp.Diff([]string{"VLANs: vmbr0 filters: no → yes"}, compareNetwork(&evaluate.Host{}, files, nil)); d != "" {
		t.Error(d)
	}
}

// A tunnel of the facts is of the kind that its mode says.
func TestATunnelIsOfTheKindOfItsMode(t *testing.T) {
	for mode, kind := range map[string]string{"gre": "gre", "ip6ip6": "ip6tnl"} {
		files := networkd()
		files["10-tun7.netdev"] = "[NetDev]\nName=tun7\nKind=" + kind + "\n"
		files["10-tun7.network"] = "[Match]\nName=tun7\n"
		got := compareNetwork(&evaluate.Host{}, files, func(s *snapshot.Snapshot) {
			s.Network.Interfaces = append(s.Network.Interfaces, snapshot.Interface{Name: "tun7", Kind: "other", Auto: true, Options: []snapshot.Property{{Key: "tunnel-mode", Value: &mode}}})
		})
		if d := cmp.Diff([]string(nil), got); d != "" {
			t.Errorf("%s: %s", mode, d)
		}
	}
}

// networkd applies the first file by name and no other.
func TestFirstFileThatMatchesIsTheOne(t *testing.T) {
	files := networkd()
	files["05-all.network"] = "[Match]\nName=vmbr* !vmbr9\n\n[Network]\nDHCP=no\n"
	if got := compareNetwork(&evaluate.Host{}, files, nil); !slices.Contains(got, "addresses: vmbr0 192.0.2.10/24: 192.0.2.10/24 → ") {
		t.Errorf("got %q", got)
	}
}

func TestWhatIsOffInNetworkdIsNotThere(t *testing.T) {
	items := Compare(bridge(), &evaluate.Host{}, Evaluation{Values: Values{Network: NetworkValues{Files: networkd()}}})
	if got := different(items); !slices.Contains(got, "interfaces: vmbr0: bridge → ") {
		t.Errorf("got %q", got)
	}
}

// A difference is an exception only where the reader was told of that fact.
func TestExceptionsRestOnTheirFact(t *testing.T) {
	finding := func(at string) evaluate.Finding {
		return evaluate.Finding{ID: "PVE-NET-014", Rule: "network/mtu", At: []evaluate.Evidence{{Pointer: at}}}
	}
	account := func(at string, status evaluate.Status, by string) evaluate.Ledger {
		return evaluate.Ledger{Facts: []evaluate.Account{{Pointer: at, Status: status, By: []string{by}, Reason: "why"}}}
	}
	const line, whole, other = "/network/interfaces/2/options/3", "/network/interfaces/2", "/network/interfaces/2/options/0"
	for _, c := range []struct {
		name string
		host evaluate.Host
		want string
	}{
		{"without a word", evaluate.Host{}, "MTUs: vmbr0: 9000 → "},
		{"a finding about the line", evaluate.Host{Findings: []evaluate.Finding{finding(line)}}, "MTUs: vmbr0: 9000 →  (PVE-NET-014)"},
		{"a finding about another line", evaluate.Host{Findings: []evaluate.Finding{finding(other)}}, "MTUs: vmbr0: 9000 → "},
		{"a remark on the interface that leaves it translated", evaluate.Host{Findings: []evaluate.Finding{finding(whole)}, Ledger: account(whole, evaluate.Translated, "network/addresses")}, "MTUs: vmbr0: 9000 → "},
		{"an interface that is lost, by a finding", evaluate.Host{Findings: []evaluate.Finding{finding(whole)}, Ledger: account(whole, evaluate.Lost, "network/mtu")}, "MTUs: vmbr0: 9000 →  (PVE-NET-014)"},
		{"a line that is open to review", evaluate.Host{Ledger: account(line, evaluate.Review, "catalog/a.cue:1")}, "MTUs: vmbr0: 9000 →  (review: why)"},
		{"a line that is called translated", evaluate.Host{Ledger: account(line, evaluate.Translated, "network/mtu")}, "MTUs: vmbr0: 9000 → "},
		{"a line that is called irrelevant", evaluate.Host{Ledger: account(line, evaluate.Irrelevant, "catalog/a.cue:1")}, "MTUs: vmbr0: 9000 → "},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := networkd()
			files["10-vmbr0.network"] = strings.Replace(files["10-vmbr0.network"], "MTUBytes=9000", "", 1)
			if d := cmp.Diff([]string{c.want}, compareNetwork(&c.host, files, nil)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestVLANsAndBonds(t *testing.T) {
	facts := &snapshot.Snapshot{Network: snapshot.Network{Interfaces: []snapshot.Interface{
		{Name: "bond0", Kind: "bond", Auto: true, Slaves: []string{"eno1", "eno2"}, BondMode: "802.3ad", Options: []snapshot.Property{
			property("bond-slaves", "eno1 eno2"), property("bond-mode", "4"), property("bond-miimon", "100"), property("bond-xmit-hash-policy", "layer3+4"), property("bond-primary", "eno1"),
		}},
		{Name: "bond0.20", Kind: "vlan", Auto: true, VLANID: 20, VLANRawDevice: "bond0"},
		{Name: "vmbr1", Kind: "bridge", Auto: true, VLANAware: true, VIDs: []string{"10", "20-29"}, Ports: []string{"eno3"}, Options: []snapshot.Property{
			property("bridge-vids", "10 20-29"), property("bridge-pvid", "99"), property("bridge-ports", "eno3"), property("bridge-vlan-aware", "yes"),
		}},
	}}}
	files := map[string]string{
		"bond0.netdev":     "[NetDev]\nKind=bond\nName=bond0\n[Bond]\nMode=802.3ad\nMIIMonitorSec=100ms\nTransmitHashPolicy=layer3+4\n",
		"bond0.network":    "[Match]\nName=bond0\n[Network]\nVLAN=bond0.20\n",
		"bond0.20.netdev":  "[NetDev]\nKind=vlan\nName=bond0.20\n[VLAN]\nId=20\n",
		"bond0.20.network": "[Match]\nName=bond0.20\n",
		"eno1.network":     "[Match]\nName=eno1\n[Network]\nBond=bond0\nPrimarySlave=true\n",
		"eno2.network":     "[Match]\nName=eno2\n[Network]\nBond=bond0\n",
		"eno3.network":     "[Match]\nName=eno3\n[Network]\nBridge=vmbr1\n[BridgeVLAN]\nPVID=99\nEgressUntagged=99\n[BridgeVLAN]\nVLAN=10\n[BridgeVLAN]\nVLAN=20-29\n",
		"vmbr1.netdev":     "[NetDev]\nKind=bridge\nName=vmbr1\n[Bridge]\nVLANFiltering=true\n",
		"vmbr1.network":    "[Match]\nName=vmbr1\n",
	}
	check := func(want ...string) {
		t.Helper()
		items := Compare(facts, &evaluate.Host{}, Evaluation{Values: Values{Network: NetworkValues{Networkd: true, Files: files}}})
		if d := cmp.Diff(want, different(items)); d != "" {
			t.Error(d)
		}
	}
	check()
	files["eno3.network"] = strings.Replace(files["eno3.network"], "VLAN=20-29", "VLAN=20-28", 1)
	check("VLANs: vmbr1 on eno3: 10 20-29 99 → 10 20-28 99")
	files["eno3.network"] = strings.Replace(files["eno3.network"], "VLAN=20-28", "VLAN=20-29", 1)
	files["bond0.netdev"] = strings.Replace(files["bond0.netdev"], "layer3+4", "layer2", 1)
	files["bond0.20.netdev"] = strings.Replace(files["bond0.20.netdev"], "Id=20", "Id=21", 1)
	check("bonds: bond0 bond-xmit-hash-policy: layer3+4 → layer2", "VLANs: bond0.20: 20 on bond0 → 21 on bond0")
}

func TestSwitches(t *testing.T) {
	facts := &snapshot.Snapshot{Network: snapshot.Network{Interfaces: []snapshot.Interface{
		{Name: "vmbr0", Kind: "ovs-bridge", Auto: true, Ports: []string{"bond0", "mgmt"}, Options: []snapshot.Property{property("ovs-ports", "bond0 mgmt")}},
		{Name: "bond0", Kind: "ovs-bond", Auto: true, Slaves: []string{"eno1", "eno2"}, OVSBridge: "vmbr0", BondMode: "balance-tcp", MTU: 9000, Options: []snapshot.Property{property("ovs-bonds", "eno1 eno2"), property("ovs-mtu", "9000")}},
		{Name: "mgmt", Kind: "ovs-int-port", Auto: true, OVSBridge: "vmbr0", Options: []snapshot.Property{property("ovs-options", "tag=10")}},
	}}}
	ten, internal := 10, "internal"
	v := Values{Network: NetworkValues{
		Networkd: true, Files: map[string]string{"a.network": "[Match]\nName=mgmt vmbr0\n"},
		Switches: map[string]SwitchValues{"vmbr0": {
			Interfaces: map[string]struct {
				VLAN *int
				Type *string
			}{"mgmt": {&ten, &internal}},
			Commands: "add-bond vmbr0 bond0 eno1 eno2 bond_mode=balance-tcp\nset interface eno1 mtu_request=9000\nset interface eno2 mtu_request=9000",
		}},
	}}
	if d := cmp.Diff([]string(nil), different(Compare(facts, &evaluate.Host{}, Evaluation{Values: v}))); d != "" {
		t.Error(d)
	}
	ten = 11
	s := v.Network.Switches["vmbr0"]
	s.Commands = strings.Replace(s.Commands, "eno2 mtu_request=9000", "eno2 mtu_request=1500", 1)
	v.Network.Switches["vmbr0"] = s
	if d := cmp.Diff([]string{"MTUs: bond0: 9000 → 1500", "VLANs: mgmt tag: 10 → 11"}, different(Compare(facts, &evaluate.Host{}, Evaluation{Values: v}))); d != "" {
		t.Error(d)
	}
}

func shared(kind, id string, words ...string) snapshot.Section {
	s := snapshot.Section{Type: kind, ID: id}
	for n := 0; n < len(words); n += 2 {
		s.Properties = append(s.Properties, snapshot.Property{Key: words[n], Value: &words[n+1]})
	}
	return s
}

// A root of btrfs is beside the old one on the same file system; memory below /tmp is a unit and no line of fstab.
func TestRootOfBtrfsAndTmpInMemory(t *testing.T) {
	facts := &snapshot.Snapshot{Storage: snapshot.Storage{Fstab: []snapshot.FstabEntry{
		{Spec: "UUID=ab-12", File: "/", Type: "btrfs", Options: []string{"subvol=@"}}, {Spec: "tmpfs", File: "/tmp", Type: "tmpfs", Options: []string{"size=1G"}},
	}}}
	for text, want := range map[string][]string{
		"/dev/disk/by-uuid/ab-12 / btrfs subvol=@nixos 0 0\n": nil,
		"/dev/disk/by-uuid/ab-12 / btrfs subvol=/@ 0 0\n":     {"mounts: /: the old root → /dev/disk/by-uuid/ab-12"},
	} {
		v := Values{Fstab: text, Units: map[string]UnitValues{"tmp.mount": {Enable: true}}}
		items := slices.DeleteFunc(Compare(facts, &evaluate.Host{}, Evaluation{Values: v}), Item.Explained)
		if d := cmp.Diff(want, different(items)); d != "" {
			t.Error(d)
		}
		delete(v.Units, "tmp.mount")
		if items = slices.DeleteFunc(Compare(facts, &evaluate.Host{}, Evaluation{Values: v}), Item.Explained); !slices.Contains(different(items), "mounts: /tmp: tmpfs → ") {
			t.Errorf("without the unit: %q", different(items))
		}
	}
}

func TestMountsAndSwap(t *testing.T) {
	facts := &snapshot.Snapshot{Storage: snapshot.Storage{Fstab: []snapshot.FstabEntry{
		{Spec: "/dev/pve/root", File: "/", Type: "ext4", Options: []string{"errors=remount-ro"}},
		{Spec: "UUID=3F1B-9C2A", File: "/boot/efi", Type: "vfat", Options: []string{"defaults"}},
		{Spec: "/dev/pve/swap", File: "none", Type: "swap", Options: []string{"sw"}},
		{Spec: "proc", File: "/proc", Type: "proc", Options: []string{"defaults"}},
		{Spec: "nas:/tank/my media", File: "/srv/my media", Type: "nfs4", Options: []string{"vers=4.2", "ro"}},
	}, Storages: []snapshot.Section{shared("nfs", "box", "server", "2001:db8::1", "export", "/vm"), shared("cifs", "win", "server", "fs1", "share", "vm", "subdir", "/a", "path", "/srv/win"),
		shared("cephfs", "cfs", "subdir", "/d"), shared("cephfs", "far", "monhost", "192.0.2.9;192.0.2.10")}}}
	monitors := "192.0.2.1, 192.0.2.2"
	facts.Storage.Ceph.Config = []snapshot.Property{{Key: "global.mon_host", Value: &monitors}}
	const same = "/dev/pve/nixos / ext4 x-initrd.mount 0 1\n/dev/disk/by-uuid/3F1B-9C2A /boot vfat umask=0077 0 2\n" +
		"nas:/tank/my\\040media /srv/my\\040media nfs4 vers=4.2,ro,nofail 0 0\n/dev/pve/swap none swap defaults 0 0\n"
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"nothing", "", "", nil},
		{"an option less", "vers=4.2,ro", "vers=4.2", []string{"mount options: /srv/my media ro: ro → "}},
		{"an option more", "vers=4.2,ro", "vers=4.2,ro,soft", []string{"mount options: /srv/my media soft:  → soft"}},
		{"another device", "nas:/tank", "nas:/other", []string{"mounts: /srv/my media: nas:/tank/my media nfs4 → nas:/other/my media nfs4"}},
		{"no swap", "/dev/pve/swap none swap defaults 0 0\n", "", []string{"swap: /dev/pve/swap: /dev/pve/swap → "}},
		{"a mount of nobody", "/dev/pve/swap", "/dev/sdb1 /data ext4 defaults 0 0\n/dev/pve/swap", []string{"mounts: /data:  → /dev/sdb1"}},
		{"paths of Debian for scripts", "/dev/pve/swap", "none /usr/bin envfs nofail 0 0\n/usr/bin /bin none bind,nofail 0 0\n/dev/pve/swap", nil},
		{"the root of the companion", "/dev/pve/swap", "rpool/ROOT/companion /var/lib/machines/companion zfs noauto,nofail 0 0\n/dev/pve/swap", nil},
		{"something else there", "/dev/pve/swap", "/dev/sdb1 /usr/bin ext4 nofail 0 0\n/dev/pve/swap", []string{"mounts: /usr/bin:  → /dev/sdb1"}},
		{"a storage that PVE mounted", "/dev/pve/swap", "[2001:db8::1]:/vm /mnt/pve/box nfs nofail 0 0\n//fs1/vm/a /srv/win cifs nofail 0 0\n/dev/pve/swap", nil},
		{"a file system of Ceph", "/dev/pve/swap", "192.0.2.1,192.0.2.2:/d /mnt/pve/cfs ceph nofail 0 0\n192.0.2.9,192.0.2.10:/ /mnt/pve/far ceph nofail 0 0\n/dev/pve/swap", nil},
		{"another share for a storage", "/dev/pve/swap", "//fs1/other /srv/win cifs nofail 0 0\n/dev/pve/swap", []string{"mounts: /srv/win: //fs1/vm/a → //fs1/other"}},
		{"the old root", "/dev/pve/nixos", "/dev/pve/root", []string{"mounts: /: the old root → /dev/pve/root"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			items := Compare(facts, &evaluate.Host{}, Evaluation{Values: Values{Fstab: strings.Replace(same, c.old, c.new, 1)}})
			items = slices.DeleteFunc(items, Item.Explained)
			if d := cmp.Diff(c.want, different(items)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestIdentityAccountsAndKernel(t *testing.T) {
	facts := &snapshot.Snapshot{
		Host: snapshot.Host{Name: "pve1", Domain: "example.org", HostID: "5c04219e"},
		System: snapshot.System{
			TimeZone: "Europe/Vienna",
			Users:    []snapshot.OSUser{{Name: "root", Home: "/root", Shell: "/bin/bash"}, {Name: "daemon", UID: 1, GID: 1}, {Name: "ada", UID: 1000, GID: 1000, Home: "/home/ada", Shell: "/usr/bin/zsh"}},
			Groups:   []snapshot.OSGroup{{Name: "root"}, {Name: "sudo", GID: 27, Members: []string{"ada"}}, {Name: "ada", GID: 1000}},
			Sysctl:   []snapshot.Property{property("vm.swappiness", "60"), property("vm/swappiness", "10"), property("net/ipv4/conf/eth0.1/rp_filter", "2")},
			Boot:     snapshot.Boot{KernelParameters: []snapshot.Property{property("root", "/dev/mapper/pve-root"), property("iommu", "pt")}},
		},
	}
	uid, gid, zero := 1000, 1000, 0
	v := Values{
		Host:   HostValues{Name: "pve1", Domain: text("example.org"), HostID: text("5c04219e"), TimeZone: text("Europe/Vienna")},
		Users:  map[string]UserValues{"root": {UID: &zero, Group: "root", Home: "/root", Shell: "/run/current-system/sw/bin/bash"}, "ada": {UID: &uid, Group: "ada", ExtraGroups: []string{"wheel"}, Home: "/home/ada", Shell: "/bin/zsh", IsNormalUser: true}},
		Groups: map[string]GroupValues{"ada": {GID: &gid}}, Sysctl: map[string]string{"vm.swappiness": "10", "net.ipv4.conf.eth0/1.rp_filter": "2"},
		KernelParams: []string{"iommu=pt", "root=fstab", "loglevel=4"},
	}
	if d := cmp.Diff([]string(nil), different(Compare(facts, &evaluate.Host{}, Evaluation{Values: v}))); d != "" {
		t.Error(d)
	}
	uid, gid = 1001, 1001
	v.Host.HostID, v.Host.TimeZone = nil, text("UTC")
	v.Users["eve"] = UserValues{IsNormalUser: true}
	v.Sysctl["vm.swappiness"] = "60"
	v.KernelParams = []string{"root=/dev/mapper/pve-root"}
	want := []string{
		"host id: 5c04219e: 5c04219e → ", "time zone: Europe/Vienna: Europe/Vienna → UTC", "users: ada uid: 1000 → 1001", "users: eve:  → there", "group ids: ada: 1000 → 1001",
		"sysctls: vm.swappiness: 10 → 60", "kernel parameters: iommu=pt: iommu=pt → ", "kernel parameters: root=/dev/mapper/pve-root:  → root=/dev/mapper/pve-root",
	}
	if d := cmp.Diff(want, different(Compare(facts, &evaluate.Host{}, Evaluation{Values: v}))); d != "" {
		t.Error(d)
	}
}

func TestNamesLeadToTheSameAddresses(t *testing.T) {
	facts := &snapshot.Snapshot{Network: snapshot.Network{Hosts: []snapshot.HostsEntry{
		{Address: "127.0.0.1", Names: []string{"localhost"}}, {Address: "192.0.2.10", Names: []string{"pve1"}}, {Address: "fd00::0:1", Names: []string{"nas"}},
	}}}
	v := Values{Hosts: map[string][]string{"192.0.2.10": {"pve1"}, "fd00::1": {"nas"}}}
	if d := cmp.Diff([]string(nil), different(Compare(facts, &evaluate.Host{}, Evaluation{Values: v}))); d != "" {
		t.Error(d)
	}
	v.Hosts["127.0.0.2"] = []string{"pve1"}
	if d := cmp.Diff([]string{"hosts: 127.0.0.2 pve1:  → 127.0.0.2"}, different(Compare(facts, &evaluate.Host{}, Evaluation{Values: v}))); d != "" {
		t.Error(d)
	}
}

func TestUnits(t *testing.T) {
	unit := func(name, state string, timers ...string) snapshot.Unit {
		return snapshot.Unit{Name: name, FileState: state, Detail: &snapshot.UnitDetail{Timers: timers}}
	}
	facts := &snapshot.Snapshot{Units: []snapshot.Unit{
		unit("ssh.service", "enabled"), unit("cron.service", "enabled"), unit("off.service", "disabled"), unit("pvestatd.service", "enabled"),
		unit("getty@tty1.service", "enabled"), unit("ceph-mon@.service", "enabled"), unit("ceph-mon@pve1.service", "enabled"), unit("systemd-pstore.service", "enabled"), unit("apt-daily.timer", "enabled", "OnCalendar=daily"),
		unit("fstrim.timer", "enabled", "OnCalendar=weekly"), unit("dbus.service", "enabled"), unit("scrub.timer", "enabled", "OnCalendar=monthly"),
	}}
	names := Names{Units: map[string]Counterpart{
		"ssh.service": {Units: []string{"sshd.service"}}, "pvestatd.service": {Units: []string{"pvestatd.service"}, Of: "proxmox-nixos"}, "dbus.service": {Units: []string{"dbus.service"}, Activated: true},
		"scrub.timer": {Units: []string{"scrub-*.timer"}},
	}}
	host := &evaluate.Host{Ledger: evaluate.Ledger{Facts: []evaluate.Account{
		{Pointer: "/units/0", Status: evaluate.Implied, Reason: "by the module"}, {Pointer: "/units/8", Status: evaluate.Irrelevant, Reason: "no apt"},
	}}}
	v := Values{
		Upstream: "for i in basic.target systemd-pstore.service; do\n  fn=/nix/store/x-systemd/example/systemd/system/$i\n  x\ndone\n",
		Units: map[string]UnitValues{
			"sshd.service": {Enable: true, WantedBy: []string{"multi-user.target"}}, "cron.service": {Enable: true}, "getty@.service": {Enable: true}, "ceph-mon-pve1.service": {Enable: true, WantedBy: []string{"ceph-mon.target"}}, "dbus.service": {Enable: true},
			"scrub-srv.timer": {Enable: true, WantedBy: []string{"timers.target"}, Text: "[Timer]\nOnCalendar=monthly\n"},
			"fstrim.timer":    {Enable: true, WantedBy: []string{"timers.target"}, Text: "[Timer]\nOnCalendar=Mon *-*-* 00:00:00\n"},
		},
	}
	e := Evaluation{Values: v, Names: names, Collections: []string{"proxmox-nixos"}, Declared: []string{"proxmox-nixos"}}
	want := []string{
		"units: cron.service: started → there, but nothing starts it", "units: pvestatd.service: started →  (a unit of proxmox-nixos, whose modules were not given)",
		"timers: apt-daily.timer: started →  (irrelevant: no apt)",
	}
	if d := cmp.Diff(want, different(Compare(facts, host, e))); d != "" {
		t.Error(d)
	}
	// The table says what does the work; where that is not there, no word of the ledger takes its place.
	e.Declared = nil
	v.Units["sshd.service"] = UnitValues{}
	v.Units["cron.service"] = UnitValues{Enable: true, WantedBy: []string{"multi-user.target"}}
	v.Units["fstrim.timer"] = UnitValues{Enable: true, WantedBy: []string{"timers.target"}, Text: "[Timer]\nOnCalendar=daily\n"}
	want = []string{
		"units: ssh.service: started → masked", "units: pvestatd.service: started → ", "timers: apt-daily.timer: started →  (irrelevant: no apt)",
		"timers: fstrim.timer schedule: Mon *-*-* 00:00:00 → *-*-* 00:00:00",
	}
	if d := cmp.Diff(want, different(Compare(facts, host, e))); d != "" {
		t.Error(d)
	}
}

// A job runs where the configuration has it, or where its table is copied to what cron reads.
func TestCronJobs(t *testing.T) {
	job := func(schedule, program, source string) snapshot.CronEntry {
		return snapshot.CronEntry{Schedule: schedule, User: "root", Program: program, Source: source}
	}
	facts := &snapshot.Snapshot{System: snapshot.System{Cron: []snapshot.CronEntry{
		job("0  3 * * *", "sync", "/etc/cron.d/a:1"), job("0 4 * * *", "sync", "/etc/cron.d/b:1"), job("@reboot", "sync", "/var/spool/cron/crontabs/root:1"),
		job("@reboot", "sync", "/var/spool/cron/crontabs/anna:1"), job("@daily", "/etc/cron.daily/a", "/etc/cron.daily/a"), job("@weekly", "/etc/cron.weekly/a", "/etc/cron.weekly/a"),
	}}}
	host := &evaluate.Host{Carries: []policy.Carry{
		{Path: "/etc/cron.d/a", To: "/kept/a"}, {Path: "/etc/cron.d/b", To: "/kept/b"},
		{Path: "/var/spool/cron/crontabs/root", To: "/var/cron/tabs/root"}, {Path: "/var/spool/cron/crontabs/anna", To: "/kept/anna"},
	}}
	v := Values{Cron: CronValues{Enable: true, Jobs: []string{"25 6 * * *  root /etc/cron.daily/a", "0 0 * * 7 root /etc/cron.weekly/a"}, Joined: "set -- /kept/a /kept/bb\n"}}
	want := []string{
		"cron jobs: 0 4 * * * root sync: 0 4 * * * → ", "cron jobs: @reboot root sync: @reboot → ", "cron jobs: @weekly root /etc/cron.weekly/a: @weekly → ",
	}
	if d := cmp.Diff(want, different(Compare(facts, host, Evaluation{Values: v}))); d != "" {
		t.Error(d)
	}
	v.Cron.Enable = false
	if got := different(Compare(facts, host, Evaluation{Values: v})); len(got) != len(facts.System.Cron) {
		t.Errorf("without cron: %v", got)
	}
}

func TestCounterpartsOfATarget(t *testing.T) {
	facts := &snapshot.Snapshot{Units: []snapshot.Unit{{Name: "pve-guests.service", FileState: "enabled"}}}
	host := &evaluate.Host{Ledger: evaluate.Ledger{Facts: []evaluate.Account{{Pointer: "/units/0", Status: evaluate.Implied, Reason: "Incus starts them"}}}}
	e := Evaluation{Names: Names{Units: map[string]Counterpart{"pve-guests.service": {
		Units: []string{"pve-guests.service"}, Of: "proxmox-nixos", On: map[string][]string{"libvirt": {"libvirt-guests.service"}},
	}}}}
	for target, want := range map[string][]string{
		"incus":   {"units: pve-guests.service: started →  (implied: Incus starts them)"},
		"libvirt": {"units: pve-guests.service: started → "},
	} {
		e.Target = target
		if d := cmp.Diff(want, different(Compare(facts, host, e))); d != "" {
			t.Errorf("%s: %s", target, d)
		}
	}
	e.Values.Units = map[string]UnitValues{"libvirt-guests.service": {Enable: true, WantedBy: []string{"multi-user.target"}}}
	if got := different(Compare(facts, host, Evaluation{Target: "libvirt", Names: e.Names, Values: e.Values})); got != nil {
		t.Errorf("got %q", got)
	}
}

func TestOpenPorts(t *testing.T) {
	rule := func(action, macro string, options ...snapshot.Field) snapshot.FirewallRule {
		return snapshot.FirewallRule{Enabled: true, Direction: "IN", Action: action, Macro: macro, Options: options}
	}
	facts := func(enable string) *snapshot.Snapshot {
		return &snapshot.Snapshot{
			Capture: snapshot.Capture{Areas: []snapshot.Area{{Name: "network.firewall", Status: "known"}}},
			Network: snapshot.Network{Firewall: []snapshot.FirewallFile{{
				Scope: "cluster", Options: []snapshot.Property{property("enable", enable)},
				Rules: []snapshot.FirewallRule{
					rule("ACCEPT", "", snapshot.Field{Name: "p", Value: text("tcp")}, snapshot.Field{Name: "dport", Value: text("80,9000:9010")}),
					rule("ACCEPT", "DNS"), rule("DROP", "", snapshot.Field{Name: "p", Value: text("tcp")}, snapshot.Field{Name: "dport", Value: text("81")}),
				},
			}}},
		}
	}
	names := Names{Macros: map[string][]Port{"DNS": {{"udp", "53"}, {"tcp", "53"}}}}
	const chain = "chain input {\n  type filter hook input priority filter; policy accept;\n  ip saddr { 192.0.2.0/24 } tcp dport { 22, 3128, 8006 } accept\n" +
		"  tcp dport 5900-5999 accept\n  tcp dport 60000-60050 accept\n  tcp dport 80 accept\n  tcp dport 9000-9010 accept\n  udp dport 53 accept\n  tcp dport 53 accept\n  drop\n}\n"
	filter := func(content string) Values {
		return Values{Firewall: FirewallValues{Tables: map[string]TableValues{"pve-host": {Family: "inet", Content: content}}}}
	}
	for _, c := range []struct {
		name  string
		facts *snapshot.Snapshot
		v     Values
		want  []string
	}{
		{"the same filter", facts("1"), filter(chain), nil},
		{"no filter on both", facts("0"), Values{}, nil},
		{"a port less", facts("1"), filter(strings.Replace(chain, "  udp dport 53 accept\n", "", 1)), []string{"open ports: udp 53: open → "}},
		{"a port more", facts("1"), filter(strings.Replace(chain, "tcp dport 80 ", "tcp dport { 80, 81 } ", 1)), []string{"open ports: tcp 81:  → open"}},
		{"a filter that lets all in", facts("1"), filter(strings.Replace(chain, "  drop\n", "", 1)), []string{"open ports: all others:  → open"}},
		{"a filter where there was none", facts("0"), Values{Firewall: FirewallValues{Enable: true, AllowedTCPPorts: []int{22}}}, []string{"open ports: all: all → filtered"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, different(Compare(c.facts, &evaluate.Host{}, Evaluation{Values: c.v, Names: names}))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCountsSayWhatIsExplained(t *testing.T) {
	items := []Item{
		{Subject: "addresses", Name: "a", Want: "1", Got: "1"}, {Subject: "addresses", Name: "b", Want: "1", Exceptions: []string{"PVE-NET-014"}},
		{Subject: "mounts", Name: "/", Want: "1", Got: "2", Reason: "meant"}, {Subject: "addresses", Name: "c", Want: "1"},
	}
	got := Counts(items)
	if len(got) != 2 || got[0].Subject != "addresses" || got[0].Same != 1 || got[0].Of != 3 || len(got[0].Exceptions) != 1 || len(got[0].Open) != 1 || len(got[1].Exceptions) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestEvaluatedValuesAreDecoded(t *testing.T) {
	e := Evaluated{DrvPath: attempt{Value: []byte(`"/nix/store/x.drv"`)}, Values: map[string]attempt{
		"host": {Value: []byte(`{"name":"pve1","domain":null,"hostId":"5c04219e","timeZone":"UTC"}`)}, "fstab": {Failed: true}, "kernelParams": {Value: []byte(`["quiet"]`)},
	}}
	v, failed, err := e.Decode()
	if err != nil || e.Derivation() != "/nix/store/x.drv" || v.Host.Name != "pve1" || v.Host.Domain != nil || *v.Host.HostID != "5c04219e" || !slices.Equal(failed, []string{"fstab"}) || !slices.Equal(v.KernelParams, []string{"quiet"}) {
		t.Errorf("got %+v, failed %q, error %v", v, failed, err)
	}
}

func TestCardsKeepTheirNames(t *testing.T) {
	files := networkd()
	host := func(facts *snapshot.Snapshot) {
		facts.Network.Links = []snapshot.Link{{Name: "eno1", Kind: "device", PermanentMAC: "9c:6b:00:a1:40:10"}, {Name: "vmbr0", Kind: "bridge", MAC: "9c:6b:00:a1:40:10"}}
	}
	if d := cmp.Diff([]string{"interface names: eno1 9c:6b:00:a1:40:10: eno1 → "}, compareNetwork(&evaluate.Host{}, files, host)); d != "" {
		t.Error(d)
	}
	files["10-eno1.link"] = "[Match]\nPermanentMACAddress=9C:6B:00:A1:40:10\n\n[Link]\nName=eno1\n"
	if got := compareNetwork(&evaluate.Host{}, files, host); got != nil {
		t.Errorf("got %q", got)
	}
	byPlace := func(facts *snapshot.Snapshot) {
		facts.Network.Links = []snapshot.Link{{Name: "eno1", Kind: "device", Path: "pci-0000:00:1f.6"}}
	}
	files["10-eno1.link"] = "[Match]\nPermanentMACAddress=9C:6B:00:A1:40:10\nPath=pci-0000:00:1f.6\n\n[Link]\nName=eno1\n"
	if got := compareNetwork(&evaluate.Host{}, files, byPlace); got != nil {
		t.Errorf("by place: got %q", got)
	}
	files["05-other.link"] = "[Match]\nMACAddress=9c:6b:00:a1:40:10\n\n[Link]\nName=lan0\n"
	if d := cmp.Diff([]string{"interface names: eno1 9c:6b:00:a1:40:10: eno1 → lan0"}, compareNetwork(&evaluate.Host{}, files, host)); d != "" {
		t.Error(d)
	}
}

func TestTunnelsAndRoutingDomains(t *testing.T) {
	facts := func() *snapshot.Snapshot {
		return &snapshot.Snapshot{Network: snapshot.Network{Interfaces: []snapshot.Interface{
			{Name: "vrf_a", Kind: "vrf", Auto: true, Options: []snapshot.Property{property("vrf-table", "auto"), property("post-up", "ip route add vrf vrf_a unreachable default metric 4278198272")}},
			{Name: "net1", Kind: "bridge", Auto: true, Ports: []string{"vx1"}, Options: []snapshot.Property{property("bridge-ports", "vx1"), property("vrf", "vrf_a")}},
			{Name: "vx1", Kind: "vxlan", Auto: true, Options: []snapshot.Property{
				property("vxlan-id", "11"), property("vxlan-local-tunnelip", "192.0.2.1"), property("vxlan_remoteip", "192.0.2.3"), property("vxlan_remoteip", "192.0.2.2"), property("bridge-learning", "off"),
			}},
		}}}
	}
	files := map[string]string{
		"vrf_a.netdev":  "[NetDev]\nKind=vrf\nName=vrf_a\n[VRF]\nTable=1001\n",
		"vrf_a.network": "[Match]\nName=vrf_a\n[Route]\nType=unreachable\nDestination=0.0.0.0/0\nTable=1001\n",
		"net1.netdev":   "[NetDev]\nKind=bridge\nName=net1\n",
		"net1.network":  "[Match]\nName=net1\n[Network]\nVRF=vrf_a\n",
		"vx1.netdev":    "[NetDev]\nKind=vxlan\nName=vx1\n[VXLAN]\nVNI=11\nLocal=192.0.2.1\nDestinationPort=4789\nMacLearning=false\n",
		"vx1.network":   "[Match]\nName=vx1\n[Network]\nBridge=net1\n[BridgeFDB]\nMACAddress=00:00:00:00:00:00\nDestination=192.0.2.2\n[BridgeFDB]\nMACAddress=00:00:00:00:00:00\nDestination=192.0.2.3\n",
	}
	compare := func(file, old, new string) []string {
		changed := maps.Clone(files)
		changed[file] = strings.Replace(changed[file], old, new, 1)
		return different(Compare(facts(), &evaluate.Host{}, Evaluation{Values: Values{Network: NetworkValues{Networkd: true, Files: changed}, KernelParams: []string{"root=fstab"}}}))
	}
	for _, c := range []struct{ name, file, old, new, want string }{
		{"the same", "", "", "", ""},
		{"the kernel's port", "vx1.netdev", "DestinationPort=4789\n", "", "tunnels: vx1: 11 from 192.0.2.1 to port 4789 of 192.0.2.2 192.0.2.3 → 11 from 192.0.2.1 to port  of 192.0.2.2 192.0.2.3"},
		{"a peer less", "vx1.network", "Destination=192.0.2.3\n", "Destination=192.0.2.2\n", "tunnels: vx1: 11 from 192.0.2.1 to port 4789 of 192.0.2.2 192.0.2.3 → 11 from 192.0.2.1 to port 4789 of 192.0.2.2 192.0.2.2"},
		{"learning", "vx1.netdev", "MacLearning=false", "MacLearning=true", "tunnels: vx1 learning: does not learn → learns"},
		{"the main table", "net1.network", "VRF=vrf_a", "LLDP=no", "routing domains: net1 is in: vrf_a → "},
		{"a domain without table", "vrf_a.netdev", "Table=1001\n", "", "routing domains: vrf_a: auto → "},
		{"a domain that leaks", "vrf_a.network", "Type=unreachable\n", "Type=blackhole\n", "routes: vrf_a unreachable 0.0.0.0/0: unreachable 0.0.0.0/0 → ; routes: vrf_a blackhole 0.0.0.0/0:  → blackhole 0.0.0.0/0"},
	} {
		if got := strings.Join(compare(c.file, c.old, c.new), "; "); got != c.want {
			t.Errorf("%s: got %q", c.name, got)
		}
	}
}
