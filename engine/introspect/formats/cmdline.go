package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// KernelParameters cuts a kernel command line as the kernel does: blanks separate, double
// quotes keep a value together. source is the source of every parameter; up to its line number it is the
// path that a secret names. A parameter without = has an empty value.
func KernelParameters(source string, cmdline []byte) []snapshot.Property {
	out := []snapshot.Property{}
	filePath := source
	if i := strings.LastIndex(source, ":"); i >= 0 && strings.Trim(source[i+1:], "0123456789") == "" {
		filePath = source[:i]
	}
	lines, _ := splitLines(cmdline)
	for _, l := range lines {
		for _, parameter := range splitQuoted(l.text) {
			key, value, _ := strings.Cut(parameter, "=")
			out = append(out, seal(kernelKind, filePath, property{key: key, value: value, source: source}))
		}
	}
	return out
}

// splitQuoted splits at blanks outside of double quotes, and removes the quotes.
func splitQuoted(text string) []string {
	var out []string
	var current strings.Builder
	quoted, started := false, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted, started = !quoted, true
		case strings.ContainsRune(blanks, r) && !quoted:
			if started && current.Len() > 0 {
				out = append(out, current.String())
			}
			current.Reset()
			started = false
		default:
			current.WriteRune(r)
			started = true
		}
	}
	if current.Len() > 0 {
		out = append(out, current.String())
	}
	return out
}
