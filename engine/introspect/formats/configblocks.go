package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// maxBlockDepth is deeper than any such file is.
const maxBlockDepth = 32

// configBlocks reads files of nested braces: lvm.conf, multipath.conf, logrotate, keepalived, nginx, apt.conf. A key is
// the headers of the blocks around it and its own name.
func configBlocks(filePath string, data []byte) []snapshot.Property {
	lines, _ := splitLines(data)
	r := blockReader{
		configFacts: newConfigFacts(filePath), lines: lines,
		apt:       isAptConf(filePath),
		logrotate: strings.Contains(filePath, "/logrotate"),
	}
	r.merges = r.apt || strings.Contains(filePath, "/lvm/")
	r.semicolons = r.apt || strings.Contains(filePath, "/nginx/") || strings.Contains(filePath, "/drbd.")
	for r.next = 0; r.next < len(lines); {
		l := lines[r.next]
		r.next++
		r.line(l)
	}
	r.flush()
	return r.out
}

func isAptConf(filePath string) bool { return strings.Contains(filePath, "/apt.conf") }

type blockReader struct {
	*configFacts
	lines []line
	next  int

	apt, logrotate bool
	// merges is true where a second block of one name is more of the first, rather than another one.
	merges bool
	// semicolons end statements; without, lines do.
	semicolons bool

	blocks []string
	// depth counts the blocks that are open, those too deep to be named included.
	depth int

	statement strings.Builder
	// start is the line where the statement begins, brackets how many of its [ are open.
	start, brackets int
	// comment is true within /* and */.
	comment bool
}

// line takes one line of the file.
func (r *blockReader) line(l line) {
	text, goesOn := l.text, false
	if !r.semicolons {
		text, goesOn = strings.CutSuffix(strings.TrimRight(text, blanks), `\`)
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if r.comment {
			if strings.HasPrefix(text[i:], "*/") {
				r.comment = false
				i++
			}
			continue
		}
		if c == '"' || c == '\'' && !r.apt && !r.logrotate {
			end := quoteEnd(text, i)
			r.put(text[i:end], l.number)
			i = end - 1
			continue
		}
		fresh := i == 0 || strings.IndexByte(blanks+"{};", text[i-1]) >= 0
		switch {
		case c == '#' && fresh, c == '!' && r.empty(), r.apt && strings.HasPrefix(text[i:], "//") && fresh:
			i = len(text)
		case r.apt && strings.HasPrefix(text[i:], "/*"):
			r.comment = true
			i++
		case c == '{' && !fresh && r.isPath():
			// {a,b} in the name of a log file.
			end := strings.IndexByte(text[i:], '}')
			if end < 0 {
				end = len(text[i:]) - 1
			}
			r.put(text[i:i+end+1], l.number)
			i += end
		case c == '{':
			r.open(l.number)
		case c == '}':
			r.flush()
			r.close()
		case c == ';' && r.semicolons:
			r.flush()
		default:
			if c == '[' {
				r.brackets++
			}
			if c == ']' && r.brackets > 0 {
				r.brackets--
			}
			r.put(text[i:i+1], l.number)
		}
	}
	if r.semicolons || r.brackets > 0 || goesOn {
		r.put(" ", l.number)
		return
	}
	r.flush()
}

// quoteEnd is the end of the quoted text that begins at i, the end of the line where it is not closed.
func quoteEnd(text string, i int) int {
	for j := i + 1; j < len(text); j++ {
		switch text[j] {
		case '\\':
			j++
		case text[i]:
			return j + 1
		}
	}
	return len(text)
}

func (r *blockReader) put(text string, number int) {
	if r.statement.Len() == 0 {
		if strings.Trim(text, blanks) == "" {
			return
		}
		r.start = number
	}
	r.statement.WriteString(text)
}

func (r *blockReader) empty() bool { return r.statement.Len() == 0 }

// isPath is true for a statement that is the names of files, as logrotate has them above a block.
func (r *blockReader) isPath() bool {
	text := r.statement.String()
	return text != "" && (text[0] == '/' || text[0] == '"')
}

// open begins a block, whose header is the statement before the brace, or the lines before it.
func (r *blockReader) open(number int) {
	header := strings.Trim(r.statement.String(), blanks)
	r.statement.Reset()
	r.brackets = 0
	// Names of files one a line, or a brace on a line of its own.
	for r.logrotate && r.depth == 0 && len(r.out) > 0 && len(header) < maxPathLength {
		last := r.out[len(r.out)-1]
		if last.Value == nil || !strings.HasPrefix(last.Key, "/") && !strings.HasPrefix(last.Key, `"`) {
			break
		}
		header = strings.Trim(last.Key+" "+*last.Value, blanks) + " " + header
		r.out = r.out[:len(r.out)-1]
	}
	header = strings.Trim(header, blanks)
	if header == "" && !r.logrotate && !r.apt && len(r.out) > 0 && r.out[len(r.out)-1].Source == at(r.path, number-1) {
		// "devices" with its brace on the next line.
		if last := r.out[len(r.out)-1]; last.Value != nil && *last.Value == "" {
			header = last.Key[strings.LastIndexByte(last.Key, '.')+1:]
			r.out = r.out[:len(r.out)-1]
		}
	}
	r.depth++
	if len(r.blocks) >= maxBlockDepth || r.depth > len(r.blocks)+1 {
		return
	}
	name := plainKey(header)
	if around := joinKey(r.path, r.around(), name); len(around) > maxPathLength {
		name = ""
	} else if !r.merges && name != "" {
		name = r.numbered(around, false)[len(around)-len(name):]
	}
	r.blocks = append(r.blocks, name)
}

func (r *blockReader) close() {
	r.depth = max(0, r.depth-1)
	if r.depth < len(r.blocks) {
		r.blocks = r.blocks[:r.depth]
	}
}

// around is the key of the blocks that are open.
func (r *blockReader) around() string {
	out := ""
	for _, block := range r.blocks {
		out = joinKey(r.path, out, block)
	}
	return out
}

// flush ends a statement.
func (r *blockReader) flush() {
	text := strings.Trim(r.statement.String(), blanks)
	r.statement.Reset()
	r.brackets = 0
	if text == "" {
		return
	}
	switch text {
	case "prerotate", "postrotate", "firstaction", "lastaction", "preremove":
		if r.logrotate {
			r.add(r.around(), text, r.script(), r.start)
			return
		}
	}
	if r.apt && text[0] == '"' { // an element of a list
		r.add(r.around(), "", unquoted(text), r.start)
		return
	}
	key, value := cutDirective(text)
	if r.apt {
		key = strings.TrimSuffix(key, "::")
	}
	r.add(r.around(), key, unquoted(value), r.start)
}

// script takes the lines of a script up to its end.
func (r *blockReader) script() string {
	var text []string
	for r.next < len(r.lines) {
		l := r.lines[r.next]
		r.next++
		trimmed := strings.Trim(l.text, blanks)
		if trimmed == "endscript" {
			break
		}
		if trimmed != "" {
			text = append(text, trimmed)
		}
	}
	return strings.Join(text, "\n")
}
