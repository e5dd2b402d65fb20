package introspect

import (
	"context"
	"crypto/sha1"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vishvananda/netlink"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// dialHost is a running host whose unix sockets are answered by functions.
type dialHost struct {
	busHost
	sockets map[string]func(net.Conn)
}

func (h dialHost) Dial(_ context.Context, name string) (net.Conn, error) {
	answer, there := h.sockets[name]
	if !there {
		return nil, &fs.PathError{Op: "dial", Path: name, Err: fs.ErrNotExist}
	}
	near, far := net.Pipe()
	go func() {
		defer far.Close()
		answer(far)
	}()
	return near, nil
}

// captureRunning captures a running host with these files, links and sockets.
func captureRunning(t *testing.T, files map[string]string, network Network, sockets map[string]func(net.Conn)) *snapshot.Snapshot {
	t.Helper()
	m, err := openMachine(writeTree(t, files), "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	s, err := Capture(context.Background(), Options{
		Host: dialHost{busHost{m, nil, network}, sockets}, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) },
	})
	if err != nil {
		t.Fatal(err)
	}
	encode(t, s)
	assertProblemsExplainAreas(t, s)
	return s
}

// prefixOf is a network in CIDR form.
func prefixOf(t *testing.T, cidr string) *net.IPNet {
	t.Helper()
	_, prefix, err := net.ParseCIDR(cidr)
	if err != nil {
		t.Fatal(err)
	}
	return prefix
}

func attrsOf(index int, name string, change func(*netlink.LinkAttrs)) netlink.LinkAttrs {
	attrs := netlink.NewLinkAttrs()
	attrs.Index, attrs.Name, attrs.MTU, attrs.NetNsID, attrs.OperState = index, name, 1500, -1, netlink.OperUp
	attrs.Flags = net.FlagUp
	if change != nil {
		change(&attrs)
	}
	return attrs
}

