package reports

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/nix"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// defaultModule is the module that imports the others of a host.
const defaultModule = "default"

// ownModules is the folder of the modules that answers bring.
const ownModules = "answers"

// Flake renders nix/flake.nix, the modules of every host and what they have alike, and the definitions of guests.
func Flake(r Run) ([]File, error) {
	release, ok := r.Shape.Releases[r.Release]
	if !ok {
		return nil, fmt.Errorf("catalog: no release %s", r.Release)
	}
	content, err := nix.Print(flake(r, release))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", FlakeFile, err)
	}
	handbook, err := Handbook(r)
	if err != nil {
		return nil, err
	}
	files := []File{{FlakeFile, content}, {HandbookFile, handbook}}
	common, own := sharing(r.Hosts)
	if common != nil {
		modules, err := modules(r, Host{Host: &evaluate.Host{}}, common, sharedModules, nil)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", sharedModules, err)
		}
		files = append(files, modules...)
	}
	for i, h := range r.Hosts {
		var imports []string
		if common != nil {
			imports = []string{"../../" + sharedModules + "/" + defaultModule + ".nix"}
		}
		for _, name := range r.Answers.Host(h.Name).Modules {
			file := File{path.Join("nix", ownModules, name), r.Modules[name]}
			if !slices.ContainsFunc(files, func(f File) bool { return f.Path == file.Path }) {
				files = append(files, file)
			}
			imports = append(imports, "../../"+path.Join(ownModules, name))
		}
		mark, err := planModule(h)
		if err != nil {
			return nil, fmt.Errorf("host %s: %w", h.Slug, err)
		}
		imports = append(imports, "./"+markModule+".nix")
		modules, err := modules(r, h, own[i], path.Join("hosts", h.Slug), imports)
		if err != nil {
			return nil, fmt.Errorf("host %s: %w", h.Slug, err)
		}
		files = append(files, File{path.Join("nix", "hosts", h.Slug, markModule+".nix"), mark})
		files = append(files, modules...)
		for _, d := range h.Documents {
			content, err := d.Render()
			if err != nil {
				return nil, fmt.Errorf("host %s: %w", h.Slug, err)
			}
			files = append(files, File{path.Join("nix", "hosts", h.Slug, d.File), content})
		}
	}
	return files, nil
}

// markModule is the module that names the plan which a configuration belongs to.
const markModule = "of-plan"

// planModule renders that module: the digest of the configuration is a file of the system that is built, so that apply
// takes no system that was built from other outputs than its plan.
func planModule(h Host) ([]byte, error) {
	p, err := planOf(h)
	if err != nil {
		return nil, err
	}
	return nix.Print(nix.Lambda{Ellipsis: true, Body: nix.AttrSet{nix.Attr{
		Comments: []string{"The configuration that plan.json names: apply looks for it in the system that was built."},
		Path:     []string{"environment", "etc", strings.TrimPrefix(plan.ConfigurationAt, "/etc/"), "text"}, Value: nix.String(p.Configuration + "\n"),
	}}})
}

// modules renders a folder below nix: one module for each subject that has options, and the one that imports them and others.
func modules(r Run, h Host, leaves []evaluate.Leaf, folder string, others []string) ([]File, error) {
	byModule := map[string][]evaluate.Leaf{defaultModule: nil}
	for _, leaf := range leaves {
		m := moduleOf(r.Shape.Layout, leaf.Option)
		byModule[m] = append(byModule[m], leaf)
	}
	names := slices.Sorted(maps.Keys(byModule))
	var files []File
	for _, m := range names {
		var imports []string
		if m == defaultModule {
			imports = slices.Clone(others)
			for _, other := range names {
				if other != m {
					imports = append(imports, "./"+other+".nix")
				}
			}
		}
		expr, err := module(r, h, byModule[m], imports)
		if err != nil {
			return nil, fmt.Errorf("%s.nix: %w", m, err)
		}
		content, err := nix.Print(expr)
		if err != nil {
			return nil, fmt.Errorf("%s.nix: %w", m, err)
		}
		files = append(files, File{path.Join("nix", folder, m+".nix"), content})
	}
	return files, nil
}

