package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/guard"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/engine/validate"
	"github.com/pve2nix/pve2nix/internal/faults"
)

// station is a machine that can be converted, with the files that apply is given: a captured host that the rules have
// made a plan of, on a machine that fails where it is told to.
type station struct {
	t              *testing.T
	host           *faults.Host
	facts          *snapshot.Snapshot // what a capture of the machine says
	machine        *faults.Machine
	flags          applyFlags
	stdout, stderr bytes.Buffer
	before         map[string]string
	inhibitors     []plan.Inhibitor
	configuration  string // that of the plan
	ruled          bool   // the inhibitors are those of the rules
}

// goldenSnapshot is where the facts of the machine come from: a host with ZFS and systemd-boot.
const goldenSnapshot = "../../golden/attic/snapshot.json"

// knowledge is what is built in, loaded once.
var knowledge = sync.OnceValues(func() (*evaluate.Engine, error) {
	return newEngine(context.Background(), evalFlags{target: defaultTarget, release: defaultRelease})
})

// evaluated is the golden host, evaluated once.
var evaluated = sync.OnceValues(func() (*evaluate.Host, error) {
	engine, err := knowledge()
	if err != nil {
		return nil, err
	}
	doc, err := readSnapshot(goldenSnapshot)
	if err != nil {
		return nil, err
	}
	return engine.Evaluate(context.Background(), doc)
})

