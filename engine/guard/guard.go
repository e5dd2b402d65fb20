// Package guard ends a trial. It runs on the new root from the first moments of
// a start that is a trial, and knows one way out beside the restart into Proxmox VE:
// somebody outside proves, over the network, that the machine can be reached and
// that they know the word of the run. Whatever fails in it must end in a restart;
// nothing in it may wait for what a broken system does not deliver.
package guard

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
)

// Machine is what the guard works on: a System that can be restarted without asking anybody.
type Machine interface {
	execute.System
	// Uptime is how long ago the kernel was started.
	Uptime() (time.Duration, error)
	// Sync writes file systems out; it may hang.
	Sync()
	// AskInit asks the first process, without D-Bus, for a restart.
	AskInit() error
	// Restart restarts at once; it returns only when that failed.
	Restart() error
}

// Check is one look at the converted host.
type Check struct {
	Name     string
	Required bool
	// Failed says that the host is not as it should be; a check that could not be made has not failed.
	Failed bool
	// Text says why.
	Text string
}

// Options are what the guard is given.
type Options struct {
	Machine Machine
	// Checks looks at the host, with the file of the checks, nil where there is none.
	Checks func(ctx context.Context, trial *execute.Trial, file []byte) ([]Check, error)
	// Listen opens the port on which a commit is heard.
	Listen func() (net.Listener, error)
	// Own are the addresses of this machine.
	Own func() ([]netip.Addr, error)
	// Say gets every line for the log and the console.
	Say io.Writer
	// Notify tells the service manager that the guard is armed, and alive.
	Notify func(state string)
	Times  Times
}

// Times are the durations that the guard goes by; zero ones have a usual value.
type Times struct {
	// Tick is how often the deadline is looked at.
	Tick time.Duration
	// Retry is how often what did not work is tried again.
	Retry time.Duration
	// Every is the pause between two rounds of checks, Bound how long a round may take.
	Every, Bound time.Duration
	// Grace is how long a required check may fail without a break.
	Grace time.Duration
	// Patience is how long a clean restart may take before the machine is restarted at once.
	Patience time.Duration
	// Linger is how long the guard answers after a commit.
	Linger time.Duration
}

func (t Times) orUsual() Times {
	for _, d := range []struct {
		at    *time.Duration
		usual time.Duration
	}{
		{&t.Tick, time.Second}, {&t.Retry, 2 * time.Second}, {&t.Every, 15 * time.Second}, {&t.Bound, 2 * time.Minute},
		{&t.Grace, 5 * time.Minute}, {&t.Patience, 2 * time.Minute}, {&t.Linger, 30 * time.Second},
	} {
		if *d.at <= 0 {
			*d.at = d.usual
		}
	}
	return t
}

const (
	// commitBound is how long the steps of a commit may take; they start the guests.
	commitBound = 20 * time.Minute
	// callBound bounds a call that a broken system may never answer.
	callBound = 10 * time.Second
	// withoutTrial is how long a trial lasts that nobody can commit.
	withoutTrial = time.Minute
	// lastNote is how long the last line of the journal may hold up a restart.
	lastNote = 3 * time.Second
	// takeBackBound is how long undoing a commit may hold up a restart.
	takeBackBound = time.Minute
	// commandLineFile is the command line of the kernel.
	commandLineFile = "/proc/cmdline"
)

// phase is how far a trial is.
type phase string

const (
	running    phase = "running"
	committing phase = "committing"
	committed  phase = "committed"
	ending     phase = "ending"
)

// guard is a running guard.
type guard struct {
	Options
	started time.Time
	lines   chan string
	notes   chan note

	mu       sync.Mutex
	deadline time.Duration // from the start of the kernel
	phase    phase
	why      string // it ends
	since    time.Duration
	failed   []string // required checks that fail
	looked   bool     // checks were made at least once
	head     string   // of the journal
	silent   bool     // the log is closed
	known    bool     // the trial and its journal could be read

	// writing guards the journal, which is written while disks may hang.
	writing sync.Mutex
	journal *journal.Writer
	trial   *execute.Trial
	// round of checks that has not ended.
	pending chan outcome

	armed   chan struct{} // closed when the root is as a trial needs it
	commits chan struct{} // closed with the commit
	ends    chan struct{} // closed when the end begins
}

