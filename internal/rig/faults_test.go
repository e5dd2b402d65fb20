package rig

import (
	"slices"
	"testing"

	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// The same seed draws the same faults; every kind of a layout is among them; each is read back from its name and strikes a step of the plan.
func TestFaultsInMachinesAreDrawn(t *testing.T) {
	for _, l := range Layouts {
		steps, err := plan.Steps(l.Said, nil)
		if err != nil {
			t.Fatalf("%s: %v", l.Name, err)
		}
		drawn := map[string]bool{}
		for n := range *rigCount {
			f := l.drawFault(6, n, steps)
			drawn[f.Kind] = true
			if again := l.drawFault(6, n, steps); again != f {
				t.Errorf("%s: %s, then %s", l.Name, f, again)
			}
			if back, err := talk.ParseFault(f.String()); err != nil || back != f {
				t.Errorf("%s: %s is read as %s: %v", l.Name, f, back, err)
			}
			if !slices.ContainsFunc(steps, func(s plan.Step) bool { return s.ID == f.Step }) {
				t.Errorf("%s: %s: no such step", l.Name, f)
			}
		}
		for _, kind := range l.kindsOn() {
			if !drawn[kind] {
				t.Errorf("%s: no fault is of the kind %s", l.Name, kind)
			}
		}
	}
	for _, text := range []string{"", "kill", "kill@apply@x@inside@y", "kill@never@x@inside@1", "kill@apply@x@never@1"} {
		if f, err := talk.ParseFault(text); err == nil {
			t.Errorf("%q is read as %s", text, f)
		}
	}
}

// An error that says nothing of its cause is noticed.
func TestErrorsNameTheirCause(t *testing.T) {
	for _, c := range []struct {
		kind, text string
		want       bool
	}{
		{talk.NoSpaceRoot, "step boot.stage: write /x: no space left on device", true},
		{talk.NoSpaceRoot, "step boot.stage: something", false},
		{talk.NoBus, "step trial.restart: system bus: no such file", true},
		{talk.Immutable, "step boot.stage: it failed", false},
		{talk.ReadOnlyESP, "", true},
	} {
		if got := clear(c.kind, c.text); got != c.want {
			t.Errorf("%s: %q: %v", c.kind, c.text, got)
		}
	}
}