func newStation(t *testing.T) *station {
	t.Helper()
	host, err := faults.NewHost(t.TempDir(), "zfs", "systemd-boot")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(goldenSnapshot)
	if err != nil {
		t.Fatal(err)
	}
	s := &station{t: t, host: host, machine: host.Machine, facts: new(snapshot.Snapshot)}
	if err := json.Unmarshal(text, s.facts); err != nil {
		t.Fatal(err)
	}
	s.write("etc/machine-id", s.facts.Host.MachineID+"\n")
	dir := t.TempDir()
	s.flags = applyFlags{
		plan: filepath.Join(dir, "plan.json"), snapshot: filepath.Join(dir, "snapshot.json"),
		closure: host.Params.Closure, toplevel: host.Params.Toplevel, deadline: usualDeadline,
	}
	if err := os.WriteFile(s.flags.snapshot, text, 0o600); err != nil {
		t.Fatal(err)
	}
	s.writePlan(func(*plan.Plan) {})
	s.write("mnt/closure"+s.flags.toplevel+plan.ConfigurationAt, s.configuration+"\n")
	if s.before, err = host.Picture(faults.DeclaredChanges...); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *station) write(name, text string) {
	s.t.Helper()
	file := filepath.Join(s.host.Dir(), name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// planOf is the plan that the rules give, with the steps for this machine's disks.
func (s *station) planOf(h *evaluate.Host, machineID string) (plan.Host, error) {
	out, err := plan.Of(h, machineID)
	if err != nil {
		return out, err
	}
	if !s.ruled {
		out.Inhibitors = s.inhibitors
	}
	out.Layout, out.Boot = s.host.Layout, s.host.Boot
	out.Steps, err = s.host.Steps()
	return out, err
}

// writePlan evaluates the snapshot as eval does, and writes the plan.
func (s *station) writePlan(change func(*plan.Plan)) {
	s.t.Helper()
	engine, err := knowledge()
	if err != nil {
		s.t.Fatal(err)
	}
	h, err := evaluated()
	if err != nil {
		s.t.Fatal(err)
	}
	one, err := s.planOf(h, s.facts.Host.MachineID)
	if err != nil {
		s.t.Fatal(err)
	}
	p := plan.Plan{
		Schema: plan.Version, Tool: tool(), Target: defaultTarget, Release: defaultRelease,
		Digests: plan.Digests{Rules: engine.Policy.Digest(), Catalog: engine.Catalog.Digest()}, Hosts: []plan.Host{one},
	}
	s.configuration = one.Configuration
	change(&p)
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(s.flags.plan, text, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *station) converter() *converter {
	s.stdout.Reset()
	s.stderr.Reset()
	return &converter{
		sys: s.machine, capture: func(context.Context) (*snapshot.Snapshot, error) { return s.facts, nil },
		engine: func(context.Context, evalFlags) (*evaluate.Engine, error) { return knowledge() },
		planOf: s.planOf, program: "/usr/local/bin/pve2nix", stdout: &s.stdout, stderr: &s.stderr,
	}
}

func (s *station) apply() error    { return s.converter().apply(context.Background(), s.flags) }
func (s *station) resume() error   { return s.converter().resume(context.Background(), s.flags) }
func (s *station) rollback() error { return s.converter().rollback(context.Background(), "", false) }

// again is the next process on the machine.
func (s *station) again() { s.machine = s.machine.Again() }

// restarted is the machine after a start that was none of the trial, or came back from it.
func (s *station) restarted() {
	s.t.Helper()
	s.again()
	s.write("proc/sys/kernel/random/boot_id", "11111111-5b4a-4938-8271-605040302010\n")
	// systemd-boot removes the choice for one start before it follows it.
	if err := s.machine.SetVariable("LoaderEntryOneShot-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f", nil); err != nil {
		s.t.Fatal(err)
	}
}

func (s *station) untouched(except ...string) {
	s.t.Helper()
	after, err := s.host.Picture(faults.DeclaredChanges...)
	if err != nil {
		s.t.Fatal(err)
	}
	before := maps.Clone(s.before)
	for _, e := range except {
		for _, m := range []map[string]string{before, after} {
			maps.DeleteFunc(m, func(name, _ string) bool { return strings.HasPrefix(name, e) })
		}
	}
	if d := cmp.Diff(before, after); d != "" {
		s.t.Errorf("not as it was: %s", d)
	}
	if m := s.machine.Mounts(); len(m) > 0 {
		s.t.Errorf("still mounted: %v", m)
	}
}

func (s *station) state() execute.State {
	s.t.Helper()
	status, err := execute.Look(context.Background(), s.machine)
	if err != nil {
		s.t.Fatal(err)
	}
	if status.Next == "" {
		s.t.Errorf("%s: says nothing of what to do", status.State)
	}
	return status.State
}

func (s *station) is(want execute.State) {
	s.t.Helper()
	if got := s.state(); got != want {
		s.t.Errorf("status is %s, want %s", got, want)
	}
}

// stillOn sees that the status names what the run has left on in the cluster, by what ends it, and shouts it.
func (s *station) stillOn(ends ...string) {
	s.t.Helper()
	status, err := execute.Look(context.Background(), s.machine)
	if err != nil {
		s.t.Fatal(err)
	}
	var got []string
	for _, on := range status.StillOn {
		got = append(got, on.End)
		if on.Unknown != "" {
			s.t.Errorf("%+v", on)
		}
	}
	if d := cmp.Diff(ends, got); d != "" {
		s.t.Error(d)
	}
	c := s.converter()
	if err := c.printStatus(status, false); err != nil {
		s.t.Fatal(err)
	}
	for _, end := range ends {
		if !strings.Contains(s.stdout.String(), "STILL ON") || !strings.Contains(s.stdout.String(), end) {
			s.t.Errorf("%s is not told:\n%s", end, s.stdout.String())
		}
	}
}

// fails sees that a verb failed with an exit code, said this, and gave a hint.
func (s *station) fails(err error, code int, what string) {
	s.t.Helper()
	if err == nil {
		s.t.Fatalf("went well, want: %s", what)
	}
	if got := exitCode(err); got != code || !strings.Contains(err.Error(), what) {
		s.t.Errorf("exit code %d: %v; want %d: …%s…", got, err, code, what)
	}
	var h interface{ Hint() string }
	if !(errors.As(err, &h) && h.Hint() != "" || code == exitInput) {
		s.t.Errorf("%v: no hint", err)
	}
}

func (s *station) value(name string) string {
	s.t.Helper()
	for line := range strings.Lines(s.stdout.String()) {
		if v, ok := strings.CutPrefix(line, name+" "); ok {
			return strings.TrimSpace(v)
		}
	}
	s.t.Fatalf("no %s in %q", name, s.stdout.String())
	return ""
}

// newRoot is the folder that stands for the side root.
func (s *station) newRoot() string {
	s.t.Helper()
	dir, err := s.machine.Device(s.host.Layout.Root)
	if err != nil {
		s.t.Fatal(err)
	}
	return dir
}

func (s *station) trial() execute.Trial {
	s.t.Helper()
	text, err := os.ReadFile(filepath.Join(s.newRoot(), execute.GuardTrial))
	if err != nil {
		s.t.Fatal(err)
	}
	var t execute.Trial
	if err := json.Unmarshal(text, &t); err != nil {
		s.t.Fatal(err)
	}
	return t
}

func TestApplyStagesAndRollbackTakesBack(t *testing.T) {
	s := newStation(t)
	s.is(execute.NoRun)
	if err := s.apply(); err != nil {
		t.Fatal(err)
	}
	run, word := s.value("run"), s.value("word")
	if got := s.trial(); got.Run != run || got.Word != hex.EncodeToString(guard.Key(word)) || got.Deadline != 900 {
		t.Errorf("%+v", got)
	}
	if strings.Contains(s.everything(), word) {
		t.Error("the word that commits lies on the machine")
	}
	past, err := execute.ReadPast(s.machine, run)
	if err != nil || past.Damage != nil || journal.Head(past.Records) != s.value("head") {
		t.Error(past, err)
	}
	s.is(execute.IsStaged)

	s.again()
	s.fails(s.apply(), exitInput, "was not finished")
	s.fails(s.resume(), exitInput, "is staged")
	for range 2 {
		if err := s.rollback(); err != nil {
			t.Fatal(err)
		}
		s.untouched()
		s.is(execute.IsRolledBack)
		s.again()
	}
	if err := s.apply(); err != nil {
		t.Errorf("after a rollback: %v", err)
	}
}

// everything is the content of all files of the machine.
func (s *station) everything() string {
	s.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(filepath.Dir(s.host.Dir()), func(p string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(p)
		b.Write(data)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}

// Whatever is refused is refused before anything is written.
func TestApplyRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *station)
		code   int
		what   string
		said   string // on stderr
	}{
		"another machine": {func(s *station) { s.write("etc/machine-id", strings.Repeat("0", 32)+"\n"); s.picture() }, exitInput, "is for at", ""},
		"another snapshot": {func(s *station) {
			s.writePlan(func(p *plan.Plan) { p.Hosts[0].Snapshot = strings.Repeat("0", 64) })
		}, exitInput, "is not the snapshot", ""},
		"other rules": {func(s *station) {
			s.writePlan(func(p *plan.Plan) { p.Digests.Rules = strings.Repeat("0", 64) })
		}, exitInput, "others of: the rules", ""},
		"other answers": {func(s *station) {
			s.writePlan(func(p *plan.Plan) { p.Digests.Answers = strings.Repeat("0", 64) })
		}, exitInput, "others of: the answers", ""},
		"a host that changed": {func(s *station) { s.facts.System.TimeZone = "Antarctica/Troll" }, exitInput, "is stale", "Antarctica/Troll"},
		"a plan edited by hand": {func(s *station) {
			s.writePlan(func(p *plan.Plan) { p.Hosts[0].Steps = p.Hosts[0].Steps[1:] })
		}, exitInput, "was changed", ""},
		"a plan with an action of its own": {func(s *station) {
			s.writePlan(func(p *plan.Plan) { p.Hosts[0].Steps[0].Action = "run-shell" })
		}, exitInput, "no action is called", ""},
		"a closure that is not there":   {func(s *station) { s.flags.closure = "/mnt/none" }, exitInput, "--closure", ""},
		"a closure without that system": {func(s *station) { s.flags.toplevel = strings.Replace(s.flags.toplevel, "0", "1", 1) }, exitInput, "no system that was built", ""},
		"a system of other outputs": {func(s *station) {
			s.write("mnt/closure"+s.flags.toplevel+plan.ConfigurationAt, strings.Repeat("0", 64)+"\n")
			s.picture()
		}, exitInput, "was built from other outputs: its configuration is 0000", ""},
		"a system that names no outputs": {func(s *station) {
			if err := os.Remove(filepath.Join(s.host.Dir(), "mnt/closure"+s.flags.toplevel+plan.ConfigurationAt)); err != nil {
				s.t.Fatal(err)
			}
			s.picture()
		}, exitInput, "does not say which plan it belongs to", ""},
		"a host that is converted already": {func(s *station) { s.write("etc/NIXOS", ""); s.picture() }, exitInput, "runs NixOS", ""},
		"what stands in the way": {func(s *station) {
			s.inhibitors = []plan.Inhibitor{{ID: "PVE-CNV-001", Level: plan.Refuse, Title: "No room", Remedy: "Make room"}}
		}, exitFindings, "PVE-CNV-001", "Make room"},
		"another run at the same time": {func(s *station) {
			release, err := execute.LockMachine(s.machine.Again())
			if err != nil {
				s.t.Fatal(err)
			}
			s.t.Cleanup(func() { _ = release() })
		}, exitInput, "another run", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStation(t)
			c.change(s)
			s.fails(s.apply(), c.code, c.what)
			if !strings.Contains(s.stderr.String(), c.said) {
				t.Errorf("stderr lacks %q:\n%s", c.said, s.stderr.String())
			}
			if s.stdout.Len() > 0 {
				t.Errorf("stdout: %s", s.stdout.String())
			}
			s.untouched()
			if runs, err := execute.Runs(s.machine); err != nil || len(runs) > 0 {
				t.Errorf("runs %v %v", runs, err)
			}
		})
	}
}

func (s *station) picture() {
	s.t.Helper()
	var err error
	if s.before, err = s.host.Picture(faults.DeclaredChanges...); err != nil {
		s.t.Fatal(err)
	}
}

// A dry run shows every step and leaves every byte of the machine as it is, the folders of runs and of the lock too.
func TestADryRunWritesNothing(t *testing.T) {
	s := newStation(t)
	before, err := s.host.Picture()
	if err != nil {
		t.Fatal(err)
	}
	s.flags.dryRun = true
	if err := s.apply(); err != nil {
		t.Fatal(err)
	}
	after, err := s.host.Picture()
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, after); d != "" {
		t.Error(d)
	}
	steps, err := s.host.Steps()
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		if !strings.Contains(s.stdout.String(), "("+step.ID+",") {
			t.Errorf("step %s is not shown:\n%s", step.ID, s.stdout.String())
		}
	}
}

