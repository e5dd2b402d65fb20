package formats

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// FileSystem is what a reader needs that follows references from file to file.
// Paths are absolute, as the host names them. Glob follows path/filepath.Glob.
type FileSystem interface {
	ReadFile(path string) ([]byte, error)
	Glob(pattern string) ([]string, error)
}

// Bounds for files that source each other and for name ranges. Real hosts stay far below.
const (
	maxSourceDepth    = 16
	maxSourcedFiles   = 256
	maxRangeInterface = 4096
	maxName           = 64
	maxRangeOptions   = 1 << 16
)

// Interfaces reads interfaces(5) at filePath and the files that it sources, as
// ifupdown2 does. It returns one interface for each name in the order of the first stanza,
// the places that do not mean what they say, and the paths of the files that were read,
// in order. Option names are spelled with dashes. An alias such as eth0:1 is part of
// eth0, where ifupdown2 puts its addresses. The error is that of reading filePath itself;
// a sourced file that cannot be read is an anomaly.
func Interfaces(filePath string, files FileSystem) ([]snapshot.Interface, []snapshot.Anomaly, []string, error) {
	r := &interfaceReader{files: files, anomalies: []snapshot.Anomaly{}, read: []string{}, classes: map[string][]classEntry{}}
	data, err := files.ReadFile(filePath)
	if err != nil {
		return []snapshot.Interface{}, r.anomalies, r.read, fmt.Errorf("%s: %w", filePath, err)
	}
	r.file(filePath, data, nil)
	return r.merge(), r.anomalies, r.read, nil
}

// stanza is one iface or vlan stanza.
type stanza struct {
	name, source   string
	family, method string
	options        []option
}

// option is a line of a stanza.
type option struct {
	key, value string
	path       string
	line       int
}

// classEntry is a line such as "auto eth0" or "no-auto-down eth0" that names interfaces.
type classEntry struct {
	name string
	path string
	line int
}

type interfaceReader struct {
	files     FileSystem
	stanzas   []stanza
	classes   map[string][]classEntry
	order     []string // names of classes, in order of appearance
	anomalies []snapshot.Anomaly
	read      []string
	expanded  int
	autoAll   bool
}

func (r *interfaceReader) report(kind, filePath string, number int, detail string) {
	r.anomalies = append(r.anomalies, anomaly(kind, filePath, number, detail))
}

// logicalLines joins lines that end in a backslash. A comment ends with its line.
func logicalLines(lines []line) []line {
	out := make([]line, 0, len(lines))
	for i := 0; i < len(lines); i++ {
		current := line{lines[i].number, strings.Trim(lines[i].text, blanks)}
		if strings.HasPrefix(current.text, "#") {
			continue
		}
		if strings.HasSuffix(current.text, "\\") {
			var joined strings.Builder
			for strings.HasSuffix(current.text, "\\") {
				joined.WriteString(strings.TrimSuffix(current.text, "\\"))
				current.text = ""
				if i+1 < len(lines) {
					i++
					current.text = strings.Trim(lines[i].text, blanks)
				}
			}
			joined.WriteString(current.text)
			current.text = strings.Trim(joined.String(), blanks)
		}
		if current.text != "" {
			out = append(out, current)
		}
	}
	return out
}

func startsStanza(word string) bool {
	switch word {
	case "auto", "iface", "vlan", "mapping", "source", "source-directory", "rename", "template", "no-auto-down", "no-scripts":
		return true
	}
	return strings.HasPrefix(word, "allow-")
}

