package formats

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// DpkgStatus reads /var/lib/dpkg/status and apt's extended_states, which says what was installed
// as a dependency (nil where it could not be read). Packages that are not installed
// are left out; the rest is sorted by name, then architecture.
func DpkgStatus(status, extendedStates []byte) []snapshot.Package {
	automatic := autoInstalled(extendedStates)
	out := []snapshot.Package{}
	var p stanzaFields
	for stanza := range stanzas(status) {
		p = stanzaFields{}
		p.read(stanza)
		state := packageState(p.status)
		if p.name == "" || state == "" {
			continue
		}
		want, _, _ := strings.Cut(p.status, " ")
		out = append(out, snapshot.Package{
			Name: p.name, Version: p.version, Arch: p.arch, Status: state, Held: want == "hold",
			// extended_states names packages of the architecture "all" with that of the machine.
			Auto: automatic[packageKey{p.name, p.arch}] || (p.arch == "all" && automatic[packageKey{p.name, ""}]),
		})
	}
	slices.SortStableFunc(out, func(a, b snapshot.Package) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Arch, b.Arch))
	})
	return out
}

type packageKey struct{ name, arch string }

func autoInstalled(extendedStates []byte) map[packageKey]bool {
	out := map[packageKey]bool{}
	for stanza := range stanzas(extendedStates) {
		var p stanzaFields
		p.read(stanza)
		if p.auto == "1" {
			out[packageKey{p.name, p.arch}] = true
			out[packageKey{p.name, ""}] = true
		}
	}
	return out
}

// stanzas cuts a file of deb822 stanzas at its empty lines.
func stanzas(data []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(data) > 0 {
			end := bytes.Index(data, []byte("\n\n"))
			stanza := data
			if end < 0 {
				data = nil
			} else {
				stanza, data = data[:end+1], data[end+2:]
			}
			if len(stanza) > 1 && !yield(stanza) {
				return
			}
		}
	}
}

// stanzaFields are the fields that matter here.
type stanzaFields struct{ name, version, arch, status, auto string }

func (p *stanzaFields) read(stanza []byte) {
	for len(stanza) > 0 {
		current := stanza
		if end := bytes.IndexByte(stanza, '\n'); end >= 0 {
			current, stanza = stanza[:end], stanza[end+1:]
		} else {
			stanza = nil
		}
		// Most lines continue a description: look at the first byte before anything else.
		if len(current) == 0 || current[0] == ' ' || current[0] == '\t' {
			continue
		}
		colon := bytes.IndexByte(current, ':')
		if colon < 0 {
			continue
		}
		var slot *string
		switch name := current[:colon]; {
		case bytes.EqualFold(name, []byte("Package")):
			slot = &p.name
		case bytes.EqualFold(name, []byte("Version")):
			slot = &p.version
		case bytes.EqualFold(name, []byte("Architecture")):
			slot = &p.arch
		case bytes.EqualFold(name, []byte("Status")):
			slot = &p.status
		case bytes.EqualFold(name, []byte("Auto-Installed")):
			slot = &p.auto
		default:
			continue
		}
		*slot = strings.ToValidUTF8(string(bytes.Trim(current[colon+1:], blanks)), "\uFFFD")
	}
}

// packageState reads "want flag state" of dpkg; empty for what is not installed.
func packageState(status string) string {
	words := strings.Fields(status)
	if len(words) != 3 {
		return "broken"
	}
	switch state := words[2]; {
	case state == "not-installed":
		return ""
	case words[1] != "ok":
		return "broken"
	case state == "installed", state == "triggers-awaited", state == "triggers-pending":
		return "installed"
	case state == "config-files":
		return state
	}
	return "broken"
}
