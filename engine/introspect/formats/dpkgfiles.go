package formats

import (
	"bytes"
	"strings"
)

// Conffile is a configuration file as dpkg knows it.
type Conffile struct {
	// Package is the package that brought it, MD5 the checksum of the content that the package brought last.
	Package, MD5 string
	// Obsolete is true for a file that the package brings no more, or that is left of a removed package.
	Obsolete bool
}

// Conffiles reads the configuration files of all packages from dpkg's status file.
func Conffiles(status []byte) map[string]Conffile {
	out := map[string]Conffile{}
	for stanza := range stanzas(status) {
		start := bytes.Index(stanza, []byte("\nConffiles:"))
		if start < 0 {
			continue
		}
		var p stanzaFields
		p.read(stanza)
		_, list, _ := bytes.Cut(stanza[start+1:], []byte{'\n'})
		for len(list) > 0 && list[0] == ' ' {
			var current []byte
			current, list, _ = bytes.Cut(list, []byte{'\n'})
			// The name may hold blanks: the checksum is cut off from the end.
			text, flags := strings.Trim(string(current), blanks), false
			for _, flag := range []string{" obsolete", " remove-on-upgrade"} {
				var found bool
				text, found = strings.CutSuffix(text, flag)
				flags = flags || found
			}
			name, sum := text, ""
			if i := strings.LastIndexByte(text, ' '); i >= 0 {
				name, sum = text[:i], text[i+1:]
			}
			if !strings.HasPrefix(name, "/") || len(sum) != 32 {
				continue // newconffile: not unpacked yet
			}
			entry := Conffile{Package: p.name, MD5: sum, Obsolete: flags || packageState(p.status) != "installed"}
			// A file that moved from one package to another is obsolete in the first.
			if known, ok := out[name]; ok && !known.Obsolete && entry.Obsolete {
				continue
			}
			out[strings.ToValidUTF8(name, "\uFFFD")] = entry
		}
	}
	return out
}

// PackageFiles adds the paths of a package's list of files that are below one of the folders, which end in a slash.
func PackageFiles(list []byte, folders [][]byte, into map[string]bool) {
	for _, folder := range folders {
		// Most packages have nothing there, so the folder is looked for rather than every line read.
		for rest := list; len(rest) > 0; {
			i := bytes.Index(rest, folder)
			if i < 0 {
				break
			}
			end := bytes.IndexByte(rest[i:], '\n')
			if end < 0 {
				end = len(rest) - i
			}
			if i == 0 && len(rest) == len(list) || i > 0 && rest[i-1] == '\n' {
				into[string(rest[i:i+end])] = true
			}
			rest = rest[i+end:]
		}
	}
}

// Diversions reads dpkg's diversions: the name that a package's file has, and the one that it is kept under.
func Diversions(data []byte) map[string]string {
	out := map[string]string{}
	lines, _ := splitLines(data)
	for i := 0; i+2 < len(lines); i += 3 {
		out[lines[i].text] = lines[i+1].text
	}
	return out
}
