package companion

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
	"golang.org/x/term"

	"github.com/pve2nix/pve2nix/engine/execute"
)

// Call is a program of the companion that somebody calls on the host.
type Call struct {
	// Program is a name that the companion looks for, or its path there; Args are handed on as they are.
	Program string
	Args    []string
	// Folder is where it begins, if the companion has such a folder.
	Folder string
	// Term is the kind of the terminal.
	Term string
	// In, Out and Err are what it reads and writes. Where In and Out are a terminal, it gets one of its own in the companion.
	In, Out, Err *os.File
	// Signals are passed on to it.
	Signals <-chan os.Signal
}

// callUnit is the template that calls are instances of; the companion allows it by this name.
const callUnit = "companion-run"

// callPath is where the companion looks for programs.
const callPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// bySignal is added to the number of the signal that ended a program, as shells do.
const bySignal = 128

var (
	// callPoll and callPollMost are how often it is looked whether a program has ended: seldom for one that takes long.
	callPoll, callPollMost = 5 * time.Millisecond, 200 * time.Millisecond
	// startBound is how long the companion may take until its bus answers.
	startBound = time.Minute
)

// Start starts the companion where it does not run.
func (c *Companion) Start(ctx context.Context) error {
	_, err := c.Leader(ctx)
	if !errors.Is(err, ErrNotRunning) {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, startBound)
	defer cancel()
	err = c.withHost(ctx, func(b execute.Bus) error {
		var unit dbus.ObjectPath
		if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".LoadUnit", []any{Unit}, &unit); err != nil {
			return fmt.Errorf("%s: %w", Unit, err)
		}
		if b.Call(ctx, systemdService, systemdPath, systemdManager+".StartUnit", []any{Unit, "replace"}) != nil {
			return ErrNotRunning // there is no such unit
		}
		return untilNoJob(ctx, b, unit)
	})
	if err != nil {
		return err
	}
	for { // its first process is there before its bus
		err := c.within(ctx, func(execute.Bus) error { return nil })
		if err == nil || errors.Is(err, ErrNotRunning) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(callPollMost):
		}
	}
}

// untilNoJob waits until systemd has done what it was asked to do with a unit.
func untilNoJob(ctx context.Context, b execute.Bus, unit dbus.ObjectPath) error {
	for {
		v, err := b.Property(ctx, systemdService, unit, systemdService+".Unit.Job")
		if err != nil {
			return err
		}
		if !pending(v) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(callPollMost):
		}
	}
}

// pending tells whether a unit has a job, which is its number and its path.
func pending(job dbus.Variant) bool {
	parts, _ := job.Value().([]any)
	if len(parts) == 0 {
		return false
	}
	id, _ := parts[0].(uint32)
	return id != 0
}

// transientProperty and auxiliary are what StartTransientUnit takes; command is one of ExecStartEx.
type (
	transientProperty struct {
		Name  string
		Value dbus.Variant
	}
	auxiliary struct {
		Name       string
		Properties []transientProperty
	}
	command struct {
		Path  string
		Args  []string
		Flags []string
	}
)

// Run runs a program in the companion, without a shell, and returns the status that it ended with. It starts the companion if need be.
func (c *Companion) Run(ctx context.Context, call Call) (status int, err error) {
	if call.Program == "" || strings.HasPrefix(call.Program, "-") || strings.Contains(call.Program, "=") {
		return 0, &RefusedError{fmt.Sprintf("%q is no name of a program", call.Program)}
	}
	if err := c.Start(ctx); err != nil {
		return 0, err
	}
	var ends streams = plain{call}
	if term.IsTerminal(int(call.In.Fd())) && term.IsTerminal(int(call.Out.Fd())) {
		leader, err := c.Leader(ctx)
		if err != nil {
			return 0, err
		}
		if ends, err = terminal(leader, call); err != nil {
			return 0, fmt.Errorf("terminal in the companion: %w", err)
		}
	}
	err = c.within(ctx, func(b execute.Bus) error {
		status, err = perform(ctx, b, call, ends.properties())
		return err
	})
	return status, errors.Join(err, ends.close())
}

// streams are how a program in the companion reads and writes.
type streams interface {
	properties() []transientProperty
	// close ends it when the program has ended.
	close() error
}

