package nix

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

const (
	// width of a line. As nixfmt does, code is measured from where the line's
	// text begins; comments are measured from the edge of the page.
	width = 100
	// step of indentation.
	step = 2
	// inlineNames is the most names of an inherit that share a line.
	inlineNames = 3
	// inlineParams is the most parameters, one function each, that share a line
	// with the body.
	inlineParams = 2
	// inlineFormals is the most parameters of an attribute set that share a line.
	inlineFormals = 2
)

// Print returns e as the text of a Nix file, with a newline at its end. The
// same tree gives the same bytes.
//
// Errors name the place in the tree, as in
// "services.nginx.virtualHosts[0]: text contains a NUL byte". They are: text
// with a NUL or invalid UTF-8, a name that is no identifier where one is
// needed, an attribute that is defined twice, a number or path that Nix has no
// literal for, a missing part, and nesting deeper than 500 levels.
func Print(e Expr) ([]byte, error) {
	body := uncomment(e)
	if err := check(body, &place{}); err != nil {
		return nil, err
	}
	p := &printer{}
	if c, ok := e.(Commented); ok {
		p.comments(c.Comments)
	}
	p.expr(body, 0)
	return append(p.out, '\n'), nil
}

// printer writes an expression at the current position. An expression stands
// on one line where it may and fits (flat), and else is laid out over several
// (the other methods). What must follow it on its last line, as a semicolon or
// a bracket, is counted in tail.
type printer struct {
	out    []byte
	indent int // of the current line
	start  int // of the current line's text in out
}

func (p *printer) text(s string) { p.out = append(p.out, s...) }

func (p *printer) newline() {
	p.out = append(p.out, '\n')
	p.out = append(p.out, bytes.Repeat([]byte{' '}, p.indent)...)
	p.start = len(p.out)
}

// nested runs write on lines indented by one step.
func (p *printer) nested(write func()) {
	p.indent += step
	write()
	p.indent -= step
}

// column is the width of the current line's text so far.
func (p *printer) column() int { return utf8.RuneCount(p.out[p.start:]) }

// attempt keeps what write writes if that returns true, and else forgets it.
func (p *printer) attempt(write func() bool) bool {
	length, indent, start := len(p.out), p.indent, p.start
	if write() {
		return true
	}
	*p = printer{out: p.out[:length], indent: indent, start: start}
	return false
}

// tryFlat writes before and e on the current line if they fit.
func (p *printer) tryFlat(before string, e Expr, tail int) bool {
	return p.attempt(func() bool {
		p.text(before)
		room := width - tail - p.column()
		return p.flat(e, len(p.out)+utf8.UTFMax*max(room, 0)) && p.column()+tail <= width
	})
}

// flat writes e on the current line, however long. It returns false as soon as
// e may not stand on one line, or the text has more than limit bytes; what it
// wrote is then of no use.
func (p *printer) flat(e Expr, limit int) bool {
	switch e := e.(type) {
	case String:
		p.out = appendQuoted(p.out, string(e))
	case IndentedString:
		if indentable(string(e)) {
			return false
		}
		p.out = appendQuoted(p.out, string(e))
	case Template:
		p.out = appendTemplate(p.out, e)
	case Int:
		p.int(e)
	case Float:
		p.float(e)
	case Bool:
		p.out = strconv.AppendBool(p.out, bool(e))
	case Null:
		p.text("null")
	case Path:
		p.text(string(e))
	case Ref:
		p.out = appendPath(p.out, e)
	case List:
		return p.flatList(e, limit)
	case AttrSet:
		return p.flatSet(e, limit)
	case Apply:
		if !p.flat(function(e.Func), limit) {
			return false
		}
		for _, arg := range e.Args {
			p.text(" ")
			if !p.flat(argument(arg), limit) {
				return false
			}
		}
	case Lambda:
		if !inlineHead(e) || params(e) > inlineParams {
			return false
		}
		p.head(e)
		p.text(" ")
		return p.flat(e.Body, limit)
	case Let, Commented:
		return false
	case With:
		if _, ok := e.Body.(AttrSet); ok && container(e.Body) {
			return false
		}
		return p.flatParts(limit, "with ", e.Env, "; ", e.Body)
	case Select:
		if !p.flat(base(e.Of), limit) {
			return false
		}
		p.path(e.Path)
		if e.Default != nil {
			return p.flatParts(limit, " or ", argument(e.Default))
		}
	case HasAttr:
		if !p.flat(operand(e.Of, levelHas-1), limit) {
			return false
		}
		p.text(" ? ")
		p.out = appendPath(p.out, e.Path)
	case Not:
		return p.flatParts(limit, "!", operand(e.Of, levelApply))
	case BinaryOp:
		left, right := operands(e)
		return p.flatParts(limit, left, " "+string(e.Op)+" ", right)
	case If:
		if _, chain := e.Else.(If); chain {
			return false
		}
		return p.flatParts(limit, "if ", e.Cond, " then ", e.Then, " else ", e.Else)
	case paren:
		return p.flatParts(limit, "(", e.Expr, ")")
	}
	return len(p.out) <= limit
}

// flatParts writes texts and expressions on the current line.
func (p *printer) flatParts(limit int, parts ...any) bool {
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			p.text(part)
		case Expr:
			if !p.flat(part, limit) {
				return false
			}
		}
	}
	return len(p.out) <= limit
}

