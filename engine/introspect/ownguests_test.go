package introspect

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Which guests are a host's own depends on its name; where that is not known, they are not said to be of others.
func TestGuestsOfAHostWhoseNameIsNotThatOfANode(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		own   []int
		known bool
	}{
		{"the name of the host", map[string]string{
			"etc/hostname": "a\n", "etc/pve/nodes/a/qemu-server/100.conf": "memory: 1\n", "etc/pve/nodes/b/lxc/200.conf": "memory: 1\n"}, []int{100}, true},
		{"the one node there is", map[string]string{"etc/pve/nodes/a/qemu-server/100.conf": "memory: 1\n"}, []int{100}, true},
		{"several nodes and no name", map[string]string{
			"etc/pve/nodes/a/qemu-server/100.conf": "memory: 1\n", "etc/pve/nodes/b/lxc/200.conf": "memory: 1\n"}, nil, false},
		{"a name of no node", map[string]string{"etc/hostname": "renamed\n", "etc/pve/nodes/a/qemu-server/100.conf": "memory: 1\n"}, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, test.files))
			var own []int
			for _, guest := range s.Guests {
				if guest.Local {
					own = append(own, guest.VMID)
				}
			}
			if !slices.Equal(own, test.own) {
				t.Errorf("own guests are %v, want %v", own, test.own)
			}
			named := slices.ContainsFunc(s.Problems, func(p snapshot.Problem) bool { return p.Area == "guests" && p.Source == "/etc/pve/nodes" })
			if a := areaOf(t, s, "guests"); (a.Status == statusKnown) != test.known || named == test.known {
				t.Errorf("area %+v, its problem is named: %v", a, named)
			}
		})
	}
}

func TestPluginsOfStoragesOfNoPackageAreLocalFiles(t *testing.T) {
	const dir = "usr/share/perl5/PVE/Storage/Custom/"
	s := captureTree(t, writeTree(t, localHost(map[string]string{
		dir + "Mine.pm": "package PVE::Storage::Custom::Mine;\n", dir + "Theirs.pm": "x",
		"var/lib/dpkg/info/tool.list": "/.\n/usr/share/perl5/PVE/Storage/Custom/Theirs.pm\n/etc/tool.conf\n/etc/other.conf\n/etc/logrotate.d/tool\n",
	})))
	if got, want := localOf(s, "/usr/share/perl5/"), []string{"/" + dir + "Mine.pm file local"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatGRUBRemembersAndReplicatedStorageAreFacts(t *testing.T) {
	s := captureTree(t, writeTree(t, localHost(map[string]string{
		"boot/grub/grubenv":          "# GRUB Environment Block\nsaved_entry=gnulinux-advanced>gnulinux-6.8.12-1-pve\n####################",
		"etc/drbd.d/r0.res":          "resource r0 {\n\tnet {\n\t\tshared-secret \"" + marker + "\";\n\t\tprotocol C;\n\t}\n}\n",
		"etc/linstor/client.toml":    "[global]\ncontrollers = \"192.0.2.1\"\n",
		"etc/glusterfs/glusterd.vol": "volume management\n    option working-directory /var/lib/glusterd\nend-volume\n",
	})))
	for file, want := range map[string]string{
		"/boot/grub/grubenv": "saved_entry = gnulinux-advanced>gnulinux-6.8.12-1-pve", "/etc/drbd.d/r0.res": "resource r0.net.protocol = C",
		"/etc/linstor/client.toml": "global.controllers = 192.0.2.1", "/etc/glusterfs/glusterd.vol": "option = working-directory /var/lib/glusterd",
	} {
		if got := linesOf(s, file); !slices.Contains(got, want) {
			t.Errorf("%s: %q is not in %q", file, want, got)
		}
	}
	if !slices.Contains(linesOf(s, "/etc/drbd.d/r0.res"), "resource r0.net.shared-secret = SECRET") {
		t.Errorf("no secret in %q", linesOf(s, "/etc/drbd.d/r0.res"))
	}
}

// A virtual machine runs where the process that qemu-server has noted is one: it needs no card to be seen.
func TestVirtualMachinesThatRun(t *testing.T) {
	files := map[string]string{
		"etc/hostname": "a\n", "etc/pve/nodes/a/lxc/200.conf": "memory: 1\n", "etc/pve/nodes/b/qemu-server/300.conf": "memory: 1\n",
		"run/qemu-server/100.pid": "4711\n", "proc/4711/comm": "kvm\n",
		"run/qemu-server/102.pid": "4712\n", // left by a crash
		"run/qemu-server/103.pid": "4713\n", "proc/4713/comm": "cron\n",
		"run/qemu-server/104.pid": "4711/../1\n",
		"run/qemu-server/300.pid": "4711\n",
	}
	for _, id := range []string{"100", "101", "102", "103", "104"} {
		files["etc/pve/nodes/a/qemu-server/"+id+".conf"] = "memory: 1\n"
	}
	look := func(live bool, files map[string]string) map[int]string {
		m, err := openMachine(writeTree(t, files), "")
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		var host Host = m
		if live {
			host = liveTree{m}
		}
		c := newCapture(t.Context(), host, Options{})
		c.out.Host.Name = "a"
		collectGuests(c)
		out := map[int]string{}
		for _, g := range c.out.Guests {
			if g.Running != nil {
				out[g.VMID] = strconv.FormatBool(*g.Running)
			}
		}
		return out
	}
	want := map[int]string{100: "true", 101: "false", 102: "false", 103: "false", 104: "false"}
	if got := look(true, files); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := look(false, files); len(got) > 0 {
		t.Errorf("of a copy: %v", got)
	}
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(name, "run/") })
	if got := look(true, files); len(got) > 0 {
		t.Errorf("where nothing is noted: %v", got)
	}
}
