package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/guard"
	"github.com/pve2nix/pve2nix/internal/faults"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

const conversionGuide = "../../docs/PROXMOX-TO-NIX-GUIDE.md"

// The places at which the commands of the guide are typed; each block of commands begins with one.
const (
	onPVE     = "# on PVE"
	onLaptop  = "# on the laptop"
	onNixOS   = "# on the new system"
	onAnother = "# on another node"
)

// notRun are the programs of others in the guide, and why a test cannot run them. bash reads each of their lines.
var notRun = map[string]string{
	"${EDITOR:-vi}": "waits for somebody who types",
	"scp":           "needs the host",
	"ssh":           "needs the host",
	"tar":           "ends in ssh, and needs the host",
	"(umask":        "waits for somebody who types",
	"nix":           "needs Nix and nixpkgs; internal/checknixos evaluates the configurations",
	"readlink":      "prints what nix build has made",
	"qm":            "a program of Proxmox VE",
	"pct":           "a program of Proxmox VE",
	"pvecm":         "a program of Proxmox VE",
	"pvesr":         "a program of Proxmox VE",
	"ha-manager":    "a program of Proxmox VE",
	"ceph":          "needs a cluster of Ceph",
	"systemctl":     "needs the host, and one of its calls restarts it",
	"journalctl":    "needs the log of the host",
	"ip":            "prints the addresses of the host",
	"zpool":         "needs pools",
	"mount":         "needs the side root",
	"umount":        "needs the side root",
}

// guideBlock are commands that are typed at one place.
type guideBlock struct {
	line     int
	where    string
	commands []guideCommand
	json     string
}

func readConversionGuide(t *testing.T) (blocks []guideBlock, text string) {
	t.Helper()
	data, err := os.ReadFile(conversionGuide)
	if err != nil {
		t.Fatal(err)
	}
	var body []string
	var kind, indent string
	begun := 0
	for n, line := range strings.Split(string(data), "\n") {
		bare := strings.TrimLeft(line, " ")
		switch fence, found := strings.CutPrefix(bare, "```"); {
		case found && begun == 0:
			begun, kind, indent, body = n+1, fence, line[:len(line)-len(bare)], nil
		case found:
			b := guideBlock{line: begun}
			switch {
			case kind == "json":
				b.json = strings.Join(body, "\n")
			case kind == "console" && len(body) > 1 && slices.Contains([]string{onPVE, onLaptop, onNixOS, onAnother}, body[0]):
				b.where, b.commands = body[0], commandsOf(body[1:])
			default:
				t.Fatalf("line %d: a block of kind %q that says no place", begun, kind)
			}
			blocks = append(blocks, b)
			begun = 0
		case begun != 0:
			body = append(body, strings.TrimPrefix(line, indent))
		}
	}
	return blocks, string(data)
}

// follower does what the guide says.
type follower struct {
	*station
	dir  string // of the laptop
	bin  string
	run  string // the last one
	word string // of the first one
	past bool   // the machine was restarted since
	// nixOS is the machine in its trial, and where its guard listens.
	nixOS *station
	guard string
}

// inTrial is a machine on which a trial runs.
type inTrial struct{ *faults.Machine }

func (inTrial) Uptime() (time.Duration, error) { return time.Minute, nil }
func (inTrial) Sync()                          {}
func (inTrial) AskInit() error                 { return errors.New("the trial ended") }
func (inTrial) Restart() error                 { return errors.New("the trial ended") }

// outside is a listener whose peers are elsewhere: the guard hears nobody from its own machine.
type outside struct{ net.Listener }

type fromOutside struct{ net.Conn }

func (l outside) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return fromOutside{c}, err
}

func (fromOutside) RemoteAddr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 7), Port: 40000}
}

// told is what the guard says.
type told struct {
	sync.Mutex
	text []byte
}

func (w *told) Write(p []byte) (int, error) {
	w.Lock()
	defer w.Unlock()
	w.text = append(w.text, p...)
	return len(p), nil
}

func (w *told) has(what string) bool {
	w.Lock()
	defer w.Unlock()
	return bytes.Contains(w.text, []byte(what))
}

