package catalog

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/scanner"
	"cuelang.org/go/cue/token"
)

// Plain is a document of plain data that was written as CUE.
type Plain struct {
	// Tree is what encoding/json would make of it: objects, lists, texts, booleans, nil.
	Tree any
	// Places are where values stand, by JSON pointer.
	Places map[string]Place
}

// Place is a line and a column, both from 1.
type Place struct{ Line, Column int }

// plainDepth is how far values of plain data may lie within each other.
const plainDepth = 32

// plainSize is the largest file of plain data, in bytes: CUE's scanner goes one
// step deeper for each bracket of an attribute.
const plainSize = 256 << 10

// ReadPlain reads one CUE file that holds data and nothing else: structs, lists,
// texts, true, false and null. What would have to be evaluated (references,
// expressions, interpolation, comprehensions, imports) is an *Error: a file of
// this kind may come from anybody, and evaluation can be made to take for ever.
// Structs of the same name are joined, as CUE does.
func ReadPlain(name string, text []byte) (*Plain, error) {
	if len(text) > plainSize {
		return nil, &Error{List: []Problem{{File: name, Message: fmt.Sprintf("larger than %d KiB, the limit for CUE; write it as JSON", plainSize>>10)}}}
	}
	if problem := checkTokens(name, text); problem != nil {
		return nil, &Error{List: onOneLine([]Problem{*problem})}
	}
	file, err := parser.ParseFile(name, text)
	if err != nil {
		return nil, &Error{List: onOneLine(problemsOf(err, nil))}
	}
	p := &plainReader{file: name, places: map[string]Place{"": {1, 1}}}
	tree := map[string]any{}
	p.members(tree, file.Decls, "", 0)
	if p.problems != nil {
		return nil, &Error{List: p.problems}
	}
	return &Plain{Tree: tree, Places: p.places}, nil
}

// onOneLine keeps what problems quote of a file from breaking the line or steering a terminal.
func onOneLine(problems []Problem) []Problem {
	for i := range problems {
		problems[i].Message = strings.Map(func(r rune) rune {
			if !unicode.IsPrint(r) {
				return unicode.ReplacementChar
			}
			return r
		}, problems[i].Message)
	}
	return problems
}

// plainTokens are what plain data is written with; numbers are refused later, where their field is known.
var plainTokens = map[token.Token]bool{
	token.IDENT: true, token.STRING: true, token.INT: true, token.FLOAT: true, token.TRUE: true, token.FALSE: true, token.NULL: true,
	token.LBRACK: true, token.LBRACE: true, token.COMMA: true, token.RBRACK: true, token.RBRACE: true, token.COLON: true,
}

// checkTokens finds what is no plain data before the parser goes into it: that
// goes one step deeper for each bracket, colon and sign, and the stack ends
// somewhere.
func checkTokens(name string, text []byte) (problem *Problem) {
	type stop struct{} // the scanner goes on after an error, and may find one for each byte
	defer func() {
		if v := recover(); v != nil && v != (stop{}) {
			panic(v)
		}
	}()
	file := token.NewFile(name, -1, len(text))
	var s scanner.Scanner
	refuse := func(pos token.Pos, format string, args ...any) {
		if problem == nil {
			problem = &Problem{File: name, Message: fmt.Sprintf(format, args...)}
			problem.place(pos)
		}
	}
	s.Init(file, text, func(pos token.Pos, msg string, args []any) {
		refuse(pos, msg, args...)
		panic(stop{})
	}, 0)
	depth, labels := 0, 0 // labels: those since the last comma or bracket
	var around []int      // by bracket that is open, the depth around it
	var keyword token.Pos
	for problem == nil {
		pos, tok, _ := s.Scan()
		if keyword.IsValid() && tok != token.COLON {
			refuse(keyword, notPlain)
		}
		keyword = token.NoPos
		switch {
		case tok == token.EOF:
			return problem
		case tok.IsKeyword() && !plainTokens[tok]:
			keyword = pos // a name, where a colon follows
		case !plainTokens[tok]:
			refuse(pos, notPlain)
		case tok == token.LBRACK || tok == token.LBRACE:
			around = append(around, depth)
			depth, labels = depth+labels+1, 0
		case tok == token.RBRACK || tok == token.RBRACE:
			if labels = 0; len(around) > 0 {
				depth, around = around[len(around)-1], around[:len(around)-1]
			}
		case tok == token.COLON:
			labels++
		case tok == token.COMMA:
			labels = 0
		}
		if depth+labels > 2*plainDepth {
			refuse(pos, "more than %d levels deep", plainDepth)
		}
	}
	return problem
}