// file reads one file; above are the files that led to it.
func (r *interfaceReader) file(filePath string, data []byte, above []string) {
	if !slices.Contains(r.read, filePath) {
		r.read = append(r.read, filePath)
	}
	lines, crlf := splitLines(data)
	if crlf != 0 {
		r.anomalies = append(r.anomalies, crlfAnomaly(filePath, crlf))
	}
	above = append(slices.Clip(above), filePath)
	inStanza := false // the last stanza of r.stanzas takes options
	skipping := false // within a stanza that is not understood
	for _, l := range logicalLines(lines) {
		word, rest := cutWord(l.text)
		if !startsStanza(word) {
			switch {
			case inStanza:
				r.option(filePath, l, word, rest)
			case skipping:
			case strings.HasPrefix(word, "%") || strings.HasPrefix(word, "<%"):
				r.report("template", filePath, l.number, "the file is a template; its text before expansion is read")
			default:
				r.report("orphan-line", filePath, l.number, "an option outside of any stanza has no effect")
			}
			continue
		}
		inStanza, skipping = false, false
		switch {
		case word == "iface" || word == "vlan":
			inStanza = r.begin(filePath, l, rest)
			skipping = !inStanza
		case word == "source":
			r.source(filePath, l.number, rest, above, false)
		case word == "source-directory":
			r.source(filePath, l.number, rest, above, true)
		case word == "mapping", word == "rename", word == "template":
			skipping = true
			r.report("unsupported-stanza", filePath, l.number, "a stanza of the kind "+word+" is not evaluated")
		default:
			r.class(filePath, l.number, word, rest)
		}
	}
}

// begin starts an iface stanza.
func (r *interfaceReader) begin(filePath string, l line, rest string) bool {
	words := fields(rest)
	if len(words) == 0 {
		r.report("invalid-stanza", filePath, l.number, "a stanza without an interface name is ignored")
		return false
	}
	s := stanza{name: words[0], source: at(filePath, l.number)}
	words = words[1:]
	if len(words) > 0 && (words[0] == "inet" || words[0] == "inet6") {
		s.family, words = words[0], words[1:]
	}
	if len(words) > 0 {
		s.method, words = words[0], words[1:]
	}
	if len(words) == 2 && words[0] == "inherits" {
		s.options = append(s.options, option{"inherits", words[1], filePath, l.number})
		words = nil
	}
	if len(words) > 0 {
		r.report("extra-words", filePath, l.number, "words after the method are ignored")
	}
	r.stanzas = append(r.stanzas, s)
	return true
}

func (r *interfaceReader) option(filePath string, l line, word, rest string) {
	s := &r.stanzas[len(r.stanzas)-1]
	key := strings.ReplaceAll(word, "_", "-")
	if rest == "" && key != "bridge-ports" {
		r.report("missing-value", filePath, l.number, "ifupdown2 ignores an option without a value")
	}
	s.options = append(s.options, option{key, rest, filePath, l.number})
}

// class takes lines that only name interfaces.
func (r *interfaceReader) class(filePath string, number int, word, rest string) {
	class := strings.TrimPrefix(word, "allow-")
	names := fields(rest)
	if len(names) == 0 || class == "" || len(class) > maxName {
		r.report("invalid-stanza", filePath, number, "a line that names no interface is ignored")
		return
	}
	if _, seen := r.classes[class]; !seen {
		r.order = append(r.order, class)
	}
	for _, name := range names {
		for _, one := range r.expand(filePath, number, name) {
			r.classes[class] = append(r.classes[class], classEntry{one, filePath, number})
		}
	}
}

// source reads the files that a source or source-directory line names.
func (r *interfaceReader) source(filePath string, number int, rest string, above []string, directory bool) {
	pattern, _ := cutWord(rest)
	if pattern == "" {
		r.report("invalid-stanza", filePath, number, "a source line without a file is ignored")
		return
	}
	if !path.IsAbs(pattern) {
		pattern = path.Join(path.Dir(filePath), pattern)
	}
	isGlob := strings.ContainsAny(pattern, "*?[")
	if directory {
		pattern = path.Join(pattern, "*")
	}
	found := []string{pattern}
	if isGlob || directory {
		var err error
		if found, err = r.files.Glob(pattern); err != nil {
			r.report("missing-source", filePath, number, "the pattern of a source line cannot be used")
			return
		}
		hidden := strings.HasPrefix(path.Base(pattern), ".")
		found = slices.DeleteFunc(slices.Clone(found), func(name string) bool {
			return !hidden && strings.HasPrefix(path.Base(name), ".") // as the shell and Python match
		})
		slices.Sort(found)
	}
	for _, name := range found {
		r.sourced(filePath, number, path.Clean(name), above)
	}
}

