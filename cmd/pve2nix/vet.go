package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pve2nix/pve2nix/engine/vet"
)

func newVetCommand() *cobra.Command {
	var f vetFlags
	cmd := &cobra.Command{
		Use:   "vet [SNAPSHOT...]",
		Short: "Check rules and catalog as strictly as can be",
		Long: `vet checks the built-in knowledge, and what --catalog and --rules lay over it:

  - the catalog's files: form and formatting, keys that nothing can have, cases that are never
    reached, packages that nixpkgs does not have; the options that may be set, and their types,
    are those of NixOS
  - the rules: compiled strictly, every fact that they read is one of the
    snapshot's schema; formatted; METADATA complete; ids unique and never reused;
    what they set may be set, and fits the option's type
  - the tests of the rules: each passes, and each rule says something in one

Of snapshots, where given, what is set is checked for every target and release, and each rule
must say something about one at least. Problems are on stdout, one a line: file:line:column: what. Exit code 4 when there is one.`,
		Example: "  pve2nix vet\n  pve2nix vet --catalog site/catalog --rules site/rules\n  pve2nix vet --answers golden/answers.json golden/*/snapshot.json",
		RunE:    func(cmd *cobra.Command, args []string) error { return runVet(cmd, args, f) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.answers, "answers", "", "`FILE` of answers: the snapshots are looked at without and with them")
	flags.StringArrayVar(&f.catalogs, "catalog", nil, "`DIR` of catalog entries laid over the built-in ones; may be repeated, the last wins")
	flags.StringArrayVar(&f.rules, "rules", nil, "`DIR` of rules laid over the built-in ones; may be repeated, the last wins")
	return cmd
}

type vetFlags struct {
	catalogs, rules []string
	answers         string
}

func runVet(cmd *cobra.Command, args []string, f vetFlags) error {
	collectRarely()
	o := vet.Options{}
	var err error
	if o.Catalogs, err = folders(f.catalogs); err != nil {
		return err
	}
	if o.Rules, err = folders(f.rules); err != nil {
		return err
	}
	if f.answers != "" {
		if o.Answers, err = answersOf(f.answers); err != nil {
			return err
		}
	}
	for _, path := range args {
		doc, err := readSnapshot(path)
		if err != nil {
			return err
		}
		o.Snapshots = append(o.Snapshots, doc)
	}
	r, err := vet.Check(cmd.Context(), o)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	for _, p := range r.Problems {
		fmt.Fprintln(out, p)
	}
	if n := len(r.Problems); n > 0 {
		return &inputError{fmt.Errorf("vet: %s", counted(n, "problem"))}
	}
	fmt.Fprintf(out, "%d rules, %d findings (%d critical, %d major, %d minor), %d tests that run %.1f %% of their lines\n",
		r.Rules, r.Findings, r.Severities["critical"], r.Severities["major"], r.Severities["minor"], r.Tests, 100*float64(r.Covered)/float64(max(r.Lines, 1)))
	fmt.Fprintf(out, "%d catalog entries\n", r.Entries)
	if r.Snapshots > 0 {
		fmt.Fprintf(out, "every rule says something about one of %s\n", counted(r.Snapshots, "host"))
	}
	return nil
}

func folders(dirs []string) ([]vet.Folder, error) {
	var out []vet.Folder
	for _, dir := range dirs {
		if err := isFolder(dir); err != nil {
			return nil, err
		}
		out = append(out, vet.Folder{Name: dir, FS: overlay(dir)})
	}
	return out, nil
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
