package main

import (
	"os"
	"runtime/debug"
)

// An evaluation of a host of usual size allocates about 65 MB in all, of which
// half is garbage when all rules are asked. Up to usualInput bytes of snapshots
// the first collection therefore waits for a heap of 48 MB, which is about then,
// and the next one for heapLimit; one collection is what pays. Beyond usualInput
// the collector works as always.
const (
	usualInput = 2 << 20
	// gcPercent times the runtime's smallest heap, 4 MB, is the 48 MB.
	gcPercent = 1200
	heapLimit = 128 << 20
)

// collectOnce sets the garbage collector for an evaluation of these files, unless
// the environment has set it.
func collectOnce(paths []string) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	var size int64
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil {
			size += info.Size()
		}
	}
	if size <= usualInput {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(heapLimit)
	}
}

// collectRarely sets the garbage collector for work that builds large trees once and then ends, unless the environment has
// set it: vet compiles all rules with their tests, and the whole catalog.
func collectRarely() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(vetLimit)
	}
}

// vetLimit is where collection begins in earnest.
const vetLimit = 1 << 30
