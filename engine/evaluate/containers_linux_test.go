package evaluate_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/documents"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// lxcProgram finds a program of LXC, which CI has.
func lxcProgram(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		testhosts.Lacking(t, err)
	}
	return path
}

// configurationsOf are the configurations of the containers of a golden host, by number.
func configurationsOf(t *testing.T, host string) (map[string]string, *evaluate.Host) {
	t.Helper()
	path := filepath.Join("../../golden", host, "snapshot.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := snapshot.Read(bytes.NewReader(text), path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := engine(t).Evaluate(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := documents.Find("containers")
	texts := map[string]string{}
	for _, d := range h.Documents {
		if d.Kind != kind.Folder {
			continue
		}
		text, err := kind.Render(d.Name, d.Tree())
		if err != nil {
			t.Fatalf("%s: %v", d.File, err)
		}
		texts[d.Name] = string(text)
	}
	return texts, h
}

// installed writes a configuration where LXC looks for it, with the paths of NixOS turned into those of this host.
func installed(t *testing.T, folder, name, text string, h *evaluate.Host) {
	t.Helper()
	text = strings.NewReplacer("/run/current-system/sw/share/lxc/", "/usr/share/lxc/", "/var/lib/lxc/", folder+"/", "/etc/lxc/", folder+"/").Replace(text)
	for _, path := range []string{filepath.Join(folder, name, "local.d"), filepath.Join(folder, name, "rootfs")} {
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, name, "config"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, leaf := range h.Options {
		option := strings.Join(leaf.Option, "/")
		if file, is := strings.CutPrefix(option, "environment/etc/lxc/"); is && strings.HasSuffix(file, ".seccomp/text") {
			if err := os.WriteFile(filepath.Join(folder, strings.TrimSuffix(file, "/text")), []byte(leaf.Value.(string)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestConfigurationsOfContainersAreReadByLXC(t *testing.T) {
	info := lxcProgram(t, "lxc-info")
	seen := 0
	for host, tree := range lookedAt(t) {
		if !slices.ContainsFunc(tree["guests"].([]any), func(g any) bool { return g.(map[string]any)["type"] == "lxc" }) {
			continue
		}
		texts, h := configurationsOf(t, host)
		folder := t.TempDir()
		for name, text := range texts {
			seen++
			installed(t, folder, name, text, h)
			// Each key is asked for: what LXC has not understood, it does not tell.
			args := []string{"-P", folder, "-n", name}
			keys := map[string]bool{}
			for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
				key, _, _ := strings.Cut(line, " = ")
				// Versions before 6 cannot tell these two back, and settings of devices are told with their last word.
				if !keys[key] && key != "lxc.include" && key != "lxc.apparmor.raw" && !strings.HasPrefix(key, "lxc.cgroup2.devices.") {
					keys[key] = true
					args = append(args, "-c", key)
				}
			}
			out, err := exec.Command(info, args...).CombinedOutput()
			if err != nil {
				t.Errorf("%s %s: %v\n%s\n%s", host, name, err, out, text)
			}
			for key := range keys {
				if !strings.Contains(string(out), key+" =") {
					t.Errorf("%s %s: lxc-info does not tell %s:\n%s", host, name, key, out)
				}
			}
		}
	}
	if !testhosts.Few() && (seen < 20) {
		t.Errorf("%d configurations", seen)
	}
	t.Logf("%d configurations", seen)
}

func TestLXCRefusesAKeyThatItDoesNotHave(t *testing.T) {
	info := lxcProgram(t, "lxc-info")
	folder := t.TempDir()
	installed(t, folder, "200", "lxc.uts.name = a\nlxc.utsname = b\n", &evaluate.Host{})
	if out, err := exec.Command(info, "-P", folder, "-n", "200", "-c", "lxc.uts.name").CombinedOutput(); err == nil {
		t.Errorf("taken: %s", out)
	}
}

// bridged are the lines that need a bridge on this host; the cards themselves stay.
var bridged = regexp.MustCompile(`(?m)^lxc\.net\.[0-9]+\.(link|veth\.vlan\.id|script\.up) = .*\n`)

func TestContainerStartsFromItsConfiguration(t *testing.T) {
	start := lxcProgram(t, "lxc-start")
	if os.Getuid() != 0 {
		testhosts.Lacking(t, "a container needs root")
	}
	busybox, err := exec.LookPath("busybox")
	if err != nil {
		testhosts.Lacking(t, err)
	}
	if out, err := exec.Command("unshare", "-n", "ip", "link", "add", "name", "veth0", "type", "veth", "peer", "name", "veth1").CombinedOutput(); err != nil {
		testhosts.Lacking(t, fmt.Sprintf("the kernel makes no veth pairs in a name space: %v: %s", err, out))
	}
	texts, h := configurationsOf(t, "office")
	const name = "131"
	text := texts[name]
	if !strings.Contains(text, "lxc.idmap = u 0 100000 65536\n") {
		t.Fatalf("not the container that is meant:\n%s", text)
	}

	// Others than root have to reach the files: t.TempDir lies below a folder of root's own.
	folder, err := os.MkdirTemp("", "lxc")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	installed(t, folder, name, bridged.ReplaceAllString(text, "")+fmt.Sprintf("lxc.mount.entry = %s/%s/mp0 srv/data none bind,ro,create=dir 0 0\n", folder, name), h)
	root := filepath.Join(folder, name, "rootfs")
	program, err := os.ReadFile(busybox)
	if err != nil {
		t.Fatal(err)
	}
	const script = `#!/bin/busybox sh
b=/bin/busybox
{ $b hostname; $b cat /proc/self/uid_map; $b grep Seccomp: /proc/self/status; $b cat /sys/class/net/eth0/address; $b cat /srv/data/file
$b touch /srv/data/new || echo read-only; } > /said 2>/dev/null
`
	for path, content := range map[string]string{
		root + "/bin/busybox": string(program), root + "/sbin/init": script, filepath.Join(folder, name, "mp0/file"): "data\n",
		root + "/proc/.keep": "", root + "/sys/.keep": "", root + "/dev/.keep": "",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	err = filepath.WalkDir(filepath.Join(folder, name), func(path string, _ os.DirEntry, err error) error {
		if err != nil || path == filepath.Join(folder, name) || path == filepath.Join(folder, name, "config") {
			return err
		}
		return os.Lchown(path, 100000, 100000)
	})
	if err != nil {
		t.Fatal(err)
	}

	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "unshare", "-mn", start, "-F", "-P", folder, "-n", name, "-o", folder+"/log", "-l", "WARN")
	// As in the unit: without newuidmap LXC writes the map by itself. unshare was found before.
	cmd.Env = []string{"PATH=" + folder}
	out, err := cmd.CombinedOutput()
	said, readErr := os.ReadFile(root + "/said")
	if err != nil || readErr != nil {
		log, _ := os.ReadFile(folder + "/log")
		if strings.Contains(string(log), "Failed to mount cgroup") || strings.Contains(string(log), "Operation not permitted") {
			testhosts.Lacking(t, fmt.Sprintf("this host lets no container start: %s", log))
		}
		t.Fatalf("%v, %v: %s\n%s", err, readErr, out, log)
	}
	const want = "vote\n         0     100000      65536\nSeccomp:\t2\nbc:24:11:0f:01:31\ndata\nread-only\n"
	if string(said) != want {
		t.Errorf("inside:\n%s\nwant:\n%s", said, want)
	}
}