func TestKindsOfLinks(t *testing.T) {
	on := func(master, parent int) func(*netlink.LinkAttrs) {
		return func(a *netlink.LinkAttrs) { a.MasterIndex, a.ParentIndex = master, parent }
	}
	bond := netlink.NewLinkBond(attrsOf(5, "bond0", on(4, 0)))
	bond.Mode, bond.Miimon, bond.LacpRate, bond.XmitHashPolicy = netlink.BOND_MODE_802_3AD, 100, netlink.BOND_LACP_RATE_FAST, netlink.BOND_XMIT_HASH_POLICY_LAYER3_4
	backup := netlink.NewLinkBond(attrsOf(6, "bond1", nil))
	backup.Mode, backup.Primary, backup.ActiveSlave, backup.LacpRate = netlink.BOND_MODE_ACTIVE_BACKUP, 1, 2, netlink.BOND_LACP_RATE_SLOW
	network := scriptedNetwork{
		links: []netlink.Link{
			&netlink.Device{LinkAttrs: attrsOf(1, "eno1", on(5, 0))},
			&netlink.Device{LinkAttrs: attrsOf(2, "eno2", func(a *netlink.LinkAttrs) { a.Flags = 0 })},
			&netlink.Bridge{LinkAttrs: attrsOf(3, "plain", nil)},
			&netlink.Bridge{LinkAttrs: attrsOf(4, "vmbr0", nil)},
			bond, backup,
			&netlink.Vlan{LinkAttrs: attrsOf(7, "bond0.20", on(0, 5)), VlanId: 20},
			&netlink.Vxlan{LinkAttrs: attrsOf(8, "vx", nil), VxlanId: 77, VtepDevIndex: 4},
			&netlink.Macvlan{LinkAttrs: attrsOf(9, "mv", on(0, 1))},
			&netlink.Veth{LinkAttrs: attrsOf(10, "veth1", on(4, 1))},
			&netlink.Vlan{LinkAttrs: attrsOf(11, "away", func(a *netlink.LinkAttrs) { a.ParentIndex, a.NetNsID = 1, 0 }), VlanId: 3},
			&netlink.Veth{LinkAttrs: attrsOf(12, "veth2", on(3, 1))},
		},
		bridges: map[int]snapshot.BridgeState{
			3: {STP: true, ForwardDelayCentiseconds: 1500, AgeingCentiseconds: 30000, MulticastSnooping: true},
			4: {VLANFiltering: true, AgeingCentiseconds: 30000},
		},
		vlans: map[int][]snapshot.BridgeVLAN{
			3:  {{First: 1, Last: 1, PVID: true, Untagged: true}},
			4:  {{First: 1, Last: 1, PVID: true, Untagged: true}},
			5:  {{First: 3, Last: 3}, {First: 4, Last: 10}, {First: 2, Last: 2, Untagged: true}, {First: 12, Last: 4094}, {First: 1, Last: 1, PVID: true, Untagged: true}},
			12: {{First: 1, Last: 1, PVID: true, Untagged: true}},
		},
	}
	s := captureRunning(t, map[string]string{
		"sys/class/net/eno1": "-> ../../devices/pci0000:00/0000:00:1f.6/net/eno1",
		"sys/devices/pci0000:00/0000:00:1f.6/net/eno1/device":  "-> ../../../0000:00:1f.6",
		"sys/devices/pci0000:00/0000:00:1f.6/net/eno1/carrier": "1\n", "sys/devices/pci0000:00/0000:00:1f.6/net/eno1/speed": "10000\n",
		"sys/devices/pci0000:00/0000:00:1f.6/sriov_numvfs": "4\n", "sys/devices/pci0000:00/0000:00:1f.6/sriov_totalvfs": "64\n",
		"sys/class/net/eno2/device/x": "", "sys/class/net/eno2/carrier": "0\n", "sys/class/net/eno2/speed": "1000\n",
		"sys/class/net/bond0/carrier": "1\n", "sys/class/net/bond0/speed": "20000\n",
		"sys/class/net/bond1/carrier": "1\n", "sys/class/net/bond1/speed": "-1\n",
		"sys/class/net/veth1/carrier": "1\n", "sys/class/net/veth1/speed": "10000\n",
	}, network, nil)
	link := func(name, kind string, change func(*snapshot.Link)) snapshot.Link {
		l := snapshot.Link{Name: name, Kind: kind, MTU: 1500, State: "up", Up: true}
		if change != nil {
			change(&l)
		}
		return l
	}
	want := []snapshot.Link{
		link("away", "vlan", func(l *snapshot.Link) { l.VLANID = 3 }),
		link("bond0", "bond", func(l *snapshot.Link) {
			l.Master, l.SpeedMbps = "vmbr0", 20000
			l.Bond = &snapshot.BondState{Mode: "802.3ad", MIIMonMilliseconds: 100, LACPRate: "fast", XmitHashPolicy: "layer3+4"}
			l.VLANs = []snapshot.BridgeVLAN{{First: 1, Last: 1, PVID: true, Untagged: true}, {First: 2, Last: 2, Untagged: true}, {First: 3, Last: 10}, {First: 12, Last: 4094}}
		}),
		link("bond0.20", "vlan", func(l *snapshot.Link) { l.Parent, l.VLANID = "bond0", 20 }),
		link("bond1", "bond", func(l *snapshot.Link) {
			l.Bond = &snapshot.BondState{Mode: "active-backup", Primary: "eno1", Active: "eno2"}
		}),
		link("eno1", "device", func(l *snapshot.Link) {
			l.Master, l.Path, l.SpeedMbps, l.VFs, l.MaxVFs = "bond0", "pci-0000:00:1f.6", 10000, 4, 64
		}),
		link("eno2", "device", func(l *snapshot.Link) { l.Up, l.Path = false, "/sys/class/net/eno2/device" }),
		link("mv", "macvlan", func(l *snapshot.Link) { l.Parent = "eno1" }),
		link("plain", "bridge", func(l *snapshot.Link) {
			l.Bridge = &snapshot.BridgeState{STP: true, ForwardDelayCentiseconds: 1500, AgeingCentiseconds: 30000, MulticastSnooping: true}
		}),
		link("veth1", "veth", func(l *snapshot.Link) { l.Master = "vmbr0" }),
		link("veth2", "veth", func(l *snapshot.Link) { l.Master = "plain" }),
		link("vmbr0", "bridge", func(l *snapshot.Link) {
			l.Bridge = &snapshot.BridgeState{VLANFiltering: true, AgeingCentiseconds: 30000}
			l.VLANs = []snapshot.BridgeVLAN{{First: 1, Last: 1, PVID: true, Untagged: true}}
		}),
		link("vx", "vxlan", func(l *snapshot.Link) { l.Parent, l.VNI = "vmbr0", 77 }),
	}
	if d := cmp.Diff(want, s.Network.Links, allFields); d != "" {
		t.Error(d)
	}
}

