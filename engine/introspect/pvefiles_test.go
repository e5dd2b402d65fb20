package introspect

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// pveTree is a host that has every file of /etc/pve that can be read, with something to find in each.
func pveTree() map[string]string {
	return map[string]string{
		"etc/hostname": "a\n", "etc/passwd": "root:x:0:0::/root:/bin/sh\n", "etc/vzdump.conf": "bwlimit: 1001\n",
		"etc/pve/authkey.pub": "", "etc/pve/.version": "{}",
		"etc/pve/.members":                        `{"nodename":"a","cluster":{"quorate":0},"nodelist":{"a":{"online":1},"b":{"online":0}}}`,
		"etc/pve/corosync.conf":                   "totem {\n cluster_name: found1\n}\nnodelist {\n node {\n name: a\n nodeid: 1\n ring0_addr: 10.0.0.1\n }\n node {\n name: b\n nodeid: 2\n ring0_addr: 10.0.0.2\n }\n}\n",
		"etc/pve/corosync.conf.new":               "totem {\n}\n",
		"etc/pve/datacenter.cfg":                  "keyboard: de\nfound2: x\n",
		"etc/pve/storage.cfg":                     "dir: found3\n\tpath /x\n",
		"etc/pve/user.cfg":                        "user:found4@pve:1:0::::::\n",
		"etc/pve/domains.cfg":                     "ldap: found5\n\tserver1 x\n",
		"etc/pve/replication.cfg":                 "local: 100-6\n\ttarget found6\n",
		"etc/pve/jobs.cfg":                        "vzdump: found7\n\tschedule daily\n",
		"etc/pve/vzdump.cron":                     "0 1 * * * root vzdump 100 --storage found8\n",
		"etc/pve/status.cfg":                      "graphite: found9\n\tserver x\n",
		"etc/pve/notifications.cfg":               "matcher: found10\n\ttarget x\n",
		"etc/pve/ceph.conf":                       "[global]\nfsid = found11\n",
		"etc/pve/firewall/cluster.fw":             "[OPTIONS]\nenable: 1\n[ALIASES]\nfound12 10.0.0.1\n",
		"etc/pve/firewall/100.fw":                 "[RULES]\nIN ACCEPT -source 10.0.0.13\n",
		"etc/pve/sdn/firewall/v.fw":               "[RULES]\nFORWARD ACCEPT -source 10.0.0.14\n",
		"etc/pve/nodes/a/host.fw":                 "[OPTIONS]\nfound15: x\n",
		"etc/pve/virtual-guest/cpu-models.conf":   "cpu-model: found16\n\treported-model kvm64\n",
		"etc/pve/virtual-guest/profiles.cfg":      "vm: found17\n\tmemory 512\n",
		"etc/pve/mapping/pci.cfg":                 "found18\n\tmap node=a,path=0000:01:00.0,id=1:2\n",
		"etc/pve/mapping/usb.cfg":                 "found19\n\tmap node=a,id=1:2\n",
		"etc/pve/mapping/directory.cfg":           "found20\n\tmap node=a,path=/x\n",
		"etc/pve/sdn/zones.cfg":                   "simple: found21\n\tipam pve\n",
		"etc/pve/sdn/vnets.cfg":                   "vnet: found22\n\tzone found21\n",
		"etc/pve/sdn/subnets.cfg":                 "subnet: found23\n\tvnet found22\n",
		"etc/pve/sdn/controllers.cfg":             "evpn: found24\n\tasn 1\n",
		"etc/pve/sdn/fabrics.cfg":                 "openfabric_fabric: found25\n\tip_prefix 10.0.0.0/24\n",
		"etc/pve/sdn/prefix-lists.cfg":            "prefix-list: found26\n\tentry 10.0.0.0/8\n",
		"etc/pve/sdn/route-maps.cfg":              "route-map: found27\n\tmatch x\n",
		"etc/pve/sdn/ipams.cfg":                   "netbox: found28\n\ttoken SECRET28\n\turl https://x\n",
		"etc/pve/sdn/dns.cfg":                     "powerdns: found29\n\tkey SECRET29\n\turl https://x\n",
		"etc/pve/sdn/.running-config":             `{"version":1,"zones":{"ids":{"found21":{"type":"simple","ipam":"other"}}}}`,
		"etc/pve/ha/resources.cfg":                "vm: 100\n\tcomment found30\n",
		"etc/pve/ha/groups.cfg":                   "group: found31\n\tnodes a\n",
		"etc/pve/ha/rules.cfg":                    "node-affinity: found32\n\tnodes a\n",
		"etc/pve/ha/fence.cfg":                    "device x passwd=SECRET33\n",
		"etc/pve/ha/manager_status":               `{"master_node":"b","node_status":{"a":"maintenance"},"service_status":{"vm:100":{"state":"found34","node":"a"}},"timestamp":1}`,
		"etc/pve/nodes/a/lrm_status":              `{"mode":"found35","timestamp":1}`,
		"etc/pve/nodes/a/config":                  "wakeonlan: 00:11:22:33:44:36\n",
		"etc/pve/nodes/a/qemu-server/100.conf":    "name: found37\n",
		"etc/pve/nodes/b/lxc/200.conf":            "hostname: found38\n",
		"etc/pve/nodes/a/openvz/101.conf":         "x\n",
		"etc/pve/priv/acme/found39":               `{"key":"SECRET39"}`,
		"etc/pve/priv/acme/plugins.cfg":           "dns: found40\n\tapi cf\n\tdata SECRET40\n",
		"etc/pve/priv/token.cfg":                  "x SECRET41\n",
		"etc/pve/priv/shadow.cfg":                 "x SECRET42\n",
		"etc/pve/nodes/a/pve-ssl.key":             "SECRET43\n",
		"etc/pve/nodes/a/pve-ssl.pem":             "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
		"usr/local/share/ca-certificates/x/a.crt": "not a certificate\n",
	}
}

