package policy

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// OPA answers a question for one key of a set or an object that rules build
// (links[name], not used[id]) by going through everything that it is built of,
// and it keeps no answer that is no. Asked for many keys, as in a loop, that is
// quadratic. From the wholeAfter-th question on, the set or object is therefore
// built as a whole, once, and questions are look-ups.
const wholeAfter = 4

// partial is a set or object that rules build, with what came of building it.
type partial struct {
	ref   ast.Ref
	asked int
}

// partials finds what rules build, by the last part of its name.
func partials(tree *ast.TreeNode) map[ast.Value][]ast.Ref {
	out := map[ast.Value][]ast.Ref{}
	var descend func(node *ast.TreeNode, ref ast.Ref)
	descend = func(node *ast.TreeNode, ref ast.Ref) {
		if len(node.Values) > 0 {
			head := node.Values[0].Head
			if len(head.Args) == 0 && (head.RuleKind() == ast.MultiValue || !head.Ref().IsGround()) {
				out[node.Key] = append(out[node.Key], slices.Clone(ref))
			}
			return
		}
		for _, key := range node.Sorted {
			descend(node.Children[key], append(ref, ast.NewTerm(key)))
		}
	}
	if data := tree.Child(ast.DefaultRootDocument.Value); data != nil {
		descend(data, ast.Ref{ast.DefaultRootDocument})
	}
	return out
}

// memory is what one asker knows: a cache of OPA that builds sets and objects
// as a whole where they are asked for many keys.
type memory struct {
	topdown.VirtualCache
	depth    int
	partials map[ast.Value][]*partial
	// build asks for all of a set or object.
	build func(ast.Ref) (*ast.Term, error)
}

func newMemory(found map[ast.Value][]ast.Ref, build func(ast.Ref) (*ast.Term, error)) *memory {
	m := &memory{VirtualCache: topdown.NewVirtualCache(), partials: make(map[ast.Value][]*partial, len(found)), build: build}
	for key, refs := range found {
		for _, ref := range refs {
			m.partials[key] = append(m.partials[key], &partial{ref: ref})
		}
	}
	return m
}

// Push begins a world where something is replaced by with.
func (m *memory) Push() {
	m.depth++
	m.VirtualCache.Push()
}

// Pop ends it.
func (m *memory) Pop() {
	m.depth--
	m.VirtualCache.Pop()
}

// Get looks an answer up.
func (m *memory) Get(ref ast.Ref) (*ast.Term, bool) {
	value, undefined := m.VirtualCache.Get(ref)
	if value != nil || undefined || m.depth > 0 {
		return value, undefined
	}
	key, ok := ref[len(ref)-1].Value.(ast.String)
	if !ok {
		return nil, false
	}
	for _, p := range m.partials[key] {
		if !p.ref.Equal(ref) {
			continue
		}
		if p.asked++; p.asked != wholeAfter {
			break
		}
		whole, err := m.build(p.ref)
		if err != nil {
			// What keys nobody asked for made fail is nobody's error, and what was
			// learnt on the way may hide it from those whose error it is.
			m.VirtualCache = topdown.NewVirtualCache()
			break
		}
		return whole, false
	}
	return nil, false
}
