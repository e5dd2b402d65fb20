package catalog

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/nixos"
)

// LastResort is the pattern that fits every key; a subject has at most one.
const LastResort = "*"

// Check reports what CUE cannot: verdicts without the fields that their status
// needs, keys that cannot be told apart, cases that can never be reached. Each
// error is a Problem at the entry's position.
func Check(c *Catalog) []error {
	var errs []error
	seen := map[[3]string]string{}
	keys := c.keyPatterns(func(p Problem) { errs = append(errs, p) })
	c.checkKeeps(func(p Problem) { errs = append(errs, p) })
	for _, e := range c.All() {
		report := func(at, format string, args ...any) {
			path := []string{e.Subject, e.Key}
			if e.Target != "" {
				path = []string{onField, e.Target, e.Subject, e.Key}
			}
			p := Problem{Path: joinPath(path) + at, Message: fmt.Sprintf(format, args...)}
			p.File, p.Line = splitAt(e.At)
			errs = append(errs, p)
		}
		if _, ok := c.Subjects[e.Subject]; !ok {
			report("", "no subject %q", e.Subject)
		}
		if _, ok := c.Targets[e.Target]; !ok && e.Target != "" {
			report("", "there is no target %q", e.Target)
		}
		id := [3]string{e.Subject, e.Target, e.Key}
		if first, twice := seen[id]; twice {
			report("", "the entry is also at %s", first)
		}
		seen[id] = e.At
		if message := checkKey(e.Key); message != "" {
			report("", "%s", message)
		} else if pattern := keys[e.Subject]; pattern != nil && e.Key != LastResort && !canMatch(e.Key, pattern) {
			report("", "can match nothing: no %s is called so (%s)", c.Subjects[e.Subject].Component, c.Subjects[e.Subject].Pattern)
		}
		if other := c.shadow(e); other != nil {
			report("", "never reached: %q at %s answers first", other.Key, other.At)
		}
		for _, message := range c.checkVerdict(e, e.Verdict) {
			report("", "%s", message)
		}
		if len(e.When) > 0 && c.casesCoverAll(e) {
			report("", "never reached: the cases cover every target")
		}
		for n, w := range e.When {
			at := fmt.Sprintf(".when.%d", n)
			for _, message := range c.checkVerdict(e, w.Verdict) {
				report(at, "%s", message)
			}
			if message := c.checkCase(e, n); message != "" {
				report(at, "%s", message)
			}
		}
		if len(e.Sources) == 0 || slices.ContainsFunc(e.Sources, blank) {
			report("", "no source")
		}
	}
	return errs
}

// keyPatterns compiles the patterns of all subjects.
func (c *Catalog) keyPatterns(report func(Problem)) map[string]*regexp.Regexp {
	out := map[string]*regexp.Regexp{}
	for _, name := range slices.Sorted(maps.Keys(c.Subjects)) {
		text := c.Subjects[name].Pattern
		if text == "" {
			continue
		}
		pattern, err := regexp.Compile(`\A(?:` + text + `)\z`)
		if err != nil {
			report(Problem{Path: joinPath([]string{"subjects", name, "pattern"}), Message: err.Error()})
			continue
		}
		out[name] = pattern
	}
	return out
}

// fillings are texts that a * is tried with; the parts of keys are of such kinds.
var fillings = []string{"", "a", "0", "x0", "a.service", "a/a", "/a", "a/", "in", "qemu", "cluster", "/a/b"}

// canMatch tells whether some key fits both the key of an entry and the pattern of its subject.
func canMatch(key string, pattern *regexp.Regexp) bool {
	literal, rest, star := strings.Cut(key, "*")
	if !star {
		return pattern.MatchString(key)
	}
	return slices.ContainsFunc(fillings, func(filling string) bool { return canMatch(literal+filling+rest, pattern) })
}

// shadow finds a pattern that is asked before this one and answers whatever it could.
func (c *Catalog) shadow(e *Entry) *Entry {
	t := c.tables[tableID{e.Target, e.Subject}]
	if t == nil || !strings.Contains(e.Key, "*") || e.Key == "" {
		return nil
	}
	own := slices.IndexFunc(t.patterns[e.Key[0]], func(s *slot) bool { return s.key == e.Key })
	if own < 0 {
		return nil
	}
	rank := t.patterns[e.Key[0]][own].rank
	lists := [][]*slot{t.patterns[e.Key[0]]}
	if e.Key[0] != '*' {
		lists = append(lists, t.patterns['*'])
	}
	for _, list := range lists {
		for _, s := range list {
			// A * of the narrower pattern must be met by a * of the wider one, so its text can be matched as it stands.
			if s.rank < rank && Match(s.key, e.Key) && implies(e.Where, s.where) {
				return s.entry()
			}
		}
	}
	return nil
}

// casesCoverAll tells whether each target has a case that holds on every release and node.
func (c *Catalog) casesCoverAll(e *Entry) bool {
	covered := map[string]bool{}
	for _, w := range e.When {
		if len(w.Release) == 0 && len(w.Where) == 0 {
			for _, target := range w.Target {
				covered[target] = true
			}
		}
	}
	for target := range c.Targets {
		if !covered[target] {
			return false
		}
	}
	return len(c.Targets) > 0
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

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
	Translated: {"becomes", func(v Verdict) bool { return v.Becomes != "" }},
	Implied:    {"reason", func(v Verdict) bool { return !blank(v.Reason) }},
	Carried:    {"reason", func(v Verdict) bool { return !blank(v.Reason) }},
	Irrelevant: {"reason", func(v Verdict) bool { return !blank(v.Reason) }},
	Bridged:    {"bridge", func(v Verdict) bool { return v.Bridge != "" }},
	Missing:    {"gap", func(v Verdict) bool { return v.Gap != nil }},
	Review:     {"gap", func(v Verdict) bool { return v.Gap != nil }},
}

func (c *Catalog) checkVerdict(e *Entry, v Verdict) []string {
	var messages []string
	if carry := cmp.Or(v.Carry, c.Subjects[e.Subject].Carry); v.Status == Carried && carry == "" {
		messages = append(messages, "status carried needs carry, or its subject does")
	} else if _, ok := c.Carries[carry]; !ok && carry != "" {
		messages = append(messages, fmt.Sprintf("carries has no file %q", carry))
	}
	if need, ok := needs[v.Status]; !ok {
		messages = append(messages, fmt.Sprintf("unknown status %q", v.Status))
	} else if !need.has(v) {
		messages = append(messages, fmt.Sprintf("status %s needs %s", v.Status, need.field))
	}
	if v.Attr != "" {
		if _, err := nixos.Split(v.Attr); err != nil {
			messages = append(messages, "attr: "+err.Error())
		}
	}
	for _, path := range slices.Sorted(maps.Keys(v.Options)) {
		if _, err := nixos.Split(path); err != nil {
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
	for _, release := range w.Release {
		if _, ok := c.Releases[release]; !ok && len(c.Releases) > 0 {
			return fmt.Sprintf("never reached: there is no release %q", release)
		}
	}
	if e.Target != "" && len(w.Target) > 0 && !slices.Contains(w.Target, e.Target) {
		return fmt.Sprintf("never reached: the entry is one of target %s", e.Target)
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
