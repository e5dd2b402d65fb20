package hostile

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// What is planted is a valid snapshot, holds every text, and none of them what an evaluation would say.
func TestPlantedSnapshotsAreValid(t *testing.T) {
	text, err := os.ReadFile("../../../golden/basic/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := snapshot.Read(bytes.NewReader(text), "basic")
	if err != nil {
		t.Fatal(err)
	}
	before, err := json.Marshal(doc.Tree)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(string) string
		least  int
	}{"everywhere": {Everywhere(), 1000}, "here and there": {HereAndThere(1, 16), 100}} {
		tree, n, err := Plant(doc.Tree, c.change)
		if err != nil || n < c.least {
			t.Errorf("%s: %d strings, %v", name, n, err)
		}
		planted, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := snapshot.Read(bytes.NewReader(planted), name); err != nil {
			t.Error(err)
		}
		for _, text := range Texts {
			quoted, err := json.Marshal(text)
			if err != nil || !bytes.Contains(planted, quoted[1:len(quoted)-1]) {
				t.Errorf("%s: %q is nowhere (%v)", name, text, err)
			}
			if strings.Contains(text, Aborted) || !strings.Contains(text, Mark) {
				t.Errorf("%q must hold the mark, and what an evaluation says only in pieces", text)
			}
		}
	}
	after, err := json.Marshal(doc.Tree)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the snapshot itself was changed (%v)", err)
	}
}
