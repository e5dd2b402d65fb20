package introspect

import (
	"slices"
	"strings"
	"testing"
)

// Hosts that were upgraded for years have ntpd in the place of chrony.
func TestServersOfNtpdAreTimeSources(t *testing.T) {
	for _, file := range []string{"etc/ntp.conf", "etc/ntpsec/ntp.conf"} {
		s := captureTree(t, writeTree(t, map[string]string{
			file: "# servers\ndriftfile /var/lib/ntp/ntp.drift\nserver 192.0.2.2  iburst\nrestrict default kod\ncrypto pw CANARY1" + marker + "\n",
		}))
		var got []string
		for _, p := range s.System.NTP {
			switch {
			case p.Secret != nil:
				got = append(got, p.Key+" secret")
			default:
				got = append(got, p.Key+" "+*p.Value)
			}
		}
		want := []string{"driftfile /var/lib/ntp/ntp.drift", "server 192.0.2.2 iburst", "restrict default kod", "crypto secret"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", file, got)
		}
	}
}

// PVE makes root's file of keys a link to the cluster's. Where somebody put a file in its place, sshd does not look at
// the cluster's.
func TestKeysOfTheClusterOpenRootOnlyThroughTheLink(t *testing.T) {
	const cluster, own = "etc/pve/priv/authorized_keys", "root/.ssh/authorized_keys"
	key := "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA a\n"
	files := map[string]string{"etc/passwd": "root:x:0:0::/root:/bin/sh\n", cluster: key}
	for _, c := range []struct{ own, want string }{
		{key, "/root/.ssh/authorized_keys:1"},
		{"-> /etc/pve/priv/authorized_keys", "/etc/pve/priv/authorized_keys:1"},
		{"", "/etc/pve/priv/authorized_keys:1"}, // a copy of /etc alone
	} {
		delete(files, own)
		if c.own != "" {
			files[own] = c.own
		}
		var got []string
		for _, k := range captureTree(t, writeTree(t, files)).System.AuthorizedKeys {
			got = append(got, k.Source)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %v, want %s", c.own, got, c.want)
		}
	}
}

// cryptsetup, multipath and LVM share the names of the device mapper.
func TestMappingsOfOthersAreNoVolumes(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{
		"etc/crypttab": "crypt-data UUID=1 none luks\n",
		"etc/fstab":    "/dev/mapper/pve-root / ext4 defaults 0 1\n/dev/mapper/crypt-data /srv xfs defaults 0 2\n/dev/mapper/mpatha-part1 /san xfs defaults 0 2\n",
	}))
	var got []string
	for _, g := range s.Storage.VolumeGroups {
		got = append(got, g.Name)
	}
	if !slices.Equal(got, []string{"pve"}) {
		t.Errorf("volume groups %v", got)
	}
}
