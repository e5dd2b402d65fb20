package nix

// Collapse joins a binding with the only binding of the set that it binds, as
// people write it: services = { openssh = { enable = true; }; } becomes
// services.openssh.enable = true. Sets with two or more bindings stay, and so
// does a set with an inherit or a comment of its own. The comments of joined
// bindings are kept, the outer before the inner. Other expressions are searched
// for sets. e is not changed.
func Collapse(e Expr) Expr {
	switch e := e.(type) {
	case List:
		items := make(List, len(e))
		for i, item := range e {
			items[i] = Collapse(item)
		}
		return items
	case AttrSet:
		return AttrSet(collapseBindings(e))
	case Apply:
		args := make([]Expr, len(e.Args))
		for i, arg := range e.Args {
			args[i] = Collapse(arg)
		}
		return Apply{Func: Collapse(e.Func), Args: args}
	case Lambda:
		e.Body = Collapse(e.Body)
		return e
	case Let:
		return Let{Bindings: collapseBindings(e.Bindings), Body: Collapse(e.Body)}
	case With:
		return With{Env: Collapse(e.Env), Body: Collapse(e.Body)}
	case Select:
		e.Of = Collapse(e.Of)
		if e.Default != nil {
			e.Default = Collapse(e.Default)
		}
		return e
	case HasAttr:
		e.Of = Collapse(e.Of)
		return e
	case Not:
		return Not{Of: Collapse(e.Of)}
	case BinaryOp:
		return BinaryOp{Op: e.Op, Left: Collapse(e.Left), Right: Collapse(e.Right)}
	case If:
		return If{Cond: Collapse(e.Cond), Then: Collapse(e.Then), Else: Collapse(e.Else)}
	case Commented:
		e.Expr = Collapse(e.Expr)
		return e
	}
	return e
}

func collapseBindings(bindings []Binding) []Binding {
	out := make([]Binding, len(bindings))
	for i, b := range bindings {
		switch b := b.(type) {
		case Attr:
			out[i] = collapseAttr(b)
		case Inherit:
			if b.From != nil {
				b.From = Collapse(b.From)
			}
			out[i] = b
		default:
			out[i] = b
		}
	}
	return out
}

func collapseAttr(b Attr) Attr {
	b.Value = Collapse(b.Value)
	set, ok := b.Value.(AttrSet)
	if !ok || len(set) != 1 {
		return b
	}
	inner, ok := set[0].(Attr)
	if !ok {
		return b
	}
	return Attr{
		Blank:    b.Blank,
		Comments: join(b.Comments, inner.Comments),
		Path:     join(b.Path, inner.Path),
		Value:    inner.Value,
	}
}

func join(a, b []string) []string {
	if len(a)+len(b) == 0 {
		return nil
	}
	return append(append(make([]string, 0, len(a)+len(b)), a...), b...)
}
