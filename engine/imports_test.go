// Package engine_test keeps the direction of imports: see docs/architecture.md.
package engine_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/pve2nix/pve2nix/"

type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p goPackage
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.ImportPath, module) {
			list = append(list, p)
		}
	}
	if len(list) < 10 {
		t.Fatalf("only %d packages", len(list))
	}
	return list
}

// layer is the height of a package: it may import what is strictly lower. Packages of the engine may import each other, and so may helpers of tests.
func layer(path string) int {
	switch name := strings.TrimPrefix(path, module); {
	case strings.HasPrefix(name, "cmd/"):
		return 5
	case strings.HasPrefix(name, "internal/"):
		return 4
	case name == "reports":
		return 3
	case strings.HasPrefix(name, "engine/"):
		return 2
	}
	return 1 // schemas, rules, catalog
}

func TestImportsRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			if !strings.HasPrefix(i, module) {
				continue
			}
			from, to := layer(p.ImportPath), layer(i)
			if to > from || (to == from && from != 2 && from != 4 && !strings.HasPrefix(i, p.ImportPath)) {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
}

// schemas, rules and catalog are data: they import embed and nothing else.
func TestDataPackagesImportOnlyEmbed(t *testing.T) {
	for _, p := range packages(t) {
		if layer(p.ImportPath) != 1 {
			continue
		}
		for _, i := range p.Imports {
			if i != "embed" {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
}

// The pure packages touch no host: no os, no processes, no network, no D-Bus.
func TestPurePackagesTouchNoHost(t *testing.T) {
	pure := map[string]bool{}
	for _, name := range []string{"snapshot", "catalog", "answers", "policy", "evaluate", "nix", "introspect/formats", "api", "bridge/migrate"} {
		pure[module+"engine/"+name] = true
	}
	pure[module+"reports"] = true
	seen := 0
	for _, p := range packages(t) {
		if !pure[p.ImportPath] {
			continue
		}
		seen++
		for _, i := range p.Imports {
			switch i {
			case "os", "os/exec", "net", "net/http", "syscall", "path/filepath":
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
		for _, d := range p.Deps {
			if strings.HasPrefix(d, "github.com/godbus/") || strings.HasPrefix(d, "github.com/vishvananda/") {
				t.Errorf("%s depends on %s", p.ImportPath, d)
			}
		}
	}
	if seen != len(pure) {
		t.Errorf("looked at %d of %d pure packages", seen, len(pure))
	}
}

// OPA and CUE each have one door.
func TestOneImporterOfOPAAndOfCUE(t *testing.T) {
	doors := map[string]string{
		"github.com/open-policy-agent/opa/": module + "engine/policy",
		"cuelang.org/go/":                   module + "engine/catalog",
	}
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			for prefix, door := range doors {
				if strings.HasPrefix(i, prefix) && p.ImportPath != door {
					t.Errorf("%s imports %s, only %s may", p.ImportPath, i, door)
				}
			}
		}
	}
}
