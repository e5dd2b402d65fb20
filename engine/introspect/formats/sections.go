package formats

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// SectionKind is the file that a section config is read as. It decides which types,
// keys and implicit sections there are.
type SectionKind string

// The section configs of PVE.
const (
	Storage        SectionKind = "storage"          // storage.cfg
	Realms         SectionKind = "realms"           // domains.cfg
	Replication    SectionKind = "replication"      // replication.cfg
	Jobs           SectionKind = "jobs"             // jobs.cfg
	Metrics        SectionKind = "metrics"          // status.cfg
	Notifications  SectionKind = "notifications"    // notifications.cfg
	Mapping        SectionKind = "mapping"          // mapping/*.cfg; the type is the file's name
	HAResources    SectionKind = "ha-resources"     // ha/resources.cfg
	HAGroups       SectionKind = "ha-groups"        // ha/groups.cfg
	HARules        SectionKind = "ha-rules"         // ha/rules.cfg
	SDNZones       SectionKind = "sdn-zones"        // sdn/zones.cfg
	SDNVNets       SectionKind = "sdn-vnets"        // sdn/vnets.cfg
	SDNSubnets     SectionKind = "sdn-subnets"      // sdn/subnets.cfg
	SDNControllers SectionKind = "sdn-controllers"  // sdn/controllers.cfg
	SDNIPAMs       SectionKind = "sdn-ipams"        // sdn/ipams.cfg
	SDNDNS         SectionKind = "sdn-dns"          // sdn/dns.cfg
	SDNFabrics     SectionKind = "sdn-fabrics"      // sdn/fabrics.cfg; its keys are not known here
	SDNPrefixLists SectionKind = "sdn-prefix-lists" // sdn/prefix-lists.cfg; its keys are not known here
	SDNRouteMaps   SectionKind = "sdn-route-maps"   // sdn/route-maps.cfg; its keys are not known here
	ACMEPlugins    SectionKind = "acme-plugins"     // priv/acme/plugins.cfg
	GuestProfiles  SectionKind = "guest-profiles"   // virtual-guest/profiles.cfg; its keys are not known here
	CPUModels      SectionKind = "cpu-models"       // virtual-guest/cpu-models.conf
)

var (
	sectionHeader = regexp.MustCompile(`^([^\s:]\S*):\s*(\S+)\s*$`)
	mappingHeader = regexp.MustCompile(`^(\S+)\s*$`)
	storageID     = regexp.MustCompile(`(?i)^[a-z][a-z0-9._-]*[a-z0-9]$`)
)

// Sections reads a PVE section config as PVE's reader does: a section ends at an empty
// line and nowhere else, of a repeated key the first counts, of a repeated id the last section.
// Sections that PVE adds have Implicit set; properties that it adds have no source. A section of an unknown type is kept, all its
// properties marked unknown, since a plugin of the host may know it. Lines that PVE does
// not take are anomalies. CR LF is read as LF, although PVE would lose sections over it.
func Sections(filePath string, data []byte, kind SectionKind) ([]snapshot.Section, []snapshot.Anomaly) {
	r := &sectionReader{path: filePath, kind: kind, types: keys().Sections[kind], sections: []snapshot.Section{}, anomalies: []snapshot.Anomaly{}}
	lines, crlf := splitLines(data)
	if crlf != 0 {
		r.anomalies = append(r.anomalies, crlfAnomaly(filePath, crlf))
	}
	r.lines(lines)
	r.dropReplaced()
	switch kind {
	case Storage:
		r.implicitLocal()
		r.completeStorages()
	case Realms:
		r.implicitRealm("pam")
		r.implicitRealm("pve")
	}
	return r.sections, r.anomalies
}

type sectionReader struct {
	path      string
	kind      SectionKind
	types     map[string]keyTable // nil where the keys of the kind are not known
	sections  []snapshot.Section
	anomalies []snapshot.Anomaly
}

func (r *sectionReader) report(kind string, number int, detail string) {
	r.anomalies = append(r.anomalies, anomaly(kind, r.path, number, detail))
}

// header reads the first line of a section.
func (r *sectionReader) header(text string) (kind, id string, ok bool) {
	if r.kind == Mapping {
		m := mappingHeader.FindStringSubmatch(text)
		if m == nil {
			return "", "", false
		}
		return strings.TrimSuffix(path.Base(r.path), ".cfg"), m[1], true
	}
	m := sectionHeader.FindStringSubmatch(text)
	if m == nil {
		return "", "", false
	}
	return strings.ToLower(m[1]), m[2], true
}

