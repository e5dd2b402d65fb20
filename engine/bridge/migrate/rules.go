package migrate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

var (
	resourceID = regexp.MustCompile(`^(vm|ct):[1-9][0-9]{0,9}$`)
	nodeForm   = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(:[0-9]{1,4})?$`)
	configID   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]+$`)
)

// Rules writes the groups of ha/groups.cfg, the form before PVE 9, as rules of ha/rules.cfg, and the resources of
// ha/resources.cfg without their groups, as PVE does it itself when all nodes have 9: a group that no resource is in becomes
// no rule, and nofailback of the group becomes failback of its resources. rules are what is added to rules.cfg.
func Rules(groups, resources []byte) (rules, without string, left []string) {
	list, _ := formats.Sections("groups.cfg", groups, formats.HAGroups)
	known := map[string]snapshot.Section{}
	for _, g := range list {
		known[g.ID] = g
	}
	members := map[string][]string{}
	sections, _ := formats.Sections("resources.cfg", resources, formats.HAResources)
	var out strings.Builder
	for _, r := range sections {
		sid := r.Type + ":" + r.ID
		if !resourceID.MatchString(sid) {
			left = append(left, fmt.Sprintf("%s: %q is no resource", r.Source, sid))
			continue
		}
		fmt.Fprintf(&out, "%s: %s\n", r.Type, r.ID)
		failback := ""
		for _, p := range r.Properties {
			if p.Value == nil || p.Key != "comment" && !plain(*p.Value, 4096) {
				left = append(left, fmt.Sprintf("%s: %s holds what no file of PVE has", p.Source, p.Key))
				continue
			}
			if p.Key != "group" {
				fmt.Fprintf(&out, "\t%s %s\n", p.Key, *p.Value)
				continue
			}
			group, there := known[*p.Value]
			if !there {
				left = append(left, fmt.Sprintf("%s: there is no group %q", p.Source, *p.Value))
				continue
			}
			members[group.ID] = append(members[group.ID], sid)
			failback = word(valueOf(group, "nofailback") != "1")
		}
		if failback != "" && valueOf(r, "failback") == "" {
			fmt.Fprintf(&out, "\tfailback %s\n", failback)
		}
		out.WriteByte('\n')
	}
	var made strings.Builder
	for _, g := range list {
		in := members[g.ID]
		if len(in) == 0 {
			continue
		}
		text, err := rule(g, in)
		if err != nil {
			left = append(left, fmt.Sprintf("%s: %v", g.Source, err))
			continue
		}
		made.WriteString(text)
	}
	return made.String(), out.String(), left
}

func rule(g snapshot.Section, resources []string) (string, error) {
	if !configID.MatchString(g.ID) {
		return "", fmt.Errorf("%q is no id", g.ID)
	}
	nodes := strings.FieldsFunc(valueOf(g, "nodes"), func(r rune) bool { return strings.ContainsRune(",; \t", r) })
	for _, n := range nodes {
		if !nodeForm.MatchString(n) {
			return "", fmt.Errorf("%q is no node with a priority", n)
		}
	}
	if len(nodes) == 0 {
		return "", fmt.Errorf("has no nodes")
	}
	slices.Sort(nodes)
	slices.Sort(resources)
	comment := valueOf(g, "comment")
	if comment == "" {
		comment = "Generated from HA group '" + g.ID + "'."
	}
	text := fmt.Sprintf("node-affinity: ha-group-%s\n\tcomment %s\n\tnodes %s\n\tresources %s\n", g.ID, encode(comment), strings.Join(nodes, ","), strings.Join(resources, ","))
	if valueOf(g, "restricted") == "1" {
		text += "\tstrict 1\n"
	}
	return text + "\n", nil
}

// valueOf is the value of a property; empty where there is none.
func valueOf(s snapshot.Section, key string) string {
	for _, p := range s.Properties {
		if p.Key == key && p.Value != nil {
			return *p.Value
		}
	}
	return ""
}
