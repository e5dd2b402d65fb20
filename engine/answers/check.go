package answers

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/schemas"
)

// node is a part of the published schema, with the keywords that it uses; a test
// proves that it uses no others, and that both find the same documents valid.
type node struct {
	Ref        string           `json:"$ref"`
	Type       words            `json:"type"`
	Const      *string          `json:"const"`
	Pattern    string           `json:"pattern"`
	MaxLength  int              `json:"maxLength"`
	Items      *node            `json:"items"`
	MaxItems   int              `json:"maxItems"`
	Properties map[string]*node `json:"properties"`
	// Others are the values of keys that have no name in the schema; nil where there may be none.
	Others   others           `json:"additionalProperties"`
	Required []string         `json:"required"`
	OneOf    []*node          `json:"oneOf"`
	Defs     map[string]*node `json:"$defs"`

	root    *node
	matches *regexp.Regexp
}

// words are one word or several.
type words []string

func (w *words) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*w = words{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(w))
}

// others is false, or a schema.
type others struct{ *node }

func (o *others) UnmarshalJSON(text []byte) error {
	if string(text) == "false" {
		return nil
	}
	return json.Unmarshal(text, &o.node)
}

// schema is the published schema.
var schema = sync.OnceValues(func() (*node, error) {
	root := &node{}
	if err := json.Unmarshal(schemas.Answers, root); err != nil {
		return nil, fmt.Errorf("answers.schema.json: %w", err)
	}
	if err := root.prepare(root); err != nil {
		return nil, fmt.Errorf("answers.schema.json: %w", err)
	}
	return root, nil
})

func (n *node) prepare(root *node) error {
	n.root = root
	if n.Pattern != "" {
		var err error
		if n.matches, err = regexp.Compile(n.Pattern); err != nil {
			return err
		}
	}
	below := slices.Collect(maps.Values(n.Properties))
	below = slices.AppendSeq(below, maps.Values(n.Defs))
	for _, sub := range append(append(below, n.OneOf...), n.Items, n.Others.node) {
		if sub == nil {
			continue
		}
		if err := sub.prepare(root); err != nil {
			return err
		}
	}
	return nil
}

// problem is something wrong at a place.
type problem struct{ pointer, what string }

// check notes everything about a value that the schema does not allow.
func (n *node) check(v any, pointer string, out *[]problem) {
	if n.Ref != "" {
		n.root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")].check(v, pointer, out)
		return
	}
	wrong := func(format string, args ...any) {
		*out = append(*out, problem{pointer, fmt.Sprintf(format, args...)})
	}
	if n.Type != nil && !slices.Contains(n.Type, kindOf(v)) {
		wants := make([]string, len(n.Type))
		for i, w := range n.Type {
			wants[i] = article(w)
		}
		wrong("want %s, got %s", strings.Join(wants, " or "), article(kindOf(v)))
		return
	}
	if n.Const != nil && v != *n.Const {
		wrong("want %q, got %s", *n.Const, quoted(v))
	}
	switch v := v.(type) {
	case string:
		n.checkText(v, wrong)
	case []any:
		if n.MaxItems > 0 && len(v) > n.MaxItems {
			wrong("%d items, want %d at most", len(v), n.MaxItems)
		}
		for i, item := range v {
			if n.Items != nil {
				n.Items.check(item, fmt.Sprintf("%s/%d", pointer, i), out)
			}
		}
	case map[string]any:
		n.checkObject(v, pointer, out)
	}
}

func (n *node) checkText(v string, wrong func(string, ...any)) {
	switch {
	case n.MaxLength > 0 && utf8.RuneCountInString(v) > n.MaxLength:
		wrong("longer than %d characters", n.MaxLength)
	case n.matches == nil || n.matches.MatchString(v):
	case n.Pattern == `\S`:
		wrong("empty: say why")
	default:
		wrong("%s does not fit %s", quoted(v), n.Pattern)
	}
}

func (n *node) checkObject(v map[string]any, pointer string, out *[]problem) {
	for _, key := range slices.Sorted(maps.Keys(v)) {
		at := pointer + "/" + snapshot.EscapePointer(key)
		switch sub := n.Properties[key]; {
		case sub != nil:
			sub.check(v[key], at, out)
		case n.Others.node != nil:
			n.Others.check(v[key], at, out)
		default:
			*out = append(*out, problem{at, "unknown key; there are " + strings.Join(slices.Sorted(maps.Keys(n.Properties)), ", ")})
		}
	}
	for _, key := range n.Required {
		if _, ok := v[key]; !ok {
			*out = append(*out, problem{pointer, key + " is missing"})
		}
	}
	if n.OneOf == nil {
		return
	}
	var choices []string
	there := 0
	for _, choice := range n.OneOf {
		choices = append(choices, choice.Required[0])
		if _, ok := v[choice.Required[0]]; ok {
			there++
		}
	}
	if there != 1 {
		*out = append(*out, problem{pointer, "want one of " + strings.Join(choices, ", ")})
	}
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

func article(kind string) string {
	switch kind {
	case "null":
		return kind
	case "array":
		return "a list"
	case "object":
		return "an object"
	}
	return "a " + kind
}

// quoted shows a value in an error.
func quoted(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return article(kindOf(v))
	}
	return printable(string(text))
}