func (r *sectionReader) lines(lines []line) {
	open := false // the last section takes properties
	skip := false // within a section that PVE does not take
	var seen map[string]bool
	for _, l := range lines {
		trimmed := strings.TrimLeft(l.text, blanks)
		switch {
		case strings.HasPrefix(trimmed, "#"):
		case l.text == "":
			open, skip = false, false
		case open || skip:
			r.inside(l, skip, &seen)
		case trimmed == "":
			r.report("ignored-line", l.number, "a line of blanks is not an empty line")
		default:
			kind, id, ok := r.header(l.text)
			if !ok {
				r.report("ignored-line", l.number, "a line outside of any section is ignored")
				continue
			}
			if r.kind == Storage && !storageID.MatchString(id) {
				r.report("skipped-section", l.number, "the id of a section is not allowed; PVE skips the section")
				skip = true
				continue
			}
			if _, known := r.types[kind]; r.types != nil && !known {
				if r.private() {
					r.report("skipped-section", l.number, "PVE knows no sections of this type; it is not shown, since the file holds credentials")
					skip = true
					continue
				}
				r.report("unknown-type", l.number, "PVE knows no sections of the type "+kind+" without a plugin")
			}
			r.sections = append(r.sections, snapshot.Section{Type: kind, ID: id, Properties: []snapshot.Property{}, Source: at(r.path, l.number)})
			open, seen = true, map[string]bool{}
		}
	}
}

// inside reads a line within a section.
func (r *sectionReader) inside(l line, skip bool, seen *map[string]bool) {
	indented := strings.ContainsRune(blanks, rune(l.text[0]))
	switch {
	case blank(l.text):
		r.report("ignored-line", l.number, "a line of blanks does not end the section")
		return
	case !indented:
		if _, id, ok := r.header(l.text); ok {
			if r.private() {
				id = "that begins here"
			}
			r.report("swallowed-section", l.number, "no empty line before the section "+id+": PVE ignores its header and gives its properties to the section before it")
		} else {
			r.report("ignored-line", l.number, "a line that is not indented is ignored within a section")
		}
		return
	case skip:
		r.report("skipped-property", l.number, "a property of a section that PVE skips")
		return
	}
	section := &r.sections[len(r.sections)-1]
	key, value := cutWord(l.text)
	table, typeKnown := r.types[section.Type]
	t, known := table[key]
	if r.private() && !known {
		r.report("dropped-key", l.number, "PVE knows no such key; it is not shown, since the file holds credentials")
		return
	}
	if (*seen)[key] && typeKnown && !repeats(t) {
		r.report("duplicate-key", l.number, "the key "+key+" stands twice in a section; the first counts")
		return
	}
	if value == "" && t == "boolean" {
		value = "1" // a flag
	}
	value, ok := normal(t, value)
	if !ok {
		r.report("dropped-key", l.number, "PVE rejects the value of "+key)
		return
	}
	(*seen)[key] = true
	kind := sectionKind
	if r.kind == GuestProfiles { // keys of machines
		kind = guestKind
	}
	section.Properties = append(section.Properties, seal(kind, r.path, property{
		key: key, value: value, source: at(r.path, l.number),
		fields: expand(formatOf(t), value), unknown: r.types != nil && !known,
	}))
}

// private is true for a file of credentials: what does not fit there may be one.
func (r *sectionReader) private() bool { return r.kind == ACMEPlugins }

// dropReplaced removes sections whose id stands again further down.
func (r *sectionReader) dropReplaced() {
	last := map[string]int{}
	for i, s := range r.sections {
		last[s.ID] = i
	}
	kept := []snapshot.Section{}
	for i, s := range r.sections {
		if last[s.ID] == i {
			kept = append(kept, s)
			continue
		}
		_, number := splitSource(s.Source)
		r.report("duplicate-section", number, "the section "+s.ID+" stands again further down; the last counts")
	}
	r.sections = kept
}

// localPath is where the storage "local" always is.
const localPath = "/var/lib/vz"

