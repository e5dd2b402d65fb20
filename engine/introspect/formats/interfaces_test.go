package formats

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const interfacesFile = "/etc/network/interfaces"

// readInterfaces reads a text as /etc/network/interfaces, with further files beside it.
func readInterfaces(t testing.TB, text string, more map[string]string) (map[string]snapshot.Interface, []snapshot.Anomaly, []string) {
	t.Helper()
	files := map[string][]byte{interfacesFile: []byte(text)}
	for name, data := range more {
		files[name] = []byte(data)
	}
	found, anomalies, read, err := Interfaces(interfacesFile, tree{files: files})
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]snapshot.Interface{}
	for _, i := range found {
		if _, twice := byName[i.Name]; twice {
			t.Errorf("the interface %s stands twice in the result", i.Name)
		}
		byName[i.Name] = i
	}
	return byName, anomalies, read
}

func kindsOf(anomalies []snapshot.Anomaly) []string {
	kinds := []string{}
	for _, a := range anomalies {
		kinds = append(kinds, a.Kind+" "+strings.TrimPrefix(a.Source, "/etc/network/"))
	}
	return kinds
}

// brief writes what an interface amounts to, empty parts left out.
func brief(i snapshot.Interface) string {
	parts := []string{i.Kind}
	add := func(name, value string) {
		if value != "" && value != "0" && value != "false" {
			parts = append(parts, name+"="+value)
		}
	}
	var addresses, methods []string
	for _, a := range i.Addresses {
		addresses = append(addresses, a.CIDR)
	}
	for _, m := range i.Methods {
		methods = append(methods, strings.Trim(m.Family+":"+m.Method, ":"))
	}
	add("auto", fmt.Sprint(i.Auto))
	add("allow", strings.Join(i.Allow, ","))
	add("methods", strings.Join(methods, ","))
	add("addresses", strings.Join(addresses, ","))
	add("gateway", i.Gateway)
	add("gateway6", i.Gateway6)
	add("mtu", fmt.Sprint(i.MTU))
	add("ports", strings.Join(i.Ports, ","))
	add("slaves", strings.Join(i.Slaves, ","))
	add("mode", i.BondMode)
	add("aware", fmt.Sprint(i.VLANAware))
	add("vids", strings.Join(i.VIDs, ","))
	add("id", fmt.Sprint(i.VLANID))
	add("raw", i.VLANRawDevice)
	add("ovs", i.OVSBridge)
	return strings.Join(parts, " ")
}

