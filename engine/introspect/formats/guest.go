package formats

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

var (
	sectionLine  = regexp.MustCompile(`^\[([^\]]*)\]\s*$`)
	snapshotName = regexp.MustCompile(`(?i)^[a-z][a-z0-9_-]+$`)
	qemuLine     = regexp.MustCompile(`^([a-z][a-z_-]*[0-9]*):(.*)$`)
	lxcLine      = regexp.MustCompile(`^([a-z][a-z_]*[0-9]*):(.*)$`)
	rawLXCLine   = regexp.MustCompile(`^(lxc\.[a-z0-9_.-]+)(?::|\s*=)(.*)$`)
)

// Guest reads the configuration of a virtual machine (kind qemu) or container (kind
// lxc) as PVE does: of a repeated key the last counts, of a repeated section too. Raw
// lxc lines keep their order and repetitions. Keys that PVE's schema does not have are kept
// and marked. Comment lines are the description, a secret. A value that PVE rejects is dropped for a
// machine and kept for a container, each with an anomaly.
func Guest(filePath string, kind string, vmid int, node string, local bool, data []byte) snapshot.Guest {
	r := &guestReader{path: filePath, lxc: kind == "lxc", table: keys().Guests[kind], indexes: keys().Indexes[kind], guest: snapshot.Guest{
		VMID: vmid, Type: kind, Node: node, Local: local, Source: filePath,
		Config: []snapshot.Property{}, Pending: []snapshot.Property{},
		Snapshots: []snapshot.GuestSnapshot{}, Special: []snapshot.GuestSnapshot{}, Anomalies: []snapshot.Anomaly{},
	}}
	lines, crlf := splitLines(data)
	if crlf != 0 {
		r.guest.Anomalies = append(r.guest.Anomalies, crlfAnomaly(filePath, crlf))
	}
	r.current = &guestSection{role: roleConfig}
	r.sections = []*guestSection{r.current}
	for _, l := range lines {
		r.line(l)
	}
	r.collect()
	return r.guest
}

// guestRole says what a section of a guest configuration is.
type guestRole int

const (
	roleConfig guestRole = iota
	rolePending
	roleSnapshot
	roleSpecial // informative copies, kept without validation
	roleUnknown // sections that PVE skips
)

type guestSection struct {
	name       string
	role       guestRole
	line       int
	properties []property
	index      map[string]int // place of a key in properties
	// description is the text of comment lines and description keys.
	description     strings.Builder
	descriptionLine int
}

type guestReader struct {
	path     string
	lxc      bool
	table    keyTable
	indexes  map[string][2]int
	guest    snapshot.Guest
	sections []*guestSection
	current  *guestSection
}

func (r *guestReader) report(kind string, number int, detail string) {
	r.guest.Anomalies = append(r.guest.Anomalies, anomaly(kind, r.path, number, detail))
}

func (r *guestReader) line(l line) {
	text := strings.TrimRight(l.text, blanks)
	switch {
	case text == "":
	case strings.HasPrefix(text, "[") && r.header(l, text):
	case strings.HasPrefix(text, "#"):
		r.describe(l.number, l.text[1:]+"\n") // blanks at the end belong to it
	case strings.HasPrefix(text, "description:"):
		r.describe(l.number, strings.Trim(strings.TrimPrefix(text, "description:"), blanks))
	case r.lxc && r.raw(l, text):
	default:
		r.key(l, text)
	}
}

// header reads a section header; false for brackets that are none.
func (r *guestReader) header(l line, text string) bool {
	m := sectionLine.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	name := m[1]
	section := &guestSection{name: name, line: l.number}
	switch {
	case !r.lxc && strings.EqualFold(name, "pending"), r.lxc && strings.EqualFold(name, "pve:pending"):
		section.role, section.name = rolePending, "pending"
	case !r.lxc && (strings.EqualFold(name, "special:cloudinit") || strings.EqualFold(name, "special:fleecing")):
		section.role, section.name = roleSpecial, strings.ToLower(name)
	case snapshotName.MatchString(name):
		section.role = roleSnapshot
	case r.lxc:
		r.report("unknown-section", l.number, "the header is ignored; the lines below it belong to the section above")
		return true
	default:
		section.role = roleUnknown
		r.report("unknown-section", l.number, "PVE skips the section")
	}
	r.sections = append(r.sections, section)
	r.current = section
	return true
}

