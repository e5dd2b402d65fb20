package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// CPUInfo reads /proc/cpuinfo; vendor, model and flags are those of the first processor.
func CPUInfo(data []byte) snapshot.CPU {
	out := snapshot.CPU{Flags: []string{}}
	lines, _ := splitLines(data)
	first := func(slot *string, value string) {
		if *slot == "" {
			*slot = value
		}
	}
	for _, l := range lines {
		key, value, _ := strings.Cut(l.text, ":")
		value = strings.Trim(value, blanks)
		switch strings.Trim(key, blanks) {
		case "processor":
			out.Threads++
		case "vendor_id", "CPU implementer":
			first(&out.Vendor, value)
		case "model name", "Model":
			first(&out.Model, value)
		case "flags", "Features":
			if len(out.Flags) == 0 {
				out.Flags = words(value)
			}
		}
	}
	return out
}
