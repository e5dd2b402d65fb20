package main

import (
	"os"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/reports"
)

// --fail-on speaks of findings that nobody has accepted.
func TestAcceptedFindingsDoNotFail(t *testing.T) {
	accepted := evaluate.Finding{Severity: "critical", Accepted: &answers.Acceptance{Reason: "known", By: "a.json#/accept/0"}}
	run := func(findings ...evaluate.Finding) reports.Run {
		return reports.Run{Hosts: []reports.Host{{Host: &evaluate.Host{Findings: findings}}}}
	}
	if err := verdict(run(accepted), evalFlags{failOn: "minor"}); err != nil {
		t.Error(err)
	}
	err := verdict(run(accepted, evaluate.Finding{Severity: "critical"}), evalFlags{failOn: "minor"})
	if err == nil || err.Error() != "1 findings are minor or worse" {
		t.Error(err)
	}
}

// The examples of the guide are answers, whole.
func TestAnswersOfTheGuideAreRead(t *testing.T) {
	guide, err := os.ReadFile("../../docs/guide.md")
	if err != nil {
		t.Fatal(err)
	}
	for begin, name := range map[string]string{"\n    {\n      \"schema\": \"pve2nix.answers/v1\"": "answers.json", "\n    schema: \"pve2nix.answers/v1\"": "answers.cue"} {
		_, after, found := strings.Cut(string(guide), begin)
		example, _, ended := strings.Cut(begin+after, "\n\n")
		if !found || !ended {
			t.Errorf("no example that begins with %q", begin)
			continue
		}
		given, err := answers.Read(name, []byte(example))
		if err != nil {
			t.Error(err)
		} else if len(given.Accept) == 0 || len(given.Packages) == 0 {
			t.Errorf("%s says %+v", name, given.Answers)
		}
	}
}
