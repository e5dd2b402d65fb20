package execute_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
)

// conversion is a run on a host that may fail.
type conversion struct {
	host    *faults.Host
	steps   []plan.Step
	before  map[string]string
	machine *faults.Machine
}

func newConversion(t testing.TB, layout, boot string) *conversion {
	t.Helper()
	h, err := faults.NewHost(t.TempDir(), layout, boot)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := h.Steps()
	if err != nil {
		t.Fatal(err)
	}
	before, err := h.Picture(faults.DeclaredChanges...)
	if err != nil {
		t.Fatal(err)
	}
	return &conversion{h, steps, before, h.Machine}
}

func (c *conversion) runner(m *faults.Machine, name string, w *journal.Writer) *execute.Runner {
	return &execute.Runner{
		Env:     &execute.Env{System: m, Params: c.host.Params, RunID: name, Dir: execute.RunsAt + "/" + name, Baseline: []byte("{}"), Steps: c.steps},
		Where:   plan.OnPVE,
		Journal: w,
	}
}

// apply is a run from its beginning.
func (c *conversion) apply() error {
	name, w, err := execute.NewRun(c.machine)
	if err != nil {
		return err
	}
	r := c.runner(c.machine, name, w)
	if err := r.Begin(); err != nil {
		return err
	}
	return r.Apply(context.Background(), journal.Staged)
}

// rollback takes the last run back, in another process.
func (c *conversion) rollback() error {
	c.machine = c.machine.Again()
	runs, err := execute.Runs(c.machine)
	if err != nil || len(runs) == 0 {
		return err
	}
	name := runs[len(runs)-1]
	w, err := execute.OpenRun(c.machine, name)
	if errors.Is(err, os.ErrNotExist) {
		return nil // it was cut off before it had a journal, and so before it did anything
	}
	if err != nil {
		return err
	}
	if len(w.Records()) == 0 {
		return nil
	}
	return c.runner(c.machine, name, w).Rollback(context.Background(), nil)
}

// untouched says what is not as it was.
func (c *conversion) untouched() error {
	after, err := c.host.Picture(faults.DeclaredChanges...)
	if err != nil {
		return err
	}
	if d := cmp.Diff(c.before, after); d != "" {
		return errors.New(d)
	}
	if m := c.machine.Mounts(); len(m) > 0 {
		return fmt.Errorf("still mounted: %v", m)
	}
	return nil
}

// A run that nothing happens to stages everything; PVE stays the default; and it can be taken back.
func TestStagesAndRollsBack(t *testing.T) {
	for _, layout := range faults.Layouts {
		for _, boot := range faults.BootPaths {
			t.Run(layout+"/"+boot, func(t *testing.T) {
				c := newConversion(t, layout, boot)
				c.machine.Break(faults.Fault{})
				if err := c.apply(); err != nil {
					t.Fatal(err)
				}
				t.Logf("%d operations", len(c.machine.Operations()))
				after, err := c.host.Picture(faults.DeclaredChanges...)
				if err != nil {
					t.Fatal(err)
				}
				for name, line := range c.before {
					if after[name] != line && !strings.HasPrefix(line, "d") && !strings.HasSuffix(name, "/custom.cfg") {
						t.Errorf("%s was %s, is %s", name, line, after[name])
					}
				}
				if err := c.rollback(); err != nil {
					t.Fatal(err)
				}
				if err := c.untouched(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// Whatever fails, wherever: after the rollback everything is as it was.
func TestEveryFaultIsRolledBack(t *testing.T) {
	injected := 0
	for _, layout := range faults.Layouts {
		for _, boot := range faults.BootPaths {
			t.Run(layout+"/"+boot, func(t *testing.T) {
				template := newConversion(t, layout, boot)
				template.machine.Break(faults.Fault{})
				probe := copyOf(t, template, layout, boot)
				if err := probe.apply(); err != nil {
					t.Fatal(err)
				}
				operations := len(probe.machine.Operations())
				for i, at := 0, 1; at <= operations; i, at = i+1, at+31 {
					f := faults.Fault{At: at, Kind: faults.Kinds[i%len(faults.Kinds)], When: []faults.When{faults.Before, faults.Inside, faults.After}[i%3]}
					injected++
					c := copyOf(t, template, layout, boot)
					strike(t, c, f)
				}
			})
		}
	}
	t.Logf("%d faults injected", injected)
}

// copyOf is another host with the same files.
func copyOf(t *testing.T, c *conversion, layout, boot string) *conversion {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "h")
	if out, err := exec.Command("cp", "-a", filepath.Dir(c.host.Dir()), dir).CombinedOutput(); err != nil {
		t.Fatalf("%s %v", out, err)
	}
	h, err := faults.OpenHost(dir, layout, boot)
	if err != nil {
		t.Fatal(err)
	}
	h.Break(faults.Fault{})
	return &conversion{h, c.steps, c.before, h.Machine}
}

func strike(t *testing.T, c *conversion, f faults.Fault) {
	t.Helper()
	c.machine.Break(f)
	err := c.apply()
	struck := c.machine.Struck()
	var words string
	if ops := c.machine.Operations(); struck {
		words = ops[f.At-1]
	}
	if err == nil && struck && f.Kind == faults.IOError && f.When != faults.After {
		t.Logf("%s (%s): went well all the same", f, words)
	}
	c.machine.Repair()
	if err := c.rollback(); err != nil {
		t.Errorf("%s (%s): rollback: %v", f, words, err)
		return
	}
	if err := c.untouched(); err != nil {
		t.Errorf("%s (%s): not as it was: %v", f, words, err)
	}
}
