package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Modprobe reads modprobe.d(5): the key is the command and the module (options kvm), the value
// what follows.
func Modprobe(filePath string, data []byte) []snapshot.Property {
	out := []snapshot.Property{}
	lines, _ := splitLines(data)
	for _, l := range logicalLines(lines) {
		command, rest := cutWord(l.text)
		module, value := cutWord(rest)
		key := strings.Trim(command+" "+module, blanks)
		out = append(out, seal(modprobeKind, filePath, property{key: key, value: value, source: at(filePath, l.number)}))
	}
	return out
}

// ModulesLoad reads /etc/modules and modules-load.d(5): the key is the module, the value its
// parameters, which only /etc/modules of old had.
func ModulesLoad(filePath string, data []byte) []snapshot.Property {
	out := []snapshot.Property{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		module, value := cutWord(l.text)
		if module == "" || module[0] == '#' || module[0] == ';' {
			continue
		}
		if comment := strings.IndexByte(value, '#'); comment >= 0 {
			value = strings.Trim(value[:comment], blanks)
		}
		out = append(out, seal(modprobeKind, filePath, property{key: module, value: value, source: at(filePath, l.number)}))
	}
	return out
}
