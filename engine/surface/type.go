// Package surface knows which options of NixOS rules and entries may set, and
// what values these take. It is pure, and knows no option by itself: all that is
// in catalog/surface*.cue.
package surface

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Type is a type of options. It is written as in the modules of nixpkgs, where
// types are those of lib.types: nullOr (listOf str).
type Type struct {
	word string
	// of are the types that it is made of.
	of []*Type
	// values are those of an enum.
	values []any
	// low and high are the bounds of a whole number.
	low, high int64
	// text is a pattern or a separator.
	text    string
	pattern *regexp.Regexp
}

// argument is what a word of the language is followed by.
type argument int

const (
	noArgument argument = iota
	aType
	twoTypes
	listOfTypes
	listOfValues
	aText
	aPattern
	twoNumbers
)

// words are those of the language. What is not from lib.types:
// atom is a value of an INI file: null, a boolean, a number or text;
// unitOption one of a systemd unit: an atom, a path, a package, or a list of such;
// reference is what JSON cannot say: a function, a set of packages.
var words = map[string]argument{
	"bool": noArgument, "int": noArgument, "float": noArgument, "number": noArgument,
	"str": noArgument, "nonEmptyStr": noArgument, "singleLineStr": noArgument, "lines": noArgument, "path": noArgument,
	"package": noArgument, "anything": noArgument, "attrs": noArgument, "submodule": noArgument,
	"atom": noArgument, "unitOption": noArgument, "reference": noArgument,
	"port": noArgument, "ints.u8": noArgument, "ints.u16": noArgument, "ints.u32": noArgument,
	"ints.s8": noArgument, "ints.s16": noArgument, "ints.s32": noArgument, "ints.unsigned": noArgument, "ints.positive": noArgument,
	"ints.between": twoNumbers, "separatedString": aText, "strMatching": aPattern, "enum": listOfValues,
	"listOf": aType, "nonEmptyListOf": aType, "attrsOf": aType, "lazyAttrsOf": aType, "nullOr": aType, "either": twoTypes, "oneOf": listOfTypes,
}

// bounds of the whole numbers that have some.
var bounds = map[string][2]int64{
	"port": {0, 1<<16 - 1}, "ints.u8": {0, 1<<8 - 1}, "ints.u16": {0, 1<<16 - 1}, "ints.u32": {0, 1<<32 - 1},
	"ints.s8": {-1 << 7, 1<<7 - 1}, "ints.s16": {-1 << 15, 1<<15 - 1}, "ints.s32": {-1 << 31, 1<<31 - 1},
	"ints.unsigned": {0, 1<<63 - 1}, "ints.positive": {1, 1<<63 - 1}, "int": {-1 << 63, 1<<63 - 1},
}

// deepest is how deep a type may be nested.
const deepest = 16

// Parse reads a type.
func Parse(text string) (*Type, error) {
	p := parser{rest: text}
	t, err := p.application(0)
	if err == nil && p.peek() != "" {
		err = fmt.Errorf("%q is too much", p.rest)
	}
	if err != nil {
		return nil, fmt.Errorf("type %q: %w", text, err)
	}
	return t, nil
}

type parser struct{ rest string }

// peek is the next token: a word, a text in quotes, or a single character.
func (p *parser) peek() string {
	p.rest = strings.TrimLeft(p.rest, " ")
	if p.rest == "" {
		return ""
	}
	if p.rest[0] == '"' {
		for i := 1; i < len(p.rest); i++ {
			switch p.rest[i] {
			case '\\':
				i++
			case '"':
				return p.rest[:i+1]
			}
		}
		return p.rest
	}
	end := strings.IndexFunc(p.rest, func(r rune) bool { return strings.ContainsRune(` ()[]"`, r) })
	switch end {
	case 0:
		end = 1
	case -1:
		end = len(p.rest)
	}
	return p.rest[:end]
}

func (p *parser) next() string {
	token := p.peek()
	p.rest = p.rest[len(token):]
	return token
}

func (p *parser) want(token string) error {
	if got := p.next(); got != token {
		return fmt.Errorf("want %s, not %q", token, got)
	}
	return nil
}