// What fails is taken back by itself; what cannot be taken back is named, and is taken back later.
func TestAFailedRunIsTakenBack(t *testing.T) {
	probe := newStation(t)
	probe.machine.Break(faults.Fault{})
	if err := probe.apply(); err != nil {
		t.Fatal(err)
	}
	ops := probe.machine.Operations()
	at := slices.IndexFunc(ops, func(o string) bool { return strings.Contains(o, "/EFI/pve2nix") && strings.HasPrefix(o, "mkdir") }) + 1
	if at == 0 {
		t.Fatal("no operation to fail")
	}

	once := newStation(t)
	once.machine.Break(faults.Fault{At: at, Kind: faults.IOError, When: faults.Before})
	once.fails(once.apply(), exitApply, "rolled back")
	once.untouched()
	once.is(execute.IsRolledBack)

	damaged := newStation(t)
	if err := os.Truncate(filepath.Join(damaged.host.Dir(), "var/lib/pve-cluster/config.db"), 4096); err != nil {
		t.Fatal(err)
	}
	damaged.picture()
	damaged.fails(damaged.apply(), exitApply, "step checkpoint.database")
	damaged.untouched()

	lasting := newStation(t)
	lasting.machine.Break(faults.Fault{At: at, Kind: faults.Failing, When: faults.Before})
	lasting.fails(lasting.apply(), exitRollback, "could not be taken back")
	lasting.again()
	lasting.machine.Repair()
	if err := lasting.rollback(); err != nil {
		t.Fatal(err)
	}
	lasting.untouched()
}

