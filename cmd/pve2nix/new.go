package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/surface"
	"github.com/pve2nix/pve2nix/engine/vet"
	"github.com/pve2nix/pve2nix/rules"
)

func newNewCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "new", Short: "Begin a rule or a mapping", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(newNewRuleCommand(), newNewMappingCommand())
	return cmd
}

func newNewRuleCommand() *cobra.Command {
	var dir, letters string
	cmd := &cobra.Command{
		Use:   "rule AREA/NAME",
		Short: "Begin a rule: its file, its test, the next free id",
		Long: `rule makes the folder AREA/NAME below --rules, with a rule that compiles, a test
that passes, and METADATA whose words are yours to write: vet names what is left
to do. The id is the next one that no rule has or had.`,
		Example: "  pve2nix new rule storage/pool_full\n  pve2nix vet --rules rules",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return newRule(cmd, args[0], dir, letters) },
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&dir, "rules", "rules", "`DIR` of rules that gets the folder")
	cmd.Flags().StringVar(&letters, "letters", "", "`LETTERS` of the ids of a new area: PVE-LETTERS-001")
	return cmd
}

var (
	rulePattern    = regexp.MustCompile(`^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$`)
	lettersPattern = regexp.MustCompile(`^[A-Z]{2,5}$`)
)

func newRule(cmd *cobra.Command, name, dir, letters string) error {
	if !rulePattern.MatchString(name) {
		return &usageError{fmt.Sprintf("%s: want AREA/NAME, each of small letters, digits and underscores", name), "pve2nix new rule storage/pool_full"}
	}
	if letters != "" && !lettersPattern.MatchString(letters) {
		return &usageError{fmt.Sprintf("--letters %s: want two to five capitals", letters), ""}
	}
	if err := isFolder(dir); err != nil {
		return err
	}
	ids, err := vet.ReadIDs(rules.IDs)
	if err != nil {
		return err
	}
	modules, err := policy.Load(overlay(dir), dir)
	if err != nil {
		return &inputError{err}
	}
	own, err := policy.ReadRules(modules)
	if err != nil {
		return &inputError{err}
	}
	for _, r := range own {
		ids[r.ID] = r.Name
	}
	area, base, _ := strings.Cut(name, "/")
	id, ok := vet.NextID(ids, area, letters)
	if !ok {
		return &usageError{fmt.Sprintf("%s: no rule is in area %s yet, so its ids need letters", name, area), "pve2nix new rule " + name + " --letters " + strings.ToUpper(area[:min(3, len(area))])}
	}
	folder := filepath.Join(dir, area, base)
	if _, err := os.Lstat(folder); err == nil {
		return &inputError{fmt.Errorf("%s: is there already", folder)}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return unreadable(err)
	}
	files := vet.NewRule(area, base, id)
	for _, path := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(dir, path)
		if err := os.WriteFile(file, []byte(files[path]), 0o644); err != nil {
			return unreadable(err)
		}
		fmt.Fprintln(cmd.OutOrStdout(), file)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "hint: %s is its id; pve2nix vet --rules %s says what is left to write\n", id, dir)
	return nil
}

func newNewMappingCommand() *cobra.Command {
	var f mappingFlags
	cmd := &cobra.Command{
		Use:   "mapping PACKAGE",
		Short: "Begin a mapping: what a Debian package becomes",
		Long: `mapping adds an entry for a Debian package to a file of --catalog, in its place in
the alphabet: packages_server.cue where that is there, else packages.cue. An option that
none of the built-in entries and rules sets is declared in surface.cue, with its type.

Without --attr, --option and --status the package of nixpkgs that has the same
name is taken; where there is none, that is an error, and nothing is written.`,
		Example: `  pve2nix new mapping ripgrep
  pve2nix new mapping silversearcher-ag --attr silver-searcher
  pve2nix new mapping grafana --option services.grafana.enable=true
  pve2nix new mapping needrestart --status irrelevant --reason "NixOS restarts what an update changes"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return newMapping(cmd, args[0], f) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.dir, "catalog", "catalog", "`DIR` of entries that gets the mapping")
	flags.StringVar(&f.attr, "attr", "", "`ATTR` of the package in nixpkgs")
	flags.StringArrayVar(&f.options, "option", nil, "`OPTION=VALUE` of NixOS, the value as JSON; may be repeated")
	flags.StringVar(&f.status, "status", "", "`STATUS` of what needs neither: implied or irrelevant")
	flags.StringVar(&f.reason, "reason", "", "`REASON` of the status, for the reader, without a full stop")
	flags.StringArrayVar(&f.sources, "source", nil, "`URL` where it can be checked; may be repeated; default: the package's pages")
	return cmd
}

type mappingFlags struct {
	dir, attr, status, reason string
	options, sources          []string
}

// packagePattern is that of Debian's policy, 5.6.1.
var packagePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9+.-]+$`)

func newMapping(cmd *cobra.Command, name string, f mappingFlags) error {
	if !packagePattern.MatchString(name) {
		return &usageError{fmt.Sprintf("%s: no name of a Debian package", name), ""}
	}
	if err := isFolder(f.dir); err != nil {
		return err
	}
	e, err := mapping(name, f)
	if err != nil {
		return err
	}
	c, err := entries(nil)
	if err != nil {
		return err
	}
	for _, old := range c.Named(name, "packages") {
		if old.Key == name {
			return &inputError{fmt.Errorf("%s: packages %s is there already", old.At, name)}
		}
	}
	file := filepath.Join(f.dir, "packages_server.cue")
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		file = filepath.Join(f.dir, "packages.cue")
	}
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unreadable(err)
	}
	text, line, err := catalog.Insert(file, text, e)
	if err != nil {
		return err
	}
	if err := declare(f.dir, c, e); err != nil {
		return err
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return unreadable(err)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s:%d\n", file, line)
	fmt.Fprintf(cmd.ErrOrStderr(), "hint: pve2nix vet --catalog %s checks it\n", f.dir)
	return nil
}

