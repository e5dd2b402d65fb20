package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
	"github.com/google/go-cmp/cmp"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/introspect"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/validate"
	"github.com/pve2nix/pve2nix/schemas"
)

// Kinds, catalog, answers and documentation know the same bridges.
func TestEveryKindIsKnownEverywhere(t *testing.T) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	var answers struct {
		Defs map[string]struct {
			Properties map[string]any `json:"properties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(schemas.Answers, &answers); err != nil {
		t.Fatal(err)
	}
	index, err := os.ReadFile("../../docs/bridges/README.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, k := range Kinds() {
		name := k.Name()
		if seen[name] {
			t.Errorf("%s is there twice", name)
		}
		seen[name] = true
		if found, ok := Find(name); !ok || found.Name() != name {
			t.Errorf("%s is not found", name)
		}
		about, ok := c.Bridges[name]
		if !ok {
			t.Errorf("the catalog does not know %s", name)
		}
		if answers.Defs["bridges"].Properties[name] == nil {
			t.Errorf("nobody can decline %s", name)
		}
		if !strings.Contains(string(index), "("+filepath.Base(about.Page)+")") {
			t.Errorf("docs/bridges/README.md does not lead to %s", about.Page)
		}
		page, err := os.ReadFile(filepath.Join("../..", about.Page))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, headline := range []string{"## What it keeps", "## What it costs", "## What can go wrong", "## How to leave it"} {
			if !strings.Contains(string(page), "\n"+headline+"\n") {
				t.Errorf("%s lacks %q", about.Page, headline)
			}
		}
	}
	for name := range c.Bridges {
		if !seen[name] {
			t.Errorf("there is no kind %s", name)
		}
	}
	if _, ok := Find("rope"); ok {
		t.Error("a bridge that is none was found")
	}
}

// host has the bridge ha by one rule, storage by another, and things of a third rule.
func host() *evaluate.Host {
	leaf := func(rule string, option ...string) evaluate.Leaf {
		return evaluate.Leaf{Option: option, By: []string{rule}}
	}
	check := func(rule, kind string, params map[string]any) policy.Check {
		return policy.Check{Rule: rule, Check: kind, Params: params, At: []string{"/host"}, Required: true}
	}
	return &evaluate.Host{
		Name: "pve1",
		Findings: []evaluate.Finding{
			{ID: "PVE-HA-001", Kept: &evaluate.Kept{By: "ha"}}, {ID: "PVE-HA-001", Kept: &evaluate.Kept{By: "ha"}},
			{ID: "PVE-STO-001", Kept: &evaluate.Kept{By: "storage"}}, {ID: "PVE-X-001", Kept: &evaluate.Kept{By: "none"}}, {ID: "PVE-X-002"},
		},
		Bridges: []policy.Bridge{
			{Rule: "ha/guests", At: []string{"/a"}, Bridge: "ha", Params: map[string]any{"vmid": 100}},
			{Rule: "storage/mounts", At: []string{"/b"}, Bridge: "storage", Params: map[string]any{}},
		},
		BridgeRules: map[string][]string{"ha/guests": {"ha"}, "storage/mounts": {"storage"}},
		Options: []evaluate.Leaf{
			leaf("ha/guests", "systemd", "services", "ha-100", "script"), leaf("ha/guests", "systemd", "services", "ha-100", "wantedBy"),
			leaf("ha/guests", "systemd", "timers", "ha-100", "timerConfig"), leaf("ha/guests", "systemd", "services", "ha@", "script"),
			leaf("ha/guests", "boot", "kernelModules"), leaf("storage/mounts", "fileSystems", "/srv", "device"), leaf("other/rule", "systemd", "services", "x", "script"),
		},
		Documents:  []evaluate.Document{{Kind: "domains", Name: "100", Parts: []evaluate.Leaf{leaf("ha/guests", "a")}}, {Kind: "domains", Name: "101", Parts: []evaluate.Leaf{leaf("other/rule", "a")}}},
		Carries:    []policy.Carry{{Rule: "ha/guests", Path: "/etc/ha"}, {Rule: "other/rule", Path: "/etc/other"}},
		Conversion: []evaluate.Leaf{leaf("ha/guests", "guests"), leaf("other/rule", "root")},
		Checks: []policy.Check{
			check("ha/guests", "host-name", map[string]any{"name": "pve1"}), check("ha/guests", "moon-phase", map[string]any{}),
			check("other/rule", "host-id", map[string]any{"id": "00000000"}),
		},
	}
}

func TestAPartIsWhatTheRulesOfAKindWant(t *testing.T) {
	h := host()
	var names []string
	for _, k := range Of(h) {
		names = append(names, k.Name())
	}
	if !slices.Equal(names, []string{"storage", "ha"}) {
		t.Errorf("the host needs %q", names)
	}
	p := ha.Plan(h)
	options := []string{}
	for _, o := range p.Options {
		options = append(options, strings.Join(o.Option, "."))
	}
	want := []string{"systemd.services.ha-100.script", "systemd.services.ha-100.wantedBy", "systemd.timers.ha-100.timerConfig", "systemd.services.ha@.script", "boot.kernelModules"}
	if d := cmp.Diff(want, options); d != "" {
		t.Error(d)
	}
	if len(p.Kept) != 1 || p.Kept[0].Rule != "ha/guests" || !slices.Equal(p.Gaps, []string{"PVE-HA-001"}) || !slices.Equal(p.Documents, []string{"domains/100"}) {
		t.Errorf("got %+v", p)
	}
	if len(p.Carries) != 1 || p.Carries[0].Path != "/etc/ha" || len(p.Conversion) != 1 || p.Conversion[0].Option[0] != "guests" {
		t.Errorf("got %+v", p)
	}
	if len(p.Checks) != 2 || p.Checks[0].ID != "host-name" || p.Checks[0].Rule != "ha/guests" {
		t.Errorf("checks are %+v", p.Checks)
	}
	if empty := network.Plan(h); len(empty.Kept)+len(empty.Options)+len(empty.Checks)+len(empty.Gaps) > 0 || empty.Kind != "network" {
		t.Errorf("a kind that the host does not need: %+v", empty)
	}
}

// The checks of a bridge are made on the running host; one that is unknown is skipped, not forgotten.
func TestVerifyMakesTheChecksOfTheKind(t *testing.T) {
	for name, want := range map[string]string{"pve1": validate.Passed, "pve2": validate.Failed} {
		root := t.TempDir()
		if err := os.MkdirAll(filepath.Join(root, "etc"), 0o755); err != nil {
			t.Fatal(err)
		}
		for file, text := range map[string]string{"etc/hostname": name + "\n", "etc/os-release": "ID=nixos\n"} {
			if err := os.WriteFile(filepath.Join(root, file), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		looked, closeHost, err := introspect.Open(root, "")
		if err != nil {
			t.Fatal(err)
		}
		results, err := ha.Verify(context.Background(), Machine{Host: looked, Tool: "test"}, ha.Plan(host()))
		closeHost()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range results {
			got = append(got, r.Kind+" "+r.Status)
		}
		if d := cmp.Diff([]string{"host-name " + want, "moon-phase " + validate.Skipped}, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if results, err := ha.Verify(context.Background(), Machine{}, Part{}); err != nil || results != nil {
		t.Errorf("without checks: %v, %v", results, err)
	}
}

// manager is a systemd that notes which units it is told to stop.
type manager struct {
	execute.System
	stopped []string
	removed []string
	errs    map[string]error
}

func (m *manager) Bus(context.Context) (execute.Bus, error) { return systemdOf{m}, nil }

type systemdOf struct{ m *manager }

func (s systemdOf) Close() error { return nil }
func (s systemdOf) Call(_ context.Context, service string, _ dbus.ObjectPath, method string, args []any, _ ...any) error {
	if service != systemd || method != systemdManager+".StopUnit" {
		return errors.New("called " + service + " " + method)
	}
	unit := args[0].(string)
	s.m.stopped = append(s.m.stopped, unit)
	return s.m.errs[unit]
}
func (s systemdOf) Property(context.Context, string, dbus.ObjectPath, string) (dbus.Variant, error) {
	return dbus.Variant{}, errors.New("nobody asks for it")
}
func (s systemdOf) Signals(context.Context, string, string) (<-chan *dbus.Signal, func(), error) {
	return nil, nil, errors.New("nobody listens")
}

func (m *manager) Remove(name string) error {
	m.removed = append(m.removed, name)
	return m.errs[name]
}

// Secrets that units of containers have written for LXC do not outlive the bridge.
func TestUndoOfContainersRemovesTheirVariables(t *testing.T) {
	h := host()
	h.Bridges = append(h.Bridges, policy.Bridge{Rule: "containers/lxc_units", At: []string{"/c"}, Bridge: "container"})
	h.BridgeRules["containers/lxc_units"] = []string{"container"}
	for _, unit := range []string{"lxc-200", "lxc-201", "lxc-201-net0", "rollback-201-x", "lxc-../../etc"} {
		h.Options = append(h.Options, evaluate.Leaf{Option: []string{"systemd", "services", unit, "script"}, By: []string{"containers/lxc_units"}})
	}
	const first, second = "/var/lib/lxc/200/local.d/pve.conf", "/var/lib/lxc/201/local.d/pve.conf"
	m := &manager{errs: map[string]error{first: fs.ErrNotExist}}
	if err := container.Undo(context.Background(), Machine{System: m}, container.Plan(h)); err != nil {
		t.Error(err)
	}
	if len(m.stopped) != 5 || !slices.Equal(m.removed, []string{first, second}) {
		t.Errorf("stopped %q, removed %q", m.stopped, m.removed)
	}
	m = &manager{errs: map[string]error{second: errors.New("read-only"), "lxc-200.service": errors.New("it hangs")}}
	if err := container.Undo(context.Background(), Machine{System: m}, container.Plan(h)); err == nil || err.Error() != "stop lxc-200.service: it hangs\nread-only" {
		t.Error(err)
	}
}

// Undo stops the units of the kind, the last first, goes on after one that fails, and finds nothing wrong with one that is gone.
func TestUndoStopsTheUnitsOfTheKind(t *testing.T) {
	gone := dbus.Error{Name: noSuchUnit, Body: []any{"Unit ha-100.timer not loaded."}}
	m := &manager{errs: map[string]error{"ha-100.timer": gone}}
	if err := ha.Undo(context.Background(), Machine{System: m}, ha.Plan(host())); err != nil {
		t.Error(err)
	}
	if want := []string{"ha-100.timer", "ha-100.service"}; !slices.Equal(m.stopped, want) {
		t.Errorf("stopped %q, want %q", m.stopped, want)
	}
	m = &manager{errs: map[string]error{"ha-100.timer": errors.New("it hangs")}}
	err := ha.Undo(context.Background(), Machine{System: m}, ha.Plan(host()))
	if err == nil || err.Error() != "stop ha-100.timer: it hangs" || len(m.stopped) != 2 {
		t.Errorf("got %v after %q", err, m.stopped)
	}
	if err := storage.Undo(context.Background(), Machine{}, storage.Plan(host())); err != nil {
		t.Errorf("a kind without units touches nothing: %v", err)
	}
}
