package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/internal/checknixos/meaning"
)

func TestReportSaysHowManyOfHowMany(t *testing.T) {
	item := func(name string, exceptions ...string) meaning.Item {
		return meaning.Item{Subject: "addresses", Name: name, Want: "x", Exceptions: exceptions}
	}
	same := meaning.Item{Subject: "addresses", Name: "same", Want: "x", Got: "x"}
	for _, c := range []struct {
		items []meaning.Item
		want  string
		good  bool
	}{
		{[]meaning.Item{same, same}, "addresses          2 of 2\n", true},
		{[]meaning.Item{same, item("b", "PVE-NET-014")}, "addresses          1 of 2 (1 exception: PVE-NET-014)\n", true},
		{[]meaning.Item{item("a", "PVE-NET-014", "PVE-NET-002"), item("b", "lost: no such thing")}, "addresses          0 of 2 (2 exceptions: PVE-NET-002, PVE-NET-014, lost)\n", true},
		{[]meaning.Item{same, item("b")}, "addresses          1 of 2 (1 UNEXPLAINED)\n    DIFFERENT b: want \"x\", got \"\" \n", false},
	} {
		r := result{host: "basic", target: "proxmox", derivation: "/nix/store/x.drv", items: c.items}
		var out bytes.Buffer
		r.print(&out, false)
		if !strings.Contains(out.String(), c.want) || r.good() != c.good {
			t.Errorf("want %q, good %v, got %v\n%s", c.want, c.good, r.good(), &out)
		}
	}
}

func TestWhatDoesNotEvaluateCleanlyDoesNotHold(t *testing.T) {
	clean := result{derivation: "/nix/store/x.drv"}
	if !clean.good() {
		t.Error("a clean result does not hold")
	}
	for name, spoil := range map[string]func(*result){
		"a warning": func(r *result) { r.warnings = []string{"w"} }, "a failed assertion": func(r *result) { r.assertions = []string{"a"} },
		"a value that throws": func(r *result) { r.failed = []string{"fstab"} }, "no derivation": func(r *result) { r.derivation = "" }, "an error": func(r *result) { r.err = errors.New("e") },
	} {
		r := clean
		if spoil(&r); r.good() {
			t.Errorf("%s: holds all the same", name)
		}
	}
}

func TestMessageOfTheModuleSystemIsTheLastError(t *testing.T) {
	const trace = "error: while evaluating\n  at /x\n\nerror: The option `a' was accessed\n  but has no value\n"
	if got := lastError(trace); got != "error: The option `a' was accessed but has no value" {
		t.Errorf("got %q", got)
	}
}
