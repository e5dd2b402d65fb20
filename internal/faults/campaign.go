package faults

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// Course is what happens around a fault.
type Course string

// The courses.
const (
	// InApply: the fault strikes the run; the run is taken back.
	InApply Course = "apply"
	// InResume: the run goes on after the fault, and a second one may strike; then it is taken back.
	InResume Course = "resume"
	// InRollback: a second fault strikes while the run is taken back; then it is taken back again.
	InRollback Course = "rollback"
	// InCommit: the fault strikes when the trial becomes the default; that is taken back, and then the run.
	InCommit Course = "commit"
)

// Courses are all of them.
var Courses = []Course{InApply, InResume, InRollback, InCommit}

// Case is one conversion with its faults.
type Case struct {
	Layout, Boot string
	Course       Course
	// First strikes the first phase. Second strikes the one after it, in InResume and InRollback; At is 0 where there is none.
	First, Second Fault
}

// String is the case in a form that ParseCase reads.
func (c Case) String() string {
	return strings.Join([]string{c.Layout, c.Boot, string(c.Course), c.First.code(), c.Second.code()}, "/")
}

func (f Fault) code() string {
	if f.At == 0 {
		return "-"
	}
	return fmt.Sprintf("%s@%s@%d", f.Kind, f.When, f.At)
}

// ParseCase reads a case that String has written.
func ParseCase(s string) (c Case, err error) {
	parts := strings.Split(s, "/")
	if len(parts) != 5 {
		return c, fmt.Errorf("case %q: layout/boot path/course/fault/fault is expected", s)
	}
	c = Case{Layout: parts[0], Boot: parts[1], Course: Course(parts[2])}
	if !slices.Contains(Layouts, c.Layout) || !slices.Contains(BootPaths, c.Boot) || !slices.Contains(Courses, c.Course) {
		return c, fmt.Errorf("case %q: no such layout, boot path or course", s)
	}
	for i, f := range []*Fault{&c.First, &c.Second} {
		if parts[3+i] == "-" {
			continue
		}
		kind, rest, _ := strings.Cut(parts[3+i], "@")
		when, at, _ := strings.Cut(rest, "@")
		*f = Fault{Kind: Kind(kind), When: When(when)}
		if f.At, err = strconv.Atoi(at); err != nil || !slices.Contains(Kinds, f.Kind) || !slices.Contains(Sides, f.When) {
			return c, fmt.Errorf("case %q: no such fault", s)
		}
	}
	return c, nil
}

// Template is a host of a layout and a boot path, as it is before a conversion.
type Template struct {
	Layout, Boot string
	dir          string
	before       map[string]string
	// operations are how many a phase has when nothing fails.
	operations map[Course]int
}

// NewTemplate makes one in a folder, and counts what a conversion of it does.
func NewTemplate(dir, layout, boot string) (*Template, error) {
	h, err := NewHost(filepath.Join(dir, "template"), layout, boot)
	if err != nil {
		return nil, err
	}
	t := &Template{Layout: layout, Boot: boot, dir: filepath.Join(dir, "template"), operations: map[Course]int{}}
	if t.before, err = h.Picture(DeclaredChanges...); err != nil {
		return nil, err
	}
	probe, err := t.Conversion(filepath.Join(dir, "probe"))
	if err != nil {
		return nil, err
	}
	for _, phase := range []struct {
		course Course
		f      func() error
	}{{InApply, probe.Apply}, {InCommit, probe.Commit}, {InRollback, probe.Rollback}} {
		probe.Machine.Break(Fault{})
		if err := phase.f(); err != nil {
			return nil, fmt.Errorf("%s/%s: %s without a fault: %w", layout, boot, phase.course, err)
		}
		t.operations[phase.course] = len(probe.Machine.Operations())
	}
	t.operations[InResume] = t.operations[InApply]
	return t, errors.Join(probe.Untouched(), os.RemoveAll(filepath.Join(dir, "probe")))
}

// Operations is how many things a phase does to the machine.
func (t *Template) Operations(c Course) int { return t.operations[c] }

// Conversion is a run on a host that may fail.
type Conversion struct {
	Host *Host
	// Machine is the host in its present process.
	Machine *Machine
	// Wrap, where set, stands between the runner and an actuator.
	Wrap   func(plan.Action, execute.Actuator) execute.Actuator
	steps  []plan.Step
	before map[string]string
	runs   []begun
	at     string // the action that is carried out
}

// begun is a run, and the system that it is taken on.
type begun struct{ name, where string }

// Conversion begins one on a copy of the template.
func (t *Template) Conversion(dir string) (*Conversion, error) {
	if err := copyFolder(t.dir, dir); err != nil {
		return nil, err
	}
	h, err := OpenHost(dir, t.Layout, t.Boot)
	if err != nil {
		return nil, err
	}
	steps, err := h.Steps()
	if err != nil {
		return nil, err
	}
	return &Conversion{Host: h, Machine: h.Machine, steps: steps, before: t.before}, nil
}

