package evaluate

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	"github.com/pve2nix/pve2nix/engine/policy"
)

// Setting is one option as a rule or a catalog entry sets it.
type Setting struct {
	Option []string
	Value  any
	// By is the rule, or file:line of the catalog entry.
	By string
	At []string
}

// Leaf is one option with its merged value.
type Leaf struct {
	Option []string `json:"option"`
	Value  any      `json:"value"`
	// By are the rules and catalog entries that set it, sorted.
	By []string `json:"by"`
	// At are the facts that it comes from.
	At []string `json:"at"`
}

// ConflictError is raised when one option gets two values that cannot both hold.
type ConflictError struct {
	Option   []string
	By       [2]string
	Value    [2]string
	Pointers [2][]string
}

func (e *ConflictError) Error() string {
	where := func(i int) string {
		if len(e.Pointers[i]) == 0 {
			return e.By[i]
		}
		return e.By[i] + " (" + e.Pointers[i][0] + ")"
	}
	return fmt.Sprintf("option %s: %s sets %s, %s sets %s", strings.Join(e.Option, "."), where(0), e.Value[0], where(1), e.Value[1])
}

// priority as the module system has it: the lower one wins.
const (
	forced = 50
	plain  = 100
	preset = 1000
)

type mergeNode struct {
	children map[string]*mergeNode
	leaf     *mergeLeaf
}

type mergeLeaf struct {
	priority int
	value    any
	by       map[string]bool
	first    Setting
	at       []string
}

// Merge puts settings together as the module system would: sets are merged,
// lists of equal priority are joined without repeating an element, equal values
// are one, and mkForce beats a plain value beats mkDefault. Anything else is a
// *ConflictError that names both sides.
func Merge(settings []Setting) ([]Leaf, error) {
	root := &mergeNode{}
	for _, s := range settings {
		if len(s.Option) == 0 {
			return nil, &policy.Error{List: []string{s.By + ": a setting without an option"}}
		}
		if err := insert(root, s, s.Option, s.Value); err != nil {
			return nil, err
		}
	}
	leaves := []Leaf{}
	collect(root, nil, &leaves)
	return leaves, nil
}

func insert(root *mergeNode, s Setting, option []string, value any) error {
	if object, ok := value.(map[string]any); ok && len(object) > 0 && !wrapped(object) {
		for _, key := range sortedKeys(object) {
			path := append(append([]string(nil), option...), key)
			if err := insert(root, s, path, object[key]); err != nil {
				return err
			}
		}
		return nil
	}
	node := root
	for i, part := range option {
		if node.leaf != nil {
			if !isEmptySet(node.leaf.value) {
				return conflict(option[:i], node.leaf, s, "a set")
			}
			node.leaf = nil // the empty set is refined by what is in it
		}
		if node.children == nil {
			node.children = map[string]*mergeNode{}
		}
		if node.children[part] == nil {
			node.children[part] = &mergeNode{}
		}
		node = node.children[part]
	}
	if len(node.children) > 0 {
		if isEmptySet(value) {
			return nil
		}
		below := firstLeaf(node)
		return conflict(option, below, s, text(value))
	}
	priority := priorityOf(value)
	if node.leaf == nil || priority < node.leaf.priority {
		node.leaf = &mergeLeaf{priority: priority, value: value, by: map[string]bool{s.By: true}, first: s, at: append([]string(nil), s.At...)}
		return nil
	}
	if priority > node.leaf.priority {
		return nil
	}
	joined, ok := join(node.leaf.value, value)
	if !ok {
		return conflict(option, node.leaf, s, text(value))
	}
	node.leaf.value = joined
	node.leaf.by[s.By] = true
	node.leaf.at = append(node.leaf.at, s.At...)
	return nil
}

func conflict(option []string, old *mergeLeaf, s Setting, value string) error {
	return &ConflictError{
		Option: option, By: [2]string{old.first.By, s.By},
		Value: [2]string{text(old.value), value}, Pointers: [2][]string{old.first.At, s.At},
	}
}

func firstLeaf(n *mergeNode) *mergeLeaf {
	for n.leaf == nil {
		n = n.children[sortedKeys(n.children)[0]]
	}
	return n.leaf
}

func wrapped(object map[string]any) bool {
	if len(object) != 1 {
		return false
	}
	for key := range object {
		return strings.HasPrefix(key, "_")
	}
	return false
}

func isEmptySet(v any) bool {
	object, ok := v.(map[string]any)
	return ok && len(object) == 0
}

func priorityOf(v any) int {
	if object, ok := v.(map[string]any); ok && wrapped(object) {
		if _, ok := object["_mkForce"]; ok {
			return forced
		}
		if _, ok := object["_mkDefault"]; ok {
			return preset
		}
	}
	return plain
}

// join puts two values of one priority together.
func join(a, b any) (any, bool) {
	if wa, ok := a.(map[string]any); ok && wrapped(wa) {
		if wb, ok := b.(map[string]any); ok && wrapped(wb) {
			for key := range wa {
				if inner, has := wb[key]; has && key != "_ref" && key != "_concat" && key != "_call" {
					joined, ok := join(wa[key], inner)
					return map[string]any{key: joined}, ok
				}
			}
		}
	}
	la, isList := a.([]any)
	lb, isListToo := b.([]any)
	if isList && isListToo {
		seen := map[string]bool{}
		out := make([]any, 0, len(la)+len(lb))
		for _, v := range append(append([]any(nil), la...), lb...) {
			if key := text(v); !seen[key] {
				seen[key] = true
				out = append(out, v)
			}
		}
		return out, true
	}
	return a, text(a) == text(b)
}

// text is the canonical JSON of a value.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}

func collect(n *mergeNode, path []string, out *[]Leaf) {
	if n.leaf != nil {
		at := append([]string(nil), n.leaf.at...)
		sort.Strings(at)
		*out = append(*out, Leaf{Option: append([]string(nil), path...), Value: n.leaf.value, By: sortedKeys(n.leaf.by), At: compact(at)})
		return
	}
	for _, key := range sortedKeys(n.children) {
		collect(n.children[key], append(path, key), out)
	}
}

func compact(sorted []string) []string {
	out := sorted[:0]
	for i, s := range sorted {
		if i == 0 || s != sorted[i-1] {
			out = append(out, s)
		}
	}
	return orEmpty(out)
}