// note is a line for the journal of the trial.
type note struct {
	text    string
	written chan struct{}
}

// ErrNoTrial says that this start of the machine is no trial.
var ErrNoTrial = errors.New("this start of the machine is no trial: the command line of the kernel has no pve2nix.trial")

// Run guards the trial until it is committed (nil) or the process is told to stop. It never returns because something failed.
func Run(ctx context.Context, o Options) error {
	o.Times = o.Times.orUsual()
	line, err := readAll(o.Machine, commandLineFile)
	if err != nil {
		return err
	}
	run := execute.TrialOf(line)
	if run == "" {
		return ErrNoTrial
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	g := &guard{
		Options: o, started: time.Now(), phase: running, lines: make(chan string, 256), notes: make(chan note, 64),
		armed: make(chan struct{}), commits: make(chan struct{}), ends: make(chan struct{}),
	}
	written := make(chan struct{})
	go func() { defer close(written); g.write() }()
	defer func() { // the last lines, unless the log hangs
		g.mu.Lock()
		g.silent = true
		close(g.lines)
		g.mu.Unlock()
		select {
		case <-written:
		case <-time.After(time.Second):
		}
	}()
	// What follows may find a root on which nothing works. A deadline runs before any of it.
	g.deadline = g.uptime() + withoutTrial
	ticking := make(chan struct{})
	go func() { defer close(ticking); g.tick(ctx) }()
	working := make(chan struct{})
	go func() { defer close(working); g.work(ctx, run) }()
	// Units that start guests look at what a commit has left: they may look when that is in order.
	select {
	case <-g.armed:
	case <-time.After(callBound):
	case <-ctx.Done():
	}
	g.Notify("READY=1")
	select {
	case <-g.commits:
		g.Notify("STATUS=committed")
		select {
		case <-time.After(g.Times.Linger):
		case <-ctx.Done():
		}
		err = nil
	case <-ctx.Done():
		<-ticking
		err = ctx.Err()
	}
	stop()
	select { // those who still speak
	case <-working:
	case <-time.After(time.Second):
	}
	return err
}

// readAll reads a file whose size is not known before: those of the kernel have none.
func readAll(f execute.Files, name string) (string, error) {
	r, err := f.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	data, err := io.ReadAll(io.LimitReader(r, 64<<20))
	return string(data), errors.Join(err, r.Close())
}

// say puts a line into the log. It does not wait: where the log hangs, lines are lost.
func (g *guard) say(format string, args ...any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.tell(fmt.Sprintf(format, args...))
}

// tell is say where the lock is held.
func (g *guard) tell(line string) {
	if g.silent {
		return
	}
	select {
	case g.lines <- line:
	default:
	}
}

func (g *guard) write() {
	for line := range g.lines {
		fmt.Fprintf(g.Say, "pve2nix: %s\n", line)
	}
}

// note says a line and puts it into the journal of the trial, where there is one. It does not wait either.
func (g *guard) note(format string, args ...any) (written <-chan struct{}) {
	n := note{fmt.Sprintf(format, args...), make(chan struct{})}
	g.say("%s", n.text)
	select {
	case g.notes <- n:
	default:
	}
	return n.written
}

// record writes the notes into the journal.
func (g *guard) record(ctx context.Context) {
	for {
		select {
		case n := <-g.notes:
			if err := g.append(journal.Record{Event: journal.Note, Text: n.text}); err != nil {
				g.say("%s", err)
			}
			close(n.written)
		case <-ctx.Done():
			return
		}
	}
}

// append writes a record, unless the commit has ended: then the journal is that of whoever works on the committed system.
func (g *guard) append(r journal.Record) error {
	g.writing.Lock()
	defer g.writing.Unlock()
	if _, committed := commitIn(g.journal.Records()); committed {
		return nil
	}
	err := g.journal.Append(r)
	g.remember()
	return err
}

// remember keeps the head of the journal for those who must not wait for the disk.
func (g *guard) remember() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.head = g.journal.Head()
}

