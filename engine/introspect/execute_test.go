package introspect

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the root of the module, seen from here.
const module = "../.."

// parseProduct calls visit for every file of the product: tests, and what only tests
// use, left out.
func parseProduct(t *testing.T, dir string, visit func(file string, tree *ast.File)) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(filepath.Join(module, dir), func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "standin" || entry.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		files++
		visit(file, tree)
		return nil
	})
	if err != nil || files == 0 {
		t.Fatalf("%d files in %s: %v", files, dir, err)
	}
}

// The capture has one way to run a program, which takes commands of the table: nothing else imports what can.
func TestCaptureExecutesInOnePlace(t *testing.T) {
	for _, dir := range []string{"engine/introspect", "engine/snapshot"} {
		parseProduct(t, dir, func(file string, tree *ast.File) {
			for _, imported := range tree.Imports {
				if name, _ := strconv.Unquote(imported.Path.Value); name == "os/exec" && filepath.Base(file) != "command.go" || name == "plugin" || name == "C" {
					t.Errorf("%s imports %s", file, name)
				}
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"Exec", "ForkExec", "StartProcess"}, s.Sel.Name) {
					t.Errorf("%s uses %s", file, s.Sel.Name)
				}
				return true
			})
		})
	}
}

// packageTools are the programs that the product never runs: what they do goes
// through PackageKit, or through files.
var packageTools = []string{
	"apt", "apt-get", "apt-cache", "apt-mark", "dpkg", "dpkg-query", "pct", "qm", "pvesh", "pvesm", "pvecm", "pveum", "pveversion",
}

// No call in the product has the name of a package tool, or the path of one, as an argument
// beside a function that runs programs.
func TestNothingRunsPackageTools(t *testing.T) {
	runs := []string{"Command", "CommandContext", "Exec", "ForkExec", "StartProcess", "LookPath"}
	for _, dir := range []string{"cmd", "engine", "reports"} {
		parseProduct(t, dir, func(file string, tree *ast.File) {
			ast.Inspect(tree, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				function, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || !slices.Contains(runs, function.Sel.Name) {
					return true
				}
				for _, argument := range call.Args {
					ast.Inspect(argument, func(n ast.Node) bool {
						literal, ok := n.(*ast.BasicLit)
						if !ok || literal.Kind != token.STRING {
							return true
						}
						text, _ := strconv.Unquote(literal.Value)
						for _, word := range strings.Fields(text) {
							if slices.Contains(packageTools, path.Base(word)) {
								t.Errorf("%s: %s(%s)", file, function.Sel.Name, literal.Value)
							}
						}
						return true
					})
				}
				return true
			})
		})
	}
}
