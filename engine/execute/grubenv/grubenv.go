// Package grubenv reads and writes the environment block of GRUB: 1024 bytes in
// which GRUB itself can change variables when it starts (GRUB manual, "The GRUB
// environment block").
package grubenv

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	// Size is that of a block.
	Size      = 1024
	signature = "# GRUB Environment Block\n"
)

// Variable is one of a block.
type Variable struct{ Name, Value string }

// Block are the variables of a block, in their order.
type Block []Variable

var nameFormat = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// Parse reads a block. It must have the size and the first line that GRUB asks for.
func Parse(data []byte) (Block, error) {
	if len(data) != Size {
		return nil, fmt.Errorf("environment block: %d bytes, not %d", len(data), Size)
	}
	rest, ok := bytes.CutPrefix(data, []byte(signature))
	if !ok {
		return nil, errors.New("environment block: the first line is another one")
	}
	var b Block
	for len(rest) > 0 {
		if rest[0] == '#' { // a comment, or what fills the block
			_, after, found := bytes.Cut(rest, []byte("\n"))
			if !found {
				break
			}
			rest = after
			continue
		}
		name, after, found := bytes.Cut(rest, []byte("="))
		if !found || !nameFormat.Match(name) {
			return nil, fmt.Errorf("environment block: byte %d: no variable", Size-len(rest))
		}
		var value strings.Builder
		i := 0
		for ; i < len(after) && after[i] != '\n'; i++ {
			if after[i] == '\\' && i+1 < len(after) {
				i++
			}
			value.WriteByte(after[i])
		}
		if i == len(after) {
			return nil, fmt.Errorf("environment block: %s does not end", name)
		}
		b = b.With(string(name), value.String())
		rest = after[i+1:]
	}
	return b, nil
}

// Get is the value of a variable; "" where there is none.
func (b Block) Get(name string) string {
	for _, v := range b {
		if v.Name == name {
			return v.Value
		}
	}
	return ""
}

// With is the block with a variable; an empty value takes it away.
func (b Block) With(name, value string) Block {
	out := slices.DeleteFunc(slices.Clone(b), func(v Variable) bool { return v.Name == name })
	if value != "" {
		out = append(out, Variable{name, value})
	}
	return out
}

// Format is the block as GRUB reads it.
func (b Block) Format() ([]byte, error) {
	var out strings.Builder
	out.WriteString(signature)
	for _, v := range b {
		if !nameFormat.MatchString(v.Name) {
			return nil, fmt.Errorf("environment block: %q is no name", v.Name)
		}
		out.WriteString(v.Name + "=" + escape.Replace(v.Value) + "\n")
	}
	if out.Len() > Size {
		return nil, fmt.Errorf("environment block: %d bytes do not fit into %d", out.Len(), Size)
	}
	return append([]byte(out.String()), bytes.Repeat([]byte("#"), Size-out.Len())...), nil
}

var escape = strings.NewReplacer(`\`, `\\`, "\n", "\\\n")
