package formats

import (
	"regexp"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

var (
	plainSection = regexp.MustCompile(`(?i)^\[(options|aliases|rules)\]$`)
	namedSection = regexp.MustCompile(`(?i)^\[(ipset|group)\s+(\S+)\]\s*(?:#.*)?$`)
	optionLine   = regexp.MustCompile(`^([A-Za-z0-9_-]+):\s*(.*)$`)
	ipsetEntry   = regexp.MustCompile(`^(!)?\s*(\S+)$`)
	macroAction  = regexp.MustCompile(`^(\S+)\((ACCEPT|DROP|REJECT)\)$`)
)

// allowedSections says which sections a file of a scope may have.
var allowedSections = map[string]string{
	"cluster": "options aliases rules ipset group", "guest": "options aliases rules ipset",
	"node": "options rules", "vnet": "options rules",
}

// optionScope maps a scope to its table of options.
var optionScope = map[string]string{"cluster": "cluster", "node": "host", "guest": "guest", "vnet": "vnet"}

type firewallReader struct {
	path  string
	scope string
	table keyTable
	file  snapshot.FirewallFile
	// section is options, aliases, rules, ipset, group, or empty for none.
	section string
	index   map[string]int // options and aliases by section and name, sets and groups likewise
	current int            // the open set or group
}

// Firewall reads a .fw file. scope is cluster, node, guest or vnet, name the node, vmid or
// vnet. Names of sets and groups are in lower case, as PVE compares them; of a set or group that
// stands twice the last counts. The lines that PVE skips or overrides are anomalies. Comments
// are not kept.
func Firewall(filePath string, data []byte, scope, name string) snapshot.FirewallFile {
	r := &firewallReader{
		path: filePath, scope: scope, table: keys().Firewall[optionScope[scope]], index: map[string]int{},
		file: snapshot.FirewallFile{
			Scope: scope, Name: name, Source: filePath, Options: []snapshot.Property{}, Aliases: []snapshot.Property{},
			IPSets: []snapshot.IPSet{}, Groups: []snapshot.FirewallGroup{}, Rules: []snapshot.FirewallRule{},
			Anomalies: []snapshot.Anomaly{},
		},
	}
	lines, crlf := splitLines(data)
	if crlf != 0 {
		r.file.Anomalies = append(r.file.Anomalies, crlfAnomaly(filePath, crlf))
	}
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" || text[0] == '#' {
			continue
		}
		r.line(l.number, text)
	}
	return r.file
}

func (r *firewallReader) report(kind string, number int, detail string) {
	r.file.Anomalies = append(r.file.Anomalies, anomaly(kind, r.path, number, detail))
}

func (r *firewallReader) line(number int, text string) {
	if r.header(number, text) {
		return
	}
	switch r.section {
	case "options":
		r.option(number, text)
	case "aliases":
		r.alias(number, text)
	case "ipset":
		text, _, _ = strings.Cut(text, "#")
		m := ipsetEntry.FindStringSubmatch(strings.Trim(text, blanks))
		if m == nil {
			r.report("ignored-line", number, "an entry of a set is one address")
			return
		}
		set := &r.file.IPSets[r.current]
		set.Entries = append(set.Entries, m[1]+m[2])
	case "rules":
		if rule, ok := r.rule(number, text); ok {
			r.file.Rules = append(r.file.Rules, rule)
		}
	case "group":
		if rule, ok := r.rule(number, text); ok {
			group := &r.file.Groups[r.current]
			group.Rules = append(group.Rules, rule)
		}
	default:
		r.report("ignored-line", number, "a line outside of any section is ignored")
	}
}

// header opens a section; false for a line that opens none. A header that the scope does not
// have is a line of the section above, and fails there as it does for PVE.
func (r *firewallReader) header(number int, text string) bool {
	allowed := func(section string) bool {
		return strings.Contains(" "+allowedSections[r.scope]+" ", " "+section+" ")
	}
	if m := plainSection.FindStringSubmatch(text); m != nil && allowed(strings.ToLower(m[1])) {
		r.section = strings.ToLower(m[1])
		return true
	}
	m := namedSection.FindStringSubmatch(text)
	if m == nil || !allowed(strings.ToLower(m[1])) {
		return false
	}
	r.section = strings.ToLower(m[1])
	name := strings.ToLower(m[2])
	key := r.section + " " + name
	i, seen := r.index[key]
	if r.section == "ipset" {
		set := snapshot.IPSet{Name: name, Entries: []string{}, Source: at(r.path, number)}
		if seen {
			r.replaced(r.file.IPSets[i].Source, key)
			r.file.IPSets[i] = set
		} else {
			i = len(r.file.IPSets)
			r.file.IPSets = append(r.file.IPSets, set)
		}
	} else {
		group := snapshot.FirewallGroup{Name: name, Rules: []snapshot.FirewallRule{}, Source: at(r.path, number)}
		if seen {
			r.replaced(r.file.Groups[i].Source, key)
			r.file.Groups[i] = group
		} else {
			i = len(r.file.Groups)
			r.file.Groups = append(r.file.Groups, group)
		}
	}
	r.index[key], r.current = i, i
	return true
}

