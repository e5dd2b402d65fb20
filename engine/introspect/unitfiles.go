package introspect

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// configuredUnits is where the administrator's units are, and the links that enable units.
const configuredUnits = "/etc/systemd/system"

// generatedUnits is where systemd's generators put units at boot; generators also use its siblings .early and .late.
const generatedUnits = "/run/systemd/generator"

// unitDirs are the directories of unit files, the first that has a name wins.
// Those below /run are there on a running host only.
var unitDirs = []string{
	"/etc/systemd/system.control", // what systemctl set-property keeps
	"/run/systemd/system.control",
	"/run/systemd/transient",
	generatedUnits + ".early",
	configuredUnits,
	"/run/systemd/system",
	generatedUnits,
	"/usr/local/lib/systemd/system",
	"/lib/systemd/system",
	"/usr/lib/systemd/system",
	generatedUnits + ".late",
}

var unitTypes = []string{
	".service", ".socket", ".target", ".timer", ".path", ".mount", ".automount", ".swap", ".slice",
}

// unitSearch knows the directories of unit files of a host.
type unitSearch struct {
	capture *capture
	area    *area
	// entries are the names in each directory of unitDirs, in alphabetical order.
	entries map[string][]fs.DirEntry
	// dropInDirs are the paths of the directories of drop-ins, by what they are for:
	// ssh.service → /etc/systemd/system/ssh.service.d, /lib/systemd/system/ssh.service.d.
	dropInDirs map[string][]string
	// texts are the unit files and drop-ins that were read: one drop-in can belong to many units.
	texts map[string][]byte
	// links are read when they are first asked for.
	links *unitLinks
}

func newUnitSearch(c *capture, a *area) *unitSearch {
	s := &unitSearch{
		capture: c, area: a, entries: map[string][]fs.DirEntry{}, dropInDirs: map[string][]string{}, texts: map[string][]byte{},
	}
	real := map[string]bool{}
	for _, dir := range unitDirs {
		resolved, err := c.host.Resolve(dir)
		if err != nil || real[resolved] { // /lib is a link to /usr/lib on most hosts
			continue
		}
		real[resolved] = true
		entries, err := c.host.ReadDir(dir)
		if err != nil {
			a.problem(dir, err)
			continue
		}
		s.entries[dir] = entries
		for _, entry := range entries {
			if of, found := strings.CutSuffix(entry.Name(), ".d"); found {
				s.dropInDirs[of] = append(s.dropInDirs[of], dir+"/"+entry.Name())
			}
		}
	}
	return s
}

// unitsFromFiles reads the unit files as systemd would at boot. found is false
// when the host has no directory of them.
func unitsFromFiles(c *capture, a *area) (units []snapshot.Unit, found bool) {
	search := newUnitSearch(c, a)
	if len(search.entries) == 0 {
		return nil, false
	}
	enabled := search.enabled()
	fragments := map[string]string{}
	for _, dir := range unitDirs {
		for _, entry := range search.entries[dir] {
			if name := entry.Name(); isUnitName(name) && fragments[name] == "" {
				fragments[name] = dir + "/" + name
			}
		}
	}
	// An enabled instance has no file of its own.
	for name := range enabled {
		if template := templateOf(name); template != "" && fragments[name] == "" {
			if fragment := fragments[template]; fragment != "" {
				fragments[name] = fragment
				enabled[template] = true
			}
		}
	}
	for name, fragment := range fragments {
		units = append(units, search.describe(name, fragment, enabled))
	}
	units = append(units, search.initScripts(fragments)...)
	slices.SortFunc(units, func(a, b snapshot.Unit) int { return strings.Compare(a.Name, b.Name) })
	addDependents(units)
	for i := range units {
		switch u := &units[i]; {
		case !wantsDetail(*u):
			u.Detail = nil
		case u.Detail != nil && isLocalUnit(*u) && isUnitName(path.Base(u.FragmentPath)):
			search.addSettings(u)
		}
	}
	return units, true
}

// addDependents tells every unit which others want or require it.
func addDependents(units []snapshot.Unit) {
	details := make(map[string]*snapshot.UnitDetail, len(units))
	for _, u := range units {
		if u.Detail != nil {
			details[u.Name] = u.Detail
		}
	}
	for _, u := range units {
		if u.Detail == nil {
			continue
		}
		for _, name := range slices.Concat(u.Detail.Wants, u.Detail.Requires) {
			if detail := details[name]; detail != nil {
				detail.WantedBy = append(detail.WantedBy, u.Name)
			}
		}
	}
	for _, detail := range details {
		slices.Sort(detail.WantedBy)
		detail.WantedBy = slices.Compact(detail.WantedBy)
	}
}

// describe says what the files say of a unit.
func (s *unitSearch) describe(name, fragment string, enabled map[string]bool) snapshot.Unit {
	unit := snapshot.Unit{Name: name, FragmentPath: fragment, DropIns: s.dropIns(name)}
	if alias := s.aliasOf(name, fragment); alias != "" {
		unit.FileState = "alias"
		return unit
	}
	if s.masked(fragment) {
		unit.FileState = "masked"
		return unit
	}
	sources := s.sources(unit)
	if len(sources) == 0 || sources[0].Path != fragment {
		return unit
	}
	facts := formats.Unit(name, sources)
	s.linkDetail(name, &facts.Detail)
	unit.Description, unit.Detail = facts.Description, &facts.Detail
	switch {
	case enabled[name]:
		unit.FileState = "enabled"
	case strings.HasPrefix(fragment, generatedUnits):
		unit.FileState = "generated"
	case strings.HasPrefix(fragment, "/run/systemd/transient/"):
		unit.FileState = "transient"
	case facts.OnlyAlso:
		unit.FileState = "indirect"
	case facts.Installable:
		unit.FileState = "disabled"
	default:
		unit.FileState = "static"
	}
	return unit
}

