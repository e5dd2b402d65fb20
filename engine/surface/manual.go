package surface

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// FromManual is the type that the manual of NixOS describes in words: "null or
// (list of string)". What it does not know is anything, and then known is false.
func FromManual(text string) (t *Type, known bool) {
	m := manual{rest: text, known: true}
	t = m.alternatives()
	if m.rest != "" {
		return &Type{word: "anything"}, false
	}
	return t, m.known
}

type manual struct {
	rest  string
	known bool
	depth int
}

func (m *manual) cut(prefix string) bool {
	rest, ok := strings.CutPrefix(m.rest, prefix)
	if ok {
		m.rest = rest
	}
	return ok
}

func (m *manual) match(pattern *regexp.Regexp) []string {
	found := pattern.FindStringSubmatch(m.rest)
	if found != nil {
		m.rest = m.rest[len(found[0]):]
	}
	return found
}

func (m *manual) unknown() *Type {
	m.known = false
	return &Type{word: "anything"}
}

// alternatives are types with "or" between them.
func (m *manual) alternatives() *Type {
	if m.depth++; m.depth > deepest {
		return m.unknown()
	}
	defer func() { m.depth-- }()
	var list []*Type
	null := false
	for {
		if m.cut("null or ") || m.rest == "null" && m.cut("null") {
			null = true
			if m.rest == "" || m.rest[0] == ')' {
				break
			}
			continue
		}
		list = append(list, m.term())
		m.cut(" convertible to it")
		if !m.cut(", or ") && !m.cut(" or ") {
			break
		}
	}
	var t *Type
	switch len(list) {
	case 0:
		return m.unknown()
	case 1:
		t = list[0]
	case 2:
		t = &Type{word: "either", of: list}
	default:
		t = &Type{word: "oneOf", of: list}
	}
	if null {
		t = &Type{word: "nullOr", of: []*Type{t}}
	}
	return t
}

// nouns are how the manual calls types, the longer of two that begin alike first.
var nouns = []struct{ text, is string }{
	{"section of an INI file (attrs of INI atom (null, bool, int, float or string) or a list of them for duplicate keys)", "attrsOf (either atom (listOf atom))"},
	{"section of an INI file (attrs of INI atom (null, bool, int, float or string) or a non-empty list of them)", "attrsOf (either atom (nonEmptyListOf atom))"},
	{"section of an INI file (attrs of INI atom (null, bool, int, float or string))", "attrsOf atom"},
	{"INI atom (null, bool, int, float or string) or a list of them for duplicate keys", "either atom (listOf atom)"},
	{"INI atom (null, bool, int, float or string)", "atom"},
	{"atom (null, bool, int, float or string) or a list of them for duplicate keys", "either atom (listOf atom)"},
	{"atom (null, bool, int, float or string)", "atom"},
	{"atom (bool, int or string) or a list of them for duplicate keys", "either atom (listOf atom)"},
	{"sysctl option value", "atom"},
	{"Flat key-value file", "attrsOf atom"},
	{"systemd option", "unitOption"},
	{"(optionally newline-terminated) single-line string", "singleLineStr"},
	{"single-line string", "singleLineStr"},
	{"string without line breaks or quotes", `strMatching "[^\n\"]*"`},
	{"string, not containing newlines or colons", `strMatching "[^\n:]*"`},
	{"path, not containing newlines or colons", "path"},
	{"string without spaces", `strMatching "[^ \n]*"`},
	{"printable string without spaces, # and /", `strMatching "[^ #/\n]*"`},
	{"string (with check: non-empty without trailing slash)", "nonEmptyStr"},
	{"string (with check: non-empty)", "nonEmptyStr"},
	{"string starting with / or ~/", `strMatching "~?/.*"`},
	{"string, with spaces inside double quotes", `strMatching "([^\" \n\t]|\"[^\"]*\")+"`},
	{"string", "str"},
	{"non-empty string", "nonEmptyStr"},
	{"boolean", "bool"},
	{"signed integer", "int"},
	{"integer of at least 16 bits", "int"},
	{"unsigned integer, meaning >=0", "ints.unsigned"},
	{"positive integer, meaning >0", "ints.positive"},
	{"8 bit unsigned integer; between 0 and 255 (both inclusive)", "ints.u8"},
	{"16 bit unsigned integer; between 0 and 65535 (both inclusive)", "ints.u16"},
	{"32 bit unsigned integer; between 0 and 4294967295 (both inclusive)", "ints.u32"},
	{"8 bit signed integer; between -128 and 127 (both inclusive)", "ints.s8"},
	{"16 bit signed integer; between -32768 and 32767 (both inclusive)", "ints.s16"},
	{"32 bit signed integer; between -2147483648 and 2147483647 (both inclusive)", "ints.s32"},
	{"floating point number", "float"},
	{"path in the Nix store", "path"},
	{"path", "path"},
	{"package", "package"},
	{"lazy attribute set of raw value", "attrs"},
	{"attribute set", "attrs"},
	{"submodule", "submodule"},
	{"anything", "anything"},
	{"unspecified value", "anything"},
	{"unspecified", "anything"}, {"optionType", "anything"},
	{"raw value", "anything"},
	{"JSON value", "anything"}, {"YAML value", "anything"}, {"TOML value", "anything"},
}

