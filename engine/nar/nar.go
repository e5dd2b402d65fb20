// Package nar reads and writes the archives in which Nix carries paths of its
// store: the NAR itself, the stream of nix-store --export, and the .narinfo of a
// binary cache. Whatever it reads may be hostile: names, lengths and order are
// checked as they come, nothing is held in memory but names, and an error says at
// which byte it was found. It never touches a file.
package nar

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

const (
	// magic begins a NAR.
	magic = "nix-archive-1"
	// nameLimit is that of the kernel for a name in a folder (NAME_MAX), targetLimit that for a link (PATH_MAX).
	nameLimit, targetLimit = 255, 4095
)

// Sink takes what an archive holds, in its order: a folder before what is in it. Names are relative, with slashes; that
// of the root is empty. No name has an empty part, "." or ".." in it, and none comes twice.
type Sink interface {
	Folder(name string) error
	// File takes a regular file of size bytes; what of content it leaves is skipped.
	File(name string, executable bool, size int64, content io.Reader) error
	Link(name, target string) error
}

// Discard is a Sink that keeps nothing.
type Discard struct{}

// Folder implements Sink.
func (Discard) Folder(string) error { return nil }

// File implements Sink.
func (Discard) File(string, bool, int64, io.Reader) error { return nil }

// Link implements Sink.
func (Discard) Link(string, string) error { return nil }

// reader reads the strings and numbers that all formats of Nix are made of, and knows where it is.
type reader struct {
	r io.Reader
	// at is how many bytes were read.
	at int64
}

// wrong is an error at the place where something was found.
func wrong(at int64, format string, args ...any) error {
	return fmt.Errorf("byte %d: %w", at, fmt.Errorf(format, args...))
}

func (r *reader) full(buf []byte) error {
	n, err := io.ReadFull(r.r, buf)
	r.at += int64(n)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return wrong(r.at, "it ends in the middle: %w", io.ErrUnexpectedEOF)
	}
	return err
}

func (r *reader) number() (uint64, error) {
	var buf [8]byte
	err := r.full(buf[:])
	return binary.LittleEndian.Uint64(buf[:]), err
}

// padding reads what fills a string of n bytes up to a multiple of 8: zeros.
func (r *reader) padding(n int64) error {
	at := r.at
	var buf [8]byte
	pad := buf[:(8-n%8)%8]
	if err := r.full(pad); err != nil {
		return err
	}
	for _, b := range pad {
		if b != 0 {
			return wrong(at, "its padding is not zero")
		}
	}
	return nil
}

// text reads a string of at most limit bytes.
func (r *reader) text(limit uint64) (string, error) {
	at := r.at
	n, err := r.number()
	if err != nil {
		return "", err
	}
	if n > limit {
		return "", wrong(at, "a text of %d bytes, where at most %d are taken", n, limit)
	}
	buf := make([]byte, n)
	if err := r.full(buf); err != nil {
		return "", err
	}
	return string(buf), r.padding(int64(n))
}

// expect reads one certain word.
func (r *reader) expect(words ...string) error {
	for _, want := range words {
		at := r.at
		got, err := r.text(uint64(max(len(want), 32)))
		if err != nil {
			return err
		}
		if got != want {
			return wrong(at, "%q, where %q belongs", got, want)
		}
	}
	return nil
}

// Read reads one archive to its end and no further.
func Read(r io.Reader, sink Sink) error { return read(&reader{r: r}, sink) }

func read(r *reader, sink Sink) error {
	if err := r.expect(magic); err != nil {
		return err
	}
	return r.node("", sink)
}

func (r *reader) node(name string, sink Sink) error {
	if err := r.expect("(", "type"); err != nil {
		return err
	}
	at := r.at
	kind, err := r.text(32)
	if err != nil {
		return err
	}
	switch kind {
	case "regular":
		return r.regular(name, sink)
	case "symlink":
		if err := r.expect("target"); err != nil {
			return err
		}
		at := r.at
		target, err := r.text(targetLimit)
		if err != nil {
			return err
		}
		if target == "" || strings.ContainsRune(target, 0) {
			return wrong(at, "a link to %q", target)
		}
		if err := sink.Link(name, target); err != nil {
			return err
		}
		return r.expect(")")
	case "directory":
		if err := sink.Folder(name); err != nil {
			return err
		}
		return r.entries(name, sink)
	}
	return wrong(at, "a file of the kind %q", kind)
}

func (r *reader) regular(name string, sink Sink) error {
	executable := false
	for {
		at := r.at
		word, err := r.text(32)
		switch {
		case err != nil:
			return err
		case word == "executable" && !executable:
			if err := r.expect(""); err != nil {
				return err
			}
			executable = true
		case word == "contents":
			if err := r.content(name, executable, sink); err != nil {
				return err
			}
			return r.expect(")")
		case word == ")": // an empty file may leave its content out
			return sink.File(name, executable, 0, strings.NewReader(""))
		default:
			return wrong(at, "%q in a regular file", word)
		}
	}
}