// masked says whether a unit file is a link to /dev/null or an empty file.
func (s *unitSearch) masked(fragment string) bool {
	info, err := s.capture.host.Lstat(fragment)
	if err != nil {
		return false
	}
	if info.Mode()&fs.ModeSymlink == 0 {
		return info.Mode().IsRegular() && info.Size() == 0
	}
	target, err := s.capture.host.Readlink(fragment)
	return err == nil && path.Join(path.Dir(fragment), target) == "/dev/null" || target == "/dev/null"
}

// aliasOf returns the unit that a link gives another name to.
func (s *unitSearch) aliasOf(name, fragment string) string {
	target, err := s.capture.host.Readlink(fragment)
	if err != nil || !isUnitName(path.Base(target)) {
		return ""
	}
	if other := path.Base(target); other != name && other != templateOf(name) {
		return other
	}
	return ""
}

// enabled are the units that links below /etc/systemd/system pull in: members
// of .wants, .requires and .upholds directories, and what an alias leads to.
func (s *unitSearch) enabled() map[string]bool {
	enabled := map[string]bool{}
	for _, entry := range s.entries[configuredUnits] {
		name := entry.Name()
		switch path.Ext(name) {
		case ".wants", ".requires", ".upholds":
			for _, member := range s.area.directory(configuredUnits + "/" + name) {
				enabled[member] = true
			}
		default:
			if other := s.aliasOf(name, configuredUnits+"/"+name); other != "" {
				enabled[other] = true
			}
		}
	}
	return enabled
}

// dropIns are the drop-in files of a unit in the order in which they apply: by
// name, and of two with one name only the one that comes first in the search.
func (s *unitSearch) dropIns(name string) []string {
	found := map[string]string{}
	for _, base := range dropInNames(name) {
		for _, dir := range s.dropInDirs[base] {
			for _, file := range s.area.directory(dir) {
				if strings.HasSuffix(file, ".conf") && found[file] == "" {
					found[file] = dir + "/" + file
				}
			}
		}
	}
	var out []string
	for _, file := range slices.Sorted(maps.Keys(found)) {
		if !s.masked(found[file]) {
			out = append(out, found[file])
		}
	}
	return out
}

// dropInNames are the units whose drop-ins apply to name, the most specific
// first: the unit, its template, the prefixes that end in a dash, its type.
func dropInNames(name string) []string {
	names := []string{name}
	template := templateOf(name)
	if template != "" {
		names = append(names, template)
	}
	suffix := path.Ext(name)
	stem, _, _ := strings.Cut(strings.TrimSuffix(name, suffix), "@")
	at := ""
	if strings.Contains(name, "@") {
		at = "@"
	}
	for i := len(stem) - 1; i > 0; i-- {
		if stem[i-1] == '-' {
			names = append(names, stem[:i]+at+suffix)
		}
	}
	return append(names, strings.TrimPrefix(suffix, "."))
}

// templateOf returns name@.type for an instance name@instance.type, else "".
func templateOf(name string) string {
	suffix := path.Ext(name)
	prefix, instance, found := strings.Cut(strings.TrimSuffix(name, suffix), "@")
	if !found || instance == "" {
		return ""
	}
	return prefix + "@" + suffix
}

func isUnitName(name string) bool {
	return slices.Contains(unitTypes, path.Ext(name)) && !strings.HasPrefix(name, ".")
}

// initScripts are the services that systemd makes at boot of scripts in
// /etc/init.d that have no unit of their own. It starts and stops them with the script.
func (s *unitSearch) initScripts(fragments map[string]string) []snapshot.Unit {
	const dir = "/etc/init.d"
	var out []snapshot.Unit
	for _, script := range s.area.directory(dir) {
		name := strings.TrimSuffix(script, ".sh") + ".service"
		info, err := s.capture.host.Stat(dir + "/" + script)
		if fragments[name] != "" || err != nil || !info.Mode().IsRegular() || info.Mode()&0o111 == 0 {
			continue
		}
		data, err := s.capture.read(dir + "/" + script)
		if err != nil {
			s.area.problem(dir+"/"+script, err)
			continue
		}
		out = append(out, snapshot.Unit{
			Name: name, FileState: "generated", FragmentPath: dir + "/" + script,
			Description: shortDescription(data), DropIns: s.dropIns(name),
			Detail: &snapshot.UnitDetail{Commands: []snapshot.UnitCommand{
				{When: "ExecStart", Program: dir + "/" + script, Arguments: []string{"start"}},
				{When: "ExecStop", Program: dir + "/" + script, Arguments: []string{"stop"}},
			}},
		})
	}
	return out
}

// shortDescription is what the header of an init script says of it, as systemd shows it.
func shortDescription(script []byte) string {
	for line := range strings.Lines(string(script)) {
		if text, found := strings.CutPrefix(line, "# Short-Description:"); found {
			return "LSB: " + strings.TrimSpace(text)
		}
	}
	return ""
}
