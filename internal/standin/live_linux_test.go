package standin

import (
	"context"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/internal/planted"
)

var update = flag.Bool("update", false, "rewrite the snapshot of the golden host")

const (
	golden = "../../golden/basic"
	// program is where the host has the program.
	program = "/pve2nix"
	// captureTime is 2025-06-01, in seconds.
	captureTime = "SOURCE_DATE_EPOCH=1748736000"
)

// build makes the program as the Makefile does, so that what it compiled is taken again.
func build(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "pve2nix")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-X main.version=golden", "-o", file, "../../cmd/pve2nix")
	// The host has its own C library, which may be older than this machine's.
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return file
}

// facts are the parts of a snapshot that these tests look at.
type facts struct {
	Capture struct {
		Areas []struct{ Name, Status, Source, Detail string }
		Calls []string
	}
	Packages []struct {
		Name, Origin string
		Auto, Held   bool
	}
	Units    []struct{ Name string }
	Problems []struct{ Area, Source, Error string }
}

func decode(t *testing.T, document []byte) facts {
	t.Helper()
	var f facts
	if err := json.Unmarshal(document, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f facts) area(name string) (status, source string) {
	for _, a := range f.Capture.Areas {
		if a.Name == name {
			return a.Status, a.Source
		}
	}
	return "", ""
}

func (f facts) hasProblem(area, source string) bool {
	return slices.ContainsFunc(f.Problems, func(p struct{ Area, Source, Error string }) bool {
		return p.Area == area && p.Source == source
	})
}

// isGolden compares a capture with the snapshot of a golden host, or makes it that.
func isGolden(t *testing.T, golden string, got []byte) {
	t.Helper()
	file := filepath.Join(golden, "snapshot.json")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); d != "" {
		t.Errorf("the capture is not %s; if it should change, run make golden\n%s", file, d)
	}
}

// What only a host tells that runs badly: failed services, addresses and routes that no file gives.
func TestCaptureOfHostInTrouble(t *testing.T) {
	const golden = "../../golden/worn"
	host := Boot(t, golden, map[string]string{program: build(t)})
	got, err := host.Run(context.Background(), Command{Args: []string{program, "introspect"}, Env: []string{captureTime}, Hardware: true})
	if err != nil {
		t.Fatal(err)
	}
	isGolden(t, golden, got)
}

