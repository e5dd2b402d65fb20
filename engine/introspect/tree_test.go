package introspect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// writeTree makes a tree of files; a text that begins with "-> " is the target of a link.
func writeTree(t testing.TB, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, isLink := strings.CutPrefix(text, "-> "); isLink {
			err = os.Symlink(target, file)
		} else {
			err = os.WriteFile(file, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func openTest(t testing.TB, root string) *tree {
	t.Helper()
	tree, err := openTree(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree
}

func TestLinksStayInTheTree(t *testing.T) {
	outside := writeTree(t, map[string]string{"secret": "outside"})
	root := writeTree(t, map[string]string{
		"etc/plain":      "plain",
		"etc/absolute":   "-> /etc/plain",
		"etc/relative":   "-> ../etc/plain",
		"etc/above":      "-> ../../../../../../etc/plain",
		"etc/escape":     "-> ../../../../../../../../.." + outside + "/secret",
		"etc/host":       "-> " + outside + "/secret",
		"lib":            "-> usr/lib",
		"usr/lib/unit":   "unit",
		"a/dir":          "-> /usr",
		"etc/through":    "-> /a/dir/lib/../lib/./unit",
		"loop/one":       "-> two",
		"loop/two":       "-> /loop/one",
		"etc/dangling":   "-> nowhere",
		"etc/rootlink":   "-> /",
		"etc/not/a/file": "x",
	})
	tree := openTest(t, root)
	for name, want := range map[string]string{
		"/etc/plain": "plain", "/etc/absolute": "plain", "/etc/relative": "plain", "/etc/above": "plain",
		"/lib/unit": "unit", "/etc/through": "unit", "/etc/rootlink/etc/plain": "plain", "/etc/../../etc/plain": "plain",
	} {
		content, err := tree.ReadFile(name, maxFileSize)
		if err != nil || string(content.Data) != want {
			t.Errorf("%s: %v %v, want %q", name, content, err, want)
		}
	}
	for name, want := range map[string]error{
		"/etc/escape": fs.ErrNotExist, "/etc/host": fs.ErrNotExist, "/etc/dangling": fs.ErrNotExist, "/none/x": fs.ErrNotExist,
		"/loop/one": syscall.ELOOP, "/loop/one/x": syscall.ELOOP, "/etc/plain/x": syscall.ENOTDIR, "/etc/not": errNotRegular,
		"etc/plain": fs.ErrInvalid,
	} {
		if content, err := tree.ReadFile(name, maxFileSize); !errors.Is(err, want) {
			t.Errorf("%s: %v, error %v, want %v", name, content, err, want)
		}
	}
}

// What appears between the look and the opening must not be opened for its effect, and
// what is no file must not be opened at all: a pipe would block for ever.
func TestOnlyRegularFilesOfBoundedSizeAreRead(t *testing.T) {
	root := writeTree(t, map[string]string{"small": "1234", "large": "12345", "dir/x": ""})
	if err := syscall.Mkfifo(filepath.Join(root, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	tree := openTest(t, root)
	done := make(chan error, 1)
	go func() {
		_, err := tree.ReadFile("/pipe", 4)
		done <- err
	}()
	select {
	case err := <-done:
		if !errors.Is(err, errNotRegular) {
			t.Errorf("pipe: %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("reading a pipe blocks")
	}
	if _, err := tree.ReadFile("/small", 4); err != nil {
		t.Error(err)
	}
	if _, err := tree.ReadFile("/large", 4); err == nil || !strings.Contains(err.Error(), "larger than 4 bytes") {
		t.Errorf("large file: %v", err)
	}
	if _, err := tree.ReadDir("/small"); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("file as directory: %v", err)
	}
}

// Files of procfs have no size; they are bounded by what is read.
func TestFilesWithoutASizeAreBounded(t *testing.T) {
	if _, err := os.Stat("/proc/cpuinfo"); err != nil {
		t.Skip("no procfs here")
	}
	tree := openTest(t, "/")
	if content, err := tree.ReadFile("/proc/cpuinfo", maxFileSize); err != nil || len(content.Data) == 0 {
		t.Errorf("%v", err)
	}
	if _, err := tree.ReadFile("/proc/cpuinfo", 10); err == nil {
		t.Error("no error for a file over the limit")
	}
}

// A file that no person wrote, and a host of endless files, take bounded memory: what is not read is unknown.
func TestFilesWhoseLinesBecomeFactsAreBounded(t *testing.T) {
	files := map[string]string{
		"etc/hosts": strings.Repeat("#\n", maxFactsSize/2) + "#", "etc/pve/large.cfg": strings.Repeat("#", maxPVEFileSize+1),
		"var/lib/dpkg/status": strings.Repeat("#", maxFactsSize+1),
	}
	for i := range maxAllFactsSize/maxFactsSize + 1 {
		files[fmt.Sprintf("etc/cron.d/%d", i)] = strings.Repeat("#", maxFactsSize)
	}
	m, err := openMachine(writeTree(t, files), "")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	c := newCapture(t.Context(), m, Options{})
	for _, file := range []string{"/etc/hosts", "/etc/pve/large.cfg"} {
		if _, err := c.read(file); err == nil || !strings.Contains(err.Error(), "larger than") {
			t.Errorf("%s: error %v", file, err)
		}
	}
	var last error
	for i := range maxAllFactsSize/maxFactsSize + 1 {
		if last != nil {
			t.Fatal(last)
		}
		_, last = c.read(fmt.Sprintf("/etc/cron.d/%d", i))
	}
	if !errors.Is(last, errTooMuch) {
		t.Errorf("one more than all: error %v", last)
	}
	if _, err := c.read("/var/lib/dpkg/status"); err != nil {
		t.Error(err)
	}
}

// captureTree captures a directory and fails the test on an error.
func captureTree(t testing.TB, root string) *snapshot.Snapshot {
	t.Helper()
	s, err := Capture(context.Background(), Options{Root: root, Tool: "test", Clock: func() time.Time { return time.Unix(0, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func encode(t testing.TB, s *snapshot.Snapshot) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := snapshot.Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func areaOf(t testing.TB, s *snapshot.Snapshot, name string) snapshot.Area {
	t.Helper()
	for _, a := range s.Capture.Areas {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no area %s", name)
	return snapshot.Area{}
}

func TestEveryAreaOfAnEmptyTreeIsUnknownAndSaysWhy(t *testing.T) {
	s := captureTree(t, t.TempDir())
	encode(t, s)
	for _, a := range s.Capture.Areas {
		if a.Status != statusUnknown || a.Source != sourceNone || a.Detail == "" {
			t.Errorf("area %+v of an empty tree", a)
		}
	}
	if len(s.Capture.Areas) < 40 {
		t.Errorf("only %d areas", len(s.Capture.Areas))
	}
	assertProblemsExplainAreas(t, s)
}

// assertProblemsExplainAreas checks that no area is less than known without a problem that says why.
func assertProblemsExplainAreas(t testing.TB, s *snapshot.Snapshot) {
	t.Helper()
	explained := map[string]bool{}
	for _, p := range s.Problems {
		explained[p.Area] = true
	}
	for _, a := range s.Capture.Areas {
		if a.Status != statusKnown && !explained[a.Name] {
			t.Errorf("area %+v has no problem", a)
		}
	}
}

func TestUnknownIsNotNone(t *testing.T) {
	whole := map[string]string{"etc/passwd": "root:x:0:0:root:/root:/bin/bash\n", "etc/pve/nodes/a/config": "", "etc/pve/authkey.pub": "key"}
	for _, c := range []struct {
		name   string
		tree   map[string]string
		area   string
		status string
	}{
		{"a whole /etc without crypttab has no encrypted disks", whole, "storage.crypttab", statusKnown},
		{"a part of /etc may have had a crypttab", map[string]string{"etc/hostname": "a\n"}, "storage.crypttab", statusUnknown},
		{"every host has an fstab", whole, "storage.fstab", statusUnknown},
		{"a whole /etc/pve without jobs has none", whole, "jobs", statusKnown},
		{"a part of /etc/pve may have had jobs", map[string]string{"etc/pve/storage.cfg": ""}, "jobs", statusUnknown},
		{"an empty /etc/pve is one that is not mounted", map[string]string{"etc/passwd": "", "etc/pve": "-> /etc/none"}, "guests", statusUnknown},
		{"without nodes only the guests of this node are there", map[string]string{"etc/pve/lxc/100.conf": "arch: amd64\n"}, "guests", statusPartial},
		{"nodes without a guest", whole, "guests", statusKnown},
		{"files do not tell what runs", map[string]string{"lib/systemd/system/a.service": "[Unit]\n"}, "units", statusPartial},
		{"the running network is not in files", whole, "network.live", statusUnknown},
		{"a host without Open vSwitch has no bridges of it", map[string]string{
			"etc/network/interfaces": "auto lo\n", "var/lib/dpkg/status": "Package: dpkg\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n"},
			"network.ovs", statusKnown},
		{"without a list of packages there may be an Open vSwitch", map[string]string{"etc/network/interfaces": "auto lo\n"}, "network.ovs", statusUnknown},
		{"the plugins of ACME are read among secrets", map[string]string{"etc/pve/nodes/a/config": "", "etc/pve/authkey.pub": "", "etc/pve/priv/acme/plugins.cfg": ""}, "acme", statusKnown},
		{"a tree with a copy of sysfs tells of the TPM", map[string]string{"sys/class/tpm/tpm0/x": ""}, "hardware.tpm", statusKnown},
		{"a tree without one does not", map[string]string{"sys/class/net/x": ""}, "hardware.tpm", statusUnknown},
		{"a file that is there and cannot be read", map[string]string{"etc/passwd": "", "etc/pve/user.cfg/x": ""}, "access", statusUnknown},
		{"two files of which one cannot be read", map[string]string{"etc/passwd": "", "etc/subuid": "", "etc/subgid/x": ""}, "system.subordinate", statusPartial},
		{"a shadow file that cannot be read", map[string]string{"etc/passwd": "", "etc/shadow/x": ""}, "system.users", statusPartial},
		{"an unreadable status file", map[string]string{"var/lib/dpkg/status/x": ""}, "packages", statusUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := captureTree(t, writeTree(t, c.tree))
			if a := areaOf(t, s, c.area); a.Status != c.status {
				t.Errorf("%+v, want %s", a, c.status)
			}
			assertProblemsExplainAreas(t, s)
		})
	}
}

func TestCaptureRefusesWhatMakesNoSense(t *testing.T) {
	if _, err := Capture(context.Background(), Options{Root: filepath.Join(t.TempDir(), "none")}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no such root: %v", err)
	}
	for _, address := range []string{"unixexec:path=/bin/sh", "autolaunch:", "", "unix:path=/a;launchd:env=X"} {
		if err := CheckBusAddress(address); err == nil {
			t.Errorf("address %q is taken", address)
		}
	}
	if _, err := Capture(context.Background(), Options{Root: t.TempDir(), BusAddress: "unixexec:path=/bin/sh"}); err == nil {
		t.Error("an address that runs a program is taken")
	}
	t.Setenv("SOURCE_DATE_EPOCH", "yesterday")
	if _, err := Capture(context.Background(), Options{Root: t.TempDir()}); err == nil {
		t.Error("SOURCE_DATE_EPOCH=yesterday is taken")
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Capture(cancelled, Options{Root: t.TempDir(), Clock: time.Now}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestSourceDateEpochIsTheTimeOfTheCapture(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1748736000")
	s, err := Capture(context.Background(), Options{Root: t.TempDir()})
	if err != nil || s.Capture.Time != "2025-06-01T00:00:00Z" {
		t.Errorf("%v %v", s.Capture.Time, err)
	}
}

func TestDatabaseOfPVEIsNotNothing(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{"etc/passwd": "", "var/lib/pve-cluster/config.db": "SQLite format 3\x00"}))
	for _, name := range []string{"guests", "access", "storage.storages", "cluster", "jobs", "acme", "mappings", "network.firewall"} {
		if a := areaOf(t, s, name); a.Status != statusUnknown || !strings.Contains(a.Detail, "config.db cannot be read") {
			t.Errorf("%+v", a)
		}
	}
}

func TestNameOfTheHost(t *testing.T) {
	for _, c := range []struct {
		tree         map[string]string
		name, domain string
	}{
		{map[string]string{"etc/hostname": "pve1.example.net\n"}, "pve1", "example.net"},
		{map[string]string{"etc/hostname": "pve1\n", "etc/hosts": "10.0.0.1 pve10.a pve1.b.c pve1\n"}, "pve1", "b.c"},
		{map[string]string{"proc/sys/kernel/hostname": "pve2\n"}, "pve2", ""},
		{map[string]string{"etc/pve/local": "-> nodes/pve3"}, "pve3", ""},
		{nil, "", ""},
	} {
		if host := captureTree(t, writeTree(t, c.tree)).Host; host.Name != c.name || host.Domain != c.domain {
			t.Errorf("%v: %q %q, want %q %q", c.tree, host.Name, host.Domain, c.name, c.domain)
		}
	}
}

// PVE has a storage, realms and a user even where it has no files for them.
func TestWhatPVEAddsToMissingFiles(t *testing.T) {
	s := captureTree(t, writeTree(t, map[string]string{"etc/pve/nodes/a/config": "", "etc/pve/authkey.pub": ""}))
	if len(s.Storage.Storages) != 1 || s.Storage.Storages[0].ID != "local" || !s.Storage.Storages[0].Implicit {
		t.Errorf("storages %+v", s.Storage.Storages)
	}
	if len(s.Access.Realms) != 2 || len(s.Access.Users) != 1 || s.Access.Users[0].ID != "root@pam" {
		t.Errorf("realms %+v, users %+v", s.Access.Realms, s.Access.Users)
	}
	s = captureTree(t, writeTree(t, map[string]string{"etc/pve/nodes/a/config": ""}))
	if len(s.Storage.Storages)+len(s.Access.Realms)+len(s.Access.Users) != 0 {
		t.Errorf("a part of /etc/pve has storages %+v, realms %+v, users %+v", s.Storage.Storages, s.Access.Realms, s.Access.Users)
	}
}
