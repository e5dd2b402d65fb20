package catalog

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	"cuelang.org/go/cue/format"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	builtin "github.com/pve2nix/pve2nix/catalog"
)

// The files that say what a catalog looks like; an overlay is checked against
// both, and against nothing else, so that it can replace any entry.
const (
	schemaFile   = "schema.cue"
	subjectsFile = "subjects.cue"
)

// packageName is the CUE package of all files of a catalog.
const packageName = "catalog"

// builtinDir is how positions name the folder of the built-in catalog.
const builtinDir = "catalog"

// Generate compiles and checks all .cue files at the root of fsys and returns
// the lock. Errors of the files are an *Error that names each position as
// catalog/FILE.cue:LINE:COLUMN. Files that are not formatted are refused, so that
// a lock with the digest of some files says that nothing is wrong with them.
func Generate(fsys fs.FS) ([]byte, error) {
	all, lock, err := compileAll(fsys)
	if err != nil {
		return nil, err
	}
	c := index(lock.Head, slotsOf(lock.Entries))
	errs := Check(c)
	if len(errs) == 0 {
		errs = c.CheckOptions()
	}
	if len(errs) > 0 {
		return nil, newError(errs)
	}
	if problems := unformatted(all); problems != nil {
		return nil, &Error{List: problems}
	}
	lock.Sources = digestOf(all)
	return lock.encode()
}

// Compile returns the catalog of all .cue files at the root of fsys, whether or not
// its entries keep to the options that may be set: who makes the list of these asks.
func Compile(fsys fs.FS) (*Catalog, error) {
	_, lock, err := compileAll(fsys)
	if err != nil {
		return nil, err
	}
	return index(lock.Head, slotsOf(lock.Entries)), nil
}

func compileAll(fsys fs.FS) ([]source, *Lock, error) {
	all, err := readSources(builtinDir, fsys)
	if err != nil {
		return nil, nil, err
	}
	var shape, content []source
	for _, s := range all {
		if base := path.Base(s.name); base == schemaFile || base == subjectsFile {
			shape = append(shape, s)
		} else {
			content = append(content, s)
		}
	}
	lock, err := compile(shape, content)
	return all, lock, err
}

// Fresh tells whether the lock was generated from the .cue files at the root of fsys.
func (c *Catalog) Fresh(fsys fs.FS) (bool, error) {
	sources, err := readTexts(builtinDir, fsys)
	return err == nil && c.Sources == digestOf(sources), err
}

// digestOf names the files and their contents.
func digestOf(sources []source) string {
	sum := sha256.New()
	for _, s := range sources {
		fmt.Fprintf(sum, "%s %d\n", path.Base(s.name), len(s.text))
		sum.Write(s.text)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Unformatted says which of the .cue files at the root of fsys are not written as
// cue fmt would; dir is the name of the folder in positions.
func Unformatted(dir string, fsys fs.FS) ([]Problem, error) {
	sources, err := readTexts(dir, fsys)
	return unformatted(sources), err
}

func unformatted(sources []source) (problems []Problem) {
	for _, s := range sources {
		want, err := format.Source(s.text)
		if err == nil && !bytes.Equal(want, s.text) { // what cannot be read is an error of reading it
			problems = append(problems, Problem{File: s.name, Line: firstDifference(want, s.text), Column: 1, Message: "not formatted as cue fmt would"})
		}
	}
	return problems
}

// firstDifference is the number of the first line in which two texts differ.
func firstDifference(a, b []byte) int {
	first, second := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(first), len(second)) {
		if !bytes.Equal(first[i], second[i]) {
			return i + 1
		}
	}
	return min(len(first), len(second))
}

// WithOverlay returns the catalog with a user's entries over it. fsys is the
// folder of .cue files (package catalog), dir its name in positions. An entry
// replaces the one of the same subject and key as a whole, and so do the keys of
// layout, renames, modules, releases, targets and of each of the tables. The
// receiver stays as it is. Errors of the files are an *Error.
func (c *Catalog) WithOverlay(dir string, fsys fs.FS) (*Catalog, error) {
	shape, err := readSources(builtinDir, builtin.Sources)
	if err != nil {
		return nil, err
	}
	shape = slices.DeleteFunc(shape, func(s source) bool {
		base := path.Base(s.name)
		return base != schemaFile && base != subjectsFile
	})
	content, err := readSources(dir, fsys)
	if err != nil {
		return nil, err
	}
	over, err := compile(shape, content)
	if err != nil {
		return nil, err
	}
	merged := index(mergeHead(c.Head, over.Head), mergeSlots(c.slots, slotsOf(over.Entries)), []byte(c.digest), []byte(digestOf(content)))
	merged.advice = func() (map[string]Advice, error) {
		below, err := c.Advice()
		return mergeMap(below, over.Advice), err
	}
	if errs := Check(merged); len(errs) > 0 {
		return nil, newError(errs)
	}
	return merged, nil
}

// mergeHead lays over on base without changing either.
func mergeHead(base, over Head) Head {
	out := Head{
		Schema:   base.Schema,
		Subjects: mergeMap(base.Subjects, over.Subjects),
		Layout:   mergeMap(base.Layout, over.Layout),
		Renames:  mergeMap(base.Renames, over.Renames),
		Modules:  mergeMap(base.Modules, over.Modules),
		Releases: mergeMap(base.Releases, over.Releases),
		Targets:  mergeMap(base.Targets, over.Targets),
		Carries:  mergeMap(base.Carries, over.Carries),
		Tables:   mergeMap(base.Tables, nil),
		Surface:  mergeMap(base.Surface, over.Surface),

		SurfaceSince: mergeMap(base.SurfaceSince, nil),

		Components: mergeMap(base.Components, over.Components),
		Bridges:    mergeMap(base.Bridges, over.Bridges),
		Keeps:      mergeMap(base.Keeps, over.Keeps),
	}
	for name, table := range over.Tables {
		out.Tables[name] = mergeMap(out.Tables[name], table)
	}
	for release, options := range over.SurfaceSince {
		out.SurfaceSince[release] = mergeMap(out.SurfaceSince[release], options)
	}
	return out
}

// mergeSlots puts entries in the place of those of the same subject and key.
func mergeSlots(base, over []*slot) []*slot {
	type id struct{ subject, key, target string }
	replaced := map[id]bool{}
	for _, s := range over {
		replaced[id{s.subject, s.key, s.target}] = true
	}
	out := slices.Clone(over)
	for _, s := range base {
		if !replaced[id{s.subject, s.key, s.target}] {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b *slot) int {
		return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.target, b.target), cmp.Compare(a.key, b.key))
	})
	return out
}

