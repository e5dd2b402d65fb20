package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/schemas"
)

// seeds is how many mutated snapshots are tried; first the seed that they begin with.
var (
	seeds = flag.Uint64("seeds", 24, "try as many mutated snapshots")
	first = flag.Uint64("first", 0, "begin with this seed")
)

// Any valid snapshot evaluates, and every fact of it is accounted for: golden
// snapshots are changed at random within the schema, with repeated, missing,
// empty and odd facts. The seed of a failure is in the name of its test.
func TestMutatedSnapshotsEvaluate(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal(schemas.Snapshot, &schema); err != nil {
		t.Fatal(err)
	}
	many := *seeds
	if testhosts.Few() {
		many = min(many, 6)
	}
	hosts := goldenHosts(t)
	for seed := range many {
		seed += *first
		r := rand.New(rand.NewPCG(seed, 0))
		host := hosts[r.IntN(len(hosts))]
		m := mutator{defs: schema["$defs"].(map[string]any), rand: r, rate: []float64{0.01, 0.05, 0.2}[r.IntN(3)]}
		target := []string{"proxmox", "incus", "libvirt"}[seed%3]
		t.Run(fmt.Sprintf("%s/%s/seed %d", filepath.Base(host), target, seed), func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(host, "snapshot.json"))
			if err != nil {
				t.Fatal(err)
			}
			d := json.NewDecoder(bytes.NewReader(data))
			d.UseNumber()
			var tree any
			if err := d.Decode(&tree); err != nil {
				t.Fatal(err)
			}
			changed, err := json.Marshal(m.change(schema, tree))
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "snapshot.json")
			if err := os.WriteFile(file, changed, 0o600); err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			if code := run([]string{"eval", file, "--out", filepath.Join(t.TempDir(), "out"), "--strict", "--target", target}, &stdout, &stderr); code != exitClean {
				t.Errorf("exit code %d: %s", code, &stderr)
			}
		})
	}
}

// mutator changes a document within its schema.
type mutator struct {
	defs map[string]any
	rand *rand.Rand
	rate float64
}

var oddWords = []string{"", "a", "vmbr0", "0", "-1", "99999999999", strings.Repeat("x", 300), "é", "a b", "a\nb", "/", "..", "1.2.3.4/24", "::1/64", "on"}

func (m mutator) hit() bool { return m.rand.Float64() < m.rate }

func (m mutator) change(rule map[string]any, v any) any {
	if ref, ok := rule["$ref"].(string); ok {
		rule = m.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	switch v := v.(type) {
	case map[string]any:
		required := map[string]bool{}
		list, _ := rule["required"].([]any)
		for _, name := range list {
			required[name.(string)] = true
		}
		properties := rule["properties"].(map[string]any)
		out := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if required[name] || !m.hit() {
				out[name] = m.change(properties[name].(map[string]any), v[name])
			}
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, m.change(rule["items"].(map[string]any), item))
		}
		switch {
		case m.hit():
			return []any{}
		case m.hit(), m.hit(): // the same names again, with other values
			for _, item := range v[:min(5, len(v))] {
				out = append(out, m.change(rule["items"].(map[string]any), item))
			}
		case m.hit():
			m.rand.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		}
		return out
	case string:
		if words, ok := rule["enum"].([]any); ok && m.hit() {
			return words[m.rand.IntN(len(words))]
		}
		if rule["enum"] == nil && rule["const"] == nil && rule["format"] == nil && m.hit() {
			return oddWords[m.rand.IntN(len(oddWords))]
		}
	case bool:
		if rule["const"] == nil && m.hit() {
			return !v
		}
	case json.Number:
		if m.hit() {
			return []int{0, -1, 1, 1 << 31, 5}[m.rand.IntN(5)]
		}
	}
	return v
}
