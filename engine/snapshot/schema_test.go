package snapshot

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the generated schema")

// schemaFiles are the published schemas that are generated from types of this package.
var schemaFiles = []struct {
	name   string
	schema func(docs map[string]string) map[string]any
}{
	{"snapshot.schema.json", func(docs map[string]string) map[string]any {
		return SchemaOf[Snapshot]("snapshot.schema.json", Version, docs)
	}},
	{"diff.schema.json", func(docs map[string]string) map[string]any {
		return SchemaOf[Diff]("diff.schema.json", DiffVersion, docs)
	}},
}

func generatedSchema(t *testing.T, schema func(docs map[string]string) map[string]any) []byte {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, p, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema(Docs(files))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The published schema is exactly what the Go types say, comments included.
func TestSchemasAreGeneratedFromTypes(t *testing.T) {
	for _, f := range schemaFiles {
		got := generatedSchema(t, f.schema)
		file := filepath.Join("../../schemas", f.name)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("schemas/%s is not what the types say; run go test ./engine/snapshot -update\n%s", f.name, d)
		}
	}
}

// Every property of the schema, and every type, carries a description: it is the reference of the format.
func TestSchemaDescribesEverything(t *testing.T) {
	for _, f := range schemaFiles {
		var s struct {
			Defs map[string]struct {
				Description string
			} `json:"$defs"`
		}
		if err := json.Unmarshal(generatedSchema(t, f.schema), &s); err != nil {
			t.Fatal(err)
		}
		for name, def := range s.Defs {
			if def.Description == "" {
				t.Errorf("type %s of %s has no comment", name, f.name)
			}
		}
	}
}
