package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// SSHD reads sshd_config(5), the lines in order, keywords as they are written (sshd does not look
// at case; of a repeated keyword its first line counts). Keywords below a Match line are
// written Match/Keyword: they hold under that condition only.
func SSHD(filePath string, data []byte) []snapshot.Property {
	out := []snapshot.Property{}
	prefix := ""
	lines, _ := splitLines(data)
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" || text[0] == '#' {
			continue
		}
		end := strings.IndexAny(text, blanks+"=")
		if end < 0 {
			end = len(text)
		}
		key := text[:end]
		value := strings.Trim(text[end:], blanks)
		value = strings.Trim(strings.TrimPrefix(value, "="), blanks)
		if comment := strings.Index(value, " #"); comment >= 0 {
			value = strings.Trim(value[:comment], blanks)
		}
		if len(value) > 1 && strings.Count(value, `"`) == 2 && value[0] == '"' && value[len(value)-1] == '"' {
			value = value[1 : len(value)-1]
		}
		if strings.EqualFold(key, "match") {
			prefix = "Match/"
		} else {
			key = prefix + key
		}
		out = append(out, seal(sshdKind, filePath, property{key: key, value: value, source: at(filePath, l.number)}))
	}
	return out
}
