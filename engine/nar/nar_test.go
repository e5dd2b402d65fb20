package nar_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/nar"
)

// The files in testdata are those that Nix itself wrote; testdata/make.sh makes them again.
const (
	system = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-nixos-system-pve-25.11"
	kernel = "/nix/store/1123456789abcdfghijklmnpqrsvwxyz-linux-6.12"
	config = "/nix/store/2123456789abcdfghijklmnpqrsvwxyz-config.txt"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// seen is a Sink that writes down what comes, and complains about what no sink may get.
type seen struct {
	lines []string
	wrong error
}

func (s *seen) add(name, format string, args ...any) error {
	if name != "" && (!fs.ValidPath(name) || name == "." || strings.ContainsRune(name, 0)) {
		s.wrong = errors.Join(s.wrong, fmt.Errorf("a sink got the name %q", name))
	}
	line := fmt.Sprintf(format, args...)
	if len(s.lines) < 1000 {
		s.lines = append(s.lines, name+" "+line)
	}
	return nil
}

func (s *seen) Folder(name string) error       { return s.add(name, "folder") }
func (s *seen) Link(name, target string) error { return s.add(name, "-> %s", target) }
func (s *seen) File(name string, executable bool, size int64, content io.Reader) error {
	n, err := io.Copy(io.Discard, content)
	if err == nil && n != size {
		s.wrong = errors.Join(s.wrong, fmt.Errorf("%s: %d bytes of %d", name, n, size))
	}
	return errors.Join(err, s.add(name, "file %v %d", executable, size))
}

func export(stream []byte) (paths []nar.Path, sinks []*seen, err error) {
	err = nar.ReadExport(bytes.NewReader(stream), func(int) (nar.Sink, error) {
		sinks = append(sinks, &seen{})
		return sinks[len(sinks)-1], nil
	}, func(_ int, p nar.Path) error { paths = append(paths, p); return nil })
	return paths, sinks, err
}

func TestWhatNixExportsIsRead(t *testing.T) {
	paths, sinks, err := export(file(t, "closure.export"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i, p := range paths {
		names = append(names, p.Path)
		hash, _, _ := strings.Cut(filepath.Base(p.Path), "-")
		info, err := nar.ParseInfo(string(file(t, "none/"+hash+".narinfo")))
		if err != nil {
			t.Fatal(err)
		}
		// Nix computed these digests of the same paths.
		if info.Hash != p.Hash || info.Size != p.Size || info.Path.Path != p.Path || !slices.Equal(info.References, p.References) {
			t.Errorf("the cache says %+v, the stream %+v", info.Path, p)
		}
		if sinks[i].wrong != nil {
			t.Error(sinks[i].wrong)
		}
		for _, packing := range []string{"none"} {
			archive := file(t, packing+"/"+info.URL)
			if err := nar.Checked(bytes.NewReader(archive), info.Path, nar.Discard{}); err != nil {
				t.Error(err)
			}
			archive[len(archive)/2] ^= 1
			if err := nar.Checked(bytes.NewReader(archive), info.Path, nar.Discard{}); err == nil {
				t.Errorf("%s: a changed bit was not seen", p.Path)
			}
			if err := nar.Checked(bytes.NewReader(append(file(t, packing+"/"+info.URL), 0)), info.Path, nar.Discard{}); err != nil {
				t.Error(err) // no more is read than was promised
			}
			longer := info.Path
			longer.Size++
			if err := nar.Checked(bytes.NewReader(append(file(t, packing+"/"+info.URL), 0)), longer, nar.Discard{}); err == nil {
				t.Error("a size that is not that of the archive was taken")
			}
		}
	}
	if want := []string{kernel, config, system}; !slices.Equal(names, want) {
		t.Errorf("%v, not %v", names, want)
	}
	want := []string{" folder", "activate file true 17", "etc folder", "etc/config -> " + config, "etc/empty folder", "init file true 17", "initrd file false 16", "kernel -> " + kernel + "/bzImage", "kernel-params file false 76"}
	if d := cmp.Diff(want, sinks[2].lines); d != "" {
		t.Error(d)
	}
}

// dir is a Tree of a file system in memory.
type dir struct{ fs fstest.MapFS }

func (d dir) at(name string) string {
	if name == "" {
		return "x"
	}
	return "x/" + name
}
func (d dir) Lstat(name string) (fs.FileInfo, error)  { return d.fs.Lstat(d.at(name)) }
func (d dir) Readlink(name string) (string, error)    { return d.fs.ReadLink(d.at(name)) }
func (d dir) Open(name string) (io.ReadCloser, error) { return d.fs.Open(d.at(name)) }
func (d dir) Names(folder string) (out []string, _ error) {
	entries, err := d.fs.ReadDir(d.at(folder))
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out, err
}

func TestWhatIsWrittenIsWhatNixWrites(t *testing.T) {
	tree := dir{fstest.MapFS{
		"x/bzImage": {Data: []byte("stand-in kernel\n"), Mode: 0o444}, "x/lib/empty": {Mode: 0o444}, "x/lib/zeros": {Data: make([]byte, 30000), Mode: 0o444},
	}}
	var got bytes.Buffer
	if err := nar.Write(&got, tree); err != nil {
		t.Fatal(err)
	}
	info, err := nar.ParseInfo(string(file(t, "none/1123456789abcdfghijklmnpqrsvwxyz.narinfo")))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), file(t, "none/"+info.URL)) {
		t.Error("the archive is not that of Nix")
	}
	var links bytes.Buffer
	if err := nar.Write(&links, dir{fstest.MapFS{"x": {Data: []byte("to/there"), Mode: fs.ModeSymlink | 0o777}}}); err != nil {
		t.Fatal(err)
	}
	s := &seen{}
	if err := nar.Read(&links, s); err != nil || !slices.Equal(s.lines, []string{" -> to/there"}) {
		t.Errorf("%v %q", err, s.lines)
	}
	if err := nar.Write(io.Discard, dir{fstest.MapFS{"x": {Mode: fs.ModeNamedPipe}}}); err == nil {
		t.Error("a pipe was archived")
	}
}

// words are the strings of an archive; a number stands for itself.
func words(list ...any) []byte {
	var out []byte
	for _, w := range list {
		switch w := w.(type) {
		case int:
			out = binary.LittleEndian.AppendUint64(out, uint64(w))
		case string:
			out = binary.LittleEndian.AppendUint64(out, uint64(len(w)))
			out = append(out, w...)
			out = append(out, make([]byte, (8-len(w)%8)%8)...)
		}
	}
	return out
}

func one(name string) []any {
	return []any{"entry", "(", "name", name, "node", "(", "type", "regular", "contents", "x", ")", ")"}
}

func folder(names ...string) []byte {
	list := []any{"nix-archive-1", "(", "type", "directory"}
	for _, n := range names {
		list = append(list, one(n)...)
	}
	return words(append(list, ")")...)
}

func TestHostileArchivesAreRefused(t *testing.T) {
	regular := func(rest ...any) []byte {
		return words(append([]any{"nix-archive-1", "(", "type", "regular"}, rest...)...)
	}
	deep := []any{"nix-archive-1"}
	for range 3000 {
		deep = append(deep, "(", "type", "directory", "entry", "(", "name", "a", "node")
	}
	padded := folder("a")
	padded[23] = 'x' // in the padding of the first word
	for name, c := range map[string]struct {
		archive []byte
		say     string
	}{
		"nothing":                     {nil, "byte 0: it ends"},
		"another file":                {[]byte(strings.Repeat("x", 64)), "byte 0: a text of 8680820740569200760 bytes"},
		"another magic":               {words("nix-archive-2"), `byte 0: "nix-archive-2"`},
		"the folder above":            {folder(".."), `byte 128: ".." is no name`},
		"the folder itself":           {folder("."), "is no name"},
		"no name":                     {folder(""), "is no name"},
		"a name with a folder":        {folder("../../etc/shadow"), "is no name"},
		"a name from the root":        {folder("/etc/shadow"), "is no name"},
		"a name that ends early":      {folder("a\x00b"), "is no name"},
		"a name that is too long":     {folder(strings.Repeat("a", 256)), "at most 255"},
		"one name twice":              {folder("a", "a"), `"a" comes after "a"`},
		"names in another order":      {folder("b", "a"), `"a" comes after "b"`},
		"a link, then a file in it":   {words(append(append([]any{"nix-archive-1", "(", "type", "directory", "entry", "(", "name", "a", "node", "(", "type", "symlink", "target", "/etc", ")", ")"}, one("a")...), ")")...), "comes after"},
		"a device":                    {words("nix-archive-1", "(", "type", "device"), `of the kind "device"`},
		"a link to nothing":           {words("nix-archive-1", "(", "type", "symlink", "target", ""), "a link to"},
		"a link whose target is long": {words("nix-archive-1", "(", "type", "symlink", "target", strings.Repeat("a", 5000)), "at most 4095"},
		"more than all disks":         {regular("contents", -1), "a file of 18446744073709551615 bytes"},
		"longer than the archive":     {regular("contents", 1<<40, "x"), "it ends in the middle"},
		"content twice":               {regular("contents", "x", "contents", "y", ")"), `"contents", where ")" belongs`},
		"executable twice":            {regular("executable", "", "executable", "", "contents", "x", ")"), `"executable" in a regular file`},
		"padding that is not zero":    {padded, "padding"},
		"very deep":                   {words(deep...), "a name of 4097 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &seen{}
			err := nar.Read(bytes.NewReader(c.archive), s)
			if err == nil || !strings.Contains(err.Error(), c.say) || !strings.HasPrefix(err.Error(), "byte ") {
				t.Errorf("it says %v, not %s", err, c.say)
			}
			if s.wrong != nil {
				t.Error(s.wrong)
			}
		})
	}
	if err := nar.Read(bytes.NewReader(folder("a", "b")), nar.Discard{}); err != nil {
		t.Error(err)
	}
}

