package introspect

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// Where pmxcfs hangs, all below it is unknown, links to it included, and the rest is captured.
func TestPmxcfsThatHangsIsNotRead(t *testing.T) {
	root := writeTree(t, map[string]string{
		"etc/pve/user.cfg": "user:a@pve:1:0:::a@x::\n", "etc/pve/ceph.conf": "[global]\n", "etc/ceph/ceph.conf": "-> /etc/pve/ceph.conf",
		"etc/hostname": "a\n", "etc/cron.d/vzdump": "-> ../pve/vzdump.cron",
	})
	m, err := openMachine(root, "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	asked := 0
	hangs := errors.New("no answer")
	m.served[pveDir] = func() error { asked++; return hangs }
	for _, name := range []string{"/etc/pve/user.cfg", "/etc/pve", "/etc/ceph/ceph.conf", "/etc/cron.d/vzdump", "/etc/pve/none/x", "/etc/../etc/pve/user.cfg"} {
		if _, err := m.ReadFile(name, 100); !errors.Is(err, hangs) {
			t.Errorf("read %s: %v", name, err)
		}
		if _, err := m.Lstat(name); name == "/etc/pve" && !errors.Is(err, hangs) {
			t.Errorf("lstat %s: %v", name, err)
		}
		if _, err := m.Stat(name); !errors.Is(err, hangs) || absent(err) {
			t.Errorf("stat %s: %v", name, err)
		}
	}
	var names []string
	entries, err := m.ReadDir("/etc")
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if want := []string{"ceph", "cron.d", "hostname"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("%q, %v", names, err)
	}
	if _, err := m.ReadFile("/etc/hostname", 100); err != nil || asked == 0 {
		t.Errorf("%v, asked %d times", err, asked)
	}
}

func TestDirectoriesThatAnswer(t *testing.T) {
	m, err := openMachine(writeTree(t, map[string]string{"etc/pve/user.cfg": "", "etc/empty": "dir", "etc/link": "-> pve"}), "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	for _, dir := range []string{"/etc/pve", "/etc/none", "/etc/link", "/etc/pve/user.cfg"} {
		if err := answers(m.root, dir, time.Minute); err != nil {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

// Whatever another machine or a program serves may be dead; what the kernel has on its own disks is not asked.
func TestServedMounts(t *testing.T) {
	file := filepath.Join(writeTree(t, map[string]string{"mountinfo": `1 0 8:1 / / rw - ext4 /dev/sda1 rw
2 1 0:50 / /mnt/pve/nas\040one rw - nfs4 nas:/x rw
3 1 0:51 / /etc/pve rw - fuse /dev/fuse rw
4 1 0:52 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw
5 1 0:53 / /data rw - zfs tank rw
`}), "mountinfo")
	if got, want := servedMounts(file), []string{"/etc/pve", "/mnt/pve/nas one", "/var/lib/lxcfs"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := servedMounts(file + "x"); got != nil {
		t.Errorf("%q without a list", got)
	}
}
