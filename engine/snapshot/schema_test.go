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

const schemaFile = "../../schemas/snapshot.schema.json"

func generatedSchema(t *testing.T) []byte {
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
	if err := e.Encode(SchemaOf(Docs(files))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The published schema is exactly what the Go types say, comments included.
func TestSchemaIsGeneratedFromTypes(t *testing.T) {
	got := generatedSchema(t)
	if *update {
		if err := os.WriteFile(schemaFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("schemas/snapshot.schema.json is not what the types say; run go test ./engine/snapshot -update\n%s", d)
	}
}

// Every property of the schema, and every type, carries a description: it is the reference of the format.
func TestSchemaDescribesEverything(t *testing.T) {
	var s struct {
		Defs map[string]struct {
			Description string
		} `json:"$defs"`
	}
	if err := json.Unmarshal(generatedSchema(t), &s); err != nil {
		t.Fatal(err)
	}
	for name, def := range s.Defs {
		if def.Description == "" {
			t.Errorf("type %s has no comment", name)
		}
	}
}