func TestRoutesOfAllTables(t *testing.T) {
	links := []netlink.Link{&netlink.Device{LinkAttrs: netlink.LinkAttrs{Index: 1, Name: "vmbr0"}}}
	route := func(change func(*netlink.Route)) netlink.Route {
		r := netlink.Route{LinkIndex: 1, Table: tableMain, Type: 1, Family: familyIPv4, Protocol: 4}
		change(&r)
		return r
	}
	got := routesOf(links, []netlink.Route{
		route(func(r *netlink.Route) {
			r.Table, r.Dst, r.Protocol = 100, prefixOf(t, "10.9.0.0/16"), 186
			r.Src = net.ParseIP("10.0.0.1")
		}),
		route(func(r *netlink.Route) { r.Table, r.Type, r.Dst, r.LinkIndex = 100, 6, prefixOf(t, "10.8.0.0/16"), 0 }),
		route(func(r *netlink.Route) {
			r.Gw, r.Protocol, r.Family, r.Priority = net.ParseIP("fe80::1"), 9, familyIPv6, 1024
		}),
		route(func(r *netlink.Route) { r.Gw, r.Protocol = net.ParseIP("10.0.0.254"), 250 }),
		route(func(r *netlink.Route) {
			r.Dst = prefixOf(t, "10.7.0.0/16")
			r.Via = &netlink.Via{AddrFamily: familyIPv6, Addr: net.ParseIP("fd00::1")}
		}),
		// What every kernel has:
		route(func(r *netlink.Route) { r.Table, r.Dst = tableLocal, prefixOf(t, "10.0.0.1/32") }),
		route(func(r *netlink.Route) { r.Type, r.Dst = 3, prefixOf(t, "10.0.0.255/32") }),
		route(func(r *netlink.Route) { r.Dst, r.Family = prefixOf(t, "fe80::/64"), familyIPv6 }),
		route(func(r *netlink.Route) { r.Dst, r.Family = prefixOf(t, "ff00::/8"), familyIPv6 }),
		route(func(r *netlink.Route) { r.Type, r.Protocol, r.Family, r.Priority = 7, 2, familyIPv6, 0xffffffff }),
		route(func(r *netlink.Route) { r.Family = 128; r.Dst = prefixOf(t, "10.1.0.0/16") }),
	})
	want := []snapshot.Route{
		{Table: 100, Kind: "blackhole", Protocol: "static", Destination: "10.8.0.0/16"},
		{Table: 100, Kind: "unicast", Protocol: "bgp", Destination: "10.9.0.0/16", Interface: "vmbr0", Source: "10.0.0.1"},
		{Table: 254, Kind: "unicast", Protocol: "static", Destination: "10.7.0.0/16", Interface: "vmbr0", Gateway: "fd00::1"},
		{Table: 254, Kind: "unicast", Protocol: "250", Destination: "default", Interface: "vmbr0", Gateway: "10.0.0.254"},
		{Table: 254, Kind: "unicast", Protocol: "ra", Destination: "default", Interface: "vmbr0", Gateway: "fe80::1", Metric: 1024},
	}
	if d := cmp.Diff(want, got, allFields); d != "" {
		t.Error(d)
	}
}