func mergeMap[V any](base, over map[string]V) map[string]V {
	out := make(map[string]V, len(base)+len(over))
	maps.Copy(out, base)
	maps.Copy(out, over)
	return out
}

// source is one .cue file: the name that positions use, its text and its tree.
type source struct {
	name string
	text []byte
	file *ast.File
}

// readSources reads and parses the .cue files at the root of fsys, in the order
// of their names.
func readSources(dir string, fsys fs.FS) ([]source, error) {
	sources, err := readTexts(dir, fsys)
	if err != nil {
		return nil, err
	}
	var problems []Problem
	for i := range sources {
		s := &sources[i]
		s.file, err = parser.ParseFile(s.name, s.text)
		if err != nil {
			problems = append(problems, problemsOf(err, nil)...)
			continue
		}
		if got := s.file.PackageName(); got != packageName {
			p := Problem{File: s.name, Line: 1, Column: 1, Message: fmt.Sprintf("package is %q, want %q", got, packageName)}
			if got == "" {
				p.Message = fmt.Sprintf("no package clause, want package %s", packageName)
			}
			problems = append(problems, p)
		}
		for spec := range s.file.ImportSpecs() {
			p := Problem{Message: fmt.Sprintf("import %s: a catalog is plain data and imports nothing", spec.Path.Value)}
			p.place(spec.Pos())
			problems = append(problems, p)
		}
	}
	if problems != nil {
		return nil, &Error{List: problems}
	}
	return sources, nil
}

// readTexts reads all .cue files at the root of fsys, sorted by name, and parses none.
func readTexts(dir string, fsys fs.FS) ([]source, error) {
	names, err := fs.Glob(fsys, "*.cue")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	if len(names) == 0 {
		if _, err := fs.Stat(fsys, "."); err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		return nil, fmt.Errorf("%s: no .cue file", dir)
	}
	slices.Sort(names)
	var sources []source
	for _, name := range names {
		s := source{name: path.Join(dir, name)}
		if s.text, err = fs.ReadFile(fsys, name); err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		sources = append(sources, s)
	}
	return sources, nil
}