// Ctrl-C takes everything back, whenever it comes.
func TestAnInterruptedRunIsTakenBack(t *testing.T) {
	for _, at := range []string{"/checkpoint", plan.RootAt, "/run/pve2nix/esp"} {
		s := newStation(t)
		ctx, cancel := context.WithCancel(context.Background())
		c := s.converter()
		c.sys = watched{s.machine, func(name string) {
			if strings.Contains(name, at) {
				cancel()
			}
		}}
		s.fails(c.apply(ctx, s.flags), exitApply, "context canceled; rolled back")
		s.untouched()
		s.is(execute.IsRolledBack)
		cancel()
	}
}

// watched is a machine that tells which names are looked at.
type watched struct {
	*faults.Machine
	looked func(name string)
}

func (w watched) Lstat(name string) (os.FileInfo, error) {
	w.looked(name)
	return w.Machine.Lstat(name)
}

// A run that was cut off anywhere goes on, and ends as one that was not.
func TestResumeGoesOn(t *testing.T) {
	probe := newStation(t)
	probe.machine.Break(faults.Fault{})
	if err := probe.apply(); err != nil {
		t.Fatal(err)
	}
	n := len(probe.machine.Operations())
	for i, at := range []int{n / 7, n / 3, n / 2, n - n/5, n - 12} {
		s := newStation(t)
		s.machine.Break(faults.Fault{At: at, Kind: []faults.Kind{faults.Kill, faults.PowerCut}[i%2], When: faults.Inside})
		if err := s.apply(); err == nil {
			t.Fatalf("operation %d of %d: went well", at, n)
		}
		s.again()
		if run, err := execute.UnfinishedRun(s.machine); err != nil || run == "" {
			t.Fatalf("operation %d of %d left no run: %v", at, n, err)
		}
		s.is(execute.CutOffApply)
		if err := s.resume(); err != nil {
			t.Fatalf("operation %d of %d: %v", at, n, err)
		}
		s.is(execute.IsStaged)
		if got := s.trial().Word; got != hex.EncodeToString(guard.Key(s.value("word"))) {
			t.Error("the word that was printed last commits nothing")
		}
		if err := s.rollback(); err != nil {
			t.Fatal(err)
		}
		s.untouched()
	}
}

