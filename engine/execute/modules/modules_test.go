package modules

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cavaliergopher/cpio"
	"github.com/google/go-cmp/cmp"
)

const dep = `kernel/fs/btrfs/btrfs.ko.zst: kernel/lib/raid6/raid6_pq.ko.zst kernel/crypto/xor.ko.zst
kernel/lib/raid6/raid6_pq.ko.zst:
kernel/crypto/xor.ko.zst:
kernel/crypto/crc32c_generic.ko.zst:
kernel/arch/x86/crypto/crc32c-intel.ko.zst:
kernel/drivers/md/dm-mod.ko.zst:
zfs/zfs.ko: zfs/spl.ko
zfs/spl.ko:
kernel/sound/snd.ko.zst:
`

var tree = map[string]string{
	"modules.dep":     dep,
	"modules.softdep": "# Soft dependencies extracted from modules themselves.\nsoftdep btrfs pre: crc32c post: dm-mod\n",
	"modules.alias":   "# Aliases\nalias pci:v00008086d*sv* snd\nalias crc32c crc32c_generic\nalias crypto-crc32c crc32c_intel\nalias crc32c crc32c_intel\n",
}

func reader(files map[string]string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		if text, ok := files[filepath.Base(name)]; ok {
			return []byte(text), nil
		}
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
}

func TestClosure(t *testing.T) {
	x, err := Read("/lib/modules/6.8.12-4-pve", reader(tree))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		names, want string
	}{
		{"zfs", "zfs/spl.ko zfs/zfs.ko"},
		{"dm_mod", "kernel/drivers/md/dm-mod.ko.zst"},
		{"dm-mod built_in ../../etc/passwd", "kernel/drivers/md/dm-mod.ko.zst"},
		{"crypto-crc32c", "kernel/arch/x86/crypto/crc32c-intel.ko.zst"},
		{"btrfs", "kernel/arch/x86/crypto/crc32c-intel.ko.zst kernel/crypto/crc32c_generic.ko.zst kernel/crypto/xor.ko.zst kernel/drivers/md/dm-mod.ko.zst kernel/fs/btrfs/btrfs.ko.zst kernel/lib/raid6/raid6_pq.ko.zst"},
		{"", ""},
	} {
		if d := cmp.Diff(c.want, strings.Join(x.Closure(strings.Fields(c.names)), " ")); d != "" {
			t.Errorf("%s: %s", c.names, d)
		}
	}
}

func TestAnIndexThatLeadsOutIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"kernel/a.ko:\n../../b.ko:\n":   `modules.dep:2: "../../b.ko" is no file of a module below this folder`,
		"kernel/a.ko: /etc/shadow.ko\n": `modules.dep:1: "/etc/shadow.ko" is no file`,
		"kernel/a.ko: kernel/../b.ko\n": `modules.dep:1: "kernel/../b.ko" is no file`,
		"kernel/a.ko\n":                 `modules.dep:1: "kernel/a.ko" has no colon`,
		"kernel/notes.txt:\n":           `modules.dep:1: "kernel/notes.txt" is no file`,
	} {
		_, err := Read("/m", reader(map[string]string{"modules.dep": text}))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := Read("/m", reader(nil)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without modules.dep: %v", err)
	}
}

func opener(files fstest.MapFS) func(string) (File, error) {
	return func(name string) (File, error) { return files.Open(name) }
}

// What is packed comes back, in its folders, and nothing above them is there.
func TestPack(t *testing.T) {
	files := fstest.MapFS{"kernel/a/x.ko": {Data: []byte("x")}, "kernel/b.ko": {Data: []byte("bb")}, "modules.dep": {Data: []byte("dep")}, "link": {Mode: fs.ModeSymlink}}
	var first, second bytes.Buffer
	for _, w := range []io.Writer{&first, &second} {
		if err := Pack(w, "/lib/modules/6.8", []string{"kernel/a/x.ko", "kernel/b.ko", "modules.dep"}, opener(files)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same files gave two archives")
	}
	z, err := gzip.NewReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for r := cpio.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.TrimSpace(h.FileInfo().Mode().String()+" "+h.Name+" "+string(data)))
	}
	want := []string{
		"drwxr-xr-x lib/modules/6.8", "drwxr-xr-x lib/modules/6.8/kernel", "drwxr-xr-x lib/modules/6.8/kernel/a",
		"-rw-r--r-- lib/modules/6.8/kernel/a/x.ko x", "-rw-r--r-- lib/modules/6.8/kernel/b.ko bb", "-rw-r--r-- lib/modules/6.8/modules.dep dep",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, bad := range []string{"../x.ko", "/etc/shadow", "", "kernel", "absent.ko"} {
		if err := Pack(io.Discard, "/lib/modules/6.8", []string{bad}, opener(files)); err == nil {
			t.Errorf("%q was packed", bad)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(dep, tree["modules.softdep"], tree["modules.alias"], "btrfs")
	f.Add("a.ko: b.ko\nb.ko: a.ko\n", "softdep a pre: b", "alias a b", "a b")
	f.Fuzz(func(t *testing.T, dep, soft, alias, names string) {
		x, err := Read("/m", reader(map[string]string{"modules.dep": dep, "modules.softdep": soft, "modules.alias": alias}))
		if err != nil {
			return
		}
		for _, file := range x.Closure(strings.Fields(names)) {
			if !fs.ValidPath(file) || !strings.Contains(dep, file) {
				t.Errorf("%q is no file of the index", file)
			}
		}
	})
}