// uptime is how long ago the kernel was started; where that cannot be learnt, how long ago the guard was.
func (g *guard) uptime() time.Duration {
	up, err := g.Machine.Uptime()
	if err != nil {
		return time.Since(g.started)
	}
	return up
}

// tick looks at the deadline, and ends the trial.
func (g *guard) tick(ctx context.Context) {
	t := time.NewTicker(g.Times.Tick)
	defer t.Stop()
	for {
		up := g.uptime()
		g.mu.Lock()
		var over string
		switch {
		case g.phase == running && up >= g.deadline && !g.known:
			over = "nobody can commit this trial"
		case g.phase == running && up >= g.deadline:
			over = fmt.Sprintf("the deadline of %s has passed without a commit", g.deadline)
		case g.phase == committing && up >= g.since+commitBound+time.Minute:
			over = "the steps of the commit do not end"
		}
		if over != "" {
			g.phase, g.why = ending, over
			close(g.ends)
		}
		end, why := g.phase == ending, g.why
		g.mu.Unlock()
		if end {
			g.end(ctx, why)
			return
		}
		g.Notify("WATCHDOG=1")
		select {
		case <-t.C:
		case <-g.ends:
		case <-ctx.Done():
			return
		}
	}
}

// stop ends the trial for a reason, unless it is being committed, or has ended.
func (g *guard) stop(why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.phase == running {
		g.phase, g.why = ending, why
		close(g.ends)
	}
}

// end restarts the machine: cleanly, and, where that does not end the system, at once.
func (g *guard) end(ctx context.Context, why string) {
	noted := g.note("restart into Proxmox VE: %s", why)
	g.Notify("STATUS=restart: " + why)
	select {
	case <-noted:
	case <-time.After(g.noteBound()):
	}
	g.takeBack(ctx)
	if err := g.ask(ctx); err != nil {
		g.say("the system does not restart by itself: %s", err)
	} else {
		for until := time.Now().Add(g.Times.Patience); time.Now().Before(until); {
			g.Notify("WATCHDOG=1")
			select {
			case <-ctx.Done(): // the services are stopped, and this is the last of them
				return
			case <-time.After(min(g.Times.Tick, time.Until(until))):
			}
		}
		g.say("the system does not end")
	}
	g.say("restart at once")
	synced := make(chan struct{})
	go func() { g.Machine.Sync(); close(synced) }()
	select {
	case <-synced:
	case <-time.After(callBound):
	}
	for {
		if err := g.Machine.Restart(); err != nil {
			g.say("%s", err)
		}
		g.Notify("WATCHDOG=1")
		select {
		case <-ctx.Done():
			return
		case <-time.After(g.Times.Retry):
		}
	}
}

// disarm takes the choice for the next start back until that has worked: devices and variables come up while the guard runs already.
func (g *guard) disarm(ctx context.Context) {
	took := g.retry(ctx, "the choice for the next start is not taken back yet", func() error {
		ctx, cancel := context.WithTimeout(ctx, g.Times.Bound)
		defer cancel()
		g.writing.Lock() // a commit writes to the same places
		defer g.writing.Unlock()
		return execute.Disarm(ctx, g.trial.Env(g.Machine))
	})
	if took {
		g.note("the next start is that of Proxmox VE: no boot loader has another choice")
	}
}

// wait says whether the guard is still needed after a while.
func (g *guard) wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// work reads what the trial is, opens its journal, goes on with a commit that was cut off, then hears commits and looks at the host.
func (g *guard) work(ctx context.Context, run string) {
	if !g.retry(ctx, "nobody can commit this trial", func() error { return g.read(run) }) {
		return
	}
	go g.disarm(ctx)
	if !g.retry(ctx, "the journal of the trial cannot be written", g.openJournal) {
		return
	}
	close(g.armed)
	heard, recorded := make(chan struct{}), make(chan struct{})
	go func() { defer close(recorded); g.record(ctx) }()
	go func() { defer close(heard); g.hear(ctx) }()
	if g.begun() {
		g.commit(ctx, "the commit that was cut off", true)
	}
	g.look(ctx)
	<-heard
	<-recorded // nothing is written to the journal when another guard opens it
}

