package rig

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pve2nix/pve2nix/internal/rig/talk"
)

// Where the product and what an operator brings along are in a machine.
const (
	programAt  = broughtAt + "/pve2nix"
	snapshotAt = broughtAt + "/snapshot.json"
	planAt     = broughtAt + "/out/plan.json"
	answersAt  = broughtAt + "/answers.json"
)

// guardPort is where the guard in a machine hears a commit from this one.
var guardPort = sync.OnceValue(func() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err) // of the machine that tests
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
})

// operated is the layout of a host that an operator converts with the commands of the product alone.
var operated = sync.OnceValue(func() *Layout {
	return &Layout{
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
		Devices: []string{"-netdev", "user,id=net,hostfwd=tcp:127.0.0.1:" + guardPort() + "-:18006", "-device", "virtio-net-pci,netdev=net,mac=52:54:00:12:34:56"},
	}
})

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

var (
	evaluateOnce sync.Once
	evaluatedPVE *evaluated
)

// operator is a machine on which only the product's own commands are called.
type operator struct{ *installed }

// operate starts a machine of the host that was captured and evaluated; the first one does that.
func operate(t *testing.T) *operator {
	t.Helper()
	evaluateOnce.Do(func() { evaluatedPVE = captureAndEvaluate(t) })
	if evaluatedPVE == nil {
		t.Fatal("the host was not captured and evaluated")
	}
	v := &vm{T: t, base: &evaluatedPVE.base, layout: operated(), began: time.Now()}
	var err error
	if v.disk, err = v.base.disk.Copy(filepath.Join(t.TempDir(), "disk.img")); err != nil {
		t.Fatal(err)
	}
	i := evaluatedPVE.was
	i.vm = v
	v.start()
	v.up(talk.PVE)
	return &operator{&i}
}

// captureAndEvaluate captures the host in its machine, and evaluates that outside.
func captureAndEvaluate(t *testing.T) *evaluated {
	t.Helper()
	b, err := operated().Base()
	if err != nil {
		t.Fatal(err)
	}
	if err := bringInHand(b.brought); err != nil {
		t.Fatal(err)
	}
	i := install(t, operated())
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
	data, err := os.ReadFile(filepath.Join(inHand, "out/evaluation.json"))
	if err := errors.Join(err, json.Unmarshal(data, &said)); err != nil || len(said.Hosts) != 1 {
		t.Fatal(err)
	}
	if err := layNixOS(filepath.Join(inHand, "closure"), said.Hosts[0].Options); err != nil {
		t.Fatal(err)
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
	o.run(append([]string{"systemd-run", "--quiet", "--collect", "--property=StandardOutput=tty", "--property=StandardError=tty", "--property=TTYPath=/dev/ttyS0", programAt}, args...)...)
	failed := func(console string) bool { return errorLine.MatchString(console[from:]) }
	err := o.Await(o.within(systemTimeout), func(console string) bool {
		return headLine.MatchString(console[from:]) || failed(console)
	})
	said := o.Console()[from:]
	word := wordLine.FindStringSubmatch(said)
	if err != nil || word == nil || failed(o.Console()) {
		o.Fatalf("pve2nix %s: %v\n%s", strings.Join(args, " "), err, tidy(said))
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

// guardAddress is where the guard of the machine is reached from outside.
func guardAddress() string { return "127.0.0.1:" + guardPort() }

// passes asks the guard from outside until all required checks pass.
func (o *operator) passes(word string) {
	o.Helper()
	o.says("all required checks pass", 0)
}

// The whole of a conversion as an operator goes through it, with the commands of the product alone.
func TestVMOperator(t *testing.T) {
	NeedVMs(t, false)
	o := operate(t)
	scenario(t, "machines.json", "lvm-thin", "grub-bios", "an operator captures, evaluates, applies, commits from outside, and goes back")
	o.calls(0, []string{"status"}, "no conversion was begun")
	o.calls(0, o.plan(sound, "--dry-run"), "root.create", "trial.restart")
	o.step("pve2nix apply --dry-run")
	word := o.applies(o.plan(sound)...)
	o.up(talk.NixOS)
	o.passes(word)
	t.Log(tidy(o.Console()))
	t.Log(outside(t, 0, "commit", "--host", guardAddress(), "--word-file", o.word(word)))
}
