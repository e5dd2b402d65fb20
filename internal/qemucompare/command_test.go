package qemucompare

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpus are configurations of virtual machines with the command line that PVE makes of each, which are not part of the
// project.
func corpus(t *testing.T) []string {
	t.Helper()
	root, set := os.LookupEnv("PVE2NIX_CORPUS")
	if !set {
		root = "../../../shared/corpus"
	}
	files, err := filepath.Glob(filepath.Join(root, "upstream/qemu-server/pve9/cfg2cmd/*.conf"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		if set {
			t.Fatalf("PVE2NIX_CORPUS=%s has no configurations with command lines", root)
		}
		t.Skip("the corpus of configurations with command lines is absent; set PVE2NIX_CORPUS to its folder")
	}
	return files
}

func command(t *testing.T, text string) Description {
	t.Helper()
	d, err := Command(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEveryOptionOfACommandLineIsUnderstood(t *testing.T) {
	for _, file := range corpus(t) {
		text, err := os.ReadFile(file + ".cmd")
		if os.IsNotExist(err) {
			continue // PVE refuses to start it
		}
		if err != nil {
			t.Fatal(err)
		}
		for key, value := range command(t, string(text)) {
			if strings.HasPrefix(key, "unknown/") {
				t.Errorf("%s: %s = %s", filepath.Base(file), key, value)
			}
		}
	}
}

func TestWhatIsNotUnderstoodIsAProperty(t *testing.T) {
	d := command(t, "/usr/bin/kvm \\\n  -device 'sga,id=x' \\\n  -smp '2,dies=2' \\\n  -new yes\n")
	want := Description{
		"machine/acceleration": "kvm", "processor/count": "2", "processor/pluggable": "",
		"unknown/-device sga": "x", "unknown/-smp dies": "2", "unknown/-new": "yes",
	}
	delete(want, "processor/pluggable")
	if !maps.Equal(d, want) {
		t.Errorf("have %v", d)
	}
}

func TestABrokenCommandLineIsRefused(t *testing.T) {
	for _, text := range []string{"", "-m 5", "/usr/bin/kvm -name 'a", "/usr/bin/kvm one two", "/usr/bin/kvm -m much", "/usr/bin/kvm -blockdev '{'", `/usr/bin/kvm -blockdev '{"node-name":"drive-scsi0"}'`, `/usr/bin/kvm -blockdev '{"node-name":"pflash0"}'`} {
		if d, err := Command(text); err == nil {
			t.Errorf("%q: have %v", text, d)
		}
	}
}

func TestPropertiesAreInTheOrderInWhichPeopleCount(t *testing.T) {
	d := Description{"net10/a": "", "net2/a": "", "net2/b": "", "boot/order": ""}
	if got, want := strings.Join(d.Keys(), " "), "boot/order net2/a net2/b net10/a"; got != want {
		t.Errorf("have %s", got)
	}
	if got := slices.Sorted(maps.Keys(d)); got[1] != "net10/a" {
		t.Errorf("the alphabet alone gives %v", got)
	}
}

func FuzzCommand(f *testing.F) {
	f.Add("/usr/bin/kvm \\\n  -m 512 \\\n  -numa 'node,nodeid=0,memdev=a' \\\n  -device 'VGA,id=vga,bus=pci.0,addr=0x2'")
	f.Add(`/usr/bin/kvm -blockdev '{"driver":"throttle","file":{"driver":"raw","file":{"driver":"rbd","server":[{"host":"a"}]}},"node-name":"drive-scsi0"}' -device scsi-hd,drive=drive-scsi0,id=scsi0`)
	f.Add("/usr/bin/kvm -drive if=pflash,unit=0,file=a -cpu host,+a,b=c, -device pc-dimm,memdev=x -boot ,,")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Command(text)
		if err == nil && d["machine/acceleration"] == "" {
			t.Errorf("nothing of the machine: %v", d)
		}
	})
}
