package nix

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxDepth bounds the nesting of a tree. Nix's own parser gives up at some
// thousand levels, and no configuration comes near this.
const maxDepth = 500

// place is where a check is in the tree; it becomes text only for an error.
type place struct {
	up    *place
	label func() string
	depth int
}

func (p *place) at(label func() string) *place {
	return &place{up: p, label: label, depth: p.depth + 1}
}

func (p *place) in(what string) *place { return p.at(func() string { return "<" + what + ">" }) }

func (p *place) item(i int) *place {
	return p.at(func() string { return "[" + strconv.Itoa(i) + "]" })
}

func (p *place) attr(path []string) *place {
	return p.at(func() string { return string(appendPath(nil, path)) })
}

func (p *place) String() string {
	var labels []string
	for ; p.up != nil; p = p.up {
		labels = append(labels, p.label())
	}
	if labels == nil {
		return "<root>"
	}
	var b strings.Builder
	for i, label := range slices.Backward(labels) {
		if i < len(labels)-1 && label[0] != '[' {
			b.WriteByte('.')
		}
		b.WriteString(label)
	}
	return b.String()
}

func (p *place) errorf(format string, args ...any) error {
	return fmt.Errorf("%s: %w", p, fmt.Errorf(format, args...))
}

// names are the attributes that a set has defined so far. A name maps to nil
// when it has a value that is not a set literal, and to the names of that set
// otherwise: Nix merges the set literals that one set gives to one name.
type names map[string]names

// define adds a path. It returns the names of the set at the path if isSet.
func (n names) define(path []string, isSet bool) (names, error) {
	for i, part := range path {
		last := i == len(path)-1
		inner, seen := n[part]
		switch {
		case !seen && last && !isSet:
			n[part] = nil
			return nil, nil
		case !seen:
			inner = names{}
			n[part] = inner
		case inner == nil, last && !isSet:
			return nil, fmt.Errorf("attribute %s is defined twice", appendPath(nil, path[:i+1]))
		}
		n = inner
	}
	return n, nil
}

