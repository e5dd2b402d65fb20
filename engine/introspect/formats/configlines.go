package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// configLines reads files whose lines have a grammar of their own: sudoers, limits.conf, udev rules, exports, packet
// filters, PAM. The value is the line, joined with those that continue it; the key is its first word, of PAM its type
// and module.
func configLines(filePath string, data []byte) []snapshot.Property {
	f := newConfigFacts(filePath)
	lines, _ := splitLines(data)
	pam := f.kind == pamKind
	for _, l := range continued(lines) {
		text := strings.Trim(l.text, blanks)
		if isLineComment(f.kind, text) || strings.Trim(text, "};"+blanks) == "" {
			continue
		}
		key, value := lineKey(text), text
		if pam {
			key, value = pamRule(text)
		}
		f.add("", key, value, l.number)
		if last := &f.out[len(f.out)-1]; last.Secret != nil {
			// The first word may be a part of what is hidden.
			if end := strings.IndexByte(last.Key, ':'); end > 0 {
				last.Key = last.Key[:end]
			}
		}
	}
	return f.out
}

// isLineComment knows that sudoers has directives and numbers that begin with #.
func isLineComment(kind fileKind, text string) bool {
	if text[0] != '#' {
		return false
	}
	if kind != sudoersKind {
		return true
	}
	word, _ := cutWord(text[1:])
	return word != "include" && word != "includedir" && strings.Trim(word, "0123456789") != "" || len(text) == 1 || strings.IndexByte(blanks, text[1]) >= 0
}

// lineKey is the first word of a line, without what an operator or a bracket in it begins.
func lineKey(text string) string {
	key, _ := cutWord(text)
	if end := strings.IndexAny(key, `="'({[,`); end > 0 {
		key = key[:end]
	}
	return strings.TrimRight(key, "!+-")
}

// pamRule is the type and the module of a PAM rule, and its control and arguments.
func pamRule(text string) (key, value string) {
	kind, rest := cutWord(text)
	if strings.HasPrefix(kind, "@") {
		return kind, strings.Trim(rest, blanks)
	}
	control, rest := cutWord(rest)
	if strings.HasPrefix(control, "[") {
		if end := strings.IndexByte(rest, ']'); !strings.HasSuffix(control, "]") && end >= 0 {
			control, rest = control+" "+rest[:end+1], strings.Trim(rest[end+1:], blanks)
		}
	}
	module, arguments := cutWord(rest)
	if len(kind)+len(module) > maxKeyLength {
		return "", text
	}
	return strings.Trim(kind+" "+module, blanks), strings.Trim(control+" "+arguments, blanks)
}
