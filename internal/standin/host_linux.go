package standin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	// bootTime bounds the start of a host; 5 seconds are usual.
	bootTime = 90 * time.Second
	// runTime bounds one command in it.
	runTime = 90 * time.Second
)

// Host is a stand-in host that runs.
type Host struct {
	// Root is the directory of its files.
	Root string
	// leader is its process 1, as this machine numbers it.
	leader int
	nspawn *exec.Cmd
	exited chan struct{}
}

// Boot makes and starts the host of a golden directory, with the files of install
// (path on the host → path on this machine) put into it. The host is
// stopped and removed when the test ends.
func Boot(t testing.TB, golden string, install map[string]string) *Host {
	t.Helper()
	links, err := readLinks(filepath.Join(golden, LinksFile))
	if err != nil {
		t.Fatal(err)
	}
	name, err := os.ReadFile(filepath.Join(golden, "raw/etc/hostname"))
	if err != nil {
		t.Fatal(err)
	}
	h := boot(t, plainRoot, strings.TrimSpace(string(name)), links, func(root, tar string) error {
		if err := unpack(tar, golden, root); err != nil {
			return err
		}
		return copyPrograms(install, root)
	})
	failing, err := os.ReadFile(filepath.Join(golden, FailedUnitsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	h.wait(t, strings.Fields(string(failing)))
	return h
}

// boot makes a host of a Debian root, which fill unpacks and changes, and starts it; options are further ones of systemd-nspawn.
func boot(t testing.TB, debian debianRoot, name string, links []Link, fill func(root, tar string) error, options ...string) *Host {
	t.Helper()
	Need(t)
	// A host has the permissions of a host, whatever this process gives to its files.
	defer syscall.Umask(syscall.Umask(0o022))
	tar, err := debian.make()
	if err != nil {
		t.Fatalf("Debian root: %v", err)
	}
	root := t.TempDir()
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := fill(root, tar); err != nil {
		t.Fatalf("stand-in host: %v", err)
	}
	h := &Host{Root: root, exited: make(chan struct{})}
	if err := h.start("standin-"+strconv.Itoa(os.Getpid()), name, options...); err != nil {
		t.Fatalf("stand-in host: %v", err)
	}
	t.Cleanup(func() { h.stop(t) })
	far, err := wire(h.leader, links)
	t.Cleanup(func() { far.Close() })
	if err != nil {
		t.Fatalf("stand-in host: %v", err)
	}
	return h
}

// copyPrograms puts programs into a root.
func copyPrograms(install map[string]string, root string) error {
	for path, file := range install {
		if err := copyProgram(file, filepath.Join(root, path)); err != nil {
			return err
		}
	}
	return nil
}

func copyProgram(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o755)
}

func readLinks(file string) ([]Link, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var links []Link
	if err := json.Unmarshal(data, &links); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return links, nil
}

// start runs systemd in the root. There need not be a systemd around it.
func (h *Host) start(name, hostname string, options ...string) error {
	log, err := os.Create(filepath.Join(h.Root, boundDir+".log"))
	if err != nil {
		return err
	}
	defer log.Close()
	cgroups, err := ownCgroup(name)
	if err != nil {
		return err
	}
	// The shell enters the cgroup before it becomes nspawn: a container of another
	// test would otherwise share its slices.
	script := `for d in ` + strings.Join(cgroups, " ") + `; do echo $$ > $d/cgroup.procs || exit 1; done; exec "$@"`
	args := []string{"-c", script, "sh",
		"systemd-nspawn", "--register=no", "--keep-unit", "--quiet", "--machine=" + name, "--directory=" + h.Root,
		"--private-network", "--resolv-conf=off", "--timezone=off", "--link-journal=no", "--console=pipe", "--boot",
		"--hostname=" + hostname}
	cmd := exec.Command("/bin/sh", append(args, options...)...)
	cmd.Env = append(os.Environ(), "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1")
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return err
	}
	h.nspawn = cmd
	go func() {
		_ = cmd.Wait() // an end that nobody asked for shows in the log
		removeCgroups(cgroups)
		close(h.exited)
	}()
	deadline := time.Now().Add(bootTime)
	for time.Now().Before(deadline) {
		select {
		case <-h.exited:
			return fmt.Errorf("systemd-nspawn ended: %s", h.log())
		case <-time.After(20 * time.Millisecond):
		}
		if h.leader == 0 {
			h.leader = leaderOf(cmd.Process.Pid)
			continue
		}
		if _, err := os.Stat(fmt.Sprintf("/proc/%d/root/run/dbus/system_bus_socket", h.leader)); err == nil {
			return nil
		}
	}
	h.kill()
	return fmt.Errorf("no D-Bus after %s: %s", bootTime, h.log())
}

// log is the end of what the console showed.
func (h *Host) log() string {
	data, err := os.ReadFile(filepath.Join(h.Root, boundDir+".log"))
	if err != nil {
		return err.Error()
	}
	return string(data[max(0, len(data)-2000):])
}

