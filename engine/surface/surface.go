package surface

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/nixos"
)

// None is the type of an option that a release does not have.
const None = "none"

// Surface is the options of one release that may be set, as a tree of their
// names. It may be used by several goroutines at once.
type Surface struct{ root *node }

// node is a part of a name.
type node struct {
	children map[string]*node
	// option is the type of the one that ends here; nil where none does.
	option *Type
}

// New makes a surface of options with their types. A part * of a name stands for
// any; the members of a submodule are options below its name, those of the
// elements of a list below its name and *. An option of type None is left out.
func New(options map[string]string) (*Surface, error) {
	s := &Surface{root: &node{}}
	known := map[string]*Type{}
	for name, text := range options {
		if text == None {
			continue
		}
		path, err := nixos.Split(name)
		if err != nil {
			return nil, err
		}
		t := known[text]
		if t == nil {
			if t, err = Parse(text); err != nil {
				return nil, fmt.Errorf("option %s: %w", name, err)
			}
			known[text] = t
		}
		at := s.root
		for _, part := range path {
			next := at.children[part]
			if next == nil {
				if at.children == nil {
					at.children = map[string]*node{}
				}
				next = &node{}
				at.children[part] = next
			}
			at = next
		}
		at.option = t
	}
	return s, nil
}

// child is the part of a name below a node. Where it is Any, that of all names.
func (n *node) child(part string) *node {
	if n == nil {
		return nil
	}
	if next := n.children[part]; next != nil {
		return next
	}
	return n.children[Any]
}

// named is the option of exactly this name below a node.
func (n *node) named(part string) *node {
	if n == nil || n.children[part] == nil || n.children[part].option == nil {
		return nil
	}
	return n.children[part]
}

// Has tells whether an option may be set, or lies in one that takes any names. A
// part that is Any is one that nobody knows: it may then be each.
func (s *Surface) Has(path []string) bool { return s.root.has(path) }

// Element is how many names of an option lead to the innermost element of a set of any names that it is part of: 3 for
// systemd.services.web.script. Where it is part of none, it is the whole option.
func (s *Surface) Element(path []string) int {
	found, n := len(path), s.root
	for i, part := range path {
		next := n.child(part)
		if next == nil {
			break
		}
		if n.children[Any] != nil && len(next.children) > 0 {
			found = i + 1
		}
		n = next
	}
	return found
}

func (n *node) has(path []string) bool {
	if len(path) == 0 {
		return n.option != nil || len(n.children) > 0
	}
	if path[0] == Any {
		for _, next := range n.children {
			if next.has(path[1:]) {
				return true
			}
		}
	} else if next := n.child(path[0]); next != nil && next.has(path[1:]) {
		return true
	}
	return n.option != nil && n.option.open(len(path))
}

// open tells whether values of the type have members that are no options, n names deep.
func (t *Type) open(n int) bool {
	if n == 0 {
		return true
	}
	switch {
	case t.is("anything", "attrs"):
		return true
	case t.is("attrsOf", "lazyAttrsOf"):
		return t.of[0].open(n - 1)
	}
	return slices.ContainsFunc(t.of, func(inner *Type) bool { return !t.is("listOf", "nonEmptyListOf") && inner.open(n) })
}

// Misfit is an option that may not be set to a value.
type Misfit struct {
	Option []string
	// Type is what the option takes; nil where there is no such option.
	Type *Type
	// At is where in the value of the option the wrong piece is: [2].name. Empty for all of it.
	At string
	// Value is the wrong piece.
	Value any
}

// valueShown is how much of a wrong value is shown.
const valueShown = 80

func (m *Misfit) Error() string {
	name := nixos.Join(m.Option)
	if m.Type == nil {
		return fmt.Sprintf("option %s is none that may be set: the surface of the catalog lacks it", name)
	}
	value := fmt.Sprint(m.Value)
	if text, err := json.Marshal(m.Value); err == nil {
		value = string(text)
	}
	if len(value) > valueShown {
		value = strings.ToValidUTF8(value[:valueShown], "") + "…"
	}
	if m.At == "" {
		return fmt.Sprintf("option %s takes %s, not %s", name, m.Type, value)
	}
	return fmt.Sprintf("option %s takes %s, not %s at %s", name, m.Type, value, m.At)
}

// Check says why an option may not be set to a value; nil where it may. The value
// is JSON, with the references, paths and wrappers that settings have. A part of
// the path that is Any, and a value that is Unknown, may be what fits.
func (s *Surface) Check(path []string, value any) *Misfit { return s.root.check(path, 0, value) }