// moduleOf finds the file for an option: the longest prefix of the layout wins, and what it
// says of a whole word wins over what it says of its beginning.
func moduleOf(layout map[string]string, option []string) string {
	for n := len(option); n > 0; n-- {
		prefix := strings.Join(option[:n], ".")
		if m, ok := layout[prefix]; ok {
			return m
		}
		// A star stands for what comes after a dash or slash in the last word: systemd.services.lxc-*.
		for end := len(prefix); end > len(prefix)-len(option[n-1]); end-- {
			if c := prefix[end-1]; c != '-' && c != '/' {
				continue
			}
			if m, ok := layout[prefix[:end]+"*"]; ok {
				return m
			}
		}
	}
	return defaultModule
}

// module renders one NixOS module. Options of a foreign collection are guarded
// by its presence, so that the module can be imported without it too.
func module(r Run, h Host, leaves []evaluate.Leaf, imports []string) (nix.Expr, error) {
	prefixes := foreign(r)
	guarded := map[string][]evaluate.Leaf{}
	var plain []evaluate.Leaf
	for _, leaf := range leaves {
		if p := guardOf(prefixes, leaf.Option); p != "" {
			guarded[p] = append(guarded[p], leaf)
		} else {
			plain = append(plain, leaf)
		}
	}
	body, used, err := bindings(h, plain)
	if err != nil {
		return nil, err
	}
	formals := []string{}
	need := func(name string) {
		if !slices.Contains(formals, name) {
			formals = append(formals, name)
		}
	}
	for name := range used {
		need(name)
	}
	var config nix.Expr = body
	if len(guarded) > 0 {
		need("lib")
		need("options")
		parts := nix.List{}
		if len(body) > 0 {
			parts = append(parts, body)
		}
		for _, p := range prefixes {
			if guarded[p] == nil {
				continue
			}
			inner, innerUsed, err := bindings(h, guarded[p])
			if err != nil {
				return nil, err
			}
			for name := range innerUsed {
				need(name)
			}
			path, err := nixos.Split(p)
			if err != nil {
				return nil, fmt.Errorf("catalog: %w", err)
			}
			present := nix.HasAttr{Of: nix.Ref(append([]string{"options"}, path[:len(path)-1]...)), Path: path[len(path)-1:]}
			warning := "The modules of " + r.Shape.Modules[p].Input + " are not imported: " + p + " is not set up. Use the flake beside these modules."
			parts = append(parts,
				nix.Apply{Func: nix.Ref{"lib", "optionalAttrs"}, Args: []nix.Expr{present, inner}},
				nix.AttrSet{attr(nix.Apply{
					Func: nix.Ref{"lib", "optional"}, Args: []nix.Expr{nix.Not{Of: present}, nix.String(warning)},
				}, "warnings")})
		}
		config = nix.AttrSet{attr(nix.Apply{Func: nix.Ref{"lib", "mkMerge"}, Args: []nix.Expr{parts}}, "config")}
	}
	if imports != nil {
		list := nix.List{}
		for _, i := range imports {
			list = append(list, nix.Path(i))
		}
		set, _ := config.(nix.AttrSet)
		config = append(nix.AttrSet{attr(list, "imports")}, set...)
		if len(set) > 0 {
			first := set[0].(nix.Attr)
			first.Blank = true
			config.(nix.AttrSet)[1] = first
		}
	}
	sort.Slice(formals, func(i, j int) bool { return formalRank(formals[i]) < formalRank(formals[j]) })
	return nix.Lambda{Formals: formals, Ellipsis: true, Body: config}, nil
}

// formalRank is the customary order of a module's arguments.
func formalRank(name string) int {
	return slices.Index([]string{"config", "lib", "options", "pkgs"}, name)
}

func guardOf(prefixes []string, option []string) string {
	dotted := strings.Join(option, ".") + "."
	for _, p := range prefixes {
		if strings.HasPrefix(dotted, p+".") {
			return p
		}
	}
	return ""
}

// group is a subtree of options that is printed under one comment.
type group struct {
	path     []string
	leaf     *evaluate.Leaf
	children []*group
	// owners are the facts of the subtree, each named by its nearest list element from the top.
	owners string
}

