package rig

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

var (
	rigSeed  = flag.Uint64("rig.seed", 0, "seed that faults in machines are drawn with; 0 takes one from the clock")
	rigCount = flag.Int("rig.count", 18, "faults to draw a layout")
	rigOnly  = flag.String("rig.only", "", "the faults to let strike, as failures name them, with commas between them; with -run TestVMFaults/LAYOUT")
)

// fewFaults is how many must have struck a layout.
const fewFaults = 15

// aliasUUID is the id by which the plan of a case has an ESP that fails: udev does not know it, and so does not move it.
const aliasUUID = "EEEE-0001"

// kindsOn are the faults of a layout, in the order in which they are drawn.
func (l *Layout) kindsOn() []string {
	out := []string{
		talk.Kill, talk.NoSpaceRoot, talk.PowerCut, talk.FailingESP, talk.Immutable, talk.ReadOnly, talk.Kill, talk.NoSpaceESP, talk.FailingESPWrites, talk.NoBus, talk.ReadOnlyESP,
	}
	switch l.Kind() {
	case "lvm-thin":
		out = append(out, talk.NoSpacePool, talk.NoSpaceSide, talk.FailingSide)
	case "lvm":
		out = append(out, talk.NoSpaceSide, talk.FailingSide)
	}
	return out
}

// placesOf are the steps that a kind of fault may strike, while they are taken and taken back.
func placesOf(kind string, steps []plan.Step) (apply, rollback []string) {
	for _, s := range steps {
		if s.Where != plan.OnPVE || s.ID == "trial.restart" {
			continue
		}
		root := strings.HasPrefix(s.ID, "root.") || strings.HasPrefix(s.ID, "install.")
		switch kind {
		case talk.NoSpaceESP, talk.FailingESPWrites, talk.ReadOnlyESP:
			if s.ID == "boot.stage" {
				apply = append(apply, s.ID)
			}
		case talk.FailingESP:
			if s.ID == "boot.stage" || s.ID == "checkpoint.files" {
				apply, rollback = append(apply, s.ID), append(rollback, "boot.stage")
			}
		case talk.NoSpacePool:
			if root {
				apply = append(apply, s.ID)
			}
		case talk.NoSpaceSide, talk.FailingSide:
			if root && s.ID != "root.create" && s.ID != "root.unmount" || s.ID == "boot.stage" {
				apply = append(apply, s.ID)
			}
		case talk.NoBus:
		default:
			apply = append(apply, s.ID)
			if root || strings.HasPrefix(s.ID, "boot.") || strings.HasPrefix(s.ID, "trial.") {
				rollback = append(rollback, s.ID)
			}
		}
	}
	if kind == talk.NoBus {
		apply = []string{"trial.restart"}
	}
	return apply, rollback
}

// drawFault draws the n-th fault of a seed.
func (l *Layout) drawFault(seed uint64, n int, steps []plan.Step) talk.Fault {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	kinds := l.kindsOn()
	f := talk.Fault{Kind: kinds[n%len(kinds)], Phase: talk.InApply, When: []string{talk.Before, talk.Inside, talk.Inside, talk.After}[r.IntN(4)], Part: 1 + r.IntN(100)}
	apply, rollback := placesOf(f.Kind, steps)
	if len(rollback) > 0 && r.IntN(4) == 0 {
		f.Phase, apply = talk.InRollback, rollback
	}
	f.Step = apply[r.IntN(len(apply))]
	switch f.Kind {
	case talk.NoBus:
		f.When = talk.Before // after it the machine goes down
	case talk.ReadOnlyESP:
		f.When = talk.Inside // it is mounted then
	}
	return f
}

// aboutCauses is what an error says that was caused by one of the faults, by kind; kinds that are not listed may cause any.
var aboutCauses = map[string]*regexp.Regexp{
	"ENOSPC":    regexp.MustCompile(`no space left|input/output error|MiB are free|exit status|full`),
	"EIO":       regexp.MustCompile(`input/output error|read-only file system|no space left|read back|exit status|device or resource busy|SHA-256`),
	"EROFS":     regexp.MustCompile(`read-only file system|exit status|Operation not permitted|permission denied`),
	"no-bus":    regexp.MustCompile(`system bus|dbus`),
	"immutable": regexp.MustCompile(`operation not permitted|permission denied`),
}

// clear says whether an error names its cause.
func clear(kind, text string) bool {
	prefix, _, _ := strings.Cut(kind, "-")
	if kind == talk.NoBus {
		prefix = kind
	}
	about := aboutCauses[prefix]
	return text == "" || about == nil || about.MatchString(text)
}

