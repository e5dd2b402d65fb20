package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/nix"
)

// foreign lists the module collections of the target, by option prefix.
func foreign(r Run) []string {
	var prefixes []string
	for prefix, m := range r.Shape.Modules {
		if slices.Contains(m.Targets, r.Target) {
			prefixes = append(prefixes, prefix)
		}
	}
	sort.Strings(prefixes)
	return prefixes
}

// flake is flake.nix: a configuration for each host and, for several, a hive that colmena deploys.
func flake(r Run, release catalog.Release) nix.Expr {
	inputs := nix.AttrSet{nix.Attr{
		Comments: []string{release.Channel + " of " + release.Date + "."},
		Path:     []string{"nixpkgs", "url"}, Value: nix.String(release.Nixpkgs),
	}}
	formals := []string{"nixpkgs"}
	var extra nix.List
	for _, prefix := range foreign(r) {
		m := r.Shape.Modules[prefix]
		if url, ok := release.Inputs[m.Input]; ok && !slices.Contains(formals, m.Input) {
			inputs = append(inputs, attr(nix.String(url), m.Input, "url"))
			formals = append(formals, m.Input)
		}
		extra = append(extra, nix.Ref(append([]string{m.Input}, m.Attr...)))
		if m.Overlay != nil {
			overlay := nix.List{nix.Ref(append([]string{m.Input}, m.Overlay...))}
			extra = append(extra, nix.AttrSet{attr(overlay, "nixpkgs", "overlays")})
		}
	}
	modulesOf := func(h Host) nix.Expr {
		return append(nix.List{nix.Path("./hosts/" + h.Slug + "/" + defaultModule + ".nix")}, extra...)
	}
	var body nix.Expr
	if len(r.Hosts) == 1 {
		h := r.Hosts[0]
		body = nix.Collapse(nix.AttrSet{attr(nix.AttrSet{attr(system(modulesOf(h)), h.Slug)}, "nixosConfigurations")})
	} else {
		modules, systems := nix.AttrSet{}, nix.AttrSet{}
		hive := nix.AttrSet{attr(nix.Apply{
			Func: nix.Ref{"import"}, Args: []nix.Expr{nix.Ref{"nixpkgs"}, nix.AttrSet{attr(nix.String(platform(r)), "system")}},
		}, "meta", "nixpkgs")}
		for _, h := range r.Hosts {
			modules = append(modules, attr(modulesOf(h), h.Slug))
			systems = append(systems, attr(system(nix.Ref{"modules", h.Slug}), h.Slug))
			hive = append(hive, nix.Attr{Blank: true, Path: []string{h.Slug}, Value: nix.AttrSet{
				attr(nix.String(address(r.Shape, h)), "deployment", "targetHost"),
				attr(nix.Ref{"modules", h.Slug}, "imports"),
			}})
		}
		body = nix.Let{
			Bindings: []nix.Binding{attr(modules, "modules")},
			Body: nix.AttrSet{
				attr(systems, "nixosConfigurations"),
				nix.Attr{
					Blank: true, Path: []string{"colmena"}, Value: hive,
					Comments: []string{"colmena apply --on <host>, once a host runs NixOS."},
				},
			},
		}
	}
	return nix.Commented{
		Comments: []string{"Written by " + r.Tool + " for NixOS " + r.Release + ", target " + r.Target + "."},
		Expr: nix.AttrSet{
			attr(nix.String("NixOS hosts converted from Proxmox VE"), "description"),
			nix.Attr{Blank: true, Path: []string{"inputs"}, Value: inputs},
			nix.Attr{Blank: true, Path: []string{"outputs"}, Value: nix.Lambda{Formals: formals, Ellipsis: true, Body: body}},
		},
	}
}

func system(modules nix.Expr) nix.Expr {
	return nix.Apply{Func: nix.Ref{"nixpkgs", "lib", "nixosSystem"}, Args: []nix.Expr{nix.AttrSet{attr(modules, "modules")}}}
}

func attr(value nix.Expr, path ...string) nix.Attr { return nix.Attr{Path: path, Value: value} }

// text is the value of an option that is a text; empty where it is none or not set.
func (h Host) text(option []string) string {
	for _, leaf := range h.Options {
		if slices.Equal(leaf.Option, option) {
			value := leaf.Value
			if wrapped, ok := value.(map[string]any); ok && len(wrapped) == 1 {
				for _, inner := range wrapped {
					value = inner
				}
			}
			s, _ := value.(string)
			return s
		}
	}
	return ""
}

