package reports

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/plan"
)

func planOfLayout(t *testing.T, layout plan.Layout, boot plan.Boot, more func(*plan.Said)) (plan.Plan, plan.Host) {
	t.Helper()
	said := plan.Said{
		Layout: layout, Boot: boot,
		Save:  plan.Saves{Files: []string{"/etc/fstab"}, Disks: []string{"/dev/sda"}, Databases: []string{"/var/lib/pve-cluster/config.db"}},
		Start: []string{"lxc-200.service", "pve-guests.service"},
	}
	more(&said)
	steps, err := plan.Steps(said, []plan.CarriedFile{{From: "/etc/machine-id", To: "/etc/machine-id", Mode: "0444"}, {From: "/etc/hostid", To: "/etc/hostid", Mode: "0444"}})
	if err != nil {
		t.Fatal(err)
	}
	h := plan.Host{
		Name: "pve1", Slug: "pve1", MachineID: "0123456789abcdef0123456789abcdef", Snapshot: strings.Repeat("a", 64), Configuration: strings.Repeat("b", 64),
		Layout: layout, Boot: boot, Steps: steps,
	}
	return plan.Plan{Target: "proxmox", Release: "25.11", Digests: plan.Digests{Rules: strings.Repeat("c", 64), Catalog: strings.Repeat("d", 64)}}, h
}

// A plan reads the same as it always did: each layout, with a boot path of its own.
func TestPlansAreReadable(t *testing.T) {
	esp := []plan.ESP{{UUID: "3F1B-9C2A", Partition: "0f8e7d6c-5b4a-4938-8271-605040302010"}}
	for name, c := range map[string]struct {
		layout plan.Layout
		boot   plan.Boot
		more   func(*plan.Said)
		host   func(*plan.Plan, *plan.Host)
	}{
		"zfs": {
			plan.Layout{Kind: "zfs", Source: "rpool/ROOT", Root: "rpool/ROOT/nixos", Type: "zfs"},
			plan.Boot{Kind: "systemd-boot", ESPs: append([]plan.ESP{{UUID: "5C1A-77D2"}}, esp...)},
			func(s *plan.Said) {
				s.Save.Pools, s.CephFlags, s.Maintenance = []string{"rpool"}, []string{"noout"}, "pve1"
			},
			func(p *plan.Plan, _ *plan.Host) { p.Digests.Answers = strings.Repeat("e", 64) },
		},
		"lvm-thin": {
			plan.Layout{Kind: "lvm-thin", Source: "pve/data", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 32 << 30},
			plan.Boot{Kind: "grub-uefi", ESPs: esp},
			func(s *plan.Said) { s.Save.Groups = []string{"pve"} },
			func(_ *plan.Plan, h *plan.Host) {
				h.Inhibitors = []plan.Inhibitor{
					{ID: "PVE-CNV-010", Level: plan.Warn, Title: "A cluster of two nodes has no quorum while one is away", Text: "pve2 is the only other node.", Remedy: "Add a third vote.", Accepted: "pve2 is told to expect one vote"},
					{ID: "PVE-CNV-012", Level: plan.Refuse, Title: "Guests run: 100, 200", Text: strings.Repeat("They would be stopped at a moment that their users did not choose. ", 3), Remedy: "Shut them down: `qm shutdown 100`."},
					{ID: "PVE-CNV-014", Level: plan.Warn, Title: "Nothing resets this machine if the trial hangs", Text: "It has no watchdog.", Remedy: "Have somebody at the machine."},
				}
			},
		},
		"lvm": {
			plan.Layout{Kind: "lvm", Source: "pve", Root: "/dev/pve/nixos", Type: "ext4", Bytes: 16 << 30},
			plan.Boot{Kind: "grub-bios", ESPs: esp, Config: "/boot/grub"},
			func(s *plan.Said) { s.Save.Groups, s.Start = []string{"pve"}, nil },
			func(*plan.Plan, *plan.Host) {},
		},
		"btrfs": {
			plan.Layout{Kind: "btrfs", Source: "/dev/sda3", Root: "/dev/sda3", Subvolume: "@nixos", Type: "btrfs"},
			plan.Boot{Kind: "grub-bios", ESPs: esp},
			func(*plan.Said) {},
			func(*plan.Plan, *plan.Host) {},
		},
		"none": {
			plan.Layout{Kind: "none"}, plan.Boot{Kind: "none"}, func(*plan.Said) {},
			func(_ *plan.Plan, h *plan.Host) {
				h.MachineID = ""
				h.Inhibitors = []plan.Inhibitor{{ID: "PVE-CNV-015", Level: plan.Refuse, Title: "There is no way to convert this host: its firmware is not known", Text: "A plan needs a way to start it.", Remedy: "Capture on the running host."}}
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, h := planOfLayout(t, c.layout, c.boot, c.more)
			c.host(&p, &h)
			got := PlanText(p, h)
			file := filepath.Join("testdata", "plans", name+".txt")
			if *update {
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Errorf("%s is not what is told; go test ./reports -update\n%s", file, d)
			}
			for n, line := range strings.Split(got, "\n") {
				if len([]rune(line)) > planWidth {
					t.Errorf("line %d is longer than %d: %s", n+1, planWidth, line)
				}
			}
		})
	}
}