// bindings prints leaves as the body of a module, with comments that name where
// the values come from. used are the module arguments that it refers to.
func bindings(h Host, leaves []evaluate.Leaf) (nix.AttrSet, map[string]bool, error) {
	used := map[string]bool{}
	root := &group{}
	for i := range leaves {
		g := root
		for n := range leaves[i].Option {
			part := leaves[i].Option[n]
			if last := len(g.children) - 1; last < 0 || g.children[last].path[0] != part {
				g.children = append(g.children, &group{path: []string{part}})
			}
			g = g.children[len(g.children)-1]
		}
		g.leaf = &leaves[i]
	}
	own(root)
	set, err := printGroup(h, root, false, used)
	if err != nil {
		return nil, nil, err
	}
	top := nix.Collapse(set).(nix.AttrSet)
	for i := range top {
		if a, ok := top[i].(nix.Attr); ok && i > 0 {
			_, isSet := a.Value.(nix.AttrSet)
			a.Blank = len(a.Comments) > 0 || isSet
			top[i] = a
		}
	}
	return top, used, nil
}

// own fills in the owners, bottom up, and puts enable first, as people write it.
func own(g *group) {
	if i := slices.IndexFunc(g.children, func(c *group) bool { return c.path[0] == "enable" }); i > 0 {
		enable := g.children[i]
		copy(g.children[1:], g.children[:i])
		g.children[0] = enable
	}
	if g.leaf != nil {
		g.owners = ownersOf(g.leaf.At)
		return
	}
	for i, c := range g.children {
		own(c)
		if i == 0 {
			g.owners = c.owners
		} else if g.owners != c.owners {
			g.owners = "\x00" // several
		}
	}
}

// ownersOf names the top list elements that facts belong to: /guests/3 for /guests/3/config/5.
func ownersOf(at []string) string {
	seen := map[string]bool{}
	var out []string
	for _, pointer := range at {
		parts := strings.Split(pointer, "/")
		for i, part := range parts {
			if _, err := strconv.Atoi(part); err == nil {
				parts = parts[:i+1]
				break
			}
		}
		if owner := strings.Join(parts, "/"); !seen[owner] {
			seen[owner] = true
			out = append(out, owner)
		}
	}
	sort.Strings(out)
	return strings.Join(out, " ")
}

// printGroup prints the children of a group. commented says that a comment above speaks for all of them.
func printGroup(h Host, g *group, commented bool, used map[string]bool) (nix.AttrSet, error) {
	set := nix.AttrSet{}
	var last []string
	for _, c := range g.children {
		a := nix.Attr{Path: c.path}
		speaks := !commented && c.owners != "\x00"
		if speaks {
			// A comment speaks for the options that follow it, until the next one.
			if a.Comments = provenance(h, c); slices.Equal(a.Comments, last) {
				a.Comments = nil
			} else {
				last = a.Comments
			}
		} else {
			last = nil
		}
		if c.leaf != nil {
			value, err := nix.FromJSON(c.leaf.Value)
			if err != nil {
				return nil, fmt.Errorf("option %s, set by %s: %w", strings.Join(c.leaf.Option, "."), strings.Join(c.leaf.By, ", "), err)
			}
			variables(c.leaf.Value, used)
			a.Value = multiline(value)
		} else {
			inner, err := printGroup(h, c, commented || speaks, used)
			if err != nil {
				return nil, err
			}
			a.Value = inner
		}
		set = append(set, a)
	}
	return set, nil
}

// multiline prints texts of several lines as such.
func multiline(e nix.Expr) nix.Expr {
	if s, ok := e.(nix.String); ok && strings.Contains(string(s), "\n") {
		return nix.IndentedString(s)
	}
	return e
}

// variables notes the module arguments that a JSON value refers to.
func variables(v any, used map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			variables(item, used)
		}
	case map[string]any:
		for key, item := range v {
			switch {
			case key == "_ref" && len(v) == 1:
				if parts, ok := item.([]any); ok && len(parts) > 0 {
					if name, ok := parts[0].(string); ok {
						used[name] = true
					}
				}
			case (strings.HasPrefix(key, "_mk") || key == "_named") && len(v) == 1:
				used["lib"] = true
				variables(item, used)
			default:
				variables(item, used)
			}
		}
	}
}

// namedFacts is how many facts a comment names one by one.
const namedFacts = 3

