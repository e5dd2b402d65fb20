package introspect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/standin"
)

var update = flag.Bool("update", false, "rewrite the snapshots of the golden hosts that are trees")

// goldenDir holds the golden hosts. basic is captured from a running host, by internal/standin; those of goldenTrees here.
const goldenDir = "../../golden"

// goldenTrees are the golden hosts that are captured from their files: those with a folder of commands as running hosts
// without a bus, with what their commands said, the others as the disks of hosts that are off.
var goldenTrees = standin.Trees(goldenDir)

// goldenTime is when golden hosts are captured.
var goldenTime = time.Unix(1748736000, 0)

// goldenHost is the tree of a golden host. The owners and modes of its files are
// those that they have on the host: a clone belongs to whoever made it.
type goldenHost struct {
	*machine
	attributes standin.Attributes
	// commands is the directory of what commands said on the host, a file for each by its name with dashes for blanks;
	// empty for a host that is only a tree.
	commands string
}

// errNotRecorded is the error of what only a host can answer that runs here and now.
var errNotRecorded = errors.New("not recorded")

func openGolden(t testing.TB, name string) goldenHost {
	t.Helper()
	m, err := openMachine(filepath.Join(goldenDir, name, "raw"), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	attributes, err := standin.ReadAttributes(filepath.Join(goldenDir, name, standin.AttributesFile))
	if err != nil {
		t.Fatal(err)
	}
	commands := filepath.Join(goldenDir, name, "commands")
	if _, err := os.Stat(commands); err != nil {
		commands = ""
	}
	return goldenHost{m, attributes, commands}
}

func (h goldenHost) Live() bool { return h.commands != "" }

func (h goldenHost) Bus(ctx context.Context) (Bus, error) {
	if h.Live() {
		return nil, errNotRecorded
	}
	return h.machine.Bus(ctx)
}

func (h goldenHost) Network() (Network, error) {
	if h.Live() {
		return nil, errNotRecorded
	}
	return h.machine.Network()
}

func (h goldenHost) Run(ctx context.Context, command Command) ([]byte, error) {
	if !h.Live() {
		return h.machine.Run(ctx, command)
	}
	out, err := os.ReadFile(filepath.Join(h.commands, strings.ReplaceAll(command.Name, " ", "-")))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoProgram
	}
	return out, err
}

func (h goldenHost) ReadFile(name string, limit int64) (*Content, error) {
	content, err := h.machine.ReadFile(name, limit)
	if err == nil {
		content.Mode, content.UID, content.GID = h.attributes.Of(content.Path)
	}
	return content, err
}

func captureGolden(t testing.TB, name string, log *slog.Logger) *snapshot.Snapshot {
	t.Helper()
	s, err := Capture(context.Background(), Options{
		Host: openGolden(t, name), Tool: "pve2nix golden", Clock: func() time.Time { return goldenTime }, Logger: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCaptureOfGoldenTrees(t *testing.T) {
	for _, name := range goldenTrees {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			s := captureGolden(t, name, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
			got := encode(t, s)
			for what, text := range map[string]string{"snapshot": string(got), "log": log.String()} {
				if strings.Contains(text, marker) {
					t.Errorf("the %s holds a secret of the tree", what)
				}
			}
			assertProblemsExplainAreas(t, s)
			file := filepath.Join(goldenDir, name, "snapshot.json")
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
				t.Errorf("the capture is not %s; if it should change, run go test ./engine/introspect -update\n%s", file, d)
			}
		})
	}
}

// A tree tells the same of a host as the host itself, but for what only runs.
func TestTreeTellsWhatTheRunningHostTells(t *testing.T) {
	var live snapshot.Snapshot
	data, err := os.ReadFile(filepath.Join(goldenDir, "basic", "snapshot.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &live); err != nil {
		t.Fatal(err)
	}
	tree := captureGolden(t, "basic", nil)

	// These are asked of services and of the kernel.
	live.Network.Links, live.Network.Routes, live.Network.Rules = tree.Network.Links, tree.Network.Routes, tree.Network.Rules
	live.Network.Listeners, live.Network.Filters = tree.Network.Listeners, tree.Network.Filters
	live.Host.Chassis, live.Host.Virtualization = "", ""
	live.System.Login = tree.System.Login
	for i := range live.Packages {
		live.Packages[i].Origin = ""
	}
	for _, part := range []struct {
		name       string
		live, tree any
	}{
		{"host", live.Host, tree.Host},
		{"packages", live.Packages, tree.Packages},
		{"repositories", live.Repositories, tree.Repositories},
		{"network", live.Network, tree.Network},
		{"storage", live.Storage, tree.Storage},
		{"guests", live.Guests, tree.Guests},
		{"cluster", live.Cluster, tree.Cluster},
		{"access", live.Access, tree.Access},
		{"datacenter", live.Datacenter, tree.Datacenter},
		{"jobs", live.Jobs, tree.Jobs},
		{"hardware", live.Hardware, tree.Hardware},
		{"system", live.System, tree.System},
	} {
		if d := cmp.Diff(part.live, part.tree, allFields); d != "" {
			t.Errorf("%s: - running host, + tree\n%s", part.name, d)
		}
	}
	// The running host has units beside those of its files; what both have is the same.
	running := map[string]snapshot.Unit{}
	for _, u := range live.Units {
		running[u.Name] = u
	}
	for _, u := range tree.Units {
		on, known := running[u.Name]
		if !known {
			t.Errorf("the running host has no %s", u.Name)
			continue
		}
		if on.FileState != u.FileState || strings.Join(on.DropIns, " ") != strings.Join(u.DropIns, " ") {
			t.Errorf("running host %+v\ntree %+v", on, u)
		}
	}
}

// allFields compares the blank fields too that mark facts of the ledger. A list that a test leaves out is an empty one.
var allFields = cmp.Options{cmp.Exporter(func(reflect.Type) bool { return true }), cmpopts.EquateEmpty()}

func BenchmarkCaptureOfTree(b *testing.B) {
	for _, name := range goldenTrees {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				captureGolden(b, name, nil)
			}
		})
	}
}