func (p *printer) flatList(e List, limit int) bool {
	switch len(e) {
	case 0:
		p.text("[ ]")
		return len(p.out) <= limit
	case 1:
		return p.flatParts(limit, "[ ", argument(e[0]), " ]")
	}
	return false
}

// flatSet writes the only sets that share a line: { } and { inherit a; }.
func (p *printer) flatSet(e AttrSet, limit int) bool {
	if len(e) == 0 {
		p.text("{ }")
		return len(p.out) <= limit
	}
	if in, ok := onlyInherit(e); ok {
		p.text("{ ")
		ok := p.flatInherit(in, limit)
		p.text(" }")
		return ok
	}
	return false
}

func onlyInherit(e AttrSet) (Inherit, bool) {
	if len(e) != 1 {
		return Inherit{}, false
	}
	in, ok := e[0].(Inherit)
	return in, ok && len(in.Comments) == 0
}

func (p *printer) flatInherit(e Inherit, limit int) bool {
	if len(e.Names) > inlineNames {
		return false
	}
	p.text("inherit")
	if e.From != nil && !p.flatParts(limit, " (", e.From, ")") {
		return false
	}
	for _, name := range e.Names {
		p.text(" ")
		p.out = appendName(p.out, name)
	}
	p.text(";")
	return len(p.out) <= limit
}

// int writes an integer. The least one has no literal of its own: Nix reads a
// minus as an operator, and the number after it is one too large.
func (p *printer) int(e Int) {
	if e == math.MinInt64 {
		p.text("(-9223372036854775807 - 1)")
		return
	}
	p.out = strconv.AppendInt(p.out, int64(e), 10)
}

// float writes a number as the shortest text that reads back the same. Nix's
// lexer knows a float by its point, and takes no zero before other digits.
func (p *printer) float(e Float) {
	if e == 0 {
		p.text("0.0") // a negative zero too
		return
	}
	b := strconv.AppendFloat(nil, float64(e), 'g', -1, 64)
	if bytes.IndexByte(b, '.') < 0 {
		end := bytes.IndexByte(b, 'e')
		if end < 0 {
			end = len(b)
		}
		b = slices.Insert(b, end, '.', '0')
	}
	p.out = append(p.out, b...)
}

// path writes the attributes of a selection.
func (p *printer) path(path []string) {
	p.text(".")
	p.out = appendPath(p.out, path)
}

// comments writes paragraphs of comment, each line with its newline.
func (p *printer) comments(paragraphs []string) {
	for _, paragraph := range paragraphs {
		for _, line := range commentLines(paragraph, width-p.indent) {
			p.text(line)
			p.newline()
		}
	}
}

// bindings writes bindings, each on lines of its own that begin with a newline.
func (p *printer) bindings(bindings []Binding) {
	for i, b := range bindings {
		switch b := b.(type) {
		case Comment:
			p.separate(b.Blank && i > 0)
			p.paragraphs(b.Paragraphs)
		case Attr:
			p.separate(b.Blank && i > 0)
			p.comments(b.Comments)
			p.attr(b)
		case Inherit:
			p.separate(b.Blank && i > 0)
			p.comments(b.Comments)
			p.inherit(b)
		}
	}
}

func (p *printer) separate(blank bool) {
	if blank {
		p.text("\n")
	}
	p.newline()
}

// paragraphs writes a comment that nothing follows on its line.
func (p *printer) paragraphs(paragraphs []string) {
	first := true
	for _, paragraph := range paragraphs {
		for _, line := range commentLines(paragraph, width-p.indent) {
			if !first {
				p.newline()
			}
			p.text(line)
			first = false
		}
	}
}

func (p *printer) inherit(e Inherit) {
	if p.attempt(func() bool { return p.flatInherit(e, math.MaxInt) && p.column() <= width }) {
		return
	}
	p.text("inherit")
	p.nested(func() {
		if e.From != nil && !p.tryFlat(" ", paren{e.From}, 0) {
			p.newline()
			p.expr(paren{e.From}, 0)
		}
		for _, name := range e.Names {
			p.newline()
			p.out = appendName(p.out, name)
		}
		p.newline()
		p.text(";")
	})
}

// head writes the parameters of a function, with the colon.
func (p *printer) head(e Lambda) {
	if e.Param != "" {
		p.text(e.Param + ":")
		return
	}
	if e.As != "" {
		p.text(e.As + "@")
	}
	formals := e.Formals
	if e.Ellipsis {
		formals = append(slices.Clone(formals), "...")
	}
	switch {
	case len(formals) == 0:
		p.text("{ }:")
	case inlineHead(e):
		p.text("{ ")
		for i, name := range formals {
			if i > 0 {
				p.text(", ")
			}
			p.text(name)
		}
		p.text(" }:")
	default:
		p.text("{")
		p.nested(func() {
			for _, name := range formals {
				p.newline()
				p.text(name)
				if name != "..." {
					p.text(",")
				}
			}
		})
		p.newline()
		p.text("}:")
	}
}

func inlineHead(e Lambda) bool { return len(e.Formals) <= inlineFormals }

// params counts the functions with a single parameter that follow each other.
func params(e Expr) int {
	n := 0
	for {
		l, ok := e.(Lambda)
		if !ok || l.Param == "" {
			return n
		}
		n++
		e = l.Body
	}
}
