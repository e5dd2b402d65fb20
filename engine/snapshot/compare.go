package snapshot

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// DiffVersion is the value of the field "schema" of every comparison.
const DiffVersion = "pve2nix.diff/v1"

// Diff is what changed from one snapshot to another.
type Diff struct {
	// Schema is always pve2nix.diff/v1.
	Schema string `json:"schema" schema:"const=pve2nix.diff/v1"`
	// Before and After are the two snapshots.
	Before Captured `json:"before"`
	After  Captured `json:"after"`
	// Changes are what differs, in the order of the snapshot.
	Changes []Change `json:"changes"`
	// Incomparable are the areas that one of the two does not know, so that nothing is said of their facts.
	Incomparable []Incomparable `json:"incomparable"`
}

// Captured names a snapshot.
type Captured struct {
	// File is how the snapshot was called.
	File string `json:"file"`
	// SHA256 is the digest of its bytes.
	SHA256 string `json:"sha256"`
	// Host is the name of the host, MachineID what tells it from another of that name.
	Host      string `json:"host"`
	MachineID string `json:"machine_id,omitempty"`
	// Time is when it was captured, Tool by what, Mode how.
	Time string `json:"time"`
	Tool string `json:"tool"`
	Mode string `json:"mode"`
}

// Change is one difference.
type Change struct {
	// Kind is added, removed, changed, or moved for a fact that has another place in a list whose order counts.
	Kind string `json:"kind" schema:"enum=added|removed|changed|moved"`
	// Path names the fact by what it is, from the top: guests, 100, config, memory.
	Path []string `json:"path"`
	// Field is the field that changed; absent where a whole fact was added, removed or moved.
	Field string `json:"field,omitempty"`
	// PointerBefore and PointerAfter are where it is in the two snapshots.
	PointerBefore string `json:"pointer_before,omitempty"`
	PointerAfter  string `json:"pointer_after,omitempty"`
	// Before and After are the values; absent on the side that has none.
	Before any `json:"before,omitempty"`
	After  any `json:"after,omitempty"`
	// Source is the path:line that the fact is from, in the later snapshot where it is there.
	Source string `json:"source,omitempty"`
	// Uncertain is true when the side that lacks the fact does not know its area wholly.
	Uncertain bool `json:"uncertain,omitempty"`
}

// Incomparable is an area that one of two snapshots does not know.
type Incomparable struct {
	// Area is its name.
	Area string `json:"area"`
	// Unknown is before, after or both.
	Unknown string `json:"unknown" schema:"enum=before|after|both"`
	// Detail is the reason that the snapshot gives.
	Detail string `json:"detail,omitempty"`
}

// Compare says what changed from before to after. Facts are matched by what they are, not by their place; a fact that only moved
// to another line of its file has not changed. How and when was captured is no change, what could not be is.
func Compare(before, after *Document, nameBefore, nameAfter string) *Diff {
	d := &Diff{
		Schema: DiffVersion, Before: captured(before, nameBefore), After: captured(after, nameAfter),
		Changes: []Change{}, Incomparable: []Incomparable{},
	}
	c := comparer{diff: d, before: areasOf(before.Tree), after: areasOf(after.Tree), known: map[string][2]string{}}
	for _, f := range rootShape().fields {
		switch f.name {
		case "schema":
		case "capture":
			areas := f.object.byName["areas"]
			c.list(areas, place{path: []string{"capture", "areas"}, before: "/capture/areas", after: "/capture/areas", pattern: "/capture/areas"},
				child(before.Tree["capture"], "areas"), child(after.Tree["capture"], "areas"))
		default:
			c.field(&f, place{}, before.Tree, after.Tree)
		}
	}
	for _, name := range sortedNames(c.before, c.after) {
		b, a := c.before[name], c.after[name]
		side := ""
		switch {
		case b.status == "unknown" && a.status == "unknown":
			side = "both"
		case b.status == "unknown":
			side = "before"
		case a.status == "unknown":
			side = "after"
		}
		if side != "" {
			detail := a.detail
			if side == "before" {
				detail = b.detail
			}
			d.Incomparable = append(d.Incomparable, Incomparable{Area: name, Unknown: side, Detail: detail})
		}
	}
	return d
}