// check returns the first thing in a tree that cannot be printed as Nix.
func check(e Expr, p *place) error {
	if p.depth > maxDepth {
		return fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	switch e := e.(type) {
	case nil:
		return p.errorf("expression is missing")
	case String:
		return checkTextAt(string(e), p)
	case IndentedString:
		return checkTextAt(string(e), p)
	case Template:
		return checkTemplate(e, p)
	case Int, Bool, Null:
		return nil
	case Float:
		if err := checkFloat(float64(e)); err != nil {
			return p.errorf("%w", err)
		}
		return nil
	case Path:
		if !validPath(string(e)) {
			return p.errorf("%q is no relative path of plain names", string(e))
		}
		return nil
	case Ref:
		if len(e) == 0 {
			return p.errorf("reference is empty")
		}
		if !bare(e[0]) {
			return p.errorf("%q is no identifier", e[0])
		}
		return checkNames(e, p)
	case List:
		for i, item := range e {
			if err := check(uncomment(item), p.item(i)); err != nil {
				return err
			}
		}
		return nil
	case AttrSet:
		return checkBindings(e, names{}, p)
	case Apply:
		return checkApply(e, p)
	case Lambda:
		return checkLambda(e, p)
	case Let:
		if err := checkBindings(e.Bindings, names{}, p.in("let")); err != nil {
			return err
		}
		return check(e.Body, p.in("in"))
	case With:
		return checkAll(p, part{"with", e.Env}, part{"body", e.Body})
	case Select:
		if err := checkPath(e.Path, p); err != nil {
			return err
		}
		if e.Default != nil {
			return checkAll(p, part{"select", e.Of}, part{"default", e.Default})
		}
		return check(e.Of, p.in("select"))
	case HasAttr:
		if err := checkPath(e.Path, p); err != nil {
			return err
		}
		return check(e.Of, p.in("left of ?"))
	case Not:
		return check(e.Of, p.in("!"))
	case BinaryOp:
		if levels[e.Op] == 0 {
			return p.errorf("%q is no operator", string(e.Op))
		}
		return checkAll(p, part{"left of " + string(e.Op), e.Left}, part{"right of " + string(e.Op), e.Right})
	case If:
		return checkAll(p, part{"if", e.Cond}, part{"then", e.Then}, part{"else", e.Else})
	case Commented:
		return p.errorf("a comment may stand only at the root, in a list and on a binding")
	}
	return p.errorf("unknown expression %T", e)
}

// part is a named child of an expression.
type part struct {
	name string
	expr Expr
}

func checkAll(p *place, parts ...part) error {
	for _, c := range parts {
		if err := check(c.expr, p.in(c.name)); err != nil {
			return err
		}
	}
	return nil
}

// checkTemplate wants texts and references in turn as they come; two texts in a row
// would hide from each other what has to be escaped.
func checkTemplate(e Template, p *place) error {
	text := false
	for i, part := range e {
		_, isText := part.(String)
		if _, isRef := part.(Ref); !isText && !isRef {
			return p.item(i).errorf("%T is neither text nor reference", part)
		}
		if isText && text {
			return p.item(i).errorf("text follows text")
		}
		text = isText
		if err := check(part, p.item(i)); err != nil {
			return err
		}
	}
	return nil
}

func checkTextAt(s string, p *place) error {
	if err := checkText(s); err != nil {
		return p.errorf("%w", err)
	}
	return nil
}

func checkNames(path []string, p *place) error {
	for _, name := range path {
		if err := checkText(name); err != nil {
			return p.errorf("attribute name: %w", err)
		}
	}
	return nil
}

func checkPath(path []string, p *place) error {
	if len(path) == 0 {
		return p.errorf("attribute path is empty")
	}
	return checkNames(path, p)
}

func checkApply(e Apply, p *place) error {
	if len(e.Args) == 0 {
		return p.errorf("function has no argument")
	}
	if err := check(e.Func, p.in("function")); err != nil {
		return err
	}
	for i, arg := range e.Args {
		if err := check(arg, p.in("argument "+strconv.Itoa(i+1))); err != nil {
			return err
		}
	}
	return nil
}

func checkLambda(e Lambda, p *place) error {
	params := slices.Clone(e.Formals)
	if e.As != "" {
		params = append(params, e.As)
	}
	if e.Param != "" {
		if len(params) > 0 || e.Ellipsis {
			return p.errorf("parameter %q stands beside an attribute set", e.Param)
		}
		params = []string{e.Param}
	}
	for i, name := range params {
		if !bare(name) {
			return p.errorf("parameter %q is no identifier", name)
		}
		if slices.Contains(params[:i], name) {
			return p.errorf("parameter %s is named twice", name)
		}
	}
	return check(e.Body, p.in("body"))
}

func checkBindings(bindings []Binding, defined names, p *place) error {
	for i, b := range bindings {
		var err error
		switch b := b.(type) {
		case Comment:
		case Inherit:
			err = checkInherit(b, defined, p)
		case Attr:
			err = checkAttr(b, defined, p)
		default:
			err = p.item(i).errorf("%w", errors.New("binding is missing"))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func checkAttr(b Attr, defined names, p *place) error {
	if err := checkPath(b.Path, p); err != nil {
		return err
	}
	set, isSet := b.Value.(AttrSet)
	inner, err := defined.define(b.Path, isSet)
	if err != nil {
		return p.errorf("%w", err)
	}
	q := p.attr(b.Path)
	if q.depth > maxDepth || !isSet {
		return check(b.Value, q)
	}
	return checkBindings(set, inner, q)
}

func checkInherit(b Inherit, defined names, p *place) error {
	if len(b.Names) == 0 {
		return p.errorf("inherit names nothing")
	}
	for _, name := range b.Names {
		if b.From == nil && !bare(name) {
			return p.errorf("inherit: %q is no identifier", name)
		}
		if _, err := defined.define([]string{name}, false); err != nil {
			return p.errorf("%w", err)
		}
	}
	if err := checkNames(b.Names, p); err != nil {
		return err
	}
	if b.From != nil {
		return check(b.From, p.in("inherit"))
	}
	return nil
}

// uncomment takes the comments of a list item or a root off.
func uncomment(e Expr) Expr {
	if c, ok := e.(Commented); ok {
		return c.Expr
	}
	return e
}
