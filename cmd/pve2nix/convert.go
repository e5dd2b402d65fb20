package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/pve2nix/pve2nix/engine/api/running"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/guard"
	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/reports"
)

// converter is what the verbs that convert a host, or take that back, work with. Tests put a machine in it that fails.
type converter struct {
	sys execute.System
	// capture captures the machine.
	capture func(ctx context.Context) (*snapshot.Snapshot, error)
	// definitions asks who manages the guests on a target what they are; nil where nobody can be asked.
	definitions func(ctx context.Context, target string) ([]running.Definition, error)
	// engine loads the knowledge.
	engine func(ctx context.Context, f evalFlags) (*evaluate.Engine, error)
	// planOf says how a host that was evaluated is converted.
	planOf func(host *evaluate.Host, machineID string) (plan.Host, error)
	// program is the file of this program.
	program        string
	stdout, stderr io.Writer
	// progress says that somebody watches.
	progress bool
}

// newConverter is the converter of the running machine.
func newConverter(cmd *cobra.Command) (*converter, error) {
	if os.Geteuid() != 0 {
		return nil, &refusal{what: cmd.Name() + ": only root can do this", hint: "sudo pve2nix " + cmd.Name()}
	}
	// A terminal that goes away must not end a run halfway: it goes on, and the trial ends by itself without a commit.
	signal.Ignore(syscall.SIGHUP, syscall.SIGPIPE)
	sys, err := execute.NewMachine()
	if err != nil {
		return nil, err
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	if program, err = filepath.EvalSymlinks(program); err != nil {
		return nil, err
	}
	stderr := cmd.ErrOrStderr()
	file, isFile := stderr.(*os.File)
	return &converter{
		sys: sys,
		capture: func(ctx context.Context) (*snapshot.Snapshot, error) {
			progress, done := progressTo(stderr)
			defer done()
			return introspect.Capture(ctx, introspect.Options{Root: "/", Tool: tool(), Progress: progress, Logger: slog.Default()})
		},
		definitions: running.Definitions, engine: newEngine, planOf: plan.Of,
		program: program, stdout: cmd.OutOrStdout(), stderr: stderr,
		progress: isFile && term.IsTerminal(int(file.Fd())),
	}, nil
}

// refusal says why nothing was done.
type refusal struct{ what, hint string }

func (e *refusal) Error() string { return e.what }

// Hint says what to do about it.
func (e *refusal) Hint() string { return e.hint }

// convertError is a run that failed, with what to do.
type convertError struct {
	err  error
	hint string
	code int
}

func (e *convertError) Error() string { return e.err.Error() }
func (e *convertError) Unwrap() error { return e.err }

// Hint says what to do.
func (e *convertError) Hint() string { return e.hint }

// outcomeOf makes of the error of a run what the command line says, with its exit code.
func outcomeOf(err error, run string) error {
	var stuck *execute.RollbackError
	var back *execute.RolledBackError
	switch {
	case errors.As(err, &stuck):
		return &convertError{err, stuck.Hint() + "; pve2nix audit show " + journalOf(run) + " tells it all", exitRollback}
	case errors.As(err, &back):
		return &convertError{err, "Proxmox VE is as it was; remove the cause and apply again; pve2nix audit show " + journalOf(run) + " tells it all", exitApply}
	}
	return err
}

func journalOf(run string) string { return execute.RunsAt + "/" + run + "/" + execute.JournalFile }

// file reads a file of the machine whose size is not known before.
func (c *converter) file(name string) (string, error) {
	f, err := c.sys.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(io.LimitReader(f, 1<<20))
	return strings.TrimSpace(string(data)), errors.Join(err, f.Close())
}

// onNixOS says whether the machine runs NixOS, and not Proxmox VE.
func (c *converter) onNixOS() (bool, error) {
	_, err := c.sys.Lstat("/etc/NIXOS")
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// lock keeps other runs away.
func (c *converter) lock() (release func(), err error) {
	unlock, err := execute.LockMachine(c.sys)
	if errors.Is(err, execute.ErrLocked) {
		return nil, &refusal{err.Error(), "wait until it has ended; pve2nix status says how far it is"}
	}
	if err != nil {
		return nil, err
	}
	return func() {
		if err := unlock(); err != nil {
			warn("%s: %s", execute.LockAt, err)
		}
	}, nil
}

// tell shows what a run does to whoever watches.
func (c *converter) tell() func(journal.Record) {
	if !c.progress {
		return nil
	}
	var since time.Time
	return func(r journal.Record) {
		switch r.Event {
		case journal.Intent, journal.Undoing:
			since = r.Time
			fmt.Fprintf(c.stderr, "%-22s %s … ", r.Step, reports.Plain(r.Text))
		case journal.Done, journal.Undone:
			fmt.Fprintf(c.stderr, "%.1f s\n", r.Time.Sub(since).Seconds())
		case journal.Failed, journal.Stuck:
			fmt.Fprintf(c.stderr, "failed\n")
		}
	}
}

// document makes of a capture what a file of it would be.
func document(s *snapshot.Snapshot) (*snapshot.Document, []byte, error) {
	var text bytes.Buffer
	if err := snapshot.Write(&text, s); err != nil {
		return nil, nil, err
	}
	doc, err := snapshot.Read(bytes.NewReader(text.Bytes()), "this machine")
	return doc, text.Bytes(), err
}

// maxPlan bounds a plan; a host has some dozen steps.
const maxPlan = 64 << 20

// readPlan reads a plan as strictly as any input: unknown fields, other versions and steps that no plan of this program has are refused.
func readPlan(name string) (*plan.Plan, []byte, error) {
	data, err := readBounded(func() (*os.File, error) { return os.OpenFile(name, readOnly, 0) }, name, maxPlan)
	if err != nil {
		return nil, nil, unreadable(err)
	}
	wrong := func(err error) (*plan.Plan, []byte, error) {
		return nil, nil, &inputError{fmt.Errorf("%s: %w", name, err)}
	}
	if len(data) > maxPlan {
		return wrong(errors.New("larger than any plan"))
	}
	var p plan.Plan
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return wrong(fmt.Errorf("not a plan: %w", err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return wrong(errors.New("more than one document"))
	}
	if p.Schema != plan.Version {
		return wrong(fmt.Errorf("/schema: %q: this program reads %s", p.Schema, plan.Version))
	}
	for i, h := range p.Hosts {
		for _, s := range h.Steps {
			if _, err := plan.Decode(s); err != nil {
				return wrong(fmt.Errorf("/hosts/%d/steps: %w", i, err))
			}
		}
	}
	return &p, data, nil
}

// wordBytes is how much chance is in the word that commits: nobody guesses 15 bytes in the minutes of a trial, and none of
// the hash of it either.
const wordBytes = 15

// newWord makes the word that commits a trial, and what the host knows of it.
func newWord() (word, hash string) {
	var b [wordBytes]byte
	_, _ = rand.Read(b[:]) // never fails
	word = base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
	return word, hex.EncodeToString(guard.Key(word))
}
