package vet

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	builtincatalog "github.com/pve2nix/pve2nix/catalog"
	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/evaluate"
	"github.com/pve2nix/pve2nix/engine/nixos"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/engine/surface"
)

// surfaceProblems says where the options that may be set are not those of NixOS.
func surfaceProblems(c *catalog.Catalog, index *nixos.Index, folders []Folder) ([]string, error) {
	var problems []string
	for _, name := range slices.Sorted(maps.Keys(c.Surface)) {
		path, text, err := optionOf(name, c.Surface[name])
		if err != nil {
			return nil, err
		}
		report := func(format string, args ...any) {
			problems = append(problems, placeOf(folders, "surface", name)+": "+fmt.Sprintf(format, args...))
		}
		if what := index.Missing(nixos.Oldest, path, path); what != "" {
			report("%s", what)
		} else if kind, ok := index.Kind(path); ok {
			if manual, known := surface.FromManual(kind); known && !surface.Within(text, manual) {
				report("option %s is %s, which NixOS %s has as %s", name, text, nixos.Oldest, manual)
			}
		}
	}
	releases := slices.Sorted(maps.Keys(c.Releases))
	for _, release := range releases {
		if release == nixos.Oldest {
			continue
		}
		options := c.OptionsOf(release)
		for _, name := range slices.Sorted(maps.Keys(options)) {
			field, own := []string{"surface", name}, false
			for _, since := range slices.Sorted(maps.Keys(c.SurfaceSince)) {
				if _, ok := c.SurfaceSince[since][name]; ok && since <= release {
					field, own = []string{"surface_since", since, name}, true
				}
			}
			if options[name] == surface.None {
				continue
			}
			path, t, err := optionOf(name, options[name])
			if err != nil {
				return nil, err
			}
			report := func(format string, args ...any) {
				problems = append(problems, placeOf(folders, field...)+": "+fmt.Sprintf(format, args...))
			}
			spelled := c.Spell(path, release)
			if what := index.Missing(release, path, spelled); what != "" {
				report("%s", what)
			} else if kind, ok := index.NewestKind(spelled); ok && !own && !surface.Resembles(t, kind) {
				report("option %s is %s, which NixOS after %s has as %s: say in surface_since from which release on", name, t, nixos.Oldest, kind)
			}
		}
	}
	return problems, nil
}

func optionOf(name, text string) ([]string, *surface.Type, error) {
	path, err := nixos.Split(name)
	if err != nil {
		return nil, nil, err
	}
	t, err := surface.Parse(text)
	return path, t, err
}

// placeOf is file:line:column of a field of the catalog; the last folder that has it says it.
func placeOf(folders []Folder, field ...string) string {
	for _, f := range slices.Backward(folders) {
		if at, ok := catalog.FieldAt(f.Name, f.FS, field...); ok {
			return at
		}
	}
	if at, ok := catalog.FieldAt("catalog", builtincatalog.Sources, field...); ok {
		return at
	}
	return "catalog/surface.cue:1:1"
}

// settingProblems says which options entries set, and rules name, that may not be set to what they give.
func settingProblems(c *catalog.Catalog, index *nixos.Index, v *policy.Vetting) ([]string, error) {
	var problems []string
	missets, err := c.Missets()
	if err != nil {
		return nil, err
	}
	for _, m := range missets {
		problems = append(problems, fmt.Sprintf("%s:1: %s %s: %s", m.Entry.At, m.Entry.Subject, m.Entry.Key, unfit(c, index, m.Misfit, m.Release)))
	}
	for _, use := range v.Options {
		what := ""
		for _, release := range slices.Backward(slices.Sorted(maps.Keys(c.Releases))) {
			options, err := c.SurfaceOf(release)
			if err != nil {
				return nil, err
			}
			m := options.Check(use.Path, use.Value)
			if m == nil {
				what = "" // where a rule says otherwise for other releases, the hosts show it
				break
			}
			what = unfit(c, index, m, release)
		}
		if what != "" {
			problems = append(problems, use.At+": "+what)
		}
	}
	return problems, nil
}

// unfit is why an option may not be set, with what NixOS knows of one that is not on the list.
func unfit(c *catalog.Catalog, index *nixos.Index, m *surface.Misfit, release string) string {
	if m.Type != nil {
		return "NixOS " + release + ": " + m.Error()
	}
	for _, r := range slices.Sorted(maps.Keys(c.Releases)) {
		if what := index.Missing(r, m.Option, c.Spell(m.Option, r)); what != "" {
			return what
		}
	}
	if kind, ok := index.Kind(m.Option); ok {
		t, _ := surface.FromManual(kind)
		return fmt.Sprintf("%s; NixOS %s has it as %q", m.Error(), nixos.Oldest, t)
	}
	return m.Error()
}

