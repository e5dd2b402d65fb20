package introspect

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netlink/nl"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// emptyNetwork moves the test to a network namespace of its own.
func emptyNetwork(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		testhosts.Lacking(t, "a network namespace needs root")
	}
	runtime.LockOSThread()
	own, err := netns.Get()
	must(t, err)
	namespace, err := netns.New()
	must(t, err)
	t.Cleanup(func() {
		must(t, netns.Set(own), own.Close(), namespace.Close())
		runtime.UnlockOSThread()
	})
}

// must fails the test for an error of the kernel.
func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// networkHost is the running host as far as its network goes; all else is a tree of files.
type networkHost struct{ busHost }

func (networkHost) Network() (Network, error) { return openNetlink() }

// The kernel itself is asked about a bridge with VLANs, what rests on it, and its routes.
func TestNetworkOfTheKernel(t *testing.T) {
	emptyNetwork(t)
	attrs := func(name string) netlink.LinkAttrs {
		a := netlink.NewLinkAttrs()
		a.Name = name
		return a
	}
	filters := true
	bridge := &netlink.Bridge{LinkAttrs: attrs("vmbr0"), VlanFiltering: &filters}
	plain := &netlink.Bridge{LinkAttrs: attrs("vmbr1")}
	port := &netlink.Veth{LinkAttrs: attrs("eno1"), PeerName: "cable"}
	err := netlink.LinkAdd(bridge)
	if errors.Is(err, unix.EOPNOTSUPP) { // a kernel whose bridges know no VLANs
		filters, bridge.VlanFiltering = false, nil
		err = netlink.LinkAdd(bridge)
	}
	must(t, err, netlink.LinkAdd(plain), netlink.LinkAdd(port), netlink.LinkSetMaster(port, bridge))
	cable, err := netlink.LinkByName("cable")
	must(t, err, netlink.LinkSetMaster(cable, plain))
	vxlan := &netlink.Vxlan{LinkAttrs: attrs("vx0"), VxlanId: 77, VtepDevIndex: bridge.Index, Port: 4789}
	macvlan := &netlink.Macvlan{LinkAttrs: attrs("mv0"), Mode: netlink.MACVLAN_MODE_BRIDGE}
	macvlan.ParentIndex = bridge.Index
	must(t, netlink.LinkAdd(vxlan), netlink.LinkAdd(macvlan))
	if filters {
		must(t, netlink.BridgeVlanAddRange(port, 2, 4094, false, false, false, true), netlink.BridgeVlanAdd(port, 30, false, true, false, true))
	}
	address, err := netlink.ParseAddr("192.0.2.10/24")
	must(t, err, netlink.AddrAdd(bridge, address))
	address, err = netlink.ParseAddr("2001:db8::10/64")
	must(t, err)
	address.Flags = unix.IFA_F_NODAD
	must(t, netlink.AddrAdd(bridge, address))
	for _, link := range []netlink.Link{port, cable, bridge, plain} {
		must(t, netlink.LinkSetUp(link))
	}
	must(t,
		netlink.RouteAdd(&netlink.Route{LinkIndex: bridge.Index, Gw: net.ParseIP("192.0.2.1"), Protocol: unix.RTPROT_STATIC}),
		netlink.RouteAdd(&netlink.Route{LinkIndex: bridge.Index, Gw: net.ParseIP("2001:db8::1"), Protocol: unix.RTPROT_RA}),
		netlink.RouteAdd(&netlink.Route{LinkIndex: bridge.Index, Gw: net.ParseIP("192.0.2.2"), Dst: prefixOf(t, "198.51.100.0/24"), Table: 100000, Src: net.ParseIP("192.0.2.10"), Protocol: unix.RTPROT_BGP}),
		netlink.RouteAdd(&netlink.Route{Type: unix.RTN_BLACKHOLE, Dst: prefixOf(t, "203.0.113.0/24"), Protocol: unix.RTPROT_BOOT}),
	)
	rule := netlink.NewRule()
	rule.Family, rule.Priority, rule.Table, rule.Src, rule.SuppressPrefixlen = netlink.FAMILY_V4, 1000, 100, prefixOf(t, "192.0.2.0/24"), 0
	must(t, netlink.RuleAdd(rule))

	m, err := openMachine(writeTree(t, map[string]string{"proc/1/net/tcp": "", "sys/module/nf_tables/x": ""}), "")
	must(t, err)
	defer m.Close()
	s, err := Capture(context.Background(), Options{Host: networkHost{busHost{m, nil, nil}}})
	must(t, err)
	if a := areaOf(t, s, "network.live"); a.Status != statusKnown {
		t.Errorf("%+v %v", a, s.Problems)
	}

	// Hardware addresses are made up by the kernel; carriers may not be there yet.
	own := cmpopts.IgnoreFields(snapshot.Link{}, "MAC", "PermanentMAC", "State")
	native := snapshot.BridgeVLAN{First: 1, Last: 1, PVID: true, Untagged: true}
	delays := snapshot.BridgeState{ForwardDelayCentiseconds: 1500, AgeingCentiseconds: 30000, MulticastSnooping: true}
	filtering := delays
	var ofPort, ofBridge []snapshot.BridgeVLAN
	if filtering.VLANFiltering = filters; filters {
		ofPort = []snapshot.BridgeVLAN{native, {First: 2, Last: 29}, {First: 30, Last: 30, Untagged: true}, {First: 31, Last: 4094}}
		ofBridge = []snapshot.BridgeVLAN{native}
	}
	wantLinks := []snapshot.Link{
		{Name: "cable", Kind: "veth", MTU: 1500, Up: true, Master: "vmbr1"},
		{Name: "eno1", Kind: "veth", MTU: 1500, Up: true, Master: "vmbr0", VLANs: ofPort},
		{Name: "lo", Kind: "loopback", MTU: 65536},
		{Name: "mv0", Kind: "macvlan", MTU: 1500, Parent: "vmbr0"},
		{Name: "vmbr0", Kind: "bridge", MTU: 1500, Up: true, Bridge: &filtering, VLANs: ofBridge,
			Addresses: []snapshot.Address{{CIDR: "192.0.2.10/24", Family: "inet"}, {CIDR: "2001:db8::10/64", Family: "inet6"}}},
		{Name: "vmbr1", Kind: "bridge", MTU: 1500, Up: true, Bridge: &delays},
		{Name: "vx0", Kind: "vxlan", MTU: 1450, Parent: "vmbr0", VNI: 77},
	}
	links := slices.DeleteFunc(s.Network.Links, func(l snapshot.Link) bool {
		return !slices.ContainsFunc(wantLinks, func(w snapshot.Link) bool { return w.Name == l.Name }) // sit0 and its kin
	})
	if d := cmp.Diff(wantLinks, links, allFields, own); d != "" {
		t.Error(d)
	}
	wantRoutes := []snapshot.Route{
		{Table: 254, Kind: "unicast", Protocol: "kernel", Destination: "192.0.2.0/24", Interface: "vmbr0", Source: "192.0.2.10"},
		{Table: 254, Kind: "unicast", Protocol: "kernel", Destination: "2001:db8::/64", Interface: "vmbr0", Metric: 256},
		{Table: 254, Kind: "blackhole", Protocol: "boot", Destination: "203.0.113.0/24"},
		{Table: 254, Kind: "unicast", Protocol: "static", Destination: "default", Gateway: "192.0.2.1", Interface: "vmbr0"},
		{Table: 254, Kind: "unicast", Protocol: "ra", Destination: "default", Gateway: "2001:db8::1", Interface: "vmbr0", Metric: 1024},
		{Table: 100000, Kind: "unicast", Protocol: "bgp", Destination: "198.51.100.0/24", Gateway: "192.0.2.2", Interface: "vmbr0", Source: "192.0.2.10"},
	}
	if d := cmp.Diff(wantRoutes, s.Network.Routes, allFields); d != "" {
		t.Error(d)
	}
	wantRules := []snapshot.RouteRule{{Priority: 1000, Family: "inet", From: "192.0.2.0/24", Table: 100, Protocol: "unspec",
		Conditions: []string{"suppress_prefixlength 0"}}}
	if d := cmp.Diff(wantRules, s.Network.Rules, allFields); d != "" {
		t.Error(d)
	}
}

