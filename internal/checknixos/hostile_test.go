package main

import (
	"flag"
	"path/filepath"
	"testing"
)

// ways is how often the hosts get hostile text, each time in other facts.
var ways = flag.Int("ways", 1, "plant hostile text in so many ways into each golden host")

// Whatever the facts say, the host evaluates: no rule fails and no two disagree.
func TestHostsWithHostileFactsEvaluate(t *testing.T) {
	k, err := load("25.11")
	if err != nil {
		t.Fatal(err)
	}
	targets := k.targets()
	for i, path := range goldenSnapshots(t) {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			doc, err := readSnapshot(path)
			if err != nil {
				t.Fatal(err)
			}
			for way := range *ways {
				way += i // not the same way for all hosts
				planted, n, err := plantedInto(doc, path, way)
				if err != nil || n == 0 {
					t.Fatalf("way %d: %d facts, %v", way, n, err)
				}
				target := targets[(i+way/len(oneIn))%len(targets)]
				if _, err := k.evaluate(t.Context(), planted, target); err != nil {
					t.Errorf("way %d for %s: %v", way, target, err)
				}
			}
		})
	}
}