// plain are the files of the caller themselves.
type plain struct{ Call }

func (p plain) properties() []transientProperty {
	return []transientProperty{
		{"StandardInputFileDescriptor", dbus.MakeVariant(dbus.UnixFD(p.In.Fd()))},
		{"StandardOutputFileDescriptor", dbus.MakeVariant(dbus.UnixFD(p.Out.Fd()))},
		{"StandardErrorFileDescriptor", dbus.MakeVariant(dbus.UnixFD(p.Err.Fd()))},
	}
}

func (plain) close() error { return nil }

// properties of the unit of a call. env(1) looks for the program, and is where a name that is not there is told from one that fails.
func (call Call) properties() []transientProperty {
	environment := []string{"PATH=" + callPath, "HOME=/root", "USER=root", "LOGNAME=root"}
	if call.Term != "" {
		environment = append(environment, "TERM="+call.Term)
	}
	out := []transientProperty{
		{"Description", dbus.MakeVariant("Program that was called on the host")},
		{"Type", dbus.MakeVariant("exec")},
		{"AddRef", dbus.MakeVariant(true)}, // it is looked at after its end
		{"CollectMode", dbus.MakeVariant("inactive-or-failed")},
		{"Environment", dbus.MakeVariant(environment)},
		{"ExecStartEx", dbus.MakeVariant([]command{{
			"/usr/bin/env", append([]string{"env", "--", call.Program}, call.Args...), []string{"no-env-expand"},
		}})},
	}
	if strings.HasPrefix(call.Folder, "/") {
		out = append(out, transientProperty{"WorkingDirectory", dbus.MakeVariant("-" + call.Folder)})
	}
	return out
}

// perform starts the unit of a call and waits for its end.
func perform(ctx context.Context, b execute.Bus, call Call, more []transientProperty) (status int, err error) {
	name := fmt.Sprintf("%s@%d-%s.service", callUnit, os.Getpid(), strconv.FormatInt(time.Now().UnixNano(), 36))
	var object, job dbus.ObjectPath
	args := []any{name, "fail", append(call.properties(), more...), []auxiliary{}}
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".StartTransientUnit", args, &job); err != nil {
		return 0, err
	}
	if err := b.Call(ctx, systemdService, systemdPath, systemdManager+".GetUnit", []any{name}, &object); err != nil {
		return 0, err
	}
	property := func(name string) (any, error) {
		v, err := b.Property(ctx, systemdService, object, systemdService+"."+name)
		return v.Value(), err
	}
	for pause := callPoll; ; pause = min(2*pause, callPollMost) {
		job, err := b.Property(ctx, systemdService, object, systemdService+".Unit.Job")
		if err != nil {
			return 0, err
		}
		state, err := property("Unit.ActiveState")
		if err != nil {
			return 0, err
		}
		if !pending(job) && (state == "inactive" || state == "failed") {
			break
		}
		select {
		case s := <-call.Signals:
			if n, ok := s.(syscall.Signal); ok {
				// One that has just ended gets none.
				_ = b.Call(ctx, systemdService, systemdPath, systemdManager+".KillUnit", []any{name, "all", int32(n)})
			}
		case <-time.After(pause):
		}
	}
	if met, err := property("Unit.ConditionResult"); err != nil || met == false {
		return 0, errors.Join(err, refusedByCondition(met))
	}
	code, err := property("Service.ExecMainCode")
	if err != nil {
		return 0, err
	}
	ended, err := property("Service.ExecMainStatus")
	if err != nil {
		return 0, err
	}
	n, _ := ended.(int32)
	switch code {
	case int32(exited):
		return int(n), nil
	case int32(killed), int32(dumped):
		return bySignal + int(n), nil
	}
	result, err := property("Service.Result")
	return 0, errors.Join(fmt.Errorf("%s: %v", call.Program, result), err)
}

func refusedByCondition(met any) error {
	if met == false {
		return errors.New("the companion lets nothing be called in it: it is of an older configuration; build and switch to the present one")
	}
	return nil
}

// How a process has ended, as waitid(2) numbers it.
const (
	exited = 1
	killed = 2
	dumped = 3
)
