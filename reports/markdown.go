package reports

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// visible makes control characters and characters that reorder or break lines
// visible, and keeps a text on one line.
func visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == unicode.ReplacementChar:
			b.WriteRune(r)
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', unicode.Is(unicode.Cf, r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// oneLine folds the line breaks of prose.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// code prints a text from a snapshot as a Markdown code span: nothing in it is
// markup, whatever it holds (CommonMark, code spans).
func code(text string) string {
	text = visible(text)
	if text == "" {
		return "(empty)"
	}
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 || strings.HasPrefix(text, " ") || strings.HasSuffix(text, " ") {
		return fence + " " + text + " " + fence
	}
	return fence + text + fence
}

// markup are the characters that mean something to Markdown or HTML within a line.
var markup = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", `\&`, "#", `\#`, "$", `\$`)

// escaped prints a sentence that may hold values of a host as plain text: nothing in it is markup.
func escaped(text string) string { return markup.Replace(visible(oneLine(text))) }

// backticked is a code span of the prose of a rule.
var backticked = regexp.MustCompile("`[^`]*`")

// prose fills the vars into a text of a finding and prints it as one Markdown
// paragraph. The prose itself is the rule author's Markdown; each value becomes
// a code span, or, inside a code span of the prose, a part of that span.
func prose(f evaluate.Finding, text string) string {
	text = oneLine(text)
	var b strings.Builder
	last := 0
	for _, span := range backticked.FindAllStringIndex(text, -1) {
		b.WriteString(f.Fill(text[last:span[0]], value))
		b.WriteString(code(f.Fill(text[span[0]+1:span[1]-1], identity)))
		last = span[1]
	}
	b.WriteString(f.Fill(text[last:], value))
	return b.String()
}

// value prints a var in prose: numbers bare, anything else as code.
func value(text string) string {
	if number.MatchString(text) {
		return text
	}
	return code(text)
}

var number = regexp.MustCompile(`^[0-9]{1,9}$`)
