package guard_test

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/execute/grubenv"
	"github.com/pve2nix/pve2nix/engine/guard"
	"github.com/pve2nix/pve2nix/engine/journal"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/faults"
)

const (
	word = "gravel-otter-lantern"
	esp  = "3F1B-9C2A"
	unit = "guests.target"
)

// machine is a host on which a trial runs, with a clock that tests turn.
type machine struct {
	*faults.Machine
	up       *atomic.Int64
	restarts *atomic.Int64 // reboot(2)
	asked    *atomic.Int64 // the first process
	logind   *atomic.Int64
	noInit   bool
	block    chan struct{} // while open, the trial's file cannot be read
}

func (m *machine) Uptime() (time.Duration, error) { return time.Duration(m.up.Load()), nil }
func (m *machine) Sync()                          {}
func (m *machine) Restart() error                 { m.restarts.Add(1); return nil }
func (m *machine) AskInit() error {
	m.asked.Add(1)
	if m.noInit {
		return errors.New("no such process")
	}
	return nil
}

func (m *machine) OpenFile(name string, flag int, mode os.FileMode) (execute.File, error) {
	if m.block != nil && name == execute.GuardTrial {
		<-m.block
	}
	return m.Machine.OpenFile(name, flag, mode)
}

// manager is a stand-in of systemd and logind.
type manager struct {
	m      *faults.Machine
	logind *atomic.Int64
	fail   *atomic.Bool // units do not start
	active *sync.Map
}

func (b manager) Call(_ context.Context, _ string, _ dbus.ObjectPath, method string, args []any, reply ...any) error {
	return b.m.BusCall(method, func() error {
		switch method[strings.LastIndex(method, ".")+1:] {
		case "Reboot":
			b.logind.Add(1)
		case "LoadUnit":
			*reply[0].(*dbus.ObjectPath) = dbus.ObjectPath("/" + args[0].(string))
		case "StartUnit":
			if b.fail.Load() {
				return errors.New("unit does not start")
			}
			b.active.Store("/"+args[0].(string), true)
		case "StopUnit":
			b.active.Delete("/" + args[0].(string))
		}
		return nil
	})
}

func (b manager) Property(_ context.Context, _ string, path dbus.ObjectPath, _ string) (dbus.Variant, error) {
	if _, ok := b.active.Load(string(path)); ok {
		return dbus.MakeVariant("active"), nil
	}
	return dbus.MakeVariant("inactive"), nil
}

func (b manager) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	return nil, nil, errors.New("no signals")
}

func (b manager) Close() error { return nil }

// trial is a host whose run was staged on PVE, started into the new root.
type trial struct {
	t         *testing.T
	host      *faults.Host
	machine   *machine
	run       string
	unitFails *atomic.Bool
	times     guard.Times
	checks    func(context.Context, *execute.Trial, []byte) ([]guard.Check, error)
	from      string // whom the guard sees
	addr      chan string
	log       *lines
}

// lines is a log that can be waited for.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.text.String() }

