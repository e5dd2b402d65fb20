package plan

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// leaf is what rules say of a conversion, as it stands in an evaluation.
func leaf(path string, value string) evaluate.Leaf {
	var v any
	d := json.NewDecoder(strings.NewReader(value))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		panic(err)
	}
	return evaluate.Leaf{Option: strings.Split(path, "."), Value: v, By: []string{"conversion/test"}, At: []string{"/host"}}
}

func thinHost() *evaluate.Host {
	return &evaluate.Host{
		Name: "pve", Slug: "pve", Snapshot: strings.Repeat("a", 64),
		Conversion: []evaluate.Leaf{
			leaf("boot.config", `"/boot/grub"`), leaf("boot.esps", `[{"uuid": "3F1B-9C2A"}]`), leaf("boot.kind", `"grub-bios"`),
			leaf("layout.bytes", `34359738368`), leaf("layout.kind", `"lvm-thin"`), leaf("layout.root", `"/dev/pve/nixos"`), leaf("layout.source", `"pve/data"`), leaf("layout.type", `"ext4"`),
			leaf("save.groups", `["pve"]`), leaf("start", `["pve-guests.service"]`),
		},
		Options: []evaluate.Leaf{leaf("networking.hostName", `"pve"`)},
		Carries: []policy.Carry{
			{Rule: "b/b", At: []string{"/b"}, Path: "/etc/machine-id", To: "/etc/machine-id", Mode: "0444"},
			{Rule: "a/a", At: []string{"/a"}, Path: "/etc/ssh/key", To: "/etc/ssh/key", Mode: "0600", Secret: true},
			{Rule: "c/c", At: []string{"/c"}, Path: "/etc/machine-id", To: "/etc/machine-id", Mode: "0444"},
		},
	}
}

func planned(t *testing.T, h *evaluate.Host) Host {
	t.Helper()
	p, err := Of(h, "0123456789abcdef0123456789abcdef")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAHostGetsItsPlan(t *testing.T) {
	got := planned(t, thinHost())
	if d := cmp.Diff(Layout{Kind: "lvm-thin", Source: "pve/data", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 32 << 30}, got.Layout); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(Boot{Kind: "grub-bios", ESPs: []ESP{{UUID: "3F1B-9C2A"}}, Config: "/boot/grub"}, got.Boot); d != "" {
		t.Error(d)
	}
	var ids []string
	for _, s := range got.Steps {
		ids = append(ids, s.ID)
		if s.ID != "install.state" {
			continue
		}
		a, err := Decode(s)
		if err != nil {
			t.Fatal(err)
		}
		// A file that two rules ask for goes along once.
		want := CarryFiles{Files: []CarriedFile{{From: "/etc/machine-id", To: "/etc/machine-id", Mode: "0444"}, {From: "/etc/ssh/key", To: "/etc/ssh/key", Mode: "0600", Secret: true}}}
		if d := cmp.Diff(Action(want), a); d != "" {
			t.Error(d)
		}
	}
	want := []string{
		"checkpoint.files", "checkpoint.group.pve", "root.create", "root.mount", "install.closure", "install.state", "install.guard", "boot.stage", "root.unmount",
		"trial.arm", "trial.restart", "commit.default", "commit.start",
	}
	if d := cmp.Diff(want, ids); d != "" {
		t.Error(d)
	}
	if len(got.Inhibitors) != 0 || got.Seconds(OnPVE) < 60 || got.Seconds(OnTrial) == 0 {
		t.Errorf("%+v", got)
	}
}

// What is no plan is none: it has no steps, and says which rule is wrong.
func TestWhatRulesSayIsReadStrictly(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*evaluate.Host)
		want string
	}{
		{"a field that no plan has", func(h *evaluate.Host) { h.Conversion = append(h.Conversion, leaf("save.colour", `"red"`)) }, `conversion/test: save.colour: json: unknown field "colour"`},
		{"another type", func(h *evaluate.Host) { h.Conversion[9] = leaf("start", `"pve-guests.service"`) }, "conversion/test: start: json: cannot unmarshal string"},
		{"a name that leaves its place", func(h *evaluate.Host) { h.Conversion[5] = leaf("layout.root", `"/dev/pve/../sda"`) }, `step root.create: "../sda" is no name of a volume`},
		{"an option of a program", func(h *evaluate.Host) { h.Conversion[8] = leaf("save.groups", `["--config=x"]`) }, `step checkpoint.group.--config=x: "--config=x" is no name of a volume group`},
		{"a size that is none", func(h *evaluate.Host) { h.Conversion[3] = leaf("layout.bytes", `-1`) }, "step root.create: layout: -1 bytes are no root"},
		{"a hostile file", func(h *evaluate.Host) { h.Carries[0].To = "/../etc/shadow" }, `step install.state: "/../etc/shadow" is no clean absolute path`},
		{"a mode with more", func(h *evaluate.Host) { h.Carries[1].Mode = "4755" }, `step install.state: "4755" is no name of a mode`},
	} {
		h := thinHost()
		c.edit(h)
		got := planned(t, h)
		if len(got.Steps) != 0 || got.Layout.Kind != "none" || len(got.Refused()) != 1 || !strings.HasPrefix(got.Inhibitors[0].Text, c.want) {
			t.Errorf("%s: got %d steps, %s, %+v, want %s", c.name, len(got.Steps), got.Layout.Kind, got.Inhibitors, c.want)
		}
	}
}

