package answers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// deepest is how far values may lie within each other; answers need five levels.
const deepest = 32

// decode reads JSON in which no key is there twice.
func decode(name string, data []byte) (any, *Error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	r := reader{d}
	tree, at, what := r.value("", 0)
	if what == "" {
		if _, err := d.Token(); err != io.EOF {
			what = "text after the end of the document"
		}
	}
	if what != "" {
		head := data[:min(int64(len(data)), d.InputOffset())]
		line := 1 + bytes.Count(head, []byte("\n"))
		column := len(head) - bytes.LastIndexByte(head, '\n')
		return nil, &Error{[]string{fmt.Sprintf("%s:%d:%d: %s: %s", name, line, column, shown(at), printable(what))}}
	}
	return tree, nil
}

type reader struct{ *json.Decoder }

// value reads one value; what says why it cannot, and at where.
func (r reader) value(pointer string, depth int) (v any, at, what string) {
	token, err := r.Token()
	if err != nil {
		return nil, pointer, whatOf(err)
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return token, "", ""
	}
	if depth == deepest {
		return nil, pointer, fmt.Sprintf("more than %d levels deep", deepest)
	}
	if delim == '[' {
		list := []any{}
		for r.More() {
			item, at, what := r.value(pointer+"/"+strconv.Itoa(len(list)), depth+1)
			if what != "" {
				return nil, at, what
			}
			list = append(list, item)
		}
		return r.end(list, pointer)
	}
	object := map[string]any{}
	for r.More() {
		token, err := r.Token()
		if err != nil {
			return nil, pointer, whatOf(err)
		}
		key, _ := token.(string) // the decoder takes nothing else for a key
		at := pointer + "/" + snapshot.EscapePointer(key)
		if _, twice := object[key]; twice {
			return nil, at, "this key is there twice"
		}
		item, below, what := r.value(at, depth+1)
		if what != "" {
			return nil, below, what
		}
		object[key] = item
	}
	return r.end(object, pointer)
}

// end reads the closing bracket of a value.
func (r reader) end(v any, pointer string) (any, string, string) {
	if _, err := r.Token(); err != nil {
		return nil, pointer, whatOf(err)
	}
	return v, "", ""
}

func whatOf(err error) string {
	if err == io.EOF || err == io.ErrUnexpectedEOF || strings.Contains(err.Error(), "unexpected end") {
		return "ends too early, the file is truncated"
	}
	return err.Error()
}

// longest bounds what an error quotes.
const longest = 200

// printable keeps an error on one line whatever the file holds.
func printable(text string) string {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
