package rig

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// Where the product and what an operator brings along are in a machine.
const (
	programAt  = broughtAt + "/pve2nix"
	snapshotAt = broughtAt + "/snapshot.json"
	planAt     = broughtAt + "/out/plan.json"
	answersAt  = broughtAt + "/answers.json"
	// partAt is a closure that lacks what its systems refer to.
	partAt = broughtAt + "/part"
)

// freePort is a port of the machine that tests which nobody uses.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// operated is the layout of a host that an operator converts with the commands of the product alone.
var operated = &Layout{
	Name: "operator", Said: thinBIOS.Said, Trial: thinBIOS.Trial, Mount: thinBIOS.Mount, Guest: thinBIOS.Guest, Volumes: lvs, Chosen: thinBIOS.Chosen,
	Partition: func(file string) (*Disk, error) { return NewDisk(file, vmESP, vmRoot, vmGroup) },
	Load: func(_ *Disk, root *Debian, _ string) (Variables, error) {
		dir, err := os.MkdirTemp("", "pve2nix-rig-")
		if err != nil {
			return nil, err
		}
		remove(dir)
		inHand = dir
		return nil, errors.Join(asPVE(root), layGRUB(root, grubModules), layBelow(filepath.Join(dir, "closure"), root), buildAgent(filepath.Join(dir, "agent")), buildProgram(filepath.Join(dir, "pve2nix")))
	},
	Prepare: [][]string{lvcreate("-L", "24g", "--type", "thin-pool", "-n", "data", "pve"), lvcreate("-V", "64m", "--thin", "pve/data", "-n", "vm-100-disk-0")},
	Devices: func(port string) []string {
		return []string{"-netdev", "user,id=net,hostfwd=tcp:127.0.0.1:" + port + "-:18006", "-device", "virtio-net-pci,netdev=net,mac=52:54:00:12:34:56"}
	},
}

// inHand is the folder with what an operator brings to the machine.
var inHand string

// buildProgram builds the product as make build does.
func buildProgram(to string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=0.1.0", "-o", to, "../../cmd/pve2nix")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build ./cmd/pve2nix: %w: %s", err, out)
	}
	return nil
}

// bringInHand makes the disk with what an operator brings: the same for a capture whatever is on it.
func bringInHand(file string) error {
	const id = "6c1d3a52-0a55-4ee1-9a0a-6f8f0f3a9d01"
	_, err := command("mke2fs", "-q", "-F", "-t", "ext4", "-U", id, "-E", "hash_seed="+id, "-d", inHand, file, "320m")
	return err
}

// evaluated is a host that was captured and evaluated, and whose system was built.
type evaluated struct {
	base
	// was is what the host was before its conversion.
	was installed
}

// operator is a machine on which only the product's own commands are called.
type operator struct{ *installed }

// machine starts a machine of the host.
func (e *evaluated) machine(t *testing.T) *operator {
	t.Helper()
	v := &vm{T: t, owner: t, base: &e.base, layout: operated, began: time.Now()}
	var err error
	if v.disk, err = e.disk.Copy(filepath.Join(t.TempDir(), "disk.img")); err != nil {
		t.Fatal(err)
	}
	i := e.was
	i.vm, i.root = v, maps.Clone(i.root) // a comparison leaves out what is declared
	v.start()
	v.up(talk.PVE)
	return &operator{&i}
}