// check goes down the names of path from the one of this depth, then down the value.
func (n *node) check(path []string, depth int, value any) *Misfit {
	value = unwrap(value)
	if depth == len(path) {
		if n.option != nil {
			return n.fits(n.option, path, "", value)
		}
		if value == Unknown && len(n.children) > 0 {
			return nil
		}
		object, ok := value.(map[string]any)
		if key, _ := special(value); !ok || key != "" || len(n.children) == 0 {
			return &Misfit{Option: path}
		}
		return n.members(path, object)
	}
	var outside *Misfit
	if path[depth] == Any {
		for _, part := range slices.Sorted(maps.Keys(n.children)) {
			if part == Any {
				continue // below
			}
			one := slices.Clone(path)
			one[depth] = part
			m := n.children[part].check(one, depth+1, value)
			if m == nil {
				return nil
			}
			if m.Type != nil {
				outside = m
			}
		}
	}
	if next := n.child(path[depth]); next != nil {
		m := next.check(path, depth+1, value)
		if m == nil || m.Type != nil || n.option == nil {
			return m
		}
		outside = m
	}
	// What is below an option is a piece of its value, unless it is an option itself.
	if n.option == nil || !n.option.open(len(path)-depth) {
		if outside == nil {
			outside = &Misfit{Option: path}
		}
		return outside
	}
	if value == Unknown {
		return nil
	}
	for i := len(path) - 1; i >= depth; i-- {
		value = map[string]any{path[i]: value}
	}
	return n.fits(n.option, path[:depth:depth], "", value)
}

// each visits the members of a set until one does not fit; of several that do not, it is always the same.
func each(object map[string]any, visit func(key string, value any) *Misfit) *Misfit {
	for key, value := range object {
		if visit(key, value) == nil {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if m := visit(key, object[key]); m != nil {
				return m
			}
		}
	}
	return nil
}

// members checks the members of a set that are options of their own.
func (n *node) members(option []string, object map[string]any) *Misfit {
	path := below(option)
	return each(object, func(key string, value any) *Misfit {
		next := n.child(key)
		if next == nil {
			return &Misfit{Option: path(key)}
		}
		return next.check(path(key), len(option)+1, value)
	})
}

// below makes the names of the members of an option.
func below(option []string) func(key string) []string {
	return func(key string) []string { return append(option[:len(option):len(option)], key) }
}

// fits checks a value of an option; n is where the members of submodules in it are found.
func (n *node) fits(t *Type, option []string, at string, value any) *Misfit {
	if value = unwrap(value); value == Unknown {
		return nil
	}
	wrong := func() *Misfit { return &Misfit{Option: option, Type: t, At: at, Value: value} }
	if len(t.of) == 0 || t.is("listOf", "nonEmptyListOf", "attrsOf", "lazyAttrsOf") {
		if key, of := special(value); key != "" {
			if t.takes(key, of) {
				return nil
			}
			return wrong()
		}
	}
	switch t.word {
	case "nullOr":
		if value == nil {
			return nil
		}
		m := n.fits(t.of[0], option, at, value)
		if m != nil && m.Type != nil && len(m.Option) == len(option) {
			m.Type = t
		}
		return m
	case "either", "oneOf":
		for _, one := range t.of {
			if n.fits(one, option, at, value) == nil {
				return nil
			}
		}
		return wrong()
	case "listOf", "nonEmptyListOf":
		list, ok := value.([]any)
		if !ok || len(list) == 0 && t.word == "nonEmptyListOf" {
			return wrong()
		}
		element, ofAll := n.child(Any), below(option)(Any)
		for i, item := range list {
			if m := element.fits(t.of[0], ofAll, "", item); m != nil {
				if m.Type != nil && len(m.Option) == len(ofAll) { // the element is wrong, not a member of it
					m.Option, m.Type, m.At = option, t, at+"["+strconv.Itoa(i)+"]"+m.At
				}
				return m
			}
		}
		return nil
	case "attrsOf", "lazyAttrsOf":
		object, ok := value.(map[string]any)
		if !ok {
			return wrong()
		}
		path := below(option)
		return each(object, func(key string, value any) *Misfit {
			if exact := n.named(key); exact != nil {
				return exact.check(path(key), len(option)+1, value)
			}
			return n.child(key).fits(t.of[0], path(key), at, value)
		})
	case "submodule":
		object, ok := value.(map[string]any)
		if !ok {
			return wrong()
		}
		if n == nil {
			n = &node{}
		}
		return n.members(option, object)
	case "attrs", "anything":
		object, ok := value.(map[string]any)
		if !ok && t.word == "attrs" {
			return wrong()
		}
		path := below(option)
		return each(object, func(key string, value any) *Misfit {
			if exact := n.named(key); exact != nil {
				return exact.check(path(key), len(option)+1, value)
			}
			return nil
		})
	case "unitOption":
		if list, ok := value.([]any); ok {
			for i, item := range list {
				if m := n.fits(t, option, at+"["+strconv.Itoa(i)+"]", item); m != nil {
					return m
				}
			}
			return nil
		}
	}
	if !t.scalar(value) {
		return wrong()
	}
	return nil
}
