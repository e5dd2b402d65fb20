package nix

import (
	"bytes"
	"math"
	"strings"
	"unicode/utf8"
)

const leastInt = math.MinInt64

// expr writes e on the current line if it fits there, and else over several.
func (p *printer) expr(e Expr, tail int) {
	if !p.tryFlat("", e, tail) {
		p.broken(e, tail)
	}
}

// broken lays e out over several lines, or writes it on one that is too long
// when it cannot be divided.
func (p *printer) broken(e Expr, tail int) {
	switch e := e.(type) {
	case List:
		p.list(e)
	case AttrSet:
		p.set(e)
	case IndentedString:
		p.indented(e)
	case paren:
		p.paren(e, tail)
	case Apply:
		if !p.applyHere("", e, tail) {
			p.applyDown(e, tail)
		}
	case Lambda:
		p.lambda(e, tail)
	case Let:
		p.text("let")
		p.nested(func() { p.bindings(e.Bindings) })
		p.newline()
		p.text("in")
		p.newline()
		p.body(e.Body, tail)
	case With:
		p.text("with ")
		p.expr(e.Env, 1)
		p.text(";")
		p.newline()
		p.body(e.Body, tail)
	case Select:
		p.selection(e, tail)
	case HasAttr:
		p.expr(operand(e.Of, levelHas-1), 0)
		path := "? " + string(appendPath(nil, e.Path))
		if p.column()+len(" ")+utf8.RuneCountInString(path)+tail <= width {
			p.text(" ")
		} else {
			p.newline()
		}
		p.text(path)
	case Not:
		p.text("!")
		p.body(operand(e.Of, levelApply), tail)
	case BinaryOp:
		p.operation(e, tail)
	case If:
		p.conditional(e, tail)
	default:
		p.flat(e, math.MaxInt)
	}
}

func (p *printer) selection(e Select, tail int) {
	p.expr(base(e.Of), 0)
	p.path(e.Path)
	if e.Default == nil {
		return
	}
	write := func() {
		p.text("or ")
		p.expr(argument(e.Default), tail)
	}
	if p.beside(len("or "), argument(e.Default), tail) {
		p.text(" ")
		write()
		return
	}
	p.nested(func() {
		p.newline()
		write()
	})
}

// beside tells whether an operator of the width and then e continue the
// current line: e as a whole if it could be on one line, and else what of it
// cannot be divided.
func (p *printer) beside(operator int, e Expr, tail int) bool {
	q := printer{}
	need := operator + p.lead(e)
	if q.tryFlat("", e, operator+tail) {
		need = operator + q.column() + tail
	}
	return p.column()+len(" ")+need <= width
}

// body writes a part of an expression that takes several lines already. A set,
// a with or a function there does so too, even if it would fit on one.
func (p *printer) body(e Expr, tail int) {
	switch e := e.(type) {
	case With, AttrSet:
		p.broken(e, tail)
	case Lambda:
		if e.Param == "" {
			p.broken(e, tail)
			return
		}
		p.expr(e, tail)
	default:
		p.expr(e, tail)
	}
}

func (p *printer) list(e List) {
	if len(e) == 0 {
		p.text("[ ]")
		return
	}
	p.text("[")
	p.nested(func() {
		for _, item := range e {
			p.newline()
			if c, ok := item.(Commented); ok {
				p.comments(c.Comments)
			}
			p.expr(argument(uncomment(item)), 0)
		}
	})
	p.newline()
	p.text("]")
}

func (p *printer) set(e AttrSet) {
	if len(e) == 0 {
		p.text("{ }")
		return
	}
	p.text("{")
	p.nested(func() { p.bindings(e) })
	p.newline()
	p.text("}")
}

func (p *printer) indented(e IndentedString) {
	if !indentable(string(e)) {
		p.out = appendQuoted(p.out, string(e))
		return
	}
	p.out = appendIndented(p.out, string(e), p.indent+step)
	p.start = bytes.LastIndexByte(p.out, '\n') + 1 + p.indent
	if !strings.HasSuffix(string(e), "\n") {
		p.start += step
	}
}

// container tells whether e brings its own brackets, so that it can begin on
// the line of what it belongs to and end on a line of its own.
func container(e Expr) bool {
	switch e := e.(type) {
	case List:
		return len(e) > 0
	case AttrSet:
		return len(e) > 0
	case IndentedString:
		return indentable(string(e))
	}
	return false
}

// absorbable tells whether e ends in a container after a short beginning.
func absorbable(e Expr) bool {
	switch e := e.(type) {
	case With:
		return container(e.Body)
	case Lambda:
		_, chained := e.Body.(Lambda)
		return e.Param != "" && (container(e.Body) || chained && absorbable(e.Body))
	}
	return container(e)
}

// absorbed writes an absorbable expression that begins on the current line.
func (p *printer) absorbed(e Expr, tail int) {
	switch e := e.(type) {
	case With:
		p.text("with ")
		p.expr(e.Env, 1)
		p.text("; ")
		if _, ok := e.Body.(AttrSet); ok {
			p.broken(e.Body, tail)
		} else {
			p.expr(e.Body, tail)
		}
	case Lambda:
		p.head(e)
		p.text(" ")
		p.absorbed(e.Body, tail)
	default:
		p.expr(e, tail)
	}
}

// attr writes a binding.
func (p *printer) attr(b Attr) {
	p.out = appendPath(p.out, b.Path)
	p.text(" =")
	if !shortPath(b.Path) && p.column()+p.fixed(b.Value) > width {
		p.nested(func() {
			p.newline()
			p.value(b.Value, "")
		})
	} else {
		p.value(b.Value, " ")
	}
	p.text(";")
}