// captureAndEvaluate captures the host in its machine, and evaluates that outside.
func captureAndEvaluate(t *testing.T) *evaluated {
	t.Helper()
	b, err := operated.Base()
	if err != nil {
		t.Fatal(err)
	}
	if err := bringInHand(b.brought); err != nil {
		t.Fatal(err)
	}
	i := install(t, operated)
	i.run(programAt, "introspect", "--output", "/run/snapshot.json")
	i.step("captured")
	text := i.run("cat", "/run/snapshot.json")
	i.run("systemctl", "poweroff")
	if err := i.Off(i.within(systemTimeout)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(inHand, "snapshot.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	decide(t)
	var said struct {
		Hosts []struct {
			Options []option `json:"options"`
		} `json:"hosts"`
	}
	var planned plan.Plan
	for name, into := range map[string]any{"out/evaluation.json": &said, "out/plan.json": &planned} {
		data, err := os.ReadFile(filepath.Join(inHand, name))
		if err := errors.Join(err, json.Unmarshal(data, into)); err != nil {
			t.Fatal(err)
		}
	}
	if len(said.Hosts) != 1 || len(planned.Hosts) != 1 {
		t.Fatalf("%d hosts are evaluated", len(said.Hosts))
	}
	if err := layNixOS(filepath.Join(inHand, "closure"), said.Hosts[0].Options, planned.Hosts[0].Configuration); err != nil {
		t.Fatal(err)
	}
	part := filepath.Join(inHand, "part/nix")
	if err := os.MkdirAll(filepath.Join(part, "store"), 0o755); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{sound: "store", "/nix/var": ""} {
		if _, err := command("cp", "-a", filepath.Join(inHand, "closure", from), filepath.Join(part, to)); err != nil {
			t.Fatal(err)
		}
	}
	if err := bringInHand(b.brought); err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "pve2nix-rig-")
	if err != nil {
		t.Fatal(err)
	}
	remove(dir)
	e := &evaluated{base: *b, was: *i}
	if e.disk, err = i.disk.Copy(filepath.Join(dir, "pve.img")); err != nil {
		t.Fatal(err)
	}
	i.step("evaluated, and its system is built")
	return e
}

// decide evaluates the snapshot, accepts what must be accepted, and evaluates again.
func decide(t *testing.T) {
	t.Helper()
	eval := []string{"eval", filepath.Join(inHand, "snapshot.json"), "--target", "libvirt", "--out", filepath.Join(inHand, "out")}
	outside(t, 0, eval...)
	var open struct {
		Schema string `json:"schema"`
		Accept []struct {
			Finding string `json:"finding"`
			Reason  string `json:"reason"`
		} `json:"accept"`
	}
	data, err := os.ReadFile(filepath.Join(inHand, "out/answers.open.json"))
	if err := errors.Join(err, json.Unmarshal(data, &open)); err != nil {
		t.Fatal(err)
	}
	for i := range open.Accept {
		t.Logf("accepted: %s", open.Accept[i].Finding)
		open.Accept[i].Reason = "a stand-in has nothing of it"
	}
	if data, err = json.Marshal(open); err == nil {
		err = os.WriteFile(filepath.Join(inHand, "answers.json"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	outside(t, 0, append(eval, "--answers", filepath.Join(inHand, "answers.json"))...)
}

// outside calls the product on the machine that tests.
func outside(t *testing.T, code int, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(inHand, "pve2nix"), args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if got := cmd.ProcessState.ExitCode(); got != code {
		t.Fatalf("pve2nix %s: exit code %d, want %d: %v\n%s", strings.Join(args, " "), got, code, err, &out)
	}
	return out.String()
}

// calls calls the product in the machine, and wants an exit code and texts in what it says.
func (o *operator) calls(code int, args []string, want ...string) string {
	o.Helper()
	out, err := o.Ask(o.within(systemTimeout), talk.Request{Exec: append([]string{programAt}, args...)})
	got := "exit code 0"
	if err != nil {
		got = err.Error()
	}
	if (code == 0) != (err == nil) || code != 0 && !strings.Contains(got, fmt.Sprintf("exit status %d:", code)) {
		o.Fatalf("pve2nix %s: %s, want %d\n%s", strings.Join(args, " "), got, code, out)
	}
	for _, text := range want {
		if !strings.Contains(out, text) {
			o.Errorf("pve2nix %s does not say %q:\n%s", strings.Join(args, " "), text, out)
		}
	}
	return out
}

// plan are the arguments of apply that name what was made of the host.
func (o *operator) plan(toplevel string, more ...string) []string {
	return append([]string{"apply", "--plan", planAt, "--snapshot", snapshotAt, "--answers", answersAt, "--closure", closuresAt, "--toplevel", toplevel}, more...)
}

var (
	wordLine  = regexp.MustCompile(`(?m)^word ([A-Z2-7]{24})\r?$`)
	errorLine = regexp.MustCompile(`(?m)^error: `)
	headLine  = regexp.MustCompile(`(?m)^head [0-9a-f]{64}\r?$`)
)

// applies applies, as an operator does at a terminal, up to the restart, and returns the word.
func (o *operator) applies(args ...string) string {
	o.Helper()
	from := len(o.Console())
	o.starts(args...)
	return o.applied(from, strings.Join(args[:1], " "))
}

// starts calls the product and does not wait for it; what it says goes to the console.
func (o *operator) starts(args ...string) {
	o.Helper()
	o.run(append([]string{"systemd-run", "--quiet", "--collect", "--property=StandardOutput=tty", "--property=StandardError=tty", "--property=TTYPath=/dev/ttyS0", programAt}, args...)...)
}

// applied waits until apply has asked for the restart.
func (o *operator) applied(from int, what string) string {
	o.Helper()
	failed := func(console string) bool { return errorLine.MatchString(console[from:]) }
	err := o.Await(o.within(systemTimeout), func(console string) bool {
		return headLine.MatchString(console[from:]) || failed(console)
	})
	said := o.Console()[from:]
	word := wordLine.FindStringSubmatch(said)
	if err != nil || word == nil || failed(o.Console()) {
		o.Fatalf("%s: %v\n%s", what, err, tidy(said))
	}
	o.step("pve2nix apply")
	return word[1]
}

// word writes a word to a file.
func (o *operator) word(word string) string {
	o.Helper()
	name := filepath.Join(o.TempDir(), "word")
	if err := os.WriteFile(name, []byte(word+"\n"), 0o600); err != nil {
		o.Fatal(err)
	}
	return name
}

// address is where the guard of the machine is reached from outside.
func (o *operator) address() string { return "127.0.0.1:" + o.port }

// commits asks the guard from outside to commit.
func (o *operator) commits(code int, word string, more ...string) string {
	o.Helper()
	return outside(o.T, code, append([]string{"commit", "--host", o.address(), "--word-file", o.word(word)}, more...)...)
}

// onTrial waits for the trial, and until its guard has seen what it looks for.
func (o *operator) onTrial(from int, sees string) {
	o.Helper()
	if h := o.up(talk.NixOS); !strings.Contains(h.Line, "pve2nix.trial=") {
		o.Errorf("not a trial: %s", h.Line)
	}
	o.says(sees, from)
	if started, err := o.Ask(o.within(systemTimeout), talk.Request{Exec: []string{"ls", guestsStarted}}); err == nil {
		o.Errorf("guests were started in a trial: %s", started)
	}
}

// trialStory is the journal of the trial as a story, from the side root, and with it what the journal of Proxmox VE says.
func (o *operator) trialStory() (trial, pve string) {
	o.Helper()
	o.run("sh", "-ec", "mkdir -p /run/nixos; mount -o ro /dev/pve/nixos /run/nixos")
	const journals = "/var/lib/pve2nix/runs/*/journal.jsonl"
	for _, verb := range []string{"verify", "show"} {
		trial = o.run("sh", "-ec", programAt+" audit "+verb+" /run/nixos"+journals)
		pve = o.run("sh", "-ec", programAt+" audit "+verb+" "+journals)
	}
	o.run("umount", "/run/nixos")
	return trial, pve
}

// back waits for Proxmox VE after a trial that nobody committed, and sees that the next start is not the trial.
func (o *operator) back() {
	o.Helper()
	if h := o.up(talk.PVE); strings.Contains(h.Line, "pve2nix.trial") {
		o.Fatal(h.Line)
	}
	o.calls(0, []string{"status"}, "the trial ended without a commit")
}

// untouched takes everything back, once and once more, and sees that the host is what it was.
func (o *operator) untouched(discard ...string) {
	o.Helper()
	o.calls(0, append([]string{"rollback"}, discard...), "Proxmox VE is as it was")
	o.calls(0, []string{"rollback"}, "nothing is left of it")
	o.step("pve2nix rollback")
	o.same()
}

// A conversion as an operator goes through it, with the commands of the product alone, and the guard of the product in the trial.
func TestVMOperator(t *testing.T) {
	NeedVMs(t, false)
	e := captureAndEvaluate(t)
	for name, course := range map[string]func(*operator){
		"commit": operatorCommits, "guard": guardEndsTrials, "refused": operatorIsRefused,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // most of the time they wait
			course(e.machine(t))
		})
	}
}

func (o *operator) scenario(name string) {
	scenario(o.T, "machines.json", operated.Kind(), operated.Boot(), name)
}

func operatorCommits(o *operator) {
	o.scenario("by the commands alone: capture, evaluate, apply, commit from outside, start again, and back to Proxmox VE")
	o.calls(0, []string{"status"}, "no conversion was begun")
	o.calls(0, o.plan(sound, "--dry-run"), "root.create", "trial.restart")
	o.step("pve2nix apply --dry-run")
	from := len(o.Console())
	word := o.applies(o.plan(sound)...)
	o.onTrial(from, "all required checks pass")
	o.calls(0, []string{"status"}, "on trial")
	o.commits(0, word, "--look")
	said := o.commits(0, word)
	o.step("pve2nix commit")
	if strings.Contains(said, "restart into Proxmox VE") {
		o.Errorf("not committed: %s", said)
	}
	o.run("ls", guestsStarted)
	o.calls(0, []string{"status"}, "committed")
	o.run("systemctl", "reboot")
	if h := o.up(talk.NixOS); strings.Contains(h.Line, "pve2nix.trial=") {
		o.Errorf("still a trial: %s", h.Line)
	}
	o.run("sh", "-ec", "until test -e "+guestsStarted+"; do sleep 1; done") // as on every start
	o.calls(0, []string{"rollback"}, "Proxmox VE is the default again")
	o.step("pve2nix rollback, on NixOS")
	o.run("systemctl", "reboot")
	o.up(talk.PVE)
	o.calls(4, []string{"rollback"}, "its trial was committed")
	trial, pve := o.trialStory()
	o.Logf("%s\n%s", pve, trial)
	o.untouched("--discard-committed-root")
}

func guardEndsTrials(o *operator) {
	o.scenario("nobody commits: the deadline brings Proxmox VE back")
	o.scenario("a wrong word, a message that is said again, and a commit from the host itself are refused")
	o.scenario("the guard is stopped: systemd starts it again, and the same deadline brings Proxmox VE back")
	o.scenario("the service manager crashes: the watchdog of the machine brings Proxmox VE back")
	from := len(o.Console())
	word := o.applies(o.plan(sound, "--deadline", "4m")...)
	o.onTrial(from, "commit is heard at")
	o.refusesStrangers(word)
	o.says("the deadline of 4m0s has passed without a commit", from)
	o.back()

	from = len(o.Console())
	o.applies("apply", "--resume", "--answers", answersAt)
	o.onTrial(from, "commit is heard at")
	o.run("sh", "-ec", "kill -STOP $(systemctl show --property=MainPID --value pve2nix-guard.service)")
	o.step("the guard is stopped")
	o.says("the deadline of 4m0s has passed without a commit", from)
	o.back()
	trial, _ := o.trialStory()
	if !strings.Contains(trial, "the guard was started again") {
		o.Errorf("the guard was not started again:\n%s", trial)
	}

	from = len(o.Console())
	o.applies("apply", "--resume", "--answers", answersAt)
	o.onTrial(from, "commit is heard at")
	o.run("sh", "-ec", "kill -SEGV 1")
	o.step("the service manager crashed")
	o.back()
	if strings.Contains(o.Console()[from:], "the deadline of") {
		o.Error("the deadline came before the watchdog")
	}
	o.untouched()
}

// refusesStrangers lets those speak to the guard who must not commit.
func (o *operator) refusesStrangers(word string) {
	o.Helper()
	o.commits(3, "GRAVEL2OTTER2LANTERN2222")
	time.Sleep(3 * time.Second) // an address that failed is not heard for a moment
	o.saysAgain(word)
	o.run("sh", "-ec", "umask 077; echo "+word+" >/run/word")
	for _, host := range []string{"127.0.0.1", strings.TrimSuffix(netAddress, "/24")} {
		o.calls(3, []string{"commit", "--host", host, "--word-file", "/run/word"}, "this address may not commit")
	}
	time.Sleep(3 * time.Second)
	if said := o.commits(0, word, "--look"); !strings.Contains(said, "restart into Proxmox VE in") {
		o.Errorf("the trial does not go on: %s", said)
	}
	o.step("strangers are refused")
}

// saysAgain overhears a commit that does not arrive, and says it again.
func (o *operator) saysAgain(word string) {
	o.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		o.Fatal(err)
	}
	defer l.Close()
	heard := make(chan []byte, 1)
	go func() {
		defer close(heard)
		client, err := l.Accept()
		if err != nil {
			return
		}
		defer client.Close()
		hello, guard := o.hello()
		if guard == nil {
			return
		}
		defer guard.Close()
		if _, err := client.Write(hello); err != nil {
			return
		}
		line, _ := bufio.NewReader(client).ReadBytes('\n')
		heard <- line
	}()
	outside(o.T, 3, "commit", "--host", l.Addr().String(), "--word-file", o.word(word))
	said := <-heard
	if !bytes.Contains(said, []byte("proof")) {
		o.Fatalf("overheard: %q", said)
	}
	time.Sleep(3 * time.Second)
	_, guard := o.hello()
	if guard == nil {
		o.Fatal("the guard is not there")
	}
	defer guard.Close()
	if _, err := guard.Write(said); err != nil {
		o.Fatal(err)
	}
	if answer, err := io.ReadAll(guard); len(answer) > 0 {
		o.Errorf("the guard answers what was said before: %q %v", answer, err)
	}
	time.Sleep(3 * time.Second)
}

// hello is what the guard says first, and the connection to it.
func (o *operator) hello() ([]byte, net.Conn) {
	guard, err := net.DialTimeout("tcp", o.address(), 10*time.Second)
	if err != nil {
		return nil, nil
	}
	if err := guard.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		guard.Close()
		return nil, nil
	}
	line, err := bufio.NewReader(guard).ReadBytes('\n')
	if err != nil {
		guard.Close()
		return nil, nil
	}
	return line, guard
}

