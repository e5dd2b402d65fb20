package execute_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"testing"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/schemas"
)

var update = flag.Bool("update", false, "write the schema")

func TestTheSchemaOfAStatusIsThatOfItsType(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "status.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(snapshot.SchemaOf[execute.Status]("status.schema.json", execute.StatusVersion, snapshot.Docs([]*ast.File{file}))); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("../../schemas/status.schema.json", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(b.Bytes(), schemas.Status) {
		t.Error("schemas/status.schema.json is not that of the type; run go test ./engine/execute -run Schema -update")
	}
}
