package testhosts

import (
	"path/filepath"
	"testing"
)

// All hosts are looked at, or the few, which all exist.
func TestSnapshotsAreAllOrTheFew(t *testing.T) {
	all, err := filepath.Glob("../../golden/*/snapshot.json")
	if err != nil {
		t.Fatal(err)
	}
	want := len(all)
	if Few() {
		want = len(few)
	}
	if got := Snapshots(t); len(got) != want || want == 0 {
		t.Errorf("%d of %d hosts: %q", len(got), want, got)
	}
}
