package formats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// configJSON reads a JSON file into its scalars: the key is the names on the way to one, joined by dots; the elements of
// a list share theirs. The error is that of the text; what stands before it was read.
func configJSON(filePath string, data []byte) ([]snapshot.Property, error) {
	f := newConfigFacts(filePath)
	if len(bytes.TrimSpace(data)) == 0 {
		return f.out, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	type level struct {
		path string
		// object is false in a list; name is the key whose value comes next, "" where a key comes next.
		object, named bool
		name          string
	}
	stack := []level{{}}
	number, counted := 1, int64(0)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			if len(stack) > 1 {
				return f.out, errors.New("ends in the middle of a value")
			}
			return f.out, nil
		}
		if err != nil {
			return f.out, fmt.Errorf("is no JSON: %w", err)
		}
		offset := decoder.InputOffset()
		number += bytes.Count(data[counted:offset], []byte{'\n'})
		counted = offset
		top := &stack[len(stack)-1]
		path := top.path
		if top.object && top.named {
			path = joinKey(filePath, top.path, top.name)
		}
		if len(path) > maxPathLength {
			path = top.path
		}
		switch value := token.(type) {
		case json.Delim:
			switch value {
			case '{', '[':
				top.named = false
				stack = append(stack, level{path: path, object: value == '{'})
			default:
				stack = stack[:len(stack)-1]
			}
			continue
		case string:
			if top.object && !top.named {
				top.name, top.named = plainKey(value), true
				continue
			}
			f.add(path, "", value, number)
		case json.Number:
			f.add(path, "", value.String(), number)
		case bool:
			f.add(path, "", strconv.FormatBool(value), number)
		case nil:
			f.add(path, "", "null", number)
		}
		top.named = false
	}
}
