package catalog

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pve2nix/pve2nix/internal/testhosts"
)

var update = flag.Bool("update", false, "rewrite the generated lock")

const (
	catalogDir = "../../catalog"
	lockFile   = catalogDir + "/catalog.lock.json"
)

// The lock is exactly what the CUE files say.
func TestLockIsGeneratedFromTheFiles(t *testing.T) {
	testhosts.Whole(t) // nothing in it is concurrent, and CUE takes ten minutes with the race detector
	got, err := Generate(os.DirFS(catalogDir))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(lockFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("catalog.lock.json is not what the files say; run: go test ./engine/catalog -update")
	}
}

// A lock comes only of files that look as cue fmt writes them, so that a change is a change of content.
func TestUnformattedFilesAreRefused(t *testing.T) {
	const text = "package catalog\n\npackages: htop: {\n  status: \"package\", attr: \"htop\", sources: [\"x\"]\n}\n"
	_, err := Generate(mini(t, map[string]string{"u.cue": text}))
	const want = "catalog/u.cue:4:1: not formatted as cue fmt would"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	problems, err := Unformatted("site", fstest.MapFS{"u.cue": {Data: []byte(text)}, "v.cue": {Data: []byte("package catalog\n")}})
	if err != nil || len(problems) != 1 || problems[0].Error() != "site/u.cue:4:1: not formatted as cue fmt would" {
		t.Errorf("%v, %v", problems, err)
	}
}

// A lock knows the files that it was made of, by name and content.
func TestLockIsFreshOnlyForItsFiles(t *testing.T) {
	const text = "package catalog\n\nlayout: boot: \"boot\"\n"
	files := mini(t, map[string]string{"b.cue": text})
	lock, err := Generate(files)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Decode(lock)
	if err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"same":    {map[string]string{"b.cue": text}, true},
		"changed": {map[string]string{"b.cue": text + "\n"}, false},
		"renamed": {map[string]string{"c.cue": text}, false},
		"more":    {map[string]string{"b.cue": text, "c.cue": "package catalog\n"}, false},
	} {
		if got, err := c.Fresh(mini(t, other.files)); err != nil || got != other.want {
			t.Errorf("%s: fresh %v, %v", name, got, err)
		}
	}
}

const (
	miniSchema   = "schema.cue"
	miniSubjects = `package catalog

subjects: packages: {nodes: "/packages/*", key: ["name"], component: "package"}
targets: proxmox: title: "PVE stays"
`
)

