package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// order is what a child is to do; it reads it from its standard input.
type order struct {
	Run talk.Run `json:"run"`
	// Rollback takes the last run back instead.
	Rollback bool `json:"rollback,omitempty"`
	// Fault says where to wait, and At at which of the things that the step does. No step is nowhere.
	Fault talk.Fault `json:"fault"`
	At    int        `json:"at"`
}

// news is what a child tells, a line each.
type news struct {
	// Here is where it waits: what it is about to do.
	Here string `json:"here,omitempty"`
	// End is the last one. Error is what came of it, RolledBack that the run took itself back.
	End        bool   `json:"end,omitempty"`
	Error      string `json:"error,omitempty"`
	RolledBack bool   `json:"rolled_back,omitempty"`
	// Counts are how many things each step did, by phase and step.
	Counts map[string]int `json:"counts,omitempty"`
	// Took are the seconds of each step.
	Took map[string]float64 `json:"took,omitempty"`
}

// What a child that waits is told.
const (
	goOn   = "go"
	goNext = "next" // wait again before the next thing
)

// child carries an order out, in a process that can be killed.
func child() {
	in, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	fail := func(err error) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	text, err := in.ReadBytes('\n')
	if err != nil {
		fail(err)
	}
	var o order
	if err := json.Unmarshal(text, &o); err != nil {
		fail(err)
	}
	m, err := execute.NewMachine()
	if err != nil {
		fail(err)
	}
	w := &watch{order: o, counts: map[string]int{}, took: map[string]float64{}, wait: func(here string) string {
		if err := out.Encode(news{Here: here}); err != nil {
			fail(err)
		}
		answer, err := in.ReadString('\n')
		if err != nil {
			fail(err)
		}
		return answer[:len(answer)-1]
	}}
	last := news{End: true, Counts: w.counts, Took: w.took}
	if err := w.carryOut(&watchedSystem{watchedFiles{m, w}, m}); err != nil {
		var back *execute.RolledBackError
		last.Error, last.RolledBack = err.Error(), errors.As(err, &back)
	}
	if err := out.Encode(last); err != nil {
		fail(err)
	}
}

// watch counts what a run does to the machine, and waits where it is told to.
type watch struct {
	order
	step, phase string
	inside      bool
	struck      bool
	counts      map[string]int
	took        map[string]float64
	wait        func(here string) string
}

func (w *watch) carryOut(sys execute.System) error {
	var name string
	var j *journal.Writer
	var err error
	if w.Rollback {
		names, err := execute.Runs(sys)
		if err != nil || len(names) == 0 {
			return err
		}
		name = names[len(names)-1]
		if j, err = execute.OpenRun(sys, name); errors.Is(err, fs.ErrNotExist) {
			return nil // it was cut off before it had a journal, and so before it did anything
		} else if err != nil {
			return err
		}
		if len(j.Records()) == 0 {
			return nil
		}
	} else if name, j, err = execute.NewRun(sys); err != nil {
		return err
	}
	r := runner(sys, name, &w.Run)
	r.Journal = j
	began := time.Now()
	r.Tell = func(record journal.Record) {
		w.took[w.step] += time.Since(began).Seconds()
		began = time.Now()
		if record.Step != "" {
			w.step = record.Step
		}
	}
	r.Actuators = func(a plan.Action) (execute.Actuator, error) {
		actuator, err := execute.For(a)
		return watchedActuator{actuator, w}, err
	}
	if w.Rollback {
		return r.Rollback(context.Background(), nil)
	}
	if err := r.Begin(); err != nil {
		return err
	}
	return r.Apply(context.Background(), w.Run.Outcome)
}

// here waits if this is the place.
func (w *watch) here(when, what string) {
	if w.struck || w.step != w.Fault.Step || w.phase != w.Fault.Phase || when != w.Fault.When {
		return
	}
	w.struck = w.wait(what) != goNext
}

// operation is one thing that is done to the machine.
func (w *watch) operation(what string) {
	if !w.inside {
		return
	}
	key := w.phase + " " + w.step
	w.counts[key]++
	if w.counts[key] >= w.At {
		w.here(talk.Inside, what)
	}
}

func (w *watch) around(phase, what string, f func() error) error {
	w.phase = phase
	w.here(talk.Before, "before "+what)
	w.inside = true
	err := f()
	w.inside = false
	w.here(talk.After, "after "+what)
	return err
}

type watchedActuator struct {
	execute.Actuator
	w *watch
}

func (a watchedActuator) Do(ctx context.Context, e *execute.Env, state json.RawMessage) error {
	return a.w.around(talk.InApply, "do", func() error { return a.Actuator.Do(ctx, e, state) })
}