func TestRulesOfRouting(t *testing.T) {
	rule := func(priority, table int, change func(*netlink.Rule)) netlink.Rule {
		r := netlink.NewRule()
		r.Priority, r.Table, r.Family, r.Protocol = priority, table, familyIPv4, 3
		if change != nil {
			change(r)
		}
		return *r
	}
	mask := uint32(0xff)
	all := uint32(0xffffffff)
	got := rulesOf([]netlink.Rule{
		rule(0, 255, nil), rule(32766, 254, nil), rule(32767, 253, nil), rule(32766, 254, func(r *netlink.Rule) { r.Family = familyIPv6 }),
		rule(1000, 0, nil),
		rule(100, 51820, func(r *netlink.Rule) { r.Invert, r.Mark, r.Mask, r.Protocol = true, 0xca6c, &all, 4 }),
		rule(99, 254, func(r *netlink.Rule) { r.SuppressPrefixlen = 0 }),
		rule(98, 10, func(r *netlink.Rule) {
			r.Src, r.Dst, r.IifName, r.OifName, r.Mark, r.Mask = prefixOf(t, "10.0.0.0/8"), prefixOf(t, "192.0.2.0/24"), "vmbr0", "eno1", 1, &mask
		}),
		rule(32766, 254, func(r *netlink.Rule) { r.IifName = "tap0" }),
		rule(97, 0, func(r *netlink.Rule) { r.Goto, r.IPProto, r.Dport = 200, 6, netlink.NewRulePortRange(80, 81) }),
		rule(5, 254, func(r *netlink.Rule) { r.Family = 129 }),
	})
	want := []snapshot.RouteRule{
		{Priority: 97, Family: "inet", Protocol: "boot", Conditions: []string{"ipproto 6", "dport 80-81", "goto 200"}},
		{Priority: 98, Family: "inet", Protocol: "boot", Table: 10, From: "10.0.0.0/8", To: "192.0.2.0/24", InputInterface: "vmbr0", OutputInterface: "eno1", Mark: "0x1/0xff"},
		{Priority: 99, Family: "inet", Protocol: "boot", Table: 254, Conditions: []string{"suppress_prefixlength 0"}},
		{Priority: 100, Family: "inet", Protocol: "static", Table: 51820, Mark: "0xca6c", Conditions: []string{"not"}},
		{Priority: 1000, Family: "inet", Protocol: "boot", Conditions: []string{"no table"}},
		{Priority: 32766, Family: "inet", Protocol: "boot", Table: 254, InputInterface: "tap0"},
	}
	if d := cmp.Diff(want, got, allFields); d != "" {
		t.Error(d)
	}
}

const (
	tcpHeadings = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	// anyTCP and anyUDP wait on all addresses.
	anyTCP = "   0: 00000000:%04X 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 %d 1 0 100 0 0 10 0\n"
	anyUDP = "   0: 00000000:%04X 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 %d 1 0 100 0 0 10 0\n"
)

