package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/internal/checknixos/meaning"
)

// good is true when the configuration evaluates cleanly and every difference is explained.
func (r result) good() bool {
	return r.err == nil && r.derivation != "" && len(r.warnings)+len(r.assertions)+len(r.failed)+len(r.complaints) == 0 &&
		!slices.ContainsFunc(r.items, func(i meaning.Item) bool { return !i.Same() && !i.Explained() })
}

func (r result) print(w io.Writer, verbose bool) {
	word := map[bool]string{true: "holds", false: "DOES NOT HOLD"}
	fmt.Fprintf(w, "%s for %s: %s (%.1f s, %d MiB)\n", r.host, r.target, word[r.good()], r.cost.seconds, r.cost.kib/1024)
	if r.err != nil {
		fmt.Fprintf(w, "  error      %v\n", r.err)
	}
	if r.err == nil && r.derivation == "" {
		fmt.Fprintln(w, "  error      the derivation of the system does not evaluate")
	}
	for _, list := range []struct {
		name  string
		lines []string
	}{{"set", r.set}, {"warning", r.warnings}, {"assertion", r.assertions}, {"no value", r.failed}, {"systemd", r.complaints}} {
		for _, line := range list.lines {
			fmt.Fprintf(w, "  %-10s %s\n", list.name, strings.Join(strings.Fields(line), " "))
		}
	}
	if r.hostile {
		fmt.Fprintf(w, "  hostile    text in %d facts; %d times in the configuration, %d times in its values\n", r.planted, r.written, r.held)
	}
	if r.files+r.units > 0 {
		fmt.Fprintf(w, "  %-18s %s, %s\n", "read by systemd", plural(r.files, "file"), plural(r.units, "unit"))
	}
	for _, c := range meaning.Counts(r.items) {
		fmt.Fprintf(w, "  %-18s %s\n", c.Subject, count(c))
		for _, i := range c.Open {
			fmt.Fprintf(w, "    DIFFERENT %s: want %q, got %q %s\n", i.Name, i.Want, i.Got, strings.Join(i.At, " "))
		}
		if verbose {
			for _, i := range c.Exceptions {
				fmt.Fprintf(w, "    exception %s: want %q, got %q: %s\n", i.Name, i.Want, i.Got, why(i))
			}
		}
	}
	fmt.Fprintln(w)
}

func why(i meaning.Item) string {
	if len(i.Exceptions) > 0 {
		return strings.Join(i.Exceptions, ", ")
	}
	return i.Reason
}

// count is a line as in 11 of 12 (1 exception: PVE-NET-014).
func count(c meaning.Count) string {
	out := fmt.Sprintf("%d of %d", c.Same, c.Of)
	ids := map[string]bool{}
	told, meant := 0, 0
	for _, i := range c.Exceptions {
		if len(i.Exceptions) == 0 {
			meant++
			continue
		}
		told++
		for _, id := range i.Exceptions {
			ids[strings.SplitN(id, ": ", 2)[0]] = true
		}
	}
	var parts []string
	if told > 0 {
		parts = append(parts, fmt.Sprintf("%s: %s", plural(told, "exception"), strings.Join(slices.Sorted(maps.Keys(ids)), ", ")))
	}
	if meant > 0 {
		parts = append(parts, fmt.Sprintf("%d meant", meant))
	}
	if len(c.Open) > 0 {
		parts = append(parts, fmt.Sprintf("%d UNEXPLAINED", len(c.Open)))
	}
	if parts != nil {
		out += " (" + strings.Join(parts, "; ") + ")"
	}
	return out
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// summary is a table of all subjects over all configurations of a target.
func summary(w io.Writer, results []result) {
	if slices.ContainsFunc(results, func(r result) bool { return r.trimmed }) {
		fmt.Fprintln(w, "The tree lacks the generated Haskell packages: shellcheck and pandoc were stood in for, so the derivations are not those of the release.")
		fmt.Fprintln(w)
	}
	type total struct{ same, of, told, meant, open int }
	for _, target := range targetsOf(results) {
		bySubject := map[string]*total{}
		var order []string
		hosts, good := 0, 0
		var slowest, largest result
		for _, r := range results {
			if r.target != target {
				continue
			}
			hosts++
			if r.good() {
				good++
			}
			if r.cost.seconds > slowest.cost.seconds {
				slowest = r
			}
			if r.cost.kib > largest.cost.kib {
				largest = r
			}
			for _, c := range meaning.Counts(r.items) {
				t := bySubject[c.Subject]
				if t == nil {
					t = &total{}
					bySubject[c.Subject] = t
					order = append(order, c.Subject)
				}
				t.same, t.of, t.open = t.same+c.Same, t.of+c.Of, t.open+len(c.Open)
				for _, i := range c.Exceptions {
					if len(i.Exceptions) > 0 {
						t.told++
					} else {
						t.meant++
					}
				}
			}
		}
		fmt.Fprintf(w, "target %s: %d of %d hosts hold; slowest %s %.1f s, largest %s %d MiB\n\n", target, good, hosts, slowest.host, slowest.cost.seconds, largest.host, largest.cost.kib/1024)
		if order == nil {
			continue // hostile facts are compared with nothing
		}
		fmt.Fprintln(w, "| subject | same | of | exceptions | meant | unexplained |\n|---|---|---|---|---|---|")
		for _, s := range order {
			t := bySubject[s]
			fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %d |\n", s, t.same, t.of, t.told, t.meant, t.open)
		}
		fmt.Fprintln(w)
	}
}

func targetsOf(results []result) (out []string) {
	for _, r := range results {
		if !slices.Contains(out, r.target) {
			out = append(out, r.target)
		}
	}
	return out
}
