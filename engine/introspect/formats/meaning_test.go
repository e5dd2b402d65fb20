package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// meaning is what a reader of PVE makes of a text, and what it does silently.
type meaning struct {
	facts     []string
	anomalies []string
}

func sectionsMean(file string, kind SectionKind, text string) meaning {
	sections, anomalies := Sections("/etc/pve/"+file, []byte(text), kind)
	return meaning{sectionText(sections), anomalyText(anomalies)}
}

func guestMeans(kind, text string) meaning {
	g := Guest("/etc/pve/"+kind+"/100.conf", kind, 100, "pve", true, []byte(text))
	return meaning{guestText(g), anomalyText(g.Anomalies)}
}

func fieldsMean(kind, text string) meaning {
	g := Guest("/etc/pve/"+kind+"/100.conf", kind, 100, "pve", true, []byte(text))
	var out []string
	for _, p := range g.Config {
		for _, f := range p.Fields {
			out = append(out, f.Name+"="+*f.Value)
		}
	}
	return meaning{out, anomalyText(g.Anomalies)}
}

func corosyncMeans(text string) meaning {
	properties, nodes, name, _, device, err := Corosync("/etc/pve/corosync.conf", []byte(text))
	out := []string{"name=" + name, "qdevice=" + device}
	for _, n := range nodes {
		out = append(out, n.Name+"@"+strings.Join(n.Addresses, "+"))
	}
	for _, p := range properties {
		out = append(out, p.Key+"="+*p.Value)
	}
	if err != nil {
		return meaning{nil, []string{"error"}}
	}
	return meaning{out, []string{}}
}

func firewallMeans(scope, text string) meaning {
	f := Firewall("/etc/pve/firewall/x.fw", []byte(text), scope, "x")
	out := []string{"options" + propertyText(f.Options), "aliases" + propertyText(f.Aliases)}
	for _, s := range f.IPSets {
		out = append(out, "set "+s.Name+" "+strings.Join(s.Entries, " "))
	}
	for _, g := range f.Groups {
		out = append(out, "group "+g.Name+" "+ruleText(g.Rules))
	}
	for _, r := range f.Rules {
		out = append(out, ruleText([]snapshot.FirewallRule{r}))
	}
	return meaning{out, anomalyText(f.Anomalies)}
}

func usersMean(text string) meaning {
	a := UserCfg("/etc/pve/user.cfg", []byte(text))
	out := []string{}
	for _, u := range a.Users {
		out = append(out, "user "+u.ID)
	}
	for _, g := range a.Groups {
		out = append(out, "group "+g.ID+" "+strings.Join(g.Users, "+"))
	}
	for _, acl := range a.ACLs {
		out = append(out, "acl "+acl.Path+" "+strings.Join(acl.Subjects, "+")+" "+strings.Join(acl.Roles, "+"))
	}
	return meaning{out, anomalyText(a.Anomalies)}
}

func valuesMean(file, text string) meaning {
	return meaning{[]string{propertyText(KeyValues(file, []byte(text)))}, anomalyText(KeyValueAnomalies(file, []byte(text)))}
}

func cronMeans(text string) meaning {
	out := []string{}
	for _, e := range VzdumpCron("/etc/pve/vzdump.cron", []byte(text)) {
		line := e.Schedule + " " + e.User + " " + e.Program
		if e.Backup == nil {
			out = append(out, line)
			continue
		}
		if !e.Backup.Enabled {
			line += " off"
		}
		for _, o := range e.Backup.Options {
			if o.Value == nil {
				line += " " + o.Name + "=***"
				continue
			}
			line += " " + o.Name + "=" + *o.Value
		}
		out = append(out, line)
	}
	return meaning{out, []string{}}
}

func cephMeans(text string) meaning {
	return meaning{[]string{propertyText(CephConf("/etc/pve/ceph.conf", []byte(text)))}, []string{}}
}

func interfacesMean(t *testing.T, text string, names ...string) meaning {
	found, anomalies, _ := readInterfaces(t, text, nil)
	out := []string{}
	for _, name := range names {
		out = append(out, name+": "+brief(found[name]))
	}
	return meaning{out, kindsOf(anomalies)}
}