// shortPath tells whether a value always begins on the line of the path; after
// a long path, or one with quotes, that line would be the longest of the file.
func shortPath(path []string) bool {
	for _, part := range path {
		if !bare(part) {
			return false
		}
	}
	return len(path) <= 4
}

// lead is the width of e up to where it can first be divided.
func (p *printer) lead(e Expr) int {
	switch e := e.(type) {
	case List, AttrSet, IndentedString:
		if !container(e) {
			return p.measure(e)
		}
		if _, ok := e.(IndentedString); ok {
			return len("''")
		}
		return len("[")
	case paren:
		return len("(")
	case Apply:
		if simple(e) {
			return p.measure(e)
		}
		return p.lead(callOf(e).fn)
	case Select:
		return p.lead(base(e.Of))
	case HasAttr:
		return p.lead(operand(e.Of, levelHas-1))
	case Not:
		return len("!") + p.lead(operand(e.Of, levelApply))
	case BinaryOp:
		return p.lead(chain(e)[0])
	case If:
		return len("if")
	case Let:
		return len("let")
	case With:
		return len("with ") + p.lead(e.Env)
	case Lambda:
		return len("{")
	}
	return p.measure(e)
}

// fixed is the width of what stands beside the "=" whatever its length: texts,
// and the beginning of what can be divided later.
func (p *printer) fixed(e Expr) int {
	switch v := e.(type) {
	case String, Template, Path, List, AttrSet, IndentedString:
	case With:
		if absorbable(v) {
			return len(" with ; ") + p.measure(v.Env) + p.lead(v.Body)
		}
		return 0
	case Lambda:
		if absorbable(v) {
			return len(" : ") + utf8.RuneCountInString(v.Param) + p.lead(v.Body)
		}
		return 0
	case Apply:
		if !simple(v) {
			return 0
		}
	default:
		return 0
	}
	n := len(" ") + p.lead(e)
	if !container(e) {
		n += len(";")
	}
	return n
}

// measure is the width of e on one line.
func (p *printer) measure(e Expr) int {
	q := printer{}
	q.flat(e, math.MaxInt)
	return q.column()
}

// value writes what a binding binds, after before, or on a line below.
func (p *printer) value(e Expr, before string) {
	const tail = len(";")
	switch v := e.(type) {
	case String, Template, IndentedString, Path:
		p.text(before)
		p.expr(e, tail)
		return
	case Apply:
		if p.applyHere(before, v, tail) {
			return
		}
		p.below(before, func() { p.applyDown(v, tail) })
		return
	case BinaryOp:
		if !endsInSet(v) && p.tryFlat(before, v, tail) || p.operationHere(before, v, tail) {
			return
		}
	}
	if absorbable(e) {
		p.text(before)
		p.absorbed(e, tail)
		return
	}
	if p.tryFlat(before, e, tail) {
		return
	}
	p.below(before, func() {
		if _, ok := e.(With); ok {
			p.broken(e, tail)
		} else {
			p.expr(e, tail)
		}
	})
}

// endsInSet tells whether an operation adds a set literal to something. As a
// value of its own that set is always opened.
func endsInSet(e BinaryOp) bool {
	set, ok := e.Right.(AttrSet)
	return ok && container(set) && (e.Op == Update || e.Op == Concat)
}

// below runs write on the next line, unless nothing stands on this one yet.
func (p *printer) below(before string, write func()) {
	if before == "" {
		write()
		return
	}
	p.nested(func() {
		p.newline()
		write()
	})
}

// paren writes an expression in parentheses as a list item or an operand.
func (p *printer) paren(e paren, tail int) {
	if absorbable(e.Expr) {
		p.text("(")
		p.absorbed(e.Expr, tail+1)
		p.text(")")
		return
	}
	if apply, ok := e.Expr.(Apply); ok {
		p.parenApply(apply, tail+1)
		return
	}
	if selection, ok := e.Expr.(Select); ok && !parenContainer(base(selection.Of)) {
		p.text("(")
		p.expr(selection, 0)
		p.newline()
		p.text(")")
		return
	}
	p.parenBlock(e)
}

func parenContainer(e Expr) bool {
	inner, ok := e.(paren)
	return ok && container(inner.Expr)
}

func (p *printer) parenBlock(e paren) {
	p.text("(")
	p.nested(func() {
		p.newline()
		p.expr(e.Expr, 0)
	})
	p.newline()
	p.text(")")
}

func (p *printer) parenApply(e Apply, tail int) {
	p.text("(")
	if p.applyHere("", e, tail) {
		p.text(")")
		return
	}
	p.applyDown(e, 0)
	p.newline()
	p.text(")")
}

// lambda writes a function whose body does not fit beside its parameters.
func (p *printer) lambda(e Lambda, tail int) {
	p.head(e)
	if e.Param != "" {
		if absorbable(e.Body) {
			p.text(" ")
			p.absorbed(e.Body, tail)
			return
		}
		if next, ok := e.Body.(Lambda); ok && next.Param != "" {
			p.text(" ")
			p.expr(e.Body, tail)
			return
		}
	}
	p.newline()
	p.body(e.Body, tail)
}

func (p *printer) conditional(e If, tail int) {
	for {
		if !p.attempt(func() bool {
			p.text("if ")
			return p.flat(e.Cond, math.MaxInt) && p.column()+len(" then") <= width
		}) {
			p.text("if")
			p.nested(func() {
				p.newline()
				p.body(e.Cond, 0)
			})
			p.newline()
			p.text("then")
		} else {
			p.text(" then")
		}
		p.nested(func() {
			p.newline()
			p.expr(e.Then, 0)
		})
		p.newline()
		p.text("else")
		next, ok := e.Else.(If)
		if !ok {
			break
		}
		p.text(" ")
		e = next
	}
	p.nested(func() {
		p.newline()
		p.expr(e.Else, tail)
	})
}
