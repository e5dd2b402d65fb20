// Package uki puts a unified kernel image together: one EFI program of systemd's
// stub, a kernel, an initial RAM disk and the kernel's parameters, as the UAPI
// Group's specification "Unified Kernel Image (UKI)" has it.
package uki

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Section is a part of an image.
type Section struct {
	// Name is at most 8 bytes: .linux, .initrd, .cmdline, .osrel.
	Name string
	Data io.Reader
	// Size is that of Data, in bytes.
	Size int64
	// Memory is how much room it needs in memory; 0 is its size.
	Memory int64
}

// Fields of the headers (Microsoft, "PE Format"): offsets from the start of the COFF header, of the optional header, and of a section's.
const (
	peOffset = 0x3c

	coffSections, coffOptionalSize, coffSize = 2, 16, 20

	optionalMagic                = 0x20b // PE32+
	optionalSectionAlignment     = 32
	optionalFileAlignment        = 36
	optionalImageSize            = 56
	optionalHeadersSize          = 60
	optionalChecksum             = 64
	sectionSize                  = 40
	sectionMemory, sectionAt     = 8, 12
	sectionFileSize, sectionFile = 16, 20
	sectionFlags                 = 36
	initialisedReadable          = 0x40000040
	executableCode               = 0x20000020

	maxStub = 4 << 20
)

// headers are the places in a PE file that matter here.
type headers struct {
	coff, optional, table, sections int
}

func parse(b []byte) (*headers, error) {
	if len(b) < 0x40 || string(b[:2]) != "MZ" {
		return nil, errors.New("no EFI program: it does not begin with MZ")
	}
	le := binary.LittleEndian
	pe := int(le.Uint32(b[peOffset:]))
	if pe < 0 || pe > len(b)-4-coffSize || string(b[pe:pe+4]) != "PE\x00\x00" {
		return nil, errors.New("no EFI program: there is no PE header")
	}
	h := &headers{coff: pe + 4}
	h.optional = h.coff + coffSize
	h.sections = int(le.Uint16(b[h.coff+coffSections:]))
	h.table = h.optional + int(le.Uint16(b[h.coff+coffOptionalSize:]))
	if h.table < h.optional+optionalChecksum+4 || h.table+h.sections*sectionSize > len(b) || le.Uint16(b[h.optional:]) != optionalMagic {
		return nil, errors.New("no EFI program for 64 bits")
	}
	return h, nil
}

// ImageSize is how much memory an EFI program takes when it is loaded; head is its beginning, a page is enough.
func ImageSize(head []byte) (int64, error) {
	h, err := parse(head)
	if err != nil {
		return 0, err
	}
	return int64(binary.LittleEndian.Uint32(head[h.optional+optionalImageSize:])), nil
}

// Image is a unified kernel image that can be written once, from its beginning to its end.
type Image struct {
	head  []byte // the stub, with the headers of all sections
	parts []part
	size  int64
}

// part is a section at its place in the file.
type part struct {
	Section
	at, end int64
}

// New places sections behind those of a stub.
func New(stub []byte, sections []Section) (*Image, error) {
	if len(stub) > maxStub {
		return nil, fmt.Errorf("stub: %d bytes are more than one has", len(stub))
	}
	h, err := parse(stub)
	if err != nil {
		return nil, fmt.Errorf("stub: %w", err)
	}
	le := binary.LittleEndian
	head := bytes.Clone(stub)
	inMemory, inFile := int64(le.Uint32(head[h.optional+optionalSectionAlignment:])), int64(le.Uint32(head[h.optional+optionalFileAlignment:]))
	if !powerOfTwo(inMemory) || !powerOfTwo(inFile) {
		return nil, errors.New("stub: its alignments are no powers of two")
	}
	// Behind what is there, in memory and in the file.
	at, file, first := int64(0), int64(len(stub)), int64(le.Uint32(head[h.optional+optionalHeadersSize:]))
	taken := map[string]bool{}
	for i := range h.sections {
		s := head[h.table+i*sectionSize:]
		at = max(at, int64(le.Uint32(s[sectionAt:]))+max(int64(le.Uint32(s[sectionMemory:])), int64(le.Uint32(s[sectionFileSize:]))))
		if raw := int64(le.Uint32(s[sectionFile:])); raw > 0 {
			first = min(first, raw)
		}
		taken[string(bytes.TrimRight(s[:8], "\x00"))] = true
	}
	if end := int64(h.table + (h.sections+len(sections))*sectionSize); end > first {
		return nil, fmt.Errorf("stub: there is no room for %d more sections", len(sections))
	}
	image := &Image{head: head}
	next := h.table + h.sections*sectionSize
	for _, s := range sections {
		if len(s.Name) > 8 || s.Name == "" {
			return nil, fmt.Errorf("section %q: a name has 1 to 8 bytes", s.Name)
		}
		if taken[s.Name] {
			return nil, fmt.Errorf("stub: there is a section %s already", s.Name)
		}
		taken[s.Name] = true
		at, file = align(at, inMemory), align(file, inFile)
		memory := max(s.Size, s.Memory)
		if s.Size < 0 || at+memory > 1<<31 || file+s.Size > 1<<31 {
			return nil, fmt.Errorf("section %s: the image is larger than 2 GiB", s.Name)
		}
		flags := uint32(initialisedReadable)
		if s.Name == ".linux" {
			flags |= executableCode // a stub may start an old kernel where it lies
		}
		entry := head[next : next+sectionSize]
		clear(entry)
		copy(entry, s.Name)
		le.PutUint32(entry[sectionMemory:], uint32(memory))
		le.PutUint32(entry[sectionAt:], uint32(at))
		le.PutUint32(entry[sectionFileSize:], uint32(align(s.Size, inFile)))
		le.PutUint32(entry[sectionFile:], uint32(file))
		le.PutUint32(entry[sectionFlags:], flags)
		end := align(file+s.Size, inFile)
		image.parts = append(image.parts, part{s, file, end})
		at, file, next = at+memory, end, next+sectionSize
	}
	le.PutUint16(head[h.coff+coffSections:], uint16(h.sections+len(sections)))
	le.PutUint32(head[h.optional+optionalImageSize:], uint32(align(at, inMemory)))
	le.PutUint32(head[h.optional+optionalChecksum:], 0)
	image.size = file
	return image, nil
}

// Size is how large the image is.
func (i *Image) Size() int64 { return i.size }

// WriteTo writes the image. It reads the data of the sections, and so it can be called once.
func (i *Image) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(i.head)
	at := int64(n)
	if err != nil {
		return at, err
	}
	pad := func(to int64) error {
		n, err := w.Write(make([]byte, to-at))
		at += int64(n)
		return err
	}
	for _, p := range i.parts {
		if err := pad(p.at); err != nil {
			return at, err
		}
		n, err := io.Copy(w, io.LimitReader(p.Data, p.Size))
		at += n
		if err != nil {
			return at, fmt.Errorf("section %s: %w", p.Name, err)
		}
		if n != p.Size {
			return at, fmt.Errorf("section %s: %d bytes, not %d", p.Name, n, p.Size)
		}
		if err := pad(p.end); err != nil {
			return at, err
		}
	}
	return at, nil
}

func powerOfTwo(n int64) bool { return n > 0 && n&(n-1) == 0 && n <= 1<<20 }

func align(n, to int64) int64 { return (n + to - 1) &^ (to - 1) }
