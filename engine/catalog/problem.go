package catalog

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"
)

// Problem is one error of a catalog file.
type Problem struct {
	// File, Line and Column are the position, from 1; Column is 0 where only the entry is known.
	File   string
	Line   int
	Column int
	// Path is the CUE path of the field: packages.htop.status.
	Path string
	// Message says what is wrong.
	Message string
}

// Error is FILE:LINE:COL: path: message, the parts that are not known left out.
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		if p.Column > 0 {
			fmt.Fprintf(&b, ":%d", p.Column)
		}
		b.WriteString(": ")
	}
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Message)
	return b.String()
}

func (p *Problem) place(pos token.Pos) {
	if pos.IsValid() {
		p.File, p.Line, p.Column = pos.Filename(), pos.Line(), pos.Column()
	}
}

// Error is all that is wrong with the files of a catalog.
type Error struct {
	// List is never empty.
	List []Problem
}

// Error is one problem a line.
func (e *Error) Error() string {
	lines := make([]string, len(e.List))
	for i, p := range e.List {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

func newError(errs []error) *Error {
	e := &Error{}
	for _, err := range errs {
		var p Problem
		if !errors.As(err, &p) {
			p = Problem{Message: err.Error()}
		}
		e.List = append(e.List, p)
	}
	return e
}

// problemsOf turns an error of CUE into problems at the author's own position:
// CUE names the schema first, which is never where the mistake is.
func problemsOf(err error, content []source) []Problem {
	own := map[string]bool{}
	for _, s := range content {
		own[s.name] = true
	}
	var problems []Problem
	for _, e := range errors.Errors(err) {
		format, args := e.Msg()
		p := Problem{Path: joinPath(e.Path()), Message: strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")}
		if strings.HasSuffix(p.Message, "errors in empty disjunction:") {
			continue // a headline: the errors follow
		}
		positions := append([]token.Pos{e.Position()}, e.InputPositions()...)
		i := slices.IndexFunc(positions, func(pos token.Pos) bool { return pos.IsValid() && own[pos.Filename()] })
		switch {
		case i >= 0:
			p.place(positions[i])
		case positionOf(e.Path(), content).IsValid():
			p.place(positionOf(e.Path(), content))
		default:
			p.place(e.Position())
		}
		if !slices.Contains(problems, p) {
			problems = append(problems, p)
		}
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Path, b.Path))
	})
	return problems
}

var identifier = regexp.MustCompile(`^[A-Za-z_#][A-Za-z0-9_]*$|^[0-9]+$`)

// joinPath writes a path as CUE does: parts that are no identifiers are quoted.
func joinPath(parts []string) string {
	quoted := make([]string, len(parts))
	for i, part := range parts {
		if quoted[i] = part; !identifier.MatchString(part) && !strings.HasPrefix(part, `"`) {
			quoted[i] = fmt.Sprintf("%q", part)
		}
	}
	return strings.Join(quoted, ".")
}
