package nix

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// wrappers are the keys that stand for a function of lib with one argument.
var wrappers = map[string]Ref{
	"_mkForce":   {"lib", "mkForce"},
	"_mkDefault": {"lib", "mkDefault"},
	"_mkBefore":  {"lib", "mkBefore"},
	"_mkAfter":   {"lib", "mkAfter"},
}

// roots are the variables that a _ref may begin with: those that every module
// gets as arguments.
var roots = []string{"pkgs", "lib", "config"}

// maxExact is the magnitude up to which a float64 holds every integer.
const maxExact = 1 << 53

// FromJSON returns a JSON value as an expression. v is made of map[string]any,
// []any, string, bool, nil and numbers: json.Number, float64, int, int64 or
// uint64. Objects become sets sorted by key; text always becomes a string,
// whatever it contains.
//
// An object with a single key that begins with an underscore means more:
// {"_ref": ["pkgs", "htop"]} is the reference pkgs.htop, whose first part is
// pkgs, lib or config; {"_mkForce": v} is lib.mkForce v, and so are _mkDefault,
// _mkBefore and _mkAfter; {"_path": "./domains/100.xml"} is a path below the file
// that holds it; {"_named": ["vault"]} is the function that says of a package whether
// it has one of these names; {"_concat": [{"_ref": ["pkgs", "rsync"]}, "/bin/rsync -a"]} is the
// text "${pkgs.rsync}/bin/rsync -a"; {"_call": [{"_ref": ["pkgs", "fetchurl"]}, {…}]} is a
// function of pkgs with one set as its argument.
//
// A json.Number is an integer unless it has a point or an exponent; a float64 is
// one if it is whole and a float64 holds all integers of its size.
//
// Errors begin with the JSON pointer of the value: any other key that begins
// with an underscore, a reference of another shape, an integer that does not
// fit into 64 bits, a number that Float refuses, a type that JSON does not have,
// text that Nix cannot hold.
func FromJSON(v any) (Expr, error) {
	return fromJSON(v, &pointer{})
}

// pointer is a JSON pointer (RFC 6901) that becomes text only for an error.
type pointer struct {
	up    *pointer
	token string
	depth int
}

func (p *pointer) at(token string) *pointer {
	return &pointer{up: p, token: token, depth: p.depth + 1}
}

func (p *pointer) String() string {
	var tokens []string
	for ; p.up != nil; p = p.up {
		tokens = append(tokens, strings.NewReplacer("~", "~0", "/", "~1").Replace(p.token))
	}
	if tokens == nil {
		return "/"
	}
	slices.Reverse(tokens)
	return "/" + strings.Join(tokens, "/")
}

func (p *pointer) errorf(format string, args ...any) error {
	return fmt.Errorf("%s: %w", p, fmt.Errorf(format, args...))
}

func fromJSON(v any, p *pointer) (Expr, error) {
	if p.depth > maxDepth {
		return nil, fmt.Errorf("nested deeper than %d levels", maxDepth)
	}
	switch v := v.(type) {
	case nil:
		return Null{}, nil
	case bool:
		return Bool(v), nil
	case string:
		if err := checkText(v); err != nil {
			return nil, p.errorf("%w", err)
		}
		return String(v), nil
	case int:
		return Int(v), nil
	case int64:
		return Int(v), nil
	case uint64:
		if v > math.MaxInt64 {
			return nil, p.errorf("integer %d does not fit into 64 bits", v)
		}
		return Int(v), nil
	case float64:
		return fromFloat(v, p)
	case json.Number:
		return fromNumber(string(v), p)
	case []any:
		list := make(List, len(v))
		for i, item := range v {
			e, err := fromJSON(item, p.at(strconv.Itoa(i)))
			if err != nil {
				return nil, err
			}
			list[i] = e
		}
		return list, nil
	case map[string]any:
		return fromObject(v, p)
	}
	return nil, p.errorf("%T is no JSON value", v)
}

func fromFloat(v float64, p *pointer) (Expr, error) {
	if err := checkFloat(v); err != nil {
		return nil, p.errorf("%w", err)
	}
	if v == math.Trunc(v) && math.Abs(v) <= maxExact {
		return Int(v), nil
	}
	return Float(v), nil
}

func fromNumber(s string, p *pointer) (Expr, error) {
	if !strings.ContainsAny(s, ".eE") {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, p.errorf("integer %s does not fit into 64 bits", s)
		}
		return Int(n), nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err == nil {
		err = checkFloat(f)
	}
	if err != nil {
		return nil, p.errorf("%w", err)
	}
	return Float(f), nil
}

func fromObject(v map[string]any, p *pointer) (Expr, error) {
	keys := slices.Sorted(maps.Keys(v))
	set := make(AttrSet, 0, len(keys))
	for _, key := range keys {
		if strings.HasPrefix(key, "_") {
			return fromSpecial(key, v, p)
		}
		if err := checkText(key); err != nil {
			return nil, p.errorf("key %q: %w", key, err)
		}
		e, err := fromJSON(v[key], p.at(key))
		if err != nil {
			return nil, err
		}
		set = append(set, Attr{Path: []string{key}, Value: e})
	}
	return set, nil
}