func newTrial(t *testing.T, boot string) *trial {
	t.Helper()
	h, err := faults.NewHost(t.TempDir(), "lvm-thin", boot)
	if err != nil {
		t.Fatal(err)
	}
	h.Params.Word = hex.EncodeToString(guard.Key(word))
	steps, err := h.Steps()
	if err != nil {
		t.Fatal(err)
	}
	start, err := plan.NewStep("commit.start", plan.OnTrial, plan.StartUnits{Units: []string{unit}})
	if err != nil {
		t.Fatal(err)
	}
	steps = append(steps, start)
	name, w, err := execute.NewRun(h.Machine)
	if err != nil {
		t.Fatal(err)
	}
	r := &execute.Runner{
		Env:   &execute.Env{System: h.Machine, Params: h.Params, RunID: name, Dir: execute.RunsAt + "/" + name, Baseline: []byte("{}"), Checks: []byte("checks"), Steps: steps},
		Where: plan.OnPVE, Journal: w,
	}
	if err := errors.Join(r.Begin(), r.Apply(context.Background(), journal.Staged)); err != nil {
		t.Fatal(err)
	}
	// The next start: the side root is the root, the disks are the same.
	side, err := h.Device(h.Layout.Root)
	if err != nil {
		t.Fatal(err)
	}
	state := filepath.Join(h.Dir(), plan.StateAt)
	for _, err := range []error{
		os.RemoveAll(state), os.MkdirAll(state, 0o755),
		os.CopyFS(filepath.Join(state, "guard"), os.DirFS(filepath.Join(side, plan.StateAt, "guard"))),
		os.WriteFile(filepath.Join(h.Dir(), "proc/cmdline"), []byte("init=/nix/x/init pve2nix.trial="+name+" panic=10\n"), 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	x := &trial{t: t, host: h, run: name, unitFails: &atomic.Bool{}, from: "192.0.2.7", addr: make(chan string, 8), log: &lines{}}
	logind, active := &atomic.Int64{}, &sync.Map{}
	h.Machine.System = func(_ context.Context, m *faults.Machine) (execute.Bus, error) {
		return manager{m, logind, x.unitFails, active}, nil
	}
	h.Machine.Break(faults.Fault{})
	x.machine = &machine{Machine: h.Machine, up: &atomic.Int64{}, restarts: &atomic.Int64{}, asked: &atomic.Int64{}, logind: logind}
	x.uptime(30 * time.Second)
	const ms = time.Millisecond
	x.times = guard.Times{Tick: 5 * ms, Retry: 5 * ms, Every: 5 * ms, Bound: time.Second, Grace: 50 * ms, Patience: 50 * ms, Linger: 20 * ms}
	return x
}

func (x *trial) uptime(d time.Duration) { x.machine.up.Store(int64(d)) }

// seenFrom is a listener whose peers have another address.
type seenFrom struct {
	net.Listener
	from string
}

type connFrom struct {
	net.Conn
	from string
}

func (l seenFrom) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil || l.from == "" {
		return c, err
	}
	return connFrom{c, l.from}, nil
}

func (c connFrom) RemoteAddr() net.Addr {
	return net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(c.from), 40000))
}

// start runs the guard until stop is called or it ends by itself.
func (x *trial) start() (done chan error, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	result, ended := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(ended)
		result <- guard.Run(ctx, guard.Options{
			Machine: x.machine, Checks: x.checks, Times: x.times, Say: x.log, Notify: func(string) {},
			Own: func() ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil },
			Listen: func() (net.Listener, error) {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err == nil {
					x.addr <- l.Addr().String()
				}
				return seenFrom{l, x.from}, err
			},
		})
	}()
	stop = func() { cancel(); <-ended }
	x.t.Cleanup(stop)
	return result, stop
}

