package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Crypttab reads crypttab(5). The third column, a key file, is the first option in the form
// key-file=PATH; "none" and "-" mean that there is none.
func Crypttab(filePath string, data []byte) []snapshot.CrypttabEntry {
	out := []snapshot.CrypttabEntry{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		columns := fields(l.text)
		if len(columns) < 2 || columns[0][0] == '#' {
			continue
		}
		options := []string{}
		if len(columns) > 2 && columns[2] != "none" && columns[2] != "-" {
			options = append(options, keyFileOption(filePath, columns[2]))
		}
		if len(columns) > 3 {
			options = append(options, splitOptions(columns[3])...)
		}
		out = append(out, snapshot.CrypttabEntry{Name: columns[0], Device: columns[1], Options: options, Source: at(filePath, l.number)})
	}
	return out
}

// keyFileOption keeps a path, and paths on a device (/key:UUID=…); anything else may be a
// key that someone put in the wrong place.
func keyFileOption(filePath, column string) string {
	if strings.HasPrefix(column, "/") {
		return "key-file=" + column
	}
	return "key-file=secret:" + secretOf(filePath, column).SHA256Prefix
}