func (r *interfaceReader) sourced(from string, number int, name string, above []string) {
	switch {
	case slices.Contains(above, name):
		r.report("source-loop", from, number, "a file that sources itself is read once")
		return
	case len(above) >= maxSourceDepth || len(r.read) >= maxSourcedFiles:
		r.report("source-limit", from, number, "too many files source each other; the rest is not read")
		return
	case slices.Contains(r.read, name):
		r.report("sourced-twice", from, number, "a file that is sourced more than once is read once")
		return
	}
	data, err := r.files.ReadFile(name)
	if err != nil {
		r.report("missing-source", from, number, "a sourced file cannot be read: "+name)
		return
	}
	r.file(name, data, above)
}

var rangeName = regexp.MustCompile(`^([\w.]+)\[(\d+)-(\d+)\]([.\w]*)$`)

// expand turns swp[1-4] into four names.
func (r *interfaceReader) expand(filePath string, number int, name string) []string {
	m := rangeName.FindStringSubmatch(name)
	if m == nil || len(name) > maxName {
		return []string{name}
	}
	from, err1 := strconv.Atoi(m[2])
	to, err2 := strconv.Atoi(m[3])
	if err1 != nil || err2 != nil || to < from || to-from >= maxRangeInterface-r.expanded {
		r.report("range-limit", filePath, number, "a range of interface names is kept as it stands")
		return []string{name}
	}
	r.expanded += to - from + 1
	var names []string
	for i := from; i <= to; i++ {
		names = append(names, m[1]+strconv.Itoa(i)+m[4])
	}
	return names
}

// merge makes one interface of all stanzas of a name.
func (r *interfaceReader) merge() []snapshot.Interface {
	effects := []*effect{}
	byName := map[string]*effect{}
	for _, s := range r.stanzas {
		filePath, number := splitSource(s.source)
		names := r.expand(filePath, number, s.name)
		if len(names)*len(s.options) > maxRangeOptions {
			r.report("range-limit", filePath, number, "a range of interface names is kept as it stands")
			names = []string{s.name}
		}
		for _, name := range names {
			base, _, alias := strings.Cut(name, ":")
			if alias && base != "" {
				r.report("alias", filePath, number, "ifupdown2 puts the addresses of the alias "+name+" on "+base)
				name = base
			}
			e := byName[name]
			if e == nil {
				e = newEffect(r, name, s.source)
				byName[name] = e
				effects = append(effects, e)
			}
			e.stanza(s)
		}
	}
	for _, class := range r.order {
		for _, entry := range r.classes[class] {
			r.classify(class, entry, byName)
		}
	}
	out := make([]snapshot.Interface, 0, len(effects))
	for _, e := range effects {
		e.finish()
		e.out.Auto = e.out.Auto || r.autoAll
		out = append(out, e.out)
	}
	return out
}

// classify applies one name of a line such as auto or allow-hotplug.
func (r *interfaceReader) classify(class string, entry classEntry, byName map[string]*effect) {
	if class == "auto" && entry.name == "all" {
		r.autoAll = true
		return
	}
	base, _, _ := strings.Cut(entry.name, ":")
	e := byName[base]
	switch {
	case e == nil:
		r.report("no-stanza", entry.path, entry.line, "a line such as auto or allow-hotplug names an interface without a stanza")
	case class == "auto":
		e.out.Auto = true
	case class == "no-auto-down" || class == "no-scripts":
		e.keep(option{class, entry.name, entry.path, entry.line})
	default:
		add(e.allowed, class, &e.out.Allow)
	}
}

// add appends an item that is not there yet.
func add[T comparable](seen map[T]bool, item T, items *[]T) {
	if !seen[item] {
		seen[item] = true
		*items = append(*items, item)
	}
}

// splitSource undoes at.
func splitSource(source string) (filePath string, number int) {
	i := strings.LastIndex(source, ":")
	number, _ = strconv.Atoi(source[i+1:])
	return source[:i], number
}
