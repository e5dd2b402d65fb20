package plan

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/evaluate"
)

// What stands in the way where the plan itself cannot be made; no rule has these, since they are mistakes of rules.
const (
	brokenPlan = "PLAN-BROKEN"
	emptyPlan  = "PLAN-EMPTY"
)

// Of makes the plan of a host from its evaluation and its machine-id. Where a plan cannot be made it has no steps, and an
// inhibitor says why; nothing of a plan that is partly wrong is kept.
func Of(h *evaluate.Host, machineID string) (Host, error) {
	out := Host{
		Name: h.Name, Slug: h.Slug, MachineID: machineID, Snapshot: h.Snapshot,
		Layout: Layout{Kind: "none"}, Boot: Boot{Kind: "none", ESPs: []ESP{}}, Inhibitors: []Inhibitor{}, Steps: []Step{},
	}
	for _, i := range h.Inhibitors {
		one := Inhibitor{ID: i.ID, Level: i.Level, Title: i.Title, Text: i.Text, Remedy: i.Remedy, At: i.Pointers()}
		if i.Accepted != nil {
			one.Level, one.Accepted = Warn, i.Accepted.Reason
		}
		out.Inhibitors = append(out.Inhibitors, one)
	}
	said, err := said(h.Conversion)
	if err == nil {
		var steps []Step
		if steps, err = Steps(said, carried(h)); err == nil {
			out.Steps = steps
			out.Layout, out.Boot = known(said)
		}
	}
	switch {
	case err != nil:
		out.Inhibitors = append(out.Inhibitors, Inhibitor{
			ID: brokenPlan, Level: Refuse, Title: "What the rules say of the conversion makes no plan", Text: err.Error(),
			Remedy: "A rule says something that no plan can hold. Correct a rule of your own, or leave it out of --rules; report one that came with the program.", At: []string{},
		})
	case len(out.Steps) == 0 && !slices.ContainsFunc(out.Inhibitors, Inhibitor.refuses):
		out.Inhibitors = append(out.Inhibitors, Inhibitor{
			ID: emptyPlan, Level: Refuse, Title: "The rules know of no way to convert this host", Text: missing(said),
			Remedy: "Capture on the running host as root, so that its storage and its boot loader are known.", At: []string{},
		})
	}
	if out.Configuration, err = configuration(h); err != nil {
		return Host{}, fmt.Errorf("plan of %s: %w", h.Slug, err)
	}
	return out, nil
}

// refuses tells whether a conversion cannot begin before it is out of the way.
func (i Inhibitor) refuses() bool { return i.Level == Refuse }

// Refused lists what a conversion cannot begin with.
func (h Host) Refused() []Inhibitor {
	return slices.DeleteFunc(slices.Clone(h.Inhibitors), func(i Inhibitor) bool { return !i.refuses() })
}

// Seconds is how long the steps on one of the systems take together, about.
func (h Host) Seconds(where string) int {
	sum := 0
	for _, s := range h.Steps {
		if s.Where == where {
			sum += s.Seconds
		}
	}
	return sum
}

// known are layout and boot path as they were said, of the kind none where nothing was.
func known(s Said) (Layout, Boot) {
	s.Layout.Kind, s.Boot.Kind = cmp.Or(s.Layout.Kind, "none"), cmp.Or(s.Boot.Kind, "none")
	if s.Boot.ESPs == nil {
		s.Boot.ESPs = []ESP{}
	}
	return s.Layout, s.Boot
}

func missing(s Said) string {
	var what []string
	if layout, boot := known(s); layout.Kind == "none" || boot.Kind == "none" {
		if layout.Kind == "none" {
			what = append(what, "a place for the side root")
		}
		if boot.Kind == "none" {
			what = append(what, "a way to start it")
		}
	}
	return "It lacks " + strings.Join(what, " and ") + "."
}

// said reads what rules know of a conversion. What no field is for is an error: it would be left out of the steps without a word.
func said(leaves []evaluate.Leaf) (Said, error) {
	var s Said
	tree := map[string]any{}
	for _, leaf := range leaves {
		node := tree
		for _, key := range leaf.Option[:len(leaf.Option)-1] {
			below, ok := node[key].(map[string]any)
			if !ok {
				below = map[string]any{}
				node[key] = below
			}
			node = below
		}
		node[leaf.Option[len(leaf.Option)-1]] = leaf.Value
	}
	text, err := json.Marshal(tree)
	if err != nil {
		return s, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return Said{}, blame(leaves, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Said{}, errors.New("more than one value")
	}
	return s, nil
}

// blame names the rules that said a value which does not fit.
func blame(leaves []evaluate.Leaf, err error) error {
	var path string
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		path = wrong.Field
	} else if _, quoted, ok := strings.Cut(err.Error(), `unknown field "`); ok {
		path = strings.TrimSuffix(quoted, `"`)
	}
	for _, leaf := range leaves {
		name := strings.Join(leaf.Option, ".")
		if path != "" && (name == path || strings.HasPrefix(path, name+".") || strings.HasPrefix(name, path+".") || slices.Contains(leaf.Option, path)) {
			return fmt.Errorf("%s: %s: %w", strings.Join(leaf.By, ", "), name, err)
		}
	}
	return err
}

// carried are the files that go along, each once, sorted by where they go.
func carried(h *evaluate.Host) []CarriedFile {
	var out []CarriedFile
	for _, c := range h.Carries {
		out = append(out, CarriedFile{From: c.Path, To: c.To, Mode: c.Mode, Secret: c.Secret})
	}
	slices.SortFunc(out, func(a, b CarriedFile) int {
		secret := map[bool]int{true: 0, false: 1}
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From), cmp.Compare(secret[a.Secret], secret[b.Secret]), cmp.Compare(a.Mode, b.Mode))
	})
	// Several rules may ask for one file; who keeps it closest stands.
	return slices.CompactFunc(out, func(a, b CarriedFile) bool { return a.To == b.To && a.From == b.From })
}

// configuration is the SHA-256 of what a snapshot was turned into. Who said it and because of which facts is not in it: a
// host on which nothing of that has changed keeps its plan.
func configuration(h *evaluate.Host) (string, error) {
	type value struct {
		Path  []string `json:"path"`
		Value any      `json:"value"`
	}
	type document struct {
		File  string  `json:"file"`
		Parts []value `json:"parts"`
	}
	values := func(leaves []evaluate.Leaf) []value {
		out := []value{}
		for _, leaf := range leaves {
			out = append(out, value{leaf.Option, leaf.Value})
		}
		return out
	}
	all := struct {
		Options   []value       `json:"options"`
		Documents []document    `json:"documents"`
		Carries   []CarriedFile `json:"carries"`
		Said      []value       `json:"said"`
	}{values(h.Options), []document{}, carried(h), values(h.Conversion)}
	for _, d := range h.Documents {
		all.Documents = append(all.Documents, document{d.File, values(d.Parts)})
	}
	text, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}