// retry does something until it works; it says what did not whenever that is something new.
func (g *guard) retry(ctx context.Context, what string, do func() error) bool {
	for said := ""; ; {
		err := do()
		if err == nil {
			return true
		}
		if err.Error() != said {
			said = err.Error()
			g.say("%s: %s", what, err)
		}
		if !g.wait(ctx, g.Times.Retry) {
			return false
		}
	}
}

// read reads the file of the trial.
func (g *guard) read(run string) error {
	trial, err := execute.ReadTrial(g.Machine)
	if err != nil {
		return err
	}
	if trial.Run != run {
		return fmt.Errorf("%s is that of run %s, the kernel was started for %s", execute.GuardTrial, trial.Run, run)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trial = trial
	return nil
}

func (g *guard) openJournal() error {
	g.writing.Lock()
	defer g.writing.Unlock()
	_, missing := g.Machine.Lstat(path.Join(execute.RunsAt, g.trial.Run, execute.JournalFile))
	w, err := execute.OpenTrialRun(g.Machine, g.trial)
	if err != nil {
		return err
	}
	if missing == nil {
		if err := w.Append(journal.Record{Event: journal.Resume, Text: "the guard was started again"}); err != nil {
			return err
		}
	}
	begun, ended := commitIn(w.Records())
	if !begun {
		// A mark without a commit is one that was cut off before anything was done.
		if err := execute.SetCommitted(g.Machine, g.trial.Run, false); err != nil {
			return err
		}
	}
	g.journal = w
	g.remember()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.known = true
	if ended { // and the guard was killed, or somebody chose the trial in the menu
		if g.phase == running {
			g.phase = committed
			close(g.commits)
		}
		return nil
	}
	if begun && g.phase == running { // a commit was cut off; it was proven in time
		g.phase, g.since = committing, g.uptime()
	}
	g.deadline = time.Duration(g.trial.Deadline) * time.Second
	g.tell(fmt.Sprintf("trial of run %s: restart into Proxmox VE %s after the start of the kernel, unless it is committed", g.trial.Run, g.deadline))
	return nil
}

// commitIn says whether a commit was begun and not taken back, and whether it has ended.
func commitIn(records []journal.Record) (begun, ended bool) {
	for _, r := range records {
		switch r.Event {
		case journal.Intent:
			begun = true
		case journal.End:
			ended = r.Outcome == journal.Committed
			begun = ended || r.Outcome == journal.RollbackFailed
		}
	}
	return begun, ended
}

func (g *guard) begun() bool {
	g.writing.Lock()
	defer g.writing.Unlock()
	begun, ended := commitIn(g.journal.Records())
	return begun && !ended
}

// hear serves the port of the commit.
func (g *guard) hear(ctx context.Context) {
	key, err := hex.DecodeString(g.trial.Word)
	if err != nil {
		g.say("the hash of the word: %s", err) // ReadTrial refuses it before
		return
	}
	s := &server{key: key, own: g.Own, handle: g.handle, log: func(line string) { g.say("%s", line) }}
	g.retry(ctx, "commit is not heard", func() error {
		l, err := g.Listen()
		if err != nil {
			return err
		}
		g.say("commit is heard at %s", l.Addr())
		defer context.AfterFunc(ctx, func() { _ = l.Close() })()
		defer func() { _ = l.Close() }()
		if err = s.serve(ctx, l); ctx.Err() != nil {
			return nil
		}
		return err
	})
}

// handle does what a proven request wants.
func (g *guard) handle(ctx context.Context, from netip.Addr, intent Intent) Answer {
	text := ""
	if intent == Commit {
		text = g.commit(ctx, "commit from "+from.String(), false)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	a := Answer{Run: g.trial.Run, Head: g.head, Committed: g.phase == committed, Text: text, Remaining: max(0, int((g.deadline - g.uptime()).Seconds()))}
	if text == "" {
		a.Text = g.stands()
	}
	return a
}

// stands says how the trial stands; the lock is held.
func (g *guard) stands() string {
	switch {
	case g.phase == committed:
		return "committed"
	case g.phase == committing:
		return "it is being committed"
	case g.phase == ending:
		return "it ends: " + g.why
	case !g.looked:
		return "the required checks were not made yet"
	case len(g.failed) > 0:
		return "required checks fail: " + strings.Join(g.failed, "; ")
	}
	return "all required checks pass; it can be committed"
}

// commit takes the steps of the commit, those that are missing where it was cut off. It says why it did not, or "".
func (g *guard) commit(ctx context.Context, who string, resumed bool) (refusal string) {
	g.mu.Lock()
	if g.phase == committed {
		g.mu.Unlock()
		return ""
	}
	if !resumed {
		if g.phase != running || !g.looked || len(g.failed) > 0 {
			defer g.mu.Unlock()
			return g.stands()
		}
		g.phase, g.since = committing, g.uptime()
	}
	g.mu.Unlock()
	err := g.steps(ctx, who)
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.phase != committing: // it took too long, and the machine restarts
		return g.stands()
	case err != nil:
		g.phase = running
		return err.Error()
	}
	g.phase = committed
	close(g.commits)
	g.tell("committed: the new system is the default")
	return ""
}

// steps carries the steps out, or takes them back.
func (g *guard) steps(ctx context.Context, who string) error {
	g.writing.Lock()
	defer g.writing.Unlock()
	defer g.remember()
	g.say("%s: its steps are taken", who)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitBound)
	defer cancel()
	r := &execute.Runner{Env: g.trial.Env(g.Machine), Where: plan.OnTrial, Journal: g.journal, Tell: func(r journal.Record) {
		if r.Step != "" {
			g.say("%s %s", r.Event, strings.TrimSpace(r.Step+" "+firstLine(r.Text)))
		}
	}}
	err := g.journal.Append(journal.Record{Event: journal.Note, Text: who})
	if err == nil {
		err = execute.SetCommitted(g.Machine, g.trial.Run, true)
	}
	if err == nil {
		err = r.Apply(ctx, journal.Committed)
	}
	if err != nil {
		err = errors.Join(err, execute.SetCommitted(g.Machine, g.trial.Run, false))
		g.say("commit: %s", err)
	}
	return err
}

