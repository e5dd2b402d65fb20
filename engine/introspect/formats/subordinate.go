package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Subordinate reads subuid(5) or subgid(5); kind is uid or gid and becomes the key, the line is the value.
func Subordinate(filePath, kind string, data []byte) []snapshot.Property {
	out := []snapshot.Property{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" || text[0] == '#' {
			continue
		}
		out = append(out, seal(plainKind, filePath, property{key: kind, value: text, source: at(filePath, l.number)}))
	}
	return out
}
