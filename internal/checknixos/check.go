package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"syscall"
	"time"

	_ "embed"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/checknixos/hostile"
	"github.com/pve2nix/pve2nix/internal/checknixos/meaning"
	"github.com/pve2nix/pve2nix/internal/checknixos/systemd"
	"github.com/pve2nix/pve2nix/reports"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

//go:embed evaluated.nix
var evaluatedNix []byte

// knowledge is what every evaluation is made with.
type knowledge struct {
	policy  *policy.Policy
	catalog *catalog.Catalog
	release string
	names   meaning.Names
}

func load(release string) (*knowledge, error) {
	c, err := catalog.Decode(builtincatalog.Lock)
	if err != nil {
		return nil, err
	}
	if _, ok := c.Releases[release]; !ok {
		return nil, fmt.Errorf("release %s is none of the catalog: give RELEASE", release)
	}
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	p, err := policy.Compile(context.Background(), modules, policy.Options{Schema: schemas.Snapshot, Lock: rules.Lock})
	if err != nil {
		return nil, err
	}
	names, err := spellings(c.Tables)
	return &knowledge{p, c, release, names}, err
}

func (k *knowledge) targets() []string {
	var out []string
	for name := range k.catalog.Targets {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// spellings are the tables of the catalog that say what has which name on NixOS.
func spellings(tables map[string]map[string]any) (meaning.Names, error) {
	text, err := json.Marshal(tables)
	if err != nil {
		return meaning.Names{}, err
	}
	type port struct{ Proto, Dport string }
	var t struct {
		Units  map[string]meaning.Counterpart        `json:"nixos_units"`
		Cron   map[string]meaning.Counterpart        `json:"nixos_cron"`
		Macros map[string]struct{ Rules, V6 []port } `json:"firewall_macros"`
	}
	if err := json.Unmarshal(text, &t); err != nil {
		return meaning.Names{}, fmt.Errorf("tables of the catalog: %w", err)
	}
	out := meaning.Names{Units: t.Units, Cron: t.Cron, Macros: map[string][]meaning.Port{}}
	for name, m := range t.Macros {
		for _, p := range append(m.Rules, m.V6...) {
			out.Macros[name] = append(out.Macros[name], meaning.Port{Protocol: p.Proto, Ports: p.Dport})
		}
	}
	return out, nil
}

// nix evaluates in a store of its own, without a daemon and without the network.
type nix struct {
	settings
	dir, expression string
	env             []string
	// unasked is why systemd is not asked.
	unasked error
}

func newNix(dir string, s settings) (*nix, error) {
	if _, err := exec.LookPath("nix-instantiate"); err != nil {
		return nil, errors.New("nix-instantiate is not installed (Debian: nix-bin)")
	}
	n := &nix{settings: s, dir: dir, expression: filepath.Join(dir, "evaluated.nix")}
	_, n.unasked = systemd.Daemon()
	n.env = append(os.Environ(), "NIX_REMOTE=", "NIX_PATH=", "HOME="+dir)
	if os.Getenv("GC_INITIAL_HEAP_SIZE") == "" {
		n.env = append(n.env, "GC_INITIAL_HEAP_SIZE=1073741824") // a collection finds nothing to free before that
	}
	for _, name := range []string{"STORE", "STATE", "LOCALSTATE", "LOG", "CONF"} {
		sub := filepath.Join(dir, "nix", strings.ToLower(name))
		if err := os.MkdirAll(sub, 0o755); err != nil {
			return nil, err
		}
		n.env = append(n.env, "NIX_"+name+"_DIR="+sub)
	}
	return n, os.WriteFile(n.expression, evaluatedNix, 0o644)
}

func (n *nix) describe(w io.Writer) {
	fmt.Fprintf(w, "nixpkgs        %s, release %s\n", filepath.Base(n.tree), n.release)
	switch {
	case n.proxmoxNixOS == "":
		fmt.Fprintln(w, "proxmox-nixos  not given: its options are declared, and nothing is known of what they do")
	case n.packages:
		fmt.Fprintln(w, "proxmox-nixos  modules and packages")
	default:
		fmt.Fprintln(w, "proxmox-nixos  modules; its packages are stood in for")
	}
	if n.unasked != nil {
		fmt.Fprintf(w, "systemd        not asked: %v\n", n.unasked)
	} else if version, err := systemd.Version(context.Background()); err == nil {
		fmt.Fprintf(w, "systemd        %d of this machine reads files of the network and units\n", version)
	}
	fmt.Fprintln(w)
}

// cost is what an evaluation took.
type cost struct {
	seconds float64
	kib     int64
}

// evaluate runs the module system over a configuration.
func (n *nix) evaluate(ctx context.Context, conf, target string, more []string, toplevel bool) (meaning.Evaluated, cost, error) {
	out, took, err := n.instantiate(ctx, conf, target, more, "toplevel", toplevel)
	if err == nil && toplevel && out.Derivation() == "" {
		_, _, err = n.instantiate(ctx, conf, target, more, "why", true)
	}
	return out, took, err
}

func (n *nix) instantiate(ctx context.Context, conf, target string, more []string, flag string, on bool) (meaning.Evaluated, cost, error) {
	args := []string{
		"--eval", "--strict", "--json", n.expression,
		"--arg", "tree", n.tree, "--arg", "conf", conf, "--argstr", "target", target, "--arg", flag, fmt.Sprint(on),
		"--arg", "texts", fmt.Sprint(n.hostile > 0), "--arg", "standIns", fmt.Sprint(!n.packages), "--arg", "more", "[ " + strings.Join(more, " ") + " ]",
	}
	if n.proxmoxNixOS != "" {
		args = append(args, "--arg", "proxmoxNixos", n.proxmoxNixOS)
	}
	cmd := exec.CommandContext(ctx, "nix-instantiate", args...)
	cmd.Env = n.env
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	begin := time.Now()
	err := cmd.Run()
	took := cost{seconds: time.Since(begin).Seconds()}
	if cmd.ProcessState != nil {
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			took.kib = usage.Maxrss
		}
	}
	var out meaning.Evaluated
	if strings.Contains(stderr.String(), hostile.Aborted) || strings.Contains(stdout.String(), hostile.Aborted) {
		return out, took, fmt.Errorf("text of a fact was evaluated: %s", strings.Join(strings.Fields(stderr.String()), " "))
	}
	if err != nil {
		return out, took, fmt.Errorf("%w: %s", err, lastError(stderr.String()))
	}
	for line := range strings.Lines(stderr.String()) {
		if told := warned.FindStringSubmatch(line); told != nil {
			out.Warnings = append(out.Warnings, strings.TrimSpace(told[1]))
		}
	}
	seen := out.Warnings
	if err := json.Unmarshal([]byte(stdout.String()), &out); err != nil {
		return out, took, fmt.Errorf("what nix-instantiate printed: %w", err)
	}
	out.Warnings = merged(out.Warnings, seen)
	return out, took, nil
}

// warned are warnings of the evaluation itself; those of the configuration are among its values.
var warned = regexp.MustCompile(`^(?:evaluation warning|trace: warning): (.*)`)

func merged(list, more []string) []string {
	for _, one := range more {
		if !containsPart(list, one) {
			list = append(list, one)
		}
	}
	return list
}

func containsPart(list []string, part string) bool {
	for _, one := range list {
		if strings.Contains(one, part) {
			return true
		}
	}
	return false
}

// lastError is the module system's own message at the end of a trace.
func lastError(text string) string {
	if n := strings.LastIndex(text, "error:"); n >= 0 {
		text = text[n:]
	}
	return strings.Join(strings.Fields(text), " ")
}

// result is what is known of one configuration.
type result struct {
	host, target string
	cost         cost
	derivation   string
	// set is what a finding asks the reader to set before the configuration can be built.
	set []string
	// trimmed is true where a part of the tree had to be stood in for.
	trimmed    bool
	warnings   []string
	assertions []string
	failed     []string
	// complaints are what systemd's own programs say of the files that they read: files of the network, units.
	complaints   []string
	files, units int
	err          error
	items        []meaning.Item
	// planted is how many facts were given hostile text, written and held in how many places the files and the values have it.
	hostile                bool
	planted, written, held int
}

// collections are the modules from outside of nixpkgs that a target has.
var collections = map[string][]string{"proxmox": {"proxmox-nixos"}}

// asked are options that cannot be known from the facts and without which nothing is built: the finding says so, and the
// comparison goes on as if the reader had done it.
var asked = map[string]struct{ option, module string }{
	"PVE-API-001": {"services.proxmox-ve.ipAddress", `{ services.proxmox-ve.ipAddress = "192.0.2.1"; }`},
}

// check evaluates a host for a target and compares the two.
func check(ctx context.Context, k *knowledge, n *nix, path, name, target string) result {
	r := result{host: name, target: target}
	r.err = func() error {
		doc, err := readSnapshot(path)
		if err != nil {
			return err
		}
		text, err := json.Marshal(doc.Tree)
		if err != nil {
			return err
		}
		var facts snapshot.Snapshot
		if err := json.Unmarshal(text, &facts); err != nil {
			return err
		}
		host, err := k.evaluate(ctx, doc, target)
		if err != nil {
			return err
		}
		conf, err := write(filepath.Join(n.dir, name+"-"+target), k, target, host, doc)
		if err != nil {
			return err
		}
		more := r.required(host)
		got, took, err := n.evaluate(ctx, conf, target, more, true)
		r.cost = took
		broken := err
		if err != nil {
			if got.Values == nil {
				if got, _, err = n.evaluate(ctx, conf, target, more, false); err != nil {
					return broken
				}
			}
		}
		r.trimmed = !got.Whole
		r.derivation, r.warnings, r.assertions = got.Derivation(), got.Warnings, got.FailedAssertions
		values, failed, err := got.Decode()
		if err != nil {
			return errors.Join(broken, err)
		}
		r.failed = failed
		e := meaning.Evaluation{Target: target, Values: values, Names: k.names, Collections: collections[target]}
		if n.proxmoxNixOS == "" {
			e.Declared = []string{"proxmox-nixos"}
		}
		r.items = meaning.Compare(&facts, host, e)
		if err := r.ask(ctx, n, values, host); err != nil {
			return errors.Join(broken, err)
		}
		if n.keep != "" {
			text, err := json.MarshalIndent(got, "", " ")
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(n.dir, name+"-"+target+".json"), text, 0o644); err != nil {
				return err
			}
		}
		return broken
	}()
	return r
}

