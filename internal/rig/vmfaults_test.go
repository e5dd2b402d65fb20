package rig

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

var (
	rigSeed  = flag.Uint64("rig.seed", 0, "seed that faults in machines are drawn with; 0 takes one from the clock")
	rigCount = flag.Int("rig.count", 18, "faults to draw a layout")
	rigOnly  = flag.String("rig.only", "", "the faults to let strike, as failures name them, with commas between them; with -run TestVM/LAYOUT/faults")
)

// fewFaults is how many must have struck a layout.
const fewFaults = 15

// aliasUUID is the id by which the plan of a case has an ESP that fails: udev does not know it, and so does not move it.
const aliasUUID = "EEEE-0001"

// kindsOn are the faults of a layout, in the order in which they are drawn.
func (l *Layout) kindsOn() []string {
	out := []string{
		talk.Kill, talk.NoSpaceRoot, talk.PowerCut, talk.FailingESP, talk.Immutable, talk.Kill, talk.NoSpaceESP, talk.FailingESPWrites, talk.NoBus, talk.ReadOnlyESP,
	}
	switch l.Kind() { // a btrfs and a pool of ZFS are one file system, and the kernel's remount of everything leaves them out
	case "zfs": // which has a way of its own; the root has the room of the pool
		out[1] = talk.NoSpacePool
		out = append(out, talk.ReadOnly)
	case "lvm-thin":
		out = append(out, talk.ReadOnly, talk.NoSpacePool, talk.NoSpaceSide, talk.FailingSide)
	case "lvm":
		out = append(out, talk.ReadOnly, talk.NoSpaceSide, talk.FailingSide)
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
	if n >= len(kinds) { // each once, then those that neither start the machine again nor fill a disk
		n, kinds = n-len(kinds), []string{talk.Kill, talk.Immutable, talk.FailingESP, talk.ReadOnlyESP, talk.Kill, talk.NoBus}
	}
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
	"ENOSPC":    regexp.MustCompile(`no space left|input/output error|MiB|exit status|full`),
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
	behaviour := Light
	if f.Kind == talk.PowerCut { // it may be started
		behaviour = Boots
	}
	s := i.strike(behaviour)
	s.Fault = f
	if strings.HasPrefix(f.Kind, talk.FailingESP) {
		said := i.layout.Said
		said.Boot.ESPs = []plan.ESP{{UUID: aliasUUID, Partition: vmESPPartition}}
		s.Run.Steps, s.Boot = i.steps(said), said.Boot
	}
	if f.Kind != talk.NoBus { // what armed the trial is enough for a power cut
		s.Run.Steps = withoutRestart(s.Run.Steps)
	}
	out, err := i.tell(talk.Request{Strike: s})
	if err != nil { // of the test itself: what is left is taken back, and the next one strikes
		i.Errorf("-rig.only '%s': %v", f, err)
		if _, err := i.tell(talk.Request{Recover: s}); err != nil {
			i.Fatal(err)
		}
		return false
	}
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
		if out, err = i.tell(talk.Request{Recover: s}); err != nil {
			i.Fatal(err)
		}
		out.Operation = operation
	}
	i.Logf("%5.0fs %s: %s; run: %q, rolled back by itself: %v; rollback with the cause: %v %q;%s", out.Seconds, f, out.Operation, out.Apply, out.RolledBack, out.Tried, out.Still, out.Took)
	out.Different = append(out.Different, i.contents(out.Read)...)
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
	for _, taken := range s.Run.Steps {
		if taken.ID == f.Step {
			step = taken.Action
		}
	}
	if f.Phase == talk.InRollback {
		step = "undo " + step
	}
	if err := i.layout.struckAt(step, f.Kind, back); err != nil {
		i.Error(err)
	}
	return true
}

func (i *installed) tell(r talk.Request) (out talk.Struck, err error) {
	text, err := i.Ask(i.within(systemTimeout), r)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal([]byte(text), &out)
}

// contents says which files have not the content that they had on the disk.
func (i *installed) contents(read map[string]string) (out []string) {
	for name, hash := range read {
		if !strings.HasSuffix(i.root[name], " "+hash) {
			out = append(out, fmt.Sprintf("%s was %q, its SHA-256 is %s", name, i.root[name], hash))
		}
	}
	return out
}

func withoutRestart(steps []plan.Step) []plan.Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s plan.Step) bool { return s.ID == "trial.restart" })
}

// strike is a run that may fail.
func (i *installed) strike(behaviour string) *talk.Strike {
	i.Helper()
	return &talk.Strike{
		Run: *i.conversion(behaviour), Layout: i.layout.Said.Layout, Boot: i.layout.Said.Boot,
		Look: talk.Look{Guest: i.layout.Guest, Volumes: i.layout.Volumes, ESP: i.layout.Said.Boot.ESPs[0]},
	}
}

// Whatever fails in a machine, wherever: after the rollback everything is as it was. Only a power cut starts the machine again.
func (i *installed) strikesAll(seed uint64) {
	i.Helper()
	steps := i.conversion(Light).Steps
	var list []talk.Fault
	for k := range *rigCount {
		list = append(list, i.layout.drawFault(seed, k, steps))
	}
	least := min(fewFaults, *rigCount)
	if *rigOnly != "" {
		list, least = nil, 1
		for text := range strings.SplitSeq(*rigOnly, ",") {
			f, err := talk.ParseFault(text)
			if err != nil {
				i.Fatal(err)
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
		i.Errorf("%d faults struck", struck)
	}
}
