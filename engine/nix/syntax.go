// Package nix holds a syntax tree of the Nix language and a printer for it.
//
// It exists so that no other package ever glues Nix text together: whatever a
// string, an attribute name or a comment contains, the printed text means
// exactly the tree and nothing else. The output is laid out so that nixfmt
// (the RFC 166 style) leaves it as it is.
//
// The package is pure and knows nothing of NixOS or of where the values come
// from. It covers what flakes and modules need, not the whole language: there
// is no rec, no assert, no absolute path, and no interpolation but of references.
//
// What is valid Nix is taken from the Nix manual, "Nix language": the pages on
// data types, operators and identifiers, and from the lexical rules in Nix's
// own src/libexpr/lexer.l where the manual is silent.
package nix

// Expr is a Nix expression. The types of this file are all there are.
type Expr interface{ expr() }

// String is a text, printed as "…" on one line.
type String string

// IndentedString is a text that is printed over several lines, between pairs of
// single quotes, when it has at least two lines and that form can hold it
// exactly, and as a String otherwise. The value is the text itself: no
// indentation is removed from it.
type IndentedString string

// Template is a text with references in it, printed as "…${pkgs.htop}…" on one
// line. Its parts are of type String and Ref.
type Template []Expr

// Int is an integer; Nix's own are 64 bits wide too.
type Int int64

// Float is a number with a fraction. Print refuses NaN, infinities and numbers
// nearer to zero than 2^-1022, and the sign of a zero is lost: Nix has no
// literals for these.
type Float float64

// Bool is true or false.
type Bool bool

// Null is null.
type Null struct{}

// Path is a relative path literal: "./a/b.nix", "../a". The parts hold only
// letters, digits and "._+-"; Print refuses anything else.
type Path string

// Ref is a variable and the attributes selected from it, as in pkgs.htop. The
// first part must be an identifier; the others are quoted where they have to.
type Ref []string

// List is a list. An item may be Commented.
type List []Expr

// AttrSet is an attribute set; the bindings are printed in the order given.
type AttrSet []Binding

// Apply is the application of a function to its arguments, of which there is
// at least one.
type Apply struct {
	Func Expr
	Args []Expr
}

// Lambda is a function. Either Param names its only parameter (x: …), or it
// takes an attribute set ({ a, b, ... }: …), which As may name (args@{ … }: …).
type Lambda struct {
	Param    string
	Formals  []string
	Ellipsis bool
	As       string
	Body     Expr
}

// Let binds names in a body.
type Let struct {
	Bindings []Binding
	Body     Expr
}

// With brings the attributes of a set into the scope of a body.
type With struct {
	Env  Expr
	Body Expr
}

// Select is an attribute of an expression, with the value to take when it is
// missing unless Default is nil. When Of is a Ref, the default is also for when
// a part of that is missing, as in config.a.b or c.
type Select struct {
	Of      Expr
	Path    []string
	Default Expr
}

// HasAttr tells whether an expression has an attribute: of ? path.
type HasAttr struct {
	Of   Expr
	Path []string
}

// Not is the negation of a boolean.
type Not struct{ Of Expr }

// Op is a binary operator.
type Op string

// The operators that there are.
const (
	Update Op = "//"
	Concat Op = "++"
	Equal  Op = "=="
	And    Op = "&&"
	Or     Op = "||"
)

// BinaryOp is an operator with its operands. It is printed with the
// parentheses that the tree needs, and no others.
type BinaryOp struct {
	Op          Op
	Left, Right Expr
}

// If is a conditional expression.
type If struct{ Cond, Then, Else Expr }

// Commented is an expression with comments before it. It may stand only as the
// root of a tree and as an item of a list; Attr and Inherit have comments of
// their own.
type Commented struct {
	// Comments are paragraphs; see Comment.
	Comments []string
	Expr     Expr
}

func (String) expr()         {}
func (IndentedString) expr() {}
func (Template) expr()       {}
func (Int) expr()            {}
func (Float) expr()          {}
func (Bool) expr()           {}
func (Null) expr()           {}
func (Path) expr()           {}
func (Ref) expr()            {}
func (List) expr()           {}
func (AttrSet) expr()        {}
func (Apply) expr()          {}
func (Lambda) expr()         {}
func (Let) expr()            {}
func (With) expr()           {}
func (Select) expr()         {}
func (HasAttr) expr()        {}
func (Not) expr()            {}
func (BinaryOp) expr()       {}
func (If) expr()             {}
func (Commented) expr()      {}

// Binding is an element of an attribute set or of a let: Attr, Inherit or
// Comment.
type Binding interface{ binding() }

// Attr binds a value to an attribute path: a.b = value;
type Attr struct {
	// Blank asks for an empty line before it, unless it comes first.
	Blank bool
	// Comments are paragraphs, printed before it; see Comment.
	Comments []string
	// Path has at least one part; a part is quoted where it has to be.
	Path  []string
	Value Expr
}

// Inherit copies names from the scope, or from a set if From is not nil.
type Inherit struct {
	Blank    bool
	Comments []string
	From     Expr
	Names    []string
}

// Comment is a comment that belongs to no binding. Each paragraph becomes one
// or more lines that start with "#", wrapped at the width of the page. The
// text may come from anywhere: what could end the line, or could show it as
// something else than it is, is replaced by a visible escape.
type Comment struct {
	Blank      bool
	Paragraphs []string
}

func (Attr) binding()    {}
func (Inherit) binding() {}
func (Comment) binding() {}
