package evaluate

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// partial is what would be incomplete, and is left out as a whole.
type partial struct {
	// what names it: document domains/100.
	what string
	// rules said its pieces; set is how: parts or settings.
	rules []string
	set   string
	at    []string
	err   error
	// with are the options that would refer to it.
	with []string
}

// rulesShown is how many rules an error names beside its own, optionsShown how many options.
const rulesShown, optionsShown = 4, 4

// whole leaves out what cannot be made valid: a document that its kind does not take, or of which two rules say different
// things, with the options that refer to it; and options of a form of their own that this form does not take. Each is an
// error of the rules that said it.
func (e *Engine) whole(said *policy.Result) (*policy.Result, []Document, []partial, error) {
	list, gone := e.documents(said.Parts)
	out := *said
	if len(gone) > 0 {
		out.Parts = slices.DeleteFunc(slices.Clone(said.Parts), func(p policy.Part) bool { return gone[strings.Join(p.Document, "/")] != nil })
	}
	loose, err := e.unreferred(&out, list, gone)
	if err != nil {
		return nil, nil, nil, err
	}
	loose = append(loose, e.checkForms(&out)...)
	var all []partial
	for _, name := range sortedKeys(gone) {
		all = append(all, *gone[name])
	}
	all = append(all, loose...)
	out.Errors = slices.Clone(said.Errors)
	for _, p := range all {
		out.Errors = append(out.Errors, e.Policy.Failure(p.rules[0], p.set, p))
	}
	return &out, list, all, nil
}

// Error says what is left out and why.
func (p partial) Error() string {
	text := fmt.Sprintf("%s is left out: %v", p.what, p.err)
	if len(p.rules) > 1 {
		text += "; also said by " + some(p.rules[1:], rulesShown)
	}
	if len(p.with) > 0 {
		text += "; left out with it: " + some(p.with, optionsShown)
	}
	return text
}

// some names the first of a list.
func some(list []string, most int) string {
	if n := len(list) - most; n > 0 {
		list = append(list[:most:most], fmt.Sprintf("%d more", n))
	}
	return strings.Join(list, ", ")
}

// documents are those that are valid, and by name why others are not.
func (e *Engine) documents(parts []policy.Part) ([]Document, map[string]*partial) {
	pieces := map[string][]policy.Part{}
	for _, p := range parts {
		name := strings.Join(p.Document, "/")
		pieces[name] = append(pieces[name], p)
	}
	list, gone := []Document{}, map[string]*partial{}
	names := sortedKeys(pieces)
	for i, d := range parallel(names, func(name string) (Document, error) { return documentOf(pieces[name], e.Catalog.Tables) }) {
		if d.err == nil {
			list = append(list, d.value)
			continue
		}
		p := &partial{what: "document " + names[i], set: "parts", err: d.err}
		for _, piece := range pieces[names[i]] {
			p.add(piece.Rule, piece.At)
		}
		p.first()
		gone[names[i]] = p
	}
	return list, gone
}

func (p *partial) add(rule string, at []string) {
	if !slices.Contains(p.rules, rule) {
		p.rules = append(p.rules, rule)
	}
	p.at = append(p.at, at...)
}

// first puts the rule in front that the error is about, where it is about one.
func (p *partial) first() {
	sort.Strings(p.rules)
	var conflict *ConflictError
	if errors.As(p.err, &conflict) {
		i := slices.Index(p.rules, conflict.By[1])
		p.rules = append([]string{conflict.By[1]}, slices.Delete(p.rules, i, i+1)...)
	}
}

// unreferred leaves out the options that refer to a document which is not there: not the reference alone, but the element
// of a set that it is in, so that no unit is left that would open no file. What refers to a document that was never said
// is returned; what refers to one that is gone is noted there.
func (e *Engine) unreferred(out *policy.Result, list []Document, gone map[string]*partial) ([]partial, error) {
	options, err := e.Catalog.SurfaceOf(e.Release)
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, d := range list {
		there[d.Kind+"/"+d.Name] = true
	}
	elements := map[string][]string{}
	loose := map[string]*partial{}
	for _, s := range out.Settings {
		if len(s.Document) == 0 && missingPath(s.Value, list) == "" {
			continue
		}
		for _, leaf := range leavesOf(s) {
			document := strings.Join(s.Document, "/")
			if document == "" || there[document] {
				path := missingPath(leaf.Value, list)
				if path == "" {
					continue
				}
				document = documentAt(path)
			}
			element := leaf.Option[:options.Element(leaf.Option)]
			name := nixos.Join(element)
			elements[name] = element
			p := gone[document]
			if p == nil {
				if p = loose[name]; p == nil {
					p = &partial{what: "option " + name, set: "settings", err: fmt.Errorf("it refers to %s, which is no document of the host", document)}
					loose[name] = p
				}
				p.add(s.Rule, nil)
			} else if !slices.Contains(p.with, name) {
				p.with = append(p.with, name)
			}
		}
	}
	var left []partial
	for _, name := range sortedKeys(elements) {
		at := withoutOption(out, elements[name])
		if p := loose[name]; p != nil {
			p.at = at
			p.first()
			left = append(left, *p)
			continue
		}
		for _, p := range gone {
			if slices.Contains(p.with, name) {
				p.at = append(p.at, at...)
			}
		}
	}
	return left, nil
}

// documentAt is the name of the document that a path leads to: domains/100 for ./domains/100.xml.
func documentAt(file string) string {
	name := strings.TrimPrefix(file, "./")
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return name
}

// leavesOf takes a setting of a set apart, as it is merged.
func leavesOf(s policy.Setting) []policy.Setting {
	object, ok := s.Value.(map[string]any)
	if !ok || len(object) == 0 || wrapped(object) {
		return []policy.Setting{s}
	}
	var out []policy.Setting
	for _, key := range sortedKeys(object) {
		below := s
		below.Option = append(slices.Clone(s.Option), key)
		below.Value = object[key]
		out = append(out, leavesOf(below)...)
	}
	return out
}

// withoutOption takes an option and all below it out of the settings, and gives the facts that these were about.
func withoutOption(r *policy.Result, option []string) (at []string) {
	var kept []policy.Setting
	for _, s := range r.Settings {
		n := min(len(s.Option), len(option))
		if !slices.Equal(s.Option[:n], option[:n]) {
			kept = append(kept, s)
			continue
		}
		leaves := leavesOf(s)
		rest := slices.DeleteFunc(slices.Clone(leaves), func(leaf policy.Setting) bool {
			return len(leaf.Option) >= len(option) && slices.Equal(leaf.Option[:len(option)], option)
		})
		if len(rest) < len(leaves) {
			at = append(at, s.At...)
			kept = append(kept, rest...)
		} else {
			kept = append(kept, s)
		}
	}
	r.Settings = kept
	return at
}
