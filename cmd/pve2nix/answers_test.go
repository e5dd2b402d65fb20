package main

import (
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