// hearing is what the rules say of all hosts.
type hearing struct {
	vetting  *policy.Vetting
	surfaces map[string]*surface.Surface
	// speaks are the rules that said something; problems are what they set and may not.
	speaks   map[string]bool
	problems []string
}

// onHosts asks the rules about all hosts, without and with the answers, for all targets and releases.
func onHosts(ctx context.Context, o Options, c *catalog.Catalog, p *policy.Policy, v *policy.Vetting) (*hearing, error) {
	h := &hearing{vetting: v, surfaces: map[string]*surface.Surface{}, speaks: map[string]bool{}}
	releases := slices.Sorted(maps.Keys(c.Releases))
	for _, release := range releases {
		var err error
		if h.surfaces[release], err = c.SurfaceOf(release); err != nil {
			return nil, err
		}
	}
	for _, target := range slices.Sorted(maps.Keys(c.Targets)) {
		for i, release := range releases {
			bare := &evaluate.Engine{Policy: p.With(c.Data(target, release)), Catalog: c, Target: target, Release: release}
			answered := *bare
			answered.Answers = o.Answers
			for _, doc := range o.Snapshots {
				asked := []*policy.Policy{bare.Policy}
				if with := answered.PolicyFor(doc); with != bare.Policy {
					asked = append(asked, with)
				}
				for _, its := range asked {
					if i > 0 { // the others say what they said for the first release
						its = its.Only(v.ByRelease)
					}
					said, err := its.Evaluate(ctx, doc.Tree)
					if err != nil {
						return nil, err
					}
					identity, _ := doc.Tree["host"].(map[string]any)
					where := fmt.Sprintf("host %q, target %s", identity["name"], target)
					h.hear(said, release, where)
					if i == 0 {
						h.early(said, where)
					}
				}
			}
		}
	}
	return h, nil
}

// hear notes who speaks, and holds what is set against the options of the release; of all releases, where the rule asks for none.
func (h *hearing) hear(said *policy.Result, release, where string) {
	for _, name := range said.Speakers() {
		h.speaks[name] = true
	}
	for _, s := range said.Settings {
		for _, on := range slices.Sorted(maps.Keys(h.surfaces)) {
			if on != release && h.vetting.ByRelease[s.Rule] {
				continue
			}
			if m := h.surfaces[on].Check(s.Option, s.Value); m != nil {
				h.problems = append(h.problems, fmt.Sprintf("%s: rule %s on %s, NixOS %s: %s", placeOfSetting(h.vetting, s), s.Rule, where, on, m))
			}
		}
	}
}

// early says which timers a host gets that do not wait for the commit of a trial: until then its disks and guests are those
// of Proxmox VE, and what runs by the clock takes snapshots, removes old ones or writes elsewhere. Either the timer or the
// service has the condition.
func (h *hearing) early(said *policy.Result, where string) {
	timers, waits := map[string]policy.Setting{}, map[string]bool{}
	for _, s := range said.Settings {
		if len(s.Option) < 4 || s.Option[0] != "systemd" {
			continue
		}
		value, _ := s.Value.(map[string]any)
		switch path := s.Option[3:]; {
		case s.Option[1] == "timers" && path[0] == "timerConfig":
			timers[s.Option[2]] = s
		case path[0] == "unitConfig" && (len(path) > 1 && path[1] == "ConditionPathExists" || value["ConditionPathExists"] != nil):
			waits[s.Option[2]] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(timers)) {
		if s := timers[name]; !waits[name] {
			h.problems = append(h.problems, fmt.Sprintf("%s: rule %s on %s: the timer %s starts before the commit of a trial: its service needs unitConfig.ConditionPathExists (lib.waits)", placeOfSetting(h.vetting, s), s.Rule, where, name))
		}
	}
}

// placeOfSetting is where a rule names an option, or else where the rule is.
func placeOfSetting(v *policy.Vetting, s policy.Setting) string {
	for _, r := range v.Rules {
		if r.Name != s.Rule {
			continue
		}
		for _, use := range v.Options {
			if strings.HasPrefix(use.At, r.Path+":") && len(use.Path) == len(s.Option) && samePath(use.Path, s.Option) {
				return use.At
			}
		}
		return r.Path + ":1:1"
	}
	return s.Rule
}

// samePath tells whether a path with parts that nobody knows can be another.
func samePath(pattern, path []string) bool {
	for i, part := range pattern {
		if part != nixos.Any && part != path[i] {
			return false
		}
	}
	return true
}
