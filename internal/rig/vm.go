package rig

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/internal/rig/picture"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// Where the machines of the tests have what the test brought along.
const (
	broughtAt  = "/mnt/rig"
	agentAt    = broughtAt + "/agent"
	closuresAt = broughtAt + "/closure"
	lightAt    = broughtAt + "/light"
)

// quiet are parameters of kernels that run here: what they say goes to the console, and little of it.
const quiet = "console=ttyS0 net.ifnames=0 mitigations=off loglevel=4 systemd.show_status=false"

// pveFiles are laid over the Debian: what runs in it is a target of its own, and nothing writes to the root without being asked.
var pveFiles = map[string]string{
	"/etc/hostname": "pve\n",
	// logind would make this folder.
	"/var/lib/systemd/linger/.keep":         "",
	"/etc/machine-id":                       "0123456789abcdef0123456789abcdef\n",
	broughtAt + "/.keep":                    "",
	"/etc/systemd/journald.conf.d/rig.conf": "[Journal]\nStorage=none\n",
	"/etc/systemd/system/rig.service": "[Unit]\nDescription=carries out what a test asks for\nDefaultDependencies=no\nAfter=local-fs.target sysinit.target dbus.socket\n" +
		"Conflicts=shutdown.target\nBefore=shutdown.target\n[Service]\nExecStart=" + agentAt + "\nKillSignal=SIGKILL\nStandardError=tty\nTTYPath=/dev/ttyS0\n",
	"/etc/systemd/system/rig.target": "[Unit]\nRequires=sysinit.target dbus.socket\nWants=rig.service\nAfter=sysinit.target dbus.socket\nAllowIsolate=yes\n",
	"/etc/ssh/ssh_host_ed25519_key":  "STAND-IN OF A KEY\n",
}

// clusterDatabase is where a Proxmox VE keeps its configuration.
const clusterDatabase = "/var/lib/pve-cluster/config.db"

// pveMasked are units that would only take time, or write.
var pveMasked = []string{
	"systemd-tmpfiles-setup", "systemd-hwdb-update", "systemd-random-seed", "systemd-pcrphase", "systemd-pcrphase-sysinit", "systemd-binfmt", "systemd-timesyncd", "systemd-journal-catalog-update",
	"systemd-boot-update", "systemd-boot-system-token", "systemd-boot-random-seed", "systemd-firstboot", "systemd-sysusers", "systemd-update-done", "systemd-update-utmp", "ldconfig", "lvm2-monitor", "blk-availability", "e2scrub_reap", "systemd-machine-id-commit",
}

// A Debian is the root of the stand-in of PVE, unpacked.
type Debian struct {
	Dir            string
	kernel, initrd string
}

// unpackDebian makes the root in a folder, with a line of fstab for itself.
func unpackDebian(dir, mount string) (*Debian, error) {
	tar, err := debianTar()
	if err != nil {
		return nil, err
	}
	return unpack(tar, dir, mount)
}

// unpack makes a stand-in of PVE of a Debian.
func unpack(tar, dir, mount string) (*Debian, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if _, err := command("tar", "-C", dir, "--numeric-owner", "-xpf", tar); err != nil {
		return nil, err
	}
	for name, text := range pveFiles {
		if err := writeNew(filepath.Join(dir, name), text, 0o644); err != nil {
			return nil, err
		}
	}
	if err := writeNew(filepath.Join(dir, "etc/fstab"), mount+"\n/dev/vdb "+broughtAt+" ext4 ro 0 0\n", 0o644); err != nil {
		return nil, err
	}
	for _, unit := range pveMasked {
		if err := relink("/dev/null", filepath.Join(dir, "etc/systemd/system", unit+".service")); err != nil {
			return nil, err
		}
	}
	if err := relink("rig.target", filepath.Join(dir, "etc/systemd/system/default.target")); err != nil {
		return nil, err
	}
	if err := database(filepath.Join(dir, clusterDatabase), []string{"CREATE TABLE tree (inode INTEGER PRIMARY KEY, parent INTEGER, name TEXT, data BLOB)", "INSERT INTO tree VALUES (0, 0, '__version__', NULL)"}); err != nil {
		return nil, err
	}
	d := &Debian{Dir: dir}
	for pattern, to := range map[string]*string{"boot/vmlinuz-*": &d.kernel, "boot/initrd.img-*": &d.initrd} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(found) != 1 {
			return nil, errors.Join(err, fmt.Errorf("%s: %d files", pattern, len(found)))
		}
		*to = found[0]
	}
	return d, nil
}

func relink(target, name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Symlink(target, name)
}

// buildAgent builds the program that runs in the machines.
func buildAgent(to string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", to, "./agent")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build ./agent: %w: %s", err, out)
	}
	return nil
}

// Behaviours of the stand-ins of NixOS.
const (
	Boots  = "boots"
	Panics = "panics"
	Hangs  = "hangs"
	// Lost does not find its root: its first stage fails. It is known to the one of the layout with ZFS.
	Lost = "lost"
	// Light is never started: its kernel and RAM disk are cut short, so that it is copied in no time.
	Light = "light"
)

