package main

import (
	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/vet"
	"github.com/pve2nix/pve2nix/reports"
	"github.com/pve2nix/pve2nix/rules"
)

func newExplainCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "explain ID|OPTION|POINTER SNAPSHOT",
		Short: "Say where a finding, an option or a fact comes from, and what came of it",
		Long: `explain evaluates the snapshot and follows one thread through it, both ways:

  PVE-NET-001              a finding: its rule, the facts that it is about, what to do
  services.openssh.enable  an option: its value, what set it, the facts behind it
  /packages/12             a fact: where it was captured, what it becomes, who says so

Facts come with the file and line that they were captured from, entries of the
catalog with theirs.`,
		Example: "  pve2nix explain PVE-STO-001 snapshot.json\n  pve2nix explain networking.hostName snapshot.json\n  pve2nix explain /guests/0/config/3 snapshot.json",
		Args:    cobra.ExactArgs(2),
		RunE:    func(cmd *cobra.Command, args []string) error { return runExplain(cmd, args[0], args[1], f) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	knowledgeFlags(flags, &f)
	return cmd
}

func runExplain(cmd *cobra.Command, question, path string, f evalFlags) error {
	doc, err := readSnapshot(path)
	if err != nil {
		return err
	}
	if err := f.readAnswers(cmd); err != nil {
		return err
	}
	engine, err := newEngine(cmd.Context(), f)
	if err != nil {
		return err
	}
	host, err := engine.Evaluate(cmd.Context(), doc)
	if err != nil {
		return err
	}
	modules, err := ruleModules(f.rules)
	if err != nil {
		return err
	}
	list, err := policy.ReadRules(modules)
	if err != nil {
		return err
	}
	k := reports.Knowledge{Rules: map[string]policy.Rule{}, Catalog: engine.Catalog, Release: f.release}
	for _, r := range list {
		k.Rules[r.Name] = r
	}
	if k.IDs, err = vet.ReadIDs(rules.IDs); err != nil {
		return err
	}
	text, err := reports.Explain(reports.Host{Host: host, Tree: doc.Tree}, k, question)
	if err != nil {
		return err
	}
	_, err = cmd.OutOrStdout().Write([]byte(text))
	return err
}
