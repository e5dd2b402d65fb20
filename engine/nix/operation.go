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
		p.operation(e, tail)
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
		p.expr(right, tail)
		return true
	})
}

// operation writes each operand of a chain on a line of its own.
func (p *printer) operation(e BinaryOp, tail int) {
	operands := chain(e)
	for i, o := range operands {
		end := 0
		if i == len(operands)-1 {
			end = tail
		}
		if i == 0 {
			p.expr(o, end)
			continue
		}
		p.newline()
		p.text(string(e.Op))
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
	default:
		p.text(" ")
		p.expr(e, tail)
	}
}
