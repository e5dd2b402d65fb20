package introspect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// variableOf is the value of the last assignment NAME=value of a shell file, quotes removed.
func variableOf(data []byte, name string) string {
	value, _ := assignmentOf(data, name)
	return value
}

// assignmentOf is variableOf, and whether there is such an assignment.
func assignmentOf(data []byte, name string) (value string, assigned bool) {
	for line := range strings.Lines(string(data)) {
		key, text, found := strings.Cut(strings.TrimSpace(line), "=")
		if !found || strings.TrimSpace(key) != name {
			continue
		}
		assigned = true
		text = strings.TrimSpace(text)
		if quote := text[:min(1, len(text))]; quote == `"` || quote == "'" {
			text, _, _ = strings.Cut(text[1:], quote)
		}
		value = text
	}
	return value, assigned
}

// timeServers are the servers, pools and peers of chrony's or timesyncd's configuration.
func timeServers(file string, data []byte) []snapshot.Property {
	var out []snapshot.Property
	daemon := strings.HasPrefix(file, "/etc/chrony/") || slices.Contains(ntpdFiles, file)
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		key, value, _ := strings.Cut(strings.Join(strings.Fields(line), " "), " ")
		if before, after, found := strings.Cut(strings.TrimSpace(line), "="); found && (before == "NTP" || before == "FallbackNTP") {
			key, value = before, after
		}
		value = strings.TrimSpace(value)
		switch {
		case key == "" || strings.ContainsRune("#!;%[", rune(key[0])):
			continue
		case daemon:
		case key != "NTP" && key != "FallbackNTP" || value == "":
			continue
		}
		p := snapshot.Property{Key: key, Value: &value, Source: file + ":" + strconv.Itoa(number)}
		if secret := formats.Redact(file, key, value); secret != nil {
			p.Value, p.Secret = nil, secret
		}
		out = append(out, p)
	}
	return out
}

// cutLast cuts text around the last separator.
func cutLast(text, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(text, separator); i >= 0 {
		return text[:i], text[i+len(separator):], true
	}
	return text, "", false
}
