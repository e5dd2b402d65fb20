package policy

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// readDepth is how many names of a fact's path are told: /network/interfaces.
const readDepth = 2

// releaseName is where rules see the release that they are asked for.
const releaseName = "data.release"

// reads tells which facts each rule reads, directly or through the library: JSON pointers without indexes, sorted; and
// which rules ask for the release.
func reads(modules map[string]*ast.Module) (out map[string][]string, byRelease map[string]bool) {
	type unit struct {
		facts map[string]bool
		calls map[string]bool
	}
	units := map[string]*unit{} // by the full name of an OPA rule: data.lib.facts.guests
	byRule := map[string][]string{}
	for path, m := range modules {
		if strings.HasSuffix(path, "_test.rego") {
			continue
		}
		for _, r := range m.Rules {
			name := m.Package.Path.String() + "." + string(r.Head.Ref()[0].Value.(ast.Var))
			u := units[name]
			if u == nil {
				u = &unit{map[string]bool{}, map[string]bool{}}
				units[name] = u
			}
			ast.WalkRefs(r, func(ref ast.Ref) bool {
				switch {
				case ref[0].Equal(ast.InputRootDocument):
					var parts []string
					for _, t := range ref[1:min(len(ref), 1+readDepth)] {
						s, ok := t.Value.(ast.String)
						if !ok {
							break
						}
						parts = append(parts, string(s))
					}
					if parts != nil {
						u.facts["/"+strings.Join(parts, "/")] = true
					}
				case ref[0].Equal(ast.DefaultRootDocument):
					name := "data"
					for _, t := range ref[1:] {
						s, ok := t.Value.(ast.String)
						if !ok {
							break
						}
						name += "." + string(s)
						u.calls[name] = true
					}
				}
				return false
			})
			if rule, ok := ruleName(m.Package.Path); ok {
				byRule[rule] = append(byRule[rule], name)
			}
		}
	}
	out, byRelease = map[string][]string{}, map[string]bool{}
	for rule, names := range byRule {
		facts := map[string]bool{}
		seen := map[string]bool{}
		for len(names) > 0 {
			name := names[len(names)-1]
			names = names[:len(names)-1]
			byRelease[rule] = byRelease[rule] || name == releaseName
			u := units[name]
			if u == nil || seen[name] {
				continue
			}
			seen[name] = true
			for fact := range u.facts {
				facts[fact] = true
			}
			for call := range u.calls {
				names = append(names, call)
			}
		}
		for fact := range facts {
			if !saysMore(facts, fact) {
				out[rule] = append(out[rule], fact)
			}
		}
		slices.Sort(out[rule])
	}
	return out, byRelease
}

// saysMore tells whether one of the facts lies below another: /network/links says more than /network.
func saysMore(facts map[string]bool, than string) bool {
	for fact := range facts {
		if strings.HasPrefix(fact, than+"/") {
			return true
		}
	}
	return false
}