func captured(doc *Document, name string) Captured {
	text := func(object, field string) string {
		s, _ := child(doc.Tree[object], field).(string)
		return s
	}
	return Captured{
		File: name, SHA256: doc.Digest, Host: text("host", "name"), MachineID: text("host", "machine_id"),
		Time: text("capture", "time"), Tool: text("capture", "tool"), Mode: text("capture", "mode"),
	}
}

func child(node any, field string) any {
	object, _ := node.(map[string]any)
	return object[field]
}

// areaState is what a snapshot says of an area.
type areaState struct{ status, detail string }

func areasOf(tree map[string]any) map[string]areaState {
	out := map[string]areaState{}
	areas, _ := child(tree["capture"], "areas").([]any)
	for _, a := range areas {
		name, _ := child(a, "name").(string)
		status, _ := child(a, "status").(string)
		detail, _ := child(a, "detail").(string)
		out[name] = areaState{status, detail}
	}
	return out
}

func sortedNames(maps ...map[string]areaState) []string {
	var names []string
	for _, m := range maps {
		for name := range m {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// areaFacts are the facts of the areas that do not have the name of their facts.
var areaFacts = map[string][]string{
	"packages.updates":      {"/updates"},
	"network.live":          {"/network/links", "/network/routes", "/network/rules"},
	"system.locale":         {"/system/locale", "/system/keymap", "/system/time_zone"},
	"storage.block_devices": {"/storage/block_devices"},
	"storage.ceph_state": {"/storage/ceph/health", "/storage/ceph/checks", "/storage/ceph/quorum", "/storage/ceph/versions",
		"/storage/ceph/osds_total", "/storage/ceph/osds_up", "/storage/ceph/osds_in"},
	"storage.iscsi_sessions": {"/storage/iscsi/sessions"},
	"hardware.memory":        {"/hardware/memory_kib"},
	"hardware.numa":          {"/hardware/numa", "/hardware/numa_nodes"},
	"hardware.iommu":         {"/hardware/iommu_groups"},
	"hardware.tpm":           {"/hardware/tpm", "/hardware/tpm_version"},
	"hardware.pci.modules":   {"/hardware/pci/*/modules"},
	"host.machine":           {"/host/vendor", "/host/product", "/host/board", "/host/firmware_version", "/host/firmware_date"},
	"system.boot.entries":    {"/system/boot/entries", "/system/boot/loader_default"},
}

// factsOf are the patterns of the facts that an area is about.
func factsOf(area string) []string {
	if facts, ok := areaFacts[area]; ok {
		return facts
	}
	return []string{"/" + strings.ReplaceAll(area, ".", "/")}
}

// status is the worst that a snapshot says of the areas that a pattern belongs to: unknown, partial or known.
func status(areas map[string]areaState, pattern string) string {
	worst := "known"
	for name, a := range areas {
		if a.status == "known" || worst == "unknown" {
			continue
		}
		for _, facts := range factsOf(name) {
			if pattern == facts || strings.HasPrefix(pattern, facts+"/") {
				worst = a.status
			}
		}
	}
	return worst
}

// place is where the comparison is.
type place struct {
	path                   []string
	before, after, pattern string
	source                 string
}

func (p place) into(name string) place {
	p.path = append(slices.Clip(p.path), name)
	p.before, p.after, p.pattern = p.before+"/"+name, p.after+"/"+name, p.pattern+"/"+name
	return p
}

// comparer collects the changes of two trees.
type comparer struct {
	diff          *Diff
	before, after map[string]areaState
	// known remembers what the two snapshots say of the areas of a pattern.
	known map[string][2]string
}

// status is what the two snapshots say of the areas of a pattern.
func (c *comparer) status(pattern string) (before, after string) {
	found, ok := c.known[pattern]
	if !ok {
		found = [2]string{status(c.before, pattern), status(c.after, pattern)}
		c.known[pattern] = found
	}
	return found[0], found[1]
}

// field compares one field of two objects that stand for the same fact.
func (c *comparer) field(f *field, at place, before, after map[string]any) {
	b, hasBefore := before[f.name]
	a, hasAfter := after[f.name]
	switch {
	case f.list && f.object != nil:
		c.list(f, at.into(f.name), b, a)
	case f.object != nil && !f.object.whole && hasBefore && hasAfter:
		c.object(f.object, at.into(f.name), b, a)
	case hasBefore != hasAfter || !sameValue(f.name, b, a):
		c.add(Change{Kind: "changed", Field: f.name, Before: b, After: a}, at, f.name)
	}
}

// object compares two objects that stand for the same fact.
func (c *comparer) object(s *shape, at place, before, after any) {
	b, _ := before.(map[string]any)
	a, _ := after.(map[string]any)
	count := len(c.diff.Changes)
	for i := range s.fields {
		if f := &s.fields[i]; !f.derived {
			c.field(f, at, b, a)
		}
	}
	if len(c.diff.Changes) > count {
		return // what is made of the text has changed with it
	}
	for i := range s.fields {
		if f := &s.fields[i]; f.derived {
			c.field(f, at, b, a)
		}
	}
}

// add keeps a change, unless nothing can be said about its area.
func (c *comparer) add(change Change, at place, field string) {
	pattern := at.pattern
	if field != "" {
		pattern += "/" + field
	}
	statusBefore, statusAfter := c.status(pattern)
	if statusBefore == "unknown" || statusAfter == "unknown" {
		return
	}
	change.Path = at.path
	if change.Path == nil {
		change.Path = []string{}
	}
	if change.Kind != "added" {
		change.PointerBefore = at.before
	}
	if change.Kind != "removed" {
		change.PointerAfter = at.after
	}
	change.Uncertain = change.Kind == "added" && statusBefore == "partial" || change.Kind == "removed" && statusAfter == "partial"
	if change.Source == "" {
		change.Source = at.source
	}
	c.diff.Changes = append(c.diff.Changes, change)
}

// element is an object of a list with its place.
type element struct {
	index  int
	object map[string]any
	// key is what tells it from the others, name how people call it.
	key, name string
}

// elements are the objects of a list. Of several that have the same key the first is told from the second.
func elements(s *shape, list any) []element {
	items, _ := list.([]any)
	out := make([]element, 0, len(items))
	for i, item := range items {
		object, _ := item.(map[string]any)
		var parts []string
		for _, name := range s.key {
			switch v := object[name].(type) {
			case string:
				parts = append(parts, v)
			case json.Number:
				parts = append(parts, v.String())
			case bool:
				parts = append(parts, strconv.FormatBool(v))
			}
		}
		out = append(out, element{i, object, strings.Join(parts, "\x00"), strings.Join(parts, " ")})
	}
	return out
}

// list compares two lists of objects. Equal elements belong together, then those of the same key in their order.
func (c *comparer) list(f *field, at place, before, after any) {
	b, a := elements(f.object, before), elements(f.object, after)
	pairs := match(f.object, b, a)
	position := map[int]int{} // index before → index after
	taken := map[int]bool{}
	for _, p := range pairs {
		position[p[0]], taken[p[1]] = p[1], true
	}
	last := -1
	for i, e := range b {
		j, stays := position[i]
		here := at.element(f.object, e, e.index, -1)
		if !stays {
			c.add(Change{Kind: "removed", Before: e.object}, here, "")
			continue
		}
		here = at.element(f.object, a[j], e.index, a[j].index)
		if f.ordered && j < last {
			c.add(Change{Kind: "moved", Before: e.index, After: a[j].index}, here, "")
		}
		last = max(last, j)
		c.object(f.object, here, e.object, a[j].object)
	}
	for j, e := range a {
		if !taken[j] {
			c.add(Change{Kind: "added", After: e.object}, at.element(f.object, e, -1, e.index), "")
		}
	}
}

// element is the place of an element of the list that p is the place of.
func (p place) element(s *shape, e element, before, after int) place {
	name := e.name
	if name == "" {
		name = Label(e.object)
	}
	p.path = append(slices.Clip(p.path), name)
	p.before += "/" + strconv.Itoa(before)
	p.after += "/" + strconv.Itoa(after)
	p.pattern += "/*"
	if source, ok := e.object["source"].(string); ok && sourceLine.MatchString(source) {
		p.source = source
	}
	return p
}

// match pairs the elements of two lists that stand for the same fact: equal ones first, then those of the same key in
// their order. Each element is looked at once, however many have the same key.
func match(s *shape, before, after []element) [][2]int {
	var pairs [][2]int
	equal, sameKey := map[string][]int{}, map[string][]int{}
	content := make([]string, len(after))
	for j, e := range after {
		content[j] = contentOf(s, e.object)
		equal[content[j]] = append(equal[content[j]], j)
	}
	taken, paired := make([]bool, len(after)), make([]bool, len(before))
	for i, e := range before {
		text := contentOf(s, e.object)
		if found := equal[text]; len(found) > 0 {
			pairs = append(pairs, [2]int{i, found[0]})
			taken[found[0]], paired[i], equal[text] = true, true, found[1:]
		}
	}
	if len(s.key) == 0 {
		return pairs // without a key there is nothing but the content to know a fact by
	}
	for j, e := range after {
		if !taken[j] {
			sameKey[e.key] = append(sameKey[e.key], j)
		}
	}
	for i, e := range before {
		if found := sameKey[e.key]; !paired[i] && len(found) > 0 {
			pairs = append(pairs, [2]int{i, found[0]})
			sameKey[e.key] = found[1:]
		}
	}
	return pairs
}

// contentOf is all of an object as one text, but for what is made of other fields and for the line that it stands on.
func contentOf(s *shape, object map[string]any) string {
	var b strings.Builder
	writeContent(&b, s, object)
	return b.String()
}

func writeContent(b *strings.Builder, s *shape, object map[string]any) {
	for i := range s.fields {
		f := &s.fields[i]
		value, has := object[f.name]
		if f.derived || !has {
			continue
		}
		b.WriteString(f.name)
		b.WriteByte(0)
		items, isList := value.([]any)
		if !isList {
			items = []any{value}
		}
		for _, item := range items {
			switch v := item.(type) {
			case map[string]any:
				writeContent(b, f.object, v)
			case string:
				if f.name == "source" && sourceLine.MatchString(v) {
					v = v[:strings.LastIndexByte(v, ':')]
				}
				b.WriteString(strconv.Quote(v))
			case json.Number:
				b.WriteString(v.String())
			case bool:
				b.WriteString(strconv.FormatBool(v))
			}
			b.WriteByte(1)
		}
		b.WriteByte(2)
	}
}

// sourceLine matches the place that a fact was read from.
var sourceLine = regexp.MustCompile(`^/.*:[0-9]+$`)

// sameValue compares two values of a field. A fact that is on another line of the same file is the same.
func sameValue(name string, before, after any) bool {
	b, isText := before.(string)
	a, areText := after.(string)
	if name == "source" && isText && areText && sourceLine.MatchString(b) && sourceLine.MatchString(a) {
		return b[:strings.LastIndexByte(b, ':')] == a[:strings.LastIndexByte(a, ':')]
	}
	return reflect.DeepEqual(before, after)
}
