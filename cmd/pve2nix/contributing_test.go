package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// guideStep is one thing that docs/contributing.md tells a reader to do.
type guideStep struct {
	line int
	// commands with what they print; "…" stands for anything.
	console []string
	// file to write, or to change: text goes below the line anchor where that is set.
	file, anchor, text string
	section            string
}

var (
	writeFile  = regexp.MustCompile("^`([^`]+)`:$")
	changeFile = regexp.MustCompile("^In `([^`]+)`, below `([^`]+)`:$")
)

// readGuide takes the page apart; every fenced block is a step.
func readGuide(t *testing.T, text string) []guideStep {
	t.Helper()
	var steps []guideStep
	var file, anchor, section string
	var block *guideStep
	kind := ""
	var body []string
	for n, line := range strings.Split(text, "\n") {
		switch fence, found := strings.CutPrefix(line, "```"); {
		case found && block == nil:
			block, kind, body = &guideStep{line: n + 1, section: section}, fence, nil
		case found:
			switch kind {
			case "console":
				block.console = body
			case "rego", "go":
				if file == "" {
					t.Fatalf("line %d: no file is named above the block", block.line)
				}
				block.file, block.anchor, block.text = file, anchor, strings.Join(body, "\n")+"\n"
			default:
				t.Fatalf("line %d: a block of kind %q", block.line, kind)
			}
			steps = append(steps, *block)
			block, file, anchor = nil, "", ""
		case block != nil:
			body = append(body, line)
		case strings.HasPrefix(line, "## "):
			section = strings.TrimPrefix(line, "## ")
		default:
			if m := changeFile.FindStringSubmatch(line); m != nil {
				file, anchor = m[1], m[2]
			} else if m := writeFile.FindStringSubmatch(line); m != nil {
				file = m[1]
			}
		}
	}
	return steps
}

// The page for contributors is true to the letter: its commands print what it says, its files do what it says, and each
// kind of change touches as many files as it says.
func TestContributingGuide(t *testing.T) {
	testhosts.Whole(t)
	guide, err := os.ReadFile("../../docs/contributing.md")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	for _, dir := range []string{"catalog", "rules", "schemas", "engine", "internal", "reports", "cmd"} {
		if err := os.CopyFS(filepath.Join(root, dir), os.DirFS(filepath.Join("../..", dir))); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, file), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// The test is the program where it is called by its name, see TestMain.
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "pve2nix")
	if err := os.Symlink(self, bin); err != nil {
		t.Fatal(err)
	}
	id := "" // of the new rule, as the program gave it
	before := contentOf(t, root)
	touched := map[string][]string{}
	for _, step := range readGuide(t, string(guide)) {
		where := fmt.Sprintf("docs/contributing.md:%d", step.line)
		if step.file != "" {
			step.text = strings.ReplaceAll(step.text, "PVE-TIME-…", id)
			apply(t, where, filepath.Join(root, step.file), step)
		}
		for _, one := range commandsOf(step.console) {
			got := follow(t, root, bin, one.command)
			if m := regexp.MustCompile(`PVE-TIME-\d\d\d`).FindString(got); m != "" && strings.Contains(one.command, "new rule") {
				id = m
			}
			if !printed(got, one.want) {
				t.Errorf("%s: %s printed\n%s\nwant\n%s", where, one.command, got, strings.Join(one.want, "\n"))
			}
		}
		after := contentOf(t, root)
		for path, text := range after {
			if old, ok := before[path]; (!ok || old != text) && !slices.Contains(touched[step.section], path) {
				touched[step.section] = append(touched[step.section], path)
			}
		}
		before = after
	}
	for section, want := range map[string][]string{
		"A mapping: one file":   {"catalog/packages_server.cue"},
		"An option: two files":  {"catalog/packages_server.cue", "catalog/surface.cue"},
		"A pitfall: one folder": {"rules/time/fake_hwclock/fake_hwclock.rego", "rules/time/fake_hwclock/fake_hwclock_test.rego"},
		"A fact: three files":   {"engine/introspect/hardware.go", "engine/introspect/smt_test.go", "engine/snapshot/hardware.go"},
	} {
		got := slices.DeleteFunc(touched[section], func(path string) bool { return strings.HasPrefix(path, "schemas/") }) // generated
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s touches %q, want %q", section, got, want)
		}
	}
}

func apply(t *testing.T, where, path string, step guideStep) {
	t.Helper()
	text := step.text
	if step.anchor != "" {
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatalf("%s: %v", where, err)
		}
		i := strings.Index(string(old), step.anchor)
		if i < 0 {
			t.Fatalf("%s: %s has no line %q", where, step.file, step.anchor)
		}
		end := i + strings.Index(string(old)[i:], "\n") + 1
		text = string(old)[:end] + step.text + string(old)[end:]
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatalf("%s: %v", where, err)
	}
}

type guideCommand struct {
	command string
	want    []string
}

func commandsOf(console []string) (list []guideCommand) {
	for _, line := range console {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			list = append(list, guideCommand{command: command})
		} else if n := len(list); n > 0 {
			list[n-1].want = append(list[n-1].want, line)
		}
	}
	return list
}

// follow runs a command in the copy. Errors come behind what is printed, each with an exclamation mark; hints too, as the
// program gives them.
func follow(t *testing.T, root, bin, command string) string {
	t.Helper()
	args := strings.Fields(command)
	if args[0] == "pve2nix" {
		args[0] = bin
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOFLAGS=-trimpath") // what is compiled already for another folder is taken again
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	out := stdout.String()
	for line := range strings.Lines(stderr.String()) {
		if strings.HasPrefix(line, "error:") {
			out += "! " + line
		} else if err == nil {
			out += line
		}
	}
	if err != nil && !strings.Contains(out, "! error:") {
		t.Errorf("%s: %v\n%s%s", command, err, out, stderr.String())
	}
	return out
}

// printed compares line by line; "…" is any text within a line, and as a line of its own any lines. Hints need not be told.
func printed(got string, want []string) bool {
	if len(want) == 0 {
		return strings.TrimSpace(got) == ""
	}
	pattern := "(?m)^"
	for _, line := range want {
		if line == "…" {
			pattern += `(?:.*\n)*?`
			continue
		}
		pattern += strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".+") + `\n`
	}
	return regexp.MustCompile(pattern + `(?:hint:.*\n)*\z`).MatchString(strings.TrimSuffix(got, "\n") + "\n")
}

func contentOf(t *testing.T, root string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		out[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