type plainReader struct {
	file     string
	places   map[string]Place
	problems []Problem
}

// mostPlainProblems is how many problems of one file are told.
const mostPlainProblems = 20

func (p *plainReader) problem(pos token.Pos, format string, args ...any) {
	if len(p.problems) < mostPlainProblems {
		one := Problem{File: p.file, Message: fmt.Sprintf(format, args...)}
		one.place(pos)
		p.problems = append(p.problems, one)
	}
}

const notPlain = "want plain data: a struct, a list, a text, true, false or null"

// members reads the fields of a struct into an object.
func (p *plainReader) members(object map[string]any, decls []ast.Decl, pointer string, depth int) {
	for _, d := range decls {
		switch d := d.(type) {
		case *ast.Package, *ast.CommentGroup:
		case *ast.Field:
			p.field(object, d, pointer, depth)
		default:
			p.problem(d.Pos(), notPlain)
		}
	}
}

func (p *plainReader) field(object map[string]any, f *ast.Field, pointer string, depth int) {
	key, ok := plainLabel(f)
	if !ok {
		p.problem(f.Pos(), "want a name or a text as the key, and no mark behind it")
		return
	}
	at := pointer + "/" + strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
	if old, twice := object[key]; twice {
		below, isObject := old.(map[string]any)
		s, isStruct := f.Value.(*ast.StructLit)
		if !isObject || !isStruct {
			p.problem(f.Pos(), "%s is there twice", strconv.Quote(key))
			return
		}
		p.members(below, s.Elts, at, depth+1)
		return
	}
	p.places[at] = Place{f.Pos().Line(), f.Pos().Column()}
	object[key] = p.value(f.Value, at, depth+1)
}

// plainLabel is the name of a regular field.
func plainLabel(f *ast.Field) (string, bool) {
	if f.Constraint != token.ILLEGAL || f.Alias != nil {
		return "", false
	}
	switch l := f.Label.(type) {
	case *ast.Ident:
		return l.Name, !strings.HasPrefix(l.Name, "_") && !strings.HasPrefix(l.Name, "#")
	case *ast.BasicLit:
		if l.Kind != token.STRING {
			return "", false
		}
		text, err := unquoted(l.Value)
		return text, err == nil
	}
	return "", false
}

// unquoted is the value of a text; bytes are none.
func unquoted(value string) (string, error) {
	if !strings.HasPrefix(strings.TrimLeft(value, "#"), `"`) {
		return "", fmt.Errorf("bytes")
	}
	return literal.Unquote(value)
}

func (p *plainReader) value(x ast.Expr, pointer string, depth int) any {
	if depth > plainDepth {
		p.problem(x.Pos(), "more than %d levels deep", plainDepth)
		return nil
	}
	switch x := x.(type) {
	case *ast.StructLit:
		object := map[string]any{}
		p.members(object, x.Elts, pointer, depth)
		return object
	case *ast.ListLit:
		list := []any{}
		for i, item := range x.Elts {
			at := pointer + "/" + strconv.Itoa(i)
			p.places[at] = Place{item.Pos().Line(), item.Pos().Column()}
			list = append(list, p.value(item, at, depth+1))
		}
		return list
	case *ast.BasicLit:
		switch x.Kind {
		case token.TRUE, token.FALSE:
			return x.Kind == token.TRUE
		case token.NULL:
			return nil
		case token.STRING:
			if text, err := unquoted(x.Value); err == nil {
				return text
			}
		}
	}
	p.problem(x.Pos(), notPlain)
	return nil
}
