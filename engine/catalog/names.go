package catalog

import "strings"

// The tables of what the program itself has to call by a name of NixOS, by its own word for it.
const (
	optionsTable = "program_options"
	namesTable   = "program_names"
)

// Option is the option that the program speaks of by a word: packages, kernel. It is empty where the catalog names none.
func (c *Catalog) Option(word string) []string {
	name, _ := c.Tables[optionsTable][word].(string)
	if name == "" {
		return nil
	}
	return strings.Split(name, ".")
}

// Name is what NixOS calls a thing that the program speaks of by a word: platform, kernel_series.
func (c *Catalog) Name(word string) string {
	name, _ := c.Tables[namesTable][word].(string)
	return name
}
