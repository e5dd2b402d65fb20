package surface

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Any is a part of an option's name that stands for any.
const Any = "*"

// Unknown is a value, or a piece of one, that only a host decides.
var Unknown any = unknown{}

type unknown struct{}

// wrappers are the keys that give a value a priority or a place, which its type does not see.
var wrappers = []string{"_mkForce", "_mkDefault", "_mkBefore", "_mkAfter"}

// unwrap takes the wrappers from a value.
func unwrap(v any) any {
	for {
		inner, ok := wrapped(v)
		if !ok {
			return v
		}
		v = inner
	}
}

func wrapped(v any) (any, bool) {
	object, ok := v.(map[string]any)
	if !ok || len(object) != 1 {
		return nil, false
	}
	for key, inner := range object {
		return inner, slices.Contains(wrappers, key)
	}
	return nil, false
}

// special is the reference, the path, the text with references or the call that a value is, if it is one.
func special(v any) (key string, of any) {
	if object, ok := v.(map[string]any); ok && len(object) == 1 {
		for _, key := range []string{"_ref", "_path", "_concat", "_call"} {
			if of, ok := object[key]; ok {
				return key, of
			}
		}
	}
	return "", nil
}

// takes tells whether a reference or a path may stand where the type is wanted.
// What a reference is worth is known when Nix evaluates it; what is sure is that
// pkgs.name is no text, and that no reference here is a number or a set.
func (t *Type) takes(key string, of any) bool {
	if t.is("anything", "unitOption") {
		return true
	}
	if key == "_path" {
		return t.is("path")
	}
	if key == "_concat" {
		return t.takesConcat(of)
	}
	if key == "_call" { // what is called makes a package
		return t.is("package", "path")
	}
	if of == Unknown {
		return true
	}
	ref, ok := of.([]any)
	if !ok || len(ref) == 0 {
		return false
	}
	switch ref[0] {
	case "pkgs":
		return t.is("package", "path", "reference") || len(ref) > 2 && t.isText()
	case "config":
		return t.is("package", "path") || t.isText()
	case "lib":
		return t.is("path", "reference") || t.isText()
	}
	return false
}

// takesConcat tells whether a text with references may stand where the type is wanted: what it is in the end is known to
// Nix alone, so that it is no text of a pattern, and only what begins with a reference is a path.
func (t *Type) takesConcat(of any) bool {
	if of == Unknown {
		return t.isText() || t.is("path")
	}
	parts, ok := of.([]any)
	if !ok || len(parts) == 0 || t.is("strMatching") || !t.isText() && !t.is("path") {
		return false
	}
	for i, part := range parts {
		key, _ := special(part)
		text, isText := part.(string)
		switch {
		case part == Unknown, key == "_ref":
		case !isText, t.is("singleLineStr") && strings.ContainsAny(text, "\r\n"), t.is("path") && i == 0 && !strings.HasPrefix(text, "/"):
			return false
		}
	}
	return true
}

// isText tells whether every value of the type is a text.
func (t *Type) isText() bool {
	return t.is("str", "nonEmptyStr", "singleLineStr", "lines", "separatedString", "strMatching", "atom")
}

// scalar tells whether a value that is neither list nor set fits a type that has neither.
func (t *Type) scalar(v any) bool {
	switch t.word {
	case "anything":
		return true
	case "bool":
		_, ok := v.(bool)
		return ok
	case "enum":
		return slices.ContainsFunc(t.values, func(want any) bool { return same(want, v) })
	case "str", "lines", "separatedString":
		_, ok := v.(string)
		return ok
	case "nonEmptyStr":
		s, _ := v.(string)
		return strings.Trim(s, " \t\n") != ""
	case "singleLineStr":
		s, ok := v.(string)
		return ok && !strings.ContainsAny(strings.TrimSuffix(s, "\n"), "\r\n")
	case "strMatching":
		s, ok := v.(string)
		return ok && t.pattern.MatchString(s)
	case "path":
		s, _ := v.(string)
		return strings.HasPrefix(s, "/")
	case "float":
		_, whole, ok := number(v)
		return ok && !whole
	case "number":
		_, _, ok := number(v)
		return ok
	case "atom", "unitOption":
		switch v.(type) {
		case map[string]any, []any:
			return false
		}
		return true
	}
	if _, ok := bounds[t.word]; ok || t.word == "ints.between" {
		n, whole, ok := number(v)
		return ok && whole && t.low <= n && n <= t.high
	}
	return false
}

// same compares two scalars; a number is the same however it was decoded.
func same(a, b any) bool {
	na, wholeA, ok := number(a)
	if !ok {
		return a == b
	}
	nb, wholeB, ok := number(b)
	return ok && wholeA && wholeB && na == nb
}

// number is a value as a number: a whole one, or one that Nix has as a float. A
// json.Number is whole unless it has a point or an exponent, as the printer has it.
func number(v any) (n int64, whole, ok bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true, true
	case int64:
		return v, true, true
	case uint64:
		return int64(v), v <= math.MaxInt64, true
	case float64:
		if v == math.Trunc(v) && math.Abs(v) <= 1<<53 {
			return int64(v), true, true
		}
		return 0, false, true
	case json.Number:
		if strings.ContainsAny(string(v), ".eE") {
			return 0, false, true
		}
		n, err := strconv.ParseInt(string(v), 10, 64)
		return n, err == nil, true
	}
	return 0, false, false
}
