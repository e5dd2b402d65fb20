package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
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
	p := printer{text: compact}
	p.findEnds()
	p.out.Grow(len(compact) + len(compact)*2/5) // evaluations grow by a third
	p.layOut(0, len(compact), 0)
	p.out.WriteByte('\n')
	return p.out.Bytes(), nil
}

// printer lays out one compact JSON text.
type printer struct {
	text []byte
	// starts are the offsets of opening brackets, in order, and ends, for each, the one behind what closes it.
	starts, ends []int32
	out          bytes.Buffer
}

// findEnds finds where the objects and lists of a compact text end.
func (p *printer) findEnds() {
	var open []int
	for i := 0; i < len(p.text); i++ {
		switch p.text[i] {
		case '"':
			i = p.endOfString(i) - 1
		case '{', '[':
			open = append(open, len(p.starts))
			p.starts, p.ends = append(p.starts, int32(i)), append(p.ends, 0)
		case '}', ']':
			p.ends[open[len(open)-1]] = int32(i + 1)
			open = open[:len(open)-1]
		}
	}
}

func (p *printer) endOfString(start int) int {
	for i := start + 1; ; i++ {
		switch p.text[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
}

// end is the offset behind the value that begins at start.
func (p *printer) end(start int) int {
	switch p.text[start] {
	case '"':
		return p.endOfString(start)
	case '{', '[':
		i, _ := slices.BinarySearch(p.starts, int32(start))
		return int(p.ends[i])
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
			e := p.endOfString(i)
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