// compile checks content against shape and returns what content says, together
// with the subjects and targets of shape.
func compile(shape, content []source) (*Lock, error) {
	instance := build.NewContext().NewInstance(builtinDir, nil)
	for _, s := range slices.Concat(shape, content) {
		if err := instance.AddSyntax(s.file); err != nil {
			return nil, &Error{List: problemsOf(err, content)}
		}
	}
	value := cuecontext.New().BuildInstance(instance)
	if err := value.Validate(cue.Concrete(true), cue.Final()); err != nil {
		return nil, &Error{List: problemsOf(err, content)}
	}
	lock := &Lock{Head: Head{Schema: LockVersion}}
	for _, part := range []struct {
		name string
		into any
	}{
		{"subjects", &lock.Subjects}, {"layout", &lock.Layout}, {"renames", &lock.Renames}, {"modules", &lock.Modules},
		{"releases", &lock.Releases}, {"targets", &lock.Targets}, {"tables", &lock.Tables}, {"carries", &lock.Carries},
		{"components", &lock.Components}, {"advice", &lock.Advice}, {"surface", &lock.Surface}, {"surface_since", &lock.SurfaceSince},
		{"bridges", &lock.Bridges}, {"keeps", &lock.Keeps},
	} {
		if err := decode(value.LookupPath(cue.MakePath(cue.Str(part.name))), part.into); err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	for name, s := range lock.Subjects {
		s.Name = name
		lock.Subjects[name] = s
	}
	if problems := checkSurface(lock.Head, content); problems != nil {
		return nil, &Error{List: problems}
	}
	if problems := checkTables(lock.Subjects, shape, content); problems != nil {
		return nil, &Error{List: problems}
	}
	at, problems := entryPositions(lock.Subjects, content)
	if problems != nil {
		return nil, &Error{List: problems}
	}
	for _, id := range slices.SortedFunc(maps.Keys(at), compareTables) {
		var entries map[string]Entry
		if err := decode(value.LookupPath(cue.MakePath(id.path()...)), &entries); err != nil {
			return nil, fmt.Errorf("%s: %w", id.subject, err)
		}
		for _, key := range slices.Sorted(maps.Keys(entries)) {
			e := entries[key]
			e.Subject, e.Key, e.Target, e.At = id.subject, key, id.target, at[id][key]
			if e.At == "" {
				return nil, fmt.Errorf("%s %q: computed entries have no position; write it out", id.subject, key)
			}
			lock.Entries = append(lock.Entries, e)
		}
	}
	return lock, nil
}

// onField holds the tables of one target each.
const onField = "on"

func (id tableID) path() []cue.Selector {
	if id.target == "" {
		return []cue.Selector{cue.Str(id.subject)}
	}
	return []cue.Selector{cue.Str(onField), cue.Str(id.target), cue.Str(id.subject)}
}

func compareTables(a, b tableID) int {
	return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.target, b.target))
}

// decode turns a CUE value into a Go one by way of JSON; a field that the Go
// type lacks is an error, so that schema.cue and the types stay in step.
func decode(v cue.Value, into any) error {
	if !v.Exists() {
		return nil
	}
	text, err := v.MarshalJSON()
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(into)
}

// topFields are the named fields at the top of a file.
func topFields(s source) []*ast.Field {
	var fields []*ast.Field
	for _, decl := range s.file.Decls {
		if f, ok := decl.(*ast.Field); ok {
			fields = append(fields, f)
		}
	}
	return fields
}

// checkTables reports subjects without a table and tables that nobody reads:
// CUE leaves the top of a package open, so a misspelt table would be lost.
func checkTables(subjects map[string]Subject, shape, content []source) []Problem {
	var problems []Problem
	declared, known := map[string]bool{}, map[string]bool{}
	for _, s := range slices.Concat(shape, content) {
		for _, f := range topFields(s) {
			name, _, err := ast.LabelName(f.Label)
			if err != nil {
				continue
			}
			declared[name] = true
			known[name] = known[name] || path.Base(s.name) == schemaFile
		}
	}
	for _, name := range slices.Sorted(maps.Keys(subjects)) {
		known[name] = true
		if !declared[name] {
			p := Problem{Path: "subjects." + name, Message: fmt.Sprintf("no table of that name; declare %s: [string]: #Entry in %s", name, schemaFile)}
			p.place(positionOf([]string{"subjects", name}, slices.Concat(shape, content)))
			problems = append(problems, p)
		}
	}
	for _, s := range content {
		for _, f := range topFields(s) {
			name, _, err := ast.LabelName(f.Label)
			if err != nil || known[name] || strings.HasPrefix(name, "#") || strings.HasPrefix(name, "_") {
				continue
			}
			tables := slices.DeleteFunc(slices.Sorted(maps.Keys(known)), func(n string) bool { return strings.HasPrefix(n, "#") })
			p := Problem{Path: name, Message: "unknown table; there are " + strings.Join(tables, ", ")}
			p.place(f.Label.Pos())
			problems = append(problems, p)
		}
	}
	return problems
}

// labelled is a field with a name; patterns like [string] are none.
type labelled struct {
	name  string
	field *ast.Field
}

func named(fields []*ast.Field) []labelled {
	var out []labelled
	for _, f := range fields {
		if name, _, err := ast.LabelName(f.Label); err == nil {
			out = append(out, labelled{name, f})
		}
	}
	return out
}