func TestListenersAreThoseOfTheirPrograms(t *testing.T) {
	s := captureRunning(t, map[string]string{
		"proc/1/net/tcp":  tcpHeadings + fmt.Sprintf(anyTCP, 8006, 11) + fmt.Sprintf(anyTCP, 22, 12) + fmt.Sprintf(anyTCP, 2049, 13) + fmt.Sprintf(anyTCP, 80, 15) + fmt.Sprintf(anyTCP, 80, 16),
		"proc/1/net/udp":  tcpHeadings + fmt.Sprintf(anyUDP, 111, 14),
		"proc/1/net/udp6": tcpHeadings,
		"proc/1/comm":     "systemd\n", "proc/1/cgroup": "0::/init.scope\n", "proc/1/fd/40": "-> socket:[14]", "proc/1/fd/41": "-> socket:[12]",
		"proc/900/comm": "rpcbind\n", "proc/900/cgroup": "0::/system.slice/rpcbind.service\n", "proc/900/fd/4": "-> socket:[14]",
		"proc/1000/comm": "pveproxy worker\n", "proc/1000/fd/6": "-> socket:[11]",
		"proc/950/comm": "pveproxy\n", "proc/950/cgroup": "0::/system.slice/pveproxy.service\n", "proc/950/fd/6": "-> socket:[11]", "proc/950/fd/7": "-> /dev/null",
		"proc/2000/comm": "nginx\n", "proc/2000/fd/1": "-> socket:[15]", "proc/2001/comm": "nginx\n", "proc/2001/fd/1": "-> socket:[16]",
		"proc/self/comm": "x\n",
	}, nil, nil)
	want := []snapshot.Listener{
		{Protocol: "tcp", Address: "0.0.0.0", Port: 22, Program: "systemd", Unit: "init.scope"},
		{Protocol: "tcp", Address: "0.0.0.0", Port: 80, Program: "nginx"},
		{Protocol: "tcp", Address: "0.0.0.0", Port: 2049},
		{Protocol: "tcp", Address: "0.0.0.0", Port: 8006, Program: "pveproxy", Unit: "pveproxy.service"},
		{Protocol: "udp", Address: "0.0.0.0", Port: 111, Program: "rpcbind", Unit: "rpcbind.service"},
	}
	if d := cmp.Diff(want, s.Network.Listeners, allFields); d != "" {
		t.Error(d)
	}
	if a := areaOf(t, s, "network.listeners"); a.Status != statusKnown || len(s.Network.Listeners) == 0 {
		t.Errorf("%+v", a)
	}
}

// deniedHost may not look into processes.
type deniedHost struct{ dialHost }

func (h deniedHost) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.HasSuffix(name, "/fd") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: syscall.EACCES}
	}
	return h.dialHost.ReadDir(name)
}

