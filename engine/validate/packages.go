package validate

import (
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pve2nix/pve2nix/engine/introspect"
)

// program is a package in the profile of the system.
type program struct {
	// Attribute is its name in nixpkgs.
	Attribute string `json:"attribute"`
}

func (a program) subject() string      { return a.Attribute }
func (a program) check() error         { return named(a.Attribute) }
func (a program) expected() string     { return "in the profile of the system" }
func (a program) look(s *seen) outcome { return s.answer("package", a) }

// profileDir is what NixOS makes of environment.systemPackages: a tree of links into the store.
const profileDir = "/run/current-system/sw"

const (
	// profileDepth is how deep folders of the profile are looked into: share/man/man8.
	profileDepth = 3
	// maxProfile bounds what is looked at; a system with 500 packages has 20,000 names.
	maxProfile = 200_000
)

// profile is read once for all checks of a run: there are as many as packages.
type profile struct {
	once  sync.Once
	names []string
	err   error
}

func (a program) ask(ctx context.Context, s *seen) outcome {
	p := &s.profile
	p.once.Do(func() { p.names, p.err = readProfile(ctx, s.host) })
	if p.err != nil {
		return skipped("there is no profile of NixOS: " + plain(p.err))
	}
	for _, name := range p.names {
		if isPackage(name, a.Attribute) {
			return passed(name)
		}
	}
	return failed("not in the profile under this name")
}

// readProfile lists the packages that the profile has links to, as name-version, sorted.
func readProfile(ctx context.Context, host introspect.Host) ([]string, error) {
	if _, err := host.Stat(profileDir); err != nil {
		return nil, err
	}
	found := map[string]bool{}
	left := maxProfile
	var walk func(dir string, depth int)
	walk = func(dir string, depth int) {
		entries, err := host.ReadDir(dir)
		if err != nil || ctx.Err() != nil {
			return
		}
		for _, e := range entries {
			if left--; left < 0 {
				return
			}
			at := dir + "/" + e.Name()
			if target, err := host.Readlink(at); err == nil {
				if name, ok := storeName(target); ok {
					found[name] = true
				}
			} else if depth < profileDepth {
				walk(at, depth+1)
			}
		}
	}
	walk(profileDir, 0)
	var names []string
	for name := range found {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

// storeHash is the length of the hash before the name of a path of the store, and its dash.
const storeHash = 33

// storeName is the name-version of a path in the store.
func storeName(target string) (string, bool) {
	rest, ok := strings.CutPrefix(path.Clean(target), "/nix/store/")
	first, _, _ := strings.Cut(rest, "/")
	if !ok || len(first) <= storeHash || first[storeHash-1] != '-' {
		return "", false
	}
	return first[storeHash:], true
}

// isPackage says whether a name-version of the store is that of an attribute: the last part of it, with what nixpkgs
// writes otherwise in one and the other, and a version or an output behind it.
func isPackage(name, attribute string) bool {
	_, last, _ := cutLast(attribute)
	want, have := plainName(last), plainName(name)
	rest, ok := strings.CutPrefix(have, want)
	return ok && (rest == "" || rest[0] == '-')
}

func cutLast(attribute string) (before, last string, found bool) {
	i := strings.LastIndexByte(attribute, '.')
	if i < 0 {
		return "", attribute, false
	}
	return attribute[:i], attribute[i+1:], true
}

func plainName(name string) string { return strings.ReplaceAll(strings.ToLower(name), "_", "-") }