// Files say other things than they seem to. Each line is something that PVE's readers and ifupdown2 do with a text.
func TestFilesMeanWhatTheirReadersMakeOfThem(t *testing.T) {
	for _, c := range []struct {
		statement string
		got       meaning
		facts     []string
		anomalies string
	}{
		// Section configs.
		{"a header is type, colon and id", sectionsMean("replication.cfg", Replication, "local: 100-0\n\ttarget b\n"), []string{"local:100-0{target=b}"}, ""},
		{"an id has no blank", sectionsMean("replication.cfg", Replication, "local: 100 0\n\ttarget b\n"), nil, "ignored-line 1 ignored-line 2"},
		{"mappings have the id alone", sectionsMean("mapping/usb.cfg", Mapping, "key\n\tmap node=a,id=1:2\n"), []string{"usb:key{map=node=a,id=1:2}"}, ""},
		{"a property begins with a blank", sectionsMean("replication.cfg", Replication, "local: 100-0\ntarget b\n\trate 5\n"), []string{"local:100-0{rate=5}"}, "ignored-line 2"},
		{"a key alone is a flag", sectionsMean("replication.cfg", Replication, "local: 100-0\n\tdisable\n"), []string{"local:100-0{disable=1}"}, ""},
		{"an empty line ends a section", sectionsMean("replication.cfg", Replication, "local: 1-0\n\trate 1\n\nlocal: 2-0\n\trate 2\n"), []string{"local:1-0{rate=1}", "local:2-0{rate=2}"}, ""},
		{"a line of blanks does not", sectionsMean("replication.cfg", Replication, "local: 1-0\n \t\n\trate 1\n"), []string{"local:1-0{rate=1}"}, "ignored-line 2"},
		{"a header without an empty line before it is swallowed", sectionsMean("replication.cfg", Replication, "local: 1-0\n\trate 1\nlocal: 2-0\n\trate 2\n\ttarget b\n"), []string{"local:1-0{rate=1 target=b}"}, "swallowed-section 3 duplicate-key 4"},
		{"comments are dropped", sectionsMean("replication.cfg", Replication, "# x\nlocal: 1-0\n  # y\n\trate 1\n"), []string{"local:1-0{rate=1}"}, ""},
		{"ids of storages begin with a letter and have two characters", sectionsMean("storage.cfg", Storage, localLines+"\ndir: 1x\n\tpath /x\n"), []string{local}, "skipped-section 5 skipped-property 6"},
		{"of a key that stands twice the first counts", sectionsMean("replication.cfg", Replication, "local: 1-0\n\trate 1\n\trate 2\n"), []string{"local:1-0{rate=1}"}, "duplicate-key 3"},
		{"keys of arrays repeat", sectionsMean("sdn/subnets.cfg", SDNSubnets, "subnet: s\n\tdhcp-range a\n\tdhcp-range b\n"), []string{"subnet:s{dhcp-range=a dhcp-range=b}"}, ""},
		{"a type that PVE does not know is kept, and said", sectionsMean("storage.cfg", Storage, localLines+"\nlinstor: r0\n\tresource x\n"), []string{local, "linstor:r0{resource?=x}"}, "unknown-type 5"},
		{"an unknown property is kept and marked", sectionsMean("replication.cfg", Replication, "local: 1-0\n\tfrob 1\n"), []string{"local:1-0{frob?=1}"}, ""},
		{"an invalid property is skipped alone", sectionsMean("replication.cfg", Replication, "local: 1-0\n\tdisable maybe\n\trate 2\n"), []string{"local:1-0{rate=2}"}, "dropped-key 2"},
		{"of an id that stands twice the last counts", sectionsMean("replication.cfg", Replication, "local: 1-0\n\trate 1\n\nlocal: 1-0\n\trate 2\n"), []string{"local:1-0{rate=2}"}, "duplicate-section 1"},
		{"the storage local always exists", sectionsMean("storage.cfg", Storage, ""), []string{implicitLocal}, ""},
		{"local of another type is replaced", sectionsMean("storage.cfg", Storage, "lvm: local\n\tvgname x\n"), []string{implicitLocal}, "replaced-section 1"},
		{"local elsewhere is replaced", sectionsMean("storage.cfg", Storage, "dir: local\n\tpath /srv\n"), []string{implicitLocal}, "replaced-section 1"},
		{"local is on all nodes", sectionsMean("storage.cfg", Storage, localLines+"\tnodes a\n"), []string{local}, "dropped-key 4"},
		{"content that is not named is that of the type", sectionsMean("storage.cfg", Storage, localLines+"\nlvmthin: data\n\tvgname pve\n"), []string{local, "lvmthin:data{vgname=pve content=images,rootdir}"}, ""},
		{"network storages are shared whatever they say", sectionsMean("storage.cfg", Storage, localLines+"\ncifs: nas\n\tcontent iso\n\tshared 0\n"), []string{local, "cifs:nas{content=iso shared=1}"}, "replaced-value 7"},
		{"pam and pve are realms", sectionsMean("domains.cfg", Realms, ""), []string{"pam:pam*{}", "pve:pve*{}"}, ""},
		{"booleans have many spellings", sectionsMean("replication.cfg", Replication, "local: 1-0\n\tdisable YES\n\nlocal: 2-0\n\tdisable off\n\nlocal: 3-0\n\tdisable True\n"), []string{"local:1-0{disable=1}", "local:2-0{disable=0}", "local:3-0{disable=1}"}, ""},
		{"CR LF is read as LF, and said", sectionsMean("replication.cfg", Replication, "local: 1-0\r\n\trate 1\r\n\r\nlocal: 2-0\r\n\trate 2\r\n"), []string{"local:1-0{rate=1}", "local:2-0{rate=2}"}, "crlf 1"},

		// Machines.
		{"a key is small letters with a colon behind it", guestMeans("qemu", "Cores: 2\ncores : 3\ncores: 4\n"), []string{"config{cores=4}"}, "ignored-line 1 ignored-line 2"},
		{"comments are the description, a secret", guestMeans("qemu", "#a%3Ab\nname: x\n"), []string{"config{description=*** name=x}"}, ""},
		{"comments of a snapshot are its description", guestMeans("qemu", "[s1]\n#x\nname: y\n"), []string{"config{}", "s1{description=*** name=y}"}, ""},
		{"the old key of descriptions is appended", guestMeans("qemu", "#a\ndescription: b\n"), []string{"config{description=***}"}, ""},
		{"pending in any case, cloud-init, fleecing, snapshots, others", guestMeans("qemu", "[pEnDiNg]\ncores: 1\n[special:cloudinit]\nname: c\n[special:fleecing]\nfleecing-images: x\n[s_1-a]\ncores: 2\n[1x]\ncores: 3\n"),
			[]string{"config{}", "pending{cores=1}", "s_1-a{cores=2}", "special special:cloudinit{name=c}", "special special:fleecing{fleecing-images=x}", "special 1x{cores=3}"}, "unknown-section 9"},
		{"delete only among pending changes", guestMeans("qemu", "delete: a\n[PENDING]\ndelete: net0,!scsi1\n"), []string{"config{}", "pending{delete=net0,!scsi1}"}, "dropped-key 1"},
		{"unfinished actions and jobs are keys", guestMeans("qemu", "lock: suspended\nparent: s1\nvmstate: local:x\nrunningmachine: pc\n[s1]\nsnapstate: delete\n"), []string{"config{lock=suspended parent=s1 vmstate=local:x runningmachine=pc}", "s1{snapstate=delete}"}, ""},
		{"cdrom is ide2", guestMeans("qemu", "cdrom: local:iso/x.iso\n"), []string{"config{ide2=local:iso/x.iso}"}, ""},
		{"detached disks are kept", guestMeans("qemu", "unused0: local-lvm:vm-100-disk-1\nunused255: x:y\n"), []string{"config{unused0=local-lvm:vm-100-disk-1 unused255=x:y}"}, ""},
		{"of a key that stands twice the last counts", guestMeans("qemu", "cores: 1\ncores: 2\n"), []string{"config{cores=2}"}, "duplicate-key 1"},
		{"a machine loses a key with an invalid value", guestMeans("qemu", "cores: many\n"), []string{"config{}"}, "dropped-key 1"},
		{"the default key needs no name", fieldsMean("qemu", "scsi0: local-lvm:vm-100-disk-0,size=32G\n"), []string{"file=local-lvm:vm-100-disk-0", "size=32G"}, ""},
		{"the model of a card is the name of its address", fieldsMean("qemu", "net0: virtio=AA:BB:CC:DD:EE:FF,bridge=vmbr0\n"), []string{"model=virtio", "macaddr=AA:BB:CC:DD:EE:FF", "bridge=vmbr0"}, ""},
		{"a device alone", fieldsMean("qemu", "hostpci0: 01:00,pcie=yes\n"), []string{"host=01:00", "pcie=1"}, ""},
		{"the old order of boot devices", fieldsMean("qemu", "boot: cdn\n"), []string{"legacy=cdn"}, ""},
		{"the new order of boot devices", fieldsMean("qemu", "boot: order=scsi0;ide2;net0\n"), []string{"order=scsi0;ide2;net0"}, ""},
		{"an empty order is no device", guestMeans("qemu", "boot: \n"), []string{"config{boot=}"}, ""},
		{"memory alone and as a property string", fieldsMean("qemu", "memory: 2048\n"), []string{"current=2048"}, ""},
		{"slots end somewhere", guestMeans("qemu", "net31: virtio\nnet32: virtio\nsata5: a:b\nsata6: a:b\nusb13: spice\nusb14: spice\n"), []string{"config{net31=virtio net32?=virtio sata5=a:b sata6?=a:b usb13=spice usb14?=spice}"}, ""},

		// Containers.
		{"pending has a name of its own, and PENDING is a snapshot", guestMeans("lxc", "[pve:pending]\nmemory: 1\n[PENDING]\nmemory: 2\n"), []string{"config{}", "pending{memory=1}", "PENDING{memory=2}"}, ""},
		{"an unknown header changes nothing", guestMeans("lxc", "[s1]\nmemory: 1\n[a:b]\nswap: 2\n"), []string{"config{}", "s1{memory=1 swap=2}"}, "unknown-section 3"},
		{"a container keeps an invalid value", guestMeans("lxc", "memory: much\n"), []string{"config{memory=much}"}, "invalid-value 1"},
		{"no dash in keys", guestMeans("lxc", "a-b: 1\n"), []string{"config{}"}, "ignored-line 1"},
		{"raw lines with either sign, repeated, in order", guestMeans("lxc", "lxc.idmap: u 0 1 2\nlxc.idmap = g 0 1 2\nlxc.frob: x\n"), []string{"config{lxc.idmap=u 0 1 2 lxc.idmap=g 0 1 2 lxc.frob?=x}"}, ""},
		{"mount points", fieldsMean("lxc", "mp0: /mnt/x,mp=/x,ro=1\n"), []string{"volume=/mnt/x", "mp=/x", "ro=1"}, ""},
		{"mp255, dev255 and unused255 are the last", guestMeans("lxc", "mp255: a:b,mp=/x\nmp256: a:b,mp=/x\ndev255: /dev/x\ndev256: /dev/x\n"), []string{"config{mp255=a:b,mp=/x mp256?=a:b,mp=/x dev255=/dev/x dev256?=/dev/x}"}, ""},
		{"cards have no model", fieldsMean("lxc", "net0: name=eth0,bridge=vmbr0,ip=dhcp\n"), []string{"name=eth0", "bridge=vmbr0", "ip=dhcp"}, ""},
		{"the environment of an application is secret", guestMeans("lxc", "env: A=b\nlxc.environment: C=d\n"), []string{"config{env=*** lxc.environment=***}"}, ""},

		// corosync.conf.
		{"comments end lines, and blocks nest", corosyncMeans("totem { # x\n cluster_name: c # y\n interface {\n linknumber: 0\n }\n}\nquorum {\n device {\n model: net\n net {\n host: 10.0.0.9\n }\n }\n}\n"),
			[]string{"name=c", "qdevice=10.0.0.9", "totem.cluster_name=c", "totem.interface.0.linknumber=0", "quorum.device.model=net", "quorum.device.net.host=10.0.0.9"}, ""},
		{"a node without a name goes by its address", corosyncMeans("nodelist {\n node {\n ring0_addr: 10.0.0.1\n nodeid: 1\n }\n}\n"),
			[]string{"name=", "qdevice=", "10.0.0.1@10.0.0.1", "nodelist.node.0.ring0_addr=10.0.0.1", "nodelist.node.0.nodeid=1"}, ""},

		// interfaces(5), as ifupdown2 reads it.
		{"a backslash joins lines", interfacesMean(t, "auto vmbr0\niface vmbr0 inet manual\n bridge-ports eno1 \\\n eno2\n mtu 9000\n", "vmbr0"), []string{"vmbr0: bridge auto=true methods=inet:manual mtu=9000 ports=eno1,eno2"}, ""},
		{"an empty line ends nothing", interfacesMean(t, "iface eno1 inet static\n address 10.0.0.1/24\n\n gateway 10.0.0.254\n", "eno1"), []string{"eno1: physical methods=inet:static addresses=10.0.0.1/24 gateway=10.0.0.254"}, ""},
		{"two addresses in one stanza", interfacesMean(t, "iface eno1 inet static\n address 10.0.0.1/24\n address 10.0.0.2/24\n", "eno1"), []string{"eno1: physical methods=inet:static addresses=10.0.0.1/24,10.0.0.2/24"}, ""},
		{"a stanza without a family is for both", interfacesMean(t, "iface eno1\n address 10.0.0.1/24\n address fd00::1/64\n", "eno1"), []string{"eno1: physical addresses=10.0.0.1/24,fd00::1/64"}, ""},
		{"stanzas of one interface are one", interfacesMean(t, "iface eno1 inet static\n address 10.0.0.1/24\niface eno1 inet6 static\n address fd00::1/64\n", "eno1"), []string{"eno1: physical methods=inet:static,inet6:static addresses=10.0.0.1/24,fd00::1/64"}, ""},
		{"a bridge that says no is not aware of VLANs", interfacesMean(t, "iface vmbr0 inet manual\n bridge-ports none\n bridge-vlan-aware no\n", "vmbr0"), []string{"vmbr0: bridge methods=inet:manual"}, ""},
		{"numbers of bonding modes have names", interfacesMean(t, "iface bond0 inet manual\n bond-slaves a b\n bond-mode 4\n", "bond0"), []string{"bond0: bond methods=inet:manual slaves=a,b mode=802.3ad"}, ""},
		{"hotplug is a class, and is not brought up at boot", interfacesMean(t, "allow-hotplug eno1\niface eno1 inet manual\n", "eno1"), []string{"eno1: physical allow=hotplug methods=inet:manual"}, ""},
		{"a bond may have any name", interfacesMean(t, "iface lag inet manual\n bond-slaves a b\n", "lag"), []string{"lag: bond methods=inet:manual slaves=a,b"}, ""},
		{"an alias is addresses of its device", interfacesMean(t, "iface eno1:1 inet static\n address 10.0.0.1/24\n", "eno1"), []string{"eno1: physical methods=inet:static addresses=10.0.0.1/24"}, "alias interfaces:1"},
		{"dashes and underscores are the same", interfacesMean(t, "iface vmbr0 inet manual\n bridge_ports eno1\n", "vmbr0"), []string{"vmbr0: bridge methods=inet:manual ports=eno1"}, ""},
		{"a sign within a line begins no comment", interfacesMean(t, "iface eno1 inet manual\n # comment\n mtu 9000 # jumbo\n", "eno1"), []string{"eno1: physical methods=inet:manual"}, "bad-number interfaces:3"},
		{"auto names several", interfacesMean(t, "auto a b\niface a inet manual\niface b inet manual\n", "a", "b"), []string{"a: physical auto=true methods=inet:manual", "b: physical auto=true methods=inet:manual"}, ""},
		{"three ways to name a VLAN", interfacesMean(t, "iface eno1.100 inet manual\niface vlan101 inet manual\n vlan-raw-device eno1\niface x inet manual\n vlan-id 102\n vlan-raw-device eno1\n", "eno1.100", "vlan101", "x"), []string{"eno1.100: vlan methods=inet:manual id=100 raw=eno1", "vlan101: vlan methods=inet:manual id=101 raw=eno1", "x: vlan methods=inet:manual id=102 raw=eno1"}, ""},
		{"Open vSwitch", interfacesMean(t, "auto vmbr0\niface vmbr0 inet manual\n ovs_type OVSBridge\n ovs_ports eno1 bond0\niface bond0 inet manual\n ovs_type OVSBond\n ovs_bridge vmbr0\n ovs_bonds a b\n", "vmbr0", "bond0"), []string{"vmbr0: ovs-bridge auto=true methods=inet:manual ports=eno1,bond0", "bond0: ovs-bond methods=inet:manual slaves=a,b ovs=vmbr0"}, ""},
		{"allow-BRIDGE is a class", interfacesMean(t, "allow-vmbr0 eno1\niface eno1 inet manual\n ovs_type OVSPort\n ovs_bridge vmbr0\n", "eno1"), []string{"eno1: ovs-port allow=vmbr0 methods=inet:manual ovs=vmbr0"}, ""},
		{"a bridge without ports", interfacesMean(t, "iface vmbr0 inet manual\n bridge-ports none\niface vmbr1 inet manual\n bridge-ports\n", "vmbr0", "vmbr1"), []string{"vmbr0: bridge methods=inet:manual", "vmbr1: bridge methods=inet:manual"}, ""},
		{"VLANs of a bridge", interfacesMean(t, "iface vmbr0 inet manual\n bridge-ports eno1\n bridge-vlan-aware yes\n bridge-vids 2-4094\n", "vmbr0"), []string{"vmbr0: bridge methods=inet:manual ports=eno1 aware=true vids=2-4094"}, ""},
		{"masks in three forms, and none", interfacesMean(t, "iface a inet static\n address 10.0.0.1\n netmask 255.255.255.0\niface b inet static\n address 10.0.0.2\n netmask 24\niface c inet static\n address 10.0.0.3\niface d inet6 static\n address fd00::1\n", "a", "b", "c", "d"), []string{"a: physical methods=inet:static addresses=10.0.0.1/24", "b: physical methods=inet:static addresses=10.0.0.2/24", "c: physical methods=inet:static addresses=10.0.0.3/32", "d: physical methods=inet6:static addresses=fd00::1/128"}, ""},

		// Firewall files.
		{"headers in any case, of sets and groups with comments behind them", firewallMeans("cluster", "[options]\nenable: 1\n[IpSet Blue] # y\n!10.0.0.1 # z\n"), []string{"options{enable=1}", "aliases{}", "set blue !10.0.0.1"}, ""},
		{"unknown options are kept and marked", firewallMeans("cluster", "[OPTIONS]\nfrob: 1\n"), []string{"options{frob?=1}", "aliases{}"}, ""},
		{"a leading bar switches off", firewallMeans("guest", "[RULES]\n|IN ACCEPT -p tcp\n"), []string{"options{}", "aliases{}", "false in ACCEPT  p=tcp"}, ""},
		{"macros stand around actions", firewallMeans("guest", "[RULES]\nIN SSH(ACCEPT) -i net0\n"), []string{"options{}", "aliases{}", "true in ACCEPT SSH i=net0"}, ""},
		{"options take one dash or two, -i one, -p also a word", firewallMeans("guest", "[RULES]\nIN ACCEPT --source 10.0.0.1 -dport 22 --proto tcp\nIN ACCEPT --i net0\n"), []string{"options{}", "aliases{}", "true in ACCEPT  dport=22 p=tcp source=10.0.0.1"}, "ignored-rule 3"},
		{"the form by position is gone", firewallMeans("guest", "[RULES]\nIN ACCEPT net0 10.0.0.1\n"), []string{"options{}", "aliases{}"}, "ignored-rule 2"},
		{"groups stand in the file of the cluster alone", firewallMeans("guest", "[GROUP web]\nIN ACCEPT\n"), []string{"options{}", "aliases{}"}, "ignored-line 1 ignored-line 2"},
		{"an alias is a name and an address", firewallMeans("cluster", "[ALIASES]\nlan 10.0.0.0/8 # x\n"), []string{"options{}", "aliases{lan=10.0.0.0/8}"}, ""},

		// user.cfg.
		{"root@pam is there without the file", usersMean(""), []string{"user root@pam"}, ""},
		{"records of a kind that nobody knows", usersMean("robot:x:\nuser:a@pve:1:0::::::\n"), []string{"user root@pam", "user a@pve"}, "ignored-line 1"},
		{"a permission has many subjects", usersMean("user:a@pve:1:0::::::\ngroup:g:a@pve::\nacl:1:/vms:@g,a@pve:PVEVMUser:\n"), []string{"user root@pam", "user a@pve", "group g a@pve", "acl /vms @g+a@pve PVEVMUser"}, ""},

		// Files of keys and values.
		{"comments of the datacenter are its notes", valuesMean("/etc/pve/datacenter.cfg", "#note\nkeyboard: de\n"), []string{"{description=*** keyboard=de}"}, ""},
		{"comments of a node are its notes", valuesMean("/etc/pve/nodes/a/config", "#note\nwakeonlan: aa:bb:cc:dd:ee:ff\n"), []string{"{description=*** wakeonlan=aa:bb:cc:dd:ee:ff}"}, ""},
		{"comments of vzdump.conf are comments", valuesMean("/etc/vzdump.conf", "#bwlimit: 1\ntmpdir: /x\n"), []string{"{tmpdir=/x}"}, ""},
		{"unknown keys are kept and marked", valuesMean("/etc/pve/datacenter.cfg", "frob: 1\n"), []string{"{frob?=1}"}, ""},
		{"a line that is none", valuesMean("/etc/pve/datacenter.cfg", "frob\n"), []string{"{}"}, "ignored-line 1"},

		// vzdump.cron.
		{"jobs are lines of root, the first line a path", cronMeans("PATH=\"/usr/sbin\"\n\n0 1 * * 6 root vzdump 100 101 --mode snapshot --quiet 1 --storage=nas --all\n"),
			[]string{"0 1 * * 6 root vzdump mode=snapshot quiet=1 storage=nas all=1 vmid=100,101"}, ""},
		{"a number sign before the program switches off", cronMeans("0 1 * * * root #vzdump 100\n"), []string{"0 1 * * * root vzdump off vmid=100"}, ""},
		{"lines that do not fit are kept as they are", cronMeans("*/5 1 * * * root vzdump 100\n0 1 * * * root /root/run.sh x\n0 1 * * * root vzdump 'x\n"), []string{"*/5 1 * * * root vzdump", "0 1 * * * root /root/run.sh", "0 1 * * * root vzdump"}, ""},
		{"words are quoted as in a shell", cronMeans("0 1 * * * root vzdump 100 --notes-template 'a b' --script \"/x y\"\n"), []string{"0 1 * * * root vzdump notes-template=a b script=/x y vmid=100"}, ""},

		// ceph.conf.
		{"keys with blanks, dashes or underscores", cephMeans("[global]\n mon host = a ; x\n auth-client_required = cephx\n[mon.a]\n public addr = 10.0.0.1 \\\n 10.0.0.2\n"), []string{"{global.mon_host=a global.auth_client_required=cephx mon.a.public_addr=10.0.0.1 10.0.0.2}"}, ""},
	} {
		t.Run(c.statement, func(t *testing.T) {
			if c.facts == nil {
				c.facts = []string{}
			}
			if c.got.facts == nil {
				c.got.facts = []string{}
			}
			if d := cmp.Diff(c.facts, c.got.facts); d != "" {
				t.Errorf("facts: %s", d)
			}
			if got := strings.Join(c.got.anomalies, " "); got != c.anomalies {
				t.Errorf("anomalies %q, want %q", got, c.anomalies)
			}
		})
	}
}