// provenance says where the values of a group come from: the facts' sources and who translated them.
func provenance(h Host, g *group) []string {
	var at, by []string
	var gather func(*group)
	gather = func(g *group) {
		if g.leaf != nil {
			at = append(at, g.leaf.At...)
			by = append(by, g.leaf.By...)
			return
		}
		for _, c := range g.children {
			gather(c)
		}
	}
	gather(g)
	by = unique(by)
	if len(by) > namedFacts {
		by = []string{fmt.Sprintf("%d rules and catalog entries", len(by))}
	}
	from := sources(h.Tree, at)
	if from == "" {
		return []string{strings.Join(by, ", ")}
	}
	return []string{from + " (" + strings.Join(by, ", ") + ")"}
}

func unique(list []string) []string {
	out := slices.Clone(list)
	sort.Strings(out)
	return slices.Compact(out)
}

// sources names the places of facts: file:line, runs of lines joined; facts from
// no file by their label.
func sources(tree map[string]any, at []string) string {
	lines := map[string][]int{}
	labels := map[string]bool{}
	for _, pointer := range unique(at) {
		source := ""
		for p := pointer; p != "" && source == ""; p = p[:strings.LastIndexByte(p, '/')] {
			if node, ok := snapshot.Lookup(tree, p); ok {
				if object, ok := node.(map[string]any); ok {
					source, _ = object["source"].(string)
				}
			}
		}
		if i := strings.LastIndexByte(source, ':'); i > 0 {
			if n, err := strconv.Atoi(source[i+1:]); err == nil {
				lines[source[:i]] = append(lines[source[:i]], n)
				continue
			}
		}
		if source != "" {
			lines[source] = append(lines[source], 0)
			continue
		}
		labels[labelOf(tree, pointer)] = true
	}
	var parts []string
	for _, file := range sortedNames(lines) {
		parts = append(parts, file+ranges(lines[file]))
	}
	names := make([]string, 0, len(labels))
	for l := range labels {
		names = append(names, l)
	}
	sort.Strings(names)
	if len(names) > namedFacts {
		names = append(names[:namedFacts:namedFacts], fmt.Sprintf("%d more", len(labels)-namedFacts))
	}
	if len(parts) > 2*namedFacts {
		parts = append(parts[:2*namedFacts:2*namedFacts], fmt.Sprintf("%d more files", len(parts)-2*namedFacts))
	}
	return strings.Join(append(parts, names...), ", ")
}

// labelOf names a fact that has no source: its area and its name.
func labelOf(tree map[string]any, pointer string) string {
	parts := strings.Split(strings.Trim(pointer, "/"), "/")
	area := strings.TrimSuffix(strings.ReplaceAll(parts[0], "_", " "), "s")
	if len(parts) == 2 {
		if _, err := strconv.Atoi(parts[1]); err != nil {
			return area + " " + strings.ReplaceAll(parts[1], "_", " ")
		}
	}
	if v, ok := snapshot.Lookup(tree, pointer); ok {
		if node, ok := v.(map[string]any); ok {
			if label, _, _ := strings.Cut(snapshot.Label(node), " "); label != "" {
				return area + " " + label
			}
		}
	}
	return strings.Trim(pointer, "/")
}

func sortedNames(m map[string][]int) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// ranges prints line numbers as :3, :3-7 or :3-7,12, and many runs as one from
// the first to the last; a file without lines prints as nothing.
func ranges(lines []int) string {
	sort.Ints(lines)
	lines = slices.Compact(lines)
	var parts []string
	for i := 0; i < len(lines); {
		j := i
		for j+1 < len(lines) && lines[j+1] == lines[j]+1 {
			j++
		}
		switch {
		case lines[i] == 0:
		case i == j:
			parts = append(parts, strconv.Itoa(lines[i]))
		default:
			parts = append(parts, fmt.Sprintf("%d-%d", lines[i], lines[j]))
		}
		i = j + 1
	}
	switch {
	case len(parts) == 0:
		return ""
	case len(parts) > namedFacts:
		return fmt.Sprintf(":%d-%d", lines[0], lines[len(lines)-1])
	}
	return ":" + strings.Join(parts, ",")
}

// Modules are the names that the modules of a host may have.
var Modules = []string{
	defaultModule, "boot", "hardware", "networking", "storage", "packages", "services", "users", "firewall", "guests", "cluster",
	"backup", "bridges", "secrets",
}