// The program, run on a booted host, finds what the golden snapshot says, and does so
// whatever the state of the host's services.
func TestCaptureOfRunningHost(t *testing.T) {
	built := build(t)
	host := Boot(t, golden, map[string]string{program: built})
	capture := func(t *testing.T, c Command) []byte {
		t.Helper()
		c.Args = append([]string{program, "introspect"}, c.Args...)
		c.Env = append(c.Env, captureTime)
		c.Hardware = true
		out, err := host.Run(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	must := func(t *testing.T, args ...string) {
		t.Helper()
		if _, err := host.Run(context.Background(), Command{Args: args}); err != nil {
			t.Fatal(err)
		}
	}

	t.Run("is the golden snapshot", func(t *testing.T) { isGolden(t, golden, capture(t, Command{})) })

	t.Run("is the same the second time", func(t *testing.T) {
		if d := cmp.Diff(strings.Split(string(capture(t, Command{})), "\n"), strings.Split(string(capture(t, Command{})), "\n")); d != "" {
			t.Error(d)
		}
	})

	t.Run("executes only declared commands", func(t *testing.T) {
		trace := filepath.Join(t.TempDir(), "trace")
		capture(t, Command{Trace: trace})
		declared, err := host.Run(context.Background(), Command{Args: []string{program, "introspect", "--list-commands"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range undeclared(string(declared), executions(t, trace)) {
			t.Errorf("executed by the capture: %s", line)
		}
	})

	t.Run("asks PackageKit over D-Bus", func(t *testing.T) {
		f := decode(t, capture(t, Command{}))
		if status, source := f.area("packages"); status != "known" || source != "packagekit" {
			t.Errorf("packages are %s from %s", status, source)
		}
		for _, call := range []string{"CreateTransaction", "Transaction.SetHints", "Transaction.GetPackages", "Transaction.GetRepoList"} {
			if !slices.Contains(f.Capture.Calls, "org.freedesktop.PackageKit."+call) {
				t.Errorf("the capture did not call %s", call)
			}
		}
	})

	t.Run("falls back to the status file when PackageKit cannot start", func(t *testing.T) {
		must(t, "systemctl", "mask", "--runtime", "--now", "packagekit.service")
		defer must(t, "systemctl", "unmask", "--runtime", "packagekit.service")
		f := decode(t, capture(t, Command{}))
		if status, source := f.area("packages"); status != "known" || source != "dpkg-status" {
			t.Errorf("packages are %s from %s", status, source)
		}
		if !f.hasProblem("packages", "PackageKit") {
			t.Errorf("no problem says why PackageKit was not used: %v", f.Problems)
		}
		if len(f.Packages) < 700 {
			t.Errorf("only %d packages", len(f.Packages))
		}
	})

	t.Run("works without a bus", func(t *testing.T) {
		f := decode(t, capture(t, Command{Args: []string{"--bus", "unix:path=/run/none"}}))
		if status, source := f.area("units"); status != "partial" || source != "file" {
			t.Errorf("units are %s from %s", status, source)
		}
		for _, area := range []string{"packages", "units", "host"} {
			if !slices.ContainsFunc(f.Problems, func(p struct{ Area, Source, Error string }) bool { return p.Area == area }) {
				t.Errorf("no problem for %s: %v", area, f.Problems)
			}
		}
		if len(f.Units) < 300 || len(f.Capture.Calls) != 0 {
			t.Errorf("%d units, calls %v", len(f.Units), f.Capture.Calls)
		}
	})

	t.Run("takes the address of the bus from the environment", func(t *testing.T) {
		f := decode(t, capture(t, Command{Env: []string{"DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/none"}}))
		if _, source := f.area("packages"); source != "dpkg-status" {
			t.Errorf("packages are from %s", source)
		}
	})

	t.Run("keeps secrets on the host", func(t *testing.T) {
		if strings.Contains(string(capture(t, Command{})), canary) {
			t.Error("the snapshot holds a secret of the golden tree")
		}
	})

	t.Run("leaves no half file on a full disk", func(t *testing.T) {
		must(t, "mkdir", "/small")
		must(t, "mount", "-t", "tmpfs", "-o", "size=64k", "none", "/small")
		defer must(t, "umount", "/small")
		_, err := host.Run(context.Background(), Command{Args: []string{program, "introspect", "-o", "/small/snapshot.json"}})
		if err == nil || !strings.Contains(err.Error(), "no space left") {
			t.Errorf("error %v", err)
		}
		left, err := os.ReadDir(filepath.Join("/proc", strconv.Itoa(host.leader), "root/small"))
		if err != nil || len(left) != 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	})

	// This one leaves a host behind that is none any more: it comes last.
	t.Run("keeps a secret of every known place on the host", func(t *testing.T) {
		root := filepath.Join("/proc", strconv.Itoa(host.leader), "root")
		secrets, err := planted.Plant(root, func(name string) bool {
			// The host needs its own accounts and its own kernel.
			return name == "etc/passwd" || strings.HasPrefix(name, "proc/") || strings.HasPrefix(name, "sys/") || strings.HasPrefix(name, "run/")
		})
		if err != nil {
			t.Fatal(err)
		}
		must(t, "systemctl", "daemon-reload")
		printed, err := host.Run(context.Background(), Command{
			Args: []string{"/bin/sh", "-c", program + " introspect -o /planted.json 2>&1"}, Env: []string{captureTime},
		})
		if err != nil {
			t.Fatalf("%v\n%s", err, printed)
		}
		document, err := os.ReadFile(filepath.Join(root, "planted.json"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(document), `"/usr/bin/curl"`) {
			t.Error("the planted units are not in the snapshot, so nothing was tested")
		}
		out := t.TempDir()
		file := filepath.Join(out, "snapshot.json")
		if err := os.WriteFile(file, document, 0o600); err != nil {
			t.Fatal(err)
		}
		evaluated, err := exec.Command(built, "eval", file, "--out", filepath.Join(out, "nix")).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, evaluated)
		}
		texts := map[string]string{"capture's terminal": string(printed), "evaluation's terminal": string(evaluated)}
		err = filepath.WalkDir(out, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			texts[path] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range texts {
			for _, leak := range secrets.Leaks(text) {
				t.Errorf("%s tells the secret of %s", name, leak)
			}
		}
	})
}
