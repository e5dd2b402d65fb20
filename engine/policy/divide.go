package policy

import (
	"cmp"
	"maps"
	"runtime"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// group is a part of the rules that can be compiled by itself: rules, their tests, and the whole library.
type group struct {
	modules map[string]*ast.Module
	// home are the paths of the modules whose tests are run in this group; the library is in every group.
	home map[string]bool
}

// mostGroups is how many groups pay: each compiles the library again.
const mostGroups = 4

// divide makes a group for each processor. Rules of one area stay together, and so do areas that name each other, so
// that every group has all that its modules speak of. The library, with its tests, since tests of rules build upon them, is
// copied: compilers sort what they read.
func divide(modules []Module, parsed map[string]*ast.Module) []group {
	areas := areasOf(modules, parsed)
	if areas == nil {
		return []group{{parsed, setOf(slices.Collect(maps.Keys(parsed)))}}
	}
	weight := map[string]int{}
	for _, m := range modules {
		if area := areas[m.Path]; area != "" {
			weight[area] += len(m.Text)
		}
	}
	heaviest := slices.SortedFunc(maps.Keys(weight), func(a, b string) int {
		return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b))
	})
	groups := make([]group, max(1, min(runtime.GOMAXPROCS(0), mostGroups, len(weight))))
	load := make([]int, len(groups))
	of := map[string]int{}
	for i := range groups {
		groups[i] = group{map[string]*ast.Module{}, map[string]bool{}}
	}
	for _, area := range heaviest {
		lightest := slices.Index(load, slices.Min(load))
		of[area] = lightest
		load[lightest] += weight[area]
	}
	library := slices.DeleteFunc(slices.Clone(modules), func(m Module) bool { return areas[m.Path] != "" })
	for path, area := range areas {
		if area != "" {
			groups[of[area]].modules[path] = parsed[path]
			groups[of[area]].home[path] = true
		}
	}
	inParallel(len(groups), func(i int) {
		for _, m := range library {
			groups[i].home[m.Path] = i == 0
			groups[i].modules[m.Path] = parsed[m.Path]
			if i > 0 {
				groups[i].modules[m.Path] = parsed[m.Path].Copy()
			}
		}
	})
	return groups
}

// areasOf gives each module the area that it is compiled with; areas that name each other have one name. The library and
// its tests have none. It is nil where what a module speaks of cannot be told from its text.
func areasOf(modules []Module, parsed map[string]*ast.Module) map[string]string {
	named := make([]map[string]bool, len(modules))
	inParallel(len(modules), func(i int) { named[i] = areasNamed(parsed[modules[i].Path]) })
	joined := map[string]string{}
	var root func(area string) string
	root = func(area string) string {
		if up, ok := joined[area]; ok && up != area {
			return root(up)
		}
		return area
	}
	areas := map[string]string{}
	for i, m := range modules {
		own, isRule := areaOf(parsed[m.Path].Package.Path)
		switch {
		case named[i][anyArea], isRule && own == anyArea, !isRule && len(named[i]) > 0:
			return nil
		case !isRule:
			areas[m.Path] = ""
			continue
		}
		areas[m.Path] = own
		for other := range named[i] {
			if a, b := root(own), root(other); a != b {
				joined[max(a, b)] = min(a, b)
			}
		}
	}
	for path, area := range areas {
		if area != "" {
			areas[path] = root(area)
		}
	}
	return areas
}

// anyArea stands for what may be any of them.
const anyArea = "*"

// areasNamed are the areas of rules that a module speaks of.
func areasNamed(m *ast.Module) map[string]bool {
	named := map[string]bool{}
	var look func(t *ast.Term) bool
	look = func(t *ast.Term) bool {
		switch v := t.Value.(type) {
		case ast.Var:
			if v.Equal(ast.DefaultRootDocument.Value) {
				named[anyArea] = true
			}
		case ast.Ref:
			rest := v
			if v[0].Equal(ast.DefaultRootDocument) {
				if area, ok := areaOf(v); ok {
					named[area] = true
				}
				rest = v[1:]
			}
			for _, part := range rest {
				ast.WalkTerms(part, look)
			}
			return true
		}
		return false
	}
	for _, imported := range m.Imports {
		ast.WalkTerms(imported, look)
	}
	for _, rule := range m.Rules {
		ast.WalkTerms(rule, look)
	}
	return named
}

// areaOf is the area of data.rules.AREA…; false, where it is something else in data.
func areaOf(ref ast.Ref) (string, bool) {
	part := func(i int) string {
		if i < len(ref) {
			if s, ok := ref[i].Value.(ast.String); ok {
				return string(s)
			}
		}
		return anyArea
	}
	switch part(1) {
	case rulesRoot:
		return part(2), true
	case anyArea:
		return anyArea, true
	}
	return "", false
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, one := range list {
		set[one] = true
	}
	return set
}