// toplevels are the closures of the stand-ins: each is one system, all but the light one have one kernel.
var toplevels = map[string]string{
	Boots:  "/nix/store/00000000000000000000000000000001-nixos-system-standin-boots",
	Panics: "/nix/store/00000000000000000000000000000002-nixos-system-standin-panics",
	Hangs:  "/nix/store/00000000000000000000000000000003-nixos-system-standin-hangs",
	Lost:   "/nix/store/00000000000000000000000000000007-nixos-system-standin-lost",
	Light:  "/nix/store/00000000000000000000000000000005-nixos-system-standin-light",
}

const (
	kernelStore = "/nix/store/00000000000000000000000000000004-linux-standin"
	lightStore  = "/nix/store/00000000000000000000000000000006-linux-light"
	// lightSize is how much is left of each of its files.
	lightSize = 1 << 20
)

// kernelOf is the part of a closure that has kernel, RAM disk and init, and the folder that the closure is brought in: all
// that is in one is copied.
func kernelOf(behaviour string) (store, at string) {
	if behaviour == Light {
		return lightStore, lightAt
	}
	return kernelStore, closuresAt
}

// stubBelow is where a system has the stub of a unified kernel image.
const stubBelow = "/systemd/lib/systemd/boot/efi"

// bring makes the disk that a machine gets beside its own: the agent and the closures.
func bring(file string, d *Debian, rootParameters string) error {
	dir := file + ".d"
	defer os.RemoveAll(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	agent := filepath.Join(dir, "agent")
	if err := buildAgent(agent); err != nil {
		return err
	}
	closure := filepath.Join(dir, "closure")
	kernel := filepath.Join(closure, kernelStore)
	if err := errors.Join(os.MkdirAll(kernel, 0o755), storeDatabase(dir, closuresAt), storeDatabase(dir, lightAt)); err != nil {
		return err
	}
	if err := errors.Join(copyFile(d.kernel, kernel+"/bzImage"), copyFile(d.initrd, kernel+"/initrd"), copyFile(agent, kernel+"/init"), os.Chmod(kernel+"/init", 0o755)); err != nil {
		return err
	}
	light := filepath.Join(dir, filepath.Base(lightAt), lightStore)
	if err := os.CopyFS(light, os.DirFS(kernel)); err != nil {
		return err
	}
	for _, name := range []string{"bzImage", "initrd", "init"} {
		if err := os.Truncate(filepath.Join(light, name), lightSize); err != nil {
			return err
		}
	}
	for behaviour, name := range toplevels {
		kernelStore, at := kernelOf(behaviour)
		top := filepath.Join(dir, filepath.Base(at), name)
		for file, text := range map[string]string{
			"stand-in": behaviour + "\n", "etc/hostid": hostID, "kernel-params": strings.TrimSpace(rootParameters+" "+lost[behaviour]) + " " + quiet + "\n", "activate": "#!/bin/sh\n",
		} {
			if err := writeNew(filepath.Join(top, file), text, 0o755); err != nil {
				return err
			}
		}
		if err := errors.Join(os.MkdirAll(top+stubBelow, 0o755), copyFile(efiStubs+"/linuxx64.efi.stub", top+stubBelow+"/linuxx64.efi.stub")); err != nil {
			return err
		}
		if err := errors.Join(os.Symlink(kernelStore+"/bzImage", top+"/kernel"), os.Symlink(kernelStore+"/initrd", top+"/initrd"), os.Symlink(kernelStore+"/init", top+"/init")); err != nil {
			return err
		}
	}
	_, err := command("mke2fs", "-q", "-F", "-t", "ext4", "-d", dir, file, "160m")
	return err
}

// lost are parameters that only some stand-ins have.
var lost = map[string]string{Lost: "rig.lost"}

// storeDatabase makes the database of a Nix store that knows the stand-ins which are brought in a folder.
func storeDatabase(dir, at string) error {
	script := []string{"CREATE TABLE ValidPaths (id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, narSize INTEGER)",
		"CREATE TABLE Refs (referrer INTEGER NOT NULL, reference INTEGER NOT NULL)"}
	if at == lightAt {
		script = append(script, "INSERT INTO ValidPaths (path, narSize) VALUES ('"+lightStore+"', 3000000)")
	} else {
		script = append(script, "INSERT INTO ValidPaths (path, narSize) VALUES ('"+kernelStore+"', 30000000)")
	}
	for behaviour, name := range toplevels {
		store, in := kernelOf(behaviour)
		if in != at {
			continue
		}
		script = append(script, "INSERT INTO ValidPaths (path, narSize) VALUES ('"+name+"', 1000)",
			"INSERT INTO Refs SELECT a.id, b.id FROM ValidPaths a, ValidPaths b WHERE a.path = '"+name+"' AND b.path = '"+store+"'")
	}
	return database(filepath.Join(dir, filepath.Base(at), "nix/var/nix/db/db.sqlite"), script)
}

// database makes a database with SQLite itself.
func database(file string, script []string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	pool, err := sql.Open("sqlite", file)
	if err != nil {
		return err
	}
	for _, statement := range script {
		if _, err := pool.Exec(statement); err != nil {
			return errors.Join(err, pool.Close())
		}
	}
	return pool.Close()
}

// A Guest is a machine with a system in it that answers.
type Guest struct {
	*Machine
	conn net.Conn
	in   *bufio.Reader
	dir  string
}

// NeedVMs leaves a test out where VM does not ask for it: with "one" for the path that is always gone, with "all" for every one.
func NeedVMs(t testing.TB, always bool) {
	t.Helper()
	if asked := os.Getenv("VM"); asked != "all" && (asked != "one" || !always) {
		t.Skip("conversions in machines take minutes: make test-vm")
	}
	Need(t)
}

// StartGuest starts a machine from a disk, with a second one that holds what the test brought along.
func StartGuest(d *Disk, brought string, args ...string) (*Guest, error) {
	dir, err := os.MkdirTemp("", "rig-") // short, as names of sockets must be
	if err != nil {
		return nil, err
	}
	socket := filepath.Join(dir, "talk")
	m, err := Start(d, 1024, append([]string{
		"-chardev", "socket,id=talk,path=" + socket + ",server=on,wait=off", "-serial", "chardev:talk",
		"-drive", "file=" + strings.ReplaceAll(brought, ",", ",,") + ",format=raw,if=virtio,readonly=on", "-device", "i6300esb",
	}, args...)...)
	if err != nil {
		return nil, err
	}
	g := &Guest{Machine: m, dir: dir}
	for range 100 {
		if g.conn, err = net.Dial("unix", socket); err == nil {
			g.in = bufio.NewReader(g.conn)
			return g, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	g.Cut()
	return nil, err
}

// End takes the power away and what the guest left on this machine.
func (g *Guest) End() {
	g.Cut()
	if g.conn != nil {
		g.conn.Close()
	}
	os.RemoveAll(g.dir)
}

// line reads the next line that begins with this text; what was cut off by a restart is left out.
func (g *Guest) line(ctx context.Context, begins string) ([]byte, error) {
	if deadline, ok := ctx.Deadline(); ok {
		if err := g.conn.SetReadDeadline(deadline); err != nil {
			return nil, err
		}
	}
	for {
		text, err := g.in.ReadBytes('\n')
		if err != nil {
			return nil, err
		}
		if i := bytes.LastIndex(text, []byte(begins)); i >= 0 {
			return text[i:], nil
		}
	}
}

// Up waits until a system is up, and says which.
func (g *Guest) Up(ctx context.Context) (h talk.Hello, err error) {
	text, err := g.line(ctx, `{"system":`)
	if err != nil {
		return h, fmt.Errorf("no system comes up: %w", err)
	}
	return h, json.Unmarshal(text, &h)
}

// Ask asks the system in the machine.
func (g *Guest) Ask(ctx context.Context, r talk.Request) (string, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	if _, err := g.conn.Write(append(data, '\n')); err != nil {
		return "", err
	}
	text, err := g.line(ctx, `{"out":`) // no text within a value has such quotes
	if err != nil {
		return "", err
	}
	var a talk.Answer
	if err := json.Unmarshal(text, &a); err != nil {
		return "", fmt.Errorf("%s: %w", text, err)
	}
	if a.Error != "" {
		err = errors.New(a.Error)
	}
	return a.Out, err
}

// Off waits until the machine has switched itself off.
func (g *Guest) Off(ctx context.Context) error {
	select {
	case <-g.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Picture is every file of the root.
func (d *Disk) Picture() (out map[string]string, err error) {
	at, err := os.MkdirTemp("", "rig-root-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(at)
	if _, err := command("mount", "-o", fmt.Sprintf("ro,loop,offset=%d,sizelimit=%d", d.rootAt, d.RootSize), d.File, at); err != nil {
		return nil, err
	}
	defer func() {
		_, unmounted := command("umount", at)
		err = errors.Join(err, unmounted)
	}()
	return picture.Of(at)
}

// PictureESP is every file of the ESP with the hash of its content.
func (d *Disk) PictureESP() (map[string]string, error) {
	dir, err := os.MkdirTemp("", "rig-esp-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if _, err := command("mcopy", "-s", "-n", "-Q", "-i", fmt.Sprintf("%s@@%d", d.File, espAt), "::/", dir); err != nil {
		return nil, err
	}
	all, err := picture.Of(dir)
	for name, line := range all {
		kind, rest, _ := strings.Cut(line, " ")
		all[name] = kind + rest[strings.LastIndex(rest, " "):] // a FAT knows no owners
	}
	return all, err
}

// paramsFor are those of a run that converts to one of the stand-ins.
func paramsFor(behaviour string) execute.Params {
	_, closure := kernelOf(behaviour)
	program := agentAt
	if behaviour == Light {
		program = lightAt + lightStore + "/init"
	}
	return execute.Params{
		Host: "pve", Snapshot: strings.Repeat("a", 64), Configuration: strings.Repeat("b", 64), Plan: strings.Repeat("c", 64), Tool: "test",
		Toplevel: toplevels[behaviour], Closure: closure, Deadline: 900, Word: strings.Repeat("d", 64), Program: program,
	}
}
