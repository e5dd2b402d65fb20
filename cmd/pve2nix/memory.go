package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// An evaluation of a host of usual size allocates about 80 MB in all, two thirds
// of it garbage of the rule compiler. Up to usualInput bytes of snapshots that is
// collected once, when the rules are compiled, beside the evaluation, and again
// only if the heap should reach heapBudget. Beyond, the collector works as always.
const (
	usualInput = 2 << 20
	heapBudget = 96 << 20
)

// collectOnce sets the garbage collector for an evaluation of these files, unless
// the environment has set it. The function that it returns is called when the
// rules are compiled.
func collectOnce(paths []string) func() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	var size int64
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil {
			size += info.Size()
		}
	}
	if size > usualInput {
		return func() {}
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(heapBudget)
	return func() { go runtime.GC() }
}