// A run that goes on looks at the machine as one that begins: what has changed, and what stands in the way now, is refused
// before anything is done.
func TestResumeLooksAgain(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *station)
		code   int
		what   string
		said   string // on stderr
	}{
		"another machine": {func(s *station) { s.write("etc/machine-id", strings.Repeat("0", 32)+"\n") }, exitInput, "machine-id", ""},
		"guests that run again": {func(s *station) {
			s.ruled = true
			s.facts.Guests[0].Running = new(true)
		}, exitFindings, "PVE-CNV-012", "120"},
		"a host that changed": {func(s *station) { s.facts.System.TimeZone = "Antarctica/Troll" }, exitInput, "has changed since run", "Antarctica/Troll"},
		"votes that are missing": {func(s *station) {
			s.inhibitors = []plan.Inhibitor{{ID: "PVE-CNV-009", Level: plan.Refuse, Title: "No quorum", Remedy: "Bring the nodes back"}}
		}, exitFindings, "PVE-CNV-009", "Bring the nodes back"},
		"a closure that is gone": {func(s *station) {
			if err := os.RemoveAll(filepath.Join(s.host.Dir(), "mnt/closure")); err != nil {
				s.t.Fatal(err)
			}
		}, exitInput, "the closure of run", ""},
		"another closure in its place": {func(s *station) {
			s.write("mnt/closure"+s.flags.toplevel+plan.ConfigurationAt, strings.Repeat("0", 64)+"\n")
		}, exitInput, "was built from other outputs", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStation(t)
			if err := s.apply(); err != nil {
				t.Fatal(err)
			}
			s.restarted()
			run := s.value("run")
			c.change(s)
			before, err := s.host.Picture()
			if err != nil {
				t.Fatal(err)
			}
			s.fails(s.resume(), c.code, c.what)
			if !strings.Contains(s.stderr.String(), c.said) {
				t.Errorf("stderr lacks %q:\n%s", c.said, s.stderr.String())
			}
			after, err := s.host.Picture()
			if err != nil {
				t.Fatal(err)
			}
			delete(before, execute.LockAt)
			delete(after, execute.LockAt)
			if d := cmp.Diff(before, after); d != "" {
				t.Errorf("was touched: %s", d)
			}
			if now, err := execute.UnfinishedRun(s.machine); err != nil || now != run {
				t.Errorf("the run is %q now: %v", now, err)
			}
		})
	}
}

