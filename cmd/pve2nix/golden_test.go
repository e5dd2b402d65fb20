package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/pve2nix/pve2nix/engine/snapshot"
	"github.com/pve2nix/pve2nix/internal/testhosts"
	"github.com/pve2nix/pve2nix/schemas"
)

// goldenVersion stands for the version of the program in goldens, so that a release does not change them.
const goldenVersion = "golden"

// goldenHosts are the folders of golden with a snapshot; all of them are tested, with the race detector a few.
func goldenHosts(t testing.TB) []string {
	t.Helper()
	var hosts []string
	for _, f := range testhosts.Snapshots(t) {
		hosts = append(hosts, filepath.Dir(f))
	}
	return hosts
}

func withGoldenVersion(t testing.TB) {
	old := version
	version = goldenVersion
	t.Cleanup(func() { version = old })
}

func readTree(t testing.TB, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			return nil // links of a captured tree lead to places of its own
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		tree[rel] = string(data)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return tree
}

// Every output for every golden host is what is committed, byte for byte, the summary included, and nothing of it is unaccounted for.
func TestGoldenOutputs(t *testing.T) {
	withGoldenVersion(t)
	for _, dir := range goldenHosts(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			got := t.TempDir()
			var stdout, stderr bytes.Buffer
			if code := run([]string{"eval", filepath.Join(dir, "snapshot.json"), "--out", filepath.Join(got, "out"), "--strict"}, &stdout, &stderr); code != exitClean {
				t.Errorf("exit code %d, stderr %s", code, &stderr)
			}
			summary := bytes.ReplaceAll(stdout.Bytes(), []byte(filepath.Join(got, "out")), []byte("out"))
			if err := os.WriteFile(filepath.Join(got, "out", "summary.txt"), summary, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(got, "out", writtenFile)); err != nil { // the digests of what is compared
				t.Fatal(err)
			}
			want := filepath.Join(dir, "want")
			if *update {
				if err := os.RemoveAll(want); err != nil {
					t.Fatal(err)
				}
				if err := os.CopyFS(want, os.DirFS(filepath.Join(got, "out"))); err != nil {
					t.Fatal(err)
				}
			}
			if d := cmp.Diff(readTree(t, want), readTree(t, filepath.Join(got, "out"))); d != "" {
				t.Errorf("outputs differ from %s; if that is meant, run make golden\n%s", want, clip(d))
			}
		})
	}
}

func clip(s string) string {
	const most = 4000
	if len(s) > most {
		return s[:most] + "\n…"
	}
	return s
}

// The trees of the golden hosts hold a secret in every place that has one; none
// of them is in a snapshot or in an output.
func TestGoldenSecretsStayOnTheirHosts(t *testing.T) {
	const mark = "SECRETMUSTNOTLEAVETHISHOST"
	for _, dir := range goldenHosts(t) {
		planted := 0
		for _, content := range readTree(t, filepath.Join(dir, "raw")) {
			planted += strings.Count(content, mark)
		}
		if planted < 10 {
			t.Errorf("%s: only %d secrets are planted", dir, planted)
		}
		outputs := readTree(t, filepath.Join(dir, "want"))
		data, err := os.ReadFile(filepath.Join(dir, "snapshot.json"))
		if err != nil {
			t.Fatal(err)
		}
		outputs["snapshot.json"] = string(data)
		for name, content := range outputs {
			if strings.Contains(content, mark) {
				t.Errorf("%s: %s holds a secret", dir, name)
			}
		}
	}
}

// The JSON outputs are what the published schemas say.
func TestGoldenOutputsMatchTheirSchemas(t *testing.T) {
	c := jsonschema.NewCompiler()
	for name, text := range map[string][]byte{"gaps.schema.json": schemas.Gaps, "evaluation.schema.json": schemas.Evaluation, "plan.schema.json": schemas.Plan} {
		if err := c.AddResource("https://pve2nix.org/schemas/"+name, bytes.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	for file, name := range map[string]string{"PROXMOX-NIX-GAPS.json": "gaps.schema.json", "evaluation.json": "evaluation.schema.json", "plan.json": "plan.schema.json"} {
		schema, err := c.Compile("https://pve2nix.org/schemas/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range goldenHosts(t) {
			data, err := os.ReadFile(filepath.Join(dir, "want", file))
			if err != nil {
				t.Fatal(err)
			}
			var v any
			if err := json.Unmarshal(data, &v); err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(v); err != nil {
				t.Errorf("%s: %v", filepath.Join(dir, "want", file), err)
			}
		}
	}
}

// Golden snapshots fit the Go types exactly: nothing is lost between JSON and Go.
func TestGoldenSnapshotsFitTheTypes(t *testing.T) {
	for _, dir := range goldenHosts(t) {
		data, err := os.ReadFile(filepath.Join(dir, "snapshot.json"))
		if err != nil {
			t.Fatal(err)
		}
		var s snapshot.Snapshot
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&s); err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := snapshot.Write(&again, &s); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, again.Bytes()) {
			t.Errorf("%s: decoding and encoding again changes it", dir)
		}
	}
}

// Several hosts make one flake.
func TestSeveralHostsMakeOneFlake(t *testing.T) {
	out := t.TempDir()
	args := []string{"eval"}
	for _, dir := range goldenHosts(t) {
		args = append(args, filepath.Join(dir, "snapshot.json"))
	}
	if code := run(append(args, "--out", out), io.Discard, io.Discard); code != exitClean {
		t.Fatalf("exit code %d", code)
	}
	flake, err := os.ReadFile(filepath.Join(out, "nix", "flake.nix"))
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(flake, []byte("nixpkgs.lib.nixosSystem")); n != len(goldenHosts(t)) {
		t.Errorf("%d systems in\n%s", n, flake)
	}
}

func BenchmarkEval(b *testing.B) {
	for _, dir := range goldenHosts(b) {
		b.Run(filepath.Base(dir), func(b *testing.B) {
			out := b.TempDir()
			for b.Loop() {
				if code := run([]string{"eval", filepath.Join(dir, "snapshot.json"), "--out", out}, io.Discard, io.Discard); code != exitClean {
					b.Fatalf("exit code %d", code)
				}
			}
		})
	}
}
