package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/api/running"
	"github.com/pve2nix/pve2nix/engine/bridge/migrate"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/snapshot"
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
		c := &converter{engine: func(context.Context, evalFlags) (*evaluate.Engine, error) { return engine, nil }}
		before, err := c.guestsBefore(context.Background(), doc, target)
		if err != nil || len(before) < 2 {
			t.Fatalf("%s: %d guests: %v", target, len(before), err)
		}
		var now []running.Definition
		for _, text := range definitionsOf(t, engine, doc) {
			now = append(now, running.Definition{Text: text, Autostart: new(bool)})
		}
		if got, notes := compared(t, before, now, target == "libvirt"); len(got) != 0 || len(notes) != 0 {
			t.Errorf("%s: untouched: %+v %q", target, got, notes)
		}
		if !bytes.Contains(now[0].Text, []byte(swap[0])) {
			t.Fatalf("%s: no %q in %s", target, swap[0], now[0].Text)
		}
		now[0].Text = bytes.Replace(now[0].Text, []byte(swap[0]), []byte(swap[1]), 1)
		now = slices.Delete(now, 1, 2)
		got, notes := compared(t, before, now, target == "libvirt")
		if len(got) != 1 || !slices.ContainsFunc(got[0].Changes, func(ch migrate.Change) bool { return ch.Key == "memory" && strings.HasPrefix(ch.After, "9") }) {
			t.Errorf("%s: %+v", target, got)
		}
		if !slices.ContainsFunc(notes, func(n string) bool { return strings.Contains(n, "is not there") }) || !slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, fmt.Sprintf("guest %d: memory: 9", got[0].VMID)) }) {
			t.Errorf("%s: %q", target, notes)
		}
	}
}

// definitionsOf are the guests as eval writes them for a target.
func definitionsOf(t *testing.T, engine *evaluate.Engine, doc *snapshot.Document) [][]byte {
	t.Helper()
	host, err := engine.Evaluate(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for _, d := range host.Documents {
		if guestDocuments[d.Kind] == nil {
			continue
		}
		text, err := d.Render()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, text)
	}
	return out
}