// noteBound is how long to wait for the last line of the journal: not at all where there is none.
func (g *guard) noteBound() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.known {
		return 0
	}
	return lastNote
}

// ask asks logind for a restart, and the first process where logind does not take it.
func (g *guard) ask(ctx context.Context) error {
	answer := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(ctx, callBound)
		defer cancel()
		answer <- execute.RequestReboot(ctx, g.Machine)
	}()
	var err error
	select {
	case err = <-answer:
	case <-time.After(callBound + time.Second):
		err = errors.New("no answer")
	}
	if err == nil {
		return nil
	}
	g.say("logind does not restart the machine: %s", err)
	return g.Machine.AskInit()
}

// takeBack undoes what is left of a commit that failed, or does not end, before the machine restarts: the default must be Proxmox VE.
func (g *guard) takeBack(ctx context.Context) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.writing.Lock()
		defer g.writing.Unlock()
		if g.journal == nil {
			return
		}
		if begun, ended := commitIn(g.journal.Records()); !begun || ended {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, takeBackBound)
		defer cancel()
		r := &execute.Runner{Env: g.trial.Env(g.Machine), Where: plan.OnTrial, Journal: g.journal}
		if err := r.Rollback(ctx, errors.New("the trial ends")); err != nil {
			g.say("the commit is not taken back: %s", err)
		}
	}()
	select {
	case <-done:
	case <-time.After(takeBackBound):
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
