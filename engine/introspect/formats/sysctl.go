package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// Sysctl reads sysctl.d(5). Keys are spelled with dots; a leading minus, which only silences
// errors, is removed. A key without a value, which excludes it from patterns, has an empty one.
func Sysctl(filePath string, data []byte) []snapshot.Property {
	out := []snapshot.Property{}
	lines, _ := splitLines(data)
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" || text[0] == '#' || text[0] == ';' {
			continue
		}
		key, value, assigned := strings.Cut(text, "=")
		if !assigned && !strings.HasPrefix(text, "-") {
			continue
		}
		key = sysctlKey(strings.TrimPrefix(strings.Trim(key, blanks), "-"))
		if key == "" {
			continue
		}
		out = append(out, seal(sysctlKind, filePath, property{key: key, value: strings.Trim(value, blanks), source: at(filePath, l.number)}))
	}
	return out
}

// sysctlKey spells net/ipv4/conf/eth0.1/forwarding as net.ipv4.conf.eth0/1.forwarding.
func sysctlKey(key string) string {
	if i := strings.IndexAny(key, "./"); i < 0 || key[i] == '.' {
		return key
	}
	return strings.NewReplacer("/", ".", ".", "/").Replace(key)
}