func TestHostileStreamsAreRefused(t *testing.T) {
	archive := string(words("nix-archive-1", "(", "type", "regular", "contents", "x", ")"))
	stream := func(rest ...any) []byte {
		return append(append(words(1), archive...), words(rest...)...)
	}
	const magic = 0x4558494e
	for name, c := range map[string]struct {
		stream []byte
		say    string
	}{
		"a NAR alone":              {[]byte(archive), "byte 0: 13, where a path begins"},
		"no announcement":          {stream(7), "where the name of a path"},
		"a path that leads out":    {stream(magic, "/nix/store/../../etc"), "is no path of /nix/store"},
		"a path of another store":  {stream(magic, "/gnu/store/0123456789abcdfghijklmnpqrsvwxyz-a"), "is no path of /nix/store"},
		"a path in a path":         {stream(magic, config+"/x"), "is no path of /nix/store"},
		"a reference to elsewhere": {stream(magic, config, 1, "/etc/shadow"), "is no path of /nix/store"},
		"too many references":      {stream(magic, config, 1<<40), "references"},
		"a deriver elsewhere":      {stream(magic, config, 0, "/etc"), "the deriver"},
		"an odd end of a path":     {stream(magic, config, 0, "", 2), "where a path ends"},
		"no end":                   {stream(magic, config, 0, "", 0), "it ends in the middle"},
		"something behind the end": {append(stream(magic, config, 0, "", 0, 0), 0), "follows its end"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := export(c.stream); err == nil || !strings.Contains(err.Error(), c.say) || !strings.HasPrefix(err.Error(), "byte ") {
				t.Errorf("it says %v, not %s", err, c.say)
			}
		})
	}
	for _, good := range [][]byte{words(0), stream(magic, config, 0, "", 0, 0), stream(magic, config, 0, "", 1, "a signature", 0)} {
		if _, _, err := export(good); err != nil {
			t.Error(err)
		}
	}
}

