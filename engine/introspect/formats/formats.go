// Package formats reads the files of a Proxmox VE host: bytes in, types of the
// snapshot out. What it reports is what the file's own reader makes of the text
// (PVE, ifupdown2, corosync, dpkg …); where that differs from what the text
// suggests, there is an anomaly.
//
// It must not open files, talk to D-Bus, or decide what a fact means. Every
// value passes the table of secrets (secrets.go) on its way into a result.
// Input is hostile: no parser panics, none needs more than memory in proportion to its input,
// and no list of a result is nil.
package formats

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// blanks are what the readers of these files take for white space within a line.
const blanks = " \t\r\v\f"

// line is one line of a file without its end.
type line struct {
	number int
	text   string
}

// splitLines cuts text into lines, counted from 1. Bytes that are not UTF-8 become
// U+FFFD, since a snapshot is JSON. crlf is the number of the first line that ended
// in CR LF, 0 where none did; the CR is removed.
func splitLines(data []byte) (lines []line, crlf int) {
	if !utf8.Valid(data) {
		data = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	text := string(data)
	lines = make([]line, 0, strings.Count(text, "\n")+1)
	for number := 1; text != ""; number++ {
		current, rest, _ := strings.Cut(text, "\n")
		if strings.HasSuffix(current, "\r") {
			current = strings.TrimRight(current, "\r")
			if crlf == 0 {
				crlf = number
			}
		}
		lines = append(lines, line{number, current})
		text = rest
	}
	return lines, crlf
}

// at is the source of a fact: path:line.
func at(path string, number int) string {
	return path + ":" + strconv.Itoa(number)
}

// blank is true for a line that holds nothing but white space.
func blank(text string) bool {
	return strings.Trim(text, blanks) == ""
}

// fields splits at runs of blanks; unlike strings.Fields it knows no Unicode
// spaces, as the readers of these files do not.
func fields(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(blanks, r) })
}

// cutWord returns the first word and what follows it, without blanks around either.
func cutWord(text string) (word, rest string) {
	text = strings.Trim(text, blanks)
	if end := strings.IndexAny(text, blanks); end >= 0 {
		return text[:end], strings.Trim(text[end:], blanks)
	}
	return text, ""
}

// list splits a PVE list: comma, semicolon, blank and NUL separate.
func list(text string) []string {
	items := strings.FieldsFunc(text, func(r rune) bool {
		return r == ',' || r == ';' || r == 0 || strings.ContainsRune(blanks, r)
	})
	if items == nil {
		return []string{}
	}
	return items
}

func anomaly(kind, path string, number int, detail string) snapshot.Anomaly {
	return snapshot.Anomaly{Kind: kind, Detail: detail, Source: at(path, number)}
}

func crlfAnomaly(path string, number int) snapshot.Anomaly {
	return anomaly("crlf", path, number, "lines end in CR LF; they are read as if they ended in LF")
}
