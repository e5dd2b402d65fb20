package catalog

import (
	"slices"
	"strings"
)

// HasEntry tells whether a table has an entry, for all targets or for one.
func (c *Catalog) HasEntry(subject, key string) bool {
	return slices.ContainsFunc(c.slots, func(s *slot) bool { return s.subject == subject && s.key == key })
}

// Named are the entries that speak of a name: those of exactly this key, or with it behind the last slash, in whatever table; where there is none, of
// each table the pattern that would be found for it, last resorts left out. subject, where given, is the only table that is
// looked at.
func (c *Catalog) Named(name, subject string) []*Entry {
	var exact, patterns []*Entry
	best := map[string]*slot{}
	for _, s := range c.slots {
		switch {
		case subject != "" && s.subject != subject:
		case s.key == name, name != "" && !strings.Contains(name, "/") && strings.HasSuffix(s.key, "/"+name):
			exact = append(exact, s.entry())
		case s.key != LastResort && len(s.where) == 0 && literals(s.key) < len(s.key) && Match(s.key, name):
			if old := best[s.subject]; old == nil || literals(s.key) > literals(old.key) {
				best[s.subject] = s
			}
		}
	}
	if exact != nil {
		return exact
	}
	for _, s := range best {
		patterns = append(patterns, s.entry())
	}
	slices.SortFunc(patterns, func(a, b *Entry) int {
		if a.Subject < b.Subject {
			return -1
		}
		return 1
	})
	return patterns
}
