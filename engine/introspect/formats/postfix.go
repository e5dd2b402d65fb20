package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// PostfixMain reads main.cf: a line that begins with a blank continues the one before, comments
// between them included. Of a repeated parameter the last counts, in its place.
func PostfixMain(filePath string, data []byte) []snapshot.Property {
	var logical []line
	lines, _ := splitLines(data)
	var parts []string
	flush := func() {
		if len(parts) > 0 {
			logical[len(logical)-1].text = strings.Join(parts, " ")
		}
		parts = nil
	}
	for _, l := range lines {
		trimmed := strings.Trim(l.text, blanks)
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case strings.ContainsRune(blanks, rune(l.text[0])) && parts != nil:
			parts = append(parts, trimmed)
		default:
			flush()
			logical = append(logical, l)
			parts = []string{trimmed}
		}
	}
	flush()
	last := map[string]int{}
	for i, l := range logical {
		key, _, _ := strings.Cut(l.text, "=")
		last[strings.Trim(key, blanks)] = i
	}
	out := []snapshot.Property{}
	for i, l := range logical {
		key, value, ok := strings.Cut(l.text, "=")
		key = strings.Trim(key, blanks)
		if !ok || key == "" || last[key] != i {
			continue
		}
		out = append(out, seal(postfixKind, filePath, property{key: key, value: strings.Trim(value, blanks), source: at(filePath, l.number)}))
	}
	return out
}