func TestInterfacesMeanWhatIfupdown2Makes(t *testing.T) {
	tests := []struct{ name, text, iface, want string }{
		{"an empty line does not end a stanza", "iface eno1 inet static\n\n\taddress 10.0.0.1/24\n", "eno1", "physical methods=inet:static addresses=10.0.0.1/24"},
		{"continued lines are joined", "iface vmbr0\n bridge-ports eno1 \\\n  eno2 \\\n eno3\n mtu 9000\n", "vmbr0", "bridge mtu=9000 ports=eno1,eno2,eno3"},
		{"a comment does not continue", "iface vmbr0\n # ports \\\n bridge-ports eno1\n", "vmbr0", "bridge ports=eno1"},
		{"dotted netmask", "iface a inet static\n address 10.0.0.2\n netmask 255.255.254.0\n", "a", "physical methods=inet:static addresses=10.0.0.2/23"},
		{"hex netmask", "iface a inet static\n address 10.0.0.2\n netmask 0xffffff00\n", "a", "physical methods=inet:static addresses=10.0.0.2/24"},
		{"netmask as length above the address", "iface a inet6 static\n netmask 64\n address fd00::1\n", "a", "physical methods=inet6:static addresses=fd00::1/64"},
		{"a bare address is one host", "iface a\n address 10.0.0.2\n address fd00::1\n", "a", "physical addresses=10.0.0.2/32,fd00::1/128"},
		{"the length of the address beats the netmask", "iface a\n address 10.0.0.2/25\n netmask 255.0.0.0\n", "a", "physical addresses=10.0.0.2/25"},
		{"every address has its own netmask", "iface a\n address 10.0.0.2\n netmask 24\n address 10.1.0.2\n netmask 16\n", "a", "physical addresses=10.0.0.2/24,10.1.0.2/16"},
		{"stanzas of one name are one interface", "auto a\niface a inet static\n address 10.0.0.1/24\n gateway 10.0.0.254\niface a inet6 static\n address fd00::1/64\n gateway fd00::fe\n", "a",
			"physical auto=true methods=inet:static,inet6:static addresses=10.0.0.1/24,fd00::1/64 gateway=10.0.0.254 gateway6=fd00::fe"},
		{"an alias adds to its device", "iface eth0 inet manual\nauto eth0:1\niface eth0:1 inet static\n address 10.0.0.9/24\n", "eth0", "physical auto=true methods=inet:manual,inet:static addresses=10.0.0.9/24"},
		{"bridge-vlan-aware no is off", "iface vmbr0\n bridge-ports none\n bridge-vlan-aware no\n", "vmbr0", "bridge"},
		{"dash and underscore are one", "iface vmbr0\n bridge_ports eno1\n bridge_vlan_aware 1\n bridge_vids 2-10 20\n", "vmbr0", "bridge ports=eno1 aware=true vids=2-10,20"},
		{"patterns of ports stay patterns", "iface vmbr0\n bridge-ports regex eth.* noregex tap0\n", "vmbr0", "bridge ports=regex eth.*,tap0"},
		{"a bridge of ports on two lines", "iface vmbr0\n bridge-ports eno1\n bridge-ports eno2\n", "vmbr0", "bridge ports=eno1,eno2"},
		{"modes have names", "iface uplink\n bond-slaves eno1 eno2\n bond-mode 4\n", "uplink", "bond slaves=eno1,eno2 mode=802.3ad"},
		{"slaves without a prefix", "iface bond0\n slaves none\n bond-mode active-backup\n", "bond0", "bond mode=active-backup"},
		{"a VLAN by its name", "iface eno1.100\n", "eno1.100", "vlan id=100 raw=eno1"},
		{"a VLAN in a VLAN", "iface eno1.100.20\n", "eno1.100.20", "vlan id=20 raw=eno1.100"},
		{"vlan100 with its device", "iface vlan100\n vlan-raw-device eno1\n", "vlan100", "vlan id=100 raw=eno1"},
		{"a VLAN of any name", "iface lan\n vlan_id 7\n vlan_raw_device bond0\n", "lan", "vlan id=7 raw=bond0"},
		{"an OVS bridge", "auto vmbr0\nallow-ovs vmbr0\niface vmbr0\n ovs_type OVSBridge\n ovs_ports bond0 vlan1\n ovs_mtu 9000\n", "vmbr0", "ovs-bridge auto=true allow=ovs mtu=9000 ports=bond0,vlan1"},
		{"an OVS bond", "allow-vmbr0 bond0\niface bond0\n ovs_type OVSBond\n ovs_bridge vmbr0\n ovs_bonds eno1 eno2\n ovs_options bond_mode=balance-tcp tag=5\n", "bond0",
			"ovs-bond allow=vmbr0 slaves=eno1,eno2 mode=balance-tcp id=5 ovs=vmbr0"},
		{"an OVS internal port", "iface vlan1\n ovs_type OVSIntPort\n ovs_bridge vmbr0\n ovs_options tag=1\n", "vlan1", "ovs-int-port id=1 ovs=vmbr0"},
		{"hotplug is not auto", "allow-hotplug eno1\niface eno1 inet dhcp\n", "eno1", "physical allow=hotplug methods=inet:dhcp"},
		{"allow-auto is auto", "allow-auto eno1\niface eno1\n", "eno1", "physical auto=true"},
		{"auto all", "auto all\niface eno1\n", "eno1", "physical auto=true"},
		{"a range of names", "auto swp[1-3]\niface swp[1-3]\n mtu 1400\n", "swp2", "physical auto=true mtu=1400"},
		{"a VXLAN", "iface vx\n vxlan-id 10\n", "vx", "vxlan"},
		{"a VRF", "iface mgmt\n vrf-table auto\n", "mgmt", "vrf"},
		{"a dummy", "iface dummy0\n", "dummy0", "dummy"},
		{"a tunnel", "iface tun0 inet tunnel\n", "tun0", "other methods=inet:tunnel"},
		{"the first of two MTUs", "iface a\n mtu 1400\n mtu 1500\n", "a", "physical mtu=1400"},
		{"the words inet and family are optional", "iface a\n", "a", "physical"},
		{"CR LF", "auto a\r\niface a inet static\r\n address 10.0.0.1/24\r\n", "a", "physical auto=true methods=inet:static addresses=10.0.0.1/24"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			found, _, _ := readInterfaces(t, test.text, nil)
			if got := brief(found[test.iface]); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestInterfacesReportsWhatHasNoEffect(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"nothing to report", "auto lo\niface lo inet loopback\nsource /etc/network/interfaces.d/*\n", []string{}},
		{"a missing file", "source /etc/network/absent\n", []string{"missing-source interfaces:1"}},
		{"an option without a stanza", "mtu 1500\n", []string{"orphan-line interfaces:1"}},
		{"auto without a stanza", "\nauto eno9\n", []string{"no-stanza interfaces:2"}},
		{"an address that is none", "iface a\n address 10.0.0.256/24\n", []string{"bad-address interfaces:2"}},
		{"a netmask with a hole", "iface a\n address 10.0.0.1\n netmask 255.0.255.0\n", []string{"bad-address interfaces:2"}},
		{"two gateways", "iface a\n gateway 10.0.0.1\n gateway 10.0.0.2\n", []string{"duplicate-gateway interfaces:3"}},
		{"an MTU that is none", "iface a\n mtu big\n", []string{"bad-number interfaces:2"}},
		{"stanzas that are not evaluated", "mapping eth0\n script x\n map y\nrename a=b\n", []string{"unsupported-stanza interfaces:1", "unsupported-stanza interfaces:4"}},
		{"a template", "%for i in range(4):\niface eno1\n", []string{"template interfaces:1"}},
		{"a range beyond reason", "auto swp[1-99999999]\n", []string{"range-limit interfaces:1", "no-stanza interfaces:1"}},
		{"an option without a value", "iface a\n mtu\n", []string{"missing-value interfaces:2"}},
		{"CR LF", "auto a\r\niface a\r\n", []string{"crlf interfaces:1"}},
		{"an alias", "iface a:1\n", []string{"alias interfaces:1"}},
		{"a stanza without a name", "iface\n mtu 1500\n", []string{"invalid-stanza interfaces:1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, anomalies, _ := readInterfaces(t, test.text, nil)
			if d := cmp.Diff(test.want, kindsOf(anomalies)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestInterfacesFollowsSources(t *testing.T) {
	found, anomalies, read := readInterfaces(t, "source interfaces.d/*\nsource-directory more\niface last\n", map[string]string{
		"/etc/network/interfaces.d/b":       "iface b\n source ../interfaces\n",
		"/etc/network/interfaces.d/a":       "iface a inet static\n address 10.0.0.1/24\n",
		"/etc/network/interfaces.d/.hidden": "iface hidden\n",
		"/etc/network/more/c":               "source d.inc\niface c\n",
		"/etc/network/more/d.inc":           "iface d\n",
	})
	if d := cmp.Diff([]string{interfacesFile, "/etc/network/interfaces.d/a", "/etc/network/interfaces.d/b", "/etc/network/more/c", "/etc/network/more/d.inc"}, read); d != "" {
		t.Error("files read:", d)
	}
	var names []string
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	if d := cmp.Diff([]string{"a", "b", "c", "d", "last"}, names); d != "" {
		t.Error("interfaces:", d)
	}
	if d := cmp.Diff([]string{"source-loop interfaces.d/b:2", "sourced-twice interfaces:2"}, kindsOf(anomalies)); d != "" {
		t.Error("anomalies:", d)
	}
	if got, want := found["a"].Options[0].Source, "/etc/network/interfaces.d/a:2"; got != want {
		t.Errorf("source of an option is %s, want %s", got, want)
	}
}

func TestInterfacesKeepsEveryOptionLine(t *testing.T) {
	found, _, _ := readInterfaces(t, "iface vmbr0 inet static\n address 10.0.0.1/24\n post-up echo $IFACE\n post-up echo two\n ovs_extra x\nno-scripts vmbr0\n", nil)
	var got []string
	for _, o := range found["vmbr0"].Options {
		got = append(got, o.Source[len(interfacesFile)+1:]+" "+o.Key+" "+*o.Value)
	}
	want := []string{"2 address 10.0.0.1/24", "3 post-up echo $IFACE", "4 post-up echo two", "5 ovs-extra x", "6 no-scripts vmbr0"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

type noFiles struct{ err error }

func (n noFiles) ReadFile(string) ([]byte, error) { return nil, n.err }
func (n noFiles) Glob(string) ([]string, error)   { return nil, n.err }

func TestInterfacesFailsWithoutItsFile(t *testing.T) {
	cause := errors.New("gone")
	found, anomalies, read, err := Interfaces(interfacesFile, noFiles{cause})
	if !errors.Is(err, cause) || !strings.HasPrefix(err.Error(), interfacesFile+": ") {
		t.Errorf("error is %v", err)
	}
	if found == nil || anomalies == nil || read == nil {
		t.Error("a list is nil")
	}
}
