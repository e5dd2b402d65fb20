package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Crypttab reads crypttab(5). The key file is the third column as it stands, unless it may be a key.
func Crypttab(filePath string, data []byte) []snapshot.CrypttabEntry {
	out := []snapshot.CrypttabEntry{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		columns := fields(l.text)
		if len(columns) < 2 || columns[0][0] == '#' {
			continue
		}
		entry := snapshot.CrypttabEntry{Name: columns[0], Device: columns[1], Options: []string{}, Source: at(filePath, l.number)}
		if len(columns) > 2 {
			entry.KeyFile = keyFile(filePath, columns[2])
		}
		if len(columns) > 3 {
			entry.Options = append(entry.Options, splitOptions(columns[3])...)
		}
		out = append(out, entry)
	}
	return out
}

// HiddenKey begins the key file of a line of crypttab that may hold the key itself.
const HiddenKey = "secret:"

// keyFile keeps the words for none, paths, and paths on a device (/key:UUID=…); anything else may
// be a key that someone put in the wrong place.
func keyFile(filePath, column string) string {
	if column == "none" || column == "-" || strings.HasPrefix(column, "/") {
		return column
	}
	return HiddenKey + secretOf(filePath, column).SHA256Prefix
}