// Nothing that the operator must know is left out: each step with its undo and its check, each thing that is written, each obstacle.
func TestPlanTextTellsEverything(t *testing.T) {
	p, h := planOfLayout(t, plan.Layout{Kind: "lvm", Source: "pve", Root: "/dev/pve/nixos", Bytes: 16 << 30}, plan.Boot{Kind: "grub-bios", ESPs: []plan.ESP{{UUID: "3F1B-9C2A"}}, Config: "/boot/grub"}, func(*plan.Said) {})
	h.Inhibitors = []plan.Inhibitor{{ID: "A", Level: plan.Refuse, Title: "first", Text: "text of it", Remedy: "remedy of it"}, {ID: "B", Level: plan.Warn, Title: "second", Text: "more", Remedy: "other"}}
	text := strings.Join(strings.Fields(PlanText(p, h)), " ")
	has := func(what string) {
		t.Helper()
		if !strings.Contains(text, strings.Join(strings.Fields(what), " ")) {
			t.Errorf("%q is not told", what)
		}
	}
	last := 0
	for _, s := range h.Steps {
		has(s.Do)
		has("check: " + s.Verify)
		has("undo: " + s.Undo)
		for _, what := range s.Touches {
			has("- " + what)
		}
		at := strings.Index(text, "("+s.ID+",")
		if at < last {
			t.Errorf("%s stands before the step that it follows", s.ID)
		}
		last = at
	}
	for _, i := range h.Inhibitors {
		has(i.ID + ": " + i.Title + " " + i.Text + " do: " + i.Remedy)
	}
}

// Names of a host steer no terminal and begin no lines of their own.
func TestPlanTextKeepsHostileNamesInTheirLines(t *testing.T) {
	const evil = "x\x1b[2J\r\n  1. Nothing to see\u202e\u0000\u009b31m"
	p, h := planOfLayout(t, plan.Layout{Kind: "zfs", Source: "rpool/ROOT", Root: "rpool/ROOT/nixos"}, plan.Boot{Kind: "systemd-boot", ESPs: []plan.ESP{{UUID: "3F1B-9C2A"}}}, func(*plan.Said) {})
	plain := strings.Count(PlanText(p, h), "\n")
	h.Name, h.MachineID, h.Snapshot, p.Target, p.Release, h.Boot.ESPs[0].UUID, h.Layout.Root = evil, evil, evil, evil, evil, evil, evil
	for i := range h.Steps {
		s := &h.Steps[i]
		s.ID, s.Do, s.Undo, s.Verify, s.Touches = evil, evil, evil, evil, []string{evil}
	}
	h.Inhibitors = []plan.Inhibitor{{ID: evil, Level: plan.Refuse, Title: evil, Text: evil, Remedy: evil}, {ID: evil, Level: plan.Warn, Title: evil, Text: evil, Accepted: evil}}
	text := PlanText(p, h)
	for _, r := range text {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Fatalf("%q is printed", r)
		}
	}
	if strings.Contains(text, "\n  1. Nothing to see") {
		t.Error("a name begins a line")
	}
	if n := strings.Count(text, "\n"); n > plain+12 {
		t.Errorf("%d lines, %d without these names", n, plain)
	}
}
