package policy

import (
	"sort"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// shardCount is in how many parts the built-in rules are compiled and asked.
// OPA's compiler uses one processor; two parts halve the time on the smallest
// machines that PVE runs on. It is a constant, so that results do not depend on
// the machine.
const shardCount = 2

// shards divides rules into parts of about equal size that can be compiled and
// asked apart from each other: areas stay together, and each part gets the
// modules that its rules import, and what belongs to no area. Where a rule
// refers to another area, all stay in one part. refers is what names gives.
func shards(modules []*ast.Module, refers map[string][]string, n int) [][]*ast.Module {
	areas := map[string][]*ast.Module{}
	library := map[string]*ast.Module{}
	var common []*ast.Module
	for _, m := range modules {
		name, isRule := ruleName(m.Package.Path)
		switch {
		case isRule:
			area, _, _ := strings.Cut(name, "/")
			areas[area] = append(areas[area], m)
		case len(m.Package.Path) == 3 && m.Package.Path[1].Equal(ast.StringTerm("lib")):
			library[m.Package.Path.String()] = m
		default:
			common = append(common, m)
		}
	}
	for area, list := range areas {
		for _, m := range list {
			if leaves(refers[m.Package.Location.File], area) {
				return [][]*ast.Module{modules}
			}
		}
	}
	names := make([]string, 0, len(areas))
	for area := range areas {
		names = append(names, area)
	}
	weight := func(list []*ast.Module) (w int) {
		for _, m := range list {
			w += len(m.Rules)
		}
		return w
	}
	sort.Slice(names, func(i, j int) bool {
		if a, b := weight(areas[names[i]]), weight(areas[names[j]]); a != b {
			return a > b
		}
		return names[i] < names[j]
	})
	parts := make([][]*ast.Module, n)
	taken := map[*ast.Module]bool{}
	for _, area := range names {
		lightest := 0
		for i := range parts {
			if weight(parts[i]) < weight(parts[lightest]) {
				lightest = i
			}
		}
		parts[lightest] = append(parts[lightest], areas[area]...)
	}
	for i := range parts {
		parts[i] = withShared(parts[i], library, common, taken, refers)
	}
	return parts
}

// leaves tells whether a module that names these packages names rules outside an area.
func leaves(named []string, area string) bool {
	for _, n := range named {
		if n == "data."+rulesRoot || strings.HasPrefix(n, "data."+rulesRoot+".") && n != "data."+rulesRoot+"."+area {
			return true
		}
	}
	return false
}

// names lists, for each module by its path, what it names of data: the first
// two parts behind data, as in data.lib.facts. It reads the text, not the syntax
// tree, which would take as long as parsing it.
func names(modules []Module) map[string][]string {
	out := map[string][]string{}
	for _, m := range modules {
		seen := map[string]bool{}
		for rest := m.Text; ; {
			i := strings.Index(rest, "data.")
			if i < 0 {
				break
			}
			rest = rest[i:]
			end, dots := len("data."), 1
			for end < len(rest) && (wordByte(rest[end]) || rest[end] == '.' && dots < 2) {
				if rest[end] == '.' {
					dots++
				}
				end++
			}
			if name := strings.TrimSuffix(rest[:end], "."); !seen[name] {
				seen[name] = true
				out[m.Path] = append(out[m.Path], name)
			}
			rest = rest[end:]
		}
	}
	return out
}

func wordByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// withShared adds what belongs to no area: common modules, and the library
// modules that the part refers to, directly or through others. A module that
// another part has taken is copied, because a compiler rewrites what it is given.
func withShared(part []*ast.Module, library map[string]*ast.Module, common []*ast.Module, taken map[*ast.Module]bool, refers map[string][]string) []*ast.Module {
	add := func(m *ast.Module) {
		if taken[m] {
			part = append(part, m.Copy())
			return
		}
		taken[m] = true
		part = append(part, m)
	}
	for _, m := range common {
		add(m)
	}
	have := map[string]bool{}
	for i := 0; i < len(part); i++ {
		for _, name := range refers[part[i].Package.Location.File] {
			if m := library[name]; m != nil && !have[name] {
				have[name] = true
				add(m)
			}
		}
	}
	return part
}
