package uki

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"io"
	"strings"
	"testing"
)

// stubOf is an EFI program with one section, as small as one can be, and room for so many more in its headers.
func stubOf(room int) []byte {
	const headers, file = 0x84, 0x200
	le := binary.LittleEndian
	size := align(headers+coffSize+0xf0+int64(1+room)*sectionSize, file)
	b := make([]byte, size+file)
	copy(b, "MZ")
	le.PutUint32(b[peOffset:], 0x80)
	copy(b[0x80:], "PE\x00\x00")
	le.PutUint16(b[headers:], 0x8664)
	le.PutUint16(b[headers+coffSections:], 1)
	le.PutUint16(b[headers+coffOptionalSize:], 0xf0)
	optional := headers + coffSize
	le.PutUint16(b[optional:], optionalMagic)
	le.PutUint32(b[optional+optionalSectionAlignment:], 0x1000)
	le.PutUint32(b[optional+optionalFileAlignment:], file)
	le.PutUint32(b[optional+optionalImageSize:], 0x2000)
	le.PutUint32(b[optional+optionalHeadersSize:], uint32(size))
	le.PutUint32(b[optional+optionalChecksum:], 0x1234)
	le.PutUint32(b[optional+108:], 16) // data directories
	section := b[optional+0xf0:]
	copy(section, ".text")
	le.PutUint32(section[sectionMemory:], 0x123)
	le.PutUint32(section[sectionAt:], 0x1000)
	le.PutUint32(section[sectionFileSize:], file)
	le.PutUint32(section[sectionFile:], uint32(size))
	le.PutUint32(section[sectionFlags:], 0x60000020)
	copy(b[size:], "the stub's own code")
	return b
}

func section(name, data string, memory int64) Section {
	return Section{Name: name, Data: strings.NewReader(data), Size: int64(len(data)), Memory: memory}
}

// What is assembled is a program as a reader of such programs sees it: sections in order, aligned, apart from each other, with what was put in.
func TestImageIsAProgram(t *testing.T) {
	kernel, initrd := strings.Repeat("kernel", 5000), strings.Repeat("initrd\x00", 9001)
	stub := stubOf(4)
	image, err := New(stub, []Section{section(".osrel", "ID=nixos\n", 0), section(".cmdline", "quiet", 0), section(".initrd", initrd, 0), section(".linux", kernel, 1<<20)})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	n, err := image.WriteTo(&out)
	if err != nil || n != int64(out.Len()) || n != image.Size() {
		t.Fatalf("%d bytes of %d, %d: %v", n, out.Len(), image.Size(), err)
	}
	f, err := pe.NewFile(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	head, ok := f.OptionalHeader.(*pe.OptionalHeader64)
	if !ok || head.CheckSum != 0 {
		t.Fatalf("%T %+v", f.OptionalHeader, head)
	}
	want := map[string]string{".osrel": "ID=nixos\n", ".cmdline": "quiet", ".initrd": initrd, ".linux": kernel}
	at, file := uint32(0), uint32(0)
	for _, s := range f.Sections {
		if s.VirtualAddress%head.SectionAlignment != 0 || s.Offset%head.FileAlignment != 0 || s.Size%head.FileAlignment != 0 {
			t.Errorf("%s is not aligned: %+v", s.Name, s.SectionHeader)
		}
		if s.VirtualAddress < at || s.Offset < file {
			t.Errorf("%s lies in the one before it: %+v", s.Name, s.SectionHeader)
		}
		at, file = s.VirtualAddress+max(s.VirtualSize, s.Size), s.Offset+s.Size
		data, err := io.ReadAll(io.NewSectionReader(bytes.NewReader(out.Bytes()), int64(s.Offset), int64(s.Size)))
		if err != nil {
			t.Fatal(err)
		}
		text := want[s.Name]
		if s.Name == ".text" {
			text = "the stub's own code"
		}
		if !bytes.HasPrefix(data, []byte(text)) || len(bytes.Trim(data[len(text):], "\x00")) != 0 {
			t.Errorf("%s holds something else", s.Name)
		}
		if s.Name == ".linux" && s.VirtualSize != 1<<20 {
			t.Errorf("the kernel has %d bytes of room", s.VirtualSize)
		}
		delete(want, s.Name)
	}
	if len(want) > 0 || head.SizeOfImage < at || head.SizeOfImage%head.SectionAlignment != 0 {
		t.Errorf("missing %v; %d of %d bytes in memory", want, head.SizeOfImage, at)
	}
	if size, err := ImageSize(out.Bytes()[:4096]); err != nil || size != int64(head.SizeOfImage) {
		t.Errorf("%d, %v", size, err)
	}
}

func TestWhatIsNoStubIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		stub     []byte
		sections []Section
		say      string
	}{
		"empty":         {nil, nil, "MZ"},
		"a script":      {[]byte("#!/bin/sh\n" + strings.Repeat(" ", 100)), nil, "MZ"},
		"no room":       {stubOf(0), []Section{section(".a", "", 0), section(".b", "", 0), section(".c", "", 0), section(".d", "", 0), section(".e", "", 0)}, "no room"},
		"a long name":   {stubOf(4), []Section{section(".much-too-long", "", 0)}, "1 to 8 bytes"},
		"a name twice":  {stubOf(4), []Section{section(".linux", "", 0), section(".linux", "", 0)}, "already"},
		"one of its":    {stubOf(4), []Section{section(".text", "", 0)}, "already"},
		"too large":     {stubOf(4), []Section{{Name: ".linux", Data: strings.NewReader(""), Size: 1 << 31}}, "2 GiB"},
		"too much room": {stubOf(4), []Section{{Name: ".linux", Data: strings.NewReader(""), Size: 1, Memory: 1 << 32}}, "2 GiB"},
	} {
		if _, err := New(c.stub, c.sections); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
	image, err := New(stubOf(4), []Section{{Name: ".linux", Data: strings.NewReader("short"), Size: 6}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := image.WriteTo(io.Discard); err == nil || !strings.Contains(err.Error(), "5 bytes, not 6") {
		t.Error(err)
	}
}

// No stub, however broken, is more than an error; and what is taken for one comes out as a program.
func FuzzNew(f *testing.F) {
	f.Add(stubOf(4))
	f.Add(stubOf(0))
	f.Add([]byte("MZ"))
	broken := stubOf(4)
	binary.LittleEndian.PutUint32(broken[peOffset:], 0xfffffff0)
	f.Add(broken)
	f.Fuzz(func(t *testing.T, stub []byte) {
		image, err := New(stub, []Section{section(".linux", "kernel", 0)})
		if err != nil {
			return
		}
		var out bytes.Buffer
		if n, err := image.WriteTo(&out); err != nil || n != image.Size() {
			t.Fatalf("%d of %d: %v", n, image.Size(), err)
		}
		if _, err := parse(out.Bytes()); err != nil {
			t.Error(err)
		}
	})
}
