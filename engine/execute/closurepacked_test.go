package execute_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/internal/faults"
)

// packedIn are closures that Nix itself packed, by their forms.
const packedIn = "../nar/testdata"

// withClosure makes a host whose closure is packed.
func withClosure(t *testing.T, form string) *faults.Conversion {
	t.Helper()
	c := host(t, "lvm", "grub-bios")
	at := c.File("", "/mnt/closure")
	if err := os.RemoveAll(at); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(packedIn, form)
	var err error
	if strings.HasSuffix(form, ".export") {
		var data []byte
		if data, err = os.ReadFile(source); err == nil {
			err = os.WriteFile(at, data, 0o644)
		}
	} else {
		err = os.CopyFS(at, os.DirFS(source))
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sideRoot is the folder that stands for the side root.
func sideRoot(t *testing.T, c *faults.Conversion) string {
	t.Helper()
	return c.File("/dev/pve/nixos", "/")
}

const (
	packedSystem = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-pve-25.11"
	packedKernel = "/nix/store/1123456789abcdfghijklmnpqrsvwxyz-linux-6.12"
)

func TestPackedClosuresBecomeAStore(t *testing.T) {
	var first map[string]string
	for _, form := range []string{"closure.export", "none", "zstd"} {
		t.Run(form, func(t *testing.T) {
			c := withClosure(t, form)
			before, err := c.Machine.Picture(faults.DeclaredChanges...)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Apply(); err != nil {
				t.Fatal(err)
			}
			root := sideRoot(t, c)
			got := storeIn(t, root)
			if first == nil {
				first = got
			}
			if d := cmp.Diff(first, got); d != "" {
				t.Error(d)
			}
			if got[packedSystem+"/init"] != "-r-xr-xr-x #!/bin/sh\nexit 0\n" || got[packedSystem+"/kernel"] != "Lrwxrwxrwx "+packedKernel+"/bzImage" || got[packedSystem] != "dr-xr-xr-x" || got[packedKernel+"/lib/empty"] != "-r--r--r-- " {
				t.Errorf("%q", got)
			}
			for name := range got {
				if strings.Contains(name, "not-needed") {
					t.Errorf("%s is not of the closure", name)
				}
			}
			verifiedByNix(t, root)
			if err := errors.Join(c.Rollback(), c.Rollback()); err != nil {
				t.Fatal(err)
			}
			after, err := c.Machine.Picture(faults.DeclaredChanges...)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(before, after); d != "" {
				t.Error(d)
			}
		})
	}
}

// storeIn is all that the store of a root holds.
func storeIn(t *testing.T, root string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(filepath.Join(root, "nix/store"), func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		text := info.Mode().String()
		if d.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(name)
			got[strings.TrimPrefix(name, root)] = text + " " + target
			return err
		}
		if info.ModTime().Unix() != 1 && name != filepath.Join(root, "nix/store") {
			t.Errorf("%s is of %s", name, info.ModTime())
		}
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			text += " " + string(data)
		}
		got[strings.TrimPrefix(name, root)] = text
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// A run that was cut off while it unpacked goes on to the same store, and is taken back to what was before.
func TestUnpackingThatWasCutOffGoesOn(t *testing.T) {
	whole := withClosure(t, "closure.export")
	if err := whole.Apply(); err != nil {
		t.Fatal(err)
	}
	want := storeIn(t, sideRoot(t, whole))
	var inside []int
	for n, op := range whole.Machine.Operations() {
		if strings.Contains(op, "/nix/") {
			inside = append(inside, n+1)
		}
	}
	if len(inside) < 50 {
		t.Fatalf("%d operations in the store", len(inside))
	}
	for i := range 8 {
		f := faults.Fault{At: inside[(2*i+1)*len(inside)/16], Kind: []faults.Kind{faults.Kill, faults.PowerCut}[i%2], When: faults.Sides[i%3]}
		c := withClosure(t, "closure.export")
		before, err := c.Machine.Picture(faults.DeclaredChanges...)
		if err != nil {
			t.Fatal(err)
		}
		c.Machine.Break(f)
		if err := c.Apply(); err == nil || !c.Machine.Struck() {
			t.Fatalf("%s: it did not strike: %v", f, err)
		}
		c.Machine.Repair()
		c.Machine = c.Machine.Again()
		if err := c.Resume(); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		if d := cmp.Diff(want, storeIn(t, sideRoot(t, c))); d != "" {
			t.Errorf("%s: %s", f, d)
		}
		if err := c.Rollback(); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		after, err := c.Machine.Picture(faults.DeclaredChanges...)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(before, after); d != "" {
			t.Errorf("%s: %s", f, d)
		}
	}
}

// verifiedByNix lets Nix say whether it takes a store for its own, where there is a Nix.
func verifiedByNix(t *testing.T, root string) {
	t.Helper()
	if _, err := exec.LookPath("nix-store"); err != nil {
		t.Log("there is no nix-store: what it says of the store was not asked")
		return
	}
	dir := t.TempDir() // Nix opens a store to write to it
	if out, err := exec.Command("cp", "-a", filepath.Join(root, "nix"), dir).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	nix := func(args ...string) string {
		cmd := exec.Command("nix-store", append([]string{"--store", "local?root=" + dir}, args...)...)
		cmd.Env = append(os.Environ(), "HOME="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("nix-store %s: %v\n%s", args, err, out)
		}
		return string(out)
	}
	if said := nix("--verify", "--check-contents"); strings.Contains(said, "error") || strings.Contains(said, "modified") || strings.Contains(said, "disappeared") {
		t.Error(said)
	}
	if said := nix("--query", "--requisites", packedSystem); strings.Count(said, "/nix/store/") != 3 {
		t.Error(said)
	}
	if said := nix("--query", "--hash", packedSystem); !strings.Contains(said, "sha256:1qn09sph5pq53bjzafmx62sbzf26nm062ais4jljnizi145kzvx7") {
		t.Error(said)
	}
}

// What is wrong with a packed closure is said before anything is written.
func TestPackedClosuresThatAreWrongAreRefused(t *testing.T) {
	spoil := func(name string, change func([]byte) []byte) func(string) error {
		return func(at string) error {
			if name != "" {
				found, err := filepath.Glob(filepath.Join(at, name))
				if err != nil || len(found) != 1 {
					return errors.Join(err, errors.New(name))
				}
				at = found[0]
			}
			data, err := os.ReadFile(at)
			if err != nil {
				return err
			}
			return os.WriteFile(at, change(data), 0o644)
		}
	}
	replace := func(old, new string) func([]byte) []byte {
		return func(data []byte) []byte { return []byte(strings.Replace(string(data), old, new, 1)) }
	}
	half := func(data []byte) []byte { return data[:len(data)/2] }
	const info = "0123456789abcdfghijklmnpqrsvwxyz.narinfo"
	for name, c := range map[string]struct {
		form  string
		spoil func(at string) error
		say   string
	}{
		"an export that lacks a path":        {"lacks.export", nil, "the closure is not complete: " + packedSystem + " needs " + packedKernel},
		"an export that was cut off":         {"closure.export", spoil("", half), "it ends in the middle"},
		"an export of another system":        {"closure.export", spoil("", func(d []byte) []byte { return []byte(strings.ReplaceAll(string(d), "0123456789abc", "4123456789abc")) }), "it does not hold " + packedSystem},
		"an export whose names lead out":     {"closure.export", spoil("", replace("\x05\x00\x00\x00\x00\x00\x00\x00empty", "\x05\x00\x00\x00\x00\x00\x00\x00../..")), `"../.." is no name of a file`},
		"another file":                       {"closure.export", spoil("", func([]byte) []byte { return []byte("a tar of some kind") }), "byte 0"},
		"an export of something else":        {"closure.export", spoil("", replace("\x04\x00\x00\x00\x00\x00\x00\x00init", "\x04\x00\x00\x00\x00\x00\x00\x00inif")), "it has no init"},
		"a cache that lacks a path":          {"zstd", func(at string) error { return os.Remove(filepath.Join(at, "1123456789abcdfghijklmnpqrsvwxyz.narinfo")) }, "the closure is not complete"},
		"a cache that lacks an archive":      {"zstd", func(at string) error { return os.RemoveAll(filepath.Join(at, "nar")) }, "the closure is not complete"},
		"a cache without the system":         {"zstd", func(at string) error { return os.Remove(filepath.Join(at, info)) }, "does not hold " + packedSystem},
		"a digest that is another one":       {"none", spoil(info, replace("NarHash: sha256:1q", "NarHash: sha256:0q")), "its SHA-256 is"},
		"a URL that leads out":               {"zstd", spoil(info, replace("URL: nar/", "URL: nar/../../")), "is no file of the cache"},
		"a size that is another one":         {"zstd", spoil(info, replace("NarSize: 1872", "NarSize: 1880")), "1880 bytes were promised"},
		"a narinfo of another path":          {"zstd", spoil(info, replace("StorePath: /nix/store/0", "StorePath: /nix/store/4")), "not of " + packedSystem},
		"a packing that is not read":         {"xz", nil, `packed with "xz"`},
		"an archive that unpacks to rubbish": {"zstd", spoil(info, replace("Compression: zstd", "Compression: none")), "byte 0"},
	} {
		t.Run(name, func(t *testing.T) {
			v := withClosure(t, c.form)
			if c.spoil != nil {
				if err := c.spoil(v.File("", "/mnt/closure")); err != nil {
					t.Fatal(err)
				}
			}
			before, err := v.Machine.Picture(faults.DeclaredChanges...)
			if err != nil {
				t.Fatal(err)
			}
			if err := v.Apply(); err == nil || !strings.Contains(err.Error(), c.say) || !strings.HasSuffix(err.Error(), "rolled back") {
				t.Fatalf("it says %v, not %q", err, c.say)
			}
			after, err := v.Machine.Picture(faults.DeclaredChanges...)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(before, after); d != "" {
				t.Error(d)
			}
			if err := execute.CheckClosure(context.Background(), v.Machine, "/mnt/closure", packedSystem); err == nil || !strings.Contains(err.Error(), c.say) {
				t.Errorf("a dry run says %v", err)
			}
		})
	}
}