func TestStreamsThatAreCutOffAreRefused(t *testing.T) {
	whole := file(t, "lacks.export")
	for n := range whole {
		if _, _, err := export(whole[:n]); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("%d of %d bytes: %v", n, len(whole), err)
		}
	}
}

func TestInfosOfCaches(t *testing.T) {
	good := string(file(t, "zstd/0123456789abcdfghijklmnpqrsvwxyz.narinfo")) + "Deriver: unknown-deriver\nSig: cache.example.org-1:abc==\nSig: other-1:def==\nCA: text:sha256:x\nFuture: yes\n"
	i, err := nar.ParseInfo(good)
	if err != nil {
		t.Fatal(err)
	}
	if i.Compression != "zstd" || len(i.Signatures) != 2 || i.CA == "" || i.Deriver != "" || !slices.Equal(i.References, []string{system, kernel, config}) {
		t.Errorf("%+v", i)
	}
	for _, c := range []struct{ old, new, say string }{
		{"URL: nar/", "URL: ../", "is no file of the cache"},
		{"URL: nar/", "URL: nar/../../", "is no file of the cache"},
		{"URL: nar/", "URL: https://example.org/", "is no file of the cache"},
		{"NarHash: sha256:", "NarHash: md5:", "is no SHA-256"},
		{"NarHash: sha256:1", "NarHash: sha256:z", "is no SHA-256"},
		{"NarHash: sha256:1", "NarHash: sha256:", "is no SHA-256"},
		{"NarHash", "narHash", "it has no NarHash"},
		{"NarSize: ", "NarSize: -", "is no size"},
		{"NarSize: ", "NarSize: 99999999999999999999", "is no size"},
		{"StorePath: /nix/store/", "StorePath: /nix/store/../", "is no path"},
		{"References: ", "References: ../x ", "is no path"},
		{"URL", "Compression: none\nURL", "is there twice"},
		{"URL", "what is this\nURL", "is no line"},
	} {
		if _, err := nar.ParseInfo(strings.Replace(good, c.old, c.new, 1)); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: it says %v, not %s", c.new, err, c.say)
		}
	}
	sixteen := strings.Replace(good, "NarHash: sha256:1qn09sph5pq53bjzafmx62sbzf26nm062ais4jljnizi145kzvx7", fmt.Sprintf("NarHash: sha256:%x", i.Hash), 1)
	if j, err := nar.ParseInfo(sixteen); err != nil || j.Hash != i.Hash || sixteen == good {
		t.Errorf("base 16: %v", err)
	}
}

