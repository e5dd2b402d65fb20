package nix

import "strings"

// keyword tells whether Nix reserves a word (Nix manual, "Identifiers"). "or"
// is none there, but is read as one after an attribute path.
func keyword(s string) bool {
	switch s {
	case "if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or":
		return true
	}
	return false
}

// bare tells whether a name can stand without quotes (Nix manual,
// "Identifiers": [a-zA-Z_][a-zA-Z0-9_'-]*).
func bare(s string) bool {
	if s == "" || keyword(s) {
		return false
	}
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_':
		case i > 0 && ('0' <= c && c <= '9' || c == '\'' || c == '-'):
		default:
			return false
		}
	}
	return true
}

// validPath tells whether s is a relative path literal. Nix's lexer takes a
// little more; what it takes beyond this nobody needs, and it is easier to
// misread.
func validPath(s string) bool {
	parts := strings.Split(s, "/")
	if len(parts) < 2 || parts[0] != "." && parts[0] != ".." {
		return false
	}
	up := parts[0] == ".."
	for _, part := range parts[1:] {
		if part == ".." && up {
			continue
		}
		up = false
		if part == "" || part == "." || part == ".." {
			return false
		}
		for i := range len(part) {
			c := part[i]
			letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
			if !letter && !strings.ContainsRune("._+-", rune(c)) {
				return false
			}
		}
	}
	return true
}

// appendName appends one part of an attribute path.
func appendName(b []byte, s string) []byte {
	if bare(s) {
		return append(b, s...)
	}
	return appendQuoted(b, s)
}

// appendPath appends an attribute path.
func appendPath(b []byte, path []string) []byte {
	for i, part := range path {
		if i > 0 {
			b = append(b, '.')
		}
		b = appendName(b, part)
	}
	return b
}
