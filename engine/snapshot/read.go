package snapshot

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxSize is the largest snapshot that is read, in bytes. A host with 3,000
// packages, 2,000 units and 1,000 guests needs about 10 MB.
const MaxSize = 128 << 20

// Document is a snapshot that was read and found valid.
type Document struct {
	// Tree is the decoded JSON; numbers are json.Number.
	Tree map[string]any
	// Digest is the SHA-256 of the bytes that were read, in hexadecimal.
	Digest string
}

// Error is why a snapshot was refused, in one line: file: pointer: what.
type Error struct {
	File    string
	Pointer string
	What    string
}

func (e *Error) Error() string {
	if e.Pointer == "" {
		return e.File + ": " + e.What
	}
	return e.File + ": " + e.Pointer + ": " + e.What
}

// Read reads one snapshot strictly: JSON of the right version, no unknown and no
// missing field, no wrong type, nothing behind it. name is how errors call the
// input. A reader with a method Size saves copies. Every refusal is an *Error.
func Read(r io.Reader, name string) (*Document, error) {
	var b bytes.Buffer
	if sized, ok := r.(interface{ Size() int64 }); ok {
		b.Grow(int(min(sized.Size(), MaxSize)) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(io.LimitReader(r, MaxSize+1)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	data := b.Bytes()
	if len(data) > MaxSize {
		return nil, tooLarge(name)
	}
	if !utf8.Valid(data) {
		return nil, &Error{name, "", "not UTF-8"}
	}
	tree, err := decode(data)
	if err != nil {
		pointer, line, column, what := locate(data)
		if what == "" {
			what = err.Error()
		}
		return nil, &Error{fmt.Sprintf("%s:%d:%d", name, line, column), pointer, what}
	}
	root, ok := tree.(map[string]any)
	if !ok {
		return nil, &Error{name, "/", "want a JSON object, got " + kindOf(tree)}
	}
	if v, has := root["schema"]; !has {
		return nil, &Error{name, "/schema", "missing; this is no pve2nix snapshot"}
	} else if v != Version {
		return nil, &Error{name, "/schema", fmt.Sprintf("version %s is not supported, want %q", show(v), Version)}
	}
	if err := check(rootShape(), root, ""); err != nil {
		err.File = name
		return nil, err
	}
	sum := sha256.Sum256(data)
	return &Document{Tree: root, Digest: hex.EncodeToString(sum[:])}, nil
}

// Write writes a snapshot as Read wants it: validated, indented, one final newline.
func Write(w io.Writer, s *Snapshot) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(s); err != nil {
		return fmt.Errorf("encode snapshot: %w", err)
	}
	if b.Len() > MaxSize {
		return tooLarge("snapshot")
	}
	tree, err := decode(b.Bytes())
	if err != nil {
		return fmt.Errorf("encode snapshot: %w", err)
	}
	root, _ := tree.(map[string]any)
	if err := check(rootShape(), root, ""); err != nil {
		err.File = "snapshot"
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

func tooLarge(name string) *Error {
	return &Error{name, "", fmt.Sprintf("larger than %d MiB, the limit for a snapshot", MaxSize>>20)}
}

func decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var tree any
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("text after the end of the document")
	}
	if colons(data) != members(tree) {
		return nil, errors.New(twice)
	}
	return tree, nil
}

// twice is what is wrong with an object that says one thing two times: readers of JSON differ in which of them holds.
const twice = "this key is there twice"

// colons counts the members of all objects of a valid document as they are written: each has one colon.
func colons(data []byte) (n int) {
	inText := false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			inText = !inText
		case c == '\\' && inText:
			i++
		case c == ':' && !inText:
			n++
		}
	}
	return n
}

// members counts those that were read.
func members(v any) (n int) {
	switch v := v.(type) {
	case map[string]any:
		n = len(v)
		for _, below := range v {
			n += members(below)
		}
	case []any:
		for _, below := range v {
			n += members(below)
		}
	}
	return n
}

// locate finds the place of a syntax error, or of a key that is there twice: the pointer of the value that was
// being read, and line and column, counted from 1 in bytes.
func locate(data []byte) (pointer string, line, column int, what string) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	type level struct {
		object bool
		key    string
		index  int
		atKey  bool
		keys   map[string]bool
	}
	var stack []level
	path := func() string {
		var b strings.Builder
		for _, l := range stack {
			b.WriteByte('/')
			if l.object {
				b.WriteString(EscapePointer(l.key))
			} else {
				b.WriteString(strconv.Itoa(l.index))
			}
		}
		if b.Len() == 0 {
			return "/"
		}
		return b.String()
	}
	after := func() { // a value has ended
		if n := len(stack); n > 0 {
			if stack[n-1].object {
				stack[n-1].atKey = true
			} else {
				stack[n-1].index++
			}
		}
	}
	offset := int64(len(data))
	what = ""
	for {
		tok, err := d.Token()
		if err != nil {
			var syntax *json.SyntaxError
			switch {
			case errors.As(err, &syntax):
				offset, what = syntax.Offset, syntax.Error()
			case err == io.EOF && len(stack) == 0 && len(bytes.TrimSpace(data)) == 0:
				what = "empty, want a JSON object"
			case err == io.EOF || err == io.ErrUnexpectedEOF:
				what = "ends too early, the file is truncated"
			default:
				offset, what = d.InputOffset(), err.Error()
			}
			if strings.Contains(what, "unexpected end of JSON") || strings.Contains(what, "unexpected EOF") {
				what = "ends too early, the file is truncated"
			}
			break
		}
		if n := len(stack); n > 0 && stack[n-1].object && stack[n-1].atKey {
			if key, ok := tok.(string); ok {
				stack[n-1].key, stack[n-1].atKey = key, false
				if stack[n-1].keys[key] {
					offset, what = d.InputOffset(), twice
					break
				}
				stack[n-1].keys[key] = true
				continue
			}
		}
		switch tok {
		case json.Delim('{'):
			stack = append(stack, level{object: true, atKey: true, keys: map[string]bool{}})
		case json.Delim('['):
			stack = append(stack, level{})
		case json.Delim('}'), json.Delim(']'):
			stack = stack[:len(stack)-1]
			after()
			if len(stack) == 0 {
				if rest := bytes.TrimSpace(data[d.InputOffset():]); len(rest) > 0 {
					offset = int64(len(data) - len(bytes.TrimLeft(data[d.InputOffset():], " \t\r\n")))
					what = "text after the end of the document"
					stack = nil
					return "/", lineOf(data, offset), columnOf(data, offset), what
				}
				return "/", 1, 1, ""
			}
		default:
			after()
		}
	}
	return printable(path()), lineOf(data, offset), columnOf(data, offset), what
}

func lineOf(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n"))
}

func columnOf(data []byte, offset int64) int {
	head := data[:min(offset, int64(len(data)))]
	return len(head) - bytes.LastIndexByte(head, '\n')
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case string:
		return "a string"
	case json.Number:
		return "a number"
	case []any:
		return "a list"
	}
	return "an object"
}

// show prints a JSON value for an error, short and on one line.
func show(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return kindOf(v)
	}
	if len(b) > 60 {
		return string(b[:60]) + "…"
	}
	return string(b)
}

// printable keeps an error on one line whatever the input holds.
func printable(text string) string {
	const longest = 400
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || (r >= 0x80 && r < 0xa0) {
			return '\ufffd'
		}
		return r
	}, text)
}

// EscapePointer escapes one part of a JSON pointer (RFC 6901).
func EscapePointer(part string) string {
	return strings.ReplaceAll(strings.ReplaceAll(part, "~", "~0"), "/", "~1")
}