// application is a word with what follows it.
func (p *parser) application(depth int) (*Type, error) {
	if depth > deepest {
		return nil, fmt.Errorf("nested deeper than %d", deepest)
	}
	if p.peek() == "(" {
		return p.operand(depth)
	}
	t := &Type{word: p.next()}
	takes, ok := words[t.word]
	if !ok {
		return nil, fmt.Errorf("%q is no type", t.word)
	}
	var err error
	switch takes {
	case aType, twoTypes:
		for range map[argument]int{aType: 1, twoTypes: 2}[takes] {
			inner, err := p.operand(depth + 1)
			if err != nil {
				return nil, err
			}
			t.of = append(t.of, inner)
		}
	case listOfTypes:
		if err := p.want("["); err != nil {
			return nil, err
		}
		for p.peek() != "]" {
			inner, err := p.operand(depth + 1)
			if err != nil {
				return nil, err
			}
			t.of = append(t.of, inner)
		}
		p.next()
		if len(t.of) < 2 {
			return nil, fmt.Errorf("oneOf needs two types")
		}
	case listOfValues:
		if err := p.want("["); err != nil {
			return nil, err
		}
		for p.peek() != "]" {
			v, err := p.value()
			if err != nil {
				return nil, err
			}
			t.values = append(t.values, v)
		}
		p.next()
		if len(t.values) == 0 {
			return nil, fmt.Errorf("an enum needs a value")
		}
	case aText:
		t.text, err = p.quoted()
	case aPattern:
		if t.text, err = p.quoted(); err == nil {
			t.pattern, err = regexp.Compile(`\A(?:` + literalInBrackets(t.text) + `)\z`)
		}
	case twoNumbers:
		if t.low, err = p.number(); err == nil {
			t.high, err = p.number()
		}
		if err == nil && t.low > t.high {
			err = fmt.Errorf("nothing is between %d and %d", t.low, t.high)
		}
	}
	if b, ok := bounds[t.word]; ok {
		t.low, t.high = b[0], b[1]
	}
	return t, err
}

// operand is a word that nothing follows, or a type in parentheses.
func (p *parser) operand(depth int) (*Type, error) {
	if depth > deepest {
		return nil, fmt.Errorf("nested deeper than %d", deepest)
	}
	if p.peek() == "(" {
		p.next()
		t, err := p.application(depth + 1)
		if err != nil {
			return nil, err
		}
		return t, p.want(")")
	}
	if token := p.peek(); words[token] != noArgument {
		return nil, fmt.Errorf("%s needs parentheses here", token)
	}
	return p.application(depth)
}

func (p *parser) quoted() (string, error) {
	token := p.next()
	if !strings.HasPrefix(token, `"`) {
		return "", fmt.Errorf("want a text in quotes, not %q", token)
	}
	text, err := strconv.Unquote(token)
	if err != nil {
		return "", fmt.Errorf("%s is no text", token)
	}
	return text, nil
}

func (p *parser) number() (int64, error) {
	token := p.next()
	n, err := strconv.ParseInt(token, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no whole number", token)
	}
	return n, nil
}

func (p *parser) value() (any, error) {
	switch token := p.peek(); {
	case strings.HasPrefix(token, `"`):
		return p.quoted()
	case token == "true", token == "false":
		p.next()
		return token == "true", nil
	default:
		n, err := p.number()
		return json.Number(strconv.FormatInt(n, 10)), err
	}
}

// String is the type as Parse reads it.
func (t *Type) String() string {
	var b strings.Builder
	b.WriteString(t.word)
	switch words[t.word] {
	case aType, twoTypes:
		for _, inner := range t.of {
			b.WriteString(" " + inner.operandText())
		}
	case listOfTypes:
		b.WriteString(" [")
		for _, inner := range t.of {
			b.WriteString(" " + inner.operandText())
		}
		b.WriteString(" ]")
	case listOfValues:
		b.WriteString(" [")
		for _, v := range t.values {
			if s, ok := v.(string); ok {
				v = strconv.Quote(s)
			}
			fmt.Fprintf(&b, " %v", v)
		}
		b.WriteString(" ]")
	case aText, aPattern:
		b.WriteString(" " + strconv.Quote(t.text))
	case twoNumbers:
		fmt.Fprintf(&b, " %d %d", t.low, t.high)
	}
	return b.String()
}

func (t *Type) operandText() string {
	if words[t.word] == noArgument {
		return t.word
	}
	return "(" + t.String() + ")"
}

// is tells whether the type is one of some words.
func (t *Type) is(words ...string) bool { return slices.Contains(words, t.word) }

// literalInBrackets escapes the backslashes that stand in brackets of a pattern: Nix's patterns are those of POSIX, which
// has no escapes there.
func literalInBrackets(pattern string) string {
	var b strings.Builder
	open := -1
	for i, c := range pattern {
		switch {
		case open < 0 && c == '[':
			open = i
		case open >= 0 && c == ']' && i > open+1 && pattern[open+1:i] != "^":
			open = -1
		case open >= 0 && c == '\\':
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
