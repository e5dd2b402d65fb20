package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/parser"
)

// Insert puts an entry into the text of a .cue file, in the order of the keys of its table, and leaves everything else as
// it is. An empty text becomes a file. It returns the new text and the line of the entry.
func Insert(file string, text []byte, e Entry) ([]byte, int, error) {
	entry, err := sourceOf(e)
	if err != nil {
		return nil, 0, err
	}
	text, there, err := insert(file, text, e.Subject, e.Key, entry)
	if there != nil {
		return nil, 0, &Error{List: []Problem{*there}}
	}
	if err != nil {
		return nil, 0, err
	}
	return text, lineOf(file, text, e), nil
}

// Declare puts an option and its type into the surface of a .cue file, as Insert does an entry. One that is there stays.
func Declare(file string, text []byte, option, kind string) ([]byte, error) {
	quoted := literal.String.Quote
	out, there, err := insert(file, text, surfaceField, option, quoted(option)+": "+quoted(kind)+"\n")
	if there != nil {
		return text, nil
	}
	return out, err
}

// insert puts the text of a field into a table; where the table has the key already, that is returned as there.
func insert(file string, text []byte, name, key, field string) (out []byte, there *Problem, err error) {
	if len(text) == 0 {
		text = []byte("package " + packageName + "\n\n" + name + ": {\n}\n")
	}
	f, err := parser.ParseFile(file, text, parser.ParseComments)
	if err != nil {
		return nil, nil, &Error{List: problemsOf(err, nil)}
	}
	at := -1
	for _, d := range f.Decls {
		top, ok := d.(*ast.Field)
		if !ok || labelOf(top) != name {
			continue
		}
		table, ok := top.Value.(*ast.StructLit)
		if !ok {
			continue
		}
		if table.Rbrace.IsValid() { // packages: name: {…} has none; another table of the same name is added to it
			at = table.Rbrace.Offset()
		}
		for _, d := range table.Elts {
			other, ok := d.(*ast.Field)
			if !ok {
				continue
			}
			if labelOf(other) == key {
				return nil, &Problem{File: file, Line: other.Pos().Line(), Column: other.Pos().Column(), Message: fmt.Sprintf("%s %s is here already", name, key)}, nil
			}
			if at >= 0 && labelOf(other) > key {
				at = startOf(other)
				break
			}
		}
		break
	}
	if at < 0 {
		text = append(bytes.TrimRight(text, "\n"), "\n\n"+name+": {\n"+field+"}\n"...)
	} else {
		if line := bytes.TrimRight(text[:at], " \t"); !bytes.HasSuffix(line, []byte("\n")) {
			field = "\n" + field // a table on one line
		}
		text = slices.Concat(text[:at:at], []byte(field), text[at:])
	}
	if text, err = format.Source(text); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	return text, nil, nil
}

// startOf is where a field begins, its comments included.
func startOf(field *ast.Field) int {
	at := field.Pos().Offset()
	for _, group := range ast.Comments(field) {
		if group.Doc && len(group.List) > 0 {
			at = min(at, group.List[0].Pos().Offset())
		}
	}
	return at
}

func labelOf(field *ast.Field) string {
	name, _, err := ast.LabelName(field.Label)
	if err != nil {
		return ""
	}
	return name
}

func lineOf(file string, text []byte, e Entry) int {
	f, err := parser.ParseFile(file, text)
	if err != nil {
		return 0
	}
	for _, d := range f.Decls {
		if field, ok := d.(*ast.Field); ok && labelOf(field) == e.Subject {
			if table, ok := field.Value.(*ast.StructLit); ok {
				for _, d := range table.Elts {
					if one, ok := d.(*ast.Field); ok && labelOf(one) == e.Key {
						return one.Pos().Line()
					}
				}
			}
		}
	}
	return 0
}

// sourceOf writes an entry as the files have it: on one line where nothing but a status, a package and sources are said.
func sourceOf(e Entry) (string, error) {
	var b strings.Builder
	quoted := literal.String.Quote
	key := e.Key
	if ast.StringLabelNeedsQuoting(key) {
		key = quoted(key)
	}
	fmt.Fprintf(&b, "%s: {status: %s", key, quoted(string(e.Status)))
	if e.Attr != "" {
		fmt.Fprintf(&b, ", attr: %s", quoted(e.Attr))
	}
	if len(e.Options) > 0 {
		b.WriteString(", options: {")
		for i, option := range slices.Sorted(maps.Keys(e.Options)) {
			value, err := json.Marshal(e.Options[option])
			if err != nil {
				return "", fmt.Errorf("option %s: %w", option, err)
			}
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s: %s", quoted(option), value)
		}
		b.WriteString("}")
	}
	if e.Reason != "" {
		fmt.Fprintf(&b, ", reason: %s", quoted(e.Reason))
	}
	b.WriteString(", sources: [")
	for i, source := range e.Sources {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quoted(source))
	}
	b.WriteString("]}\n")
	return b.String(), nil
}
