package formats

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// installed is a stanza of dpkg's status file.
func installed(name, arch string, relations ...string) string {
	return "Package: " + name + "\nStatus: install ok installed\nArchitecture: " + arch + "\nVersion: 1\n" + strings.Join(append(relations, ""), "\n") +
		"Description: text\n Depends: never\n .\n\n"
}

// described are packages, those whose names end in * automatic, as the graph describes them.
func described(status string, names ...string) map[string]string {
	var packages []snapshot.Package
	for _, name := range names {
		name, auto := strings.CutSuffix(name, "*")
		name, arch, found := strings.Cut(name, ":")
		if !found {
			arch = "amd64"
		}
		packages = append(packages, snapshot.Package{Name: name, Arch: arch, Status: "installed", Auto: auto})
	}
	DpkgGraph([]byte(status)).Describe(packages)
	out := map[string]string{}
	for _, p := range packages {
		text := p.PulledInBy
		if p.PVE {
			text += " pve"
		}
		key := p.Name
		if p.Arch != "amd64" {
			key += ":" + p.Arch
		}
		out[key] = text
	}
	return out
}

func TestWhyPackagesAreThere(t *testing.T) {
	for _, c := range []struct {
		name, status string
		packages     []string
		want         map[string]string
	}{
		{"what PVE depends on, directly or not",
			installed("proxmox-ve", "amd64", "Depends: pve-manager (>= 8.0), kernel") + installed("pve-manager", "amd64", "Pre-Depends: lib (>> 1~)") +
				installed("lib", "amd64") + installed("kernel", "amd64") + installed("htop", "amd64", "Depends: lib"),
			[]string{"proxmox-ve", "pve-manager*", "lib*", "kernel*", "htop"},
			map[string]string{"proxmox-ve": " pve", "pve-manager": "proxmox-ve pve", "lib": "htop pve", "kernel": "proxmox-ve pve", "htop": ""}},
		{"the shortest way counts before the alphabet",
			installed("a", "amd64", "Depends: m") + installed("m", "amd64", "Depends: x") + installed("z", "amd64", "Depends: x") + installed("x", "amd64"),
			[]string{"a", "m*", "z", "x*"}, map[string]string{"a": "", "m": "a", "z": "", "x": "z"}},
		{"of ways of the same length the first in the alphabet",
			installed("z", "amd64", "Depends: p") + installed("b", "amd64", "Depends: q") + installed("p", "amd64", "Depends: x") + installed("q", "amd64", "Depends: x") + installed("x", "amd64"),
			[]string{"z", "b", "p*", "q*", "x*"}, map[string]string{"z": "", "b": "", "p": "z", "q": "b", "x": "b"}},
		{"every alternative that is installed",
			installed("a", "amd64", "Depends: none | x:any (>= 2) [amd64] | y,\tq") + installed("x", "amd64") + installed("y", "amd64") + installed("q", "amd64"),
			[]string{"a", "x*", "y*", "q*"}, map[string]string{"a": "", "x": "a", "y": "a", "q": "a"}},
		{"what provides a name",
			installed("a", "amd64", "Depends: mail-transport-agent") + installed("postfix", "amd64", "Provides: default-mta, mail-transport-agent (= 1)"),
			[]string{"a", "postfix*"}, map[string]string{"a": "", "postfix": "a"}},
		{"the architecture of the package that asks",
			installed("a", "i386", "Depends: lib") + installed("b", "amd64", "Depends: lib, data") + installed("lib", "amd64") + installed("lib", "i386") + installed("data", "all", "Depends: tool") + installed("tool", "amd64"),
			[]string{"a:i386", "b", "lib*", "lib:i386*", "data:all*", "tool*"},
			map[string]string{"a:i386": "", "b": "", "lib": "b", "lib:i386": "a", "data:all": "b", "tool": "b"}},
		{"a package of another architecture where there is no other",
			installed("a", "i386", "Depends: tool") + installed("tool", "amd64"),
			[]string{"a:i386", "tool*"}, map[string]string{"a:i386": "", "tool": "a"}},
		{"packages that need each other and nobody wants",
			installed("a", "amd64", "Depends: b") + installed("b", "amd64", "Depends: a") + installed("c", "amd64"),
			[]string{"a*", "b*", "c"}, map[string]string{"a": "", "b": "", "c": ""}},
		{"what is removed needs nothing",
			"Package: a\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1\nDepends: x\n\n" + installed("x", "amd64"),
			[]string{"a", "x*"}, map[string]string{"a": "", "x": ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, described(c.status, c.packages...)); d != "" {
				t.Error(d)
			}
		})
	}
}

// A file in which everything provides what everything needs takes no more time than another of its size.
func TestGraphTakesTimeInProportion(t *testing.T) {
	var status strings.Builder
	packages := make([]snapshot.Package, 20_000)
	for i := range packages {
		packages[i] = snapshot.Package{Name: fmt.Sprint("p", i), Arch: "amd64", Status: "installed", Auto: i > 0}
		status.WriteString(installed(packages[i].Name, "amd64", fmt.Sprintf("Depends: v, v:a%d, p%d", i, i+1), "Provides: v"))
	}
	start := time.Now()
	DpkgGraph([]byte(status.String())).Describe(packages)
	if packages[19_999].PulledInBy != "p0" || time.Since(start) > 5*time.Second {
		t.Errorf("%q after %s", packages[19_999].PulledInBy, time.Since(start))
	}
}

func FuzzDpkgGraph(f *testing.F) {
	f.Add([]byte(installed("proxmox-ve", "all", "Depends: a | b (>= 1), c:any") + installed("a", "amd64", "Provides: b, c (= 1)", "Pre-Depends: a")))
	f.Add([]byte("Package: x\nStatus: install ok installed\nDepends: ,|,:, (\xff)\n\nPackage: x\nStatus: install ok installed\nPROVIDES: x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		packages := DpkgStatus(data, nil)
		for i := range packages {
			packages[i].Auto = i%2 == 0
		}
		DpkgGraph(data).Describe(packages)
		wanted := map[string]bool{}
		for _, p := range packages {
			wanted[p.Name] = wanted[p.Name] || !p.Auto && p.Status == "installed"
		}
		for _, p := range packages {
			if p.PulledInBy != "" && (!p.Auto || !wanted[p.PulledInBy]) {
				t.Fatalf("%+v", p)
			}
			if p.Name == "proxmox-ve" && p.Status == "installed" && !p.PVE {
				t.Fatalf("%+v", p)
			}
		}
	})
}

func BenchmarkDpkgGraph(b *testing.B) {
	var status strings.Builder
	packages := make([]snapshot.Package, 3000)
	for i := range packages {
		packages[i] = snapshot.Package{Name: fmt.Sprint("package", i), Arch: "amd64", Status: "installed", Auto: i%5 > 0}
		status.WriteString(installed(packages[i].Name, "amd64", fmt.Sprintf("Depends: package%d (>= 2.34), package%d, package%d | package%d", i/2, i/3, i/5, i/7),
			"Homepage: https://example.org/"+strings.Repeat("x", 900)))
	}
	data := []byte(status.String())
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		DpkgGraph(data).Describe(packages)
	}
}