func FuzzReadExport(f *testing.F) {
	f.Add(file(f, "closure.export"))
	f.Add(file(f, "lacks.export"))
	f.Add(words(0))
	f.Add(append(words(1), folder("a", "b")...))
	f.Add(append(words(1), folder("..")...))
	f.Fuzz(func(t *testing.T, stream []byte) {
		paths, sinks, err := export(stream)
		for _, s := range sinks {
			if s.wrong != nil {
				t.Error(s.wrong)
			}
		}
		var size int64
		for _, p := range paths {
			size += p.Size
			if !nar.IsStorePath(p.Path) {
				t.Errorf("%q", p.Path)
			}
		}
		if size > int64(len(stream)) {
			t.Errorf("%d bytes of archives in %d", size, len(stream))
		}
		if err == nil && len(paths) != len(sinks) {
			t.Error("a path without a name")
		}
	})
}

func FuzzParseInfo(f *testing.F) {
	f.Add(string(file(f, "zstd/0123456789abcdfghijklmnpqrsvwxyz.narinfo")))
	f.Add("StorePath: " + config + "\nURL: nar/../x\nNarHash: sha256:0\nNarSize: 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		i, err := nar.ParseInfo(text)
		if err != nil {
			return
		}
		if !nar.IsStorePath(i.Path.Path) || strings.Contains(i.URL, "..") && !fs.ValidPath(i.URL) || filepath.IsAbs(i.URL) || i.Size <= 0 {
			t.Errorf("%+v", i)
		}
		for _, r := range i.References {
			if !nar.IsStorePath(r) {
				t.Errorf("%q", r)
			}
		}
	})
}