func (c *Conversion) runner(b begun, w *journal.Writer) *execute.Runner {
	return &execute.Runner{
		Env: &execute.Env{
			System: c.Machine, Params: c.Host.Params, RunID: b.name, Dir: execute.RunsAt + "/" + b.name, Baseline: []byte("{}"), Steps: c.steps,
		},
		Where:   b.where,
		Journal: w,
		Actuators: func(a plan.Action) (execute.Actuator, error) {
			c.at = a.Kind()
			actuator, err := execute.For(a)
			if err == nil && c.Wrap != nil {
				actuator = c.Wrap(a, actuator)
			}
			return actuator, err
		},
	}
}

// Apply is a run from its beginning, up to the restart.
func (c *Conversion) Apply() error { return c.begin(plan.OnPVE, journal.Staged) }

// File is the name, on the machine that the tests run on, of a file of the host; device is "" for its root.
func (c *Conversion) File(device, name string) string {
	if device == "" {
		return filepath.Join(c.Machine.Dir(), name)
	}
	return filepath.Join(c.Machine.device(device), name)
}

// Commit makes the new system the default, as the trial does it.
func (c *Conversion) Commit() error { return c.begin(plan.OnTrial, journal.Committed) }

func (c *Conversion) begin(where, outcome string) error {
	c.at = "begin"
	name, w, err := execute.NewRun(c.Machine)
	if name != "" {
		c.runs = append(c.runs, begun{name, where})
	}
	if err != nil {
		return err
	}
	r := c.runner(c.runs[len(c.runs)-1], w)
	if err := r.Begin(); err != nil {
		return err
	}
	return r.Apply(context.Background(), outcome)
}

