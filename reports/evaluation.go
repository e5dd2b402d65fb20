package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"

	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// Evaluation renders the evaluation of all hosts with its digests.
func Evaluation(r Run) ([]byte, error) {
	type digests struct {
		Rules   string `json:"rules"`
		Catalog string `json:"catalog"`
		Answers string `json:"answers,omitempty"`
	}
	type module struct {
		Path   string `json:"path"`
		SHA256 string `json:"sha256"`
	}
	type given struct {
		File    string   `json:"file"`
		Modules []module `json:"modules"`
	}
	d := digests{Rules: r.Rules, Catalog: r.Catalog}
	var from *given
	if r.Answers != nil {
		d.Answers = r.Answers.Digest
		from = &given{path.Base(r.Answers.Name), []module{}}
		for _, name := range slices.Sorted(maps.Keys(r.Modules)) {
			sum := sha256.Sum256(r.Modules[name])
			from.Modules = append(from.Modules, module{name, hex.EncodeToString(sum[:])})
		}
	}
	hosts := []*evaluate.Host{}
	for _, h := range r.Hosts {
		hosts = append(hosts, h.Host)
	}
	return encode(struct {
		Schema  string           `json:"schema"`
		Tool    string           `json:"tool"`
		Target  string           `json:"target"`
		Release string           `json:"release"`
		Digests digests          `json:"digests"`
		Answers *given           `json:"answers,omitempty"`
		Hosts   []*evaluate.Host `json:"hosts"`
	}{evaluate.Version, r.Tool, r.Target, r.Release, d, from, hosts})
}
