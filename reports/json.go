package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// lineWidth is how long a JSON value may be to stay on one line.
const lineWidth = 160

// encode prints JSON for people and for line-wise comparison: a value that fits
// goes on one line, a longer one is opened, one element a line. The order of
// struct fields is kept; <, > and & are escaped, so that the text is inert in HTML.
func encode(v any) ([]byte, error) {
	compact, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode report: %w", err)
	}
	var b bytes.Buffer
	layOut(&b, compact, 0)
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// layOut prints one compact JSON value at a depth of indentation.
func layOut(b *bytes.Buffer, value []byte, depth int) {
	if len(value)+2*depth <= lineWidth || (value[0] != '{' && value[0] != '[') {
		spaced(b, value)
		return
	}
	b.WriteByte(value[0])
	members(value, func(key, member []byte, last bool) {
		b.WriteByte('\n')
		for range depth + 1 {
			b.WriteString("  ")
		}
		if key != nil {
			b.Write(key)
			b.WriteString(": ")
		}
		layOut(b, member, depth+1)
		if !last {
			b.WriteByte(',')
		}
	})
	b.WriteByte('\n')
	for range depth {
		b.WriteString("  ")
	}
	b.WriteByte(value[len(value)-1])
}

// members calls visit for each element of a compact object or list.
func members(value []byte, visit func(key, member []byte, last bool)) {
	rest := value[1 : len(value)-1]
	for len(rest) > 0 {
		var key []byte
		if value[0] == '{' {
			n := end(rest)
			key, rest = rest[:n], rest[n+1:]
		}
		n := end(rest)
		member := rest[:n]
		rest = rest[n:]
		visit(key, member, len(rest) == 0)
		if len(rest) > 0 {
			rest = rest[1:]
		}
	}
}

// end is the length of the value that a compact text begins with.
func end(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted:
			if c == '\\' {
				i++
			} else if c == '"' {
				quoted = false
				if depth == 0 {
					return i + 1
				}
			}
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 {
				return i
			}
			depth--
			if depth == 0 {
				return i + 1
			}
		case (c == ',' || c == ':') && depth == 0:
			return i
		}
	}
	return len(text)
}

// spaced prints a compact value on one line with a blank after commas and colons.
func spaced(b *bytes.Buffer, value []byte) {
	quoted := false
	for i := 0; i < len(value); i++ {
		c := value[i]
		b.WriteByte(c)
		switch {
		case quoted && c == '\\':
			i++
			b.WriteByte(value[i])
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == ':'):
			b.WriteByte(' ')
		}
	}
}
