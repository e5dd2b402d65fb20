package answers

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/pve2nix/pve2nix/engine/catalog"
	"github.com/pve2nix/pve2nix/schemas"
)

// published is the schema as anybody else reads it.
func published(t testing.TB) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("answers.schema.json", bytes.NewReader(schemas.Answers)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("answers.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const full = `{
 "schema": "pve2nix.answers/v1",
 "target": "incus",
 "release": "25.11",
 "accept": [
  {"finding": "PVE-NET-014", "reason": "known everywhere"},
  {"finding": "PVE-NET-014", "host": "pve1", "reason": "known here"},
  {"finding": "PVE-NET-014", "host": "pve1", "at": "/network/interfaces/3", "reason": "known of this one"},
  {"finding": "CATALOG:packages/x", "open": "what it says"}
 ],
 "kernel": "linuxPackages_6_12",
 "packages": {"our-agent": {"install": "python3Packages.our-agent"}, "gone": {"drop": "not needed"}, "paid": {"unfree": "we may"}, "asked": {"open": "?"}},
 "units": {"a.service": {"keep": "by hand"}, "b@x/y.service": {"drop": "gone"}, "ftp.service": {"companion": "its users"}},
 "modules": ["./site.nix", "./more/b.nix"],
 "bridges": {"companion": "no", "kernel": "yes"},
 "hosts": {
  "pve1": {"bridges": {"kernel": "no"}, "kernel": "latest", "packages": {"gone": {"install": "htop"}, "our-agent": {"open": "?"}}, "modules": ["./pve1.nix", "./site.nix"]},
  "pve2": {"kernel": {"open": "?"}, "units": {"b@x/y.service": {"keep": "here"}}}
 }
}`

// inCUE says the same as full.
const inCUE = `package answers

schema:  "pve2nix.answers/v1"
target:  "incus"
release: "25.11"
accept: [
	{finding: "PVE-NET-014", reason: "known everywhere"},
	{finding: "PVE-NET-014", host: "pve1", reason: "known here"},
	{finding: "PVE-NET-014", host: "pve1", at: "/network/interfaces/3", reason: "known of this one"},
	{finding: "CATALOG:packages/x", open: "what it says"},
]
kernel: "linuxPackages_6_12"
packages: "our-agent": install: "python3Packages.our-agent"
packages: gone: drop: "not needed"
packages: paid: unfree: "we may"
packages: asked: open: "?"
units: {
	"a.service": keep: "by hand"
	"b@x/y.service": drop: "gone"
	"ftp.service": companion: "its users"
}
modules: ["./site.nix", "./more/b.nix"]
bridges: {companion: "no", kernel: "yes"}
hosts: pve1: {
	bridges: kernel: "no"
	kernel: "latest"
	packages: {gone: install: "htop", "our-agent": open: "?"}
	modules: ["./pve1.nix", "./site.nix"]
}
hosts: pve2: {
	kernel: open: "?"
	units: "b@x/y.service": keep: "here"
}
`

func read(t testing.TB, name, text string) *File {
	t.Helper()
	f, err := Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAFileSaysTheSameInBothLanguages(t *testing.T) {
	if d := cmp.Diff(read(t, "a.json", full).Answers, read(t, "a.cue", inCUE).Answers); d != "" {
		t.Error(d)
	}
}

func TestWhatIsSaidOfAHostWins(t *testing.T) {
	f := read(t, "dir/a.json", full)
	for host, want := range map[string]map[string]any{
		"pve1": {"bridges": map[string]any{"companion": "no", "kernel": "no"}, "kernel": "latest", "modules": []any{"./site.nix", "./more/b.nix", "./pve1.nix"},
			"packages": map[string]any{"our-agent": map[string]any{"install": "python3Packages.our-agent"}, "gone": map[string]any{"install": "htop"}, "paid": map[string]any{"unfree": "we may"}},
			"units":    map[string]any{"a.service": map[string]any{"keep": "by hand"}, "b@x/y.service": map[string]any{"drop": "gone"}, "ftp.service": map[string]any{"companion": "its users"}}},
		"pve2": {"bridges": map[string]any{"companion": "no", "kernel": "yes"}, "kernel": "linuxPackages_6_12", "modules": []any{"./site.nix", "./more/b.nix"},
			"packages": map[string]any{"our-agent": map[string]any{"install": "python3Packages.our-agent"}, "gone": map[string]any{"drop": "not needed"}, "paid": map[string]any{"unfree": "we may"}},
			"units":    map[string]any{"a.service": map[string]any{"keep": "by hand"}, "b@x/y.service": map[string]any{"keep": "here"}, "ftp.service": map[string]any{"companion": "its users"}}},
	} {
		if d := cmp.Diff(want, f.Host(host).Data()); d != "" {
			t.Errorf("%s: %s", host, d)
		}
	}
	got := f.Host("pve1").Packages["gone"]
	if got.By != "a.json#/hosts/pve1/packages/gone" || got.Reason() != "answered: pkgs.htop" {
		t.Errorf("%+v: %s", got, got.Reason())
	}
	if by := f.Host("pve1").Units["b@x/y.service"].By; by != "a.json#/units/b@x~1y.service" {
		t.Error(by)
	}
	for host, want := range map[string][2]string{"pve1": {"a.json#/bridges/companion", "a.json#/hosts/pve1/bridges/kernel"}, "pve2": {"a.json#/bridges/companion", ""}} {
		for i, kind := range []string{"companion", "kernel"} {
			if by, ok := f.Host(host).Declined(kind); ok != (want[i] != "") || ok && by != want[i] {
				t.Errorf("%s: %s is declined by %q: %t", host, kind, by, ok)
			}
		}
	}
	if d := cmp.Diff(f.Hosts["pve1"].Bridges, f.Decided().Hosts["pve1"].Bridges); d != "" || len(f.Decided().Bridges) != 2 {
		t.Errorf("what is decided: %s, %v", d, f.Decided().Bridges)
	}
}

// Without a file nothing is decided.
func TestNoFileAnswersNothing(t *testing.T) {
	var f *File
	if len(f.Host("pve").Data()) > 0 || f.Accepts("pve", "PVE-A-001", nil) != nil {
		t.Error("something is answered")
	}
}

func TestTheNarrowestAcceptanceSpeaks(t *testing.T) {
	f := read(t, "a.json", full)
	for _, c := range []struct{ host, finding, at, want string }{
		{"pve9", "PVE-NET-014", "/network/interfaces/3", "known everywhere"},
		{"pve1", "PVE-NET-014", "/network/interfaces/4", "known here"},
		{"pve1", "PVE-NET-014", "/network/interfaces/3", "known of this one"},
		{"pve1", "PVE-NET-015", "/network/interfaces/3", ""},
		{"pve1", "CATALOG:packages/x", "/packages/1", ""},
	} {
		got := f.Accepts(c.host, c.finding, []string{"/a", c.at})
		if got == nil && c.want == "" {
			continue
		}
		if got == nil || got.Reason != c.want {
			t.Errorf("%+v: %+v", c, got)
		}
	}
	if by := f.Accepts("pve1", "PVE-NET-014", nil).By; by != "a.json#/accept/1" {
		t.Error(by)
	}
}

// refused are the documents that a file must not be, with what is said about them.
var refused = map[string]string{
	`[]`:                                "a.json: /: want an object, got a list",
	`{}`:                                "a.json: /: schema is missing",
	`{"schema": "pve2nix.answers/v2"}`:  `a.json: /schema: want "pve2nix.answers/v1", got "pve2nix.answers/v2"`,
	`{"schema": 1}`:                     `a.json: /schema: want "pve2nix.answers/v1", got 1`,
	with(`"colour": 1`):                 "a.json: /colour: unknown key; there are accept, bridges, hosts, kernel, modules, packages, release, schema, target, units",
	with(`"co\n\u001blour": 1`):         "a.json: /co\ufffd\ufffdlour: unknown key",
	with(`"target": ""`):                "a.json: /target: \"\" does not fit",
	with(`"target": 5`):                 "a.json: /target: want a string, got a number",
	with(`"release": "25.11.1"`):        "a.json: /release: ",
	with(`"kernel": "linux_6_12"`):      "a.json: /kernel: ",
	with(`"kernel": "linuxPackages.x"`): "a.json: /kernel: ",
	with(`"kernel": {}`):                "a.json: /kernel: open is missing",
	with(`"kernel": 6.12`):              "a.json: /kernel: want a string or an object, got a number",
	with(`"accept": [{}]`):              "a.json: /accept/0: finding is missing\na.json: /accept/0: want one of reason, open",
	with(`"accept": [{"finding": "PVE-NET-014"}]`):                                                "a.json: /accept/0: want one of reason, open",
	with(`"accept": [{"finding": "PVE-NET-014", "reason": " \n"}]`):                               "a.json: /accept/0/reason: empty: say why",
	with(`"accept": [{"finding": "PVE-NET-014", "reason": "` + strings.Repeat("x", 2001) + `"}]`): "a.json: /accept/0/reason: longer than 2000 characters",
	with(`"accept": [{"finding": "net", "reason": "x"}]`):                                         `a.json: /accept/0/finding: "net" does not fit ^(PVE-`,
	with(`"accept": [{"finding": "PVE-NET-014", "reason": "x", "at": "x"}]`):                      "a.json: /accept/0/at: ",
	with(`"packages": {"a/b": {}}`):                                                               "a.json: /packages/a~1b: want one of install, drop, companion, unfree, open",
	with(`"packages": {"a": {"install": "a", "drop": "b"}}`):                                      "a.json: /packages/a: want one of install, drop, companion, unfree, open",
	with(`"packages": {"a": {"keep": "x"}}`):                                                      "a.json: /packages/a: want one of",
	with(`"packages": {"a": {"install": "a; b"}}`):                                                "a.json: /packages/a/install: ",
	with(`"packages": {"a": {"install": "${x}"}}`):                                                "a.json: /packages/a/install: ",
	with(`"packages": {"a": "htop"}`):                                                             "a.json: /packages/a: want an object, got a string",
	with(`"units": {"a": {"install": "x"}}`):                                                      "a.json: /units/a: want one of drop, keep, companion, open",
	with(`"modules": ["/etc/x.nix"]`):                                                             "a.json: /modules/0: ",
	with(`"modules": ["./../x.nix"]`):                                                             "a.json: /modules/0: ",
	with(`"modules": ["./a/../x.nix"]`):                                                           "a.json: /modules/0: ",
	with(`"modules": ["x.nix"]`):                                                                  "a.json: /modules/0: ",
	with(`"modules": ["./x"]`):                                                                    "a.json: /modules/0: ",
	with(`"modules": ["./a b.nix"]`):                                                              "a.json: /modules/0: ",
	with(`"modules": ["./a.nix\n"]`):                                                              "a.json: /modules/0: ",
	with(`"modules": ["` + strings.Repeat(`./a.nix", "`, 64) + `./a.nix"]`):                       "a.json: /modules: 65 items, want 64 at most",
	with(`"hosts": {"a": {"target": "incus"}}`):                                                   "a.json: /hosts/a/target: unknown key; there are bridges, kernel, modules, packages, units",
	with(`"hosts": {"a": {"kernel": null}}`):                                                      "a.json: /hosts/a/kernel: want a string or an object, got null",
	with(`"hosts": []`):                                                                           "a.json: /hosts: want an object, got a list",
}

func with(member string) string { return `{"schema": "pve2nix.answers/v1", ` + member + `}` }

func TestWhatIsWrongIsSaidWithItsPlace(t *testing.T) {
	s := published(t)
	for text, want := range refused {
		_, err := Read("a.json", []byte(text))
		var wrong *Error
		if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s:\n got %v\nwant %s", text, err, want)
			continue
		}
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil || s.Validate(v) == nil {
			t.Errorf("%s: the published schema allows it (%v)", text, err)
		}
	}
}

func TestWhatIsNoJSONIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		``:                             "a.json:1:1: /: ends too early",
		`{"schema": `:                  "a.json:1:11: /schema: ends too early",
		"{\n \"a\": {]}}":              "a.json:2:",
		`{"a": 1, "a": 1}`:             "a.json:1:13: /a: this key is there twice",
		`{"a": {"b": 1, "b": 2}}`:      "a.json:1:19: /a/b: this key is there twice",
		`{} {}`:                        "a.json:1:5: /: text after the end of the document",
		strings.Repeat("[", 1<<20):     "a.json:1:34: /0/0/0",
		"{\"\xff\": 1}":                "a.json: not UTF-8",
		strings.Repeat(" ", MaxSize+1): "a.json: larger than 4 MiB",
	} {
		_, err := Read("a.json", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.40q: got %v, want %s", text, err, want)
		}
	}
	if _, err := Read("a.yaml", []byte(full)); err == nil || err.Error() != "a.yaml: want a file that ends in .json or .cue" {
		t.Error(err)
	}
}

func TestPlacesInCUEAreLinesAndColumns(t *testing.T) {
	for text, want := range map[string]string{
		"schema: \"pve2nix.answers/v1\"\npackages: {\n\thtop: {colour: \"red\"}\n}\n":        "a.cue:3:2: /packages/htop: want one of install, drop, companion, unfree, open\na.cue:3:9: /packages/htop/colour: unknown key",
		"schema: \"pve2nix.answers/v1\"\naccept: [\n\t{finding: \"x\", reason: \"y\"},\n]\n": "a.cue:3:3: /accept/0/finding: ",
		"schema: \"pve2nix.answers/v1\"\naccept: [\n\t{reason: \"y\"},\n]\n":                 "a.cue:3:2: /accept/0: finding is missing",
		"target: \"incus\"\n":                          "a.cue:1:1: /: schema is missing",
		"schema: \"pve2nix.answers/v1\"\nkernel: 6\n":  "a.cue:2:9: want plain data",
		"schema: \"pve2nix.answers/v1\"\nimport \"x\"": "a.cue:2:8: ",
	} {
		_, err := Read("a.cue", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

// The checker knows every keyword that the published schema uses.
func TestTheCheckerKnowsEveryKeyword(t *testing.T) {
	known := []string{"$ref", "type", "const", "pattern", "maxLength", "items", "maxItems", "properties", "additionalProperties", "required", "oneOf", "$defs",
		"description", "title", "$schema", "$id"}
	var walk func(v any, named bool)
	walk = func(v any, named bool) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(item, false)
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				if !named && !slices.Contains(known, key) {
					t.Errorf("keyword %s", key)
				}
				if key == "oneOf" && !named {
					for _, choice := range v[key].([]any) {
						if c := choice.(map[string]any); len(c) != 1 || len(c["required"].([]any)) != 1 {
							t.Errorf("a choice that is not one key: %v", c)
						}
					}
				}
				walk(v[key], !named && (key == "properties" || key == "$defs"))
			}
		}
	}
	var tree any
	if err := json.Unmarshal(schemas.Answers, &tree); err != nil {
		t.Fatal(err)
	}
	walk(tree, false)
}

// Every field is described to whoever reads the schema.
func TestEveryFieldIsDescribed(t *testing.T) {
	root, err := schema()
	if err != nil || len(root.Properties) < 9 {
		t.Fatal(err, len(root.Properties))
	}
	var walk func(name string, v any)
	walk = func(name string, v any) {
		object, _ := v.(map[string]any)
		properties, _ := object["properties"].(map[string]any)
		for field, below := range properties {
			b := below.(map[string]any)
			if b["$ref"] == nil && b["const"] == nil && b["description"] == nil {
				t.Errorf("%s/%s has no description", name, field)
			}
			walk(name+"/"+field, b)
		}
	}
	var tree map[string]any
	if err := json.Unmarshal(schemas.Answers, &tree); err != nil {
		t.Fatal(err)
	}
	walk("", tree)
	for name, def := range tree["$defs"].(map[string]any) {
		walk(name, def)
	}
}

// What this package reads is what the published schema allows, nothing is lost
// on the way, and no error breaks its line.
func FuzzRead(f *testing.F) {
	f.Add("a.json", full)
	f.Add("a.cue", inCUE)
	for text := range refused {
		if len(text) < 400 {
			f.Add("a.json", text)
		}
	}
	f.Add("a.cue", `schema: "pve2nix.answers/v1", kernel: "\(x)"`)
	f.Add("a.cue", "schema: \"pve2nix.answers/v1\"\nhosts: \"\": units: \"a\\u0000\": drop: \"\"\"\n\tx\n\t\"\"\"")
	s := published(f)
	f.Fuzz(func(t *testing.T, name, text string) {
		if name != "a.json" && name != "a.cue" {
			name = "a.json"
		}
		got, err := Read(name, []byte(text))
		if err != nil {
			var wrong *Error
			var noCUE *catalog.Error
			if !errors.As(err, &wrong) && !errors.As(err, &noCUE) {
				t.Errorf("an error of another kind: %v", err)
			}
			if strings.ContainsAny(err.Error(), "\x00\x1b\r") {
				t.Errorf("%q", err)
			}
		}
		if name == "a.json" {
			d := json.NewDecoder(strings.NewReader(text))
			d.UseNumber()
			var v any
			// A key that is there twice is no error of the schema.
			if d.Decode(&v) == nil && err == nil && s.Validate(v) != nil {
				t.Errorf("read, but not valid: %v", s.Validate(v))
			} else if again, e := json.Marshal(v); e == nil && err != nil && s.Validate(v) == nil && sameText(again, []byte(text)) {
				t.Errorf("valid, but refused: %v", err)
			}
		}
		if err != nil {
			return
		}
		out, err := json.Marshal(got.Answers)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read("a.json", out)
		if err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		for host := range got.Hosts {
			if d := cmp.Diff(got.Host(host).Data(), again.Host(host).Data()); d != "" {
				t.Error(d)
			}
		}
		if d := cmp.Diff(got.Host("none").Data(), again.Host("none").Data()); d != "" {
			t.Error(d)
		}
	})
}

// sameText tells whether a text is the JSON that was made of it, so that no key was there twice.
func sameText(a, b []byte) bool {
	var compact bytes.Buffer
	return json.Compact(&compact, b) == nil && len(compact.Bytes()) == len(a)
}
