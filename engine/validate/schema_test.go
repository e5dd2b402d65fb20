package validate

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

	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/schemas"
)

var update = flag.Bool("update", false, "write the schemas")

func TestPublishedSchemasAreThoseOfTheTypes(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	docs := snapshot.Docs(parsed)
	for name, c := range map[string]struct {
		schema    map[string]any
		published []byte
	}{
		"validation.schema.json": {snapshot.SchemaOf[Report]("validation.schema.json", Version, docs), schemas.Validation},
		"checks.schema.json":     {snapshot.SchemaOf[Baseline]("checks.schema.json", ChecksVersion, docs), schemas.Checks},
	} {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(c.schema); err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile("../../schemas/"+name, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if !bytes.Equal(b.Bytes(), c.published) {
			t.Errorf("schemas/%s is not that of the types; run go test ./engine/validate -run PublishedSchema -update", name)
		}
	}
}
