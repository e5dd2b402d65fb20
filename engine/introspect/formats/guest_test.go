package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

func guestText(g snapshot.Guest) []string {
	out := []string{"config" + propertyText(g.Config)}
	if len(g.Pending) > 0 {
		out = append(out, "pending"+propertyText(g.Pending))
	}
	for _, s := range g.Snapshots {
		out = append(out, s.Name+propertyText(s.Config))
	}
	for _, s := range g.Special {
		out = append(out, "special "+s.Name+propertyText(s.Config))
	}
	return out
}

func TestGuestIsWhatPVESees(t *testing.T) {
	tests := []struct {
		name, kind, text string
		want, anomalies  []string
	}{
		{"the last of a key counts", "qemu", "cores: 2\nname: a\ncores: 4\n", []string{"config{cores=4 name=a}"}, []string{"duplicate-key 1"}},
		{"booleans and integers have one spelling", "qemu", "onboot: yes\ncores: 04\n", []string{"config{onboot=1 cores=4}"}, []string{}},
		{"a machine drops what PVE rejects", "qemu", "numa: verify\ncores: 2\n", []string{"config{cores=2}"}, []string{"dropped-key 1"}},
		{"a container keeps it", "lxc", "onboot: verify\n", []string{"config{onboot=verify}"}, []string{"invalid-value 1"}},
		{"unknown keys are marked", "qemu", "net32: virtio\nnet31: virtio\nfrobnicate: 1\nscsi01: x\n", []string{"config{net32?=virtio net31=virtio frobnicate?=1 scsi01?=x}"}, []string{}},
		{"numa and numa0 are two keys", "qemu", "numa: 1\nnuma0: cpus=0\n", []string{"config{numa=1 numa0=cpus=0}"}, []string{}},
		{"cdrom is ide2", "qemu", "cdrom: none\n", []string{"config{ide2=none}"}, []string{}},
		{"an empty boot order", "qemu", "boot: \ncores:\n", []string{"config{boot=}"}, []string{"ignored-line 2"}},
		{"sections of a machine", "qemu", "name: a\n[PENDING]\ndelete: net0,!scsi1\n[snap]\nname: b\nsnapstate: prepare\n[special:cloudinit]\nname: c\n[:3]\ncat: nya\n",
			[]string{"config{name=a}", "pending{delete=net0,!scsi1}", "snap{name=b snapstate=prepare}", "special special:cloudinit{name=c}", "special :3{cat?=nya}"}, []string{"unknown-section 9"}},
		{"the last of a section counts", "qemu", "[snap]\nname: a\n[other]\n[snap]\nname: b\n", []string{"config{}", "other{}", "snap{name=b}"}, []string{"duplicate-section 1"}},
		{"sections of a container", "lxc", "[pve:pending]\nmemory: 1\n[PENDING]\nmemory: 2\n[a:b]\nswap: 3\n", []string{"config{}", "pending{memory=1}", "PENDING{memory=2 swap=3}"}, []string{"unknown-section 5"}},
		{"delete among settings", "qemu", "delete: net0\n", []string{"config{}"}, []string{"dropped-key 1"}},
		{"lines of LXC keep order and repetition", "lxc", "lxc.idmap: u 0 100000 1\nlxc.cap.drop:\nlxc.idmap = g 0 100000 1\nlxc.rootfs.path: /x\nlxc.frob: 1\n",
			[]string{"config{lxc.idmap=u 0 100000 1 lxc.cap.drop= lxc.idmap=g 0 100000 1 lxc.rootfs.path?=/x lxc.frob?=1}"}, []string{}},
		{"comments are the description", "qemu", "# one%3A\nname: a\n#two\n", []string{"config{description=*** name=a}"}, []string{}},
		{"a container knows no dashes in keys", "lxc", "net-0: x\n", []string{"config{}"}, []string{"ignored-line 1"}},
		{"CR LF", "qemu", "name: a\r\n\r\n[snap]\r\nname: b\r\n", []string{"config{name=a}", "snap{name=b}"}, []string{"crlf 1"}},
		{"an empty file", "qemu", "", []string{"config{}"}, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := Guest("/etc/pve/qemu-server/100.conf", test.kind, 100, "pve", true, []byte(test.text))
			if d := cmp.Diff(test.want, guestText(g)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(test.anomalies, anomalyText(g.Anomalies)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestGuestExpandsPropertyStrings(t *testing.T) {
	tests := []struct{ kind, text, want string }{
		{"qemu", "net0: virtio=AA:BB:CC:DD:EE:FF,bridge=vmbr0,firewall=on", "model=virtio macaddr=AA:BB:CC:DD:EE:FF bridge=vmbr0 firewall=1"},
		{"qemu", "net1: model=e1000,macaddr=AA:BB:CC:DD:EE:FF", "model=e1000 macaddr=AA:BB:CC:DD:EE:FF"},
		{"qemu", "net2: virtio,bridge=vmbr1", "model=virtio bridge=vmbr1"},
		{"qemu", "scsi0: local-lvm:vm-100-disk-0,size=32G,discard=on,ssd=yes", "file=local-lvm:vm-100-disk-0 size=32G discard=on ssd=1"},
		{"qemu", "virtio0: volume=local:1,format=raw", "file=local:1 format=raw"},
		{"qemu", "boot: cdn", "legacy=cdn"},
		{"qemu", "boot: order=scsi0;net0", "order=scsi0;net0"},
		{"qemu", "agent: 1,fstrim_cloned_disks=true", "enabled=1 fstrim_cloned_disks=1"},
		{"qemu", "hostpci0: 01:00,pcie=1", "host=01:00 pcie=1"},
		{"qemu", "memory: 2048", "current=2048"},
		{"qemu", "startup: order=1,up=30", "order=1 up=30"},
		{"qemu", "net3: virtio,,frob=1,=x,y=", "model=virtio frob=1 =x y="},
		{"qemu", "tags: a;b", ""},
		{"lxc", "net0: name=eth0,bridge=vmbr0,ip=dhcp", "name=eth0 bridge=vmbr0 ip=dhcp"},
		{"lxc", "mp0: /srv,mp=/data,ro=1", "volume=/srv mp=/data ro=1"},
		{"lxc", "dev0: /dev/dri/card0,gid=44", "path=/dev/dri/card0 gid=44"},
	}
	for _, test := range tests {
		g := Guest("/x/100.conf", test.kind, 100, "pve", true, []byte(test.text+"\n"))
		var parts []string
		for _, f := range g.Config[0].Fields {
			parts = append(parts, f.Name+"="+*f.Value)
		}
		if got := strings.Join(parts, " "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestGuestCarriesItsIdentity(t *testing.T) {
	g := Guest("/etc/pve/nodes/b/lxc/200.conf", "lxc", 200, "b", false, []byte("\nmemory: 1\n"))
	if g.VMID != 200 || g.Type != "lxc" || g.Node != "b" || g.Local || g.Source != "/etc/pve/nodes/b/lxc/200.conf" {
		t.Errorf("identity is lost: %+v", g)
	}
	if got, want := g.Config[0].Source, "/etc/pve/nodes/b/lxc/200.conf:2"; got != want {
		t.Errorf("source is %s, want %s", got, want)
	}
}