var (
	between   = regexp.MustCompile(`^integer between (-?[0-9]+) and (-?[0-9]+) \(both inclusive\)`)
	inQuotes  = regexp.MustCompile(`^"([^"]*)"`)
	separator = regexp.MustCompile(`^strings concatenated with ("(?:[^"\\]|\\.)*")`)
	digits    = regexp.MustCompile(`^(?:0|-?[1-9][0-9]{0,17})`)
)

// term is a type without "or".
func (m *manual) term() *Type {
	for _, nested := range []struct{ text, word string }{
		{"list of ", "listOf"}, {"non-empty list of ", "nonEmptyListOf"},
		{"attribute set of ", "attrsOf"}, {"lazy attribute set of ", "lazyAttrsOf"},
	} {
		if strings.HasPrefix(m.rest, "lazy attribute set of raw value") {
			break
		}
		if m.cut(nested.text) {
			return &Type{word: nested.word, of: []*Type{m.element()}}
		}
	}
	if m.cut("non-empty (list of ") {
		t := &Type{word: "nonEmptyListOf", of: []*Type{m.element()}}
		return m.closed(t)
	}
	if m.cut("function that evaluates to a(n) ") {
		m.term()
		return &Type{word: "reference"}
	}
	if m.cut("one of ") {
		return m.enum()
	}
	if m.cut("value ") {
		if t := m.enum(); m.cut(" (singular enum)") {
			return t
		}
		return m.unknown()
	}
	if m.cut("string matching the pattern ") {
		return m.matching()
	}
	if found := m.match(separator); found != nil {
		text, err := strconv.Unquote(found[1])
		switch {
		case err != nil:
			return m.unknown()
		case text == "\n":
			return &Type{word: "lines"}
		}
		return &Type{word: "separatedString", text: text}
	}
	if found := m.match(between); found != nil {
		t, err := Parse(fmt.Sprintf("ints.between %s %s", found[1], found[2]))
		if err != nil {
			return m.unknown()
		}
		return t
	}
	for _, noun := range nouns {
		rest, ok := strings.CutPrefix(m.rest, noun.text)
		if !ok || rest != "" && !strings.HasPrefix(rest, " or ") && !strings.HasPrefix(rest, ", or ") && rest[0] != ')' && !strings.HasPrefix(rest, " convertible to it") {
			continue
		}
		t, err := Parse(noun.is)
		if err != nil {
			return m.unknown()
		}
		m.rest = rest
		return t
	}
	if m.cut("(") {
		return m.closed(m.alternatives())
	}
	return m.unknown()
}

// element is what a list or a set holds: a word, or alternatives in parentheses.
func (m *manual) element() *Type {
	if m.depth++; m.depth > deepest {
		return m.unknown()
	}
	defer func() { m.depth-- }()
	return m.term()
}

func (m *manual) closed(t *Type) *Type {
	if !m.cut(")") {
		return m.unknown()
	}
	return t
}

// enum is values with commas between them.
func (m *manual) enum() *Type {
	t := &Type{word: "enum"}
	for {
		if found := m.match(inQuotes); found != nil {
			t.values = append(t.values, found[1])
		} else if found := m.match(digits); found != nil {
			t.values = append(t.values, json.Number(found[0]))
		} else if m.cut("true") {
			t.values = append(t.values, true)
		} else if m.cut("false") {
			t.values = append(t.values, false)
		} else {
			return m.unknown()
		}
		if !m.cut(", ") {
			return t
		}
	}
}

// matching is a pattern: all up to the end, or to the parenthesis that closes what it stands in.
func (m *manual) matching() *Type {
	open, end := 0, len(m.rest)
	for i := 0; i < len(m.rest); i++ {
		if m.rest[i] == '(' {
			open++
		} else if m.rest[i] == ')' {
			if open--; open < 0 {
				end = i
				break
			}
		}
	}
	t := &Type{word: "strMatching", text: m.rest[:end]}
	var err error
	if t.pattern, err = regexp.Compile(`\A(?:` + t.text + `)\z`); err != nil {
		return m.unknown()
	}
	m.rest = m.rest[end:]
	return t
}
