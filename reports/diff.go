package reports

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// diffSigns are what begins the line of a change.
var diffSigns = map[string]string{"added": "+", "removed": "-", "changed": "~", "moved": ">"}

// longestValue bounds a value in a line for people; the JSON form has all of it.
const longestValue = 120

// Diff renders a comparison for people: the changes under the part of the snapshot that they are in, one a line.
// Files are left out whose facts are named: that a file has changed is said by what changed in it.
func Diff(d *snapshot.Diff) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- %s  %s  %s\n+ %s  %s  %s\n", Plain(d.Before.File), Plain(d.Before.Host), Plain(d.Before.Time),
		Plain(d.After.File), Plain(d.After.Host), Plain(d.After.Time))
	if d.Before.Host != d.After.Host || d.Before.MachineID != d.After.MachineID {
		b.WriteString("These are snapshots of two different hosts.\n")
	}
	told := toldFiles(d.Changes)
	counts := map[string]int{}
	top, hidden := "", 0
	for _, c := range d.Changes {
		counts[c.Kind]++
		if len(c.Path) > 1 && c.Path[0] == "files" && told[c.Path[1]] {
			hidden++
			continue
		}
		path := c.Path
		if len(path) == 0 {
			path = []string{c.Field}
		}
		if path[0] != top {
			top = path[0]
			fmt.Fprintf(&b, "\n%s\n", top)
		}
		b.WriteString("  " + diffSigns[c.Kind] + " " + changeLine(c) + "\n")
	}
	b.WriteString("\n" + diffTotals(d, counts, hidden))
	return b.String()
}

// DiffJSON renders a comparison for programs.
func DiffJSON(d *snapshot.Diff) ([]byte, error) { return encode(d) }

// diffTotals is the end of a comparison: how much changed, and what could not be compared.
func diffTotals(d *snapshot.Diff, counts map[string]int, hidden int) string {
	var b strings.Builder
	if len(d.Changes) == 0 {
		b.WriteString("nothing changed\n")
	} else {
		var parts []string
		for _, kind := range []string{"added", "removed", "changed", "moved"} {
			if counts[kind] > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", counts[kind], kind))
			}
		}
		b.WriteString(strings.Join(parts, ", "))
		if hidden > 0 {
			fmt.Fprintf(&b, " (%d of them files whose changes are named above)", hidden)
		}
		b.WriteString("\n")
	}
	var both []string
	for _, i := range d.Incomparable {
		switch i.Unknown {
		case "both":
			both = append(both, Plain(i.Area))
		case "before":
			fmt.Fprintf(&b, "not compared: %s, unknown in the first: %s\n", Plain(i.Area), Plain(i.Detail))
		case "after":
			fmt.Fprintf(&b, "not compared: %s, unknown in the second: %s\n", Plain(i.Area), Plain(i.Detail))
		}
	}
	if len(both) > 0 {
		fmt.Fprintf(&b, "not compared, unknown in both: %s\n", strings.Join(both, ", "))
	}
	return b.String()
}

// toldFiles are the files that changes name as their source.
func toldFiles(changes []snapshot.Change) map[string]bool {
	told := map[string]bool{}
	for _, c := range changes {
		if i := strings.LastIndexByte(c.Source, ':'); i > 0 {
			told[c.Source[:i]] = true
		}
	}
	return told
}

// changeLine is one change without its sign.
func changeLine(c snapshot.Change) string {
	line := ""
	if len(c.Path) > 1 {
		line = Plain(strings.Join(c.Path[1:], " › "))
	}
	switch c.Kind {
	case "changed":
		if c.Field != "value" && c.Field != "secret" {
			line = strings.TrimSpace(line + " › " + c.Field)
			line = strings.TrimPrefix(line, "› ")
		}
		before, after := c.Before, c.After
		if c.Field == "sha256" {
			before, after = digest(before), digest(after)
		}
		line += ": " + changedValue(before, after)
	case "moved":
		line += fmt.Sprintf(": from place %v to %v", place(c.Before), place(c.After))
	case "added":
		line += brief(c.After)
	case "removed":
		line += brief(c.Before)
	}
	if c.Uncertain {
		line += "  (the other snapshot does not know all of it)"
	}
	if c.Source != "" {
		line += "  [" + Plain(c.Source) + "]"
	}
	return line
}

// digest is enough of a digest to see that it is another one.
func digest(v any) any {
	if text, ok := v.(string); ok && len(text) > 12 {
		return text[:12] + "…"
	}
	return v
}

// place counts from 1, as people do.
func place(index any) any {
	if i, ok := index.(int); ok {
		return i + 1
	}
	return index
}

// changedValue shows two values of a field; of lists, what came and what went.
func changedValue(before, after any) string {
	b, isList := before.([]any)
	a, areLists := after.([]any)
	if isList && areLists {
		parts := append(lacking("+", a, b), lacking("-", b, a)...)
		if len(parts) > 0 {
			return shorten(strings.Join(parts, " "))
		}
	}
	return valueText(before) + " → " + valueText(after)
}

// lacking are the values of a list that another list lacks, each behind a sign.
func lacking(sign string, list, other []any) []string {
	has := make(map[string]bool, len(other))
	for _, v := range other {
		has[valueText(v)] = true
	}
	var out []string
	for _, v := range list {
		if text := valueText(v); !has[text] {
			out = append(out, sign+text)
		}
	}
	return out
}

// valueText shows a value on one line.
func valueText(v any) string {
	switch v := v.(type) {
	case nil:
		return "(none)"
	case string:
		if v == "" {
			return `""`
		}
		return shorten(Plain(v))
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case []any:
		if len(v) == 0 {
			return "(none)"
		}
		words := make([]string, len(v))
		for i, item := range v {
			words[i] = valueText(item)
		}
		return shorten(strings.Join(words, " "))
	case map[string]any:
		if v["secret"] == true {
			return "secret " + valueText(v["sha256_prefix"])
		}
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "?"
	}
	return shorten(Plain(string(text)))
}

// brief says of a fact that came or went what it was set to.
func brief(v any) string {
	node, _ := v.(map[string]any)
	if _, secret := node["secret"].(map[string]any); secret {
		return ": secret"
	}
	for _, field := range []string{"value", "version", "file_state", "target", "error", "detail"} {
		if text, ok := node[field].(string); ok && text != "" {
			return ": " + shorten(Plain(text))
		}
	}
	return ""
}

func shorten(text string) string {
	if runes := []rune(text); len(runes) > longestValue {
		return string(runes[:longestValue]) + "…"
	}
	return text
}

// Plain keeps text of a host on its line and from steering a terminal.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
