package nix

// The strength of binding, 1 the strongest (Nix manual, "Operators"). Weaker
// than all operators are the expressions that reach as far right as they can:
// if, let, with and functions.
const (
	levelAtom  = 1
	levelApply = 2
	levelMinus = 3
	levelHas   = 4
	levelNot   = 8
	levelOpen  = 15
)

var levels = map[Op]int{Concat: 5, Update: 9, Equal: 11, And: 12, Or: 13}

// paren is an expression in parentheses. It is made while printing, never by
// callers: which parentheses are needed follows from the tree.
type paren struct{ Expr }

func level(e Expr) int {
	switch e := e.(type) {
	case Apply:
		return levelApply
	case Int:
		// The least integer is printed in parentheses already.
		if e < 0 && e != leastInt {
			return levelMinus
		}
	case Float:
		if e < 0 {
			return levelMinus
		}
	case Select:
		// Nix would take "a.b or c" as one item or argument, people might not.
		if e.Default != nil {
			return levelApply
		}
	case HasAttr:
		return levelHas
	case Not:
		return levelNot
	case BinaryOp:
		return levels[e.Op]
	case If, Let, With, Lambda:
		return levelOpen
	}
	return levelAtom
}

// operand puts e in parentheses if it binds weaker than most.
func operand(e Expr, most int) Expr {
	if level(e) > most {
		return paren{e}
	}
	return e
}

// argument is e as a list item, as an argument and as the default of a select.
func argument(e Expr) Expr { return operand(e, levelAtom) }

// function is e as the function of an application.
func function(e Expr) Expr {
	if _, ok := e.(Apply); ok {
		return e
	}
	return operand(e, levelAtom)
}

// base is e as what a select selects from.
func base(e Expr) Expr {
	switch e.(type) {
	case Ref, paren:
		return e
	}
	return paren{e}
}

// operands returns the operands of e as they are printed. Nix groups // and ++
// to the right, && and || to the left, and == not at all.
func operands(e BinaryOp) (left, right Expr) {
	own := levels[e.Op]
	switch e.Op {
	case Update, Concat:
		return operand(e.Left, own-1), operand(e.Right, own)
	case And, Or:
		return operand(e.Left, own), operand(e.Right, own-1)
	}
	return operand(e.Left, own-1), operand(e.Right, own-1)
}

// chain returns the operands of e that stand on one level, of which there are
// at least two.
func chain(e BinaryOp) []Expr {
	left, right := operands(e)
	var all []Expr
	for _, side := range []Expr{left, right} {
		if inner, ok := side.(BinaryOp); ok && inner.Op == e.Op {
			all = append(all, chain(inner)...)
		} else {
			all = append(all, side)
		}
	}
	return all
}