// until waits for something to become true.
func (x *trial) until(what string, is func() bool) {
	x.t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); {
		if time.Now().After(end) {
			x.t.Fatalf("%s: never\n%s", what, x.log)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func (x *trial) said(text string) func() bool {
	return func() bool { return strings.Contains(x.log.String(), text) }
}

// records is the journal of the trial.
func (x *trial) records() []journal.Record {
	x.t.Helper()
	data, err := os.ReadFile(filepath.Join(x.host.Dir(), execute.RunsAt, x.run, execute.JournalFile))
	if err != nil {
		x.t.Fatal(err)
	}
	records, _, err := journal.Read(data)
	if err != nil {
		x.t.Fatal(err)
	}
	return records
}

// block is the environment block on the ESP.
func (x *trial) block() grubenv.Block {
	x.t.Helper()
	dir, err := x.host.Device("/dev/disk/by-uuid/" + esp)
	if err != nil {
		x.t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "pve2nix/grubenv"))
	if err != nil {
		x.t.Fatal(err)
	}
	b, err := grubenv.Parse(data)
	if err != nil {
		x.t.Fatal(err)
	}
	return b
}

// commits says whether the new system is the default, and guests may start: both or none.
func (x *trial) committed() bool {
	x.t.Helper()
	standing := x.block().Get("p2n_default") != ""
	_, err := os.Stat(filepath.Join(x.host.Dir(), execute.GuardCommitted))
	if standing != (err == nil) {
		x.t.Errorf("default of the boot loader changed: %v, guests may start: %v", standing, err == nil)
	}
	return standing
}

func (x *trial) ask(intent guard.Intent, word string) (guard.Answer, error) {
	x.t.Helper()
	addr := <-x.addr
	x.addr <- addr
	return guard.Ask(context.Background(), addr, word, intent)
}

func TestDeadlineLeadsBack(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	x.uptime(899 * time.Second)
	x.start()
	x.until("armed", x.said("restart into Proxmox VE 15m0s after the start"))
	time.Sleep(30 * time.Millisecond)
	if n := x.machine.logind.Load(); n != 0 {
		t.Fatal("restarted before the deadline")
	}
	x.uptime(900 * time.Second)
	x.until("logind", func() bool { return x.machine.logind.Load() == 1 })
	if x.machine.restarts.Load() != 0 {
		t.Error("restarted at once, although logind takes care of it")
	}
	x.until("reboot(2) where logind does not end the system", func() bool { return x.machine.restarts.Load() > 0 })
	if x.committed() {
		t.Error("committed")
	}
	last := x.records()[len(x.records())-1]
	if !strings.Contains(last.Text, "the deadline of 15m0s has passed") {
		t.Errorf("%+v", last)
	}
}

func TestRestartNeedsNobody(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	x.host.Machine.System = nil
	x.uptime(time.Hour)
	x.start()
	x.until("the first process is asked", func() bool { return x.machine.asked.Load() == 1 })
	x.until("reboot(2)", func() bool { return x.machine.restarts.Load() > 0 })

	y := newTrial(t, "grub-bios")
	y.host.Machine.System = nil
	y.machine.noInit = true
	y.times.Patience = time.Hour
	y.uptime(time.Hour)
	y.start()
	y.until("reboot(2) at once", func() bool { return y.machine.restarts.Load() > 0 })
}

// Nothing that a broken system does not deliver is waited for.
func TestDeadlineOnABrokenRoot(t *testing.T) {
	t.Parallel()
	hanging := make(chan struct{})
	t.Cleanup(func() { close(hanging) })
	for name, breakIt := range map[string]func(*trial){
		"disk hangs":   func(x *trial) { x.machine.block = hanging },
		"no trial":     func(x *trial) { _ = os.Remove(filepath.Join(x.host.Dir(), execute.GuardTrial)) },
		"other run":    func(x *trial) { x.cmdline("20200101T000000Z") },
		"no such run":  func(x *trial) { x.cmdline("../../etc") },
		"torn trial":   func(x *trial) { _ = os.Truncate(filepath.Join(x.host.Dir(), execute.GuardTrial), 100) },
		"read-only":    func(x *trial) { x.machine.Break(faults.Fault{At: 1, Kind: faults.ReadOnly, When: faults.Before}) },
		"disk is gone": func(x *trial) { x.machine.Break(faults.Fault{At: 4, Kind: faults.Failing, When: faults.Before}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newTrial(t, "grub-bios")
			breakIt(x)
			x.start()
			time.Sleep(20 * time.Millisecond)
			if x.machine.logind.Load()+x.machine.restarts.Load() != 0 {
				t.Fatal("restarted at once: nobody could read why")
			}
			x.uptime(91 * time.Second) // a minute after it was started
			x.until("restart", func() bool { return x.machine.logind.Load() > 0 })
			x.until("reason", x.said("nobody can commit this trial"))
		})
	}
}

func (x *trial) cmdline(run string) {
	if err := os.WriteFile(filepath.Join(x.host.Dir(), "proc/cmdline"), []byte("pve2nix.trial="+run), 0o644); err != nil {
		x.t.Fatal(err)
	}
}

// stuck is a log that hangs for ever.
type stuck struct{ c chan struct{} }

func (s stuck) Write([]byte) (int, error) { <-s.c; return 0, nil }

func TestDeadlineWithoutALog(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	hang := stuck{make(chan struct{})}
	defer close(hang.c)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var rounds atomic.Int64
	x.times.Every, x.times.Grace = 100*time.Microsecond, time.Hour
	go func() {
		_ = guard.Run(ctx, guard.Options{Machine: x.machine, Times: x.times, Say: hang, Notify: func(string) {}, Own: guard.OwnAddresses,
			Checks: func(context.Context, *execute.Trial, []byte) ([]guard.Check, error) {
				return []guard.Check{{Name: fmt.Sprint(rounds.Add(1)), Required: true, Failed: true}}, nil
			},
			Listen: func() (net.Listener, error) { return nil, errors.New("no network") }})
	}()
	x.until("more lines than are kept", func() bool { return rounds.Load() > 400 })
	x.uptime(time.Hour)
	x.until("restart", func() bool { return x.machine.logind.Load() > 0 })
}

func TestNoTrialNoGuard(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	if err := os.WriteFile(filepath.Join(x.host.Dir(), "proc/cmdline"), []byte("quiet\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	done, _ := x.start()
	if err := <-done; !errors.Is(err, guard.ErrNoTrial) {
		t.Fatal(err)
	}
}

// A boot loader clears the choice where it read it. What is left elsewhere is cleared by the guard.
func TestChoiceIsTakenBackFirst(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	if x.block().Get("p2n_once") == "" {
		t.Fatal("nothing was armed")
	}
	x.start()
	x.until("disarmed", x.said("no boot loader has another choice"))
	if b := x.block(); b.Get("p2n_once") != "" || b.Get("p2n_args") != "" {
		t.Errorf("%+v", b)
	}
}

func TestCommit(t *testing.T) {
	t.Parallel()
	for _, boot := range []string{"grub-bios", "grub-bios-on-esp"} {
		t.Run(boot, func(t *testing.T) {
			x := newTrial(t, boot)
			done, _ := x.start()
			x.until("checks", x.said("all required checks pass"))
			a, err := x.ask(guard.Look, word)
			if err != nil || a.Committed || a.Run != x.run || !strings.Contains(a.Text, "can be committed") || a.Remaining != 870 {
				t.Fatalf("%+v %v", a, err)
			}
			if a, err = x.ask(guard.Commit, word); err != nil || !a.Committed {
				t.Fatalf("%+v %v", a, err)
			}
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			records := x.records()
			if end := records[len(records)-1]; end.Outcome != journal.Committed || end.Hash != a.Head {
				t.Errorf("%+v, the answer has head %s", end, a.Head)
			}
			if !x.committed() || x.machine.logind.Load()+x.machine.restarts.Load() != 0 {
				t.Error("not committed, or restarted")
			}
			var begin struct {
				Continues string `json:"continues"`
			}
			if err := json.Unmarshal(records[0].Data, &begin); err != nil || len(begin.Continues) != 64 {
				t.Errorf("%s does not name the journal that it continues", records[0].Data)
			}
			// Once more, after the deadline: the guard that is started again ends, and nothing happens.
			x.uptime(time.Hour)
			done, _ = x.start()
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			if !x.committed() || x.machine.logind.Load()+x.machine.restarts.Load() != 0 {
				t.Error("a committed system was restarted")
			}
		})
	}
}

func TestOnlyTheWordFromOutsideCommits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ from, word, want string }{
		"another word": {"192.0.2.7", "gravel-otter-lanterm", "does not know the word"},
		"own address":  {"192.0.2.1", word, "this machine itself"},
		"mapped":       {"::ffff:192.0.2.1", word, "this machine itself"},
		"loopback":     {"", word, "this machine itself"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, "grub-bios")
			x.from = c.from
			x.start()
			x.until("checks", x.said("all required checks pass"))
			if a, err := x.ask(guard.Commit, c.word); err == nil {
				t.Fatalf("%+v", a)
			}
			x.until("reason", x.said(c.want))
			if x.committed() {
				t.Error("committed")
			}
			x.uptime(900 * time.Second)
			x.until("restart", func() bool { return x.machine.logind.Load() > 0 })
		})
	}
}