func readSnapshot(path string) (*snapshot.Document, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return snapshot.Read(file, path)
}

// evaluate says what a snapshot means; a rule that fails is an error.
func (k *knowledge) evaluate(ctx context.Context, doc *snapshot.Document, target string) (*evaluate.Host, error) {
	engine := evaluate.Engine{Policy: k.policy.With(k.catalog.Data(target, k.release)), Catalog: k.catalog, Target: target, Release: k.release}
	host, err := engine.Evaluate(ctx, doc)
	if err != nil {
		return nil, err
	}
	for _, e := range host.Errors {
		return nil, fmt.Errorf("rule %s: %s", e.Rule, e.What)
	}
	return host, nil
}

// required notes what findings ask the reader to set, and gives the modules that do it.
func (r *result) required(host *evaluate.Host) (more []string) {
	for _, f := range host.Findings {
		if a, ok := asked[f.ID]; ok {
			more = append(more, a.module)
			r.set = append(r.set, fmt.Sprintf("%s, as %s asks", a.option, f.ID))
		}
	}
	return more
}

// ask lets systemd read the files of the network, and the units that the host has options of.
func (r *result) ask(ctx context.Context, n *nix, values meaning.Values, host *evaluate.Host) error {
	if n.unasked != nil {
		return nil
	}
	texts := map[string]string{}
	for name, u := range values.Units {
		if u.Text != "" {
			texts[name] = u.Text
		}
	}
	ours := systemd.Named(host.Options, texts)
	r.files, r.units = len(values.Network.Files), len(ours)
	network, err := systemd.Network(ctx, values.Network.Files)
	if err != nil {
		return err
	}
	units, err := systemd.Units(ctx, texts, ours)
	r.complaints = append(network, units...)
	return err
}

// write lays out what eval writes, and gives the module of the host.
func write(dir string, k *knowledge, target string, host *evaluate.Host, doc *snapshot.Document) (string, error) {
	files, err := reports.Flake(reports.Run{
		Tool: "pve2nix", Target: target, Release: k.release, Rules: k.policy.Digest(), Catalog: k.catalog.Digest(), Shape: k.catalog,
		Hosts: []reports.Host{{Host: host, Tree: doc.Tree}},
	})
	if err != nil {
		return "", err
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, f.Content, 0o644); err != nil {
			return "", err
		}
	}
	conf := filepath.Join(dir, "nix", "hosts", host.Slug, "default.nix")
	_, err = os.Stat(conf)
	return conf, err
}