// start is the restart into the trial, with its guard.
func (f *follower) start() {
	f.t.Helper()
	f.nixOS = f.commit()
	listening, log, ended := make(chan string, 1), &told{}, make(chan struct{})
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		defer close(ended)
		_ = guard.Run(ctx, guard.Options{
			Machine: inTrial{f.nixOS.machine}, Say: log, Notify: func(string) {}, Times: guard.Times{Linger: time.Millisecond},
			Own: func() ([]netip.Addr, error) { return []netip.Addr{netip.MustParseAddr("192.0.2.10")}, nil },
			Listen: func() (net.Listener, error) {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err == nil {
					listening <- l.Addr().String()
				}
				return outside{l}, err
			},
		})
	}()
	f.t.Cleanup(func() { stop(); <-ended })
	select {
	case f.guard = <-listening:
	case <-time.After(time.Minute):
		f.t.Fatalf("no guard listens:\n%s", log.text)
	}
	for range 600 {
		if log.has("all required checks pass") {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	f.t.Fatal("the guard does not look")
}

// program runs this program and returns what it prints, errors as commands of docs/contributing.md have them.
func (f *follower) program(args ...string) string {
	f.t.Helper()
	return follow(f.t, f.dir, f.bin, "pve2nix "+strings.Join(args, " "))
}

// said makes of a verb on the stand-in of a machine what a terminal would show.
func (s *station) said(err error) string {
	out := s.stdout.String()
	if err != nil {
		out += "! error: " + err.Error() + "\n"
	}
	return out
}

// remember keeps the name of the run that was begun.
func (f *follower) remember(out string) string {
	if v, ok := strings.CutPrefix(strings.SplitN(out, "\n", 2)[0], "run "); ok && !strings.Contains(v, " ") {
		f.run = v
	}
	return out
}

// convert is a call of apply, with the plan and the closure of the stand-in in place of those that the guide names.
func (f *follower) convert(where string, args []string) string {
	f.t.Helper()
	cmd := newApplyCommand()
	if err := cmd.ParseFlags(args); err != nil {
		f.t.Fatalf("%s: %v", where, err)
	}
	text := func(name string) string { return cmd.Flags().Lookup(name).Value.String() }
	flag := func(name string) bool { return text(name) == "true" }
	given := applyFlags{plan: text("plan"), snapshot: text("snapshot"), closure: text("closure"), toplevel: text("toplevel"), dryRun: flag("dry-run"), resume: flag("resume")}
	var err error
	if given.deadline, err = cmd.Flags().GetDuration("deadline"); err != nil {
		f.t.Fatal(err)
	}
	if err := given.check(); err != nil {
		f.t.Errorf("%s: apply does not take this: %v", where, err)
		return ""
	}
	if given.resume { // told of a host whose trial fell back
		f.station = newStation(f.t)
		if err := f.apply(); err != nil {
			f.t.Fatal(err)
		}
		f.restarted()
		return f.remember(f.said(f.resume()))
	}
	f.flags.dryRun, f.flags.deadline = given.dryRun, given.deadline
	out := f.remember(f.said(f.apply()))
	if !given.dryRun {
		f.word = f.value("word")
	}
	f.again()
	return out
}

// at is the stand-in of the machine at a place.
func (f *follower) at(where string) *station {
	if where == onNixOS {
		return f.nixOS
	}
	return f.station
}

// status is a call of status on the stand-in.
func (f *follower) status(where string) string {
	f.t.Helper()
	on := f.at(where)
	c := on.converter()
	s, err := execute.Look(f.t.Context(), on.machine)
	if err == nil {
		err = c.printStatus(s, false)
	}
	return on.said(err)
}

// takeBack is a call of rollback on the stand-in; Proxmox VE has come back from its trial.
func (f *follower) takeBack(where string, args []string) string {
	f.t.Helper()
	cmd := newRollbackCommand()
	if err := cmd.ParseFlags(args); err != nil {
		f.t.Fatal(err)
	}
	discard, err := cmd.Flags().GetBool("discard-committed-root")
	if err != nil {
		f.t.Fatal(err)
	}
	if where == onPVE && !f.past {
		f.restarted()
		f.past = true
	}
	on := f.at(where)
	on.again()
	out := on.said(on.converter().rollback(f.t.Context(), "", discard))
	on.again()
	return out
}

// follow does what one command says, and returns what it prints.
func (f *follower) follow(where string, b guideBlock, c guideCommand) string {
	f.t.Helper()
	args := strings.Fields(c.command)[1:]
	verb := strings.TrimLeft(args[0], "-")
	if verb == "version" {
		return f.program(args...)
	}
	var stdout, stderr bytes.Buffer
	if code := run(append(slices.Clone(args), "--help"), &stdout, &stderr); code != exitClean || !strings.Contains(stdout.String(), "\n  pve2nix "+verb) {
		f.t.Errorf("%s: %s: not taken:\n%s%s", where, c.command, stdout.String(), stderr.String())
		return ""
	}
	if len(c.want) > 0 && strings.HasPrefix(c.want[0], "! ") { // a wrong call, which ends before a machine is looked at
		return f.program(args...)
	}
	switch verb {
	case "introspect": // of the golden host, which does not run here
		out := f.program(append(args, "--root", filepath.Join(f.dir, "raw"))...)
		if info, err := os.Stat(filepath.Join(f.dir, "snapshot.json")); err != nil || info.Size() == 0 {
			f.t.Errorf("%s: no snapshot: %v", where, err)
		}
		f.copy(goldenSnapshot, "snapshot.json")
		return out
	case "apply":
		return f.convert(where, args)
	case "status":
		return f.status(b.where)
	case "rollback":
		return f.takeBack(b.where, args)
	case "commit": // by the program itself, over a connection
		if f.nixOS == nil {
			f.start()
		}
		if err := os.WriteFile(filepath.Join(f.dir, "word"), []byte(f.word+"\n"), 0o600); err != nil {
			f.t.Fatal(err)
		}
		for i, a := range args {
			if a == "192.0.2.10" {
				args[i] = f.guard
			}
		}
		return f.program(args...)
	case "audit":
		for i, a := range args {
			if strings.HasPrefix(a, execute.RunsAt) {
				args[i] = filepath.Join(f.host.Dir(), strings.ReplaceAll(a, "RUN", f.run))
			}
		}
		return f.program(args...)
	case "bridge": // of a root of NixOS on which no guest was changed
		file := filepath.Join(f.dir, "guests.json")
		if err := os.WriteFile(file, []byte(`{"schema": "pve2nix.guests/v1", "run": "r", "guests": []}`), 0o600); err != nil {
			f.t.Fatal(err)
		}
		return f.program(append(args, "--changes", file, "--etc", f.dir)...)
	case "validate": // the checks are made, and none is asked of this machine
		for i, a := range args {
			if a == execute.GuardBaseline {
				args[i] = "snapshot.json"
			}
		}
		out := f.program(append(args, "--list")...)
		if !strings.Contains(out, `"checks": [`) {
			f.t.Errorf("%s: no checks:\n%s", where, out)
		}
		return out
	}
	return f.program(args...)
}

func (f *follower) copy(from, to string) {
	f.t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(filepath.Join(f.dir, to), data, 0o600)
	}
	if err != nil {
		f.t.Fatal(err)
	}
}