// pveSees are what must not change where a command is refused.
func (o *operator) pveSees() string {
	o.Helper()
	return o.run("sh", "-ec", strings.Join(o.layout.Volumes, " ")+"; find /boot/grub /etc /var/lib/pve2nix -type f -exec sha256sum {} + 2>&1 | sort")
}

func operatorIsRefused(o *operator) {
	o.scenario("an edited plan, one of another host, a stale one, a closure that is not whole, a second apply, and a torn journal are refused")
	o.scenario("a required check fails: there is no commit, and the trial ends before its deadline")
	begun := o.pveSees()
	for _, c := range []struct{ plan, change, says string }{
		{"that was edited", "s/nixos/other/g", "its steps are not those that this host gives"},
		{"of another host", "s/0123456789abcdef0123456789abcdef/" + strings.Repeat("9", 32) + "/", "this machine has the machine-id"},
		{"with a step that no plan has", `s/"action": "[a-z-]*"/"action": "shell"/`, "no action is called"},
	} {
		o.run("sh", "-ec", "sed '"+c.change+"' "+planAt+" >/run/plan.json")
		o.calls(4, append([]string{"apply", "--plan", "/run/plan.json"}, o.plan(sound)[3:]...), c.says)
		o.step("refused: a plan " + c.plan)
	}
	o.calls(4, append(o.plan(sound), "--closure", partAt), "the closure is not complete")
	o.calls(4, o.plan(sound[:len(sound)-1]+"x"), "is no system that was built")
	o.step("refused: closures that are not whole")
	o.run("sh", "-ec", "cp -a /etc/hosts /run/hosts; echo 192.0.2.7 another >>/etc/hosts")
	o.calls(4, o.plan(sound), "is stale")
	o.run("sh", "-ec", "cat /run/hosts >/etc/hosts")
	o.step("refused: a plan that is stale")
	o.calls(4, []string{"apply", "--resume"}, "there is no run to go on with")
	o.calls(0, []string{"rollback"}, "nothing to take back")
	if now := o.pveSees(); now != begun {
		o.Errorf("before:\n%s\nafter:\n%s", begun, now)
	}

	from := len(o.Console())
	o.starts(o.plan(misnamed)...)
	time.Sleep(5 * time.Second)
	o.calls(4, o.plan(sound), "another run")
	o.step("refused: a second apply at the same time")
	word := o.applied(from, "the first apply")
	o.onTrial(from, "required checks fail: host-name")
	if said := o.commits(3, word); !strings.Contains(said, "not committed") || !strings.Contains(said, "host-name") {
		o.Errorf("a commit says: %s", said)
	}
	o.says("required checks have failed for 5m0s: host-name", from)
	o.back()
	staged := o.pveSees()
	o.calls(4, o.plan(sound), "was not finished")
	o.step("refused: a second apply")
	const journal = "j=$(echo /var/lib/pve2nix/runs/*/journal.jsonl); "
	o.run("sh", "-ec", journal+"cp -a $j /run/journal; head -c 900 /run/journal >$j; tail -n 3 /run/journal >>$j")
	o.calls(4, []string{"apply", "--resume"}, "pve2nix rollback takes back what can be read")
	o.calls(0, []string{"status"}, "the journal is damaged")
	o.run("sh", "-ec", journal+"cat /run/journal >$j")
	o.step("refused: a journal that is torn in the middle of a line")
	if now := o.pveSees(); now != staged {
		o.Errorf("before:\n%s\nafter:\n%s", staged, now)
	}
	o.untouched()
}
