// Command checknixos proves what the configurations of the golden hosts come to: it evaluates each with the module system of
// a tree of nixpkgs, refuses warnings and failed assertions, and compares the values with the facts (package meaning).
// docs/proof.md says how to read what it prints.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "checknixos:", err)
		os.Exit(1)
	}
}

// settings are what the command line asks for.
type settings struct {
	tree, proxmoxNixOS, release string
	golden                      string
	hosts, targets              []string
	jobs                        int
	verbose, packages           bool
	hostile                     int
	keep                        string
}

func parse(args []string) (settings, error) {
	var s settings
	var hosts, targets string
	f := flag.NewFlagSet("checknixos", flag.ContinueOnError)
	f.StringVar(&s.tree, "nixpkgs", os.Getenv("NIXPKGS"), "work tree of nixpkgs")
	f.StringVar(&s.proxmoxNixOS, "proxmox-nixos", os.Getenv("PROXMOX_NIXOS"), "work tree of proxmox-nixos; without it its options are only declared")
	f.BoolVar(&s.packages, "packages", false, "evaluate the packages of proxmox-nixos too, for a nixpkgs that it is made for")
	f.StringVar(&s.release, "release", os.Getenv("RELEASE"), "release whose options are written; that of the tree if empty")
	f.StringVar(&s.golden, "golden", "golden", "folder of the hosts")
	f.StringVar(&hosts, "hosts", os.Getenv("HOSTS"), "names of hosts, or paths of snapshots; all golden hosts if empty")
	f.StringVar(&targets, "targets", os.Getenv("TARGETS"), "names of targets; all if empty")
	f.IntVar(&s.jobs, "jobs", 2, "evaluations at once; each takes up to 2 GB")
	f.BoolVar(&s.verbose, "v", os.Getenv("VERBOSE") != "", "list every item")
	f.IntVar(&s.hostile, "hostile", number(os.Getenv("HOSTILE")), "plant hostile text into the facts, in so many ways, and prove that none of it is evaluated")
	f.StringVar(&s.keep, "keep", "", "folder that keeps the configurations and what they came to")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	s.hosts, s.targets = split(hosts), split(targets)
	if s.tree == "" {
		return s, errors.New("no tree of nixpkgs: give NIXPKGS=tree")
	}
	var err error
	for _, tree := range []*string{&s.tree, &s.proxmoxNixOS} {
		if *tree != "" {
			if *tree, err = filepath.Abs(*tree); err != nil {
				return s, err
			}
		}
	}
	if _, err := os.Stat(filepath.Join(s.tree, "nixos", "modules")); err != nil {
		return s, fmt.Errorf("%s: no tree of nixpkgs: it has no nixos/modules", s.tree)
	}
	if s.release == "" {
		s.release, err = releaseOf(s.tree)
	}
	return s, err
}

// snapshot is the file of a golden host, or one that is named by its path.
func (s settings) snapshot(host string) string {
	if strings.HasSuffix(host, ".json") {
		return host
	}
	return filepath.Join(s.golden, host, "snapshot.json")
}

// number is a number, and 0 where a text is none.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// releaseOf is the release that the options of a tree are of.
func releaseOf(tree string) (string, error) {
	for _, name := range []string{"lib/.version", ".version"} {
		if text, err := os.ReadFile(filepath.Join(tree, name)); err == nil {
			return strings.TrimSpace(string(text)), nil
		}
	}
	return "", fmt.Errorf("%s: which release this is stands neither in lib/.version nor in .version: give RELEASE", tree)
}

func run(ctx context.Context, args []string) error {
	s, err := parse(args)
	if err != nil {
		return err
	}
	work := s.keep
	if work == "" {
		if work, err = os.MkdirTemp("", "checknixos"); err != nil {
			return err
		}
		defer os.RemoveAll(work)
	}
	k, err := load(s.release)
	if err != nil {
		return err
	}
	if len(s.targets) == 0 {
		s.targets = k.targets()
	}
	if len(s.hosts) == 0 {
		snapshots, err := filepath.Glob(filepath.Join(s.golden, "*", "snapshot.json"))
		if err != nil {
			return err
		}
		for _, path := range snapshots {
			s.hosts = append(s.hosts, filepath.Base(filepath.Dir(path)))
		}
	}
	n, err := newNix(work, s)
	if err != nil {
		return err
	}
	n.describe(os.Stdout)

	type job struct {
		host, target string
		// way is how hostile text is planted; negative where none is
		way  int
		done chan result
	}
	var jobs []job
	for _, target := range s.targets {
		for _, host := range s.hosts {
			for way := range s.hostile {
				jobs = append(jobs, job{host, target, way, make(chan result, 1)})
			}
			if s.hostile == 0 {
				jobs = append(jobs, job{host, target, -1, make(chan result, 1)})
			}
		}
	}
	limit := make(chan struct{}, max(s.jobs, 1))
	var running sync.WaitGroup
	go func() {
		for _, j := range jobs {
			limit <- struct{}{}
			running.Go(func() {
				defer func() { <-limit }()
				path, name := s.snapshot(j.host), filepath.Base(strings.TrimSuffix(j.host, ".json"))
				if j.way >= 0 {
					j.done <- checkHostile(ctx, k, n, path, name, j.target, j.way)
				} else {
					j.done <- check(ctx, k, n, path, name, j.target)
				}
			})
		}
	}()
	var results []result
	for _, j := range jobs {
		r := <-j.done
		r.print(os.Stdout, s.verbose)
		results = append(results, r)
	}
	running.Wait()
	summary(os.Stdout, results)
	if bad := slices.DeleteFunc(results, result.good); len(bad) > 0 {
		return fmt.Errorf("%d of %d configurations do not hold", len(bad), len(jobs))
	}
	return nil
}
