// Package testhosts says at how many hosts a test looks, and what becomes of one that lacks something. Tests of all golden
// hosts say what the program does; the race detector, which makes them five to
// ten times as slow, asks only whether its goroutines respect each other, and a
// few hosts answer that.
package testhosts

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// few are hosts of small and large size with guests of both kinds, clusters, and packet filters.
var few = []string{"basic", "edge", "homelab", "ring"}

// Few tells whether tests look at few hosts: with the race detector, and with -short.
func Few() bool { return raced || testing.Short() }

// Whole is called by a test that is about all hosts, all rules or other programs: where few hosts do, it is left out.
func Whole(t testing.TB) {
	t.Helper()
	if Few() {
		t.Skip("runs without the race detector and without -short")
	}
}

// Snapshots are the paths of the golden snapshots that a test of a package two folders below the root looks at.
func Snapshots(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("../../golden/*/snapshot.json")
	if err != nil || len(paths) < len(few) {
		t.Fatalf("golden snapshots: found %q, %v", paths, err)
	}
	if Few() {
		paths = slices.DeleteFunc(paths, func(path string) bool { return !slices.Contains(few, filepath.Base(filepath.Dir(path))) })
	}
	return paths
}

// Lacking skips a test for want of something that whoever runs it can provide; where CI is set it fails, because there a
// test that did not run is a test that is not there.
func Lacking(t testing.TB, what any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}
