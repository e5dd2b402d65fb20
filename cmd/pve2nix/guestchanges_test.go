package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/api/running"
	"github.com/pve2nix/pve2nix/engine/bridge/migrate"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/faults"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// Guests that nobody touched have no changes; one that was touched has those alone, and what its manager lost or made is named.
func TestGuestsAreComparedWithWhatTheConversionMade(t *testing.T) {
	testhosts.Whole(t)
	doc, err := readSnapshot("../../golden/homelab/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	for target, swap := range map[string][2]string{
		"libvirt": {`<memory unit="MiB">`, `<memory unit="MiB">9`},
		"incus":   {"limits.memory: ", "limits.memory: 9"},
	} {
		engine, err := newEngine(context.Background(), evalFlags{target: target, release: defaultRelease})
		if err != nil {
			t.Fatal(err)
		}
		machine, err := faults.New(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		c := &converter{sys: machine, engine: func(context.Context, evalFlags) (*evaluate.Engine, error) { return engine, nil }}
		before, err := c.guestsBefore(context.Background(), doc, target)
		if err != nil || len(before) < 2 {
			t.Fatalf("%s: %d guests: %v", target, len(before), err)
		}
		var now []running.Definition
		containers := map[string][]byte{}
		for name, text := range definitionsOf(t, engine, doc) {
			if kind, number := path.Split(name); kind == "containers/" {
				containers[number+".conf"] = text
			} else {
				now = append(now, running.Definition{Text: text, Autostart: new(bool)})
			}
		}
		slices.SortFunc(now, func(a, b running.Definition) int { return bytes.Compare(a.Text, b.Text) })
		has := func(name, text string) {
			t.Helper()
			name = filepath.Join(machine.Dir(), name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		for name, text := range containers {
			has(path.Join(containersAt, name), string(text))
		}
		for vmid, g := range before {
			if g.Kind == migrate.LXC && g.OnBoot != nil && *g.OnBoot {
				has(path.Join(startedAt, containerUnit(vmid)+".service"), "")
			}
		}
		compared := func(now []running.Definition) ([]migrate.Recorded, []string) {
			t.Helper()
			left := maps.Clone(before)
			guests, notes := definedGuests(now, target == "libvirt")
			containers, more, err := c.containersNow(left)
			if err != nil {
				t.Fatal(err)
			}
			out, changes := comparedGuests(left, append(guests, containers...))
			return out, slices.Concat(notes, more, changes)
		}
		if got, notes := compared(now); len(got) != 0 || len(notes) != 0 {
			t.Errorf("%s: untouched: %+v %q", target, got, notes)
		}
		if !bytes.Contains(now[0].Text, []byte(swap[0])) {
			t.Fatalf("%s: no %q in %s", target, swap[0], now[0].Text)
		}
		now[0].Text = bytes.Replace(now[0].Text, []byte(swap[0]), []byte(swap[1]), 1)
		now = slices.Delete(now, 1, 2)
		got, notes := compared(now)
		if len(got) != 1 || !slices.ContainsFunc(got[0].Changes, func(ch migrate.Change) bool { return ch.Key == "memory" && strings.HasPrefix(ch.After, "9") }) {
			t.Errorf("%s: %+v", target, got)
		}
		if !slices.ContainsFunc(notes, func(n string) bool { return strings.Contains(n, "is not there") }) || !slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, fmt.Sprintf("guest %d: memory: 9", got[0].VMID)) }) {
			t.Errorf("%s: %q", target, notes)
		}
		if target != "libvirt" {
			continue
		}
		if len(containers) < 3 {
			t.Fatalf("%d containers", len(containers))
		}
		has(containersAt+"/200.conf", strings.Replace(string(containers["200.conf"]), "memory.max = 4294967296", "memory.max = 6G", 1))
		has(containersAt+"/201.conf", "no line\n")
		has(containersAt+"/900.conf", "lxc.uts.name = made-here\n")
		has(containersAt+"/default.conf", "lxc.net.0.type = empty\n")
		if err := os.RemoveAll(filepath.Join(machine.Dir(), startedAt)); err != nil {
			t.Fatal(err)
		}
		got, notes = compared(nil)
		for _, want := range []migrate.Change{{Key: "memory", Before: "4096", After: "6144"}, {Key: "onboot", Before: "1", After: "0"}} {
			if !slices.ContainsFunc(got, func(g migrate.Recorded) bool {
				return g.VMID == 200 && g.Kind == migrate.LXC && slices.Contains(g.Changes, want)
			}) {
				t.Errorf("no %s in %+v", want, got)
			}
		}
		for _, want := range []string{"guest 201 cannot be read: container: line 1: is no setting of LXC", `"made-here" is new: Proxmox VE has no file of it`} {
			if !slices.Contains(notes, want) {
				t.Errorf("no %q in %q", want, notes)
			}
		}
		if slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, "guest 201 is not there") }) {
			t.Errorf("a container that cannot be read is there: %q", notes)
		}
	}
}

// Where Proxmox VE's own manager runs the machines, the files of containers come along with what plain LXC has otherwise.
func TestContainersBesidePVEsOwnManager(t *testing.T) {
	testhosts.Whole(t)
	doc, err := readSnapshot("../../golden/homelab/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := newEngine(context.Background(), evalFlags{target: defaultTarget, release: defaultRelease})
	if err != nil {
		t.Fatal(err)
	}
	machine, err := faults.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	c := &converter{sys: machine, engine: func(context.Context, evalFlags) (*evaluate.Engine, error) { asked++; return engine, nil }}
	file := func() []migrate.Recorded {
		return []migrate.Recorded{{VMID: 100, Kind: migrate.QEMU, File: "memory: 1\n"}, {VMID: 200, Kind: migrate.LXC, File: "memory: 4096\n"}}
	}
	guests := file()
	if notes, err := c.containerChanges(context.Background(), doc, guests); err != nil || len(notes) > 0 || asked > 0 {
		t.Errorf("a host without containers: %q %v", notes, err)
	}
	dir := filepath.Join(machine.Dir(), containersAt)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range definitionsOf(t, engine, doc) {
		if kind, number := path.Split(name); kind == "containers/" {
			if err := os.WriteFile(filepath.Join(dir, number+".conf"), bytes.Replace(text, []byte("memory.max = 4294967296"), []byte("memory.max = 2G"), 1), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	notes, err := c.containerChanges(context.Background(), doc, guests)
	if err != nil || !slices.Contains(notes, "guest 200: memory: 2048, was 4096") || len(guests[0].Changes) > 0 {
		t.Fatalf("%+v %q %v", guests, notes, err)
	}
	p, err := guests[1].Propose([]byte("memory: 4096\n"), nil)
	if err != nil || !strings.HasPrefix(string(p.Text), "memory: 2048\n") {
		t.Errorf("%+v %v", p, err)
	}
	if notes, err := c.containerChanges(context.Background(), doc, file()[:1]); err != nil || !slices.Contains(notes, "guest 200: Proxmox VE has no file of it") {
		t.Errorf("%q %v", notes, err)
	}
}

// definitionsOf are the guests as eval writes them for a target.
func definitionsOf(t *testing.T, engine *evaluate.Engine, doc *snapshot.Document) map[string][]byte {
	t.Helper()
	host, err := engine.Evaluate(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, d := range host.Documents {
		if guestDocuments[d.Kind] == nil {
			continue
		}
		text, err := d.Render()
		if err != nil {
			t.Fatal(err)
		}
		out[d.Kind+"/"+d.Name] = text
	}
	return out
}
