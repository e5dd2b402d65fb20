package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"github.com/pve2nix/pve2nix/engine/snapshot"
	hostiletext "github.com/pve2nix/pve2nix/internal/hostile"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

var update = flag.Bool("update", false, "rewrite expectations")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"pve2nix": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// Each file of testdata is one behaviour of the command line, run against the real program.
func TestScripts(t *testing.T) {
	golden, err := filepath.Abs("../../golden")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GOLDEN", golden)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"edit":     edit,
			"hostile":  hostile,
			"nixparse": nixParse,
			"lacks":    lacks,
			"inert":    inert,
			"closure":  closure, "onlyreads": onlyReads,
		},
		Condition: func(cond string) (bool, error) {
			if name, ok := strings.CutPrefix(cond, "program:"); ok {
				_, err := exec.LookPath(name)
				if err != nil && os.Getenv("CI") == "true" {
					t.Errorf("%s is missing, and CI must not skip", name)
				}
				return err == nil, nil
			}
			if name, ok := strings.CutPrefix(cond, "exists:"); ok {
				_, err := os.Stat(name)
				return err == nil, nil
			}
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			if cond == "few" {
				return testhosts.Few(), nil
			}
			return false, nil
		},
	})
}

// edit IN OUT POINTER JSON copies a JSON document and sets, or with JSON "-" removes, one value.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: edit IN OUT POINTER JSON")
	}
	var tree any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &tree))
	i := strings.LastIndexByte(args[2], '/')
	parent, ok := snapshot.Lookup(tree, args[2][:i])
	if !ok {
		ts.Fatalf("%s: no such place", args[2])
	}
	object := parent.(map[string]any)
	if args[3] == "-" {
		delete(object, args[2][i+1:])
	} else {
		var v any
		ts.Check(json.Unmarshal([]byte(args[3]), &v))
		object[args[2][i+1:]] = v
	}
	out, err := json.MarshalIndent(tree, "", " ")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out, 0o600))
}

// hostile IN OUT TEXT copies a snapshot and puts TEXT, with \n for a newline,
// into every string that the schema leaves free, once for each string.
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: hostile IN OUT TEXT")
	}
	var tree any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &tree))
	evil := strings.ReplaceAll(args[2], `\n`, "\n")
	tree, poisoned, err := hostiletext.Plant(tree, func(value string) string { return value + evil })
	ts.Check(err)
	if poisoned < 1000 {
		ts.Fatalf("only %d strings poisoned", poisoned)
	}
	out, err := json.Marshal(tree)
	ts.Check(err)
	if _, err := snapshot.Read(bytes.NewReader(out), args[1]); err != nil {
		ts.Fatalf("the poisoned snapshot is not valid: %v", err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out, 0o600))
}

// nixparse DIR has the Nix parser read every .nix file below a folder.
func nixParse(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: nixparse DIR")
	}
	state := ts.MkAbs("nix-state")
	read := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".nix" {
			return err
		}
		read++
		cmd := exec.Command("nix-instantiate", "--parse", p)
		cmd.Env = append(os.Environ(), "NIX_STORE_DIR="+state+"/store", "NIX_STATE_DIR="+state+"/state", "NIX_LOG_DIR="+state+"/log",
			"NIX_LOCALSTATE_DIR="+state+"/state", "NIX_CONF_DIR="+state+"/conf", "NIX_REMOTE=", "HOME="+state)
		if out, err := cmd.CombinedOutput(); err != nil {
			ts.Fatalf("%s: %v\n%s", p, err, out)
		}
		return nil
	}))
	if read == 0 {
		ts.Fatalf("no .nix file below %s", args[0])
	}
}

// lacks DIR TEXT... proves that no file below a folder holds a text, as bytes.
func lacks(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: lacks DIR TEXT...")
	}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		for _, text := range args[1:] {
			if bytes.Contains(data, []byte(text)) {
				ts.Fatalf("%s holds %q", p, text)
			}
		}
		return nil
	}))
}

// active is what no rendered report may hold: elements that run or load something, and links that are no web address.
var active = regexp.MustCompile(`(?i)<(script|img|iframe|svg|style|object|embed)|<[^>]* on[a-z]+=|href="[^h]`)

// inert FILE ELEMENT renders Markdown as trusting as a renderer can be, and proves that
// nothing active comes of it, and that it has the headlines that its entries stand below.
func inert(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: inert FILE ELEMENT")
	}
	var page bytes.Buffer
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	ts.Check(markdown.Convert([]byte(ts.ReadFile(args[0])), &page))
	if found := active.Find(page.Bytes()); found != nil {
		i := bytes.Index(page.Bytes(), found)
		ts.Fatalf("%s: active content: %s", args[0], page.Bytes()[max(0, i-200):min(page.Len(), i+200)])
	}
	if !bytes.Contains(page.Bytes(), []byte("<"+args[1]+">")) {
		ts.Fatalf("%s: no <%s> in it, so it holds no entry", args[0], args[1])
	}
}
