package api

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Encode writes an answer as Perl's JSON does: keys in order, the text as it is, numbers of at most 15 digits. pretty is
// its long form.
func Encode(v any, pretty bool) []byte {
	var b bytes.Buffer
	encode(&b, v, pretty, 0)
	return b.Bytes()
}

// step is by what the long form indents.
const step = "   "

func encode(b *bytes.Buffer, v any, pretty bool, depth int) {
	line := func(depth int) {
		if pretty {
			b.WriteByte('\n')
			b.WriteString(strings.Repeat(step, depth))
		}
	}
	switch v := v.(type) {
	case nil:
		b.WriteString("null")
	case string:
		encodeText(b, v)
	case int64:
		b.WriteString(strconv.FormatInt(v, 10))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			v = 0 // JSON has no word for it
		}
		b.WriteString(strconv.FormatFloat(v, 'g', 15, 64))
	case []any:
		if len(v) == 0 {
			b.WriteString("[]")
			return
		}
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			line(depth + 1)
			encode(b, e, pretty, depth+1)
		}
		line(depth)
		b.WriteByte(']')
	case map[string]any:
		if len(v) == 0 {
			b.WriteString("{}")
			return
		}
		b.WriteByte('{')
		for i, key := range names(v) {
			if i > 0 {
				b.WriteByte(',')
			}
			line(depth + 1)
			encodeText(b, key)
			if pretty {
				b.WriteString(" : ")
			} else {
				b.WriteByte(':')
			}
			encode(b, v[key], pretty, depth+1)
		}
		line(depth)
		b.WriteByte('}')
	default:
		encodeText(b, fmt.Sprint(v))
	}
}

func encodeText(b *bytes.Buffer, text string) {
	b.WriteByte('"')
	for _, r := range text {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		case '\f':
			b.WriteString(`\f`)
		case '\b':
			b.WriteString(`\b`)
		default:
			if r < ' ' || r == 0x7f {
				fmt.Fprintf(b, `\u%04x`, r)
			} else {
				b.WriteRune(r)
			}
		}
	}
	b.WriteByte('"')
}
