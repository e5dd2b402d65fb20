package formats

import (
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// ResolvConf reads resolv.conf(5): nameservers in order, and the domains of the last search or
// domain line, which replaces those before it.
func ResolvConf(filePath string, data []byte) snapshot.DNS {
	out := snapshot.DNS{Nameservers: []snapshot.Property{}, Search: []snapshot.Property{}}
	lines, _ := splitLines(data)
	for _, l := range lines {
		words := fields(l.text)
		if len(words) < 2 {
			continue
		}
		fact := func(value string) snapshot.Property {
			return seal(plainKind, filePath, property{key: words[0], value: value, source: at(filePath, l.number)})
		}
		switch words[0] {
		case "nameserver":
			out.Nameservers = append(out.Nameservers, fact(words[1]))
		case "search":
			out.Search = []snapshot.Property{}
			for _, domain := range words[1:] {
				if strings.HasPrefix(domain, "#") || strings.HasPrefix(domain, ";") {
					break
				}
				out.Search = append(out.Search, fact(domain))
			}
		case "domain":
			out.Search = []snapshot.Property{fact(words[1])}
		}
	}
	return out
}