func TestListenersOfOthersHaveNoProgram(t *testing.T) {
	m, err := openMachine(writeTree(t, map[string]string{
		"proc/1/net/tcp": tcpHeadings + fmt.Sprintf(anyTCP, 8006, 11) + fmt.Sprintf(anyTCP, 22, 12), "proc/1/comm": "systemd\n", "proc/7/fd/x": "",
	}), "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	s, err := Capture(context.Background(), Options{Host: deniedHost{dialHost{busHost{m, nil, nil}, nil}}})
	if err != nil {
		t.Fatal(err)
	}
	problems := 0
	for _, p := range s.Problems {
		if p.Area == "network.listeners" {
			problems++
		}
	}
	if a := areaOf(t, s, "network.listeners"); a.Status != statusPartial || len(s.Network.Listeners) != 2 || problems != 1 {
		t.Errorf("%+v, %v, %d problems", a, s.Network.Listeners, problems)
	}
}

func TestListenersThatCannotBeReadAreUnknown(t *testing.T) {
	for name, c := range map[string]struct {
		files  map[string]string
		status string
	}{
		"no proc":                 {nil, statusUnknown},
		"no table":                {map[string]string{"proc/1/net/dev": ""}, statusUnknown},
		"one that is none":        {map[string]string{"proc/1/net/tcp/x": ""}, statusUnknown},
		"one of two":              {map[string]string{"proc/1/net/tcp/x": "", "proc/1/net/udp": tcpHeadings}, statusPartial},
		"a line that is none":     {map[string]string{"proc/1/net/tcp": tcpHeadings + "x\n"}, statusPartial},
		"no IPv6":                 {map[string]string{"proc/net/tcp": tcpHeadings, "proc/net/udp": tcpHeadings}, statusKnown},
		"the view of the capture": {map[string]string{"proc/net/tcp": tcpHeadings + fmt.Sprintf(anyTCP, 22, 0)}, statusKnown},
	} {
		s := captureRunning(t, c.files, nil, nil)
		if a := areaOf(t, s, "network.listeners"); a.Status != c.status {
			t.Errorf("%s: %+v, want %s", name, a, c.status)
		}
	}
}

func TestFiltersOfTheRunningKernel(t *testing.T) {
	nft := scriptedNetwork{filters: []snapshot.FilterTable{{Kind: "nftables", Family: "inet", Name: "proxmox-firewall"}, {Kind: "nftables", Family: "bridge", Name: "a"}}}
	for _, c := range []struct {
		name    string
		files   map[string]string
		network Network
		want    string
		status  string
	}{
		{"both kinds", map[string]string{"sys/module/nf_tables/x": "", "sys/module/ebtable_nat/x": "", "proc/1/net/ip_tables_names": "nat\nfilter\n", "proc/1/net/ip6_tables_names": ""},
			nft, "iptables bridge nat, iptables ip filter, iptables ip nat, nftables bridge a, nftables inet proxmox-firewall", statusKnown},
		{"nothing", map[string]string{"proc/1/net/tcp": "", "proc/modules": "ip_tables 1 0 - Live 0x0\n"}, nft, "", statusKnown},
		{"a loaded module", map[string]string{"proc/1/net/tcp": "", "proc/modules": "nf_tables 1 0 - Live 0x0\n"}, nft, "nftables bridge a, nftables inet proxmox-firewall", statusKnown},
		{"a built-in module", map[string]string{"proc/1/net/tcp": "", "proc/modules": "", "proc/sys/kernel/osrelease": "6.8.12\n",
			"lib/modules/6.8.12/modules.builtin": "kernel/net/netfilter/nf_tables.ko\n"}, nft, "nftables bridge a, nftables inet proxmox-firewall", statusKnown},
		{"no network of processes", map[string]string{"sys/module/nf_tables/x": ""}, nft, "nftables bridge a, nftables inet proxmox-firewall", statusPartial},
		{"a file that cannot be read", map[string]string{"proc/1/net/ip_tables_names/x": ""}, nft, "nftables bridge a, nftables inet proxmox-firewall", statusPartial},
		{"a kernel that refuses", map[string]string{"proc/1/net/ip_tables_names": "raw\n"}, scriptedNetwork{err: syscall.EPERM}, "iptables ip raw", statusPartial},
		{"no netlink", map[string]string{"proc/1/net/ip_tables_names": "raw\n"}, nil, "", statusUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureRunning(t, c.files, c.network, nil)
			var got []string
			for _, f := range s.Network.Filters {
				got = append(got, f.Kind+" "+f.Family+" "+f.Name)
			}
			if d := cmp.Diff(c.want, strings.Join(got, ", ")); d != "" {
				t.Error(d)
			}
			if a := areaOf(t, s, "network.filters"); a.Status != c.status {
				t.Errorf("%+v, want %s", a, c.status)
			}
		})
	}
}

// ovsAnswers makes a server that reads the request and then does as told.
func ovsAnswers(then func(net.Conn)) map[string]func(net.Conn) {
	return map[string]func(net.Conn){ovsSocket: func(c net.Conn) {
		var request struct {
			Method string
			Params []json.RawMessage
		}
		if json.NewDecoder(c).Decode(&request) == nil && request.Method == "transact" && string(request.Params[0]) == `"Open_vSwitch"` {
			then(c)
		}
	}}
}

func says(texts ...string) func(net.Conn) {
	return func(c net.Conn) {
		for _, text := range texts {
			if _, err := io.WriteString(c, text); err != nil {
				return
			}
		}
	}
}

