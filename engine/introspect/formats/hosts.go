package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Hosts reads hosts(5).
func Hosts(filePath string, data []byte) []snapshot.HostsEntry {
	out := []snapshot.HostsEntry{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		text, _, _ := strings.Cut(l.text, "#")
		if words := fields(text); len(words) > 1 {
			out = append(out, snapshot.HostsEntry{Address: words[0], Names: words[1:], Source: at(filePath, l.number)})
		}
	}
	return out
}
