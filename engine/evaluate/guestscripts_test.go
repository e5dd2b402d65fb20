package evaluate_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// said is the text of an option of a host.
func said(t *testing.T, h *evaluate.Host, option string) string {
	t.Helper()
	for _, leaf := range h.Options {
		if text, ok := leaf.Value.(string); ok && strings.Join(leaf.Option, " ") == option {
			return text
		}
	}
	t.Fatalf("nothing says %s", option)
	return ""
}

func program(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

// libvirt's words become PVE's phases, and only pre-start can keep a guest down.
func TestHookOfLibvirtCallsScriptsOfPVE(t *testing.T) {
	dir := t.TempDir()
	adapter := said(t, onLibvirt(t, goldens(t)["homelab"]), "environment etc libvirt-hooks/pve text")
	adapter = regexp.MustCompile(`(?m)^PATH=.*$`).ReplaceAllLiteralString(adapter, "PATH="+dir+":$PATH")
	adapter = regexp.MustCompile(`script=\S+`).ReplaceAllLiteralString(adapter, "script="+filepath.Join(dir, "script"))
	program(t, dir, "logger", "#!/bin/sh\n")
	program(t, dir, "script", "#!/no/such/place/bash\necho \"$1 $2\"\ntest -z \"$BROKEN\"\n")
	program(t, dir, "pve", adapter)
	for _, c := range []struct {
		domain, operation, broken, says string
		fails                           bool
	}{
		{"gaming", "prepare", "", "100 pre-start\n", false},
		{"gaming", "prepare", "yes", "100 pre-start\n", true},
		{"gaming", "start", "yes", "", false},
		{"gaming", "started", "", "100 post-start\n", false},
		{"gaming", "stopped", "yes", "", false},
		{"gaming", "release", "yes", "100 post-stop\n", false},
		{"another", "prepare", "yes", "", false},
	} {
		cmd := exec.CommandContext(t.Context(), "sh", filepath.Join(dir, "pve"), c.domain, c.operation, "begin", "-")
		cmd.Stdin = strings.NewReader("<domain/>")
		cmd.Env = append(os.Environ(), "BROKEN="+c.broken)
		out, err := cmd.CombinedOutput()
		if string(out) != c.says || (err != nil) != c.fails {
			t.Errorf("%s %s: %q, %v", c.domain, c.operation, out, err)
		}
	}
}

// An image of Ceph that another host has open is not mapped, and neither is one of which nobody knows.
func TestImagesOfCephAreMappedWhereNobodyHasThem(t *testing.T) {
	script := said(t, onIncus(t, goldens(t)["with-ceph"]), "systemd services incus-volumes script")
	_, script, _ = strings.Cut(script, "map() {")
	script, _, _ = strings.Cut(script, "\n}\n")
	script = "set -e\nmap() {" + script + "\n}\nmap link pool/image --id admin\n"
	for _, c := range []struct {
		name, rbd string
		fails     bool
	}{
		{"free", `case "$*" in *status*) echo "Watchers: none" ;; *) echo /dev/rbd0 ;; esac`, false},
		{"open elsewhere for a while", `case "$*" in *status*) test -e seen && echo "Watchers: none" || { touch seen; echo Watchers:; echo watcher=192.0.2.1; } ;; *) echo /dev/rbd0 ;; esac`, false},
		{"open elsewhere", `case "$*" in *status*) echo Watchers:; echo watcher=192.0.2.1 ;; *) echo /dev/rbd0 ;; esac`, true},
		{"no answer", `exit 1`, true},
		{"refused", `case "$*" in *status*) echo "Watchers: none" ;; *) exit 1 ;; esac`, true},
	} {
		dir := t.TempDir()
		program(t, dir, "rbd", "#!/bin/sh\n"+c.rbd+"\n")
		program(t, dir, "sleep", "#!/bin/sh\n")
		program(t, dir, "timeout", "#!/bin/sh\nshift\nexec \"$@\"\n")
		cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		place, _ := os.Readlink(filepath.Join(dir, "link"))
		if (err != nil) != c.fails || (place == "/dev/rbd0") == c.fails {
			t.Errorf("%s: link %q, %v: %s", c.name, place, err, out)
		}
	}
}