const (
	ovsReply = `{"id":1,"error":null,"result":[{"rows":[{"_uuid":["uuid","s"],"ovs_version":"3.1.0","bridges":["uuid","b"],"external_ids":["map",[["psk","SECRETWORD"]]]}]},` +
		`{"rows":[{"_uuid":["uuid","b"],"name":"vmbr1"}]},{"rows":[]},{"rows":[]},{"rows":[]}]}`
)

// ovsLogFile is a file as the server writes it.
func ovsLogFile(t *testing.T, records ...string) string {
	t.Helper()
	var out strings.Builder
	for _, record := range records {
		fmt.Fprintf(&out, "OVSDB JSON %d %x\n%s", len(record), sha1.Sum([]byte(record)), record)
	}
	return out.String()
}

func TestOpenVSwitchIsAskedAndItsFileStandsIn(t *testing.T) {
	file := ovsLogFile(t, `{"name":"Open_vSwitch","tables":{"Open_vSwitch":{"columns":{}}}}`, `{"Open_vSwitch":{"s":{"ovs_version":"3.0.0","external_ids":["map",[["psk","SECRETWORD"]]]}}}`)
	socket := map[string]string{"run/openvswitch/db.sock": ""}
	with := func(name, text string) map[string]string {
		return map[string]string{"run/openvswitch/db.sock": "", name: text}
	}
	for _, c := range []struct {
		name    string
		files   map[string]string
		sockets map[string]func(net.Conn)
		version string
		status  string
		source  string
		problem string
	}{
		{"the server answers", socket, ovsAnswers(says(ovsReply)), "3.1.0", statusKnown, sourceOVSDB, ""},
		{"in pieces, after a question of its own", socket, ovsAnswers(says(`{"method":"echo","params":[],"id":"echo"}`, ovsReply[:50], ovsReply[50:])), "3.1.0", statusKnown, sourceOVSDB, ""},
		{"to another question", socket, ovsAnswers(says(strings.Replace(ovsReply, `"id":1`, `"id":2`, 1))), "", statusUnknown, sourceNone, "answer: EOF"},
		{"the server refuses", socket, ovsAnswers(says(`{"id":1,"error":"not allowed","result":null}`)), "", statusUnknown, sourceNone, `refused: "not allowed"`},
		{"half an answer", socket, ovsAnswers(says(ovsReply[:50])), "", statusUnknown, sourceNone, "unexpected EOF"},
		{"no answer", socket, ovsAnswers(says()), "", statusUnknown, sourceNone, "EOF"},
		{"no JSON", socket, ovsAnswers(says("hello\n")), "", statusUnknown, sourceNone, "invalid character"},
		{"wrong types", socket, ovsAnswers(says(`{"id":1,"error":null,"result":{"a":[]}}`)), "", statusUnknown, sourceNone, "result"},
		{"too deep", socket, ovsAnswers(says(`{"id":1,"result":` + strings.Repeat("[", 1<<16))), "", statusUnknown, sourceNone, "depth"},
		{"never ends", socket, ovsAnswers(func(c net.Conn) {
			chunk := strings.Repeat(" ", 1<<16)
			for {
				if _, err := io.WriteString(c, chunk); err != nil {
					return
				}
			}
		}), "", statusUnknown, sourceNone, "says more than"},
		{"nobody listens, the file is there", with("etc/openvswitch/conf.db", file), nil, "3.0.0", statusPartial, sourceFile, "does not exist"},
		{"nothing runs, the file is there", map[string]string{"etc/openvswitch/conf.db": file}, nil, "3.0.0", statusKnown, sourceFile, ""},
		{"the file in another place", map[string]string{"var/lib/openvswitch/conf.db": file}, nil, "3.0.0", statusKnown, sourceFile, ""},
		{"the file is damaged", map[string]string{"etc/openvswitch/conf.db": file + "x"}, nil, "3.0.0", statusPartial, sourceFile, "record 2"},
		{"the file is none", map[string]string{"etc/openvswitch/conf.db": "x"}, nil, "", statusUnknown, sourceNone, "record 0"},
		{"the file cannot be read", map[string]string{"etc/openvswitch/conf.db/x": ""}, nil, "", statusUnknown, sourceNone, "not a regular file"},
		{"it is configured and has no database", map[string]string{"etc/network/interfaces": "auto vmbr1\niface vmbr1 inet manual\n ovs_type OVSBridge\n"}, nil, "", statusUnknown, sourceNone, "no database"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureRunning(t, c.files, nil, c.sockets)
			a := areaOf(t, s, "network.ovs")
			if s.Network.OVS.Version != c.version || a.Status != c.status || a.Source != c.source {
				t.Errorf("version %q, %+v", s.Network.OVS.Version, a)
			}
			found := false
			for _, p := range s.Problems {
				found = found || p.Area == "network.ovs" && strings.Contains(p.Error, c.problem) && c.problem != ""
			}
			if found != (c.problem != "") {
				t.Errorf("problems %+v, want %q", s.Problems, c.problem)
			}
			if strings.Contains(string(encode(t, s)), "SECRETWORD") {
				t.Error("a secret came out")
			}
			for _, f := range s.Files {
				if strings.HasSuffix(f.Path, "conf.db") && f.SHA256 != "" {
					t.Errorf("the digest of %s would let anyone try out keys", f.Path)
				}
			}
		})
	}
}