func (r *reader) content(name string, executable bool, sink Sink) error {
	at := r.at
	n, err := r.number()
	if err != nil {
		return err
	}
	if n > 1<<62 {
		return wrong(at, "a file of %d bytes", n)
	}
	size := int64(n)
	rest := &io.LimitedReader{R: counted{r}, N: size}
	if err := sink.File(name, executable, size, rest); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, rest); err != nil {
		return err
	}
	if rest.N > 0 {
		return wrong(r.at, "it ends in the middle: %w", io.ErrUnexpectedEOF)
	}
	return r.padding(size)
}

// counted reads for a sink, and counts what it read. The end of the archive within a file is no end of the file.
type counted struct{ r *reader }

func (c counted) Read(p []byte) (int, error) {
	n, err := c.r.r.Read(p)
	c.r.at += int64(n)
	if errors.Is(err, io.EOF) {
		err = nil
		if n == 0 {
			err = wrong(c.r.at, "it ends in the middle: %w", io.ErrUnexpectedEOF)
		}
	}
	return n, err
}

func (r *reader) entries(folder string, sink Sink) error {
	last := ""
	for {
		at := r.at
		word, err := r.text(32)
		if err != nil {
			return err
		}
		if word == ")" {
			return nil
		}
		if word != "entry" {
			return wrong(at, "%q in a folder", word)
		}
		if err := r.expect("(", "name"); err != nil {
			return err
		}
		at = r.at
		name, err := r.text(nameLimit)
		if err != nil {
			return err
		}
		if !plainName(name) {
			return wrong(at, "%q is no name of a file", name)
		}
		if name <= last {
			return wrong(at, "%q comes after %q", name, last)
		}
		last = name
		if err := r.expect("node"); err != nil {
			return err
		}
		if folder != "" {
			name = folder + "/" + name
		}
		if len(name) > targetLimit { // and so folders in folders have an end
			return wrong(at, "a name of %d bytes", len(name))
		}
		if err := r.node(name, sink); err != nil {
			return err
		}
		if err := r.expect(")"); err != nil {
			return err
		}
	}
}

// plainName says whether a name leads nowhere else.
func plainName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsAny(name, "/\x00")
}

// Tree is what an archive is made of. Names are those of a Sink.
type Tree interface {
	Lstat(name string) (fs.FileInfo, error)
	// Names are those in a folder, in the order of their bytes.
	Names(folder string) ([]string, error)
	Readlink(name string) (string, error)
	Open(name string) (io.ReadCloser, error)
}

// Write writes the archive of a tree.
func Write(w io.Writer, t Tree) error {
	out := &writer{w: w}
	out.texts(magic)
	out.node(t, "")
	return out.err
}

// writer writes until something fails.
type writer struct {
	w   io.Writer
	err error
}

func (w *writer) bytes(b []byte) {
	if w.err == nil {
		_, w.err = w.w.Write(b)
	}
}

func (w *writer) number(n uint64) { w.bytes(binary.LittleEndian.AppendUint64(nil, n)) }

func (w *writer) texts(list ...string) {
	for _, s := range list {
		w.number(uint64(len(s)))
		w.bytes([]byte(s))
		w.bytes(make([]byte, (8-len(s)%8)%8))
	}
}

func (w *writer) node(t Tree, name string) {
	if w.err != nil {
		return
	}
	var info fs.FileInfo
	if info, w.err = t.Lstat(name); w.err != nil {
		return
	}
	w.texts("(", "type")
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		var target string
		target, w.err = t.Readlink(name)
		w.texts("symlink", "target", target)
	case info.IsDir():
		w.texts("directory")
		var names []string
		if w.err == nil {
			names, w.err = t.Names(name)
		}
		for _, n := range names {
			below := n
			if name != "" {
				below = name + "/" + n
			}
			w.texts("entry", "(", "name", n, "node")
			w.node(t, below)
			w.texts(")")
		}
	case info.Mode().IsRegular():
		w.texts("regular")
		if info.Mode()&0o100 != 0 {
			w.texts("executable", "")
		}
		w.texts("contents")
		w.content(t, name, info.Size())
	default:
		w.err = &fs.PathError{Op: "archive", Path: name, Err: errors.New("neither a file, a folder nor a link")}
	}
	w.texts(")")
}

func (w *writer) content(t Tree, name string, size int64) {
	w.number(uint64(size))
	if w.err != nil {
		return
	}
	file, err := t.Open(name)
	if err != nil {
		w.err = err
		return
	}
	n, err := io.Copy(w.w, io.LimitReader(file, size))
	if w.err = errors.Join(err, file.Close()); w.err == nil && n != size {
		w.err = &fs.PathError{Op: "archive", Path: name, Err: io.ErrUnexpectedEOF}
	}
	w.bytes(make([]byte, (8-size%8)%8))
}
