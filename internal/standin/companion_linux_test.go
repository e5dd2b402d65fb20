package standin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/bridge/companion"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// The test of this file has a stand-in of Proxmox VE's root on a real btrfs. The plan of the host that it stands for clones it,
// with the code that apply runs; the clone is started as the companion of a stand-in host by the unit, the files and the mount
// that the rules give a NixOS. No NixOS is there: what they say as options is written here as files of systemd, and nothing
// but the paths of programs is changed. Proxmox VE's own packages are stand-ins, too.

// companionRoot is what the stand-in of Proxmox VE and the stand-in host are made of.
var companionRoot = debianRoot{name: "companion", packages: append(slices.Clone(plainRoot.packages), "systemd-container", "btrfs-progs")}

const (
	companionRun = "20260504T030000Z"
	// cloneVariable names the plan whose clone a process of this test makes.
	cloneVariable = "PVE2NIX_TEST_CLONE"
	pveRepository = "/srv/repository"
	// answersFile is where the host has the answers of its owner.
	answersFile = "/root/answers.json"
	// hostAddress is that of busyLinks.
	hostAddress = "192.168.77.2"
)

// standInPackage is a package that behaves as a real one does where it matters.
type standInPackage struct {
	name, version, depends string
	files                  map[string]string
	// units are those that its script enables and starts, as debhelper has it.
	units []string
	// script is what else it does when it is configured.
	script string
}

func proxy(version string) string {
	return "#!/usr/bin/perl\nuse IO::Socket::INET;\nmy $s = IO::Socket::INET->new(Listen => 5, LocalPort => 8006, ReuseAddr => 1) or die \"8006: $!\";\n" +
		"while (my $c = $s->accept) { print $c \"HTTP/1.0 200 OK\\r\\n\\r\\npveproxy " + version + "\\n\"; close $c }\n"
}

func sleeper(install string) string {
	return "[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=" + install + "\n"
}

const unitDir = "/lib/systemd/system/"

func manager(version string) standInPackage {
	return standInPackage{
		name: "pve-manager", version: version, depends: "pve-cluster",
		files: map[string]string{
			"/usr/bin/pveproxy":                  proxy(version),
			unitDir + "pveproxy.service":         "[Unit]\nAfter=pve-cluster.service\nWants=pve-cluster.service\n[Service]\nExecStart=/usr/bin/pveproxy\n[Install]\nWantedBy=multi-user.target\n",
			unitDir + "pvedaemon.service":        sleeper("multi-user.target"),
			unitDir + "pve-guests.service":       sleeper("multi-user.target"),
			unitDir + "pve-daily-update.timer":   "[Timer]\nOnBootSec=1\n[Install]\nWantedBy=timers.target\n",
			unitDir + "pve-daily-update.service": "[Service]\nType=oneshot\nExecStart=/bin/touch /var/tmp/daily-update-ran\n",
			unitDir + "stray.socket":             "[Socket]\nListenStream=9997\nAccept=yes\n[Install]\nWantedBy=sockets.target\n",
			unitDir + "stray@.service":           "[Service]\nExecStart=/bin/cat\nStandardInput=socket\n",
		},
		units: []string{"pveproxy.service", "pvedaemon.service", "pve-guests.service", "pve-daily-update.timer", "stray.socket"},
	}
}

var standInPackages = []standInPackage{
	manager("8.2.2"), manager("8.2.4"),
	{name: "pve-cluster", version: "8.0.7", files: map[string]string{unitDir + "pve-cluster.service": sleeper("multi-user.target")}, units: []string{"pve-cluster.service"}},
	// A service of a vendor, which the catalog does not know and the answers give to the companion.
	{name: "acme", version: "1.0", files: map[string]string{
		unitDir + "acme-agent.service": sleeper("multi-user.target"),
		"/usr/bin/acme":                "#!/bin/sh\ncase $1 in\nargs) printf '<%s>' \"$@\" ;;\nstatus) exit \"$2\" ;;\ntext) cat ;;\nwait) trap 'echo ended; exit 9' TERM; echo waits; while :; do sleep 0.1; done ;;\nterminal) tty; stty size ;;\nesac\n",
		"/usr/bin/od\td":               "#!/bin/sh\n",
		"/usr/bin/acme;reboot":         "#!/bin/sh\n",
		"/usr/bin/bash-of-acme":        "no program\n",
		"/etc/acme/acme.conf":          "kept\n",
	}, units: []string{"acme-agent.service"}},
	// Units that were not known when the companion was made.
	{name: "newd", version: "1.0", files: map[string]string{
		unitDir + "newd.service":  sleeper("multi-user.target"),
		unitDir + "newd.socket":   "[Socket]\nListenStream=9998\n[Install]\nWantedBy=sockets.target\n",
		unitDir + "newd2.timer":   "[Timer]\nOnActiveSec=1s\n[Install]\nWantedBy=timers.target\n",
		unitDir + "newd2.service": "[Service]\nType=oneshot\nExecStart=/bin/touch /var/tmp/newd2-ran\n",
	}, units: []string{"newd.service", "newd.socket", "newd2.timer"}},
	{name: "nodep", version: "1.0", depends: "does-not-exist (>= 9)"},
	{name: "clash", version: "1.0", files: map[string]string{"/usr/bin/pveproxy": "clash\n"}},
	{name: "badpost", version: "1.0", script: "[ -e /etc/badpost-ok ]"},
	{name: "slowd", version: "1.0", script: "touch /var/tmp/slowd-begun; sleep 6"},
}

