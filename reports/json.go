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
	p := printer{text: compact, ends: ends(compact)}
	p.out.Grow(len(compact) + len(compact)/4)
	p.layOut(0, len(compact), 0)
	p.out.WriteByte('\n')
	return p.out.Bytes(), nil
}

// printer lays out one compact JSON text.
type printer struct {
	text []byte
	// ends has, for each opening bracket and quote, the offset behind its end.
	ends []int32
	out  bytes.Buffer
}

// ends finds where the objects, lists and strings of a compact text end.
func ends(text []byte) []int32 {
	out := make([]int32, len(text))
	var open []int
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			start := i
			for i++; text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
			out[start] = int32(i + 1)
		case '{', '[':
			open = append(open, i)
		case '}', ']':
			out[open[len(open)-1]] = int32(i + 1)
			open = open[:len(open)-1]
		}
	}
	return out
}

// end is the offset behind the value that begins at start.
func (p *printer) end(start int) int {
	if e := p.ends[start]; e > 0 {
		return int(e)
	}
	for i := start; ; i++ { // a number, true, false or null
		if i == len(p.text) || bytes.IndexByte([]byte(",]}"), p.text[i]) >= 0 {
			return i
		}
	}
}

func (p *printer) layOut(start, end, depth int) {
	first := p.text[start]
	if end-start+2*depth <= lineWidth || (first != '{' && first != '[') {
		p.spaced(start, end)
		return
	}
	p.out.WriteByte(first)
	for at := start + 1; at < end-1; {
		p.line(depth + 1)
		if first == '{' {
			value := p.end(at) + 1
			p.out.Write(p.text[at:value])
			p.out.WriteByte(' ')
			at = value
		}
		next := p.end(at)
		p.layOut(at, next, depth+1)
		if at = next; at < end-1 {
			p.out.WriteByte(',')
			at++
		}
	}
	p.line(depth)
	p.out.WriteByte(p.text[end-1])
}

func (p *printer) line(depth int) {
	p.out.WriteByte('\n')
	for range depth {
		p.out.WriteString("  ")
	}
}

// spaced prints a value on one line with a blank after commas and colons.
func (p *printer) spaced(start, end int) {
	for i := start; i < end; {
		if p.text[i] == '"' {
			e := int(p.ends[i])
			p.out.Write(p.text[i:e])
			i = e
			continue
		}
		c := p.text[i]
		p.out.WriteByte(c)
		if c == ',' || c == ':' {
			p.out.WriteByte(' ')
		}
		i++
	}
}
