package vet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/engine/policy"
	"github.com/pve2nix/pve2nix/rules"
	"github.com/pve2nix/pve2nix/schemas"
)

// metadataProblems hold the METADATA of rules against its schema.
func metadataProblems(list []policy.Rule) ([]string, error) {
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rule-metadata.schema.json", bytes.NewReader(schemas.RuleMetadata)); err != nil {
		return nil, err
	}
	schema, err := c.Compile("rule-metadata.schema.json")
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, r := range list {
		text, err := json.Marshal(r.Metadata)
		if err != nil {
			return nil, fmt.Errorf("%s: METADATA: %w", r.Path, err)
		}
		var document any
		if err := json.Unmarshal(text, &document); err != nil {
			return nil, fmt.Errorf("%s: METADATA: %w", r.Path, err)
		}
		if strings.Contains(string(text), `"`+unwritten) {
			problems = append(problems, fmt.Sprintf("%s:1:1: METADATA: the words of the template are still there: %q", r.Path, unwritten+"…"))
		}
		var invalid *jsonschema.ValidationError
		if err := schema.Validate(document); errors.As(err, &invalid) {
			for _, leaf := range leaves(invalid) {
				problems = append(problems, fmt.Sprintf("%s:1:1: METADATA: %s: %s", r.Path, strings.Trim(leaf.InstanceLocation, "/"), leaf.Message))
			}
		} else if err != nil {
			return nil, err
		}
	}
	return problems, nil
}

// leaves are the errors that are not only the sum of others.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var out []*jsonschema.ValidationError
	for _, cause := range e.Causes {
		out = append(out, leaves(cause)...)
	}
	return out
}

// ReadIDs reads rules/ids.lock: id → the rule that has it or had it.
func ReadIDs(lock []byte) (map[string]string, error) {
	ids := map[string]string{}
	for n, line := range strings.Split(strings.TrimSuffix(string(lock), "\n"), "\n") {
		if line == "" {
			continue
		}
		id, rule, ok := strings.Cut(line, " ")
		if !ok || strings.Contains(rule, " ") {
			return nil, fmt.Errorf("rules/ids.lock:%d:1: want an id, a blank and AREA/RULE", n+1)
		}
		if old, twice := ids[id]; twice {
			return nil, fmt.Errorf("rules/ids.lock:%d:1: %s is the id of %s already", n+1, id, old)
		}
		ids[id] = rule
	}
	return ids, nil
}

// AddIDs returns the lock with the ids of new rules; those of rules that are gone stay in it.
func AddIDs(lock []byte, list []policy.Rule) ([]byte, error) {
	ids, err := ReadIDs(lock)
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if old, known := ids[r.ID]; known && old != r.Name {
			return nil, fmt.Errorf("%s:1:1: %s is the id of %s; an id is never given to another rule", r.Path, r.ID, old)
		}
		if r.ID != "" {
			ids[r.ID] = r.Name
		}
	}
	lines := make([]string, 0, len(ids))
	for id, rule := range ids {
		lines = append(lines, id+" "+rule+"\n")
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, "")), nil
}

// idProblems says which ids were another rule's before. A built-in rule whose id is not in the lock yet is one, too: the
// lock is what remembers it when the rule is gone.
func idProblems(list []policy.Rule, lock []byte) []string {
	ids, err := ReadIDs(lock)
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for _, r := range list {
		if r.ID == "" {
			continue
		}
		switch old, known := ids[r.ID]; {
		case known && old != r.Name:
			problems = append(problems, fmt.Sprintf("%s:1:1: %s is the id of %s; an id is never given to another rule", r.Path, r.ID, old))
		case !known && strings.HasPrefix(r.Path, "rules/") && isBuiltIn(r.Path):
			problems = append(problems, fmt.Sprintf("%s:1:1: %s is not in rules/ids.lock: run make golden", r.Path, r.ID))
		}
	}
	return problems
}

// isBuiltIn tells whether a file is one of those that the program was built with.
func isBuiltIn(path string) bool {
	_, err := rules.FS.Open(strings.TrimPrefix(path, "rules/"))
	return err == nil
}

// hostProblems names those of the rules that say something themselves that say nothing about any of the hosts, and the options that are set on one and may not be.
func hostProblems(ctx context.Context, o Options, c *catalog.Catalog, v *policy.Vetting) ([]string, error) {
	modules, err := policy.Load(rules.FS, "rules")
	if err != nil {
		return nil, err
	}
	for _, f := range o.Rules {
		own, err := policy.Load(f.FS, f.Name)
		if err != nil {
			return nil, err
		}
		if modules, err = policy.Overlay(modules, own); err != nil {
			return nil, err
		}
	}
	p, err := policy.Compile(ctx, modules, policy.Options{Lock: rules.Lock})
	if err != nil {
		return nil, err
	}
	heard, err := onHosts(ctx, o, c, p, v)
	if err != nil {
		return nil, err
	}
	problems := heard.problems
	for _, r := range v.Rules {
		if v.Says[r.Name] && !heard.speaks[r.Name] {
			problems = append(problems, fmt.Sprintf("%s:1:1: rule %s says nothing about any of the %d hosts", r.Path, r.Name, len(o.Snapshots)))
		}
	}
	return problems, nil
}