// A root that a trial has written to is made anew, and what goes along is that of today.
func TestResumeMakesTheRootOfATrialAnew(t *testing.T) {
	s := newStation(t)
	if err := s.apply(); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(s.newRoot(), "var/lib/pve-cluster/config.db-wal")
	if err := os.WriteFile(left, []byte("of the trial"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.restarted()
	s.write("etc/passwd", "root:x:0:0::/root:/bin/zsh\n")
	if err := s.resume(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(s.newRoot(), "var/lib/pve-cluster/config.db-wal")); err == nil {
		t.Error("what the trial has written lies beside the copy of today")
	}
	text, err := os.ReadFile(filepath.Join(s.newRoot(), "var/lib/pve2nix/etc/passwd"))
	if err != nil || !strings.Contains(string(text), "zsh") {
		t.Errorf("%q %v", text, err)
	}
	s.is(execute.IsStaged)
}

// A trial that nobody committed is started again, once more with its own word; or taken back.
func TestATrialWithoutCommit(t *testing.T) {
	s := newStation(t)
	if err := s.apply(); err != nil {
		t.Fatal(err)
	}
	first := s.value("word")
	s.restarted()
	s.is(execute.TrialEnded)
	s.stillOn("ceph osd unset noout", "ha-manager crm-command node-maintenance disable pve")
	if err := s.machine.Remember(func(m *faults.Memory) error { m.Flags = nil; return nil }); err != nil { // by hand
		t.Fatal(err)
	}
	s.stillOn("ha-manager crm-command node-maintenance disable pve")
	if err := s.resume(); err != nil {
		t.Fatal(err)
	}
	if s.value("word") == first {
		t.Error("the same word twice")
	}
	if got := s.trial().Word; got != hex.EncodeToString(guard.Key(s.value("word"))) {
		t.Error("the word that was printed last commits nothing")
	}
	s.is(execute.IsStaged)
	past, err := execute.LastPast(s.machine)
	if err != nil {
		t.Fatal(err)
	}
	if armed, err := past.Armed(context.Background(), s.machine); err != nil || !armed {
		t.Errorf("the next start is not the trial: %v", err)
	}
	if err := s.rollback(); err != nil {
		t.Fatal(err)
	}
	s.write("proc/sys/kernel/random/boot_id", "5b0fa0ff-5b4a-4938-8271-605040302010\n")
	s.untouched("/proc")
}

// nixOS is the machine after it has started the new root: its device is the root of the machine now.
func (s *station) commit() *station {
	s.t.Helper()
	dir := s.t.TempDir()
	host, err := faults.NewHost(dir, "zfs", "systemd-boot")
	if err != nil {
		s.t.Fatal(err)
	}
	// Variables of the firmware and ESP are those of the machine; the root is the new one.
	on := &station{t: s.t, host: host, machine: host.Machine, facts: s.facts}
	for from, to := range map[string]string{
		filepath.Join(s.newRoot(), "var"):                       filepath.Join(host.Dir(), "var"),
		filepath.Join(s.host.Dir(), "sys/firmware/efi/efivars"): filepath.Join(host.Dir(), "sys/firmware/efi/efivars"),
	} {
		if err := os.RemoveAll(to); err != nil {
			s.t.Fatal(err)
		}
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			s.t.Fatal(err)
		}
	}
	trial := s.trial()
	on.write("etc/NIXOS", "")
	on.write("proc/cmdline", "init=/x pve2nix.trial="+trial.Run+" panic=10\n")
	on.write("proc/uptime", "61.50 100.00\n")
	return on
}

// After the commit, rollback on NixOS makes Proxmox VE the default again, and says what it does not know of.
func TestRollbackAfterTheCommit(t *testing.T) {
	s := newStation(t)
	if err := s.apply(); err != nil {
		t.Fatal(err)
	}
	on := s.commit()
	on.is(execute.OnTrialNow)
	status, err := execute.Look(context.Background(), on.machine)
	if err != nil || status.Left != 900-61 {
		t.Errorf("%+v %v", status, err)
	}
	if err := on.rollback(); err != nil || !strings.Contains(on.stdout.String(), "not committed") {
		t.Error(on.stdout.String(), err)
	}
	checks, err := os.ReadFile(filepath.Join(on.machine.Dir(), execute.GuardChecks))
	var held validate.Baseline
	if err != nil || json.Unmarshal(checks, &held) != nil || len(held.Checks) < 5 {
		t.Errorf("the guard has %d checks: %v", len(held.Checks), err)
	}

	trial, err := execute.ReadTrial(on.machine)
	if err != nil {
		t.Fatal(err)
	}
	w, err := execute.OpenTrialRun(on.machine, trial)
	if err != nil {
		t.Fatal(err)
	}
	r := &execute.Runner{Env: trial.Env(on.machine), Where: plan.OnTrial, Journal: w}
	if err := r.Apply(context.Background(), journal.Committed); err != nil {
		t.Fatal(err)
	}
	on.is(execute.IsCommitted)
	on.facts.Guests[0].Config[0].Value = new("moved to the cellar")
	on.write("etc/pve/nodes/"+on.facts.Host.Name+"/qemu-server/100.conf", "name: moved\n")
	variable := "LoaderEntryDefault-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"
	if _, err := on.machine.Variable(variable); err != nil {
		t.Fatal(err)
	}
	on.again()
	if err := on.rollback(); err != nil {
		t.Fatal(err)
	}
	if v, err := on.machine.Variable(variable); err == nil {
		t.Errorf("the default is %q still", v)
	}
	if !strings.Contains(on.stderr.String(), "moved to the cellar") {
		t.Errorf("the change of a guest is not told: %s", on.stderr.String())
	}
	kept := filepath.Join(execute.RunsAt, trial.Run, execute.GuestsFile)
	guests, err := os.ReadFile(filepath.Join(on.host.Dir(), kept))
	if err != nil || !strings.Contains(string(guests), `"file": "name: moved\n"`) || !strings.Contains(on.stderr.String(), kept) {
		t.Errorf("what became of the guests is not kept: %s %v: %s", guests, err, on.stderr.String())
	}
	on.is(execute.IsRolledBack)
	on.again()
	if err := on.rollback(); err != nil {
		t.Error(err)
	}

	// Back on Proxmox VE, the root that was committed is not removed unasked.
	data, err := os.ReadFile(filepath.Join(on.host.Dir(), execute.RunsAt, trial.Run, execute.JournalFile))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(s.newRoot(), execute.RunsAt, trial.Run)
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, execute.JournalFile), data, 0o600)); err != nil {
		t.Fatal(err)
	}
	s.restarted()
	past, err := execute.ReadPast(s.machine, trial.Run)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := past.Guests(context.Background(), s.machine); err != nil || text != nil {
		t.Errorf("guests of a root that says nothing of them: %s %v", text, err)
	}
	if err := os.WriteFile(filepath.Join(dir, execute.GuestsFile), guests, 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := past.Guests(context.Background(), s.machine); err != nil || string(text) != string(guests) {
		t.Errorf("guests of the side root: %s %v", text, err)
	}
	s.fails(s.rollback(), exitInput, "was committed")
	s.fails(s.resume(), exitInput, "was committed")
	if err := s.converter().rollback(context.Background(), "", true); err != nil {
		t.Fatal(err)
	}
	s.untouched("/proc")
}

