package bridge

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/internal/testhosts"
)

// A virsh that answers with the states in a folder, and notes what it is told to do.
const virshOfStates = `#!/usr/bin/env bash
case $1 in
domstate) cat "$STATE/$2" ;;
*)
  echo "$*" >>"$STATE/log"
  test "$1" != start || test "$2" != broken
  ;;
esac
`

// Domains that have failed are started as often as was said; one that was shut down, or that runs, is let be.
func TestDomainsThatHaveFailedAreStartedAgain(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("bash"); err != nil {
		testhosts.Lacking(t, "bash is missing")
	}
	state, run, bin := t.TempDir(), t.TempDir(), t.TempDir()
	write := func(file, text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(bin, "virsh"), virshOfStates, 0o755)
	for name, is := range map[string]string{"web": "shut off (crashed)", "db": "running (booted)", "mail": "shut off (shutdown)", "old": "crashed (panicked)", "broken": "shut off (failed)", "never": "shut off (crashed)"} {
		write(filepath.Join(state, name), is+"\n\n", 0o644)
	}
	write(filepath.Join(run, "db"), "2\n", 0o644)
	look := func(domains string) (bool, []string) {
		t.Helper()
		_ = os.Remove(filepath.Join(state, "log"))
		c := exec.Command("bash", "-c", "set -e\n"+textOf(t, "ha/restarts/restarts.rego", "_script"))
		c.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "STATE=" + state, "RUNTIME_DIRECTORY=" + run, "DOMAINS=" + domains}
		err := c.Run()
		log, _ := os.ReadFile(filepath.Join(state, "log"))
		return err == nil, strings.Split(strings.TrimSpace(string(log)), "\n")
	}
	for i, want := range []struct {
		ok    bool
		calls []string
	}{
		{true, []string{"start web", "destroy old", "start old"}},
		{false, []string{"start web"}},
		{false, []string{""}},
	} {
		ok, calls := look("web|2 db|3 mail|1 old|1")
		if d := cmp.Diff(want.calls, calls); d != "" || ok != want.ok {
			t.Errorf("look %d: %v, %s", i+1, ok, d)
		}
	}
	if _, err := os.Stat(filepath.Join(run, "db")); err == nil {
		t.Error("the tries of a domain that runs are still counted")
	}
	for domains, want := range map[string]string{"broken|1": "start broken", "never|0": "", "gone|1": ""} {
		if ok, calls := look(domains); ok || calls[0] != want {
			t.Errorf("%s: %v, %q", domains, ok, calls)
		}
	}
}
