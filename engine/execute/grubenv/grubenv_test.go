package grubenv

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestBlocks(t *testing.T) {
	b := Block{}.With("p2n_once", "nixos").With("p2n_args", `a\b c=d "e"`).With("gone", "x").With("gone", "")
	data, err := b.Format()
	if err != nil || len(data) != Size {
		t.Fatal(len(data), err)
	}
	again, err := Parse(data)
	if err != nil || !slices.Equal(b, again) || again.Get("p2n_args") != `a\b c=d "e"` || again.Get("gone") != "" {
		t.Fatal(again, err)
	}
}

func TestWhatIsNoBlock(t *testing.T) {
	good, _ := Block{{"a", "b"}}.Format()
	for name, data := range map[string]string{
		"empty": "", "short": string(good[:512]), "long": string(good) + "#", "garbled": strings.Repeat("\xff", Size),
		"no end": signature + "a=" + strings.Repeat("b", Size-len(signature)-2), "no name": signature + "=b\n" + strings.Repeat("#", Size-len(signature)-3),
	} {
		if b, err := Parse([]byte(data)); err == nil {
			t.Errorf("%s: %v", name, b)
		}
	}
	if _, err := (Block{{"a", strings.Repeat("x", Size)}}).Format(); err == nil {
		t.Error("more than fits is accepted")
	}
	if _, err := (Block{{"a b", "x"}}).Format(); err == nil {
		t.Error("a name with a space is accepted")
	}
}

// GRUB's own tool reads what is written here, and the other way round.
func TestAgainstGrub(t *testing.T) {
	tool, err := exec.LookPath("grub-editenv")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("grub-editenv is missing (Debian: grub-common)")
		}
		t.Skip("grub-editenv is missing (Debian: grub-common)")
	}
	file := filepath.Join(t.TempDir(), "grubenv")
	data, _ := Block{{"p2n_once", "nixos"}, {"p2n_args", `x\y z`}}.Format()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, file, "list").CombinedOutput()
	if err != nil || string(out) != "p2n_once=nixos\np2n_args=x\\y z\n" {
		t.Fatalf("%q %v", out, err)
	}
	if out, err := exec.Command(tool, file, "set", `q=1 "2" \ 3`).CombinedOutput(); err != nil {
		t.Fatalf("%s %v", out, err)
	}
	data, err = os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse(data)
	if err != nil || b.Get("q") != `1 "2" \ 3` || b.Get("p2n_once") != "nixos" {
		t.Errorf("%v %v", b, err)
	}
}

func FuzzParse(f *testing.F) {
	good, _ := Block{{"a", "b\n\\c"}, {"d", "e"}}.Format()
	f.Add(good)
	f.Add([]byte(signature))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Parse(data)
		if err != nil {
			return
		}
		again, err := b.Format()
		if err != nil {
			return // escapes may take more room than they did
		}
		if c, err := Parse(again); err != nil || !slices.Equal(b, c) {
			t.Fatalf("%q %q %v", b, c, err)
		}
	})
}