// Of a journal that was damaged, what stands before the damage is taken back, and what may be left is named.
func TestADamagedJournal(t *testing.T) {
	s := newStation(t)
	if err := s.apply(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.host.Dir(), journalOf(s.value("run")))
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	at := slices.IndexFunc(lines, func(l []byte) bool {
		return bytes.Contains(l, []byte(`"intent","step":"trial.`)) || bytes.Contains(l, []byte(`"intent","step":"boot.arm`))
	})
	if at < 0 {
		t.Fatal("no line to damage")
	}
	lines[at] = bytes.Replace(lines[at], []byte("intent"), []byte("inTent"), 1)
	if err := os.WriteFile(file, bytes.Join(lines, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	s.again()
	s.is(execute.IsDamaged)
	s.fails(s.resume(), exitInput, "changed after it was written")
	s.again()
	err = s.rollback()
	s.fails(err, exitRollback, "boot.arm")
	if strings.Contains(err.Error(), "root.create") {
		t.Errorf("root.create was taken back: %v", err)
	}
	if _, err := s.machine.Variable("LoaderEntryOneShot-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"); err != nil {
		t.Error("what the journal does not say was taken back")
	}
	s.untouched("/sys/firmware")
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(after, bytes.Join(lines, nil)) {
		t.Error("the damaged journal was changed")
	}
	s.again()
	if err := s.rollback(); err != nil && exitCode(err) != exitRollback {
		t.Error(err)
	}

	// Nothing at all can be read.
	none := newStation(t)
	if err := none.apply(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(none.host.Dir(), journalOf(none.value("run"))), []byte("nonsense\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	none.again()
	none.fails(none.rollback(), exitRollback, "nothing of its journal can be read")
}

func TestWordsAreNotRepeated(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		word, hash := newWord()
		if seen[word] || len(word) != 24 || hash != hex.EncodeToString(guard.Key(word)) {
			t.Errorf("%q %q", word, hash)
		}
		seen[word] = true
	}
}

func TestStatusOfARunThatWorks(t *testing.T) {
	s := newStation(t)
	if err := s.apply(); err != nil {
		t.Fatal(err)
	}
	other := s.machine.Again()
	release, err := execute.LockMachine(other)
	if err != nil {
		t.Fatal(err)
	}
	s.again()
	s.is(execute.Working)
	if err := release(); err != nil {
		t.Fatal(err)
	}
	s.is(execute.IsStaged)
	c := s.converter()
	status, err := execute.Look(context.Background(), s.machine)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.printStatus(status, false); err != nil || !strings.Contains(s.stdout.String(), "the next start is the trial") {
		t.Error(s.stdout.String(), err)
	}
	s.stdout.Reset()
	if err := c.printStatus(status, true); err != nil {
		t.Fatal(err)
	}
	var back execute.Status
	if err := json.Unmarshal(s.stdout.Bytes(), &back); err != nil || cmp.Diff(*status, back) != "" {
		t.Error(s.stdout.String(), err)
	}
}