// build makes the file of the package in a folder, and returns its paragraph of the index.
func (p standInPackage) build(t testing.TB, dir string) string {
	t.Helper()
	work := t.TempDir()
	control := fmt.Sprintf("Package: %s\nVersion: %s\nArchitecture: all\nSection: admin\nPriority: optional\nMaintainer: Nobody <nobody@example.org>\n", p.name, p.version)
	if p.depends != "" {
		control += "Depends: " + p.depends + "\n"
	}
	control += "Description: stand-in for " + p.name + "\n"
	script := "#!/bin/sh\nset -e\n[ \"$1\" = configure ] || exit 0\n"
	for _, u := range p.units {
		script += "deb-systemd-helper unmask " + u + " >/dev/null || true\nif deb-systemd-helper --quiet was-enabled " + u + "; then deb-systemd-helper enable " + u +
			" >/dev/null || true; else deb-systemd-helper update-state " + u + " >/dev/null || true; fi\n"
	}
	if len(p.units) > 0 {
		script += "if [ -d /run/systemd/system ]; then systemctl --system daemon-reload >/dev/null || true\nif [ -n \"$2\" ]; then a=restart; else a=start; fi\ndeb-systemd-invoke $a " +
			strings.Join(p.units, " ") + " >/dev/null || true; fi\n"
	}
	files := map[string]string{"DEBIAN/control": control, "DEBIAN/postinst": script + p.script + "\n", "usr/share/doc/" + p.name + "/README": p.version + "\n"}
	for name, text := range p.files {
		files[name] = text
	}
	for name, text := range files {
		mode := fs.FileMode(0o644)
		if strings.HasPrefix(text, "#!") {
			mode = 0o755
		}
		put(t, filepath.Join(work, name), text, mode)
	}
	name := fmt.Sprintf("%s_%s_all.deb", p.name, p.version)
	output(t, "dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "-b", work, filepath.Join(dir, name))
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%sFilename: ./%s\nSize: %d\nSHA256: %x\n\n", control, name, len(data), sha256.Sum256(data))
}

func put(t testing.TB, file, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func output(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// standInPVE makes a file system with a stand-in of Proxmox VE's root in its subvolume @, and returns its device.
func standInPVE(t testing.TB) (device string) {
	t.Helper()
	tar, err := companionRoot.make()
	if err != nil {
		t.Fatalf("Debian root: %v", err)
	}
	image := filepath.Join(t.TempDir(), "disk.img")
	put(t, image, "", 0o600)
	if err := os.Truncate(image, 3<<30); err != nil {
		t.Fatal(err)
	}
	device = output(t, "losetup", "--find", "--show", image)
	t.Cleanup(func() { _ = exec.Command("losetup", "--detach", device).Run() })
	output(t, "mkfs.btrfs", "-q", device)
	withTop(t, device, func(top string) {
		output(t, "btrfs", "subvolume", "create", top+"/@")
		fillPVE(t, tar, top+"/@")
	})
	return device
}

// fillPVE makes a stand-in of Proxmox VE's root in a folder.
func fillPVE(t testing.TB, tar, root string) {
	t.Helper()
	if err := extract(tar, root); err != nil {
		t.Fatal(err)
	}
	{
		var index strings.Builder
		if err := os.MkdirAll(root+pveRepository, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, p := range standInPackages {
			index.WriteString(p.build(t, root+pveRepository))
		}
		put(t, root+pveRepository+"/Packages", index.String(), 0o644)
		if err := os.RemoveAll(root + "/etc/apt/sources.list.d"); err != nil {
			t.Fatal(err)
		}
		put(t, root+"/etc/apt/sources.list", "deb [trusted=yes] file:"+pveRepository+" ./\n", 0o644)
		put(t, root+"/etc/hostname", "pve\n", 0o644)
		put(t, root+"/etc/machine-id", "0123456789abcdef0123456789abcdef\n", 0o444)
		put(t, root+"/etc/fstab", "/dev/pve/root / ext4 defaults 0 1\nUUID=DEAD-BEEF /boot/efi vfat defaults 0 1\n", 0o644)
		put(t, root+"/etc/attributes", "kept\n", 0o640)
		if err := unix.Setxattr(root+"/etc/attributes", "user.note", []byte("kept"), 0); err != nil {
			t.Fatal(err)
		}
		output(t, "chroot", root, "/usr/bin/env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "dpkg", "-i",
			pveRepository+"/pve-cluster_8.0.7_all.deb", pveRepository+"/pve-manager_8.2.2_all.deb", pveRepository+"/acme_1.0_all.deb")
	}
}

// standInThick makes a stand-in of Proxmox VE's root on an ext4, as its installer makes on a volume of LVM, and returns its device.
func standInThick(t testing.TB) (device string) {
	t.Helper()
	tar, err := companionRoot.make()
	if err != nil {
		t.Fatalf("Debian root: %v", err)
	}
	image := filepath.Join(t.TempDir(), "disk.img")
	put(t, image, "", 0o600)
	if err := os.Truncate(image, 2<<30); err != nil {
		t.Fatal(err)
	}
	output(t, "mkfs.ext4", "-q", image)
	device = output(t, "losetup", "--find", "--show", image)
	t.Cleanup(func() { _ = exec.Command("losetup", "--detach", device).Run() })
	root := t.TempDir()
	if err := unix.Mount(device, root, "ext4", 0, ""); err != nil {
		t.Fatal(err)
	}
	fillPVE(t, tar, root)
	if err := unix.Unmount(root, 0); err != nil {
		t.Fatal(err)
	}
	return device
}

// digest is the hash of all that a device holds.
func digest(t testing.TB, device string) string {
	t.Helper()
	f, err := os.Open(device)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// withTop mounts the top of the file system for the time of f.
func withTop(t testing.TB, device string, f func(top string)) {
	t.Helper()
	top, err := os.MkdirTemp("", "top")
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount(device, top, "btrfs", 0, "subvolid=5"); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := unix.Unmount(top, 0); err != nil {
			t.Error(err)
		}
		_ = os.Remove(top)
	}()
	f(top)
}

// picture is every entry below a folder: kind, mode, owner, size, time, links, attributes and the hash of the content.
func picture(t testing.TB, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		s, _ := info.Sys().(*syscall.Stat_t)
		line := fmt.Sprintf("%s %d:%d %d %d %d.%d", info.Mode(), s.Uid, s.Gid, s.Rdev, s.Nlink, s.Mtim.Sec, s.Mtim.Nsec)
		switch {
		case info.Mode()&fs.ModeSymlink != 0:
			target, err := os.Readlink(name)
			if err != nil {
				return err
			}
			line += " -> " + target
		case info.Mode().IsRegular():
			f, err := os.Open(name)
			if err != nil {
				return err
			}
			h := sha256.New()
			_, err = io.Copy(h, f)
			_ = f.Close()
			if err != nil {
				return err
			}
			line += fmt.Sprintf(" %d %x", info.Size(), h.Sum(nil))
		}
		line += attributesOf(name)
		out[strings.TrimPrefix(name, root)] = line
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func attributesOf(name string) string {
	list := make([]byte, 4096)
	n, err := unix.Llistxattr(name, list)
	if err != nil || n == 0 {
		return ""
	}
	names := strings.Split(strings.TrimSuffix(string(list[:n]), "\x00"), "\x00")
	slices.Sort(names)
	out := ""
	for _, a := range names {
		value := make([]byte, 4096)
		n, err := unix.Lgetxattr(name, a, value)
		if err != nil {
			continue
		}
		out += " " + a + "=" + hex.EncodeToString(value[:n])
	}
	return out
}

// said is what eval makes of the host.
type said struct {
	// options are by their names, joined by a character that no name has.
	options map[string]any
	steps   []plan.Step
	// snapshot and answers are the documents that eval was given.
	snapshot, answers string
}

// onBtrfs says that the root lies in a subvolume of the device.
func onBtrfs(device string) func(map[string]any) {
	return func(storage map[string]any) {
		for _, m := range storage["mounts"].([]any) {
			if m := m.(map[string]any); m["target"] == "/" {
				m["type"], m["source"], m["options"] = "btrfs", device, []string{"rw", "subvol=/@"}
			}
		}
		storage["btrfs"] = []any{map[string]any{
			"uuid": "5f2c1b7e-3f6d-4a8e-9b0c-1d2e3f405162", "devices": []string{device}, "mounts": []string{"/"}, "subvolumes": []string{"@"}, "free_bytes": int64(64 << 30),
		}}
	}
}

// onThick says that the root lies on a volume of LVM.
func onThick(storage map[string]any) {
	for _, m := range storage["mounts"].([]any) {
		if m := m.(map[string]any); m["target"] == "/" {
			m["type"], m["source"], m["options"] = "ext4", "/dev/mapper/pve-root", []string{"rw"}
		}
	}
	storage["volume_groups"] = []any{map[string]any{
		"name": "pve", "uuid": "a-b", "root": true, "size_bytes": int64(64 << 30), "free_bytes": int64(32 << 30), "physical_volumes": []string{"/dev/sda3"}, "volumes": []string{"root"},
		"logical_volumes": []any{map[string]any{"name": "root", "kind": "linear", "active": true, "size_bytes": int64(16 << 30), "tags": []string{}}},
	}}
}

// evaluated evaluates a golden host whose root is on the device, with Proxmox VE's interface and a service of a vendor asked for in
// the companion.
func evaluated(t testing.TB, program string, lies func(storage map[string]any)) (out said) {
	t.Helper()
	data, err := os.ReadFile("../../golden/homelab/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	var snapshot map[string]any
	if err := json.Unmarshal(data, &snapshot); err != nil {
		t.Fatal(err)
	}
	storage := snapshot["storage"].(map[string]any)
	for _, p := range storage["zfs_pools"].([]any) {
		p.(map[string]any)["root"] = false
	}
	lies(storage)
	agent := map[string]any{"name": "acme-agent.service", "active_state": "active", "file_state": "enabled", "fragment_path": unitDir + "acme-agent.service", "drop_ins": []any{}}
	snapshot["units"] = slices.Insert(snapshot["units"].([]any), 0, any(agent))
	dir := t.TempDir()
	text, err := json.Marshal(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	out.snapshot, out.answers = string(text), `{"schema": "pve2nix.answers/v1", "bridges": {"webui": "yes"},
		"units": {"acme-agent.service": {"companion": "nobody else has it"}, "pve-guests.service": {"companion": "asked in vain"}}}`
	put(t, dir+"/snapshot.json", out.snapshot, 0o644)
	put(t, dir+"/answers.json", out.answers, 0o644)
	output(t, program, "eval", "--target", "libvirt", "--answers", dir+"/answers.json", "--out", dir+"/out", dir+"/snapshot.json")
	var evaluation struct {
		Hosts []struct {
			Options []struct {
				Option []string
				Value  any
			}
		}
	}
	var p plan.Plan
	for name, into := range map[string]any{"evaluation.json": &evaluation, "plan.json": &p} {
		data, err := os.ReadFile(filepath.Join(dir, "out", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, into); err != nil {
			t.Fatal(err)
		}
	}
	out.options, out.steps = map[string]any{}, p.Hosts[0].Steps
	for _, o := range evaluation.Hosts[0].Options {
		out.options[strings.Join(o.Option, "\x00")] = o.Value
	}
	return out
}

func (s said) option(name ...string) any { return s.options[strings.Join(name, "\x00")] }

// files are the files of the host below /etc that the options make.
func (s said) files(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, value := range s.options {
		parts := strings.Split(name, "\x00")
		if len(parts) == 4 && parts[0] == "environment" && parts[1] == "etc" && parts[3] == "text" && strings.HasPrefix(parts[2], "companion/") {
			if s.option("environment", "etc", parts[2], "mode") != "0444" {
				t.Errorf("%s would be a link into a store that the companion has not", parts[2])
			}
			out["/etc/"+parts[2]], _ = value.(string)
		}
	}
	const unit = "systemd-nspawn@companion"
	var text strings.Builder
	text.WriteString("[Unit]\n")
	line := func(key string, value any) { fmt.Fprintf(&text, "%s=%v\n", key, value) }
	lines := func(key string, value any) {
		switch v := value.(type) {
		case nil:
		case []any:
			for _, one := range v {
				line(key, one)
			}
		case map[string]any: // text with references to packages
			command, _ := v["_concat"].([]any)
			if len(command) != 2 {
				t.Fatalf("%s: %v", key, v)
			}
			line(key, "/usr"+command[1].(string))
		default:
			line(key, v)
		}
	}
	lines("Description", s.option("systemd", "services", unit, "description"))
	lines("Wants", s.option("systemd", "services", unit, "wants"))
	lines("After", s.option("systemd", "services", unit, "after"))
	for _, key := range []string{"ConditionPathExists", "RequiresMountsFor"} {
		value := s.option("systemd", "services", unit, "unitConfig", key)
		if value == nil {
			t.Fatalf("no %s: %v", key, s.options)
		}
		lines(key, value)
	}
	text.WriteString("[Service]\n")
	for name, value := range s.options {
		parts := strings.Split(name, "\x00")
		if len(parts) == 5 && parts[2] == unit && parts[3] == "environment" {
			line("Environment", parts[4]+"="+value.(string))
		}
	}
	for name, value := range s.options {
		parts := strings.Split(name, "\x00")
		if len(parts) == 5 && parts[2] == unit && parts[3] == "serviceConfig" {
			lines(parts[4], value)
		}
	}
	out["/etc/systemd/system/"+unit+".service"] = text.String()
	path, _ := s.option("systemd", "paths", "companion-committed", "pathConfig", "PathChanged").(string)
	out["/etc/systemd/system/companion-committed.path"] = fmt.Sprintf("[Path]\nPathChanged=%s\nUnit=%s\n", path, s.option("systemd", "paths", "companion-committed", "pathConfig", "Unit"))
	at := "/var/lib/machines/companion"
	var options []string
	for _, o := range s.option("fileSystems", at, "options").([]any) {
		options = append(options, o.(string))
	}
	require := ""
	for _, o := range options {
		if at, ok := strings.CutPrefix(o, "x-systemd.requires-mounts-for="); ok { // as the generator of fstab has it
			require += "RequiresMountsFor=" + at + "\n"
		}
		if unit, ok := strings.CutPrefix(o, "x-systemd.after="); ok {
			require += "After=" + unit + "\n"
		}
	}
	out["/etc/systemd/system/var-lib-machines-companion.mount"] = fmt.Sprintf("[Unit]\nDefaultDependencies=no\n"+require+"[Mount]\nWhat=%s\nWhere=%s\nType=%s\nOptions=%s\n",
		s.option("fileSystems", at, "device"), at, s.option("fileSystems", at, "fsType"), strings.Join(options, ","))
	trial, err := json.MarshalIndent(execute.Trial{
		Params: execute.Params{Host: "hl1", Deadline: 900, Word: strings.Repeat("d", 64)}, Run: companionRun, Steps: s.steps,
	}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	out[execute.GuardTrial] = string(trial)
	out[execute.GuardBaseline], out[answersFile] = s.snapshot, s.answers
	return out
}

// TestCloneOfACompanion is no test by itself: it is the process that makes the clone as a run of apply does it.
func TestCloneOfACompanion(t *testing.T) {
	file := os.Getenv(cloneVariable)
	if file == "" {
		t.Skip("a part of TestCompanion")
	}
	if err := unix.Mount("tmpfs", "/run", "tmpfs", 0, ""); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var step plan.Step
	if err := json.Unmarshal(data, &step); err != nil {
		t.Fatal(err)
	}
	action, err := plan.Decode(step)
	if err != nil {
		t.Fatal(err)
	}
	actuator, err := execute.For(action)
	if err != nil {
		t.Fatal(err)
	}
	machine, err := execute.NewMachine()
	if err != nil {
		t.Fatal(err)
	}
	env := &execute.Env{System: machine, RunID: companionRun}
	ctx := context.Background()
	once := func() {
		state, err := actuator.Prepare(ctx, env)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // a run that was cut off does it again
			if err := actuator.Do(ctx, env, state); err != nil {
				t.Fatal(err)
			}
			if err := actuator.Verify(ctx, env, state); err != nil {
				t.Fatal(err)
			}
		}
	}
	once()
	state, _ := json.Marshal(struct{}{})
	if err := actuator.Undo(ctx, env, state); err != nil {
		t.Fatal(err)
	}
	once() // nothing of the first is left
}

func makeClone(t testing.TB, steps []plan.Step) {
	t.Helper()
	i := slices.IndexFunc(steps, func(s plan.Step) bool { return s.Action == plan.CloneRoot{}.Kind() })
	if i < 0 {
		t.Fatal("the plan makes no clone")
	}
	text, err := json.Marshal(steps[i])
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "step.json")
	put(t, file, string(text), 0o600)
	cmd := exec.Command(os.Args[0], "-test.run=^TestCloneOfACompanion$")
	cmd.Env = append(os.Environ(), cloneVariable+"="+file)
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// companionHost is a stand-in host with a companion.
type companionHost struct {
	*testing.T
	host *Host
}

func (h companionHost) run(args ...string) (string, error) {
	out, err := h.host.Run(context.Background(), Command{Args: args})
	return strings.TrimSpace(string(out)), err
}

func (h companionHost) must(args ...string) string {
	h.Helper()
	out, err := h.run(args...)
	if err != nil {
		h.Fatalf("%v\n%s", err, out)
	}
	return out
}

// tool runs the program on the host.
func (h companionHost) tool(args ...string) (string, error) {
	return h.run(append([]string{program, "bridge", "companion"}, args...)...)
}

func (h companionHost) mustTool(args ...string) string {
	h.Helper()
	return h.must(append([]string{program, "bridge", "companion"}, args...)...)
}

// refused runs the program, which has to say why it does not do it.
func (h companionHost) refused(say string, args ...string) {
	h.Helper()
	if out, err := h.tool(args...); err == nil || !strings.Contains(err.Error(), say) {
		h.Errorf("%v: %v, not %q\n%s", args, err, say, out)
	}
}

// in runs a command in the companion.
func (h companionHost) in(args ...string) (string, error) {
	leader, err := h.run("machinectl", "show", "companion", "--property=Leader", "--value")
	if err != nil {
		return "", err
	}
	return h.run(append([]string{"nsenter", "--target", leader, "--all", "--"}, args...)...)
}

func (h companionHost) mustIn(args ...string) string {
	h.Helper()
	out, err := h.in(args...)
	if err != nil {
		h.Fatalf("%v\n%s", err, out)
	}
	return out
}

// state is how dpkg has a package, with its version.
func (h companionHost) state(name string) string {
	out, _ := h.in("dpkg-query", "-W", "-f=${db:Status-Abbrev}${Version}", name)
	return out
}

// answer is what listens at the port of Proxmox VE's interface, asked at the address of the host from the host.
func (h companionHost) answer() string {
	script := `use IO::Socket::INET; my $s = IO::Socket::INET->new(PeerAddr => "` + hostAddress + `:8006", Timeout => 3) or die "$!\n"; my $l; while (<$s>) { $l = $_ } print $l`
	for range 50 {
		if out, err := h.run("perl", "-e", script); err == nil {
			return out
		}
		time.Sleep(100 * time.Millisecond)
	}
	return ""
}

// companionBound is how long the start may take.
const companionBound = 30 * time.Second

func (h companionHost) awaitCompanion() {
	h.Helper()
	for end := time.Now().Add(companionBound); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if out, err := h.tool("status"); err == nil && strings.Contains(out, "pveproxy.service") && strings.Contains(out, "active (running)") {
			return
		}
	}
	status, _ := h.tool("status")
	log, _ := h.run("journalctl", "--no-pager", "-n", "40", "-u", "systemd-nspawn@companion.service")
	h.Fatalf("the companion does not come up\n%s\n%s", status, log)
}

// needCompanion skips unless the test is asked for: it takes a minute, and ten times that where the Debian root has to be made.
func needCompanion(t *testing.T) {
	t.Helper()
	if os.Getenv("COMPANION") == "" {
		t.Skip("make test-companion runs it")
	}
	Need(t)
	for _, p := range []string{"mkfs.btrfs", "btrfs", "losetup", "dpkg-deb", "dpkg", "chroot"} {
		if _, err := exec.LookPath(p); err != nil {
			testhosts.Lacking(t, p+" is missing")
		}
	}
}

// TestCompanionOnAThickVolume has the root of Proxmox VE's installer, which has no cheap clone: the companion is a layer above it.
func TestCompanionOnAThickVolume(t *testing.T) {
	needCompanion(t)
	binary := build(t)
	device := standInThick(t)
	before := digest(t, device)
	facts := evaluated(t, binary, onThick)
	if slices.ContainsFunc(facts.steps, func(s plan.Step) bool { return s.Action == plan.CloneRoot{}.Kind() }) {
		t.Error("the plan makes a clone")
	}
	files := facts.files(t)
	const old = "/var/lib/companion/old"
	if facts.option("fileSystems", old, "device") != "/dev/pve/root" || facts.option("fileSystems", old, "noCheck") != true {
		t.Fatalf("the old root is not where it should be: %v", facts.option("fileSystems", old, "device"))
	}
	var options []string
	for _, o := range facts.option("fileSystems", old, "options").([]any) {
		options = append(options, o.(string))
	}
	files["/etc/systemd/system/var-lib-companion-old.mount"] = fmt.Sprintf("[Unit]\nDefaultDependencies=no\n[Mount]\nWhat=%s\nWhere=%s\nType=%s\nOptions=%s\n",
		device, old, facts.option("fileSystems", old, "fsType"), strings.Join(options, ","))
	var folders []string
	for _, r := range facts.option("systemd", "tmpfiles", "rules").([]any) {
		if rule, _ := r.(string); strings.HasPrefix(rule, "d /var/lib/companion") {
			folders = append(folders, rule)
		}
	}
	files["/etc/tmpfiles.d/companion.conf"] = strings.Join(folders, "\n") + "\n"
	h := companionHost{t, boot(t, companionRoot, "hl1", busyLinks, func(root, tar string) error {
		if err := extract(tar, root); err != nil {
			return err
		}
		for name, text := range files {
			put(t, root+name, text, 0o444)
		}
		return copyPrograms(map[string]string{program: binary}, root)
	}, "--bind="+device, "--bind=/dev/fuse", "--capability=all", "--system-call-filter=@known")}
	h.host.settle(t)
	if out, err := h.run("systemctl", "start", "companion-committed.path", "systemd-nspawn@companion.service"); err != nil {
		log, _ := h.run("journalctl", "--no-pager", "-n", "40", "-u", "var-lib-*")
		h.Fatalf("%v\n%s\n%s", err, out, log)
	}
	if out := h.mustTool("status"); !strings.Contains(out, "the commit of the trial") || !strings.Contains(out, "above the old root") {
		t.Errorf("before the commit, status says:\n%s", out)
	}
	put(t, h.host.Root+execute.GuardCommitted, companionRun+"\n", 0o600)
	h.awaitCompanion()
	if got := h.answer(); got != "pveproxy 8.2.2" {
		t.Errorf("at the address of the host, %q answers", got)
	}
	h.onlyChosen()
	h.mustTool("update", "--refresh", "--yes", "pve-manager")
	h.mustTool("install", "--yes", "newd")
	if got := h.answer(); got != "pveproxy 8.2.4" || h.state("newd") != "ii 1.0" {
		t.Errorf("after changes, %q answers, and newd is %q", got, h.state("newd"))
	}
	h.mustTool("reset", "--yes")
	h.awaitCompanion()
	if got := h.answer(); got != "pveproxy 8.2.2" || h.state("newd") != "" {
		t.Errorf("after the reset, %q answers, and newd is %q", got, h.state("newd"))
	}
	h.must(program, "bridge", "undo", "companion", "--target", "libvirt", "--answers", answersFile)
	if out := h.must("ls", "/var/lib/companion"); out != "old" {
		t.Errorf("after it was undone, there is %q", out)
	}
	if digest(t, device) != before {
		t.Error("the old root was written")
	}
}

func TestCompanion(t *testing.T) {
	needCompanion(t)
	began := time.Now()
	lap := func(what string) { t.Logf("%5.1f s: %s", time.Since(began).Seconds(), what) }
	binary := build(t)
	device := standInPVE(t)
	lap("stand-in of Proxmox VE")
	facts := evaluated(t, binary, onBtrfs(device))
	var before map[string]string
	withTop(t, device, func(top string) { before = picture(t, top+"/@") })
	lap(fmt.Sprintf("%d entries of its root", len(before)))
	makeClone(t, facts.steps)
	lap("clone")
	files := facts.files(t)
	h := companionHost{t, boot(t, companionRoot, "hl1", busyLinks, func(root, tar string) error {
		if err := extract(tar, root); err != nil {
			return err
		}
		for name, text := range files {
			put(t, root+name, text, 0o444)
		}
		return copyPrograms(map[string]string{program: binary}, root)
	}, "--bind="+device, "--bind=/dev/fuse", "--capability=all", "--system-call-filter=@known")}
	h.host.settle(t)
	lap("host")

	t.Run("it waits for the commit", func(t *testing.T) {
		h := companionHost{t, h.host}
		h.must("systemctl", "start", "companion-committed.path", "systemd-nspawn@companion.service")
		if out := h.must("systemctl", "show", "--value", "-p", "ActiveState", "systemd-nspawn@companion.service"); out != "inactive" {
			t.Fatalf("it is %s before the commit", out)
		}
		if out := h.mustTool("status"); !strings.Contains(out, "the commit of the trial") {
			t.Errorf("status says nothing of it:\n%s", out)
		}
		h.refused("does not run", "list")
		put(t, h.host.Root+execute.GuardCommitted, companionRun+"\n", 0o600) // nothing else starts it
		h.awaitCompanion()
	})
	if t.Failed() {
		return
	}
	lap("companion")
	t.Run("only what was chosen runs", func(t *testing.T) {
		h := companionHost{t, h.host}
		if got := h.answer(); got != "pveproxy 8.2.2" {
			t.Errorf("at the address of the host, %q answers", got)
		}
		h.onlyChosen()
		if out := h.mustTool("repositories"); !strings.Contains(out, "enabled") {
			t.Errorf("repositories: %s", out)
		}
		if out := h.mustTool("list"); !strings.Contains(out, "pve-manager 8.2.2 all") {
			t.Errorf("list: %s", out)
		}
	})
	lap("units")
	t.Run("programs", func(t *testing.T) { companionHost{t, h.host}.programs() })
	lap("programs")
	t.Run("packages", func(t *testing.T) { companionHost{t, h.host}.packages(lap) })
	t.Run("back to the start", func(t *testing.T) {
		h := companionHost{t, h.host}
		h.mustIn("touch", "/root/mine")
		h.mustTool("reset", "--yes")
		h.awaitCompanion()
		if got := h.answer(); got != "pveproxy 8.2.2" {
			t.Errorf("after the reset, %q answers", got)
		}
		if s := h.state("newd"); s != "" {
			t.Errorf("newd is %q after the reset", s)
		}
		if _, err := h.in("test", "-e", "/root/mine"); err == nil {
			t.Error("a file of the companion is there after the reset")
		}
	})
	lap("reset")
	t.Run("without it", func(t *testing.T) {
		h := companionHost{t, h.host}
		knowledge := []string{"--target", "libvirt", "--answers", answersFile}
		// Not all that this host has is there, but what is said of the companion has to be right.
		out, _ := h.run(append([]string{program, "bridge", "status"}, knowledge...)...)
		if !strings.Contains(out, "companion ") || strings.Contains(out, "companion-unasked") || strings.Contains(out, "systemd-nspawn@companion.service") {
			t.Errorf("status:\n%s", out)
		}
		for range 2 { // twice does no harm
			h.must(append([]string{program, "bridge", "undo", "companion"}, knowledge...)...)
		}
		if out := h.must("systemctl", "show", "--value", "-p", "ActiveState", "systemd-nspawn@companion.service"); out != "inactive" {
			t.Errorf("it is %s", out)
		}
		withTop(t, device, func(top string) {
			entries, err := os.ReadDir(top)
			if err != nil || len(entries) != 1 || entries[0].Name() != "@" {
				t.Errorf("beside the root of Proxmox VE: %v, %v", entries, err)
			}
		})
	})
	lap("left")
	withTop(t, device, func(top string) {
		if d := cmp.Diff(before, picture(t, top+"/@")); d != "" {
			t.Errorf("the root of Proxmox VE was written:\n%s", d)
		}
	})
	lap("compared")
}

// onlyChosen fails for units of the companion that nobody chose.
func (h companionHost) onlyChosen() {
	h.Helper()
	status := h.mustTool("status")
	if strings.Contains(status, "nobody has chosen") {
		h.Errorf("status:\n%s", status)
	}
	if out, _ := h.in("systemctl", "is-active", "acme-agent.service"); out != "active" {
		h.Errorf("the service that the answers give to it is %s", out)
	}
	for _, u := range []string{"pve-guests.service", "pve-daily-update.timer", "stray.socket", "newd.service", "newd.socket", "newd2.timer"} {
		if out, _ := h.in("systemctl", "is-active", u); out == "active" {
			h.Errorf("%s is %s", u, out)
		}
	}
	if out, _ := h.in("ls", "/var/tmp"); strings.Contains(out, "daily-update-ran") || strings.Contains(out, "newd2-ran") {
		h.Errorf("a timer has run: %s", out)
	}
}

// programs calls programs of the companion as if they were those of the host.
func (h companionHost) programs() {
	const bin = companion.CommandsAt + "/"
	h.mustTool("link", "acme", "is-not-there")
	if out := h.must("ls", companion.CommandsAt); out != "acme\npve2nix" {
		h.Errorf("commands of its packages: %q", out)
	}
	odd := []string{"args", "a b", "$HOME ${PATH} %n $$", "'\"\\", "--help", "", "*", "ä\nö"}
	if out := h.must(append([]string{bin + "acme"}, odd...)...); out != "<"+strings.Join(odd, "><")+">" {
		h.Errorf("arguments: %q", out)
	}
	for _, c := range []struct{ script, want string }{
		{bin + "acme status 0; echo $?", "0"},
		{bin + "acme status 7; echo $?", "7"},
		{program + " bridge companion run sh -c 'kill -9 $$'; echo $?", "137"},
		{program + " bridge companion run no-such-program 2>&1; echo $?", "env: 'no-such-program': No such file or directory\n127"},
		{program + " bridge companion run cat /etc/hostname", "pve"},
		{"printf 'one\\ntwo' | " + bin + "acme text | tail -n 1", "two"},
		{"cd /etc/acme 2>/dev/null || mkdir /etc/acme && cd /etc/acme && " + program + " bridge companion run cat acme.conf", "kept"},
		{"cd /run/companion && " + program + " bridge companion run pwd", "/"},
		{bin + "acme wait & sleep 2; kill -TERM $!; wait $!; echo $?", "waits\nended\n9"},
		{"script -qec '" + bin + "acme terminal' /dev/null </dev/null | tr -d '\\r' | head -n 1 | sed 's/[0-9]*$//'", "/dev/pts/"},
		{"script -qec '" + bin + "acme status 5' /dev/null </dev/null; echo $?", "5"},
	} {
		out, err := h.run("sh", "-c", c.script)
		if out = strings.NewReplacer("‘", "'", "’", "'", "^@", "").Replace(out); err != nil || out != c.want {
			h.Errorf("%s: %v: %q, not %q", c.script, err, out, c.want)
		}
	}
	if out := h.must(bin+"pve2nix", "bridge", "companion", "run", "acme", "args"); out != "<args>" {
		h.Errorf("by the program itself: %q", out)
	}
	if out, err := h.run("script", "-qec", "timeout --foreground 20 machinectl --quiet shell companion /usr/bin/acme args", "/dev/null"); err != nil || !strings.Contains(out, "<args>") {
		h.Errorf("machinectl shell: %v: %q", err, out)
	}
	h.must("systemctl", "stop", "systemd-nspawn@companion.service")
	if out := h.must(bin+"acme", "args"); out != "<args>" {
		h.Errorf("called while it does not run: %q", out)
	}
	h.awaitCompanion()
	h.onlyChosen()
}

// packages installs, updates, refuses and mends.
func (h companionHost) packages(lap func(string)) {
	h.mustTool("update", "--refresh", "--yes", "pve-manager")
	if got := h.answer(); got != "pveproxy 8.2.4" || h.state("pve-manager") != "ii 8.2.4" {
		h.Errorf("after the update, %q answers, and dpkg says %q", got, h.state("pve-manager"))
	}
	lap("update")
	h.refused("nobody can be asked", "install", "newd")
	if s := h.state("newd"); s != "" {
		h.Errorf("newd is %q without a yes", s)
	}
	if out := h.mustTool("install", "--yes", "newd"); !strings.Contains(out, "install   newd 1.0") || h.state("newd") != "ii 1.0" {
		h.Errorf("install: %q, %q", h.state("newd"), out)
	}
	time.Sleep(1500 * time.Millisecond) // its timer would have elapsed
	h.onlyChosen()
	lap("install")
	h.refused("no repository of the companion has a package nowhere", "install", "--yes", "nowhere")
	h.refused("what it depends on cannot be had", "install", "--yes", "nodep")
	h.refused("remove pve-manager", "remove", "--yes", "pve-cluster")
	if h.state("nodep") != "" || h.state("pve-cluster") != "ii 8.0.7" {
		h.Errorf("something was changed: %q, %q", h.state("nodep"), h.state("pve-cluster"))
	}
	lap("refusals")
	h.refused("has a file of another package", "install", "--yes", "clash")
	// PackageKit does not always say which of the causes it was: what is there does.
	if s, owner := h.state("clash"), h.mustIn("dpkg", "-S", "/usr/bin/pveproxy"); strings.HasPrefix(s, "ii") || !strings.HasPrefix(owner, "pve-manager:") {
		h.Errorf("clash is %q, and pveproxy of %q", s, owner)
	}
	if got := h.answer(); got != "pveproxy 8.2.4" {
		h.Errorf("after clash, %q answers", got)
	}
	h.refused("its script failed", "install", "--yes", "badpost")
	if s := h.state("badpost"); s != "iF 1.0" {
		h.Errorf("badpost is %q", s)
	}
	h.mustIn("touch", "/etc/badpost-ok")
	lap("broken packages")
	h.mustIn("mv", pveRepository+"/slowd_1.0_all.deb", "/srv")
	h.refused("could not be downloaded", "install", "--yes", "slowd")
	h.mustIn("mv", pveRepository, "/srv/gone")
	h.refused("a repository does not answer", "update", "--refresh", "--yes")
	h.mustIn("mv", "/srv/gone", pveRepository)
	h.mustIn("mv", "/srv/slowd_1.0_all.deb", pveRepository)
	h.mustTool("list", "--updates", "--refresh")
	lap("repository gone")
	h.denied()
	lap("denied")
	h.killed()
	lap("daemon killed")
}

// deniedVariable is the first process of the companion, for the process of this test that is not root.
const deniedVariable = "PVE2NIX_TEST_DENIED"

// denied asks as a user whom polkit refuses. Root is asked nothing by polkit, whatever its rules say, and the program wants root:
// so it is the code behind the verb that this asks, in a process that may look into the companion and is not root.
func (h companionHost) denied() {
	const debianBackup = 34 // the number is Debian's for all time
	leader := h.leaderHere()
	dir, err := os.MkdirTemp("", "denied") // everybody may look into it, as not into that of go test
	if err != nil {
		h.Fatal(err)
	}
	defer os.RemoveAll(dir)
	self := filepath.Join(dir, "test")
	if err := errors.Join(os.Chmod(dir, 0o755), copyProgram(os.Args[0], self)); err != nil {
		h.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestDeniedByTheCompanion$", "-test.v")
	cmd.Dir = "/"
	cmd.Env = append(os.Environ(), deniedVariable+"="+strconv.Itoa(leader))
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Credential:  &syscall.Credential{Uid: debianBackup, Gid: debianBackup},
		AmbientCaps: []uintptr{unix.CAP_SYS_PTRACE, unix.CAP_DAC_READ_SEARCH},
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		h.Errorf("%v\n%s", err, out)
	}
	if s := h.state("slowd"); s != "" {
		h.Errorf("slowd is %q", s)
	}
}

// leaderHere is the first process of the companion as this machine numbers it.
func (h companionHost) leaderHere() int {
	h.Helper()
	there := h.must("machinectl", "show", "companion", "--property=Leader", "--value")
	files, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		h.Fatal(err)
	}
	for _, file := range files {
		fields := statusOf(file)
		ids := strings.Fields(fields["NSpid"])
		if len(ids) != 3 || ids[1] != there || ids[2] != "1" {
			continue
		}
		for up := ids[0]; up != "" && up != "0" && up != "1"; up = statusOf("/proc/" + up + "/status")["PPid"] {
			if up == strconv.Itoa(h.host.leader) {
				leader, _ := strconv.Atoi(ids[0])
				return leader
			}
		}
	}
	h.Fatal("the companion has no process")
	return 0
}

func statusOf(file string) map[string]string {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil // it has ended
	}
	out := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); ok {
			out[key] = strings.TrimSpace(value)
		}
	}
	return out
}

// leaderKnown is a host on which machined knows the companion.
type leaderKnown struct {
	execute.System
	leader uint32
}

func (l leaderKnown) Bus(context.Context) (execute.Bus, error) { return l, nil }
func (leaderKnown) Close() error                               { return nil }

func (leaderKnown) Call(_ context.Context, _ string, _ dbus.ObjectPath, _ string, _ []any, reply ...any) error {
	*reply[0].(*dbus.ObjectPath) = "/companion"
	return nil
}

func (l leaderKnown) Property(context.Context, string, dbus.ObjectPath, string) (dbus.Variant, error) {
	return dbus.MakeVariant(l.leader), nil
}

func (leaderKnown) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	return nil, nil, errors.New("no signals")
}

// TestDeniedByTheCompanion is no test by itself: it is the process that is not root.
func TestDeniedByTheCompanion(t *testing.T) {
	leader, err := strconv.ParseUint(os.Getenv(deniedVariable), 10, 32)
	if err != nil {
		t.Skip("a part of TestCompanion")
	}
	c := companion.Companion{System: leaderKnown{leader: uint32(leader)}, Words: map[string]string{"48": "the policy does not allow it"}}
	ctx, cancel := context.WithTimeout(context.Background(), runTime)
	defer cancel()
	if list, err := c.Packages(ctx); err != nil || len(list) < 50 { // who may look is everybody
		t.Errorf("%d packages: %v", len(list), err)
	}
	err = c.Install(ctx, []string{"slowd"}, companion.Options{})
	if err == nil || !strings.Contains(err.Error(), "the policy does not allow it") {
		t.Errorf("installing: %v", err)
	}
}

// killed kills PackageKit in the middle of an installation: that is noticed, and repaired.
func (h companionHost) killed() {
	type outcome struct {
		out string
		err error
	}
	done := make(chan outcome)
	go func() {
		out, err := h.run("sh", "-c", program+" bridge companion install --yes slowd 2>&1")
		done <- outcome{out, err}
	}()
	for range 100 {
		if _, err := h.in("test", "-e", "/var/tmp/slowd-begun"); err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	h.must("pkill", "-KILL", "-x", "packagekitd")
	o := <-done
	if o.err != nil || !strings.Contains(o.out, "ended in the middle: what it left is repaired") {
		h.Errorf("%v\n%s", o.err, o.out)
	}
	if s := h.state("slowd"); s != "ii 1.0" {
		h.Errorf("slowd is %q", s)
	}
	if out := h.mustIn("ls", path.Join("/var/lib/dpkg", "updates")); out != "" {
		h.Errorf("dpkg has unfinished work: %s", out)
	}
}
