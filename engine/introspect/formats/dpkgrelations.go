package formats

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// PackageGraph says which installed package needs which.
type PackageGraph struct {
	nodes []packageNode
	// named are the packages of a name and an architecture, those of all architectures under none; providers are
	// those that provide a name.
	named     map[packageKey][]int
	providers map[string][]int
}

type packageNode struct {
	name, arch string
	// depends are the texts of Pre-Depends and Depends.
	depends [2][]byte
}

// DpkgGraph reads the dependencies of the installed packages of dpkg's status file. Versions are not compared: dpkg has
// done that.
func DpkgGraph(status []byte) *PackageGraph {
	g := &PackageGraph{named: map[packageKey][]int{}, providers: map[string][]int{}}
	for stanza := range stanzas(status) {
		var fields relationFields
		fields.read(stanza)
		name, arch := fieldText(fields.name), fieldText(fields.arch)
		if name == "" || packageState(fieldText(fields.status)) != "installed" {
			continue
		}
		i := len(g.nodes)
		g.nodes = append(g.nodes, packageNode{name: name, arch: arch, depends: [2][]byte{fields.preDepends, fields.depends}})
		for _, key := range []packageKey{{name, arch}, {name, ""}} {
			if known := g.named[key]; len(known) == 0 || known[len(known)-1] != i {
				g.named[key] = append(known, i)
			}
		}
		for virtual := range alternatives(fields.provides) {
			g.providers[virtual] = append(g.providers[virtual], i)
		}
	}
	return g
}

// fieldText is a field without blanks around it, in UTF-8.
func fieldText(field []byte) string {
	return strings.ToValidUTF8(string(bytes.Trim(field, blanks)), "\uFFFD")
}

// relationFields are the fields of a stanza that relations are made of.
type relationFields struct{ name, arch, status, depends, preDepends, provides []byte }

// relationInitials are the letters that the names of these fields begin with.
var relationInitials = []byte("PpAaDdSs")

func (f *relationFields) read(stanza []byte) {
	for len(stanza) > 0 {
		current := stanza
		if end := bytes.IndexByte(stanza, '\n'); end >= 0 {
			current, stanza = stanza[:end], stanza[end+1:]
		} else {
			stanza = nil
		}
		// The first byte decides for most lines.
		if len(current) == 0 || bytes.IndexByte(relationInitials, current[0]) < 0 {
			continue
		}
		colon := bytes.IndexByte(current, ':')
		if colon < 0 {
			continue
		}
		for _, wanted := range []struct {
			name string
			into *[]byte
		}{
			{"Package", &f.name}, {"Status", &f.status}, {"Architecture", &f.arch},
			{"Depends", &f.depends}, {"Pre-Depends", &f.preDepends}, {"Provides", &f.provides},
		} {
			if colon == len(wanted.name) && bytes.EqualFold(current[:colon], []byte(wanted.name)) {
				*wanted.into = current[colon+1:]
			}
		}
	}
}

// alternatives are the names in a list of relations, with the architecture that one asks for: of
// "a (>= 1) | b:any, c" the three. Which of them belong together does not matter, since every installed one is a
// reason for the package to be there.
func alternatives(relations []byte) func(yield func(name, arch string) bool) {
	return func(yield func(name, arch string) bool) {
		for len(relations) > 0 {
			current := relations
			if end := bytes.IndexAny(relations, ",|"); end >= 0 {
				current, relations = relations[:end], relations[end+1:]
			} else {
				relations = nil
			}
			current = bytes.Trim(current, blanks)
			if end := bytes.IndexAny(current, blanks+"(["); end >= 0 {
				current = current[:end]
			}
			if len(current) == 0 {
				continue
			}
			name, arch, _ := strings.Cut(strings.ToValidUTF8(string(current), "\uFFFD"), ":")
			if !yield(name, arch) {
				return
			}
		}
	}
}

// search is one walk over the graph. A name is looked up once, so that a walk takes time in proportion to the file even
// where everything needs what everything provides.
type search struct {
	graph     *PackageGraph
	seen      []bool
	named     map[packageKey]bool
	providers map[string]bool
}

func (g *PackageGraph) search() *search {
	return &search{graph: g, seen: make([]bool, len(g.nodes)), named: map[packageKey]bool{}, providers: map[string]bool{}}
}

// needs are the packages that a package depends on and that were not seen before. A package of several architectures is
// meant in that of the package that asks, unless there is none.
func (s *search) needs(i int) []int {
	var found []int
	add := func(packages []int) {
		for _, target := range packages {
			if !s.seen[target] {
				s.seen[target] = true
				found = append(found, target)
			}
		}
	}
	reach := func(name, arch string) {
		if key := (packageKey{name, arch}); !s.named[key] {
			s.named[key] = true
			add(s.graph.named[key])
		}
	}
	node := s.graph.nodes[i]
	for _, relations := range node.depends {
		for name, arch := range alternatives(relations) {
			if arch == "" || arch == "any" || arch == "native" {
				arch = node.arch
			}
			if arch == "all" || len(s.graph.named[packageKey{name, arch}])+len(s.graph.named[packageKey{name, "all"}]) == 0 {
				reach(name, "")
			} else {
				reach(name, arch)
				reach(name, "all")
			}
			if !s.providers[name] {
				s.providers[name] = true
				add(s.graph.providers[name])
			}
		}
	}
	return found
}

// needed are the packages of a name and all that they depend on, directly or not.
func (g *PackageGraph) needed(name string) map[packageKey]bool {
	out := map[packageKey]bool{}
	s := g.search()
	next := slices.Clone(g.named[packageKey{name, ""}])
	for _, i := range next {
		s.seen[i] = true
	}
	for len(next) > 0 {
		i := next[0]
		out[packageKey{g.nodes[i].name, g.nodes[i].arch}] = true
		next = append(next[1:], s.needs(i)...)
	}
	return out
}

// pulledIn says of each package that is not wanted for itself which of those that are leads to it on the shortest way,
// the first in alphabetical order of several.
func (g *PackageGraph) pulledIn(wanted map[packageKey]bool) map[packageKey]string {
	type step struct {
		node int
		root string
	}
	s := g.search()
	var level []step
	for i, node := range g.nodes {
		if wanted[packageKey{node.name, node.arch}] {
			s.seen[i] = true
			level = append(level, step{i, node.name})
		}
	}
	out := map[packageKey]string{}
	for len(level) > 0 {
		// The first root in the alphabet takes all that is one step away, the next what is left.
		slices.SortStableFunc(level, func(a, b step) int { return cmp.Compare(a.root, b.root) })
		var next []step
		for _, at := range level {
			for _, i := range s.needs(at.node) {
				next = append(next, step{i, at.root})
				out[packageKey{g.nodes[i].name, g.nodes[i].arch}] = at.root
			}
		}
		level = next
	}
	return out
}

// Describe says of installed packages why they are there.
func (g *PackageGraph) Describe(packages []snapshot.Package) {
	wanted := map[packageKey]bool{}
	for _, p := range packages {
		if p.Status == "installed" && !p.Auto {
			wanted[packageKey{p.Name, p.Arch}] = true
		}
	}
	pulled, needed := g.pulledIn(wanted), g.needed("proxmox-ve")
	for i := range packages {
		p := &packages[i]
		if p.Status != "installed" {
			continue
		}
		p.PVE = needed[packageKey{p.Name, p.Arch}]
		if p.Auto {
			p.PulledInBy = pulled[packageKey{p.Name, p.Arch}]
		}
	}
}