// The guide is true to the letter: this program takes each of its commands, and prints what it says of a golden host and
// of a stand-in of one that is converted; the shell reads those of others.
func TestConversionGuide(t *testing.T) {
	testhosts.Whole(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f := &follower{station: newStation(t), dir: t.TempDir(), bin: filepath.Join(t.TempDir(), "pve2nix")}
	if err := os.Symlink(self, f.bin); err != nil { // see TestMain
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(f.dir, "raw"), os.DirFS("../../golden/attic/raw")); err != nil {
		t.Fatal(err)
	}
	for name, host := range map[string]string{"pve1": "clustered", "pve2": "edge"} { // two nodes
		f.copy("../../golden/"+host+"/snapshot.json", name+".json")
	}
	used := map[string]bool{}
	blocks, _ := readConversionGuide(t)
	for _, b := range blocks {
		where := fmt.Sprintf("docs/PROXMOX-TO-NIX-GUIDE.md:%d", b.line)
		if b.json != "" { // the answers, as they are after the editor
			if err := os.WriteFile(filepath.Join(f.dir, "answers.json"), []byte(b.json), 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if len(b.commands) == 0 {
			t.Errorf("%s: no command", where)
		}
		for _, c := range b.commands {
			program := strings.Trim(strings.Fields(c.command)[0], `"`)
			switch {
			case program == "pve2nix" && b.where != onNixOS, program == execute.GuardProgram && b.where == onNixOS:
				switch out := f.follow(where, b, c); {
				case len(c.want) > 0 && !printed(out, c.want):
					t.Errorf("%s: %s printed\n%s\nwant\n%s", where, c.command, out, strings.Join(c.want, "\n"))
				case len(c.want) == 0 && strings.Contains(out, "! error:"):
					t.Errorf("%s: %s: %s", where, c.command, out)
				}
			case program == "cp":
				if out := follow(t, f.dir, f.bin, c.command); out != "" {
					t.Errorf("%s: %s: %s", where, c.command, out)
				}
			case notRun[program] != "":
				used[program] = true
				if out, err := exec.Command("bash", "-n", "-c", c.command).CombinedOutput(); err != nil || len(c.want) > 0 {
					t.Errorf("%s: %s: %v\n%s%s", where, c.command, err, out, strings.Join(c.want, "\n"))
				}
			default:
				t.Errorf("%s: %s: is neither run nor named with a reason", where, c.command)
			}
		}
	}
	for name := range maps.Keys(notRun) {
		if !used[name] {
			t.Errorf("%s is not in the guide any more", name)
		}
	}
}

var (
	guideHeadline = regexp.MustCompile("(?m)^### (?:<a id=\"[a-z0-9-]+\"></a>)?`([^`]+)`$")
	guideAnswer   = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ")
	findingID     = regexp.MustCompile(`\bPVE-[A-Z]+-[0-9]{3}\b`)
	guideLink     = regexp.MustCompile(`\]\(([^)]+)\)`)
)

// A symptom is looked up by its words: they are those that the program says. Findings are those of rules.
func TestConversionGuideQuotesTheProgram(t *testing.T) {
	_, guide := readConversionGuide(t)
	var source, rules strings.Builder
	read := func(dir, suffix string, into *strings.Builder) {
		err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, suffix) || strings.HasSuffix(p, "_test.go") {
				return err
			}
			data, err := os.ReadFile(p)
			into.Write(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{".", "../../engine/execute", "../../engine/guard", "../../engine/journal"} {
		read(dir, ".go", &source)
	}
	read("../../rules", ".rego", &rules)
	said := source.String() + rules.String()
	quotes := append(guideHeadline.FindAllStringSubmatch(guide, -1), guideAnswer.FindAllStringSubmatch(guide, -1)...)
	if len(quotes) < 20 {
		t.Fatalf("only %d quotes", len(quotes))
	}
	for _, q := range quotes {
		if strings.HasPrefix(q[1], "# ") { // a marker
			continue
		}
		for part := range strings.SplitSeq(q[1], "…") {
			if part = strings.TrimSpace(part); part != "" && part != "error:" && !strings.Contains(said, part) {
				t.Errorf("nothing says %q", part)
			}
		}
	}
	for _, id := range findingID.FindAllString(guide, -1) {
		if !strings.Contains(rules.String(), "id: "+id+"\n") {
			t.Errorf("no rule has the id %s", id)
		}
	}
	for _, state := range []execute.State{execute.IsStaged, execute.IsRolledBack, execute.CutOffApply} {
		if !strings.Contains(guide, stateWords[state]) {
			t.Errorf("the guide does not speak of %q", stateWords[state])
		}
	}
}

// Links lead somewhere.
func TestConversionGuideLinks(t *testing.T) {
	_, guide := readConversionGuide(t)
	anchors := map[string]bool{}
	for line := range strings.Lines(guide) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			slug := strings.Map(func(r rune) rune {
				switch {
				case r == ' ':
					return '-'
				case r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
					return r
				}
				return -1
			}, strings.ToLower(strings.TrimSpace(title)))
			anchors["#"+slug] = true
		}
	}
	for _, m := range regexp.MustCompile(`<a id="([^"]+)">`).FindAllStringSubmatch(guide, -1) {
		anchors["#"+m[1]] = true
	}
	for _, m := range guideLink.FindAllStringSubmatch(guide, -1) {
		if strings.HasPrefix(m[1], "#") {
			if !anchors[m[1]] {
				t.Errorf("no headline is %s", m[1])
			}
			continue
		}
		if _, err := os.Stat(filepath.Join(filepath.Dir(conversionGuide), m[1])); errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is not there", m[1])
		}
	}
	for _, page := range []string{"../../README.md", "../../docs/guide.md"} {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(data, []byte("PROXMOX-TO-NIX-GUIDE.md)")) {
			t.Errorf("%s does not link to it", page)
		}
	}
}
