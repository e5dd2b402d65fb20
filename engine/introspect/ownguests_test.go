package introspect

import (
	"slices"
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