func TestEveryReadableFileOfPVEIsCaptured(t *testing.T) {
	files := pveTree()
	s := captureTree(t, writeTree(t, files))
	text := string(encode(t, s))
	for name, content := range files {
		at := strings.Index(content, "found")
		if at < 0 {
			continue
		}
		end := at + len("found")
		for end < len(content) && content[end] >= '0' && content[end] <= '9' {
			end++
		}
		word := content[at:end]
		if !regexp.MustCompile(word + `\b`).MatchString(text) {
			t.Errorf("%s: %s is nowhere in the snapshot", name, word)
		}
	}
	if !strings.Contains(text, `"found39"`) {
		t.Error("an account of ACME is nowhere in the snapshot")
	}
	if strings.Contains(text, "SECRET") {
		t.Error("a secret is in the snapshot")
	}
	read := map[string]snapshot.File{}
	for _, f := range s.Files {
		read[f.Path] = f
	}
	for _, private := range []string{"priv/acme/found39", "priv/token.cfg", "priv/shadow.cfg", "nodes/a/pve-ssl.key", "ha/fence.cfg"} {
		if _, found := read[pveDir+"/"+private]; found {
			t.Errorf("%s was read", private)
		}
	}
	for _, volatile := range []string{"ha/manager_status", "nodes/a/lrm_status", "sdn/.running-config", "priv/acme/plugins.cfg"} {
		if f, found := read[pveDir+"/"+volatile]; !found || f.SHA256 != "" {
			t.Errorf("%s: %+v", volatile, f)
		}
	}

	for what, facts := range map[string][2]any{
		"10.0.0.13 in the firewall of a guest": {strings.Contains(text, "10.0.0.13"), true},
		"10.0.0.14 in that of a virtual net":   {strings.Contains(text, "10.0.0.14"), true},
		"a MAC address in a node's config":     {strings.Contains(text, "00:11:22:33:44:36"), true},
		"defaults of backups":                  {len(s.Jobs.VzdumpDefaults), 1},
		"the name of the cluster":              {s.Cluster.Name, "found1"},
		"fencing":                              {s.Cluster.Fencing, true},
		"the manager of HA":                    {s.Cluster.HAManager, "b"},
		"HA of the node":                       {s.Cluster.Nodes[0].HAState + " " + s.Cluster.Nodes[0].HAMode, "maintenance found35"},
		"what runs is not told by a copy":      {s.Cluster.Quorate == nil && s.Cluster.Nodes[0].Online == nil, true},
		"pending changes":                      {strings.Join(s.Network.SDN.Pending, " "), "zones/found21 vnets/found22 subnets/found23 controllers/found24 fabrics/found25 prefix-lists/found26 route-maps/found27"},
		"certificates":                         {areaOf(t, s, "certificates").Status, statusPartial},
		"plugins":                              {areaOf(t, s, "acme").Status + s.ACME.Plugins[0].Properties[1].Key, "knowndata"},
		"an unknown key":                       {s.Datacenter.Options[1].Unknown, true},
	} {
		if facts[0] != facts[1] {
			t.Errorf("%s: %v, want %v", what, facts[0], facts[1])
		}
	}
	for source, word := range map[string]string{
		"/etc/pve/corosync.conf.new:1": "staged-file", "/etc/pve/nodes/a/openvz/101.conf": "leftover",
		"/etc/pve/nodes/a/pve-ssl.pem": "line 1", "/usr/local/share/ca-certificates/x/a.crt": "no certificate",
	} {
		if !slices.ContainsFunc(s.Problems, func(p snapshot.Problem) bool { return p.Source == source && strings.Contains(p.Error, word) }) {
			t.Errorf("no problem of %s says %s", source, word)
		}
	}
}

