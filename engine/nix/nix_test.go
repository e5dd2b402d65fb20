package nix_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pve2nix/pve2nix/engine/nix"
	"github.com/pve2nix/pve2nix/internal/testhosts"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// command is a Nix program that works without a daemon, and in a store of its
// own that it never gets to write to.
type command struct {
	path string
	dir  string
	env  []string
}

// nixInstantiate finds nix-instantiate. Without it the test is skipped, in CI it
// fails.
func nixInstantiate(t testing.TB) command {
	t.Helper()
	path, err := exec.LookPath("nix-instantiate")
	if err != nil {
		testhosts.Lacking(t, "nix-instantiate is not installed (Debian: nix-bin); nothing was read back")
	}
	dir := t.TempDir()
	env := append(os.Environ(), "NIX_REMOTE=", "NIX_PATH=", "HOME="+dir)
	for _, name := range []string{"STORE", "STATE", "LOCALSTATE", "LOG", "CONF"} {
		sub := filepath.Join(dir, strings.ToLower(name))
		if err := os.Mkdir(sub, 0o755); err != nil {
			t.Fatal(err)
		}
		env = append(env, "NIX_"+name+"_DIR="+sub)
	}
	return command{path: path, dir: dir, env: env}
}

func (c command) write(t testing.TB, name string, text []byte) string {
	t.Helper()
	path := filepath.Join(c.dir, name)
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func (c command) run(args ...string) ([]byte, error) {
	cmd := exec.Command(c.path, args...)
	cmd.Env = c.env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, stderr.String())
	}
	return stdout.Bytes(), nil
}

// eval returns the value of an expression, numbers as json.Number.
func (c command) eval(t testing.TB, text []byte) any {
	t.Helper()
	out, err := c.run("--eval", "--strict", "--json", c.write(t, "eval.nix", text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return decode(t, out)
}

func decode(t testing.TB, text []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %.200q", err, text)
	}
	return v
}

func mustPrint(t testing.TB, e nix.Expr) string {
	t.Helper()
	out, err := nix.Print(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
