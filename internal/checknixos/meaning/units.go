package meaning

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// compared are the types of units that do something by themselves; mounts and swap areas are compared as such.
var compared = []string{".service", ".socket", ".timer", ".path", ".target"}

// inUse is true for a unit that is started on the host, as far as the capture can tell.
func inUse(u snapshot.Unit) bool {
	if strings.Contains(u.Name, "@.") {
		return false // a template; what runs is an instance of it
	}
	if u.LoadState == "not-found" || u.LoadState == "masked" {
		return false
	}
	return u.FileState == "enabled" || u.FileState == "enabled-runtime" || u.ActiveState == "active" || u.ActiveState == "activating"
}

// units compares what is started: a unit of Debian that is in use is there on NixOS by its name, or by the names that the
// catalog's table has for it, and something starts it.
func (c *comparison) units() {
	there := c.startable()
	for n, u := range c.facts.Units {
		kind := path.Ext(u.Name)
		if !slices.Contains(compared, kind) || !inUse(u) {
			continue
		}
		at := pointer("/units/%d", n)
		subject := "units"
		if kind == ".timer" {
			subject = "timers"
		}
		item := Item{Subject: subject, Name: u.Name, Want: "started", At: []string{at}}
		as, named := c.names.Units[u.Name]
		if !named {
			as, named = c.names.Units[template(u.Name)]
		}
		if own, ok := as.On[c.Target]; ok {
			as = Counterpart{Units: own}
		}
		if named && as.Of != "" && !slices.Contains(c.Collections, as.Of) {
			named = false // the same unit may be there all the same, but nothing says that it must
		}
		if !named {
			as.Units = append(slices.Clone(as.Units), u.Name)
			if strings.Contains(u.Name, "@") {
				as.Units = append(as.Units, strings.Replace(u.Name, "@", "-", 1)) // modules of NixOS write instances out
			}
		}
		item.Got = there.best(as)
		switch {
		case item.Got == "started":
		case named && slices.Contains(c.Declared, as.Of):
			item.Reason = "a unit of " + as.Of + ", whose modules were not given"
		case !named: // where the catalog's table says what does the work, no word can take its place
			item.Reason = c.said.needless(at)
		}
		c.add(item)
		if kind == ".timer" && item.Got == "started" {
			c.schedule(u, at, there.named(as.Units))
		}
	}
}

// needless is why a fact needs nothing on NixOS, where the ledger says so.
func (s saying) needless(at string) string {
	switch a := s.ledger[at]; a.Status {
	case evaluate.Implied, evaluate.Irrelevant:
		return string(a.Status) + ": " + a.Reason
	}
	return ""
}

// schedule compares when a timer elapses, where both say it by the calendar.
func (c *comparison) schedule(u snapshot.Unit, at string, names []string) {
	if u.Detail == nil {
		return
	}
	var want, got []string
	for _, t := range u.Detail.Timers {
		if when, ok := strings.CutPrefix(t, "OnCalendar="); ok {
			want = append(want, calendar(when))
		}
	}
	for _, name := range names {
		for _, s := range sections(c.values.Units[name].Text) {
			for _, l := range s.lines {
				if l[0] == "OnCalendar" && l[1] != "" {
					got = append(got, calendar(l[1]))
				}
			}
		}
	}
	if want == nil || got == nil {
		return
	}
	slices.Sort(want)
	slices.Sort(got)
	c.add(Item{
		Subject: "timers", Name: u.Name + " schedule", Want: strings.Join(want, ", "), Got: strings.Join(got, ", "), At: []string{at},
		Reason: otherSchedule[u.Name],
	})
}

// otherSchedule says why a timer of NixOS itself may elapse at other times.
var otherSchedule = map[string]string{
	"logrotate.timer": "NixOS asks logrotate every hour, which then does what is due by each log's own frequency",
}

// short are the words that systemd.time(7) has for whole calendar expressions.
var short = map[string]string{
	"hourly": "*-*-* *:00:00", "daily": "*-*-* 00:00:00", "weekly": "Mon *-*-* 00:00:00", "monthly": "*-*-01 00:00:00", "yearly": "*-01-01 00:00:00",
}

func calendar(when string) string {
	if long, ok := short[strings.ToLower(when)]; ok {
		return long
	}
	return when
}

// startable are the units of NixOS by name, and which of them something starts.
type startable struct {
	units    map[string]UnitValues
	upstream map[string]bool
	pulled   map[string]bool
	alias    map[string]string
}

var (
	takenOver = regexp.MustCompile(`(?m)^for i in ([^;\n]*); do\n\s*fn=\S+/example/systemd/system/\$i$`)
	linked    = regexp.MustCompile(`(?m)^ln -sfn '([^'\n]+)' \$out/'([^'\n/]+)'$`)
)

func (c *comparison) startable() startable {
	s := startable{c.values.Units, map[string]bool{}, map[string]bool{}, map[string]string{}}
	for _, m := range takenOver.FindAllStringSubmatch(c.values.Upstream, -1) {
		for _, name := range strings.Fields(m[1]) {
			s.upstream[name] = true
		}
	}
	for _, m := range linked.FindAllStringSubmatch(c.values.Upstream, -1) {
		s.alias[m[2]] = m[1]
	}
	for name, u := range c.values.Units {
		if !u.Enable {
			continue
		}
		if len(u.WantedBy)+len(u.RequiredBy) > 0 {
			s.pulled[name] = true
		}
		for _, part := range sections(u.Text) {
			for _, key := range []string{"Wants", "Requires", "BindsTo", "Upholds", "Unit", "Service", "Sockets"} {
				for _, other := range part.all(key) {
					s.pulled[other] = true
				}
			}
		}
		// A socket, timer or path starts the service of its name.
		switch kind := path.Ext(name); kind {
		case ".socket", ".timer", ".path":
			s.pulled[strings.TrimSuffix(name, kind)+".service"] = true
		}
	}
	return s
}

// state is started, or what keeps a unit from it; empty where there is none of that name.
func (s startable) state(name string) string {
	if to, ok := s.alias[name]; ok {
		name = to
	}
	for _, n := range []string{name, template(name)} {
		u, own := s.units[n]
		switch {
		case own && !u.Enable:
			return "masked"
		case s.upstream[n], own && (s.pulled[n] || s.pulled[name] || strings.Contains(n, "@")), own && strings.HasSuffix(n, ".target"):
			return "started"
		case own:
			return idle
		}
	}
	return ""
}

// best is the state of the first that is started, or of any that is there.
func (s startable) best(as Counterpart) (got string) {
	for _, name := range s.named(as.Units) {
		switch state := s.state(name); {
		case state == "started", state == idle && as.Activated:
			return "started"
		case state != "":
			got = state
		}
	}
	return got
}

// named are the units that some names or patterns of names stand for.
func (s startable) named(list []string) (out []string) {
	for _, name := range list {
		if !strings.Contains(name, "*") {
			out = append(out, name)
			continue
		}
		for _, unit := range sortedKeys(s.units) {
			if ok, err := path.Match(name, unit); ok && err == nil {
				out = append(out, unit)
			}
		}
	}
	return out
}

const idle = "there, but nothing starts it"

// template is the name of the file that an instance is made of.
func template(name string) string {
	before, after, ok := strings.Cut(name, "@")
	if !ok {
		return name
	}
	return before + "@" + path.Ext(after)
}
