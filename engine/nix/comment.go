package nix

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// minCommentWidth keeps comments readable inside deep nesting, at the price of
// the width of the page.
const minCommentWidth = 20

// commentLines makes comment lines of a text, each at most columns wide with
// its "# ". Words longer than a line are cut: a line's length must not be up
// to the text.
func commentLines(text string, columns int) []string {
	room := max(columns-len("# "), minCommentWidth)
	var lines []string
	line, used := []byte("#"), 0
	flush := func() {
		lines = append(lines, string(line))
		line, used = []byte("#"), 0
	}
	for word := range strings.FieldsFuncSeq(visible(text), func(r rune) bool { return r == ' ' }) {
		n := utf8.RuneCountInString(word)
		if used > 0 && used+1+n > room {
			flush()
		}
		for n > room {
			cut := runes(word, room)
			line = append(append(line, ' '), word[:cut]...)
			flush()
			word, n = word[cut:], n-room
		}
		line = append(append(line, ' '), word...)
		used += n + min(used, 1)
	}
	if used > 0 || lines == nil {
		flush()
	}
	return lines
}

// runes is the length in bytes of the first n characters of s, which has more.
func runes(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// visible replaces what does not print as itself: line breaks of all kinds and
// other control characters, which could end a comment, and the characters that
// reorder or hide text (https://trojansource.codes). Bytes that are not UTF-8
// are replaced one by one.
func visible(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			b.WriteString(`\x` + strconv.FormatUint(uint64(text[i]), 16))
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}
