package validate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// JSON is the report as schemas/validation.schema.json has it.
func (r *Report) JSON() ([]byte, error) { return indented(r) }

// JSON are the checks with what they are about, as ReadBaseline takes them.
func (b *Baseline) JSON() ([]byte, error) { return indented(b) }

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// IsBaseline says whether a document means to be checks, rather than a snapshot.
func IsBaseline(text []byte) bool {
	var head struct {
		Schema string `json:"schema"`
	}
	return json.Unmarshal(text, &head) == nil && strings.HasPrefix(head.Schema, "pve2nix.checks/")
}

// ReadBaseline reads checks that JSON wrote, strictly.
func ReadBaseline(text []byte) (*Baseline, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var b Baseline
	if err := d.Decode(&b); err != nil {
		return nil, fmt.Errorf("checks: %w", err)
	}
	if b.Schema != ChecksVersion {
		return nil, fmt.Errorf("checks: version %q is not supported, want %q", b.Schema, ChecksVersion)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("checks: text after the end of the document")
	}
	for _, c := range b.Checks {
		if _, err := decode(c); err != nil {
			return nil, fmt.Errorf("checks: %s: %w", c.ID, err)
		}
	}
	return &b, nil
}

// groups are the parts of the text, by what the reader has to do, the worst first.
var groups = []struct {
	title string
	holds func(Result) bool
}{
	{"Required and failed", func(r Result) bool { return r.Required && r.Status == Failed }},
	{"Required and not looked at", func(r Result) bool { return r.Required && r.Status == Skipped }},
	{"Failed", func(r Result) bool { return !r.Required && r.Status == Failed }},
	{"Skipped", func(r Result) bool { return !r.Required && r.Status == Skipped }},
}

// Text is the report for people: what failed first, then what was skipped, then how many passed of each kind. With all
// set, what passed is named one by one.
func (r *Report) Text(all bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: captured %s", printable(r.Host.Name), printable(r.Host.Time))
	if r.Host.OS != "" {
		fmt.Fprintf(&b, ", %s", printable(r.Host.OS))
	}
	fmt.Fprintf(&b, "\nheld against %s: captured %s", printable(r.Baseline.Name), printable(r.Baseline.Time))
	if r.Baseline.OS != "" {
		fmt.Fprintf(&b, ", %s", printable(r.Baseline.OS))
	}
	b.WriteString("\n")
	if r.Starting {
		b.WriteString("the host still starts; what is marked … may come by itself\n")
	}
	for _, g := range groups {
		r.group(&b, g.title, g.holds)
	}
	if all {
		r.group(&b, "Passed", func(one Result) bool { return one.Status == Passed })
	} else {
		r.passed(&b)
	}
	t := r.Totals
	fmt.Fprintf(&b, "\n%d checks: %d passed, %d failed (%d required), %d skipped (%d required)\n",
		len(r.Results), t.Passed, t.Failed, t.RequiredFailed, t.Skipped, t.RequiredSkipped)
	return b.String()
}

// group writes the results of a group. Those that were skipped for one reason are written as one.
func (r *Report) group(b *strings.Builder, title string, holds func(Result) bool) {
	var results []Result
	for _, one := range r.Results {
		if holds(one) {
			results = append(results, one)
		}
	}
	if len(results) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	told := map[string]bool{}
	for i, one := range results {
		if one.Status != Skipped {
			fmt.Fprintf(b, "  %s\n", printable(one.line()))
			continue
		}
		key := one.Kind + "\x00" + one.Reason
		if told[key] {
			continue
		}
		told[key] = true
		var subjects []string
		for _, other := range results[i:] {
			if other.Kind == one.Kind && other.Reason == one.Reason && other.Subject != "" {
				subjects = append(subjects, other.Subject)
			}
		}
		fmt.Fprintf(b, "  %s: %s\n", printable(strings.TrimSpace(one.Kind+" "+shortList(subjects))), printable(one.Reason))
	}
}

// shownSubjects bounds how many are named of those that were skipped for one reason.
const shownSubjects = 6

func shortList(names []string) string {
	if len(names) <= shownSubjects {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:shownSubjects], ", "), len(names)-shownSubjects)
}

func (r Result) line() string {
	text := r.ID + ": "
	if r.Settling {
		text = "… " + text
	}
	if r.Status == Passed {
		return text + r.Found
	}
	return text + "want " + r.Expected + ", found " + r.Found
}

// passed counts what passed by kind.
func (r *Report) passed(b *strings.Builder) {
	counts := map[string]int{}
	var names []string
	for _, one := range r.Results {
		if one.Status != Passed {
			continue
		}
		if counts[one.Kind]++; counts[one.Kind] == 1 {
			names = append(names, one.Kind)
		}
	}
	if len(names) == 0 {
		return
	}
	b.WriteString("\nPassed\n")
	for _, name := range slices.Compact(names) {
		fmt.Fprintf(b, "  %s: %d\n", printable(name), counts[name])
	}
}

// printable keeps a text on its line whatever it holds: facts are written by others.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
