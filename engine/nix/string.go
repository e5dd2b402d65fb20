package nix

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// checkText returns why a text cannot be a Nix string: Nix ends strings at a
// NUL, and has no escapes for bytes, so that invalid UTF-8 would make the
// whole file invalid.
func checkText(s string) error {
	if strings.IndexByte(s, 0) >= 0 {
		return errors.New("text contains a NUL byte")
	}
	if !utf8.ValidString(s) {
		return errors.New("text is not valid UTF-8")
	}
	return nil
}

// smallest is the least float with all its digits. Nix refuses literals of
// those below it, which strtod reports as out of range.
const smallest = 0x1p-1022

// checkFloat returns why a number has no literal in Nix.
func checkFloat(f float64) error {
	size := math.Abs(f)
	if f == 0 || size >= smallest && size <= math.MaxFloat64 {
		return nil
	}
	return fmt.Errorf("number %v has no literal in Nix", f)
}

// appendQuoted appends s as a "…" string. Only these need an escape: the
// quote, the backslash, a dollar sign before a brace, and CR, which Nix would
// read as a newline. Newline and tab are escaped so that one string stays on
// one line and shows what it holds; other control characters have no escape in
// Nix and stand for themselves.
//
// A dollar sign before another one is left alone. Nix reads "$${" as three
// plain characters, but "$$\${" as what it looks like, so that a dollar sign
// that stands before a brace is always escaped and needs no look back.
func appendQuoted(b []byte, s string) []byte {
	return append(appendEscaped(append(b, '"'), s), '"')
}

// appendTemplate appends a text with references in it. A dollar sign that ends
// a text would take the reference behind it for plain characters, so that it is
// escaped there.
func appendTemplate(b []byte, parts Template) []byte {
	b = append(b, '"')
	for i, part := range parts {
		switch part := part.(type) {
		case Ref:
			b = append(appendPath(append(b, "${"...), part), '}')
		case String:
			s := string(part)
			if i+1 == len(parts) || !strings.HasSuffix(s, "$") {
				b = appendEscaped(b, s)
				continue
			}
			b = append(appendEscaped(b, strings.TrimSuffix(s, "$")), `\$`...)
		}
	}
	return append(b, '"')
}

func appendEscaped(b []byte, s string) []byte {
	plain := 0
	for i := range len(s) {
		var escaped string
		switch s[i] {
		case '"':
			escaped = `\"`
		case '\\':
			escaped = `\\`
		case '\n':
			escaped = `\n`
		case '\r':
			escaped = `\r`
		case '\t':
			escaped = `\t`
		case '$':
			if i+1 == len(s) || s[i+1] != '{' {
				continue
			}
			escaped = `\$`
		default:
			continue
		}
		b = append(b, s[plain:i]...)
		b = append(b, escaped...)
		plain = i + 1
	}
	return append(b, s[plain:]...)
}

// indentable tells whether an indented string gives back exactly s, once every
// line but the empty ones is indented by the same number of spaces.
//
// Nix removes from all lines the indentation of the least indented one that
// holds more than spaces, so that one of them has to start in the first
// column; and it drops a last line of nothing but spaces, as editors do with
// all such lines.
func indentable(s string) bool {
	if !strings.Contains(s, "\n") {
		return false
	}
	flush := false
	for line := range strings.SplitSeq(s, "\n") {
		if line == "" {
			continue
		}
		if strings.TrimLeft(line, " ") == "" {
			return false
		}
		flush = flush || line[0] != ' '
	}
	return flush
}

// appendIndented appends s, which is indentable, as an indented string whose
// lines start at column indent, and its end two columns before that where it
// stands on a line of its own.
func appendIndented(b []byte, s string, indent int) []byte {
	b = append(b, `''`...)
	pad := bytes.Repeat([]byte{' '}, indent)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		b = append(b, '\n')
		switch {
		case line != "":
			b = append(b, pad...)
			b = appendIndentedLine(b, line)
		case i == len(lines)-1:
			b = append(b, pad[:indent-2]...)
		}
	}
	return append(b, `''`...)
}

// appendIndentedLine escapes one line of an indented string. The escapes all begin
// with two quotes, so that a quote of the text must never touch them: one that
// could is written as an escape itself, and two of the text as three.
func appendIndentedLine(b []byte, line string) []byte {
	for i := 0; i < len(line); i++ {
		rest := line[i+1:]
		switch c := line[i]; {
		case c == '$' && strings.HasPrefix(rest, "{"):
			b = append(b, `''$`...)
		case c == '\r':
			b = append(b, `''\r`...)
		case c == '\'' && strings.HasPrefix(rest, "'"):
			b = append(b, `'''`...)
			i++
		case c == '\'' && (rest == "" || rest[0] == '$' || rest[0] == '\r'):
			b = append(b, `''\'`...)
		default:
			b = append(b, c)
		}
	}
	return b
}