func TestOpenVSwitchThatHangsIsGivenUp(t *testing.T) {
	host := dialHost{sockets: ovsAnswers(func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := askOVS(ctx, host); err == nil || !strings.Contains(err.Error(), "no answer within") {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestOnlySocketsOfTheRunningHostAreDialled(t *testing.T) {
	dir := t.TempDir()
	listener, err := net.Listen("unix", filepath.Join(dir, "s"))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("s", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	live, err := openMachine("/", "")
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	for name, want := range map[string]error{"s": nil, "link": nil, "file": errNotSocket, "none": fs.ErrNotExist} {
		conn, err := live.Dial(context.Background(), filepath.Join(dir, name))
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
		if conn != nil {
			conn.Close()
		}
	}
	tree, err := openMachine(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if _, err := tree.Dial(context.Background(), "/s"); err == nil {
		t.Error("a socket of a tree was dialled")
	}
}

// What SDN generates is part of the configuration only where interfaces sources it, and says where it comes from.
func TestInterfacesOfSDNSayWhereTheyComeFrom(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/network/interfaces":       "auto lo\niface lo inet loopback\n\nsource /etc/network/interfaces.d/*\n",
		"etc/network/interfaces.d/sdn": "#version:3\n\nauto vnet1\niface vnet1\n\tbridge_ports vmbr0.20\n\tbridge_stp off\n",
		"etc/network/interfaces.new":   "auto lo\n",
	}))
	for _, i := range s.Network.Interfaces {
		if i.Name == "vnet1" {
			if !strings.HasPrefix(i.Source, "/etc/network/interfaces.d/sdn:") || !s.Network.Staged {
				t.Errorf("source %q, staged %t", i.Source, s.Network.Staged)
			}
			return
		}
	}
	t.Errorf("no vnet1 in %+v", s.Network.Interfaces)
}

func TestWhatOnlyRunsIsUnknownInATree(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/passwd": "", "proc/1/net/tcp": tcpHeadings, "proc/1/net/ip_tables_names": "nat\n", "sys/module/nf_tables/x": "", "run/openvswitch/db.sock": "",
		"etc/network/interfaces": "auto lo\n", "var/lib/dpkg/status": "Package: dpkg\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n",
	}))
	for name, want := range map[string]string{
		"network.live": statusUnknown, "network.listeners": statusUnknown, "network.filters": statusUnknown, "network.ovs": statusKnown,
	} {
		if a := areaOf(t, s, name); a.Status != want {
			t.Errorf("%+v", a)
		}
	}
	assertProblemsExplainAreas(t, s)
}