// entryPositions returns FILE:LINE of the label of each entry, by table and
// key. An entry in two places is an error: CUE would silently join them.
func entryPositions(subjects map[string]Subject, content []source) (map[tableID]map[string]string, []Problem) {
	at := map[tableID]map[string]string{}
	var problems []Problem
	table := func(id tableID, x ast.Expr) {
		if at[id] == nil {
			at[id] = map[string]string{}
		}
		for _, f := range named(structFields(x)) {
			pos := f.field.Label.Pos()
			if first := at[id][f.name]; first != "" {
				p := Problem{Path: joinPath([]string{id.subject, f.name}), Message: "the entry is also at " + first}
				p.place(pos)
				problems = append(problems, p)
				continue
			}
			at[id][f.name] = fmt.Sprintf("%s:%d", pos.Filename(), pos.Line())
		}
	}
	for _, s := range content {
		for _, top := range named(topFields(s)) {
			if _, ok := subjects[top.name]; ok {
				table(tableID{"", top.name}, top.field.Value)
			}
			if top.name != onField {
				continue
			}
			for _, target := range named(structFields(top.field.Value)) {
				for _, subject := range named(structFields(target.field.Value)) {
					if _, ok := subjects[subject.name]; !ok {
						p := Problem{Path: joinPath([]string{onField, target.name, subject.name}), Message: "no subject of that name"}
						p.place(subject.field.Label.Pos())
						problems = append(problems, p)
						continue
					}
					table(tableID{target.name, subject.name}, subject.field.Value)
				}
			}
		}
	}
	return at, problems
}

func structFields(x ast.Expr) []*ast.Field {
	s, ok := x.(*ast.StructLit)
	if !ok {
		return nil
	}
	var fields []*ast.Field
	for _, decl := range s.Elts {
		if f, ok := decl.(*ast.Field); ok {
			fields = append(fields, f)
		}
	}
	return fields
}

// positionOf finds the place in the files that is nearest to a path: the field
// itself, or the innermost one that holds it.
func positionOf(fieldPath []string, files []source) token.Pos {
	best, _ := nearestTo(fieldPath, files)
	return best
}

// nearestTo is the position, and how many names of the path lead to it.
func nearestTo(fieldPath []string, files []source) (best token.Pos, deepest int) {
	var walk func(fields []*ast.Field, rest []string, depth int)
	walk = func(fields []*ast.Field, rest []string, depth int) {
		if len(rest) == 0 {
			return
		}
		for _, f := range fields {
			name, _, err := ast.LabelName(f.Label)
			if err != nil || name != rest[0] {
				continue
			}
			if depth > deepest {
				best, deepest = f.Label.Pos(), depth
			}
			walk(structFields(f.Value), rest[1:], depth+1)
		}
	}
	for _, s := range files {
		walk(topFields(s), fieldPath, 1)
	}
	return best, deepest
}

// encode writes the lock: keys sorted, one entry or one key of a table a line.
func (l *Lock) encode() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{\n\"entries\": [")
	for i, e := range l.Entries {
		line, err := sortedJSON(e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.At, err)
		}
		b.WriteString(separator(i))
		b.Write(line)
	}
	b.WriteString("\n]")
	for _, part := range []struct {
		name  string
		value any
	}{
		{"advice", l.Advice}, {"bridges", l.Bridges}, {"carries", l.Carries}, {"components", l.Components}, {"keeps", l.Keeps}, {"layout", l.Layout}, {"modules", l.Modules}, {"releases", l.Releases}, {"renames", l.Renames},
	} {
		if err := writeTable(&b, part.name, part.value); err != nil {
			return nil, err
		}
	}
	fmt.Fprintf(&b, ",\n\"schema\": %q,\n\"sources\": %q", l.Schema, l.Sources)
	for _, part := range []struct {
		name  string
		value any
	}{
		{"subjects", l.Subjects}, {"surface", l.Surface}, {"surface_since", l.SurfaceSince}, {"tables", l.Tables}, {"targets", l.Targets},
	} {
		if err := writeTable(&b, part.name, part.value); err != nil {
			return nil, err
		}
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}

func separator(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
}

func writeTable(b *bytes.Buffer, name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var rows map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&rows); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Fprintf(b, ",\n%q: {", name)
	for i, key := range slices.Sorted(maps.Keys(rows)) {
		label, err := sortedJSON(key)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		row, err := sortedJSON(rows[key])
		if err != nil {
			return fmt.Errorf("%s.%s: %w", name, key, err)
		}
		b.WriteString(separator(i))
		b.Write(label)
		b.WriteString(": ")
		b.Write(row)
	}
	if len(rows) > 0 {
		b.WriteString("\n")
	}
	b.WriteString("}")
	return nil
}

// sortedJSON marshals with the keys of structs sorted too, and leaves <, > and &
// readable.
func sortedJSON(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var tree any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(tree); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