// liveTree is a tree that says to be the running host.
type liveTree struct{ *machine }

func (liveTree) Live() bool                                   { return true }
func (liveTree) Network() (Network, error)                    { return nil, errNoNetwork }
func (liveTree) Bus(context.Context) (Bus, error)             { return nil, errNoBus }
func (liveTree) Run(context.Context, Command) ([]byte, error) { return nil, errNoProgram }

func TestTheRunningClusterTellsWhoIsThere(t *testing.T) {
	m, err := openMachine(writeTree(t, pveTree()), "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	capture := func() *snapshot.Snapshot {
		s, err := Capture(context.Background(), Options{Host: liveTree{m}, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) }})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := capture()
	if c := s.Cluster; c.Quorate == nil || *c.Quorate || c.Nodes[0].Online == nil || !*c.Nodes[0].Online || c.Nodes[1].Online == nil || *c.Nodes[1].Online {
		t.Errorf("%+v", c)
	}
	// Where nothing but the clock of HA moves, two captures are the same.
	root := m.root.Name()
	status := filepath.Join(root, "etc/pve/ha/manager_status")
	data, err := os.ReadFile(status)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(status, bytes.Replace(data, []byte(`"timestamp":1`), []byte(`"timestamp":2`), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if first, second := encode(t, s), encode(t, capture()); !bytes.Equal(first, second) {
		t.Error("the snapshots differ")
	}
}

// Whatever stands in these files, nothing of it is taken for a way to other files, and every area says what it lacks.
func TestHostileNamesInTheFilesOfPVE(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/pve/authkey.pub": "", "etc/pve/nodes/a/config": "",
		"etc/pve/corosync.conf":       "nodelist {\n node {\n name: ../../../etc\n nodeid: 1\n }\n}\n",
		"etc/lrm_status":              `{"mode":"outside"}`,
		"etc/pve/ha/manager_status":   `{"node_status":`,
		"etc/pve/sdn/.running-config": `{"zones":`,
	}))
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "outside") {
		t.Error("the name of a node led out of its directory")
	}
	for _, name := range []string{"cluster", "network.sdn"} {
		if a := areaOf(t, s, name); a.Status != statusPartial || !strings.Contains(a.Detail, "no JSON") {
			t.Errorf("%+v", a)
		}
	}
	assertProblemsExplainAreas(t, s)
}

// PVE sends mail to root from 8.1 on although no file says so, until a file says otherwise.
func TestBuiltInNotifications(t *testing.T) {
	const own = "sendmail: mail-to-root\n\tmailto-user admin@pve\n"
	for _, c := range []struct{ version, file, want string }{
		{"9.0.3", "", "sendmail:mail-to-root:true matcher:default-matcher:true"},
		{"8.1.0", "", "sendmail:mail-to-root:true matcher:default-matcher:true"},
		{"8.0.9", "", ""},
		{"7.4-17", "", ""},
		{"", "", ""},
		{"8.4.1", own, "sendmail:mail-to-root:false matcher:default-matcher:true"},
	} {
		tree := map[string]string{"etc/pve/authkey.pub": "", "etc/pve/nodes/a/config": ""}
		if c.version != "" {
			tree["var/lib/dpkg/status"] = "Package: pve-manager\nStatus: install ok installed\nVersion: " + c.version + "\nArchitecture: all\n"
		}
		if c.file != "" {
			tree["etc/pve/notifications.cfg"] = c.file
		}
		var got []string
		for _, s := range captureTree(t, writeTree(t, tree)).Notifications {
			got = append(got, s.Type+":"+s.ID+":"+strconv.FormatBool(s.Implicit))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s, want %s", c.version, got, c.want)
		}
	}
}
