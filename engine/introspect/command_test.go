package introspect

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// programs makes a directory of shell scripts and takes programs from there alone.
func programs(t *testing.T, scripts map[string]string) *machine {
	t.Helper()
	dir := t.TempDir()
	for name, text := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	before := programDirs
	programDirs = []string{dir}
	t.Cleanup(func() { programDirs = before })
	return &machine{live: true}
}

func TestCommands(t *testing.T) {
	m := programs(t, map[string]string{
		"says":   `echo "$# $1"; pwd; env | sort | tr '\n' ' '`,
		"fails":  "echo out; echo '  first' >&2; echo second >&2; exit 3",
		"floods": "yes",
		"reads":  "cat; echo end",
	})
	t.Setenv("SECRET_OF_THE_CALLER", "x")
	for _, c := range []struct {
		command Command
		out     string
		err     string
	}{
		{Command{Program: "says", Arguments: []string{"a; b $(c)"}}, "1 a; b $(c)\n/\nLC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin PWD=/ TZ=UTC ", ""},
		{Command{Program: "fails"}, "out\n", "exit status 3: first"},
		{Command{Program: "floods"}, "", "says more than"},
		{Command{Program: "reads"}, "end\n", ""},
		{Command{Program: "none"}, "", "not installed"},
	} {
		out, err := m.Run(context.Background(), c.command)
		if c.out != "" && string(out) != c.out {
			t.Errorf("%s: %q, want %q", c.command, out, c.out)
		}
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: error %v, want %q", c.command, err, c.err)
		}
	}
}

// What a command leaves behind with its output open ends too.
func TestCommandEndsWithWhatItLeavesBehind(t *testing.T) {
	m := programs(t, map[string]string{"leaves": "sleep 1000 & echo $!"})
	out, err := m.Run(context.Background(), Command{Program: "leaves"})
	if !errors.Is(err, exec.ErrWaitDelay) {
		t.Errorf("error %v", err)
	}
	if stillRuns(string(out)) {
		t.Errorf("what the command started still runs: %s", out)
	}
}

// stillRuns says whether a process is there that does not end: a signal takes its time to arrive.
func stillRuns(pid string) bool {
	for range 100 {
		state, err := os.ReadFile("/proc/" + strings.TrimSpace(pid) + "/stat")
		if err != nil || strings.Contains(string(state), ") Z ") {
			return false
		}
		time.Sleep(100 * time.Millisecond)
	}
	return true
}

func TestCommandThatHangsEndsWithWhatItStarted(t *testing.T) {
	m := programs(t, map[string]string{"hangs": "sleep 1000 & echo $! >\"$1\"; wait"})
	file := filepath.Join(t.TempDir(), "pid")
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := m.Run(ctx, Command{Program: "hangs", Arguments: []string{file}}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
	pid, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if stillRuns(string(pid)) {
		t.Errorf("what the command started still runs: %s", pid)
	}
}

// A program that hangs is not waited for twice, and no value of the host becomes an option.
func TestCommandsOfTheTableOnly(t *testing.T) {
	before := commands
	commands = []Command{
		{Name: "slow", Program: "slow", Timeout: 100 * time.Millisecond},
		{Name: "slow again", Program: "slow"},
		{Name: "of", Program: "of", Arguments: []string{"list", "--", "{mountpoint}"}},
	}
	t.Cleanup(func() { commands = before })
	c := newCapture(context.Background(), programs(t, map[string]string{"slow": "sleep 1000", "of": `echo "$3"`}), Options{})
	for _, want := range []struct {
		name   string
		values []string
		err    string
	}{
		{"slow", nil, "no answer within"},
		{"slow again", nil, "not run again"},
		{"slow", nil, "not run again"},
		{"rm", nil, "not a declared command"},
		{"of", nil, "no value for {mountpoint}"},
		{"of", []string{"-x"}, "no absolute path"},
		{"of", []string{"/a", "/b"}, "no place"},
		{"of", []string{"/a b"}, ""},
	} {
		_, err := c.run(want.name, want.values...)
		if (err == nil) != (want.err == "") || err != nil && !strings.Contains(err.Error(), want.err) {
			t.Errorf("%s %v: error %v, want %q", want.name, want.values, err, want.err)
		}
	}
	if len(c.commands) != 2 || !c.commands["slow"] || !c.commands["of list -- /a b"] {
		t.Errorf("recorded %v", c.commands)
	}
}

func TestTableOfCommands(t *testing.T) {
	names := map[string]bool{}
	for _, c := range commands {
		if names[c.Name] || c.Program == "" || strings.ContainsAny(c.Program, "/ ") {
			t.Errorf("%+v: a name twice, or no name of a program", c)
		}
		names[c.Name] = true
		for _, tool := range append(packageTools, "sh", "bash", "env", "sudo", "systemctl", "busctl") {
			if c.Program == tool {
				t.Errorf("%s is never run", c.Program)
			}
		}
	}
}