// open opens the journal of a run; nil where it was cut off before it had one, and so before it did anything.
func (c *Conversion) open(b begun) (*journal.Writer, error) {
	w, err := execute.OpenRun(c.Machine, b.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return w, err
}

// Resume lets the last run go on, in another process.
func (c *Conversion) Resume() error {
	if len(c.runs) == 0 {
		return nil
	}
	b := c.runs[len(c.runs)-1]
	w, err := c.open(b)
	if err != nil || w == nil {
		return err
	}
	r := c.runner(b, w)
	if len(w.Records()) == 0 {
		if err := r.Begin(); err != nil {
			return err
		}
	}
	return r.Apply(context.Background(), journal.Staged)
}

// Rollback takes all runs back, the last one first, in another process.
func (c *Conversion) Rollback() error {
	for _, b := range slices.Backward(c.runs) {
		w, err := c.open(b)
		if err != nil {
			return err
		}
		if w == nil || len(w.Records()) == 0 {
			continue
		}
		if err := c.runner(b, w).Rollback(context.Background(), nil); err != nil {
			return err
		}
	}
	return nil
}

// restart is the next process, or the next start of the machine, with nothing that fails.
func (c *Conversion) restart() {
	c.Machine.Repair()
	c.Machine = c.Machine.Again()
}

// Untouched says what is not as it was before.
func (c *Conversion) Untouched() error {
	after, err := c.Host.Picture(DeclaredChanges...)
	if err != nil {
		return err
	}
	if m := c.Machine.Mounts(); len(m) > 0 {
		return fmt.Errorf("still mounted: %v", m)
	}
	return differences(c.before, after, func(string) bool { return true })
}

// Standing says what of Proxmox VE a run has changed that is not taken back yet: its files, volumes, and what is started by default must be as they were.
func (c *Conversion) Standing() error {
	after, err := c.Host.Picture(DeclaredChanges...)
	if err != nil {
		return err
	}
	for name := range after {
		if _, before := c.before[name]; !before && strings.Contains(name, "/efivars/LoaderEntryDefault") {
			return fmt.Errorf("%s: another entry is the default", name)
		}
	}
	return differences(c.before, after, func(name string) bool {
		line, before := c.before[name]
		return before && name != storeName && !strings.HasPrefix(line, "d") && !strings.HasSuffix(name, "/custom.cfg")
	})
}

func differences(before, after map[string]string, asked func(name string) bool) error {
	var list []string
	for name, line := range before {
		if asked(name) && after[name] != line {
			list = append(list, fmt.Sprintf("%s was %q, is %q", name, line, after[name]))
		}
	}
	for name, line := range after {
		if _, was := before[name]; asked(name) && !was {
			list = append(list, fmt.Sprintf("%s is new: %q", name, line))
		}
	}
	if len(list) == 0 {
		return nil
	}
	slices.Sort(list)
	return errors.New(strings.Join(list, "\n"))
}

// Struck is a fault that struck: what was being carried out, and how.
type Struck struct {
	Step      string
	Operation string
	Fault     Fault
}

// Strike carries a case out in a folder. What struck is returned also where everything was not taken back, which is the error.
func (t *Template) Strike(dir string, c Case, wrap func(plan.Action, execute.Actuator) execute.Actuator) (struck []Struck, err error) {
	v, err := t.Conversion(dir)
	if err != nil {
		return nil, err
	}
	v.Wrap = wrap
	phase := func(f Fault, prefix string, do func() error) {
		v.Machine.Break(f)
		v.Machine.OnStrike = func(operation string) { struck = append(struck, Struck{prefix + v.at, operation, f}) }
		_ = do() // what it says is not asked: what it leaves is
		v.restart()
	}
	if c.Course == InCommit {
		if err := v.Apply(); err != nil {
			return nil, fmt.Errorf("without a fault: %w", err)
		}
		v.restart()
		phase(c.First, "", v.Commit)
	} else {
		phase(c.First, "", v.Apply)
		if err := v.Standing(); err != nil {
			return struck, fmt.Errorf("before the rollback: %w", err)
		}
	}
	switch c.Course {
	case InResume:
		phase(c.Second, "", v.Resume)
		if err := v.Standing(); err != nil {
			return struck, fmt.Errorf("after the resumption: %w", err)
		}
	case InRollback:
		phase(c.Second, "undo ", v.Rollback)
	}
	v.Machine.Break(Fault{})
	if err := v.Rollback(); err != nil {
		return struck, fmt.Errorf("rollback: %w", err)
	}
	if err := v.Untouched(); err != nil {
		return struck, fmt.Errorf("not as it was: %w", err)
	}
	// What was taken back stays so when the power goes right after.
	if err := v.Machine.CutPower(); err != nil {
		return struck, err
	}
	v.restart()
	if err := v.Untouched(); err != nil {
		return struck, fmt.Errorf("not as it was after the rollback and a power cut: %w", err)
	}
	if err := v.Rollback(); err != nil { // twice does no harm
		return struck, fmt.Errorf("second rollback: %w", err)
	}
	if err := v.Untouched(); err != nil {
		return struck, fmt.Errorf("not as it was after a second rollback: %w", err)
	}
	return struck, nil
}

// Sides are the sides of an operation.
var Sides = []When{Before, Inside, After}

// Sample draws the n-th case of a seed: layouts and boot paths in turn, all else at random.
func (t *Template) Sample(seed uint64, n int) Case {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	c := Case{Layout: t.Layout, Boot: t.Boot, Course: []Course{InApply, InApply, InApply, InResume, InResume, InRollback, InRollback, InCommit}[r.IntN(8)]}
	first := InApply
	if c.Course == InCommit {
		first = InCommit
	}
	c.First = t.fault(r, first)
	if c.Course == InRollback || c.Course == InResume && r.IntN(2) == 0 {
		c.Second = t.fault(r, c.Course)
	}
	return c
}

func (t *Template) fault(r *rand.Rand, c Course) Fault {
	return Fault{At: 1 + r.IntN(t.operations[c]), Kind: Kinds[r.IntN(len(Kinds))], When: Sides[r.IntN(len(Sides))]}
}

// All are the cases with one fault: each operation of a run with each kind and side in turn, so that neighbours differ.
func (t *Template) All() (out []Case) {
	for _, course := range []Course{InApply, InCommit} {
		for at := range t.operations[course] {
			for k := range 3 {
				n := at*3 + k
				out = append(out, Case{t.Layout, t.Boot, course, Fault{at + 1, Kinds[n%len(Kinds)], Sides[(n/len(Kinds))%len(Sides)]}, Fault{}})
			}
		}
	}
	return out
}

// copyFolder copies files, folders and links with modes and attributes.
func copyFolder(from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	source, err := execute.FilesBelow(from)
	if err != nil {
		return err
	}
	defer source.Close()
	dest, err := execute.FilesBelow(to)
	if err != nil {
		return err
	}
	defer dest.Close()
	return walk(source, "/", func(name string, info fs.FileInfo) error {
		real := filepath.Join(to, name)
		switch {
		case name == "/":
			return nil
		case info.IsDir():
			return os.Mkdir(real, info.Mode().Perm())
		case info.Mode()&fs.ModeSymlink != 0:
			target, err := source.Readlink(name)
			return errors.Join(err, os.Symlink(target, real))
		}
		data, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(real, data, info.Mode().Perm()); err != nil {
			return err
		}
		attributes, err := source.Xattrs(name)
		if err != nil {
			return err
		}
		for a, value := range attributes {
			if err := dest.SetXattr(name, a, value); err != nil {
				return err
			}
		}
		return os.Chtimes(real, info.ModTime(), info.ModTime())
	})
}

// Dir is the folder of the last run, on the host.
func (c *Conversion) Dir() string { return execute.RunsAt + "/" + c.runs[len(c.runs)-1].name }
