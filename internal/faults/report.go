package faults

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Report is the test report of conversions, made from the results of all tests: what was tried, what failed, where
// faults struck, whether everything was taken back, and what could not be tested. The same results give the same text.
func Report(all []*Results) string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	say("# Test report of conversions\n\n")
	say("A conversion puts a NixOS beside Proxmox VE, starts it once, and goes back by itself unless somebody outside commits it. This report says how that was tested. " +
		"It is made from the results that the tests write; nothing in it is written by hand.\n\n")
	say("A fault counts as rolled back when, after the rollback, every file of Proxmox VE's root with its content, owner, mode, time and attributes, the boot files, the variables of the firmware, " +
		"the volumes, the cluster's flags and the data of guests were what they were before. What a run may leave is its journal with the checkpoint, below `/var/lib/pve2nix`.\n\n")

	say("## Summary\n\n| Tests | Scenarios | Passed | Failed | Faults injected | Rolled back | Success |\n| --- | --: | --: | --: | --: | --: | --: |\n")
	for _, r := range all {
		passed := 0
		for _, s := range r.Scenarios {
			if s.Passed {
				passed++
			}
		}
		injected, back := r.Injected()
		say("| %s | %d | %d | %d | %d | %d | %s |\n", r.Harness, len(r.Scenarios), passed, len(r.Scenarios)-passed, injected, back, percent(back, injected))
	}
	for _, r := range all {
		say("\n## Tests with %s\n\n%s\n", r.Harness, r.Standins)
		if r.Seed != 0 {
			say("\nCases were drawn with the seed %d.\n", r.Seed)
		}
		reportScenarios(say, r.Scenarios)
		reportFaults(say, r.Faults)
		if len(r.Times) > 0 {
			say("\n### Measured times\n\nSeconds, the shortest and the longest, on the machine of the tests; a real host is another one.\n\n| Phase | Layout | Boot path | Times | Seconds |\n| --- | --- | --- | --: | --: |\n")
			reportTimes(say, r.Times)
		}
	}
	say("\n## What could not be tested\n\n")
	var seen []string
	for _, r := range all {
		for _, n := range r.NotTested {
			if !slices.Contains(seen, n) {
				seen = append(seen, n)
				say("- %s\n", n)
			}
		}
	}
	return b.String()
}

// reportTimes has a row for each phase of a layout and boot path, in the order in which they came first.
func reportTimes(say func(string, ...any), list []Time) {
	same := func(a Time) func(Time) bool {
		return func(b Time) bool { return a.Phase == b.Phase && a.Layout == b.Layout && a.Boot == b.Boot }
	}
	for i, t := range list {
		if slices.IndexFunc(list, same(t)) < i {
			continue
		}
		n, least, most := 0, t.Seconds, t.Seconds
		for _, other := range list {
			if same(t)(other) {
				n, least, most = n+1, min(least, other.Seconds), max(most, other.Seconds)
			}
		}
		seconds := fmt.Sprintf("%.1f", least)
		if n > 1 {
			seconds += fmt.Sprintf("–%.1f", most)
		}
		say("| %s | %s | %s | %d | %s |\n", cell(t.Phase), cell(t.Layout), cell(t.Boot), n, seconds)
	}
}

func reportScenarios(say func(string, ...any), list []Scenario) {
	if len(list) == 0 {
		return
	}
	say("\n### Scenarios\n\n| Scenario | Layout | Boot path | Outcome |\n| --- | --- | --- | --- |\n")
	for _, s := range list {
		outcome := "passed"
		if !s.Passed {
			outcome = "failed: " + s.Text
		}
		say("| %s | %s | %s | %s |\n", cell(s.Name), cell(s.Layout), cell(s.Boot), cell(outcome))
	}
}

// reportFaults counts faults by layout and boot path, by kind, and by step.
func reportFaults(say func(string, ...any), list []Count) {
	if len(list) == 0 {
		return
	}
	boots := distinct(list, func(c Count) string { return c.Boot })
	layouts := distinct(list, func(c Count) string { return c.Layout })
	row := func(title string, match func(Count) bool) {
		say("| %s |", cell(title))
		for _, boot := range boots {
			say(" %s |", share(list, func(c Count) bool { return c.Boot == boot && match(c) }))
		}
		say(" %s | %d |\n", share(list, match), back(list, match))
	}
	table := func(title, first string) {
		say("\n### %s\n\n| %s | %s | all | rolled back |\n| --- |%s --: | --: |\n", title, first, strings.Join(boots, " | "), strings.Repeat(" --: |", len(boots)))
	}
	table("Faults by layout and boot path", "Layout")
	for _, l := range layouts {
		row(l, func(c Count) bool { return c.Layout == l })
	}
	table("Faults by kind", "Kind")
	for _, k := range distinct(list, func(c Count) string { return c.Kind }) {
		row(k, func(c Count) bool { return c.Kind == k })
	}
	for _, l := range layouts {
		table("Faults by step, layout "+l, "Step")
		for _, s := range distinct(list, func(c Count) string { return c.Step }) {
			match := func(c Count) bool { return c.Layout == l && c.Step == s }
			if slices.ContainsFunc(list, match) {
				row(s, match)
			}
		}
	}
}

// share is how many faults match, and of how many everything was rolled back, where that is another number.
func share(list []Count, match func(Count) bool) string {
	var r Results
	for _, c := range list {
		if match(c) {
			r.Faults = append(r.Faults, c)
		}
	}
	injected, back := r.Injected()
	switch {
	case injected == 0:
		return "–"
	case injected == back:
		return fmt.Sprint(injected)
	}
	return fmt.Sprintf("%d, **%d rolled back**", injected, back)
}

// back is of how many faults that match everything was rolled back.
func back(list []Count, match func(Count) bool) (n int) {
	for _, c := range list {
		if match(c) {
			n += c.RolledBack
		}
	}
	return n
}

func distinct(list []Count, of func(Count) string) (out []string) {
	for _, c := range list {
		out = append(out, of(c))
	}
	slices.SortFunc(out, cmp.Compare)
	return slices.Compact(out)
}

func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return fmt.Sprintf("%.4g %%", float64(part)*100/float64(whole))
}

// cell is a text that stays in its cell of a table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "\r", "").Replace(s)
}