// Bonds and VLAN devices, where the kernel has them.
func TestBondsAndVLANsOfTheKernel(t *testing.T) {
	emptyNetwork(t)
	attrs := netlink.NewLinkAttrs()
	attrs.Name = "bond0"
	bond := netlink.NewLinkBond(attrs)
	bond.Mode, bond.Miimon, bond.LacpRate, bond.XmitHashPolicy = netlink.BOND_MODE_802_3AD, 100, netlink.BOND_LACP_RATE_FAST, netlink.BOND_XMIT_HASH_POLICY_LAYER3_4
	switch err := netlink.LinkAdd(bond); {
	case errors.Is(err, unix.EOPNOTSUPP):
		t.Skip("the kernel has no bonds, and what a kernel lacks nobody can install")
	case err != nil:
		t.Fatal(err)
	}
	attrs.Name = "bond1"
	backup := netlink.NewLinkBond(attrs)
	backup.Mode, backup.Miimon = netlink.BOND_MODE_ACTIVE_BACKUP, 50
	attrs.Name = "eno1"
	member := &netlink.Veth{LinkAttrs: attrs, PeerName: "cable"}
	must(t, netlink.LinkAdd(backup), netlink.LinkAdd(member), netlink.LinkSetMaster(member, backup))
	attrs.Name, attrs.ParentIndex = "bond0.20", bond.Index
	must(t, netlink.LinkAdd(&netlink.Vlan{LinkAttrs: attrs, VlanId: 20}))

	m, err := openMachine(writeTree(t, nil), "")
	must(t, err)
	defer m.Close()
	c := newCapture(context.Background(), networkHost{busHost{m, nil, nil}}, Options{})
	collectLinks(c)
	found := map[string]snapshot.Link{}
	for _, link := range c.out.Network.Links {
		found[link.Name] = link
	}
	for name, want := range map[string]*snapshot.BondState{
		"bond0": {Mode: "802.3ad", MIIMonMilliseconds: 100, LACPRate: "fast", XmitHashPolicy: "layer3+4"},
		"bond1": {Mode: "active-backup", MIIMonMilliseconds: 50},
	} {
		if d := cmp.Diff(want, found[name].Bond); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if vlan := found["bond0.20"]; vlan.Parent != "bond0" || vlan.VLANID != 20 || found["eno1"].Master != "bond1" {
		t.Errorf("%+v %+v", vlan, found["eno1"])
	}
}

func TestFiltersOfTheKernel(t *testing.T) {
	emptyNetwork(t)
	nft, err := exec.LookPath("nft")
	if err != nil {
		testhosts.Lacking(t, "nft is not installed")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	const tables = "add table inet proxmox-firewall; add table bridge a; add table ip6 b; add table netdev c; add table arp d; add table ip nat"
	if out, err := exec.CommandContext(ctx, nft, tables).CombinedOutput(); err != nil {
		t.Fatalf("nft: %v: %s", err, out)
	}
	network, err := openNetlink()
	must(t, err)
	defer network.Close()
	found, err := network.FilterTables()
	must(t, err)
	var got []string
	for _, table := range found {
		got = append(got, table.Kind+" "+table.Family+" "+table.Name)
	}
	slices.Sort(got)
	want := []string{"nftables arp d", "nftables bridge a", "nftables inet proxmox-firewall", "nftables ip nat", "nftables ip6 b", "nftables netdev c"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// linkMessage is a message about the link 7 with one attribute that holds others.
func linkMessage(kind int, inner ...*nl.RtAttr) []byte {
	header := nl.NewIfInfomsg(unix.AF_BRIDGE)
	header.Index = 7
	outer := nl.NewRtAttr(kind|unix.NLA_F_NESTED, nil)
	for _, attribute := range inner {
		outer.AddChild(attribute)
	}
	return append(header.Serialize(), outer.Serialize()...)
}

func TestVLANsOfAPort(t *testing.T) {
	vlan := func(id uint16, flags uint16) *nl.RtAttr {
		return nl.NewRtAttr(nl.IFLA_BRIDGE_VLAN_INFO, (&nl.BridgeVlanInfo{Flags: flags, Vid: id}).Serialize())
	}
	const begin, end, pvid, untagged = nl.BRIDGE_VLAN_INFO_RANGE_BEGIN, nl.BRIDGE_VLAN_INFO_RANGE_END, nl.BRIDGE_VLAN_INFO_PVID, nl.BRIDGE_VLAN_INFO_UNTAGGED
	for _, c := range []struct {
		name string
		sent []*nl.RtAttr
		want []snapshot.BridgeVLAN
	}{
		{"single ones and ranges", []*nl.RtAttr{vlan(1, pvid|untagged), vlan(2, begin), vlan(4094, end)}, []snapshot.BridgeVLAN{{First: 1, Last: 1, PVID: true, Untagged: true}, {First: 2, Last: 4094}}},
		{"an end without a beginning", []*nl.RtAttr{vlan(9, end)}, []snapshot.BridgeVLAN{{First: 9, Last: 9}}},
		{"a beginning without an end", []*nl.RtAttr{vlan(9, begin), vlan(12, untagged)}, []snapshot.BridgeVLAN{{First: 12, Last: 12, Untagged: true}}},
		{"something else", []*nl.RtAttr{nl.NewRtAttr(nl.IFLA_BRIDGE_FLAGS, []byte{1, 0}), nl.NewRtAttr(nl.IFLA_BRIDGE_VLAN_INFO, []byte{1})}, nil},
	} {
		index, got := bridgeVLANs(linkMessage(unix.IFLA_AF_SPEC, c.sent...))
		if d := cmp.Diff(c.want, got, allFields); d != "" || index != 7 {
			t.Errorf("%s: link %d %s", c.name, index, d)
		}
	}
}

func TestSettingsOfABridge(t *testing.T) {
	data := nl.NewRtAttr(nl.IFLA_INFO_DATA, nil)
	for kind, value := range map[int][]byte{
		nl.IFLA_BR_VLAN_FILTERING: {1}, nl.IFLA_BR_MCAST_SNOOPING: {1}, nl.IFLA_BR_STP_STATE: nl.Uint32Attr(1),
		nl.IFLA_BR_FORWARD_DELAY: nl.Uint32Attr(200), nl.IFLA_BR_AGEING_TIME: nl.Uint32Attr(30000), nl.IFLA_BR_HELLO_TIME: nl.Uint32Attr(3),
	} {
		data.AddRtAttr(kind, value)
	}
	want := snapshot.BridgeState{VLANFiltering: true, STP: true, ForwardDelayCentiseconds: 200, AgeingCentiseconds: 30000, MulticastSnooping: true}
	index, got, isBridge := bridgeState(linkMessage(unix.IFLA_LINKINFO, nl.NewRtAttr(nl.IFLA_INFO_KIND, nl.ZeroTerminated("bridge")), data))
	if index != 7 || got != want || !isBridge {
		t.Errorf("%d %+v %t", index, got, isBridge)
	}
	if _, _, isBridge := bridgeState(linkMessage(unix.IFLA_LINKINFO, nl.NewRtAttr(nl.IFLA_INFO_KIND, nl.ZeroTerminated("bond")), data)); isBridge {
		t.Error("a bond is a bridge")
	}
}

// Messages that are cut anywhere, or hold anything, are no harm.
func TestMessagesOfTheKernelThatAreCut(t *testing.T) {
	message := make([]byte, 16)
	message = append(message, 12, 0, 18, 0x80, 8, 0, 1, 0, 'b', 'r', 0, 0, 8, 0, 26, 0, 4, 0, 2, 0)
	for end := range len(message) + 1 {
		bridgeState(message[:end])
		bridgeVLANs(message[:end])
		filterTable(message[:end])
	}
}

// A listener of this process is found with its program.
func TestListenersOfThisProcess(t *testing.T) {
	before := netDirectories
	netDirectories = []string{"/proc/self/net"}
	t.Cleanup(func() { netDirectories = before })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	waiting, err := net.ListenPacket("udp", "[::1]:0")
	if err != nil {
		waiting, err = net.ListenPacket("udp", "127.0.0.1:0")
		must(t, err)
	}
	defer waiting.Close()
	connected, err := net.Dial("udp", waiting.LocalAddr().String())
	must(t, err)
	defer connected.Close()
	comm, err := os.ReadFile("/proc/self/comm")
	must(t, err)

	m, err := openMachine("/", "")
	must(t, err)
	defer m.Close()
	c := newCapture(context.Background(), m, Options{})
	collectListeners(c)
	program := func(protocol string, address net.Addr) string {
		host, port, err := net.SplitHostPort(address.String())
		must(t, err)
		for _, l := range c.out.Network.Listeners {
			if l.Protocol == protocol && l.Address == host && strconv.Itoa(l.Port) == port {
				return l.Program
			}
		}
		return "none"
	}
	name := strings.TrimSpace(string(comm))
	if got := program("tcp", listener.Addr()); got != name {
		t.Errorf("tcp: %q, want %q", got, name)
	}
	if got := program("udp", waiting.LocalAddr()); got != name {
		t.Errorf("udp: %q, want %q", got, name)
	}
	if got := program("udp", connected.LocalAddr()); got != "none" {
		t.Errorf("a client is a listener of %q", got)
	}
}

// A real server and the file that it writes tell the same.
func TestDatabaseServerOfOpenVSwitch(t *testing.T) {
	const schema = "/usr/share/openvswitch/vswitch.ovsschema"
	if _, err := os.Stat(schema); err != nil {
		testhosts.Lacking(t, "openvswitch-switch is not installed")
	}
	dir := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	run := func(program string, arguments ...string) {
		t.Helper()
		cmd := exec.CommandContext(ctx, program, arguments...)
		cmd.Env = append(os.Environ(), "OVS_RUNDIR="+dir, "OVS_LOGDIR="+dir, "OVS_DBDIR="+dir, "OVS_SYSCONFDIR="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s %v: %v: %s", program, arguments, err, out)
		}
	}
	file, socket := filepath.Join(dir, "conf.db"), filepath.Join(dir, "db.sock")
	run("ovsdb-tool", "create", file, schema)
	server := exec.CommandContext(ctx, "ovsdb-server", file, "--remote=punix:"+socket, "--unixctl="+filepath.Join(dir, "ctl"))
	server.Env = append(os.Environ(), "OVS_RUNDIR="+dir, "OVS_LOGDIR="+dir)
	must(t, server.Start())
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	vsctl := func(arguments ...string) {
		t.Helper()
		run("ovs-vsctl", append([]string{"--no-wait", "--timeout=15", "--db=unix:" + socket}, arguments...)...)
	}
	for range 100 {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	vsctl("init")
	vsctl("set", "Open_vSwitch", ".", "ovs_version=3.1.0", "other_config:a=1", "other_config:b=2", "external_ids:system-id=8c1d")
	vsctl("add-br", "vmbr1", "--", "set", "bridge", "vmbr1", "datapath_type=netdev", "rstp_enable=true", "fail_mode=secure")
	vsctl("add-port", "vmbr1", "eno2", "tag=20")
	vsctl("add-port", "vmbr1", "tap100i0", "tag=30", "trunks=5,7,6", "vlan_mode=native-untagged")
	vsctl("add-bond", "vmbr1", "bond0", "eno3", "eno4", "bond_mode=balance-slb", "lacp=active")
	vsctl("add-port", "vmbr1", "vx0", "--", "set", "interface", "vx0", "type=vxlan", "options:remote_ip=192.0.2.7", "options:psk=SwordFish", "mtu_request=1400")
	vsctl("add-br", "vmbr2", "--", "set-controller", "vmbr2", "tcp:192.0.2.1:6653")
	// What was there and is no more must not come back out of the file.
	vsctl("set", "port", "tap100i0", "trunks=5,8")
	vsctl("clear", "port", "eno2", "tag")
	vsctl("set", "interface", "vx0", "options:remote_ip=192.0.2.8")
	vsctl("remove", "Open_vSwitch", ".", "other_config", "a")
	vsctl("add-br", "gone")
	vsctl("del-br", "gone")

	m, err := openMachine("/", "")
	must(t, err)
	defer m.Close()
	database, err := askOVS(ctx, rerouted{m, socket})
	must(t, err)
	asked := database.Facts(ovsDatabases[0])
	data, err := os.ReadFile(file)
	must(t, err)
	tree := captureTree(t, writeTree(t, map[string]string{"etc/openvswitch/conf.db": string(data)}))
	if a := areaOf(t, tree, "network.ovs"); a.Status != statusKnown {
		t.Errorf("%+v", a)
	}
	if d := cmp.Diff(asked, tree.Network.OVS, allFields); d != "" {
		t.Errorf("- server, + file: %s", d)
	}
	text := string(encode(t, tree))
	if strings.Contains(text, "SwordFish") || strings.Contains(text, `"gone"`) {
		t.Error("a secret or a deleted bridge came out")
	}
	tag := 30
	want := snapshot.OVSPort{Name: "tap100i0", Tag: &tag, Trunks: []int{5, 8}, VLANMode: "native-untagged", Interfaces: []snapshot.OVSInterface{{Name: "tap100i0", Type: "system"}}}
	if len(asked.Bridges) != 2 || len(asked.Bridges[0].PortDetails) != 5 {
		t.Fatalf("%+v", asked)
	}
	if d := cmp.Diff(want, asked.Bridges[0].PortDetails[2], allFields); d != "" {
		t.Error(d)
	}
}

// rerouted is the running host with its database server in another place.
type rerouted struct {
	*machine
	socket string
}

func (r rerouted) Dial(ctx context.Context, _ string) (net.Conn, error) {
	return r.machine.Dial(ctx, r.socket)
}
