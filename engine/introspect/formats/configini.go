package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// configINI reads sections and "key = value" lines, with or without sections: systemd, Samba, fail2ban, TOML of one
// line a value, Kerberos with its braces, iscsid.conf. A key of a section is section.key. A line without a separator is
// a switch, its value is empty.
func configINI(filePath string, data []byte) []snapshot.Property {
	f := newConfigFacts(filePath)
	lines, _ := splitLines(data)
	if strings.HasPrefix(filePath, "/etc/fail2ban/") {
		lines = indented(lines) // Python's reader: an indented line continues the one before
	} else {
		lines = continued(lines)
	}
	section := ""
	var braces []string // of krb5.conf: "REALM = {"
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text[0] == '#' || text[0] == ';' {
			continue
		}
		if text[0] == '[' {
			name, isSection := sectionName(text)
			if isSection {
				section, braces = plainKey(name), nil
				if repeatsSections(filePath) {
					section = f.numbered(section, section == "Peer")
				}
				continue
			}
		}
		if text == "}" {
			braces = braces[:max(0, len(braces)-1)]
			continue
		}
		key, value := keyAndValue(text)
		around := strings.Join(append([]string{section}, braces...), ".")
		if value == "{" {
			if len(around)+len(key) < maxPathLength {
				braces = append(braces, plainKey(key))
			} else {
				braces = append(braces, "")
			}
			continue
		}
		f.add(strings.Trim(around, "."), unquoted(key), unquoted(value), l.number)
	}
	return f.out
}

// sectionName reads [name] and TOML's [[name]].
func sectionName(text string) (name string, ok bool) {
	end := strings.LastIndexByte(text, ']')
	if end < 0 {
		return "", false
	}
	// What follows may be a comment, nothing else: a line of values can begin with a bracket as well.
	if rest := strings.Trim(text[end+1:], blanks); rest != "" && rest[0] != '#' && rest[0] != ';' {
		return "", false
	}
	return strings.Trim(text[:end], "[]"+blanks), true
}

// keyAndValue cuts a line at its first = or, where there is none before, its first colon that a blank follows.
func keyAndValue(text string) (key, value string) {
	cut := strings.IndexByte(text, '=')
	if colon := strings.Index(text+" ", ": "); colon >= 0 && (cut < 0 || colon < cut) {
		cut = colon
	}
	if cut < 0 {
		return text, ""
	}
	return strings.Trim(text[:cut], blanks), strings.Trim(text[cut+1:], blanks)
}

// repeatsSections is true where a second section of one name is another thing, rather than more of the first.
func repeatsSections(filePath string) bool {
	for _, end := range []string{".network", ".netdev"} {
		if strings.HasSuffix(filePath, end) {
			return true
		}
	}
	return strings.Contains(filePath, "/wireguard/") || strings.Contains(filePath, "/telegraf/")
}
