package surface

import (
	"slices"
	"strings"
)

// Within tells whether whatever fits a type fits another, as far as their words show it.
func Within(narrow, wide *Type) bool {
	if wide.word == "anything" || narrow.String() == wide.String() {
		return true
	}
	switch narrow.word {
	case "nullOr":
		return (wide.is("nullOr") || wide.is("atom", "unitOption")) && Within(narrow.of[0], wide)
	case "either", "oneOf":
		return !slices.ContainsFunc(narrow.of, func(one *Type) bool { return !Within(one, wide) })
	case "enum":
		if !slices.ContainsFunc(narrow.values, func(v any) bool { return !wide.takesScalar(v) }) {
			return true
		}
	}
	switch wide.word {
	case "nullOr":
		return Within(narrow, wide.of[0])
	case "either", "oneOf":
		return slices.ContainsFunc(wide.of, func(one *Type) bool { return Within(narrow, one) })
	case "attrs", "submodule": // the members of a submodule are options of their own, where they are known
		return narrow.is("attrs", "attrsOf", "lazyAttrsOf", "submodule")
	case "attrsOf", "lazyAttrsOf":
		return narrow.is("attrsOf", "lazyAttrsOf") && Within(narrow.of[0], wide.of[0])
	case "listOf":
		return narrow.is("listOf", "nonEmptyListOf") && Within(narrow.of[0], wide.of[0])
	case "nonEmptyListOf":
		return narrow.is("nonEmptyListOf") && Within(narrow.of[0], wide.of[0])
	case "str", "lines", "separatedString":
		return narrow.isText() && !narrow.is("atom")
	case "number":
		return narrow.is("float") || narrow.whole()
	case "atom":
		return narrow.is("bool", "float", "number", "path") || narrow.isText() || narrow.whole()
	case "unitOption":
		if narrow.is("listOf", "nonEmptyListOf") {
			return !narrow.of[0].is("listOf", "nonEmptyListOf") && Within(narrow.of[0], wide)
		}
		return narrow.is("bool", "float", "number", "path", "package") || narrow.isText() || narrow.whole()
	}
	return narrow.whole() && wide.whole() && wide.low <= narrow.low && narrow.high <= wide.high
}

// whole tells whether all values of the type are whole numbers.
func (t *Type) whole() bool {
	_, ok := bounds[t.word]
	return ok || t.word == "ints.between"
}

// takesScalar tells whether a scalar fits the type or one that it is made of.
func (t *Type) takesScalar(v any) bool {
	if t.is("nullOr", "either", "oneOf") {
		return slices.ContainsFunc(t.of, func(one *Type) bool { return one.takesScalar(v) })
	}
	return t.scalar(v)
}

// Resembles tells whether a type can be what an index says of one in a few coarse
// words: bool, int, float, string, path, Derivation, [string], { _: string }, with
// | between them. { ... } is all that such an index leaves out.
func Resembles(t *Type, coarse string) bool {
	if t.is("nullOr") {
		return Resembles(t.of[0], coarse)
	}
	if t.is("either", "oneOf") {
		return slices.ContainsFunc(t.of, func(one *Type) bool { return Resembles(one, coarse) })
	}
	for _, kind := range alternativesOf(coarse) {
		inner, list := strings.CutPrefix(kind, "[")
		element, set := strings.CutPrefix(kind, "{ _: ")
		switch {
		case t.is("anything", "atom", "unitOption", "reference"), kind == "{ ... }", kind == "attrs of submodule", strings.Contains(kind, "->"):
			return true
		case list && t.is("listOf", "nonEmptyListOf"):
			return Resembles(t.of[0], strings.TrimSuffix(inner, "]"))
		case set && t.is("attrsOf", "lazyAttrsOf"):
			return Resembles(t.of[0], strings.TrimSuffix(element, " }"))
		case kind == "list of submodule" && t.is("listOf", "nonEmptyListOf"), set && t.is("attrs", "submodule"),
			kind == "bool" && t.is("bool"), kind == "int" && (t.whole() || t.is("number")), kind == "float" && t.is("float", "number"),
			slices.Contains([]string{"string", "path", "Derivation"}, kind) && (t.isText() || t.is("path", "package")),
			t.is("enum") && slices.Contains([]string{"string", "int", "bool"}, kind):
			return true
		}
	}
	return false
}

// alternativesOf takes a coarse type apart at the | that are in no brackets.
func alternativesOf(coarse string) []string {
	var out []string
	depth, from := 0, 0
	for i := 0; i < len(coarse); i++ {
		switch coarse[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, strings.TrimSpace(coarse[from:i]))
				from = i + 1
			}
		}
	}
	return append(out, strings.TrimSpace(coarse[from:]))
}
