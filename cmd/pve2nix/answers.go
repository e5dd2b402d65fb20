package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/spf13/cobra"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/answers"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/engine/vet"
	"github.com/pve2nix/pve2nix/reports"
	"github.com/pve2nix/pve2nix/rules"
)

// moduleSize is the largest module that is copied beside answers, in bytes.
const moduleSize = 1 << 20

// readAnswers reads the file of --answers, and takes from it the target and the release.
func (f *evalFlags) readAnswers(cmd *cobra.Command) error {
	if f.answers == "" {
		return nil
	}
	given, err := answersOf(f.answers)
	if err != nil {
		return err
	}
	f.given = given
	for _, one := range []struct {
		flag, answer string
		into         *string
	}{{"target", given.Target, &f.target}, {"release", given.Release, &f.release}} {
		switch {
		case one.answer == "" || one.answer == *one.into:
		case cmd.Flags().Changed(one.flag):
			return &usageError{fmt.Sprintf("--%s %s: %s: the answer is %s", one.flag, *one.into, given.At("/"+one.flag), one.answer), "leave --" + one.flag + " out, or change the answer"}
		default:
			*one.into = one.answer
		}
	}
	return nil
}

// answersOf reads a file of answers.
func answersOf(name string) (*answers.File, error) {
	data, err := readBounded(func() (*os.File, error) { return os.OpenFile(name, readOnly, 0) }, name, answers.MaxSize)
	if err != nil {
		return nil, unreadable(err)
	}
	given, err := answers.Read(name, data)
	if err != nil {
		return nil, &inputError{err}
	}
	return given, nil
}

// keepsAnswers refuses answers that the outputs would replace.
func keepsAnswers(f evalFlags) error {
	if f.answers == "" {
		return nil
	}
	output := filepath.Join(f.out, reports.OpenFile)
	a, errA := os.Stat(f.answers)
	b, errB := os.Stat(output)
	if errA == nil && errB == nil && os.SameFile(a, b) {
		return &usageError{"--answers " + f.answers + ": eval writes this file itself, your answers would be lost", "cp " + output + " answers.json"}
	}
	return nil
}

// wrongChoice is the error of a target or release that there is none of, by who says it.
func wrongChoice(flag, value, want string, given *answers.File) error {
	if given != nil && (flag == "target" && given.Target == value || flag == "release" && given.Release == value) {
		return &answers.Error{List: []string{fmt.Sprintf("%s: %s is none, want %s", given.At("/"+flag), value, want)}}
	}
	return &usageError{fmt.Sprintf("--%s %s: want %s", flag, value, want), ""}
}

// readOnly does not wait for whoever writes into a pipe.
const readOnly = os.O_RDONLY | syscall.O_NONBLOCK

// readBounded reads a regular file of at most so many bytes, and one byte more of a longer one.
func readBounded(open func() (*os.File, error), name string, limit int64) ([]byte, error) {
	file, err := open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &inputError{fmt.Errorf("%s: not a regular file", name)}
	}
	return io.ReadAll(io.LimitReader(file, limit+1))
}