// declare writes the options of an entry that are not among those that may be set into the surface of a folder.
func declare(dir string, c *catalog.Catalog, e catalog.Entry) error {
	options, err := c.SurfaceOf(nixos.Oldest)
	if err != nil {
		return err
	}
	index, err := nixos.Read(builtincatalog.NixOS)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "surface.cue")
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unreadable(err)
	}
	text := old
	for _, name := range slices.Sorted(maps.Keys(e.Options)) {
		path, err := nixos.Split(name)
		if err != nil {
			return err
		}
		m := options.Check(path, e.Options[name])
		if kind, ok := index.Kind(path); m != nil && m.Type == nil && ok {
			is, _ := surface.FromManual(kind)
			own, err := surface.New(map[string]string{name: is.String()})
			if err != nil {
				return err
			}
			if m = own.Check(path, e.Options[name]); m == nil {
				if text, err = catalog.Declare(file, text, name, is.String()); err != nil {
					return err
				}
			}
		}
		if m != nil {
			return &usageError{"--option " + name + ": " + m.Error(), ""}
		}
	}
	if bytes.Equal(text, old) {
		return nil
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return unreadable(err)
	}
	return nil
}

// mapping is the entry that the flags ask for.
func mapping(name string, f mappingFlags) (catalog.Entry, error) {
	e := catalog.Entry{Subject: "packages", Key: name, Sources: f.sources, Verdict: catalog.Verdict{Attr: f.attr, Reason: f.reason, Status: catalog.Status(f.status)}}
	for _, option := range f.options {
		path, text, ok := strings.Cut(option, "=")
		if !ok {
			return e, &usageError{fmt.Sprintf("--option %s: want OPTION=VALUE", option), ""}
		}
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			return e, &usageError{fmt.Sprintf("--option %s: the value is no JSON: text needs double quotes", option), ""}
		}
		if e.Options == nil {
			e.Options = map[string]any{}
		}
		e.Options[path] = value
	}
	index, err := nixos.Read(builtincatalog.NixOS)
	if err != nil {
		return e, err
	}
	switch {
	case f.status != "":
		if e.Status != catalog.Implied && e.Status != catalog.Irrelevant {
			return e, &usageError{fmt.Sprintf("--status %s: want implied or irrelevant; a package or option follows from --attr and --option", f.status), ""}
		}
		if f.reason == "" || f.attr != "" || f.options != nil {
			return e, &usageError{fmt.Sprintf("--status %s: needs --reason, and neither --attr nor --option", f.status), ""}
		}
	case len(e.Options) > 0:
		e.Status = catalog.Option
	case e.Attr != "":
		e.Status = catalog.Package
	case index.Attribute(name):
		e.Status, e.Attr = catalog.Package, name
	default:
		return e, &usageError{fmt.Sprintf("nixpkgs %s has no package %s", nixos.Oldest, name), "name it with --attr, or say with --option or --status what takes its place"}
	}
	if e.Attr != "" && !index.Attribute(e.Attr) {
		return e, &usageError{fmt.Sprintf("--attr %s: nixpkgs %s has no such package", e.Attr, nixos.Oldest), ""}
	}
	for path := range e.Options {
		parts, err := nixos.Split(path)
		if err != nil {
			return e, &usageError{err.Error(), ""}
		}
		if what := index.Missing(nixos.Oldest, parts, parts); what != "" {
			return e, &usageError{"--option " + path + ": " + what, ""}
		}
	}
	if e.Sources == nil {
		e.Sources = []string{"https://packages.debian.org/" + name}
		if e.Attr != "" {
			e.Sources = append(e.Sources, "https://search.nixos.org/packages?query="+e.Attr)
		}
		for _, path := range slices.Sorted(maps.Keys(e.Options)) {
			e.Sources = append(e.Sources, "https://search.nixos.org/options?query="+path)
		}
	}
	return e, nil
}