// Who has heard a commit cannot say it again.
func TestCommitCannotBeReplayed(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	x.times.Linger = time.Minute
	x.start()
	x.until("checks", x.said("all required checks pass"))
	addr := <-x.addr
	// A wire between the two that keeps what the client says.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	heard := make(chan string, 1)
	go func() {
		client, err := l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", addr)
		if err != nil {
			return
		}
		s, c := bufio.NewReader(server), bufio.NewReader(client)
		hello, _ := s.ReadString('\n')
		fmt.Fprint(client, hello)
		request, _ := c.ReadString('\n')
		heard <- request
		_ = server.Close()
		_ = client.Close()
	}()
	if _, err := guard.Ask(context.Background(), l.Addr().String(), word, guard.Commit); err == nil {
		t.Fatal("committed through a wire that was cut")
	}
	time.Sleep(2100 * time.Millisecond) // the peer failed a moment ago
	again, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(again).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(again, <-heard)
	x.until("refused", x.said("does not know the word"))
	if x.committed() {
		t.Error("committed by a replay")
	}
}

func TestGuardMustKnowTheWordToo(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		fmt.Fprintf(c, `{"protocol":%q,"challenge":"%064d"}`+"\n", guard.Protocol, 0)
		_, _ = bufio.NewReader(c).ReadString('\n')
		fmt.Fprintf(c, `{"run":"x","head":"%064d","committed":true,"text":"","remaining":1,"proof":"%064d"}`+"\n", 0, 0)
	}()
	_, err = guard.Ask(context.Background(), l.Addr().String(), word, guard.Commit)
	var unproven *guard.UnprovenError
	if !errors.As(err, &unproven) {
		t.Fatal(err)
	}
}