// strikes lets a fault strike, takes the run back, and says whether everything is as it was.
func (i *installed) strikes(f talk.Fault) (struck bool) {
	i.Helper()
	said, run := i.layout.Said, i.conversion(Boots)
	if strings.HasPrefix(f.Kind, talk.FailingESP) {
		said.Boot.ESPs = []plan.ESP{{UUID: aliasUUID, Partition: vmESPPartition}}
		run.Steps = i.steps(said)
	}
	if f.Kind != talk.NoBus && f.Kind != talk.PowerCut {
		run.Steps = withoutRestart(run.Steps)
	}
	s := &talk.Strike{Run: *run, Fault: f, Layout: said.Layout, Boot: said.Boot, Look: i.look()}
	out := i.tell(talk.Request{Strike: s})
	if out.Cut {
		i.again()
		h, err := i.Up(i.within(systemTimeout))
		if err != nil {
			i.Fatalf("%s: %v\n%s", f, err, tidy(i.Console()))
		}
		if h.System == talk.NixOS { // it was armed
			i.ask(talk.Request{Restart: true})
			i.up(talk.PVE)
		}
		operation := out.Operation
		out = i.tell(talk.Request{Recover: s})
		out.Operation = operation
	}
	i.Logf("%5.0fs %s: %s; run: %q, rolled back by itself: %v; rollback with the cause: %v %q", out.Seconds, f, out.Operation, out.Apply, out.RolledBack, out.Tried, out.Still)
	back := out.Rollback == "" && len(out.Different) == 0
	if !back {
		i.Errorf("-rig.only '%s': not rolled back: %s\n%s", f, out.Rollback, strings.Join(out.Different, "\n"))
	}
	for _, text := range []string{out.Apply, out.Still} {
		if !clear(f.Kind, text) {
			i.Errorf("-rig.only '%s': the cause is not in %q", f, text)
		}
	}
	if out.Operation == "" {
		return false
	}
	step := f.Step
	for _, s := range run.Steps {
		if s.ID == f.Step {
			step = s.Action
		}
	}
	if f.Phase == talk.InRollback {
		step = "undo " + step
	}
	resultsLock.Lock()
	results["machines.json"].Add(i.layout.Kind(), i.layout.Boot(), step, faults.Kind(f.Kind), back)
	resultsLock.Unlock()
	return true
}

func (i *installed) tell(r talk.Request) (out talk.Struck) {
	i.Helper()
	if err := json.Unmarshal([]byte(i.ask(r)), &out); err != nil {
		i.Fatal(err)
	}
	return out
}

func (i *installed) look() talk.Look {
	return talk.Look{Guest: i.layout.Guest, Volumes: i.layout.Volumes, ESP: i.layout.Said.Boot.ESPs[0]}
}

func withoutRestart(steps []plan.Step) []plan.Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s plan.Step) bool { return s.ID == "trial.restart" })
}

// Whatever fails in a machine, wherever: after the rollback everything is as it was. Faults strike one after the other in
// one machine, and are compared in it; only a power cut starts it again. What is on its disk in the end is compared from outside.
func TestVMFaults(t *testing.T) {
	NeedVMs(t, false)
	seed := *rigSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-rig.seed %d", seed)
	resultsLock.Lock()
	results["machines.json"].Seed = seed
	resultsLock.Unlock()
	for n, l := range Layouts {
		t.Run(l.Name, func(t *testing.T) {
			t.Parallel()
			scenario(t, "machines.json", l.Kind(), l.Boot(), "faults strike, and everything is taken back")
			i := install(t, l)
			run := i.conversion(Boots)
			all := run.Steps
			run.Steps = withoutRestart(all)
			i.ask(talk.Request{Remember: &talk.Strike{Run: *run, Layout: l.Said.Layout, Boot: l.Said.Boot, Look: i.look()}})
			i.step("a conversion without a fault, taken back and compared")
			var list []talk.Fault
			for k := range *rigCount {
				list = append(list, l.drawFault(seed+uint64(n)<<32, k, all))
			}
			least := min(fewFaults, *rigCount)
			if *rigOnly != "" {
				list, least = nil, 1
				for text := range strings.SplitSeq(*rigOnly, ",") {
					f, err := talk.ParseFault(text)
					if err != nil {
						t.Fatal(err)
					}
					list = append(list, f)
				}
			}
			struck := 0
			for _, f := range list {
				if i.strikes(f) {
					struck++
				}
			}
			i.step("faults struck, were taken back, and compared")
			if struck < least {
				t.Errorf("%d faults struck", struck)
			}
			run.Outcome = journal.Staged
			i.untouched(run)
		})
	}
}