// platform is what the hosts' configurations say that they run on.
func platform(r Run) string {
	for _, h := range r.Hosts {
		if p := h.text(r.Shape.Option("platform")); p != "" {
			return p
		}
	}
	return r.Shape.Name("platform")
}

// address is the name that a host is reached by.
func address(c *catalog.Catalog, h Host) string {
	name, domain := h.text(c.Option("host_name")), h.text(c.Option("domain"))
	switch {
	case name == "":
		return h.Slug
	case domain == "":
		return name
	}
	return name + "." + domain
}

// sharedModules is the folder, beside hosts, of what all hosts have alike.
const sharedModules = "shared"

// sharing splits the options of several hosts: those that all have alike, and what remains of each. Options that name a
// file beside their module stay with their host.
func sharing(hosts []Host) (common []evaluate.Leaf, own [][]evaluate.Leaf) {
	own = make([][]evaluate.Leaf, len(hosts))
	if len(hosts) < 2 {
		for i, h := range hosts {
			own[i] = h.Options
		}
		return nil, own
	}
	seen := map[string]int{}
	keys := make([][]string, len(hosts))
	for i, h := range hosts {
		keys[i] = make([]string, len(h.Options))
		for j, leaf := range h.Options {
			value, err := json.Marshal([]any{leaf.Option, leaf.Value})
			if err == nil && !bytes.Contains(value, []byte(`"_path"`)) {
				keys[i][j] = string(value)
				seen[keys[i][j]]++
			}
		}
	}
	for i, h := range hosts {
		for j, leaf := range h.Options {
			if seen[keys[i][j]] < len(hosts) {
				own[i] = append(own[i], leaf)
			} else if i == 0 {
				common = append(common, leaf)
			}
		}
	}
	for i := range common {
		common[i].At = nil // each host has facts of its own
	}
	return common, own
}

// subjects are what the modules of a host are about, for the README beside the flake; modules of other names are named by their own.
var subjects = map[string]string{
	"backup": "backups", "boot": "loader, kernel, initial RAM disk", "bridges": "bridges for what NixOS lacks", "cluster": "cluster",
	"default": "what fits nowhere else, and the imports", "firewall": "packet filter", "guests": "guests", "hardware": "firmware, microcode, drivers",
	"networking": "interfaces, addresses, routes, names", "packages": "packages", "secrets": "secrets", "services": "services and timers",
	"storage": "file systems, pools, swap", "users": "users, groups, ssh",
}

// Example renders a host's configuration as one module; what lies in files of its own beside it is in there as text.
func Example(r Run, h Host) ([]byte, error) {
	texts := map[string]string{}
	for _, d := range h.Documents {
		content, err := d.Render()
		if err != nil {
			return nil, err
		}
		texts["./"+d.File] = string(content)
	}
	leaves := slices.Clone(h.Options)
	for i, leaf := range leaves {
		value, _ := leaf.Value.(map[string]any)
		file, ok := value["_path"].(string)
		if last := len(leaf.Option) - 1; ok && leaf.Option[last] == "source" {
			leaves[i].Option = append(slices.Clone(leaf.Option[:last]), "text")
			leaves[i].Value = texts[file]
		}
	}
	expr, err := module(r, h, leaves, nil)
	if err != nil {
		return nil, err
	}
	return nix.Print(nix.Commented{
		Comments: []string{"Written by " + r.Tool + " for NixOS " + r.Release + ", target " + r.Target + ": all modules of the host " + h.Slug + " in one file."},
		Expr:     expr,
	})
}