// A commit whose steps fail is taken back, and the trial goes on to its deadline.
func TestCommitThatFails(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	x.unitFails.Store(true)
	x.start()
	x.until("checks", x.said("all required checks pass"))
	_, err := x.ask(guard.Commit, word)
	var refused *guard.RefusedError
	if !errors.As(err, &refused) || !strings.Contains(refused.Answer.Text, "unit does not start") {
		t.Fatal(err)
	}
	if x.committed() {
		t.Error("still committed")
	}
	x.unitFails.Store(false)
	if a, err := x.ask(guard.Commit, word); err != nil || !a.Committed || !x.committed() {
		t.Errorf("the second try: %+v %v", a, err)
	}
}

func TestCommitThatFailsEndsAtTheDeadline(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	x.unitFails.Store(true)
	x.start()
	x.until("checks", x.said("all required checks pass"))
	if _, err := x.ask(guard.Commit, word); err == nil {
		t.Fatal("committed")
	}
	x.uptime(900 * time.Second)
	x.until("restart", func() bool { return x.machine.logind.Load() > 0 })
	if x.committed() {
		t.Error("the default is not Proxmox VE")
	}
}

func TestRequiredChecksEndTheTrialEarly(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	x.times.Grace = 300 * time.Millisecond
	x.checks = func(_ context.Context, _ *execute.Trial, baseline []byte) ([]guard.Check, error) {
		if string(baseline) != "checks" {
			return nil, errors.New("other checks")
		}
		return []guard.Check{{Name: "gateway", Required: true, Failed: true, Text: "192.0.2.254 does not answer"}, {Name: "time", Failed: true}, {Name: "units", Required: true}}, nil
	}
	x.start()
	x.until("told", x.said("wanted and not required: time"))
	if _, err := x.ask(guard.Commit, word); err == nil || !strings.Contains(err.Error(), "gateway: 192.0.2.254 does not answer") {
		t.Errorf("commit with a required check that fails: %v", err)
	}
	x.until("restart", func() bool { return x.machine.logind.Load() > 0 })
	x.until("reason", x.said("required checks have failed for 300ms: gateway"))
}

// A check that recovers within the grace time does no harm; checks that cannot be made count as failing, and hang without harm.
func TestChecks(t *testing.T) {
	t.Parallel()
	t.Run("recovers", func(t *testing.T) {
		x := newTrial(t, "grub-bios")
		var rounds atomic.Int64
		x.times.Grace = time.Second
		x.checks = func(context.Context, *execute.Trial, []byte) ([]guard.Check, error) {
			return []guard.Check{{Name: "bridge", Required: true, Failed: rounds.Add(1)%2 == 1}}, nil
		}
		x.start()
		x.until("rounds", func() bool { return rounds.Load() > 20 })
		time.Sleep(1200 * time.Millisecond)
		if x.machine.logind.Load() != 0 {
			t.Error("restarted")
		}
	})
	for name, checks := range map[string]func(context.Context, *execute.Trial, []byte) ([]guard.Check, error){
		"error": func(context.Context, *execute.Trial, []byte) ([]guard.Check, error) {
			return nil, errors.New("no netlink")
		},
		"panic": func(context.Context, *execute.Trial, []byte) ([]guard.Check, error) { panic("oh") },
		"hangs": func(context.Context, *execute.Trial, []byte) ([]guard.Check, error) { select {} },
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(t, "grub-bios")
			x.checks, x.times.Bound = checks, 20*time.Millisecond
			x.start()
			x.until("restart", func() bool { return x.machine.logind.Load() > 0 })
			x.until("reason", x.said("required checks have failed"))
			if x.committed() {
				t.Error("committed")
			}
		})
	}
}

// The guard may be killed at any moment. The next one goes by the same deadline, and there is no state between committed and not.
func TestKilledGuardGoesOn(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	_, stop := x.start()
	x.until("armed", x.said("all required checks pass"))
	stop()
	x.uptime(901 * time.Second)
	x.start()
	x.until("restart", func() bool { return x.machine.logind.Load() > 0 })
	resumed := false
	for _, r := range x.records() {
		resumed = resumed || r.Event == journal.Resume
	}
	if !resumed {
		t.Error("the journal does not say that the guard was started again")
	}
}

