package formats

import (
	_ "embed"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

//go:embed keys.json
var keysJSON []byte

// keyTable maps the keys of one file to their types: boolean, integer, number, string,
// array (may repeat), format:NAME (property string), list:NAME (property string that may
// repeat). A key that ends in # carries an index.
type keyTable map[string]string

// format describes a property string.
type format struct {
	// Default is the field that may stand without its name.
	Default string `json:"default"`
	// Fields are the names that PVE knows.
	Fields []string `json:"fields"`
	// Boolean are the fields that PVE reads as 0 and 1.
	Boolean []string `json:"boolean"`
	// Alias maps other names of a field to it.
	Alias map[string]string `json:"alias"`
	// AliasKey is the field that takes the alias itself as its value: in virtio=MAC
	// the name virtio is the model.
	AliasKey string `json:"alias_key"`
}

// knowledge is keys.json.
type knowledge struct {
	Source   string                              `json:"source"`
	Formats  map[string]format                   `json:"formats"`
	Guests   map[string]keyTable                 `json:"guests"`
	Indexes  map[string]map[string][2]int        `json:"indexes"`
	RawLXC   []string                            `json:"raw_lxc"`
	Sections map[SectionKind]map[string]keyTable `json:"sections"`
	Files    map[string]keyTable                 `json:"files"`
	Firewall map[string]keyTable                 `json:"firewall"`
}

// keys decodes keys.json once. The file is part of the program, and a test decodes it
// strictly, so a damaged one is a bug and not an input.
var keys = sync.OnceValue(func() *knowledge {
	var k knowledge
	if err := json.Unmarshal(keysJSON, &k); err != nil {
		panic("formats: keys.json: " + err.Error())
	}
	return &k
})

// typeOf finds the type of a key. indexes are the ranges of keys that carry an index.
func typeOf(table keyTable, indexes map[string][2]int, key string) (string, bool) {
	if t, ok := table[key]; ok && !strings.HasSuffix(key, "#") {
		return t, true
	}
	stem := strings.TrimRight(key, "0123456789")
	digits := key[len(stem):]
	t, ok := table[stem+"#"]
	index, err := strconv.Atoi(digits)
	if !ok || err != nil || (len(digits) > 1 && digits[0] == '0') {
		return "", false
	}
	limits, bounded := indexes[stem]
	return t, !bounded || (index >= limits[0] && index <= limits[1])
}

// repeats is true for types whose key may stand several times.
func repeats(t string) bool {
	return t == "array" || strings.HasPrefix(t, "list:")
}

// formatOf returns the format of a property string, nil for other types.
func formatOf(t string) *format {
	_, name, ok := strings.Cut(t, ":")
	if !ok {
		return nil
	}
	f, ok := keys().Formats[name]
	if !ok {
		return nil
	}
	return &f
}

var (
	integerText = regexp.MustCompile(`^-?[0-9]+$`)
	numberText  = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)
)

// boolean reads PVE's words for yes and no as 1 and 0.
func boolean(value string) (string, bool) {
	switch strings.ToLower(value) {
	case "1", "on", "yes", "true":
		return "1", true
	case "0", "off", "no", "false":
		return "0", true
	}
	return value, false
}

// normal is the value as PVE keeps it: booleans as 0 or 1, integers without leading
// zeros. ok is false for a value that PVE rejects. Only types that have been the same in every
// version are judged; enumerations grow and are not.
func normal(t, value string) (text string, ok bool) {
	switch t {
	case "boolean":
		return boolean(value)
	case "integer":
		if !integerText.MatchString(value) {
			return value, false
		}
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return strconv.FormatInt(n, 10), true
		}
	case "number":
		return value, numberText.MatchString(value)
	}
	return value, true
}

// expand cuts a property string into its fields as PVE does: the default field gets its
// name, aliases become the field that they stand for, booleans 0 or 1. Parts that PVE would reject
// are kept under the name that they have.
func expand(f *format, value string) []snapshot.Field {
	out := []snapshot.Field{}
	if f == nil {
		return out
	}
	add := func(name, text string) {
		for _, b := range f.Boolean {
			if b == name {
				text, _ = boolean(text)
			}
		}
		out = append(out, snapshot.Field{Name: name, Value: &text})
	}
	for part := range strings.SplitSeq(value, ",") {
		if blank(part) {
			continue
		}
		name, text, named := strings.Cut(part, "=")
		switch target, alias := f.Alias[name]; {
		case !named && f.Default != "":
			add(f.Default, part)
		case !named:
			add(part, "")
		case alias:
			if f.AliasKey != "" {
				add(f.AliasKey, name)
			}
			add(target, text)
		default:
			add(name, text)
		}
	}
	return out
}