// fromSpecial reads an object that has a key beginning with an underscore.
func fromSpecial(key string, v map[string]any, p *pointer) (Expr, error) {
	fn, wraps := wrappers[key]
	if key != "_ref" && key != "_path" && key != "_concat" && key != "_call" && key != "_named" && !wraps {
		return nil, p.errorf("key %q is not known; keys that begin with an underscore are reserved", key)
	}
	if len(v) != 1 {
		return nil, p.errorf("key %q must be the only one of its object", key)
	}
	if key == "_path" {
		return fromPath(v[key], p.at(key))
	}
	if key == "_named" {
		return fromNamed(v[key], p.at(key))
	}
	if key == "_concat" {
		return fromConcat(v[key], p.at(key))
	}
	if key == "_call" {
		return fromCall(v[key], p.at(key))
	}
	if !wraps {
		return fromRef(v[key], p.at(key))
	}
	arg, err := fromJSON(v[key], p.at(key))
	if err != nil {
		return nil, err
	}
	return Apply{Func: fn, Args: []Expr{arg}}, nil
}

// fromPath reads a path below the file that holds it.
func fromPath(v any, p *pointer) (Expr, error) {
	s, ok := v.(string)
	if !ok || !pathBelow.MatchString(s) || strings.Contains(s, "..") {
		return nil, p.errorf("a path is ./ and names of letters, digits, dots, dashes and underscores, not %q", v)
	}
	return Path(s), nil
}

var pathBelow = regexp.MustCompile(`^\.(/[A-Za-z0-9][A-Za-z0-9._-]*)+$`)

// fromNamed reads the names of packages that a predicate is true for.
func fromNamed(v any, p *pointer) (Expr, error) {
	e, err := fromJSON(v, p)
	if err != nil {
		return nil, err
	}
	list, ok := e.(List)
	if !ok {
		return nil, p.errorf("names of packages are a list")
	}
	for i, item := range list {
		if _, ok := item.(String); !ok {
			return nil, p.at(strconv.Itoa(i)).errorf("a name of a package is a text")
		}
	}
	const param = "package"
	return Lambda{Param: param, Body: Apply{
		Func: Ref{"lib", "elem"}, Args: []Expr{Apply{Func: Ref{"lib", "getName"}, Args: []Expr{Ref{param}}}, list},
	}}, nil
}

// fromConcat reads texts and references that are one text together.
func fromConcat(v any, p *pointer) (Expr, error) {
	parts, ok := v.([]any)
	if !ok || len(parts) == 0 {
		return nil, p.errorf("a text with references is a list of at least one part")
	}
	var t Template
	for i, part := range parts {
		e, err := fromJSON(part, p.at(strconv.Itoa(i)))
		if err != nil {
			return nil, err
		}
		switch e := e.(type) {
		case Ref:
			t = append(t, e)
		case String:
			if last, ok := lastText(t); ok {
				t[len(t)-1] = last + e
				continue
			}
			t = append(t, e)
		default:
			return nil, p.at(strconv.Itoa(i)).errorf("a part is a text or a reference")
		}
	}
	return t, nil
}

// fromCall reads a function of pkgs and the set that it is called with.
func fromCall(v any, p *pointer) (Expr, error) {
	parts, ok := v.([]any)
	if !ok || len(parts) != 2 {
		return nil, p.errorf("a call is a list of a reference and a set")
	}
	fn, err := fromJSON(parts[0], p.at("0"))
	if err != nil {
		return nil, err
	}
	if ref, ok := fn.(Ref); !ok || ref[0] != "pkgs" {
		return nil, p.at("0").errorf("what is called is a reference that begins with pkgs")
	}
	arg, err := fromJSON(parts[1], p.at("1"))
	if err != nil {
		return nil, err
	}
	if _, ok := arg.(AttrSet); !ok {
		return nil, p.at("1").errorf("a function is called with a set")
	}
	return Apply{Func: fn, Args: []Expr{arg}}, nil
}

// lastText is the text that a template ends with so far.
func lastText(t Template) (String, bool) {
	if len(t) == 0 {
		return "", false
	}
	s, ok := t[len(t)-1].(String)
	return s, ok
}

func fromRef(v any, p *pointer) (Expr, error) {
	parts, ok := v.([]any)
	if !ok || len(parts) == 0 {
		return nil, p.errorf("a reference is a list of at least one string")
	}
	ref := make(Ref, len(parts))
	for i, part := range parts {
		s, ok := part.(string)
		if !ok {
			return nil, p.at(strconv.Itoa(i)).errorf("%T is no string", part)
		}
		if err := checkText(s); err != nil {
			return nil, p.at(strconv.Itoa(i)).errorf("%w", err)
		}
		ref[i] = s
	}
	if !slices.Contains(roots, ref[0]) {
		return nil, p.at("0").errorf("a reference begins with %s, not %q", strings.Join(roots, ", "), ref[0])
	}
	return ref, nil
}