func TestCommitCutOffAnywhere(t *testing.T) {
	t.Parallel()
	probe := newTrial(t, "grub-bios")
	probe.checks = onceThenWait()
	done, _ := probe.start()
	probe.until("checks", probe.said("all required checks pass"))
	probe.until("disarmed", probe.said("no boot loader has another choice"))
	time.Sleep(30 * time.Millisecond)
	probe.machine.Break(faults.Fault{})
	if _, err := probe.ask(guard.Commit, word); err != nil {
		t.Fatal(err)
	}
	<-done
	operations := len(probe.machine.Operations())
	if operations < 50 {
		t.Fatalf("only %d operations", operations)
	}
	outcomes := map[bool]int{}
	for i, at := 0, 1; at <= operations; i, at = i+1, at+7 {
		f := faults.Fault{At: at, Kind: []faults.Kind{faults.Kill, faults.PowerCut, faults.IOError}[i%3], When: []faults.When{faults.Before, faults.Inside, faults.After}[i/3%3]}
		x := newTrial(t, "grub-bios")
		x.checks = onceThenWait()
		_, stop := x.start()
		x.until("checks", x.said("all required checks pass"))
		x.until("disarmed", x.said("no boot loader has another choice"))
		time.Sleep(10 * time.Millisecond)
		x.machine.Break(f)
		_, _ = x.ask(guard.Commit, word)
		stop()
		again := *x.machine
		again.Machine = x.machine.Again()
		x.machine, x.log = &again, &lines{}
		x.host.Machine = again.Machine
		done, stop := x.start()
		x.until("armed again", func() bool {
			return x.said("checks pass")() || x.said("committed: the new system")() || len(done) > 0
		})
		x.uptime(901 * time.Second)
		x.until("an end", func() bool { return x.machine.logind.Load() > 0 || len(done) > 0 })
		stop()
		is := x.committed()
		outcomes[is]++
		if is != (x.machine.logind.Load() == 0) {
			t.Errorf("%s: committed %v, restarts asked for: %d\n%s", f, is, x.machine.logind.Load(), x.log)
		}
	}
	t.Logf("%d operations; committed or not: %v", operations, outcomes)
	if outcomes[true] == 0 || outcomes[false] == 0 {
		t.Error("faults at both sides of the commit were expected")
	}
}

// onceThenWait makes one round of checks, so that nothing else happens while a fault is awaited.
func onceThenWait() func(context.Context, *execute.Trial, []byte) ([]guard.Check, error) {
	var n atomic.Int64
	return func(context.Context, *execute.Trial, []byte) ([]guard.Check, error) {
		if n.Add(1) > 1 {
			time.Sleep(900 * time.Millisecond)
		}
		return nil, nil
	}
}

// A power cut after the default was changed: the next start is no trial, and closes the journal.
func TestFinish(t *testing.T) {
	t.Parallel()
	x := newTrial(t, "grub-bios")
	if text, err := guard.Finish(context.Background(), x.machine, time.Millisecond); err != nil || !strings.Contains(text, "not committed") {
		t.Fatalf("before any commit: %q %v", text, err)
	}
	tr, err := execute.ReadTrial(x.machine)
	if err != nil {
		t.Fatal(err)
	}
	w, err := execute.OpenTrialRun(x.machine, tr)
	if err != nil {
		t.Fatal(err)
	}
	if err := execute.SetCommitted(x.machine, tr.Run, true); err != nil {
		t.Fatal(err)
	}
	r := &execute.Runner{Env: tr.Env(x.machine), Where: plan.OnTrial, Journal: w}
	r.Tell = func(rec journal.Record) {
		if rec.Event == journal.Done && rec.Step == "boot.default" {
			x.machine.Break(faults.Fault{At: 1, Kind: faults.PowerCut, When: faults.Before})
		}
	}
	if err := r.Apply(context.Background(), journal.Committed); err == nil {
		t.Fatal("not cut off")
	}
	again := *x.machine
	again.Machine = x.machine.Again()
	x.machine = &again
	if _, err := guard.Finish(context.Background(), x.machine, time.Millisecond); err != nil {
		t.Fatal(err)
	}
	records := x.records()
	if end := records[len(records)-1]; end.Outcome != journal.Committed || !x.committed() {
		t.Errorf("%+v", end)
	}
	if text, err := guard.Finish(context.Background(), x.machine, time.Millisecond); err != nil || text != "committed" || len(x.records()) != len(records) {
		t.Errorf("the second time: %q %v", text, err)
	}
}
