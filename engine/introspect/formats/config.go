package formats

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const (
	// maxPathLength bounds the sections and blocks around a key: every key carries them.
	maxPathLength = 255
	// maxKeyLength is longer than any name of a directive; what is longer is no key but text.
	maxKeyLength = 128
)

// Config reads a configuration file line by line in one of the formats of snapshot.ConfigFile. The lines are facts in
// their order; comments are none. The error says which part of the text is not of the format; what could be read stands
// beside it.
func Config(filePath, format string, data []byte) ([]snapshot.Property, error) {
	switch format {
	case "ini":
		return configINI(filePath, data), nil
	case "shell":
		return ShellVariables(filePath, data), nil
	case "words":
		return configWords(filePath, data), nil
	case "colon":
		return configColon(filePath, data), nil
	case "blocks":
		return configBlocks(filePath, data), nil
	case "lines":
		return configLines(filePath, data), nil
	case "json":
		return configJSON(filePath, data)
	}
	return []snapshot.Property{}, fmt.Errorf("%q is no format", format)
}

// configFacts collects the lines of one configuration file.
type configFacts struct {
	path string
	kind fileKind
	out  []snapshot.Property
	// seen counts the sections of one name.
	seen map[string]int
}

func newConfigFacts(filePath string) *configFacts {
	return &configFacts{path: filePath, kind: kindOf(filePath), out: []snapshot.Property{}, seen: map[string]int{}}
}

// add seals one line. A key is text of the file as well: where one looks like a secret, or stands in a line that holds
// one, only what cannot be a part of the secret is kept of it.
func (f *configFacts) add(section, key, value string, line int) {
	if f.kind != pamKind { // its types of rules sound like secrets
		key = plainKey(key)
	}
	p := property{key: joinKey(f.path, section, key), value: value, source: at(f.path, line)}
	f.out = append(f.out, seal(f.kind, f.path, p))
}

// numbered is the name of a section that may stand several times, each with a meaning of its own: the second is name.2.
func (f *configFacts) numbered(name string, always bool) string {
	f.seen[name]++
	if n := f.seen[name]; n > 1 || always {
		return name + "." + strconv.Itoa(n)
	}
	return name
}

// joinKey is how a key names what stands around it.
func joinKey(filePath, section, key string) string {
	separator := "."
	if isAptConf(filePath) {
		separator = "::" // apt's own: both spellings of an option get one name
	}
	switch {
	case section == "":
		return key
	case key == "":
		return section
	case len(section) > maxPathLength:
		section = strings.ToValidUTF8(section[:maxPathLength], "\uFFFD")
	}
	return section + separator + key
}

// plainKey is a key, cut where it is no name but text that may hold a secret.
func plainKey(key string) string {
	key = strings.Trim(key, blanks)
	if looksSecret(key) || urlHasSecret(key) || hasUserinfo(key) {
		if end := strings.IndexAny(key, blanks+":=,@/"); end >= 0 {
			key = key[:end]
		}
	}
	if len(key) > maxKeyLength {
		key = strings.ToValidUTF8(key[:maxKeyLength], "\uFFFD")
	}
	return key
}

// inlineComment cuts a comment off that begins with # after a blank, outside of quotes.
func inlineComment(text string) string {
	if !strings.ContainsRune(text, '#') {
		return text
	}
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '#' && (i == 0 || strings.IndexByte(blanks, text[i-1]) >= 0):
			return strings.Trim(text[:i], blanks)
		}
	}
	return text
}

// unquoted removes the quotes around a whole value.
func unquoted(text string) string {
	if len(text) >= 2 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] && strings.IndexByte(text[1:len(text)-1], text[0]) < 0 {
		return text[1 : len(text)-1]
	}
	return text
}

// continued joins lines that end in a backslash. Unlike logicalLines it leaves comments to the caller, whose mark differs,
// and blanks at the beginning, which mean something in some formats.
func continued(lines []line) []line {
	out := make([]line, 0, len(lines))
	for i := 0; i < len(lines); i++ {
		current := line{lines[i].number, strings.TrimRight(lines[i].text, blanks)}
		if strings.HasSuffix(current.text, `\`) {
			var joined strings.Builder
			for strings.HasSuffix(current.text, `\`) {
				joined.WriteString(strings.TrimSuffix(current.text, `\`))
				current.text = ""
				if i+1 < len(lines) {
					i++
					current.text = strings.Trim(lines[i].text, blanks)
				}
			}
			joined.WriteString(current.text)
			current.text = joined.String()
		}
		if strings.Trim(current.text, blanks) != "" {
			out = append(out, current)
		}
	}
	return out
}

// configColon reads "key: value" lines as in aliases, nsswitch.conf and apt's preferences. A line that begins with a
// blank continues the one before.
func configColon(filePath string, data []byte) []snapshot.Property {
	f := newConfigFacts(filePath)
	lines, _ := splitLines(data)
	for _, l := range indented(lines) {
		key, value, found := strings.Cut(l.text, ":")
		key, value = strings.Trim(key, blanks), inlineComment(strings.Trim(value, blanks))
		if !found || key == "" {
			continue
		}
		f.add("", unquoted(key), value, l.number)
	}
	return f.out
}

// indented joins lines that begin with a blank to the one before; comments and empty lines are left out.
func indented(lines []line) []line {
	var out []line
	var parts []string
	flush := func() {
		if len(parts) > 0 {
			out[len(out)-1].text = strings.Join(parts, " ")
		}
		parts = nil
	}
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		switch {
		case text == "" || text[0] == '#':
		case strings.IndexByte(blanks, l.text[0]) >= 0 && parts != nil:
			parts = append(parts, text)
		default:
			flush()
			out = append(out, l)
			parts = []string{text}
		}
	}
	flush()
	return out
}
