package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// ShellVariables reads assignments as in /etc/default/grub and /etc/default/locale, quotes
// removed. Nothing is expanded or run; of a repeated variable the last counts.
func ShellVariables(filePath string, data []byte) []snapshot.Property {
	assigned := assignments(data)
	last := map[string]int{}
	for i, a := range assigned {
		last[a.key] = i
	}
	out := []snapshot.Property{}
	for i, a := range assigned {
		if last[a.key] == i {
			out = append(out, seal(shellKind, filePath, property{key: a.key, value: a.value, source: at(filePath, a.line)}))
		}
	}
	return out
}

// OSRelease reads os-release(5) into its variables.
func OSRelease(data []byte) map[string]string {
	out := map[string]string{}
	for _, a := range assignments(data) {
		out[a.key] = a.value
	}
	return out
}

type assignment struct {
	key, value string
	line       int
}

func assignments(data []byte) []assignment {
	var out []assignment
	lines, _ := splitLines(data)
	for _, l := range logicalLines(lines) {
		text := strings.TrimPrefix(l.text, "export ")
		name, value, ok := strings.Cut(text, "=")
		name = strings.Trim(name, blanks)
		if !ok || name == "" || strings.IndexFunc(name, func(r rune) bool { return !wordRune(r) }) >= 0 {
			continue
		}
		out = append(out, assignment{name, unquote(value), l.number})
	}
	return out
}

// unquote reads the first word of a shell assignment.
func unquote(text string) string {
	var b strings.Builder
	var quote rune
	escaped := false
	for _, r := range text {
		switch {
		case escaped:
			if quote == '"' && !strings.ContainsRune("\"\\$`", r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped = true
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && strings.ContainsRune(blanks+"#;", r):
			return b.String()
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
