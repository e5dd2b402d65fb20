package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// CPUInfo reads /proc/cpuinfo. What is said of each processor is that of the first; sockets and cores are counted
// where the kernel tells which processor is where. Clocks change all the time and are left out.
func CPUInfo(data []byte) snapshot.CPU {
	out := snapshot.CPU{Flags: []string{}, Vulnerabilities: []snapshot.Vulnerability{}}
	lines, _ := splitLines(data)
	// A core's number is that within its socket, whose line comes before it.
	socket := ""
	sockets, cores := map[string]bool{}, map[string]bool{}
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
		case "cpu family", "CPU architecture":
			first(&out.Family, value)
		case "model", "CPU part":
			first(&out.ModelNumber, value)
		case "stepping", "CPU revision":
			first(&out.Stepping, value)
		case "microcode":
			first(&out.Microcode, value)
		case "physical id":
			socket = value
			sockets[socket] = true
		case "core id":
			cores[socket+" "+value] = true
		case "flags", "Features":
			if len(out.Flags) == 0 {
				out.Flags = words(value)
			}
		}
	}
	out.Sockets, out.Cores = len(sockets), len(cores)
	return out
}