// ownCgroup makes a cgroup in every hierarchy that systemd would use.
func ownCgroup(name string) ([]string, error) {
	var parents []string
	for _, dir := range []string{"/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"} {
		if _, err := os.Stat(filepath.Join(dir, "cgroup.procs")); err == nil {
			parents = append(parents, dir)
		}
	}
	if parents == nil {
		parents = []string{"/sys/fs/cgroup"}
	}
	var made []string
	for _, parent := range parents {
		dir := filepath.Join(parent, name)
		if err := os.Mkdir(dir, 0o755); err != nil && !os.IsExist(err) {
			return nil, err
		}
		made = append(made, dir)
	}
	return made, nil
}

// removeCgroups removes cgroups, the innermost first; what still has a process stays.
func removeCgroups(dirs []string) {
	for _, dir := range dirs {
		var all []string
		_ = filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				all = append(all, path)
			}
			return nil
		})
		for _, one := range slices.Backward(all) {
			_ = os.Remove(one)
		}
	}
}

// leaderOf finds the child of nspawn that is process 1 of its namespace.
func leaderOf(nspawn int) int {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", nspawn, nspawn))
	if err != nil {
		return 0
	}
	for _, child := range strings.Fields(string(data)) {
		status, err := os.ReadFile("/proc/" + child + "/status")
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(status)) {
			ids, found := strings.CutPrefix(line, "NSpid:")
			if fields := strings.Fields(ids); found && len(fields) > 1 && fields[len(fields)-1] == "1" {
				pid, err := strconv.Atoi(child)
				if err == nil {
					return pid
				}
			}
		}
	}
	return 0
}

// wait returns when all jobs of the boot are done, and just these units have failed.
func (h *Host) wait(t testing.TB, failing []string) {
	t.Helper()
	h.settle(t)
	out, err := h.Run(context.Background(), Command{Args: []string{"systemctl", "--failed", "--no-legend", "--plain"}})
	if err != nil {
		t.Fatal(err)
	}
	var failed []string
	for line := range strings.Lines(string(out)) {
		if name, _, ok := strings.Cut(line, " "); ok {
			failed = append(failed, name)
		}
	}
	if !slices.Equal(failed, failing) {
		t.Fatalf("failed units of the stand-in host are %q, want %q\n%s", failed, failing, out)
	}
}

// settle returns when all jobs of the boot are done, whether they succeeded or not.
func (h *Host) settle(t testing.TB) {
	t.Helper()
	out, err := h.Run(context.Background(), Command{Args: []string{"systemctl", "is-system-running", "--wait"}})
	switch state := strings.TrimSpace(string(out)); state {
	case "running", "degraded":
	default:
		jobs, _ := h.Run(context.Background(), Command{Args: []string{"systemctl", "list-jobs", "--no-legend", "--plain"}})
		t.Fatalf("the stand-in host is %q: %v\n%s", state, err, jobs)
	}
}

func (h *Host) stop(t testing.TB) {
	// nspawn passes this on to systemd as the wish to power off.
	if err := h.nspawn.Process.Signal(syscall.SIGTERM); err != nil {
		t.Logf("stand-in host: %v", err)
	}
	select {
	case <-h.exited:
	case <-time.After(30 * time.Second):
		t.Log("stand-in host: did not power off")
		h.kill()
	}
}

func (h *Host) kill() {
	if h.leader != 0 {
		_ = syscall.Kill(h.leader, syscall.SIGKILL)
	}
	_ = h.nspawn.Process.Kill()
	<-h.exited
}

// Command is a program to run in a host.
type Command struct {
	// Args are the program and its arguments.
	Args []string
	// Env are its environment variables; there are no others than PATH.
	Env []string
	// Hardware runs it among the files that the golden tree has for the kernel's.
	Hardware bool
	// Trace, where set, is a file on this machine that gets one line per program
	// that is executed from the moment on when the command itself is.
	Trace string
}

// Run runs a command as root in the host. It returns what the command wrote to
// stdout; what it wrote to stderr is in the error.
func (h *Host) Run(ctx context.Context, c Command) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, runTime)
	defer cancel()
	var args []string
	if c.Trace != "" {
		args = append(args, "strace", "-f", "-qq", "-s", "4096", "-e", "trace=execve,execveat", "-e", "signal=none", "-o", c.Trace)
	}
	args = append(args, "nsenter", "--target", strconv.Itoa(h.leader), "--all", "--")
	if c.Hardware {
		args = append(args, "unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", bindHardware, "sh")
	}
	args = append(append(args, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"), append(c.Env, c.Args...)...)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.WaitDelay = time.Second // what nsenter started may go on, and holds its output open
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", strings.Join(c.Args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return stdout.Bytes(), errors.Join(err, ctx.Err())
}

// bindHardware binds the waiting files of the golden tree over the container's
// own, in a mount namespace that only the command has.
const bindHardware = `
set -e
from=` + boundDir + `
for path in $(cd $from && ls -d etc/*); do mount --bind $from/$path /$path; done
mkdir -p /dev/disk
mount --bind $from/dev/disk /dev/disk
mount --bind $from/sys /sys
mount --bind $from/proc /proc # the last: mount looks there itself
exec "$@"
`
