package catalog

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/surface"
)

// The fields that say which options may be set.
const (
	surfaceField      = "surface"
	surfaceSinceField = "surface_since"
)

// SurfaceOf is the options of a release that rules and entries may set, spelled
// as rules and entries spell them.
func (c *Catalog) SurfaceOf(release string) (*surface.Surface, error) {
	read, ok := c.surfaces[release]
	if !ok {
		return nil, fmt.Errorf("surface: no release %s", release)
	}
	return read()
}

// surfaces reads the surface of each release when it is first asked for.
func (h Head) surfaces() map[string]func() (*surface.Surface, error) {
	out := map[string]func() (*surface.Surface, error){}
	for release := range h.Releases {
		out[release] = sync.OnceValues(func() (*surface.Surface, error) { return surface.New(h.OptionsOf(release)) })
	}
	return out
}

// OptionsOf are the names and types of the options of a release that may be set.
func (h Head) OptionsOf(release string) map[string]string {
	out := h.Surface
	for _, since := range slices.Sorted(maps.Keys(h.SurfaceSince)) {
		if since <= release {
			out = mergeMap(out, h.SurfaceSince[since])
		}
	}
	return out
}

// checkSurface says which names and types of the surface cannot be read, and where they are.
func checkSurface(h Head, content []source) []Problem {
	var problems []Problem
	check := func(options map[string]string, field ...string) {
		for _, name := range slices.Sorted(maps.Keys(options)) {
			if options[name] == surface.None && field[0] == surfaceSinceField {
				continue
			}
			_, err := nixos.Split(name)
			if err == nil {
				_, err = surface.Parse(options[name])
			}
			if err != nil {
				path := append(slices.Clone(field), name)
				p := Problem{Path: joinPath(path), Message: err.Error()}
				p.place(positionOf(path, content))
				problems = append(problems, p)
			}
		}
	}
	check(h.Surface, surfaceField)
	for _, release := range slices.Sorted(maps.Keys(h.SurfaceSince)) {
		check(h.SurfaceSince[release], surfaceSinceField, release)
	}
	return problems
}

// Misset is an option that an entry sets and may not.
type Misset struct {
	*surface.Misfit
	Entry *Entry
	// Release is one of those for which it does.
	Release string
}

// Missets are the options that entries set and may not, one for each entry and option.
func (c *Catalog) Missets() ([]Misset, error) {
	var out []Misset
	releases := slices.Sorted(maps.Keys(c.Releases))
	for _, e := range c.All() {
		for _, r := range e.Verdicts(releases) {
		options:
			for _, name := range slices.Sorted(maps.Keys(r.Verdict.Options)) {
				path, err := nixos.Split(name)
				if err != nil {
					continue // Check says so
				}
				for _, release := range r.Releases {
					s, err := c.SurfaceOf(release)
					if err != nil {
						return nil, err
					}
					if m := s.Check(path, r.Verdict.Options[name]); m != nil {
						out = append(out, Misset{m, e, release})
						continue options
					}
				}
			}
		}
	}
	return out, nil
}

// CheckOptions reports what entries set and may not. Each error is a Problem at the entry's position.
func (c *Catalog) CheckOptions() []error {
	missets, err := c.Missets()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for _, m := range missets {
		path := []string{m.Entry.Subject, m.Entry.Key}
		if m.Entry.Target != "" {
			path = []string{onField, m.Entry.Target, m.Entry.Subject, m.Entry.Key}
		}
		p := Problem{Path: joinPath(path), Message: fmt.Sprintf("NixOS %s: %s", m.Release, m.Error())}
		p.File, p.Line = splitAt(m.Entry.At)
		errs = append(errs, p)
	}
	return errs
}

// FieldAt is file:line:column of a field of the .cue files at the root of fsys, if
// they have it; dir is the name of the folder.
func FieldAt(dir string, fsys fs.FS, field ...string) (string, bool) {
	sources, err := readSources(dir, fsys)
	if err != nil {
		return "", false
	}
	at, depth := nearestTo(field, sources)
	if depth < len(field) {
		return "", false
	}
	return fmt.Sprintf("%s:%d:%d", at.Filename(), at.Line(), at.Column()), true
}
