package catalog

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// LastResort is the pattern that fits every key; a subject has at most one.
const LastResort = "*"

// Check reports what CUE cannot: verdicts without the fields that their status
// needs, keys that cannot be told apart, cases that can never be reached. Each
// error is a Problem at the entry's position.
func Check(c *Catalog) []error {
	var errs []error
	seen := map[[2]string]string{}
	for _, e := range c.All() {
		report := func(at, format string, args ...any) {
			p := Problem{Path: joinPath([]string{e.Subject, e.Key}) + at, Message: fmt.Sprintf(format, args...)}
			p.File, p.Line = splitAt(e.At)
			errs = append(errs, p)
		}
		if _, ok := c.Subjects[e.Subject]; !ok {
			report("", "no subject %q", e.Subject)
		}
		id := [2]string{e.Subject, e.Key}
		if first, twice := seen[id]; twice {
			report("", "the entry is also at %s", first)
		}
		seen[id] = e.At
		if message := checkKey(e.Key); message != "" {
			report("", "%s", message)
		}
		for _, message := range checkVerdict(e.Verdict) {
			report("", "%s", message)
		}
		for n, w := range e.When {
			at := fmt.Sprintf(".when.%d", n)
			for _, message := range checkVerdict(w.Verdict) {
				report(at, "%s", message)
			}
			if message := c.checkCase(e, n); message != "" {
				report(at, "%s", message)
			}
		}
		if len(e.Sources) == 0 {
			report("", "no source")
		}
	}
	return errs
}

func splitAt(at string) (string, int) {
	i := strings.LastIndex(at, ":")
	if i < 0 {
		return at, 0
	}
	line, err := strconv.Atoi(at[i+1:])
	if err != nil {
		return at, 0
	}
	return at[:i], line
}

func checkKey(key string) string {
	switch {
	case key == "":
		return "the key is empty"
	case strings.Contains(key, "**"):
		return "** says no more than *"
	case key != LastResort && literals(key) == 0:
		return "a pattern needs a character that is no *"
	}
	return ""
}

// needs are the fields without which a status says nothing.
var needs = map[Status]struct {
	field string
	has   func(Verdict) bool
}{
	Package:    {"attr", func(v Verdict) bool { return v.Attr != "" }},
	Option:     {"options", func(v Verdict) bool { return len(v.Options) > 0 }},
	Implied:    {"reason", func(v Verdict) bool { return v.Reason != "" }},
	Carried:    {"reason", func(v Verdict) bool { return v.Reason != "" }},
	Irrelevant: {"reason", func(v Verdict) bool { return v.Reason != "" }},
	Bridged:    {"bridge", func(v Verdict) bool { return v.Bridge != "" }},
	Missing:    {"gap", func(v Verdict) bool { return v.Gap != nil }},
	Review:     {"gap", func(v Verdict) bool { return v.Gap != nil }},
}

func checkVerdict(v Verdict) []string {
	var messages []string
	if need, ok := needs[v.Status]; !ok {
		messages = append(messages, fmt.Sprintf("unknown status %q", v.Status))
	} else if !need.has(v) {
		messages = append(messages, fmt.Sprintf("status %s needs %s", v.Status, need.field))
	}
	if v.Attr != "" {
		if _, err := SplitOption(v.Attr); err != nil {
			messages = append(messages, "attr: "+err.Error())
		}
	}
	for _, path := range slices.Sorted(maps.Keys(v.Options)) {
		if _, err := SplitOption(path); err != nil {
			messages = append(messages, err.Error())
		}
	}
	if strings.HasSuffix(v.Reason, ".") {
		messages = append(messages, "reason ends in a full stop")
	}
	return messages
}

// checkCase says why case n of an entry can never be chosen, if so.
func (c *Catalog) checkCase(e *Entry, n int) string {
	w := e.When[n]
	for _, field := range slices.Sorted(maps.Keys(w.Where)) {
		if want, ok := e.Where[field]; ok && !sameScalar(want, w.Where[field]) {
			return fmt.Sprintf("never reached: the entry wants %s to be %v", field, want)
		}
	}
	for _, target := range w.Target {
		if _, ok := c.Targets[target]; !ok && len(c.Targets) > 0 {
			return fmt.Sprintf("never reached: there is no target %q", target)
		}
	}
	for m, earlier := range e.When[:n] {
		if covers(earlier.Target, w.Target) && covers(earlier.Release, w.Release) && implies(w.Where, earlier.Where) {
			return fmt.Sprintf("never reached: case %d covers it", m)
		}
	}
	if len(w.Target) == 0 && len(w.Release) == 0 && len(w.Where) == 0 {
		return "holds always: say it in the entry itself"
	}
	return ""
}

// covers tells whether a list of targets or releases, empty for all, holds another.
func covers(wide, narrow []string) bool {
	if len(wide) == 0 {
		return true
	}
	return len(narrow) > 0 && !slices.ContainsFunc(narrow, func(s string) bool { return !slices.Contains(wide, s) })
}

// implies tells whether wherever a holds, b holds too.
func implies(a, b map[string]any) bool {
	for field, want := range b {
		if got, ok := a[field]; !ok || !reflect.DeepEqual(got, want) && !sameScalar(got, want) {
			return false
		}
	}
	return true
}
