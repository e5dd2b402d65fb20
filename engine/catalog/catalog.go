// Package catalog answers what a thing becomes on NixOS: it decodes the
// generated lock of the built-in catalog, layers a user's entries over it, and
// finds the entry of a key. It is the only importer of CUE, and it knows nothing
// of Proxmox or NixOS itself: all that is in catalog/*.cue.
package catalog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/pve2nix/pve2nix/engine/surface"
)

// Status is the verdict of an entry in one word.
type Status string

// The verdicts; catalog/schema.cue says what each means.
const (
	Package    Status = "package"
	Option     Status = "option"
	Translated Status = "translated"
	Implied    Status = "implied"
	Carried    Status = "carried"
	Bridged    Status = "bridged"
	Missing    Status = "missing"
	Review     Status = "review"
	Irrelevant Status = "irrelevant"
)

// Verdict is what a thing becomes on NixOS.
type Verdict struct {
	Status  Status         `json:"status"`
	Attr    string         `json:"attr,omitempty"`
	Options map[string]any `json:"options,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	// Becomes is the counterpart in the words of the target.
	Becomes string `json:"becomes,omitempty"`
	// Carry is the file that is copied, a key of Head.Carries; that of the subject where it is empty.
	Carry  string `json:"carry,omitempty"`
	Bridge string `json:"bridge,omitempty"`
	Gap    *Gap   `json:"gap,omitempty"`
}

// Gap is the text of the finding that an entry makes.
type Gap struct {
	Title       string `json:"title"`
	Category    string `json:"category"`
	Severity    string `json:"severity"`
	Description string `json:"description"`
	Workaround  string `json:"workaround"`
	Test        string `json:"test"`
	Kind        string `json:"kind"`
}

// NamesKey tells whether the text has a place for the key, so that it must be told once for each.
func (g Gap) NamesKey() bool {
	return strings.Contains(g.Title+g.Description+g.Workaround+g.Test, "{name}")
}

// Case is another verdict for some targets, releases or nodes.
type Case struct {
	Verdict
	Target  []string       `json:"target,omitempty"`
	Release []string       `json:"release,omitempty"`
	Where   map[string]any `json:"where,omitempty"`
}

// Entry is one line of the catalog.
type Entry struct {
	// Subject is the table, Key the name or pattern in it.
	Subject string `json:"subject"`
	Key     string `json:"key"`
	// Target is the one that the entry speaks of; empty for an entry of all.
	Target string `json:"target,omitempty"`
	// At is file:line of the entry.
	At string `json:"at"`
	Verdict
	Where   map[string]any `json:"where,omitempty"`
	When    []Case         `json:"when,omitempty"`
	Sources []string       `json:"sources"`
}

// Subject says which facts a table is about.
type Subject struct {
	Name      string         `json:"name"`
	Nodes     string         `json:"nodes"`
	Key       []string       `json:"key"`
	Where     map[string]any `json:"where,omitempty"`
	Component string         `json:"component"`
	// Pattern is a regular expression that every key fits as a whole; empty where any key may turn up.
	Pattern string `json:"pattern,omitempty"`
	// Carry is the file that holds the facts, for entries that are carried and name none.
	Carry string `json:"carry,omitempty"`
	// Told is false where the ledger does not ask the table.
	Told *bool `json:"told,omitempty"`
}

// InLedger tells whether the ledger asks the table about its facts.
func (s Subject) InLedger() bool { return s.Told == nil || *s.Told }

// Module is a collection of options from outside nixpkgs.
type Module struct {
	Input   string   `json:"input"`
	Attr    []string `json:"attr"`
	Overlay []string `json:"overlay,omitempty"`
	Targets []string `json:"targets"`
}

// Rename is the name of an option from a release on.
type Rename struct {
	Since string `json:"since"`
	To    string `json:"to"`
}

// Release is what a NixOS release needs in a flake.
type Release struct {
	// Nixpkgs is the flake reference with the revision, which was on the channel on that date.
	Nixpkgs      string            `json:"nixpkgs"`
	Channel      string            `json:"channel"`
	Date         string            `json:"date"`
	Inputs       map[string]string `json:"inputs,omitempty"`
	StateVersion string            `json:"stateVersion"`
}

// Target is a kind of host to convert to.
type Target struct {
	Title string `json:"title"`
}

// OwnPath stands, among carries, for the path that the key of an entry is.
const OwnPath = "{name}"

// Carry is a file that is copied to the new root.
type Carry struct {
	Mode   string `json:"mode"`
	Secret bool   `json:"secret"`
	To     string `json:"to,omitempty"`
	// Holds is the folder whose files are kept in this one.
	Holds string `json:"holds,omitempty"`
}

// Head is all of a catalog but its entries.
type Head struct {
	Schema string `json:"schema"`
	// Sources is the SHA-256 of the files that a lock was generated from.
	Sources  string                    `json:"sources"`
	Subjects map[string]Subject        `json:"subjects"`
	Layout   map[string]string         `json:"layout"`
	Renames  map[string]Rename         `json:"renames"`
	Modules  map[string]Module         `json:"modules"`
	Releases map[string]Release        `json:"releases"`
	Targets  map[string]Target         `json:"targets"`
	Carries  map[string]Carry          `json:"carries"`
	Tables   map[string]map[string]any `json:"tables"`
	// Surface is the options that may be set, with the types of the oldest release; SurfaceSince what is typed otherwise, or
	// is not there, from a release on.
	Surface      map[string]string            `json:"surface"`
	SurfaceSince map[string]map[string]string `json:"surface_since"`
	// Components are the parts of what is converted as people name them.
	Components map[string]Component `json:"components"`
	// Bridges are the kinds of bridges; Keeps says by id of a finding, or TABLE/KEY with patterns, what keeps a gap.
	Bridges map[string]BridgeKind `json:"bridges"`
	Keeps   map[string]Keeps      `json:"keeps"`
}

// Lock is the catalog as it is generated into catalog/catalog.lock.json.
type Lock struct {
	Head
	Advice  map[string]Advice `json:"advice"`
	Entries []Entry           `json:"entries"`
}

// LockVersion is the value of the field "schema" of the lock.
const LockVersion = "pve2nix.catalog/v1"

// Catalog finds entries by key. It may be used by several goroutines at once.
type Catalog struct {
	Head
	slots  []*slot
	tables map[tableID]*table
	digest string
	// surfaces are by release.
	surfaces map[string]func() (*surface.Surface, error)
	advice   func() (map[string]Advice, error)
	// keepPatterns are those of Keeps by table, the narrowest first.
	keepPatterns func() map[string][]string
}

// tableID names the entries of a subject: those of all targets, or of one.
type tableID struct{ target, subject string }

type table struct {
	exact map[string][]*slot
	// patterns are by their first byte, those with most literal characters first.
	patterns map[byte][]*slot
}

// slot is an entry that is decoded when it is first asked for.
type slot struct {
	subject, key, target string
	// rank is the place of a pattern among those of its table.
	rank    int
	where   map[string]any
	raw     []byte
	once    sync.Once
	decoded *Entry
}

// entry panics where the text of the lock is no entry: the lock is generated and
// tested with the program that embeds it, so no input can lead there.
func (s *slot) entry() *Entry {
	s.once.Do(func() {
		if s.decoded != nil {
			return
		}
		e := &Entry{}
		if err := json.Unmarshal(s.raw, e); err != nil {
			panic(fmt.Sprintf("catalog.lock.json: %s %q: %v", s.subject, s.key, err))
		}
		s.decoded = e
	})
	return s.decoded
}

// Decode reads the generated lock.
func Decode(lock []byte) (*Catalog, error) {
	var head bytes.Buffer
	var slots []*slot
	var advice []byte
	head.WriteByte('{')
	err := members(lock, func(name, value []byte) error {
		if string(name) == "entries" {
			return elements(value, func(entry []byte) error {
				s, err := slotOf(entry)
				slots = append(slots, s)
				return err
			})
		}
		if string(name) == "advice" { // for the reference alone
			advice = value
			return nil
		}
		if head.Len() > 1 {
			head.WriteByte(',')
		}
		fmt.Fprintf(&head, "\"%s\":", name)
		head.Write(value)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("catalog.lock.json: %w", err)
	}
	head.WriteByte('}')
	var h Head
	if err := json.Unmarshal(head.Bytes(), &h); err != nil {
		return nil, fmt.Errorf("catalog.lock.json: %w", err)
	}
	if h.Schema != LockVersion {
		return nil, fmt.Errorf("catalog.lock.json: schema is %q, want %q", h.Schema, LockVersion)
	}
	c := index(h, slots, lock)
	c.advice = func() (map[string]Advice, error) {
		var list map[string]Advice
		if len(advice) == 0 {
			return nil, nil
		}
		if err := json.Unmarshal(advice, &list); err != nil {
			return nil, fmt.Errorf("catalog.lock.json: advice: %w", err)
		}
		return list, nil
	}
	return c, nil
}

// slotOf reads of an entry what its place in the index depends on.
func slotOf(entry []byte) (*slot, error) {
	s := &slot{raw: entry}
	err := members(entry, func(name, value []byte) (err error) {
		switch string(name) {
		case "subject":
			s.subject, err = text(value)
		case "key":
			s.key, err = text(value)
		case "target":
			s.target, err = text(value)
		case "where":
			err = json.Unmarshal(value, &s.where)
		}
		return err
	})
	return s, err
}

func slotsOf(entries []Entry) []*slot {
	slots := make([]*slot, len(entries))
	for i := range entries {
		e := &entries[i]
		slots[i] = &slot{subject: e.Subject, key: e.Key, target: e.Target, where: e.Where, decoded: e}
	}
	return slots
}

func index(h Head, slots []*slot, content ...[]byte) *Catalog {
	sum := sha256.New()
	for _, c := range content {
		sum.Write(c)
	}
	c := &Catalog{Head: h, slots: slots, tables: map[tableID]*table{}, digest: hex.EncodeToString(sum.Sum(nil)), surfaces: h.surfaces(), keepPatterns: sync.OnceValue(h.patternsOfKeeps)}
	patterns := map[*table][]*slot{}
	for _, s := range slots {
		if _, ok := h.Subjects[s.subject]; !ok {
			continue
		}
		id := tableID{s.target, s.subject}
		t := c.tables[id]
		if t == nil {
			t = &table{exact: map[string][]*slot{}}
			c.tables[id] = t
		}
		if strings.Contains(s.key, "*") {
			patterns[t] = append(patterns[t], s)
		} else {
			t.exact[s.key] = append(t.exact[s.key], s)
		}
	}
	for t, list := range patterns {
		sort.SliceStable(list, func(i, j int) bool {
			a, b := list[i], list[j]
			if la, lb := literals(a.key), literals(b.key); la != lb {
				return la > lb
			}
			if len(a.where) != len(b.where) {
				return len(a.where) > len(b.where) // the narrower one first
			}
			return a.key < b.key
		})
		t.patterns = map[byte][]*slot{}
		for rank, s := range list {
			s.rank = rank
			t.patterns[s.key[0]] = append(t.patterns[s.key[0]], s)
		}
	}
	return c
}

// All decodes and returns all entries, sorted by subject and key.
func (c *Catalog) All() []*Entry {
	entries := make([]*Entry, len(c.slots))
	for i, s := range c.slots {
		entries[i] = s.entry()
	}
	return entries
}

func literals(pattern string) int { return len(pattern) - strings.Count(pattern, "*") }

// Digest is the SHA-256 of the lock and of all overlays, in hexadecimal.
func (c *Catalog) Digest() string { return c.digest }

// Field reads a field of the node that is looked up; climbing paths are the caller's matter.
type Field func(path string) (any, bool)

// Find returns the entry for a key of a subject: the exact one first, then the
// pattern with the most literal characters, each only where its conditions hold.
func (c *Catalog) Find(subject, key string, field Field) (*Entry, bool) {
	return c.find(tableID{"", subject}, key, field)
}

// Consult returns what a thing becomes on a target and release, and the entry
// that says so: by the case that names the target, by the table of the target,
// by the entry that holds for all.
func (c *Catalog) Consult(target, release, subject, key string, field Field) (*Entry, Verdict, bool) {
	general, ok := c.Find(subject, key, field)
	if c.tables[tableID{target, subject}] == nil {
		if !ok {
			return nil, Verdict{}, false
		}
		return general, general.For(target, release, field), true
	}
	if ok {
		for i := range general.When {
			if w := &general.When[i]; len(w.Target) > 0 && w.fits(target, release, field) {
				return general, w.Verdict, true
			}
		}
	}
	if own, found := c.find(tableID{target, subject}, key, field); found {
		return own, own.For(target, release, field), true
	}
	if !ok {
		return nil, Verdict{}, false
	}
	return general, general.For(target, release, field), true
}

func (c *Catalog) find(id tableID, key string, field Field) (*Entry, bool) {
	t := c.tables[id]
	if t == nil {
		return nil, false
	}
	for _, s := range t.exact[key] {
		if Holds(s.where, field) {
			return s.entry(), true
		}
	}
	var own []*slot
	if key != "" {
		own = t.patterns[key[0]]
	}
	for star := t.patterns['*']; len(own) > 0 || len(star) > 0; {
		from := &own
		if len(own) == 0 || len(star) > 0 && star[0].rank < own[0].rank {
			from = &star
		}
		s := (*from)[0]
		*from = (*from)[1:]
		if Match(s.key, key) && Holds(s.where, field) {
			return s.entry(), true
		}
	}
	return nil, false
}

// Holds tells whether all fields have the wanted values; nil wants a field to be absent.
func Holds(where map[string]any, field Field) bool {
	for path, want := range where {
		got, ok := field(path)
		if want == nil {
			if ok {
				return false
			}
			continue
		}
		if !ok || !sameScalar(got, want) {
			return false
		}
	}
	return true
}

func sameScalar(a, b any) bool {
	if a == b {
		return true
	}
	switch a.(type) {
	case json.Number, float64, int:
		return fmt.Sprint(a) == fmt.Sprint(b)
	}
	return false
}

// Match tells whether text fits a pattern in which * stands for any text.
func Match(pattern, text string) bool {
	first, rest, some := strings.Cut(pattern, "*")
	if !some {
		return pattern == text
	}
	last := rest[strings.LastIndexByte(rest, '*')+1:]
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for {
		part, more, inner := strings.Cut(rest, "*")
		if !inner {
			return true
		}
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text, rest = text[i+len(part):], more
	}
}

// For returns the verdict of the entry for one node on one target and release.
func (e *Entry) For(target, release string, field Field) Verdict {
	for i := range e.When {
		if w := &e.When[i]; w.fits(target, release, field) {
			return w.Verdict
		}
	}
	return e.Verdict
}

func (w *Case) fits(target, release string, field Field) bool {
	return (len(w.Target) == 0 || slices.Contains(w.Target, target)) &&
		(len(w.Release) == 0 || slices.Contains(w.Release, release)) && Holds(w.Where, field)
}