// implicitLocal gives every host its storage "local", as PVE does.
func (r *sectionReader) implicitLocal() {
	i := slices.IndexFunc(r.sections, func(s snapshot.Section) bool { return s.ID == "local" })
	if i >= 0 {
		local := &r.sections[i]
		_, number := splitSource(local.Source)
		storagePath := ""
		for _, p := range local.Properties {
			if p.Key == "path" && p.Value != nil {
				storagePath = *p.Value
			}
		}
		if local.Type == "dir" && (storagePath == "" || storagePath == localPath) {
			if storagePath == "" {
				local.Properties = append(local.Properties, r.implied("path", localPath, local.Source))
			}
			local.Properties = slices.DeleteFunc(local.Properties, func(p snapshot.Property) bool {
				if p.Key == "nodes" {
					_, line := splitSource(p.Source)
					r.report("dropped-key", line, "PVE ignores nodes on the storage local")
				}
				return p.Key == "nodes"
			})
			return
		}
		r.report("replaced-section", number, "PVE replaces the storage local by a directory at "+localPath)
		r.sections = slices.Delete(r.sections, i, i+1)
	}
	r.sections = slices.Insert(r.sections, 0, snapshot.Section{Type: "dir", ID: "local", Implicit: true, Properties: []snapshot.Property{
		r.implied("path", localPath, ""),
		r.implied("content", "backup,images,iso,rootdir,snippets,vztmpl", ""),
		r.implied("prune-backups", "keep-all=1", ""),
	}})
}

// NotificationDefaults adds the target and the matcher that PVE has built in from 8.1 on, where the file has none of
// their names.
func NotificationDefaults(filePath string, sections []snapshot.Section) []snapshot.Section {
	r := &sectionReader{path: filePath, kind: Notifications, types: keys().Sections[Notifications]}
	for _, s := range []snapshot.Section{
		{Type: "sendmail", ID: "mail-to-root", Properties: []snapshot.Property{r.implied("mailto-user", "root@pam", "")}},
		{Type: "matcher", ID: "default-matcher", Properties: []snapshot.Property{r.implied("mode", "all", ""), r.implied("target", "mail-to-root", "")}},
	} {
		s.Implicit = true
		if !slices.ContainsFunc(sections, func(own snapshot.Section) bool { return own.ID == s.ID }) {
			sections = append(sections, s)
		}
	}
	return sections
}

// storageContent is what PVE takes a storage to be for where its section does not say so.
var storageContent = map[string]string{
	"dir": "images,rootdir", "btrfs": "images,rootdir", "lvmthin": "images,rootdir", "zfspool": "images,rootdir",
	"nfs": "images", "cifs": "images", "glusterfs": "images", "lvm": "images", "rbd": "images", "zfs": "images",
	"iscsi": "images", "iscsidirect": "images", "cephfs": "backup", "pbs": "backup", "esxi": "import",
}

// sharedStorage are the types that PVE takes for the same on all nodes, whatever their sections say.
var sharedStorage = []string{"nfs", "cifs", "glusterfs", "cephfs", "rbd", "iscsi", "iscsidirect", "zfs", "drbd", "pbs"}

// completeStorages adds to each storage what PVE does.
func (r *sectionReader) completeStorages() {
	for i := range r.sections {
		s := &r.sections[i]
		has := func(key string) int {
			return slices.IndexFunc(s.Properties, func(p snapshot.Property) bool { return p.Key == key })
		}
		if content, known := storageContent[s.Type]; known && has("content") < 0 {
			s.Properties = append(s.Properties, r.implied("content", content, ""))
		}
		if !slices.Contains(sharedStorage, s.Type) {
			continue
		}
		if at := has("shared"); at >= 0 {
			p := s.Properties[at]
			if p.Value != nil && *p.Value == "1" {
				continue
			}
			_, number := splitSource(p.Source)
			r.report("replaced-value", number, "PVE takes storages of the type "+s.Type+" for shared")
			s.Properties = slices.Delete(s.Properties, at, at+1)
		}
		s.Properties = append(s.Properties, r.implied("shared", "1", ""))
	}
}

func (r *sectionReader) implied(key, value, source string) snapshot.Property {
	return seal(sectionKind, r.path, property{key: key, value: value, source: source, fields: expand(formatOf(r.types["dir"][key]), value)})
}

// implicitRealm adds a realm that exists on every host; its type cannot be another.
func (r *sectionReader) implicitRealm(name string) {
	for i := range r.sections {
		if s := &r.sections[i]; s.ID == name {
			if s.Type != name {
				_, number := splitSource(s.Source)
				r.report("replaced-type", number, "PVE reads the realm "+name+" as its own type")
				s.Type = name
			}
			return
		}
	}
	r.sections = append(r.sections, snapshot.Section{Type: name, ID: name, Implicit: true, Properties: []snapshot.Property{}})
}
