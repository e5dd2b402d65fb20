package api

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// pathsText is the description of the paths.
//
//go:embed paths.txt
var pathsText string

// Field is a field of an object of an answer, or a parameter of a request.
type Field struct {
	// Name is its name.
	Name string
	// Optional is true where it may be missing.
	Optional bool
	// Type is string, integer, number, boolean, list or object.
	Type string
	// Text is true where the value is text on the wire, whatever its type.
	Text bool
	// WholeBefore is the major version of PVE until which the value was a whole number; 0 where it never was.
	WholeBefore int
	// Show is how pvesh shows it: bytes, duration, percent, timestamp, timestamp_gmt, or as it is.
	Show string
	// Hidden is true where PVE's own description does not name the field: pvesh prints no column for it.
	Hidden bool
	// Live is true where only a running host knows it.
	Live bool
	// Values are the words that it may be, where they are a closed set.
	Values []string
}

// Path is what a path answers.
type Path struct {
	// Path is the pattern, /nodes/{node}/status.
	Path string
	// List is true for a list of objects, false for one object.
	List bool
	// Child is the field of the elements that names the paths below.
	Child string
	// Privileges are what the caller needs, any of them, on Object; empty where everybody may ask.
	Privileges []string
	Object     string
	// Parameters are those of the query.
	Parameters []Field
	// Fields are those of the object or of the elements.
	Fields []Field
	// Open is true where there are fields that are not named.
	Open bool
}

// Field is the field of a name.
func (p *Path) Field(name string) (Field, bool) {
	i := slices.IndexFunc(p.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return p.Fields[i], true
}

// described are the paths and the inner objects; the text is part of the program, and a test reads it.
var described = sync.OnceValue(func() map[string]*Path {
	paths, err := readPaths(pathsText)
	if err != nil {
		panic(err)
	}
	return paths
})

// Paths are the patterns of all paths that are served, sorted.
func Paths() []string {
	var out []string
	for name := range described() {
		if strings.HasPrefix(name, "/") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Describe says what a pattern answers; with a dot before it, an object inside of others. It is nil where there is none.
func Describe(pattern string) *Path { return described()[pattern] }

func readPaths(text string) (map[string]*Path, error) {
	paths := map[string]*Path{}
	var at *Path
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0] == "#":
		case strings.HasPrefix(line, "/") || strings.HasPrefix(line, "."):
			p, err := readPath(words)
			if err != nil {
				return nil, fmt.Errorf("paths.txt:%d: %w", i+1, err)
			}
			if paths[p.Path] != nil {
				return nil, fmt.Errorf("paths.txt:%d: %s is there twice", i+1, p.Path)
			}
			paths[p.Path], at = p, p
		case at == nil || !strings.HasPrefix(line, "  "):
			return nil, fmt.Errorf("paths.txt:%d: want a path or a field below one", i+1)
		case len(words) == 1 && words[0] == "open":
			at.Open = true
		case words[0] == "same" && (len(words) == 3 || len(words) == 4 && words[3] == "hidden"):
			from := paths[words[2]]
			if from == nil {
				return nil, fmt.Errorf("paths.txt:%d: no %s above", i+1, words[2])
			}
			for _, f := range from.Fields {
				if _, own := at.Field(f.Name); !own {
					f.Hidden = f.Hidden || len(words) == 4
					at.Fields = append(at.Fields, f)
				}
			}
			at.Open = from.Open
		case words[0] == "?":
			f, err := readField(words[1:])
			if err != nil {
				return nil, fmt.Errorf("paths.txt:%d: %w", i+1, err)
			}
			at.Parameters = append(at.Parameters, f)
		default:
			f, err := readField(words)
			if err != nil {
				return nil, fmt.Errorf("paths.txt:%d: %w", i+1, err)
			}
			if _, twice := at.Field(f.Name); twice {
				return nil, fmt.Errorf("paths.txt:%d: %s is there twice", i+1, f.Name)
			}
			at.Fields = append(at.Fields, f)
		}
	}
	return paths, nil
}

func readPath(words []string) (*Path, error) {
	if len(words) < 2 || words[1] != "list" && words[1] != "object" {
		return nil, fmt.Errorf("%s: want list or object", words[0])
	}
	p := &Path{Path: words[0], List: words[1] == "list"}
	rest := words[2:]
	if len(rest) >= 2 && rest[0] == "of" {
		p.Child, rest = rest[1], rest[2:]
	}
	if len(rest) == 4 && rest[0] == "needs" && rest[2] == "on" {
		p.Privileges, p.Object, rest = strings.Split(rest[1], "|"), rest[3], nil
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%s: what is %q", p.Path, strings.Join(rest, " "))
	}
	return p, nil
}

func readField(words []string) (Field, error) {
	if len(words) < 2 {
		return Field{}, fmt.Errorf("%s: want a type", strings.Join(words, " "))
	}
	f := Field{}
	f.Name, f.Optional = strings.CutSuffix(words[0], "?")
	f.Type, f.Text = strings.CutSuffix(words[1], "/text")
	if !slices.Contains([]string{"string", "integer", "number", "boolean", "list", "object"}, f.Type) {
		return f, fmt.Errorf("%s: no type %s", f.Name, f.Type)
	}
	for _, word := range words[2:] {
		switch {
		case word == "live":
			f.Live = true
		case word == "hidden":
			f.Hidden = true
		case slices.Contains([]string{"bytes", "duration", "percent", "timestamp", "timestamp_gmt"}, word):
			f.Show = word
		case strings.HasPrefix(word, "integer-before-"):
			major, err := strconv.Atoi(strings.TrimPrefix(word, "integer-before-"))
			if err != nil {
				return f, fmt.Errorf("%s: %w", f.Name, err)
			}
			f.WholeBefore = major
		case strings.Contains(word, "|"):
			f.Values = strings.Split(word, "|")
		default:
			return f, fmt.Errorf("%s: what is %q", f.Name, word)
		}
	}
	return f, nil
}
