package introspect

import (
	"errors"
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
	m.pmxcfs = func() error { asked++; return hangs }
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
