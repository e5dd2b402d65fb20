package nix

// operationHere writes before and an operation that begins on the current line
// though it takes several: one that begins with a container, or that ends in
// one and has little before it. It returns false, and writes nothing, for any
// other.
func (p *printer) operationHere(before string, e BinaryOp, tail int) bool {
	if e.Op != Update && e.Op != Concat {
		return false
	}
	left, right := operands(e)
	if container(left) {
		p.text(before)
		p.broken(left, 0)
		p.operands(e.Op, chain(e)[1:], tail)
		return true
	}
	if !container(right) {
		return false
	}
	return p.attempt(func() bool {
		if !p.tryFlat(before, left, len(" // {")) {
			return false
		}
		p.text(" " + string(e.Op) + " ")
		if _, ok := right.(AttrSet); ok {
			p.broken(right, tail)
		} else {
			p.expr(right, tail)
		}
		return true
	})
}

// operation writes each operand of a chain on a line of its own. A comparison
// is no chain: its right side begins beside the left one if it can.
func (p *printer) operation(e BinaryOp, tail int) {
	all := chain(e)
	if _, ok := all[0].(AttrSet); ok {
		p.broken(all[0], 0)
	} else {
		p.expr(all[0], 0)
	}
	if e.Op != Equal {
		p.operands(e.Op, all[1:], tail)
		return
	}
	right := all[1]
	op := string(e.Op) + " "
	if p.beside(len(op), right, tail) {
		p.text(" ")
	} else {
		p.newline()
	}
	p.text(op)
	p.expr(right, tail)
}

// operands writes operands, each behind its operator on a new line.
func (p *printer) operands(op Op, all []Expr, tail int) {
	for i, o := range all {
		end := 0
		if i == len(all)-1 {
			end = tail
		}
		p.newline()
		p.text(string(op))
		p.operand(o, end)
	}
}

// operand writes an operand behind its operator.
func (p *printer) operand(e Expr, tail int) {
	switch e := e.(type) {
	case BinaryOp:
		if !p.tryFlat(" ", e, tail) {
			p.below(" ", func() { p.broken(e, tail) })
		}
	case Apply:
		if !p.applyHere(" ", e, tail) {
			p.below(" ", func() { p.applyDown(e, tail) })
		}
	case AttrSet:
		p.text(" ")
		p.broken(e, tail)
	default:
		p.text(" ")
		p.expr(e, tail)
	}
}
