package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// maxCephSection is longer than the name of any daemon.
const maxCephSection = 255

// CephConf reads ceph.conf. The key is section.key, with an underscore for each blank
// and dash in the key as Ceph reads it; lines above the first section belong to none and are marked
// unknown. Of a repeated key the last counts.
func CephConf(filePath string, data []byte) []snapshot.Property {
	var found []property
	section := ""
	lines, _ := splitLines(data)
	for _, l := range logicalLines(lines) {
		text := cephComment(l.text)
		if text == "" {
			continue
		}
		if strings.HasPrefix(text, "[") {
			name, _, _ := strings.Cut(text[1:], "]")
			if section = strings.Trim(name, blanks); len(section) > maxCephSection {
				section = "" // every key carries it
			}
			continue
		}
		key, value, ok := strings.Cut(text, "=")
		if !ok {
			continue
		}
		key = strings.Join(fields(strings.ReplaceAll(key, "-", " ")), "_")
		value = strings.Trim(strings.Trim(value, blanks), `"'`)
		found = append(found, property{key: section + "." + key, value: value, unknown: section == "", source: at(filePath, l.number)})
	}
	last := map[string]int{}
	for i, p := range found {
		last[p.key] = i
	}
	out := []snapshot.Property{}
	for i, p := range found {
		if last[p.key] == i {
			out = append(out, seal(cephKind, filePath, p))
		}
	}
	return out
}

// cephComment cuts a comment off.
func cephComment(text string) string {
	if i := strings.IndexAny(text, "#;"); i >= 0 {
		text = text[:i]
	}
	return strings.Trim(text, blanks)
}
