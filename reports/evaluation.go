package reports

import (
	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// Evaluation renders the evaluation of all hosts with its digests.
func Evaluation(r Run) ([]byte, error) {
	type digests struct {
		Rules   string `json:"rules"`
		Catalog string `json:"catalog"`
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
		Hosts   []*evaluate.Host `json:"hosts"`
	}{evaluate.Version, r.Tool, r.Target, r.Release, digests{r.Rules, r.Catalog}, hosts})
}
