// Command agent runs inside a machine of a test. In the Debian that stands in for
// PVE it carries out what the test asks for over the second serial port, with the
// actuators of the product on the real machine. As process 1 it stands in for a
// NixOS: it is no NixOS, but it is started as one is, from its own root, with the
// kernel, the initial RAM disk and the parameters of its closure.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/internal/rig/picture"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

func main() {
	if os.Getpid() == 1 {
		standIn()
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "child" {
		child()
		return
	}
	var err error
	if len(os.Args) > 1 {
		err = network(os.Args[1:])
	} else {
		err = serve(systemHere())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// variablesAt is where the kernel shows the variables of the firmware.
const variablesAt = "/sys/firmware/efi/efivars"

// standIn is process 1 of the stand-in of NixOS. The file "stand-in" beside it says what becomes of the system.
func standIn() {
	for dir, fstype := range map[string]string{"/proc": "proc", "/sys": "sysfs", "/dev": "devtmpfs", "/run": "tmpfs"} {
		if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
			continue // the initial RAM disk has moved it here
		}
		_ = os.MkdirAll(dir, 0o755)
		_ = unix.Mount(fstype, dir, fstype, 0, "")
	}
	_ = unix.Mount("efivarfs", variablesAt, "efivarfs", 0, "") // where there is a firmware that has some
	what, err := os.ReadFile(filepath.Join(filepath.Dir(os.Args[0]), "stand-in"))
	say("stand-in of NixOS: %s %v", what, err)
	switch strings.TrimSpace(string(what)) {
	case "panics":
		say("%v", os.WriteFile("/proc/sysrq-trigger", []byte("c"), 0))
	case "hangs":
		say("watchdog: %v", watchdog(10))
		for {
			time.Sleep(time.Hour)
		}
	case "runs":
		say("%v", becomeSystemd(filepath.Dir(os.Args[0])))
	default:
		say("%v", serve(talk.NixOS))
	}
	restart() // process 1 must not end
	select {}
}

func say(format string, args ...any) {
	console, err := os.OpenFile("/dev/console", os.O_WRONLY|unix.O_NOCTTY, 0)
	if err != nil {
		return
	}
	fmt.Fprintf(console, format+"\r\n", args...)
	console.Close()
}

// watchdog arms the machine's watchdog, and never comforts it.
func watchdog(seconds int) error {
	f, err := os.OpenFile("/dev/watchdog", os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return unix.IoctlSetPointerInt(int(f.Fd()), unix.WDIOC_SETTIMEOUT, seconds) // it stays open
}

func restart() {
	unix.Sync()
	_ = unix.Reboot(unix.LINUX_REBOOT_CMD_RESTART)
}

// serve answers requests until the port fails.
func serve(system string) error {
	port, err := os.OpenFile("/dev/ttyS1", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return err
	}
	if err := raw(int(port.Fd())); err != nil {
		return err
	}
	line, err := os.ReadFile("/proc/cmdline")
	if err != nil {
		return err
	}
	out := json.NewEncoder(port)
	if err := out.Encode(talk.Hello{System: system, Line: strings.TrimSpace(string(line))}); err != nil {
		return err
	}
	in := bufio.NewReader(port)
	for {
		text, err := in.ReadBytes('\n')
		if err != nil {
			return err
		}
		var r talk.Request
		var a talk.Answer
		if err = json.Unmarshal(text, &r); err == nil {
			a.Out, err = answer(r)
		}
		if err != nil {
			a.Error = err.Error()
		}
		if err := out.Encode(a); err != nil {
			return err
		}
		if r.Restart {
			restart()
		}
	}
}

// raw makes a line pass bytes as they are.
func raw(fd int) error {
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return err
	}
	t.Iflag, t.Oflag, t.Lflag = 0, 0, 0
	t.Cflag = t.Cflag&^(unix.CSIZE|unix.PARENB) | unix.CS8 | unix.CREAD | unix.CLOCAL
	t.Cc[unix.VMIN], t.Cc[unix.VTIME] = 1, 0
	return unix.IoctlSetTermios(fd, unix.TCSETS, t)
}

func answer(r talk.Request) (string, error) {
	switch {
	case len(r.Exec) > 0:
		out, err := exec.Command(r.Exec[0], r.Exec[1:]...).CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%s: %w: %s", strings.Join(r.Exec, " "), err, out)
		}
		return string(out), err
	case r.Hash != "":
		return picture.Hash(r.Hash)
	case r.Picture != "":
		all, err := picture.Of(r.Picture)
		if err != nil {
			return "", err
		}
		text, err := json.Marshal(all)
		return string(text), err
	case r.Remember != nil:
		return asJSON(remember(r.Remember))
	case r.Strike != nil:
		return asJSON(strike(r.Strike))
	case r.Recover != nil:
		return asJSON(recovered(r.Recover))
	case r.Apply != nil:
		return apply(r.Apply)
	case r.Rollback != nil:
		return "", rollback(r.Rollback)
	}
	return "", nil
}

func runner(m execute.System, name string, r *talk.Run) *execute.Runner {
	return &execute.Runner{
		Env:   &execute.Env{System: m, Params: r.Params, RunID: name, Dir: execute.RunsAt + "/" + name, Baseline: []byte("{}"), Steps: r.Steps},
		Where: r.Where,
	}
}

func apply(r *talk.Run) (string, error) {
	m, err := execute.NewMachine()
	if err != nil {
		return "", err
	}
	name, w, err := execute.NewRun(m)
	if err != nil {
		return "", err
	}
	run := runner(m, name, r)
	run.Journal = w
	if err := run.Begin(); err != nil {
		return "", err
	}
	return name, run.Apply(context.Background(), r.Outcome)
}

func rollback(r *talk.Run) error {
	m, err := execute.NewMachine()
	if err != nil {
		return err
	}
	names, err := execute.Runs(m)
	if err != nil || len(names) == 0 {
		return errors.Join(err, fmt.Errorf("%d runs", len(names)))
	}
	w, err := execute.OpenRun(m, names[len(names)-1])
	if err != nil {
		return err
	}
	run := runner(m, names[len(names)-1], r)
	run.Journal = w
	return run.Rollback(context.Background(), nil)
}
