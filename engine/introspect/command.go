package introspect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Command is a program that a capture may run: one that only reads, started
// without a shell, with arguments that are fixed but for named places.
type Command struct {
	// Name is what collectors ask for.
	Name string
	// Program is the name of the executable, found in programDirs.
	Program string
	// Arguments are passed as they stand. One that is a word in braces, as {mountpoint}, stands for a value of the
	// host, which is absolute, so that it cannot be taken for an option.
	Arguments []string
	// Timeout bounds the run; 0 is commandTimeout.
	Timeout time.Duration
}

const (
	// commandTimeout bounds a command that has no limit of its own: what reads metadata answers in well under a second,
	// unless a disk or a cluster does not answer at all.
	commandTimeout = 10 * time.Second
	// commandGrace is how long a killed command may take to go. One that waits for a dead disk never does.
	commandGrace = time.Second
	// maxCommandOutput bounds what a command may say.
	maxCommandOutput = 16 << 20
	// maxComplaint bounds what it may say of errors; the first line is told.
	maxComplaint = 64 << 10
)

// programDirs are where programs are looked for, the last one on NixOS. PATH is not asked: whoever sets it could choose what root runs.
var programDirs = []string{"/usr/sbin", "/usr/bin", "/sbin", "/bin", "/run/current-system/sw/bin"}

// commandEnvironment is all that a command finds in its environment.
var commandEnvironment = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin", "LC_ALL=C.UTF-8", "TZ=UTC"}

// errNoProgram is the error of a command whose program is not installed.
var errNoProgram = errors.New("not installed")

// errNoCommands is the error of a host that is only a tree of files.
var errNoCommands = errors.New("a tree of files runs no program")

// errUnanswered is the error of a command whose program did not answer an earlier one.
var errUnanswered = errors.New("not run again, it did not answer before")

// commandNamed finds a command of the table.
func commandNamed(name string) (Command, bool) {
	i := slices.IndexFunc(commands, func(c Command) bool { return c.Name == name })
	if i < 0 {
		return Command{}, false
	}
	return commands[i], true
}

// with puts values in the places of the arguments, in order.
func (c Command) with(values []string) (Command, error) {
	arguments := slices.Clone(c.Arguments)
	for i, argument := range arguments {
		if !strings.HasPrefix(argument, "{") {
			continue
		}
		if len(values) == 0 {
			return c, fmt.Errorf("%s: no value for %s", c.Name, argument)
		}
		if !path.IsAbs(values[0]) || strings.ContainsRune(values[0], 0) {
			return c, fmt.Errorf("%s: %q is no absolute path", c.Name, values[0])
		}
		arguments[i], values = values[0], values[1:]
	}
	if len(values) > 0 {
		return c, fmt.Errorf("%s: no place for %q", c.Name, values[0])
	}
	c.Arguments = arguments
	return c, nil
}

// String is the command line, for people.
func (c Command) String() string {
	return strings.Join(append([]string{c.Program}, c.Arguments...), " ")
}

// CommandLines are the commands of the table, for people, in alphabetical order.
func CommandLines() []string {
	lines := make([]string, len(commands))
	for i, c := range commands {
		lines[i] = c.String()
	}
	slices.Sort(lines)
	return lines
}

// run runs a command of the table, and records that it did. A command that
// does not answer costs its time limit once: its program is not asked again.
func (c *capture) run(name string, values ...string) ([]byte, error) {
	command, known := commandNamed(name)
	if !known {
		return nil, fmt.Errorf("%s: not a declared command", name)
	}
	command, err := command.with(values)
	if err != nil {
		return nil, err
	}
	if !c.host.Live() {
		return nil, errNoCommands
	}
	if c.unanswered[command.Program] {
		return nil, errUnanswered
	}
	if command.Timeout == 0 {
		command.Timeout = commandTimeout
	}
	ctx, cancel := context.WithTimeout(c.ctx, command.Timeout)
	defer cancel()
	out, err := c.host.Run(ctx, command)
	c.log.Debug("command", "line", command.String(), "bytes", len(out), "error", err)
	if errors.Is(err, errNoProgram) {
		return nil, err
	}
	c.commands[command.String()] = true
	if ctx.Err() != nil && c.ctx.Err() == nil {
		c.unanswered[command.Program] = true
		return nil, fmt.Errorf("no answer within %s", command.Timeout)
	}
	return out, err
}

// Run starts a command of this machine and returns what it wrote to stdout.
func (m *machine) Run(ctx context.Context, command Command) ([]byte, error) {
	if !m.live {
		return nil, errNoCommands
	}
	program := ""
	for _, dir := range programDirs {
		if info, err := os.Stat(dir + "/" + command.Program); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
			program = dir + "/" + command.Program
			break
		}
	}
	if program == "" {
		return nil, errNoProgram
	}
	cmd := exec.CommandContext(ctx, program, command.Arguments...)
	cmd.Env, cmd.Dir = commandEnvironment, "/"
	// What a command starts ends with it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = commandGrace
	out, complaint := &bounded{limit: maxCommandOutput}, &bounded{limit: maxComplaint}
	cmd.Stdout, cmd.Stderr = out, complaint
	done := make(chan error, 1)
	go func() { done <- cmd.Run() }()
	select {
	case err := <-done:
		if errors.Is(err, exec.ErrWaitDelay) { // it left something behind that holds its output open
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		}
		return out.bytes(), commandError(err, out, complaint)
	case <-ctx.Done():
	}
	select {
	case <-done:
	case <-time.After(2 * commandGrace): // a process that waits for a disk cannot be killed: it is left behind
	}
	return nil, ctx.Err()
}

// commandError is what a command said, in one line, when it failed.
func commandError(err error, out, complaint *bounded) error {
	switch {
	case out.over:
		return fmt.Errorf("says more than %d bytes", out.limit)
	case err == nil:
		return nil
	}
	text, _, _ := strings.Cut(strings.TrimSpace(string(complaint.bytes())), "\n")
	if text == "" {
		return err
	}
	return fmt.Errorf("%w: %s", err, strings.ToValidUTF8(text, "\uFFFD"))
}

// bounded keeps the beginning of what is written to it, and refuses the rest.
type bounded struct {
	buffer bytes.Buffer
	limit  int64
	over   bool
}

var _ io.Writer = (*bounded)(nil)

func (b *bounded) Write(p []byte) (int, error) {
	room := b.limit - int64(b.buffer.Len())
	if int64(len(p)) > room {
		b.over = true
		b.buffer.Write(p[:room])
		return int(room), io.ErrShortWrite // closes the pipe, so that the command ends
	}
	return b.buffer.Write(p)
}

func (b *bounded) bytes() []byte { return b.buffer.Bytes() }
