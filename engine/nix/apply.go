package nix

import "math"

// call is an application taken apart: the function, no application itself, and
// all arguments, each as it is printed.
type call struct {
	fn   Expr
	args []Expr
}

func callOf(e Apply) call {
	c := call{fn: function(e.Func)}
	if inner, ok := c.fn.(Apply); ok {
		c = callOf(inner)
	}
	for _, arg := range e.Args {
		c.args = append(c.args, argument(arg))
	}
	return c
}

// applyHere writes before and an application that begins on the current line:
// whole, or with one argument opened over several lines and the rest in one
// line around it. It returns false, and writes nothing, if neither fits.
func (p *printer) applyHere(before string, e Apply, tail int) bool {
	if p.tryFlat(before, e, tail) {
		return true
	}
	c := callOf(e)
	last := len(c.args) - 1
	if simple(e) && p.attempt(func() bool { p.text(before); return p.flatCall(c, last) }) {
		p.open(c, last, tail)
		return true
	}
	for i := last; i >= 0; i-- {
		if c.opens(i) && p.attempt(func() bool { return p.applyOpen(before, c, i, tail) }) {
			return true
		}
	}
	return false
}

// opens tells whether argument i gets a line's end behind its first bracket.
// Of two lists in a row neither does: they are set one below the other.
func (c call) opens(i int) bool {
	if _, ok := c.args[i].(paren); ok {
		return true
	}
	return container(c.args[i]) && !(c.list(i) && (c.list(i-1) || c.list(i+1)))
}

// list tells whether argument i is there and a list.
func (c call) list(i int) bool {
	if i < 0 || i >= len(c.args) {
		return false
	}
	_, ok := c.args[i].(List)
	return ok
}

// flatCall writes the function and the first n arguments, each with a space
// after it. It returns false if one of them cannot be on one line.
func (p *printer) flatCall(c call, n int) bool {
	for _, e := range append([]Expr{c.fn}, c.args[:n]...) {
		if !p.flatParts(math.MaxInt, e, " ") {
			return false
		}
	}
	return true
}

// applyOpen writes an application with argument i opened.
func (p *printer) applyOpen(before string, c call, i, tail int) bool {
	p.text(before)
	if !p.flatCall(c, i) || p.column()+c.bracket(i) > width {
		return false
	}
	end := tail
	rest := printer{}
	for _, arg := range c.args[i+1:] {
		rest.text(" ")
		if !rest.flat(arg, utf8Limit) {
			return false
		}
	}
	if i < len(c.args)-1 && len(")")+rest.column()+tail > width {
		return false
	}
	if i < len(c.args)-1 {
		tail += rest.column()
	}
	p.open(c, i, tail)
	p.out = append(p.out, rest.out...)
	return i == len(c.args)-1 || p.column()+end <= width
}

// utf8Limit is more bytes than any line has that fits.
const utf8Limit = 4 * width

// bracket is the width of what stands before the first line's end in an opened
// argument.
func (c call) bracket(i int) int {
	if _, ok := c.args[i].(IndentedString); ok {
		return len("''")
	}
	return len("(")
}

// open writes argument i over several lines. The last one may keep a short
// function on the line of its parenthesis.
func (p *printer) open(c call, i, tail int) {
	arg, ok := c.args[i].(paren)
	if !ok {
		p.broken(c.args[i], tail)
		return
	}
	if i < len(c.args)-1 {
		p.broken(arg, tail)
		return
	}
	switch inner := arg.Expr.(type) {
	case Lambda:
		if inner.Param != "" && container(inner.Body) {
			p.text("(" + inner.Param + ": ")
			p.broken(inner.Body, tail)
			p.text(")")
			return
		}
	case Apply:
		fn, ok := inner.Func.(Ref)
		if ok && len(fn) == 1 && len(inner.Args) == 1 && container(inner.Args[0]) {
			p.text("(" + fn[0] + " ")
			p.broken(inner.Args[0], tail)
			p.text(")")
			return
		}
	}
	p.parenBlock(arg)
}

// applyDown writes an application with its last argument on a line of its own,
// and before that one those that do not fit beside the function.
func (p *printer) applyDown(e Apply, tail int) {
	c := callOf(e)
	last := len(c.args) - 1
	beside := last
	for beside >= 0 && !p.attempt(func() bool { return p.flatCallFits(c, beside) }) {
		beside--
	}
	if beside < 0 {
		p.expr(c.fn, 0)
		beside = 0
	}
	p.nested(func() {
		for _, arg := range c.args[beside:last] {
			p.newline()
			p.expr(arg, 0)
		}
		p.newline()
		if !p.tryFlat("", c.args[last], tail) {
			p.open(c, last, tail)
		}
	})
}

// flatCallFits writes the function and the first n arguments, if they fit and no
// list is parted from one after it.
func (p *printer) flatCallFits(c call, n int) bool {
	if c.list(n-1) && c.list(n) || !p.flatCall(c, n) {
		return false
	}
	p.out = p.out[:len(p.out)-len(" ")]
	return p.column() <= width
}

// simple tells whether e consists of so little that it is never divided: plain
// values, and functions of up to two of them.
func simple(e Expr) bool {
	switch e := e.(type) {
	case String, Template, IndentedString, Path, Bool, Null, Ref:
		return refParts(e)
	case Int:
		return e >= 0
	case Float:
		return e >= 0
	case paren:
		return simple(e.Expr)
	case Apply:
		c := callOf(e)
		if len(c.args) > 2 || !simple(c.fn) {
			return false
		}
		for _, arg := range c.args {
			if !simple(arg) {
				return false
			}
		}
		return true
	}
	return false
}

// refParts tells whether e, if it is a reference, has only plain names.
func refParts(e Expr) bool {
	ref, ok := e.(Ref)
	if !ok {
		return true
	}
	for _, part := range ref {
		if !bare(part) {
			return false
		}
	}
	return true
}