// A host without a way has no steps, and something says so even where no rule does.
func TestNoWayIsSaid(t *testing.T) {
	for want, keep := range map[string]func(evaluate.Leaf) bool{
		"It lacks a place for the side root and a way to start it.": func(evaluate.Leaf) bool { return false },
		"It lacks a place for the side root.":                       func(l evaluate.Leaf) bool { return l.Option[0] == "boot" },
		"It lacks a way to start it.":                               func(l evaluate.Leaf) bool { return l.Option[0] == "layout" },
	} {
		h := thinHost()
		h.Conversion = slices.DeleteFunc(h.Conversion, func(l evaluate.Leaf) bool { return !keep(l) })
		got := planned(t, h)
		if len(got.Steps) != 0 || len(got.Refused()) != 1 || got.Inhibitors[0].Text != want {
			t.Errorf("%q: %d steps, %+v", want, len(got.Steps), got.Inhibitors)
		}
		h.Inhibitors = []evaluate.Inhibitor{{ID: "PVE-CNV-015", Level: Refuse, Title: "There is no way"}}
		if got := planned(t, h); len(got.Inhibitors) != 1 {
			t.Errorf("said twice: %+v", got.Inhibitors)
		}
	}
}

// What the owner accepts warns, and the plan says why.
func TestAcceptedInhibitorsWarn(t *testing.T) {
	h := thinHost()
	h.Inhibitors = []evaluate.Inhibitor{
		{ID: "PVE-CNV-009", Level: Refuse, Title: "a", At: []evaluate.Evidence{{Pointer: "/cluster"}}, Accepted: &answers.Acceptance{Reason: "the others are off", By: "answers.json#/accept/0"}},
		{ID: "PVE-CNV-014", Level: Warn, Title: "b"}, {ID: "PVE-CNV-012", Level: Refuse, Title: "c"},
	}
	got := planned(t, h)
	if refused := got.Refused(); len(refused) != 1 || refused[0].ID != "PVE-CNV-012" || len(got.Steps) == 0 {
		t.Errorf("%+v", refused)
	}
	want := Inhibitor{ID: "PVE-CNV-009", Level: Warn, Title: "a", At: []string{"/cluster"}, Accepted: "the others are off"}
	if d := cmp.Diff(want, got.Inhibitors[0]); d != "" {
		t.Error(d)
	}
}

// The digest changes with what is made of a host, and with nothing else.
func TestConfigurationIsWhatTheHostBecomes(t *testing.T) {
	first := planned(t, thinHost()).Configuration
	for name, c := range map[string]struct {
		edit func(*evaluate.Host)
		same bool
	}{
		"nothing":          {func(*evaluate.Host) {}, true},
		"another snapshot": {func(h *evaluate.Host) { h.Snapshot = strings.Repeat("b", 64) }, true},
		"who says it":      {func(h *evaluate.Host) { h.Options[0].By, h.Options[0].At = []string{"x"}, []string{"/y"} }, true},
		"who carries it":   {func(h *evaluate.Host) { h.Carries[0].Rule, h.Carries[0].At = "x", []string{"/y"} }, true},
		"an obstacle":      {func(h *evaluate.Host) { h.Inhibitors = []evaluate.Inhibitor{{ID: "PVE-CNV-012", Level: Refuse}} }, true},
		"an option":        {func(h *evaluate.Host) { h.Options[0] = leaf("networking.hostName", `"b"`) }, false},
		"a document": {func(h *evaluate.Host) {
			h.Documents = []evaluate.Document{{File: "domains/100.xml", Parts: []evaluate.Leaf{leaf("name", `"a"`)}}}
		}, false},
		"a file":     {func(h *evaluate.Host) { h.Carries = h.Carries[:1] }, false},
		"a mode":     {func(h *evaluate.Host) { h.Carries[1].Mode = "0640" }, false},
		"the layout": {func(h *evaluate.Host) { h.Conversion[3] = leaf("layout.bytes", `17179869184`) }, false},
		"boot path":  {func(h *evaluate.Host) { h.Conversion[1] = leaf("boot.esps", `[{"uuid": "0000-0001"}]`) }, false},
	} {
		h := thinHost()
		c.edit(h)
		if got := planned(t, h).Configuration; (got == first) != c.same {
			t.Errorf("%s: %s after %s", name, got, first)
		}
	}
}
