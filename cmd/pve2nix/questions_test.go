package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/rules"
)

var (
	questionHead = regexp.MustCompile(`(?m)^## (\d+)\. (.+)\?$`)
	quoted       = regexp.MustCompile("`([^`]+)`")
)

// docs/questions.md answers 28 questions, each with rules, catalog entries and sources that exist.
func TestQuestions(t *testing.T) {
	text, err := os.ReadFile("../../docs/questions.md")
	if err != nil {
		t.Fatal(err)
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		t.Fatal(err)
	}
	list, err := policy.ReadRules(modules)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, r := range list {
		ids[r.ID] = r.ID != ""
	}
	cat, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		t.Fatal(err)
	}
	advice, err := cat.Advice()
	if err != nil {
		t.Fatal(err)
	}
	exists := map[string]func(string) bool{
		"rules": func(name string) bool { return ids[name] },
		"entries": func(name string) bool {
			table, key, _ := strings.Cut(name, "/")
			for _, e := range cat.Named(key, table) {
				if e.Key == key {
					return true
				}
			}
			return false
		},
		"advice": func(name string) bool { _, ok := advice[name]; return ok },
	}
	heads := questionHead.FindAllStringSubmatchIndex(string(text), -1)
	if len(heads) != 28 {
		t.Errorf("%d questions, want 28", len(heads))
	}
	for i, h := range heads {
		if n := string(text[h[2]:h[3]]); n != strconv.Itoa(i+1) {
			t.Errorf("question %s is at the place of %d", n, i+1)
		}
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		answer, evidence, ok := strings.Cut(string(text[h[1]:end]), "\nEvidence: ")
		if !ok || strings.TrimSpace(answer) == "" {
			t.Errorf("question %d: no answer, or no Evidence line", i+1)
			continue
		}
		// A source may hold a semicolon, but none with a blank behind it.
		named := map[string]int{}
		for _, part := range strings.Split(strings.TrimSpace(evidence), "; ") {
			kind, rest, _ := strings.Cut(part, " ")
			if kind == "sources" {
				named[kind] = strings.Count(rest, "<https://")
				continue
			}
			known := exists[kind]
			if known == nil {
				t.Errorf("question %d: evidence of the kind %q", i+1, kind)
				continue
			}
			for _, m := range quoted.FindAllStringSubmatch(rest, -1) {
				named[kind]++
				if !known(m[1]) {
					t.Errorf("question %d: %s: there is no %s", i+1, kind, m[1])
				}
			}
		}
		for _, kind := range []string{"rules", "entries", "sources"} {
			if named[kind] == 0 {
				t.Errorf("question %d: no %s", i+1, kind)
			}
		}
	}
}