func (a watchedActuator) Undo(ctx context.Context, e *execute.Env, state json.RawMessage) error {
	return a.w.around(talk.InRollback, "undo", func() error { return a.Actuator.Undo(ctx, e, state) })
}

// watchedFiles are files whose changes are operations.
type watchedFiles struct {
	execute.Files
	w *watch
}

func (f watchedFiles) OpenFile(name string, flag int, mode fs.FileMode) (execute.File, error) {
	if flag&(os.O_WRONLY|os.O_RDWR) == 0 {
		return f.Files.OpenFile(name, flag, mode)
	}
	f.w.operation("open " + name)
	file, err := f.Files.OpenFile(name, flag, mode)
	if err != nil {
		return nil, err
	}
	return watchedFile{file, name, f.w}, nil
}

func (f watchedFiles) Mkdir(name string, mode fs.FileMode) error {
	f.w.operation("mkdir " + name)
	return f.Files.Mkdir(name, mode)
}

func (f watchedFiles) Symlink(target, name string) error {
	f.w.operation("symlink " + name)
	return f.Files.Symlink(target, name)
}

func (f watchedFiles) Link(old, name string) error {
	f.w.operation("link " + name)
	return f.Files.Link(old, name)
}

func (f watchedFiles) Rename(old, name string) error {
	f.w.operation("rename " + name)
	return f.Files.Rename(old, name)
}

func (f watchedFiles) Remove(name string) error {
	f.w.operation("remove " + name)
	return f.Files.Remove(name)
}

func (f watchedFiles) Chmod(name string, mode fs.FileMode) error {
	f.w.operation("chmod " + name)
	return f.Files.Chmod(name, mode)
}

func (f watchedFiles) Lchown(name string, uid, gid int) error {
	f.w.operation("chown " + name)
	return f.Files.Lchown(name, uid, gid)
}

func (f watchedFiles) Chtimes(name string, modified time.Time) error {
	f.w.operation("chtimes " + name)
	return f.Files.Chtimes(name, modified)
}

func (f watchedFiles) SetXattr(name, attribute string, value []byte) error {
	f.w.operation("setxattr " + name)
	return f.Files.SetXattr(name, attribute, value)
}

func (f watchedFiles) SyncDir(name string) error {
	f.w.operation("sync " + name)
	return f.Files.SyncDir(name)
}

type watchedFile struct {
	execute.File
	name string
	w    *watch
}

func (f watchedFile) Write(data []byte) (int, error) {
	f.w.operation("write " + f.name)
	return f.File.Write(data)
}

func (f watchedFile) WriteAt(data []byte, at int64) (int, error) {
	f.w.operation("write " + f.name)
	return f.File.WriteAt(data, at)
}

func (f watchedFile) Sync() error {
	f.w.operation("sync " + f.name)
	return f.File.Sync()
}

// watchedSystem is a machine whose changes are operations.
type watchedSystem struct {
	watchedFiles
	sys execute.System
}

func (s *watchedSystem) Within(dir string) (execute.Folder, error) {
	folder, err := s.sys.Within(dir)
	if err != nil {
		return nil, err
	}
	return struct {
		watchedFiles
		closer
	}{watchedFiles{folder, s.w}, folder}, nil
}

type closer interface{ Close() error }

func (s *watchedSystem) Mount(source, target, fstype string, options []string) error {
	s.w.operation("mount " + target)
	return s.sys.Mount(source, target, fstype, options)
}

func (s *watchedSystem) Unmount(target string) error {
	s.w.operation("unmount " + target)
	return s.sys.Unmount(target)
}

func (s *watchedSystem) SetVariable(name string, value []byte) error {
	s.w.operation("variable " + name)
	return s.sys.SetVariable(name, value)
}

func (s *watchedSystem) Run(ctx context.Context, c execute.Command) ([]byte, error) {
	s.w.operation("run " + c.Name)
	return s.sys.Run(ctx, c)
}

func (s *watchedSystem) Bus(ctx context.Context) (execute.Bus, error) {
	s.w.operation("bus")
	return s.sys.Bus(ctx)
}

func (s *watchedSystem) Lock(name string) (func() error, error) { return s.sys.Lock(name) }
func (s *watchedSystem) Mounted(target string) (string, error)  { return s.sys.Mounted(target) }
func (s *watchedSystem) Free(name string) (int64, error)        { return s.sys.Free(name) }
func (s *watchedSystem) Variable(name string) ([]byte, error)   { return s.sys.Variable(name) }
func (s *watchedSystem) Now() time.Time                         { return s.sys.Now() }
func (s *watchedSystem) Database(ctx context.Context, name string) ([]byte, error) {
	return s.sys.Database(ctx, name)
}
