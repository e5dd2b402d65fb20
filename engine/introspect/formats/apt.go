package formats

import (
	"regexp"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// AptSources reads a package source: deb822 where the path ends in .sources, one-line
// otherwise. A commented one-line entry is a source that is switched off. User, password and telling
// query values are removed from the addresses.
func AptSources(filePath string, data []byte) []snapshot.Repository {
	lines, _ := splitLines(data)
	out := []snapshot.Repository{}
	if strings.HasSuffix(filePath, ".sources") {
		return append(out, deb822Sources(filePath, lines)...)
	}
	for _, l := range lines {
		if r, ok := oneLineSource(l.text); ok {
			r.Source = at(filePath, l.number)
			out = append(out, r)
		}
	}
	return out
}

// oneLine is: deb [ options ] address suite component…
var oneLine = regexp.MustCompile(`^(deb|deb-src)\s+(?:\[([^\]]*)\]\s*)?(\S+:(?:\[[^\]]*\])?\S*)\s+(\S+)(.*)$`)

func oneLineSource(text string) (snapshot.Repository, bool) {
	text = strings.Trim(text, blanks)
	enabled := !strings.HasPrefix(text, "#")
	text = strings.TrimLeft(text, "#"+blanks)
	text, _, _ = strings.Cut(text, "#")
	m := oneLine.FindStringSubmatch(text)
	if m == nil {
		return snapshot.Repository{}, false
	}
	address, _ := splitURL(m[3])
	r := snapshot.Repository{
		Enabled: enabled, Format: "one-line", Types: []string{m[1]}, URIs: []string{address},
		Suites: []string{m[4]}, Components: words(m[5]),
	}
	for _, option := range fields(m[2]) {
		if name, value, _ := strings.Cut(option, "="); strings.EqualFold(strings.TrimRight(name, "+-"), "signed-by") {
			r.SignedBy = value
		}
	}
	r.ID = sourceID(r)
	return r, true
}

// words is fields with an empty list for none.
func words(text string) []string {
	return some(fields(text))
}

// sourceID is type, address and suite.
func sourceID(r snapshot.Repository) string {
	return strings.Join(r.Types, ",") + " " + strings.Join(r.URIs, ",") + " " + strings.Join(r.Suites, ",")
}

// deb822Sources reads stanzas of "Field: value" lines.
func deb822Sources(filePath string, lines []line) []snapshot.Repository {
	out := []snapshot.Repository{}
	values := map[string][]string{}
	start, field := 0, ""
	flush := func() {
		if r, ok := deb822Source(values); ok {
			r.Source = at(filePath, start)
			out = append(out, r)
		}
		values, start, field = map[string][]string{}, 0, ""
	}
	for _, l := range lines {
		switch {
		case strings.HasPrefix(l.text, "#"):
		case blank(l.text):
			flush()
		case strings.ContainsRune(blanks, rune(l.text[0])):
			if field == "signed-by" {
				values[field] = []string{"inline"} // the key itself follows
			} else {
				values[field] = append(values[field], fields(l.text)...)
			}
		default:
			if start == 0 {
				start = l.number
			}
			name, value, _ := strings.Cut(l.text, ":")
			field = strings.ToLower(strings.Trim(name, blanks))
			values[field] = words(value)
		}
	}
	flush()
	return out
}

// some is the list itself, an empty one for none.
func some(items []string) []string {
	return append([]string{}, items...)
}

func deb822Source(values map[string][]string) (snapshot.Repository, bool) {
	r := snapshot.Repository{
		Enabled: true, Format: "deb822", Types: some(values["types"]), URIs: []string{},
		Suites: some(values["suites"]), Components: some(values["components"]), SignedBy: strings.Join(values["signed-by"], " "),
	}
	for _, address := range values["uris"] {
		address, _ = splitURL(address)
		r.URIs = append(r.URIs, address)
	}
	if text, ok := boolean(strings.Join(values["enabled"], " ")); ok {
		r.Enabled = text == "1"
	}
	r.ID = sourceID(r)
	return r, len(r.Types) > 0 && len(r.URIs) > 0
}
