package nixos

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Any is a part of an option path that may be any name.
const Any = "*"

// Options is a tree of option names; a part <name> or * of the manual stands for any name.
type Options struct {
	children map[string]*Options
	// kind is the option's type, where one ends here.
	kind   string
	option bool
}

func (o *Options) add(path []string, kind string) {
	for _, part := range path {
		if o.children == nil {
			o.children = map[string]*Options{}
		}
		next := o.children[part]
		if next == nil {
			next = &Options{}
			o.children[part] = next
		}
		o = next
	}
	o.kind, o.option = kind, true
}

// anyName is how the manual writes a part that anybody chooses, beside Any.
const anyName = "<name>"

// at is the node of a name: a part that is not among those below is one that anybody chooses. Nil where there is none.
func (o *Options) at(path []string) *Options {
	for _, part := range path {
		next := o.children[part]
		for _, free := range []string{anyName, Any} {
			if next == nil {
				next = o.children[free]
			}
		}
		if next == nil {
			return nil
		}
		o = next
	}
	return o
}

// Has tells whether path is an option, or lies in one that takes any names.
func (o *Options) Has(path []string) bool {
	_, ok := o.kindOf(path)
	return ok
}

func (o *Options) kindOf(path []string) (string, bool) {
	if len(path) == 0 {
		return o.kind, o.option
	}
	if path[0] == Any {
		for _, next := range o.children {
			if kind, ok := next.kindOf(path[1:]); ok {
				return kind, true
			}
		}
	}
	for _, name := range []string{path[0], anyName, Any} {
		if next := o.children[name]; next != nil {
			if kind, ok := next.kindOf(path[1:]); ok {
				return kind, true
			}
		}
	}
	return "", o.option && open(o.kind)
}

// open tells whether a type has members that are no options of their own.
func open(kind string) bool {
	for _, word := range []string{"attribute set", "JSON value", "value", "{ ... }", "{ _:", "submodule", "INI", "YAML", "TOML", "configuration", "anything", "unspecified"} {
		if strings.Contains(kind, word) {
			return true
		}
	}
	return false
}

// nearest is a hint at the option whose last part is spelled almost like that of path; empty when there is none.
func (o *Options) nearest(path []string) string {
	for n, part := range path {
		next := o.children[part]
		if next == nil {
			next = o.children[anyName]
		}
		if next != nil {
			o = next
			continue
		}
		best, distance := "", 3
		for _, name := range sortedNames(o.children) {
			if d := editDistance(part, name); d < distance {
				best, distance = name, d
			}
		}
		if best == "" {
			return ""
		}
		return fmt.Sprintf("; %s is one", strings.Join(append(slices.Clone(path[:n]), best), "."))
	}
	return ""
}

func sortedNames(m map[string]*Options) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// editDistance is Levenshtein's: how many letters must be put in, left out or changed.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// Split takes an option's name apart at its dots; a part in double quotes may hold dots.
func Split(name string) ([]string, error) {
	var parts []string
	for rest := name; ; {
		var part string
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			if part, rest, ok = strings.Cut(quoted, `"`); !ok {
				return nil, fmt.Errorf("option %s: quote is not closed", name)
			}
		} else {
			end := strings.IndexAny(rest, `."`)
			if end < 0 {
				end = len(rest)
			}
			part, rest = rest[:end], rest[end:]
		}
		if part == "" {
			return nil, fmt.Errorf("option %s: empty part", name)
		}
		parts = append(parts, part)
		if rest == "" {
			return parts, nil
		}
		if rest[0] != '.' {
			return nil, fmt.Errorf("option %s: want a dot after %q", name, part)
		}
		rest = rest[1:]
	}
}

// Join is the name of an option, as Split takes it apart: parts that Nix would not take as they are stand in quotes.
func Join(path []string) string {
	var b strings.Builder
	for i, part := range path {
		if i > 0 {
			b.WriteByte('.')
		}
		if bare.MatchString(part) {
			b.WriteString(part)
		} else {
			b.WriteString(`"` + part + `"`)
		}
	}
	return b.String()
}

// bare is what a part of a name is that needs no quotes; * and <name> are those of the manual.
var bare = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_'-]*|\*|<[a-z-]+>)$`)
