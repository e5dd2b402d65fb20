package vet

import (
	"cmp"
	"strconv"
	"strings"
)

// position is a line file:line:column: what, taken apart.
type position struct {
	file         string
	line, column int
	text         string
}

// positionOf takes a problem apart; what has no position is all text.
func positionOf(problem string) position {
	parts := strings.SplitN(problem, ":", 4)
	p := position{text: problem}
	if len(parts) < 3 {
		return p
	}
	line, err := strconv.Atoi(parts[1])
	if err != nil {
		return p
	}
	p.file, p.line = parts[0], line
	if column, err := strconv.Atoi(parts[2]); err == nil {
		p.column = column
	}
	return p
}

func comparePositions(a, b position) int {
	return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column), cmp.Compare(a.text, b.text))
}