// Handbook renders nix/README.md: what to read, to decide, to build and to copy.
func Handbook(r Run) ([]byte, error) {
	release, ok := r.Shape.Releases[r.Release]
	if !ok {
		return nil, fmt.Errorf("catalog: no release %s", r.Release)
	}
	var b bytes.Buffer
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	p("# NixOS in place of Proxmox VE\n")
	p("Written by %s for NixOS %s (%s of %s), target %s. Nothing here has been built or started: it says what the hosts would be.\n", escaped(r.Tool), r.Release, release.Channel, release.Date, r.Target)
	p("| host | critical | major | minor | to be looked at | lost |")
	p("|---|---|---|---|---|---|")
	for _, h := range r.Hosts {
		count := map[string]int{}
		for _, f := range h.Findings {
			count[f.Severity]++
		}
		p("| %s | %d | %d | %d | %d | %d |", code(h.Name), count["critical"], count["major"], count["minor"], h.Ledger.Count(evaluate.Review), h.Ledger.Count(evaluate.Lost))
	}
	p("\n## 1. Read\n")
	p("- `../%s`: what breaks and what to do about it, the worst first.", PitfallsFile)
	p("- `../%s`: the same by the parts of Proxmox VE.", ComponentsFile)
	p("- `../%s`: every fact and what became of it.", EvaluationFile)
	p("\n## 2. Decide\n")
	open := false
	for _, h := range r.Hosts {
		for _, f := range h.Findings {
			if f.Severity == evaluate.Severities[0] && f.Accepted == nil {
				open = true
				p("- %s, %s: %s", code(h.Name), code(f.ID), prose(f, f.Title))
			}
		}
	}
	if !open {
		p("No finding is critical that you have not accepted. The major ones are features in use that are missing until someone acts.")
	}
	p("\n`../%s` asks about these, about packages and units that nobody knows, and about the kernel. Put answers into a copy of it, beside your snapshots, and give it to eval with `--answers`.", OpenFile)
	p("\n## 3. Look at the configuration\n")
	p("Each host has a folder in `hosts`, with a module for each subject:\n")
	modules := map[string]bool{defaultModule: true}
	for _, h := range r.Hosts {
		for _, leaf := range h.Options {
			modules[moduleOf(r.Shape.Layout, leaf.Option)] = true
		}
	}
	for _, m := range slices.Sorted(maps.Keys(modules)) {
		p("- `%s.nix`: %s", m, subjects[m])
	}
	for _, h := range r.Hosts {
		folders := map[string]int{}
		for _, d := range h.Documents {
			folders[d.Kind]++
		}
		for _, folder := range slices.Sorted(maps.Keys(folders)) {
			p("- `hosts/%s/%s/`: %d definitions, which the modules refer to", h.Slug, folder, folders[folder])
		}
	}
	if len(r.Modules) > 0 {
		p("- `%s/`: your own modules, as the answers name them", ownModules)
	}
	p("")
	if len(r.Hosts) > 1 {
		p("`%s` holds what all hosts have alike, in modules of the same names; each host imports it.\n", sharedModules)
	}
	p("A comment above an option names the facts, file and line, and the rules behind it.\n")
	p("## 4. Build\n")
	p("On a machine with Nix, in this folder:\n")
	for _, h := range r.Hosts {
		p("    nix build .#nixosConfigurations.%s.config.system.build.toplevel --out-link result-%s", h.Slug, h.Slug)
	}
	p("\nA warning or a failed assertion is something that the host would meet: read it before going on.\n")
	p("## 5. Copy\n")
	p("The result goes to a root of its own, mounted at `/mnt` beside the one of Proxmox VE, which stays as it is:\n")
	h := r.Hosts[0]
	p("    nix copy --to 'ssh://root@%s?remote-store=local?root=/mnt' ./result-%s\n", h.Slug, h.Slug)
	p("Without a network, `nix copy --to file:///media/disk ./result-%s` fills a disk, and `nix copy --from` reads it back.\n", h.Slug)
	p("These files come along, or what needs them does not work. They are not in the Nix store, where everybody could read them; `%s` lists them with their facts:\n", EvaluationFile)
	for _, h := range r.Hosts {
		if len(h.Carries) == 0 {
			continue
		}
		p("| %s | to | mode | secret |", code(h.Name))
		p("|---|---|---|---|")
		done := map[string]bool{}
		for _, c := range h.Carries {
			secret := ""
			if c.Secret {
				secret = "yes"
			}
			if line := fmt.Sprintf("| %s | %s | %s | %s |", cell(c.Path), cell(c.To), c.Mode, secret); !done[line] {
				done[line] = true
				p("%s", line)
			}
		}
		p("")
	}
	if len(r.Hosts) > 1 {
		p("Once hosts run NixOS, `colmena apply --on NAME` in this folder deploys changes to them.\n")
	}
	p("Do not start guests here while another system can start the same ones.")
	return b.Bytes(), nil
}

// cell is a text from a snapshot in a cell of a table, which ends at a bar even within a code span.
func cell(text string) string { return strings.ReplaceAll(code(text), "|", `\|`) }
