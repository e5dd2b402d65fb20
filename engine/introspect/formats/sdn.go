package formats

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// SDNPart is one of the section files of the software-defined network.
type SDNPart struct {
	// Kind is its name in the applied configuration.
	Kind string
	// Sections are what its file says.
	Sections []snapshot.Section
	// Recent is true for parts that older versions do not write into the applied configuration.
	Recent bool
}

// SDNPending compares the section files with what was applied last, sdn/.running-config: the sections, as kind/id, that
// are new, gone or different. Nothing was ever applied where data is empty.
func SDNPending(filePath string, data []byte, parts []SDNPart) ([]string, error) {
	pending := []string{}
	running := map[string]json.RawMessage{}
	if len(strings.TrimSpace(string(data))) > 0 {
		if err := decodeJSON(data, &running); err != nil {
			return pending, err
		}
	}
	for _, part := range parts {
		raw, written := running[part.Kind]
		if !written && part.Recent && len(running) > 0 && len(part.Sections) == 0 {
			continue
		}
		var applied struct {
			IDs map[string]map[string]any `json:"ids"`
		}
		if written {
			if err := decodeJSON(raw, &applied); err != nil {
				return []string{}, err
			}
		}
		names := map[string]bool{}
		for id := range applied.IDs {
			names[id] = true
		}
		sections := map[string]snapshot.Section{}
		for _, s := range part.Sections {
			names[s.ID], sections[s.ID] = true, s
		}
		for _, id := range slices.Sorted(maps.Keys(names)) {
			section, configured := sections[id]
			values, isApplied := applied.IDs[id]
			if !configured || !isApplied || !sameSection(filePath, section, values) {
				pending = append(pending, part.Kind+"/"+plainText(id))
			}
		}
	}
	return pending, nil
}

// sameSection says whether a section of a file says what was applied.
func sameSection(filePath string, section snapshot.Section, applied map[string]any) bool {
	ours := map[string][]string{}
	secrets := map[string]string{}
	for _, p := range section.Properties {
		switch {
		case p.Secret != nil:
			secrets[p.Key] = p.Secret.SHA256Prefix
		case p.Value != nil:
			ours[p.Key] = append(ours[p.Key], *p.Value)
		}
	}
	for key, value := range applied {
		if key == "type" || key == "digest" {
			if key == "type" && !strings.EqualFold(scalarText(value), section.Type) {
				return false
			}
			continue
		}
		if key == "id" && scalarText(value) == section.ID {
			continue // sections of fabrics repeat their name
		}
		if sum, ok := secrets[key]; ok {
			if secretOf(filePath, scalarText(value)).SHA256Prefix != sum {
				return false
			}
			delete(secrets, key)
			continue
		}
		mine, ok := ours[key]
		if !ok && len(wordsOf(value)) > 0 || ok && !sameWords(mine, value) {
			return false
		}
		delete(ours, key)
	}
	return len(ours) == 0 && len(secrets) == 0
}

// wordsOf are the values of what PVE applied: a list as it is, a set by its members.
func wordsOf(value any) []string {
	var out []string
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			out = append(out, wordsOf(item)...)
		}
	case map[string]any:
		for key := range value {
			out = append(out, plainText(key))
		}
	case nil:
	default:
		out = append(out, scalarText(value))
	}
	slices.Sort(out)
	return out
}

// sameWords compares the values of a key with what was applied, in any order: once as they stand, once as lists.
func sameWords(ours []string, value any) bool {
	theirs := wordsOf(value)
	mine := slices.Clone(ours)
	slices.Sort(mine)
	if slices.Equal(mine, theirs) {
		return true
	}
	split := func(values []string) []string {
		var out []string
		for _, v := range values {
			out = append(out, list(v)...)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(split(mine), split(theirs))
}
