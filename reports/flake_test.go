package reports

import (
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/policy"
)

// twoHosts are two that have a name server and nothing else alike.
func twoHosts() Run {
	r := run()
	r.Hosts[0].Options = append(r.Hosts[0].Options, evaluate.Leaf{Option: []string{"environment", "etc", "x", "source"}, Value: map[string]any{"_path": "./containers/1.conf"}, By: []string{"a/b"}})
	r.Hosts[0].Documents = []evaluate.Document{{Kind: "containers", Name: "1", File: "containers/1.conf", Parts: []evaluate.Leaf{{Option: []string{"lxc.uts.name"}, Value: "a"}}}}
	other := *r.Hosts[0].Host
	other.Name, other.Slug = "`x` | <b>", "other"
	other.Options = slices.Clone(other.Options)
	other.Options[0].Value = "other"
	other.Carries = nil
	r.Hosts = append(r.Hosts, Host{Host: &other, Tree: r.Hosts[0].Tree})
	return r
}

func contents(t *testing.T, r Run) map[string]string {
	t.Helper()
	files, err := Flake(r)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range files {
		out[f.Path] = string(f.Content)
	}
	return out
}

// What several hosts have alike is said once; what names a file of a host stays with it.
func TestHostsShareWhatTheyHaveAlike(t *testing.T) {
	files := contents(t, twoHosts())
	for file, has := range map[string][]string{
		"nix/shared/networking.nix":         {"nameservers"},
		"nix/hosts/pve/networking.nix":      {`hostName = "pve"`},
		"nix/hosts/other/networking.nix":    {`hostName = "other"`},
		"nix/hosts/other/default.nix":       {"../../shared/default.nix", "./containers/1.conf"},
		"nix/hosts/other/containers/1.conf": {"lxc.uts.name = a"},
		"nix/flake.nix":                     {"modules = {", `deployment.targetHost = "other"`, "imports = modules.pve;", "modules = modules.other;"},
	} {
		for _, text := range has {
			if !strings.Contains(files[file], text) {
				t.Errorf("%s has no %s:\n%s", file, text, files[file])
			}
		}
	}
	if text := files["nix/hosts/pve/networking.nix"]; strings.Contains(text, "nameservers") {
		t.Errorf("what is shared is said again:\n%s", text)
	}
	if text := files["nix/shared/networking.nix"]; strings.Contains(text, "resolv.conf") {
		t.Errorf("a comment names the facts of one host for all:\n%s", text)
	}
}

// One host has everything in its own folder, and no hive.
func TestOneHostSharesNothing(t *testing.T) {
	for file, text := range contents(t, run()) {
		if strings.HasPrefix(file, "nix/shared") || strings.Contains(text, "colmena") {
			t.Errorf("%s:\n%s", file, text)
		}
	}
}

// The README beside the flake lists files to copy; a path with a bar or a backquote stays in its cell.
func TestHandbookHoldsHostileTextInItsCells(t *testing.T) {
	r := twoHosts()
	r.Hosts[0].Carries = append(r.Hosts[0].Carries, policy.Carry{Path: "/a|b`c\n| x |", To: "/x", Mode: "0600", Secret: true})
	text, err := Handbook(r)
	if err != nil {
		t.Fatal(err)
	}
	const want = "| `` /a\\|b`c\\u000a\\| x \\| `` |"
	if !strings.Contains(string(text), want) {
		t.Errorf("%s is not in\n%s", want, text)
	}
}
