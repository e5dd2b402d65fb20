package formats

import (
	"strconv"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Swaps reads /proc/swaps, in the order of the kernel.
func Swaps(data []byte) []snapshot.Swap {
	out := []snapshot.Swap{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		columns := fields(l.text)
		if len(columns) < 3 {
			continue
		}
		size, err := strconv.ParseInt(columns[2], 10, 64)
		if err != nil || size < 0 {
			continue // the heading
		}
		out = append(out, snapshot.Swap{Path: unescape(columns[0]), Kind: columns[1], SizeKiB: size})
	}
	return out
}