func (r *guestReader) describe(number int, text string) {
	s := r.current
	if s.descriptionLine == 0 {
		s.descriptionLine = number
	}
	if decoded, err := url.PathUnescape(text); err == nil {
		text = decoded
	}
	s.description.WriteString(text)
}

// raw reads a line that PVE hands to LXC.
func (r *guestReader) raw(l line, text string) bool {
	m := rawLXCLine.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	known := slices.ContainsFunc(keys().RawLXC, func(pattern string) bool { return matches(pattern, m[1]) })
	if strings.HasPrefix(m[1], "lxc.cgroup.") {
		r.report("ignored-key", l.number, m[1]+" is of the first version of control groups; LXC ignores it where the second is mounted, as since PVE 7 and always since 9")
	}
	r.current.properties = append(r.current.properties, property{
		key: m[1], value: strings.Trim(m[2], blanks), unknown: !known, source: at(r.path, l.number),
	})
	return true
}

func (r *guestReader) key(l line, text string) {
	pattern := qemuLine
	if r.lxc {
		pattern = lxcLine
	}
	m := pattern.FindStringSubmatch(text)
	if m == nil || (m[2] == "" && len(l.text) == len(text)) {
		r.report("ignored-line", l.number, "the line is not understood")
		return
	}
	key, value := m[1], strings.Trim(m[2], blanks)
	if key == "delete" && r.current.role != rolePending && r.current.role != roleUnknown {
		r.report("dropped-key", l.number, "delete is only allowed among pending changes")
		return
	}
	if key == "cdrom" && !r.lxc {
		key = "ide2"
	}
	p := property{key: key, value: value, source: at(r.path, l.number)}
	t, known := typeOf(r.table, r.indexes, key)
	p.unknown = !known
	if r.current.role != roleSpecial && r.current.role != roleUnknown {
		text, ok := normal(t, value)
		switch {
		case ok:
			p.value = text
		case r.lxc:
			r.report("invalid-value", l.number, "PVE reports the value of "+key+" and keeps it")
		default:
			r.report("dropped-key", l.number, "PVE rejects the value of "+key)
			return
		}
	}
	p.fields = expand(formatOf(t), p.value)
	r.set(p)
}

// set adds a key to the current section; an earlier one of the same name is gone.
func (r *guestReader) set(p property) {
	s := r.current
	if s.index == nil {
		s.index = map[string]int{}
	}
	if i, ok := s.index[p.key]; ok {
		_, number := splitSource(s.properties[i].source)
		r.report("duplicate-key", number, "the key "+p.key+" stands again further down; the last counts")
		s.properties[i] = p
		return
	}
	s.index[p.key] = len(s.properties)
	s.properties = append(s.properties, p)
}

// collect puts the sections in their places.
func (r *guestReader) collect() {
	type place struct {
		role guestRole
		name string
	}
	last := map[place]*guestSection{}
	for _, s := range r.sections {
		last[place{s.role, s.name}] = s
	}
	for _, s := range r.sections {
		if s.role != roleUnknown && last[place{s.role, s.name}] != s {
			r.report("duplicate-section", s.line, "the section "+s.name+" stands again further down; the last counts")
			continue
		}
		config := r.seal(s)
		switch s.role {
		case roleConfig:
			r.guest.Config = config
		case rolePending:
			r.guest.Pending = config
		case roleSnapshot:
			r.guest.Snapshots = append(r.guest.Snapshots, snapshot.GuestSnapshot{Name: s.name, Config: config})
		case roleSpecial, roleUnknown:
			r.guest.Special = append(r.guest.Special, snapshot.GuestSnapshot{Name: s.name, Config: config})
		}
	}
}

func (r *guestReader) seal(s *guestSection) []snapshot.Property {
	out := make([]snapshot.Property, 0, len(s.properties)+1)
	if s.descriptionLine != 0 {
		text := s.description.String()
		if !r.lxc {
			text = strings.TrimRight(text, blanks+"\n") // PVE trims it for machines only
		}
		out = append(out, seal(guestKind, r.path, property{key: "description", value: text, source: at(r.path, s.descriptionLine)}))
	}
	for _, p := range s.properties {
		out = append(out, seal(guestKind, r.path, p))
	}
	return out
}