// mini is a catalog with the real schema, one subject, and the given files.
func mini(t *testing.T, files map[string]string) fstest.MapFS {
	t.Helper()
	schema, err := os.ReadFile(filepath.Join(catalogDir, miniSchema))
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{
		miniSchema:     {Data: schema},
		"subjects.cue": {Data: []byte(miniSubjects)},
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

var digestLine = regexp.MustCompile(`"sources": "[0-9a-f]{64}"`)

func TestGenerateSortsAndPlacesEntries(t *testing.T) {
	lock, err := Generate(mini(t, map[string]string{"b.cue": `package catalog

packages: zsh: {status: "package", attr: "zsh", sources: ["x"]}
packages: {
	"a*": {
		status: "irrelevant", reason: "a & b <c>"
		sources: ["x"]
	}
}
`, "a.cue": `package catalog

packages: "lib*": {status: "irrelevant", reason: "r", sources: ["x"]}
layout: boot: "boot"
`}))
	if err != nil {
		t.Fatal(err)
	}
	want := `{
"entries": [
{"at":"catalog/b.cue:5","key":"a*","reason":"a & b <c>","sources":["x"],"status":"irrelevant","subject":"packages"},
{"at":"catalog/a.cue:3","key":"lib*","reason":"r","sources":["x"],"status":"irrelevant","subject":"packages"},
{"at":"catalog/b.cue:3","attr":"zsh","key":"zsh","sources":["x"],"status":"package","subject":"packages"}
],
"advice": {},
"bridges": {},
"carries": {},
"components": {},
"keeps": {},
"layout": {
"boot": "boot"
},
"modules": {},
"releases": {},
"renames": {},
"schema": "pve2nix.catalog/v1",
"sources": "",
"subjects": {
"packages": {"component":"package","key":["name"],"name":"packages","nodes":"/packages/*"}
},
"surface": {},
"surface_since": {},
"tables": {},
"targets": {
"proxmox": {"title":"PVE stays"}
}
}
`
	// The digest of the sources is a matter of TestLockIsFreshOnlyForItsFiles.
	if got := string(digestLine.ReplaceAll(lock, []byte(`"sources": ""`))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := Decode(lock); err != nil {
		t.Error(err)
	}
}

// Each mistake is named once, at the author's own line, with what would be right.
func TestMistakesAreNamedWhereTheyAre(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"syntax": {
			"package catalog\npackages: htop: {status: \"package\"\n\tsources: [\n",
			`u.cue:3:13: expected ']', found 'EOF'`,
		},
		"no package clause": {
			"packages: {}\n",
			`u.cue:1:1: no package clause, want package catalog`,
		},
		"other package": {
			"package other\n",
			`u.cue:1:1: package is "other", want "catalog"`,
		},
		"wrong status": {
			"package catalog\n\npackages: htop: {status: \"pakage\", sources: [\"x\"]}\n",
			`u.cue:3:26: packages.htop.status: status must be one of package, option, translated, implied, carried, bridged, missing, review, irrelevant`,
		},
		"wrong severity": {
			"package catalog\npackages: \"a-b\": {status: \"review\", sources: [\"x\"], gap: {title: \"t\", category: \"package\", severity: \"high\", description: \"d\", workaround: \"w\", test: \"t\"}}\n",
			`u.cue:2:102: packages."a-b".gap.severity: severity must be critical, major or minor`,
		},
		"wrong target in a case": {
			"package catalog\npackages: a: {status: \"package\", attr: \"a\", sources: [\"x\"]\n\twhen: [{target: [\"esxi\"], status: \"package\", attr: \"b\"}]}\n",
			`u.cue:3:19: packages.a.when.0.target.0: target must be proxmox, incus or libvirt`,
		},
		"wrong bridge": {
			"package catalog\npackages: a: {status: \"bridged\", bridge: \"tunnel\", sources: [\"x\"]}\n",
			`u.cue:2:42: packages.a.bridge: bridge must be one of companion, service, kernel, webui, cluster, storage, network, container, firewall, ha, backup, access, configuration, api`,
		},
		"unknown field": {
			"package catalog\npackages: htop: {status: \"package\", atr: \"htop\", sources: [\"x\"]}\n",
			`u.cue:2:37: packages.htop.atr: field not allowed`,
		},
		"missing field": {
			"package catalog\npackages: {\n\thtop: {status: \"package\", attr: \"htop\"}\n}\n",
			`u.cue:3:2: packages.htop.sources: field is required but not present`,
		},
		"wrong type": {
			"package catalog\npackages: htop: {status: \"package\", attr: 3, sources: [\"x\"]}\n",
			`u.cue:2:43: packages.htop.attr: conflicting values 3 and string (mismatched types int and string)`,
		},
		"not concrete": {
			"package catalog\npackages: htop: {status: \"package\", attr: string, sources: [\"x\"]}\n",
			`u.cue:2:37: packages.htop.attr: incomplete value !=""`,
		},
		"unknown name": {
			"package catalog\npackages: htop: {status: nosuch, sources: [\"x\"]}\n",
			`u.cue:2:26: packages.htop.status: reference "nosuch" not found`,
		},
		"import": {
			"package catalog\nimport \"strings\"\npackages: htop: {status: strings.ToLower(\"IMPLIED\"), sources: [\"x\"]}\n",
			`u.cue:2:8: import "strings": a catalog is plain data and imports nothing`,
		},
		"unknown layout file": {
			"package catalog\nlayout: foo: \"bar\"\n",
			`u.cue:2:14: layout.foo: layout must name a file of hosts/<name>`,
		},
		"twice": {
			"package catalog\npackages: htop: {status: \"package\", attr: \"htop\", sources: [\"x\"]}\npackages: htop: {status: \"package\", attr: \"htop\", sources: [\"x\"]}\n",
			`u.cue:3:11: packages.htop: the entry is also at u.cue:2`,
		},
		"status without its field": {
			"package catalog\n\npackages: htop: {status: \"package\", sources: [\"x\"]}\n",
			`u.cue:3: packages.htop: status package needs attr`,
		},
		"option path": {
			"package catalog\npackages: htop: {status: \"option\", options: \"a..b\": true, sources: [\"x\"]}\n",
			`u.cue:2: packages.htop: option a..b: empty part`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := c
			_, err := base(t).WithOverlay("", fstest.MapFS{"u.cue": {Data: []byte(c.text)}})
			checkError(t, err, c.want)
			// The built-in files get the same treatment.
			_, err = Generate(mini(t, map[string]string{"u.cue": c.text}))
			checkError(t, err, strings.ReplaceAll(c.want, "u.cue", "catalog/u.cue"))
		})
	}
}

func checkError(t *testing.T, err error, want string) {
	t.Helper()
	var list *Error
	if !errors.As(err, &list) {
		t.Fatalf("got %v, want *Error", err)
	}
	if got := err.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestUnknownTableIsAnError(t *testing.T) {
	_, err := base(t).WithOverlay("mine", fstest.MapFS{"u.cue": {Data: []byte("package catalog\n\npackage: htop: {status: \"package\"}\n")}})
	if err == nil || !strings.HasPrefix(err.Error(), "mine/u.cue:3:1: package: unknown table; there are ") || !strings.Contains(err.Error(), " packages,") {
		t.Errorf("got %v", err)
	}
}

func TestSubjectWithoutTableIsAnError(t *testing.T) {
	_, err := Generate(mini(t, map[string]string{"u.cue": "package catalog\n\nsubjects: pets: {nodes: \"/pets/*\", key: [\"name\"], component: \"pet\"}\n"}))
	checkError(t, err, `catalog/u.cue:3:11: subjects.pets: no table of that name; declare pets: [string]: #Entry in schema.cue`)
}

func TestEmptyFolders(t *testing.T) {
	if _, err := base(t).WithOverlay("mine", fstest.MapFS{}); err == nil || err.Error() != "mine: no .cue file" {
		t.Errorf("got %v", err)
	}
	if _, err := base(t).WithOverlay("mine", os.DirFS(filepath.Join(t.TempDir(), "none"))); err == nil || !strings.HasPrefix(err.Error(), "mine: ") {
		t.Errorf("got %v", err)
	}
}

// base is a small built-in catalog.
func base(t *testing.T) *Catalog {
	t.Helper()
	lock, err := Generate(mini(t, map[string]string{"base.cue": `package catalog

packages: {
	htop: {status: "package", attr: "htop", reason: "built in", sources: ["x"], when: [{where: auto: true, status: "irrelevant", reason: "r"}]}
	tmux: {status: "package", attr: "tmux", sources: ["x"]}
}
layout: {boot: "boot", services: "services"}
renames: "services.a": {since: "25.05", to: "services.b"}
tables: colours: {red: 1, blue: 2}
`}))
	if err != nil {
		t.Fatal(err)
	}
	c, err := Decode(lock)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOverlayReplacesWholeEntries(t *testing.T) {
	c := base(t)
	before := c.Digest()
	over, err := c.WithOverlay("site/overlay", fstest.MapFS{
		"README.md": {Data: []byte("no CUE")},
		"a.cue": {Data: []byte(`package catalog

packages: {
	htop: {status: "irrelevant", reason: "we use btop", sources: ["house rules"]}
	"our-*": {status: "irrelevant", reason: "ours", sources: ["house rules"]}
}
layout: "services.nginx": "networking"
layout: boot: "hardware"
renames: "services.c": {since: "25.11", to: "services.d"}
tables: colours: red: 3
tables: sizes: big: 1
`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := &Entry{Subject: "packages", Key: "htop", At: "site/overlay/a.cue:4", Sources: []string{"house rules"},
		Verdict: Verdict{Status: Irrelevant, Reason: "we use btop"}}
	if got, _ := over.Find("packages", "htop", noFields); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, ok := over.Find("packages", "our-tool", noFields); !ok || got.At != "site/overlay/a.cue:5" {
		t.Errorf("new entry: %+v", got)
	}
	if got, ok := over.Find("packages", "tmux", noFields); !ok || got.At != "catalog/base.cue:5" {
		t.Errorf("built-in entry: %+v", got)
	}
	if got, want := over.Layout, (map[string]string{"boot": "hardware", "services": "services", "services.nginx": "networking"}); !reflect.DeepEqual(got, want) {
		t.Errorf("layout %v, want %v", got, want)
	}
	if len(over.Renames) != 2 {
		t.Errorf("renames %v", over.Renames)
	}
	if got, want := over.Tables, (map[string]map[string]any{"colours": {"red": 3.0, "blue": 2.0}, "sizes": {"big": 1.0}}); !reflect.DeepEqual(got, want) {
		t.Errorf("tables %v, want %v", got, want)
	}
	if got, _ := c.Find("packages", "htop", noFields); got.Reason != "built in" || c.Tables["colours"]["red"] != 1.0 || c.Layout["boot"] != "boot" || c.Digest() != before {
		t.Error("the built-in catalog changed")
	}
	if over.Digest() == before {
		t.Error("the digest does not cover the overlay")
	}
}

// The same overlay has one digest wherever it lies; another text or name has another.
func TestDigestCoversOverlay(t *testing.T) {
	digest := func(dir, name, text string) string {
		over, err := base(t).WithOverlay(dir, fstest.MapFS{name: {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return over.Digest()
	}
	const text = "package catalog\n"
	if digest("one", "a.cue", text) != digest("two", "a.cue", text) {
		t.Error("the folder's name is in the digest")
	}
	if digest("one", "a.cue", text) == digest("one", "a.cue", text+"\n") || digest("one", "a.cue", text) == digest("one", "b.cue", text) {
		t.Error("text or name is not in the digest")
	}
}

func TestOverlaysStack(t *testing.T) {
	c := base(t)
	for _, status := range []string{"one", "two"} {
		var err error
		c, err = c.WithOverlay(status, fstest.MapFS{"x.cue": {Data: []byte("package catalog\npackages: htop: {status: \"irrelevant\", reason: \"" + status + "\", sources: [\"x\"]}\n")}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if got, _ := c.Find("packages", "htop", noFields); got.Reason != "two" || got.At != "two/x.cue:2" {
		t.Errorf("got %+v", got)
	}
}

func noFields(string) (any, bool) { return nil, false }
