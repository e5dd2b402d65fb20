package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// configWords reads a directive and its arguments a line, as sshd, smartd, snmpd, chrony and FRR have them. In FRR's
// files an indented line belongs to the last one that is not, which stands before the key.
func configWords(filePath string, data []byte) []snapshot.Property {
	f := newConfigFacts(filePath)
	lines, _ := splitLines(data)
	nested := strings.Contains(filePath, "/frr/")
	if strings.HasSuffix(filePath, "/mdadm.conf") || strings.HasSuffix(filePath, "/master.cf") {
		lines = indented(lines)
	} else {
		lines = continued(lines)
	}
	context := ""
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text[0] == '#' || text[0] == '!' || nested && (text == "exit" || strings.HasPrefix(text, "exit-") || text == "end") {
			continue
		}
		inner := nested && strings.IndexByte(blanks, l.text[0]) >= 0
		if text = inlineComment(text); text == "" {
			continue
		}
		key, value := cutDirective(text)
		if !inner {
			context = ""
		}
		f.add(context, key, value, l.number)
		if nested && !inner {
			if context = plainKey(text); f.out[len(f.out)-1].Secret != nil {
				context = plainKey(key)
			}
		}
	}
	return f.out
}

// cutDirective cuts the first word off, and an = that stands between it and the rest.
func cutDirective(text string) (key, value string) {
	key, value = cutWord(text)
	if before, after, found := strings.Cut(key, "="); found && before != "" {
		return before, strings.Trim(after+" "+value, blanks)
	}
	if after, found := strings.CutPrefix(value, "="); found {
		value = strings.Trim(after, blanks)
	}
	return key, value
}
