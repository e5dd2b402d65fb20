package catalog

import (
	"maps"
	"slices"
	"strings"
)

// Component is a part of what is converted as people name it.
type Component struct {
	Title string `json:"title"`
	// Members are TABLE/KEY of the entries that speak of it, * for any text.
	Members []string `json:"members"`
	// Areas are the areas of rules whose findings are about it.
	Areas []string `json:"areas,omitempty"`
	// On is what each target has of it.
	On map[string]struct {
		Is  string `json:"is"`
		How string `json:"how"`
	} `json:"on"`
}

// Advice is a pitfall that no fact of a host can reveal.
type Advice struct {
	Area        string `json:"area"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Workaround  string `json:"workaround"`
	Test        *struct {
		Before string `json:"before"`
		After  string `json:"after"`
	} `json:"test,omitempty"`
	Sources []string `json:"sources"`
}

// Advice is all advice by its name.
func (c *Catalog) Advice() (map[string]Advice, error) {
	if c.advice == nil {
		return nil, nil
	}
	return c.advice()
}

// Grouping finds the component of a key. It may be used by several goroutines at once.
type Grouping struct {
	// tables are the members of each table, the narrowest first.
	tables map[string][]member
	areas  map[string]string
}

type member struct{ pattern, component string }

// Grouping prepares the members of all components.
func (c *Catalog) Grouping() Grouping {
	g := Grouping{tables: map[string][]member{}, areas: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(c.Components)) {
		for _, m := range c.Components[name].Members {
			table, pattern, _ := strings.Cut(m, "/")
			g.tables[table] = append(g.tables[table], member{pattern, name})
		}
		for _, area := range c.Components[name].Areas {
			g.areas[area] = name
		}
	}
	for _, list := range g.tables {
		slices.SortStableFunc(list, func(a, b member) int { return literals(b.pattern) - literals(a.pattern) })
	}
	return g
}

// Of is the name of the component that a key of a table belongs to; empty where none has it.
func (g Grouping) Of(table, key string) string {
	for _, m := range g.tables[table] {
		if Match(m.pattern, key) {
			return m.component
		}
	}
	return ""
}

// OfArea is the name of the component that the findings of an area are about; empty where none is.
func (g Grouping) OfArea(area string) string { return g.areas[area] }
