package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
)

// The lock has thousands of entries, and a run asks for a few hundred. So they
// are only told apart when the lock is read, and decoded when they are asked for:
// decoding all of them took longer than the whole rest of an evaluation.

var errLock = errors.New("not the JSON of a lock")

// members calls do for each member of a JSON object, with the raw text of its
// value. Names with escapes are not for us: do gets them as they are written.
func members(object []byte, do func(name, value []byte) error) error {
	return each(object, '{', '}', func(rest []byte) (int, error) {
		n, err := valueEnd(rest)
		if err != nil || rest[0] != '"' {
			return 0, errLock
		}
		name := rest[1 : n-1]
		n += space(rest[n:])
		if n >= len(rest) || rest[n] != ':' {
			return 0, errLock
		}
		n++
		n += space(rest[n:])
		end, err := valueEnd(rest[n:])
		if err != nil {
			return 0, err
		}
		return n + end, do(name, rest[n:n+end])
	})
}

// elements calls do for each element of a JSON array, with its raw text.
func elements(array []byte, do func(value []byte) error) error {
	return each(array, '[', ']', func(rest []byte) (int, error) {
		end, err := valueEnd(rest)
		if err != nil {
			return 0, err
		}
		return end, do(rest[:end])
	})
}

// each walks what stands between the brackets of text; item says how long the
// item at the beginning of its argument is.
func each(text []byte, open, closing byte, item func(rest []byte) (int, error)) error {
	i := space(text)
	if i >= len(text) || text[i] != open {
		return errLock
	}
	i++
	for first := true; ; first = false {
		i += space(text[i:])
		if i < len(text) && text[i] == closing && first {
			i++
			break
		}
		if i >= len(text) {
			return errLock
		}
		n, err := item(text[i:])
		if err != nil {
			return err
		}
		i += n
		i += space(text[i:])
		if i >= len(text) {
			return errLock
		}
		if text[i] == closing {
			i++
			break
		}
		if text[i] != ',' {
			return errLock
		}
		i++
	}
	if i+space(text[i:]) != len(text) {
		return errLock
	}
	return nil
}

// text returns the JSON string that value is.
func text(value []byte) (string, error) {
	if len(value) > 1 && value[0] == '"' && bytes.IndexByte(value, '\\') < 0 {
		return string(value[1 : len(value)-1]), nil
	}
	var s string
	err := json.Unmarshal(value, &s)
	return s, err
}

func space(text []byte) int {
	for i, c := range text {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return i
		}
	}
	return len(text)
}

// valueEnd returns the length of the JSON value at the beginning of text. It
// looks at strings and brackets only; what is between them is checked when the
// value is decoded.
func valueEnd(text []byte) (int, error) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			n, ok := stringEnd(text[i:])
			if !ok {
				return 0, errLock
			}
			i += n - 1
			if depth == 0 {
				return i + 1, nil
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return i, nonEmpty(i)
			}
			if depth == 0 {
				return i + 1, nil
			}
		case ',', ' ', '\n', '\t', '\r':
			if depth == 0 {
				return i, nonEmpty(i)
			}
		}
	}
	return 0, errLock
}

func nonEmpty(n int) error {
	if n == 0 {
		return errLock
	}
	return nil
}

// stringEnd returns the length of the string that text begins with, quotes included.
func stringEnd(text []byte) (int, bool) {
	for i := 1; i < len(text); {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return 0, false
		}
		i += n
		slashes := 0
		for text[i-1-slashes] == '\\' {
			slashes++
		}
		i++
		if slashes%2 == 0 {
			return i, true
		}
	}
	return 0, false
}
