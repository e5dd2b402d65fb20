package evaluate_test

import (
	"errors"
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
		{"gaming", "pre-stop", "yes", "100 pre-stop\n", false},
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

// Events of Incus become PVE's phases: once for each start and stop, also where nobody listened meanwhile.
func TestEventsOfIncusCallScriptsOfPVE(t *testing.T) {
	dir := t.TempDir()
	h := onIncus(t, goldens(t)["homelab"])
	script := said(t, h, "systemd services incus-hooks script")
	script = strings.NewReplacer("/run/incus-hooks", dir+"/called", "/etc/incus-hooks/pve", dir+"/pve").Replace(script)
	program(t, dir, "unit", "set -e\n"+script)
	program(t, dir, "pve", "#!/bin/sh\necho \"$1 $2\" >>"+dir+"/log\n")
	program(t, dir, "sleep", "#!/bin/sh\n")
	if _, err := exec.LookPath("jq"); err != nil {
		program(t, dir, "jq", "#!/bin/sh\nexec sed -E 's/.*\"action\":\"([^\"]*)\",\"source\":\"([^\"]*)\".*/\\1 \\2/'\n")
	}
	program(t, dir, "incus", "#!/bin/sh\nif test $1 = monitor; then cat "+dir+"/events; else grep -qxF -- \"$2\" "+dir+"/running && echo RUNNING || echo STOPPED; fi\n")
	for _, c := range []struct{ why, running, called, events, says, left string }{
		{"they ran before anybody listened", "gaming", "", "", "100 post-start\n", "100"},
		{"the unit is started anew", "gaming", "100", "", "", "100"},
		{"a machine stopped unheard", "", "100 200", "", "100 post-stop\n", ""},
		{"a start that is both seen and heard", "gaming", "", "instance-started gaming", "100 post-start\n", "100"},
		{"a machine", "", "", "instance-started gaming,instance-shutdown gaming", "100 post-start\n100 post-stop\n", ""},
		{"a machine that starts anew", "gaming", "100", "instance-stopped gaming,instance-restarted gaming", "100 post-stop\n100 post-start\n", "100"},
		{"LXC itself calls what comes after a container", "", "", "instance-started jellyfin,instance-restarted jellyfin,instance-stopped jellyfin", "200 post-start\n200 post-start\n", ""},
		{"others", "", "", "instance-started vaultwarden,instance-started gaming?project=x,instance-paused gaming", "", ""},
	} {
		_ = os.RemoveAll(dir + "/called")
		if err := os.Mkdir(dir+"/called", 0o755); err != nil {
			t.Fatal(err)
		}
		for _, vmid := range strings.Fields(c.called) {
			program(t, dir+"/called", vmid, "")
		}
		var events strings.Builder
		for event := range strings.SplitSeq(c.events, ",") {
			if action, name, is := strings.Cut(event, " "); is {
				events.WriteString(`{"type":"lifecycle","metadata":{"action":"` + action + `","source":"/1.0/instances/` + name + "\"}}\n")
			}
		}
		running := ""
		for _, name := range strings.Fields(c.running) {
			running += "^" + name + "$\n"
		}
		program(t, dir, "log", "")
		program(t, dir, "events", events.String())
		program(t, dir, "running", running)
		cmd := exec.CommandContext(t.Context(), "bash", filepath.Join(dir, "unit"))
		cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"))
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v: %s", c.why, err, out)
		}
		log, err := os.ReadFile(dir + "/log")
		entries, wrong := os.ReadDir(dir + "/called")
		if err := errors.Join(err, wrong); err != nil {
			t.Fatal(err)
		}
		var left []string
		for _, e := range entries {
			left = append(left, e.Name())
		}
		if string(log) != c.says || strings.Join(left, " ") != c.left {
			t.Errorf("%s: %q, left %q", c.why, log, left)
		}
	}
}

// Password and keys come from the copy of PVE's file into cloud-init's data as YAML, whatever is in them.
func TestLoginsOfCloudInitComeFromTheCopy(t *testing.T) {
	dir := t.TempDir()
	script, _, found := strings.Cut(said(t, onIncus(t, goldens(t)["homelab"]), "systemd services incus-instances script"), "# there NAME")
	if !found {
		t.Fatal(script)
	}
	script = strings.NewReplacer("/var/lib/pve2nix/etc/pve/nodes/hl1/qemu-server", dir, "/var/lib/vz/snippets", dir).Replace(script)
	program(t, dir, "unit", "set -e\n"+script+"login 103 web\nfiles 103 web\nlogin 999 web\nfiles 999 web\n")
	program(t, dir, "docker-host.yaml", "#cloud-config\npackages: [docker]\n")
	program(t, dir, "incus", "#!/bin/sh\ncase \"$2\" in\nget) printf '%s' \"$DATA\" ;;\nset) test \"$3 $5\" = 'web -' && cat >"+dir+"/$4 ;;\nesac\n")
	for _, c := range []struct{ why, copy, data, want string }{
		{"both", "ciuser: a\ncipassword: $5$x$y'z\nsshkeys: ssh-ed25519%20AAAA%2F%2B%20a%40b%0Assh-rsa%20BB%5Cn%20c'd%0A\n[snap]\ncipassword: old\n", "#cloud-config\nuser: a\n",
			"#cloud-config\nuser: a\npassword: '$5$x$y''z'\nchpasswd:\n  expire: false\nssh_authorized_keys:\n  - 'ssh-ed25519 AAAA/+ a@b'\n  - 'ssh-rsa BB\\n c''d'\n"},
		{"a key alone", "sshkeys: ssh-rsa%20A\n", "", "#cloud-config\nssh_authorized_keys:\n  - 'ssh-rsa A'\n"},
		{"a password alone", "cipassword: x\n", "#cloud-config\n", "#cloud-config\npassword: 'x'\nchpasswd:\n  expire: false\n"},
	} {
		program(t, dir, "103.conf", c.copy)
		cmd := exec.CommandContext(t.Context(), "bash", filepath.Join(dir, "unit"))
		cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"), "DATA="+c.data)
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v: %s", c.why, err, out)
		}
		got, err := os.ReadFile(dir + "/cloud-init.user-data")
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v", c.why, got, err)
		}
		if got, err := os.ReadFile(dir + "/cloud-init.vendor-data"); err != nil || string(got) != "#cloud-config\npackages: [docker]\n" {
			t.Errorf("%s: %q, %v", c.why, got, err)
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
