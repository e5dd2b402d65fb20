package snapshot

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Node is an accountable fact in a tree.
type Node struct {
	// Pointer is where it is: /guests/3/config/5.
	Pointer string
	// Pattern is the pointer with * for list indexes: /guests/*/config/*.
	Pattern string
	// Value is the object itself.
	Value map[string]any
	// Parents are the objects above it, the nearest first; the lists between them are left out.
	Parents []map[string]any
}

// Walk calls visit for every accountable fact of a valid tree, in the order of
// the schema: parents before children, lists by index.
func Walk(tree map[string]any, visit func(Node)) {
	walk(rootShape(), tree, "", "", nil, visit)
}

func walk(s *shape, node map[string]any, pointer, pattern string, parents []map[string]any, visit func(Node)) {
	if s.account {
		visit(Node{pointer, pattern, node, parents})
	}
	if !s.nested {
		return
	}
	above := append([]map[string]any{node}, parents...)
	for _, f := range s.fields {
		if f.object == nil {
			continue
		}
		at, like := pointer+"/"+f.name, pattern+"/"+f.name
		if !f.list {
			if child, ok := node[f.name].(map[string]any); ok {
				walk(f.object, child, at, like, above, visit)
			}
			continue
		}
		list, _ := node[f.name].([]any)
		for i, item := range list {
			if child, ok := item.(map[string]any); ok {
				walk(f.object, child, at+"/"+strconv.Itoa(i), like+"/*", above, visit)
			}
		}
	}
}

// Patterns lists the patterns of all accountable facts of the schema.
func Patterns() []string {
	var out []string
	var descend func(s *shape, pattern string)
	descend = func(s *shape, pattern string) {
		if s.account {
			out = append(out, pattern)
		}
		for _, f := range s.fields {
			if f.object == nil {
				continue
			}
			next := pattern + "/" + f.name
			if f.list {
				next += "/*"
			}
			descend(f.object, next)
		}
	}
	descend(rootShape(), "")
	return out
}

// Lookup finds the value at a JSON pointer.
func Lookup(tree any, pointer string) (any, bool) {
	if pointer == "" || pointer == "/" {
		return tree, true
	}
	if !strings.HasPrefix(pointer, "/") {
		return nil, false
	}
	for _, part := range strings.Split(pointer[1:], "/") {
		part = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		switch node := tree.(type) {
		case map[string]any:
			child, ok := node[part]
			if !ok {
				return nil, false
			}
			tree = child
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(node) {
				return nil, false
			}
			tree = node[i]
		default:
			return nil, false
		}
	}
	return tree, true
}

// Field reads a field of the node by its name; each leading ../.. climbs from
// the node to the object that owns the list it is in.
func (n Node) Field(path string) (any, bool) {
	node, above := n.Value, n.Parents
	for strings.HasPrefix(path, "../../") {
		if len(above) == 0 {
			return nil, false
		}
		node, above, path = above[0], above[1:], path[len("../../"):]
	}
	v, ok := node[path]
	return v, ok
}

// labelFields are the fields that name a fact for a reader, the most telling first.
var labelFields = []string{"name", "id", "key", "vmid", "spec", "target", "path", "address", "schedule", "direction", "kind", "area", "user"}

// Label is what a reader calls a fact: its name, and its value or version where it has one.
func Label(node map[string]any) string {
	var label string
	for _, f := range labelFields {
		switch v := node[f].(type) {
		case string:
			label = v
		case json.Number:
			label = v.String()
		}
		if label != "" {
			break
		}
	}
	for _, f := range []string{"value", "version", "type", "file", "action"} {
		if v, ok := node[f].(string); ok && v != "" {
			return label + " " + v
		}
	}
	if _, secret := node["secret"].(map[string]any); secret {
		return label + " (secret)"
	}
	return label
}

// ComparePointers orders JSON pointers as a reader would: list indexes by number.
func ComparePointers(a, b string) int {
	pa, pb := strings.Split(a, "/"), strings.Split(b, "/")
	for i := 0; i < len(pa) && i < len(pb); i++ {
		if pa[i] == pb[i] {
			continue
		}
		na, errA := strconv.Atoi(pa[i])
		nb, errB := strconv.Atoi(pb[i])
		if errA == nil && errB == nil {
			return na - nb
		}
		return strings.Compare(pa[i], pb[i])
	}
	return len(pa) - len(pb)
}