// checkAnswers holds answers against what there is: findings, kernels, packages.
func checkAnswers(given *answers.File, engine *evaluate.Engine) error {
	if given == nil {
		return nil
	}
	var wrong []string
	if given.Accept != nil {
		known, err := findingIDs(engine)
		if err != nil {
			return err
		}
		for i, a := range given.Accept {
			if !known(a.Finding) {
				wrong = append(wrong, fmt.Sprintf("%s: no finding has the id %s", given.At(fmt.Sprintf("/accept/%d/finding", i)), reports.Plain(a.Finding)))
			}
		}
	}
	attributes, err := nixos.ReadAttributes(builtincatalog.NixOS)
	if err != nil {
		return err
	}
	check := func(d answers.Decisions, at string) {
		if d.Kernel != nil && d.Kernel.Name != "" {
			place := given.At(at + "/kernel")
			if what := checkKernel(d.Kernel.Name, place, attributes, engine); what != "" {
				wrong = append(wrong, place+": "+what)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(d.Packages)) {
			install := d.Packages[name].Install
			if install == "" || attributes.Has(install) {
				continue
			}
			place := given.At(at + "/packages/" + snapshot.EscapePointer(name) + "/install")
			if engine.Release == nixos.Oldest {
				wrong = append(wrong, fmt.Sprintf("%s: nixpkgs %s has no package %s", place, engine.Release, install))
			} else {
				warn("%s: nixpkgs %s has no package %s; whether %s has is not known", place, nixos.Oldest, install, engine.Release)
			}
		}
	}
	check(given.Decisions, "")
	for _, host := range slices.Sorted(maps.Keys(given.Hosts)) {
		check(given.Hosts[host], "/hosts/"+snapshot.EscapePointer(host))
	}
	if wrong != nil {
		return &answers.Error{List: wrong}
	}
	return nil
}

// findingIDs tells which ids there are: those of rules, of rules that are gone, and of entries of the catalog.
func findingIDs(engine *evaluate.Engine) (func(string) bool, error) {
	ids, err := vet.ReadIDs(rules.IDs)
	if err != nil {
		return nil, err
	}
	list, err := engine.Policy.Rules()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, r := range list {
		known[r.ID] = true
	}
	return func(id string) bool {
		if table, key, ok := strings.Cut(strings.TrimPrefix(id, "CATALOG:"), "/"); ok && strings.HasPrefix(id, "CATALOG:") {
			return engine.Catalog.HasEntry(table, key)
		}
		_, had := ids[id]
		return known[id] || had
	}, nil
}

// kernelSeries is what follows the beginning that the names of all sets of a series have.
var kernelSeries = regexp.MustCompile(`^[0-9]+_[0-9]+$`)

// checkKernel says why a set of kernel packages cannot be chosen, and warns of one that nothing is known of. The series of
// kernels are those that the catalog knows of the release; all other sets are names of nixpkgs.
func checkKernel(name, place string, attributes nixos.Attributes, engine *evaluate.Engine) string {
	if strings.HasPrefix(name, engine.Catalog.Name("kernel_function")) {
		return name + " takes arguments: set " + strings.Join(engine.Catalog.Option("kernel"), ".") + " in a module of your own"
	}
	if name == "latest" || attributes.Has(name) {
		return ""
	}
	if series, ok := strings.CutPrefix(name, engine.Catalog.Name("kernel_series")); !ok || !kernelSeries.MatchString(series) {
		return "nixpkgs has no " + name
	}
	if known := reports.Kernels(engine.Catalog, engine.Release); !slices.Contains(known, name) {
		warn("%s: whether NixOS %s has %s is not known; it keeps %s", place, engine.Release, name, strings.Join(known, ", "))
	}
	return ""
}

// readModules reads the modules that the answers name for these hosts, from the folder of the answers and from nowhere else.
func readModules(given *answers.File, hosts []reports.Host) (map[string][]byte, error) {
	modules := map[string][]byte{}
	for _, h := range hosts {
		names := given.Host(h.Name).Modules
		if len(names) == 0 {
			continue
		}
		dir := filepath.Dir(given.Name)
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, unreadable(err)
		}
		defer root.Close()
		for _, name := range names {
			if modules[name] != nil {
				continue
			}
			path := filepath.Join(dir, filepath.FromSlash(name))
			data, err := readBounded(func() (*os.File, error) {
				return root.OpenFile(filepath.FromSlash(strings.TrimPrefix(name, "./")), readOnly, 0)
			}, path, moduleSize)
			var failed *fs.PathError
			switch {
			case errors.As(err, &failed): // the name in it is that within the folder
				return nil, &inputError{fmt.Errorf("%s: %w", path, failed.Err)}
			case err != nil:
				return nil, err
			case len(data) > moduleSize:
				return nil, &inputError{fmt.Errorf("%s: larger than %d MiB, the limit for a module", path, moduleSize>>20)}
			case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
				return nil, &inputError{fmt.Errorf("%s: not a text in UTF-8", path)}
			}
			modules[name] = append([]byte{}, data...)
		}
	}
	return modules, nil
}

// warnUnused says which answers none of the hosts has a use for.
func warnUnused(given *answers.File, hosts []reports.Host) {
	if given == nil {
		return
	}
	for i, a := range given.Accept {
		used := slices.ContainsFunc(hosts, func(h reports.Host) bool {
			return slices.ContainsFunc(h.Findings, func(f evaluate.Finding) bool { return a.Speaks(h.Name, f.ID, f.Pointers()) }) ||
				slices.ContainsFunc(h.Inhibitors, func(i evaluate.Inhibitor) bool { return i.Accepted != nil && a.Speaks(h.Name, i.ID, i.Pointers()) })
		})
		if !used {
			warn("%s: no host has this finding, %s", given.At(fmt.Sprintf("/accept/%d", i)), reports.Plain(a.Finding))
		}
	}
	unused := func(d answers.Decisions, hosts []reports.Host, at string) {
		has := map[[2]string]bool{}
		for _, h := range hosts {
			for _, a := range h.Ledger.Facts {
				has[[2]string{a.Table, a.Key}] = true
			}
		}
		for _, table := range []struct {
			name string
			from map[string]answers.Decision
		}{{evaluate.PackagesTable, d.Packages}, {evaluate.UnitsTable, d.Units}} {
			for _, name := range slices.Sorted(maps.Keys(table.from)) {
				if !has[[2]string{table.name, name}] {
					warn("%s: no host has it", given.At(at+"/"+table.name+"/"+snapshot.EscapePointer(name)))
				}
			}
		}
	}
	unused(given.Decisions, hosts, "")
	for _, name := range slices.Sorted(maps.Keys(given.Hosts)) {
		at := "/hosts/" + snapshot.EscapePointer(name)
		i := slices.IndexFunc(hosts, func(h reports.Host) bool { return h.Name == name })
		if i < 0 {
			warn("%s: no snapshot is of this host", given.At(at))
			continue
		}
		unused(given.Hosts[name], hosts[i:i+1], at)
	}
}

// warn prints what deserves a look and stops nothing.
func warn(format string, args ...any) { slog.Warn(fmt.Sprintf(format, args...)) }

// plainWarnings prints warnings as errors are printed: one line each, and no time.
type plainWarnings struct{ to io.Writer }

func (p plainWarnings) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn
}
func (p plainWarnings) WithAttrs([]slog.Attr) slog.Handler { return p }
func (p plainWarnings) WithGroup(string) slog.Handler      { return p }
func (p plainWarnings) Handle(_ context.Context, r slog.Record) error {
	_, err := fmt.Fprintf(p.to, "warning: %s\n", r.Message)
	return err
}