func (r *firewallReader) replaced(source, key string) {
	_, number := splitSource(source)
	r.report("duplicate-section", number, "the section "+key+" stands again further down; the last counts")
}

// put stores a property of options or aliases; a later one of the same name replaces it.
func (r *firewallReader) put(properties *[]snapshot.Property, section, name string, p snapshot.Property) {
	key := section + " " + name
	if i, ok := r.index[key]; ok {
		_, number := splitSource((*properties)[i].Source)
		r.report("duplicate-key", number, name+" stands again further down; the last counts")
		(*properties)[i] = p
		return
	}
	r.index[key] = len(*properties)
	*properties = append(*properties, p)
}

func (r *firewallReader) option(number int, text string) {
	m := optionLine.FindStringSubmatch(text)
	if m == nil {
		r.report("ignored-line", number, "the line is not an option")
		return
	}
	key, value := strings.ToLower(m[1]), m[2]
	t, known := r.table[key]
	value, ok := normal(t, value)
	if !ok {
		r.report("dropped-key", number, "PVE rejects the value of "+key)
		return
	}
	r.put(&r.file.Options, "options", key, seal(firewallKind, r.path, property{
		key: key, value: value, fields: expand(formatOf(t), value), unknown: !known, source: at(r.path, number),
	}))
}

func (r *firewallReader) alias(number int, text string) {
	text, _, _ = strings.Cut(text, "#")
	words := fields(text)
	if len(words) != 2 {
		r.report("ignored-line", number, "an alias is a name and an address")
		return
	}
	r.put(&r.file.Aliases, "aliases", strings.ToLower(words[0]), seal(firewallKind, r.path, property{
		key: words[0], value: words[1], source: at(r.path, number),
	}))
}

// rule reads: [|]DIRECTION ACTION options # comment
func (r *firewallReader) rule(number int, text string) (snapshot.FirewallRule, bool) {
	text, _, _ = strings.Cut(text, "#")
	text, disabled := strings.CutPrefix(text, "|")
	direction, rest := cutWord(text)
	action, rest := cutWord(rest)
	rule := snapshot.FirewallRule{
		Enabled: !disabled, Direction: strings.ToUpper(direction), Action: action, Options: []snapshot.Field{}, Source: at(r.path, number),
	}
	fail := func(why string) (snapshot.FirewallRule, bool) {
		r.report("ignored-rule", number, "PVE skips the rule: "+why)
		return rule, false
	}
	switch rule.Direction {
	case "IN", "OUT", "FORWARD":
		if m := macroAction.FindStringSubmatch(action); m != nil {
			rule.Macro, rule.Action = m[1], m[2]
		} else if action != "ACCEPT" && action != "DROP" && action != "REJECT" {
			return fail("its action is not known")
		}
	case "GROUP":
		if action == "" || r.section == "group" {
			return fail("a group cannot be named here")
		}
	default:
		return fail("its direction is not known")
	}
	for rest != "" {
		name, value, more, ok := ruleOption(rest)
		if !ok || rule.Direction == "GROUP" && name != "i" {
			return fail("its options cannot be read")
		}
		rule.Options = append(rule.Options, snapshot.Field{Name: name, Value: &value})
		rest = more
	}
	return rule, true
}

// ruleOption reads one option at the start of a text. -i takes one dash, -p is also
// --proto, the rest takes one or two dashes; one blank stands before the value.
func ruleOption(text string) (name, value, rest string, ok bool) {
	word, rest, ok := strings.Cut(text, " ")
	if !ok || rest == "" || strings.ContainsRune(blanks, rune(rest[0])) {
		return "", "", "", false
	}
	value, rest = cutWord(rest)
	switch word {
	case "-i", "-p":
		return word[1:], value, rest, true
	case "-proto", "--proto":
		return "p", value, rest, true
	}
	name, ok = strings.CutPrefix(word, "-")
	name = strings.TrimPrefix(name, "-")
	switch name {
	case "source", "dest", "sport", "dport", "icmp-type", "log":
		return name, value, rest, ok
	}
	return "", "", "", false
}
