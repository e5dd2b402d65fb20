package formats

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// networkManagerKind are the profiles of NetworkManager, as files and as it tells them.
const networkManagerKind fileKind = "networkmanager"

// networkSections are the short names of sections that keyfiles may use for NetworkManager's own.
var networkSections = map[string]string{
	"ethernet":      "802-3-ethernet",
	"wifi":          "802-11-wireless",
	"wifi-security": "802-11-wireless-security",
}

// networkIdentity are the settings that have a field of their own in a profile.
var networkIdentity = []string{"connection.id", "connection.uuid", "connection.type", "connection.interface-name", "connection.autoconnect"}

// networkVolatile are the settings that NetworkManager itself changes while it runs.
var networkVolatile = []string{"connection.timestamp", "802-11-wireless.seen-bssids"}

// maxNetworkSection is longer than any section that NetworkManager knows, a public key in its name included.
const maxNetworkSection = 255

// NetworkKeyfile reads a profile in the form of nm-settings-keyfile(5). Sections and types have the names that
// NetworkManager tells them by. Of a repeated key the last counts.
func NetworkKeyfile(filePath string, data []byte) snapshot.NetworkConnection {
	found := map[string]property{}
	section := ""
	lines, _ := splitLines(data)
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" || text[0] == '#' {
			continue
		}
		if name, is := strings.CutPrefix(text, "["); is {
			name, _, _ = strings.Cut(name, "]")
			section = cmp.Or(networkSections[name], name)
			if len(section) > maxNetworkSection {
				section = "" // every key carries it
			}
			continue
		}
		key, value, is := strings.Cut(text, "=")
		key = strings.Trim(key, blanks)
		if !is || key == "" || section == "" || strings.HasPrefix(section, ".") { // .nmmeta is about the file
			continue
		}
		key, value = section+"."+key, keyfileValue(value)
		if key == "connection.type" {
			value = cmp.Or(networkSections[value], value)
		}
		found[key] = property{key: key, value: value, source: at(filePath, l.number)}
		splitGateway(found, key)
	}
	return networkProfile(filePath, found)
}

// splitGateway takes the gateway out of the form address1=10.0.0.2/24,10.0.0.1.
func splitGateway(found map[string]property, key string) {
	p := found[key]
	family, name, _ := strings.Cut(key, ".")
	if !strings.HasPrefix(name, "address") || family != "ipv4" && family != "ipv6" {
		return
	}
	address, gateway, is := strings.Cut(p.value, ",")
	if !is {
		return
	}
	p.value = strings.Trim(address, blanks)
	found[key] = p
	key = family + ".gateway"
	if _, set := found[key]; !set && gateway != "" {
		found[key] = property{key: key, value: strings.Trim(gateway, blanks), source: p.source}
	}
}

// keyfileValue undoes the escapes of a keyfile, and the separator at the end of a list.
func keyfileValue(text string) string {
	text = strings.TrimLeft(text, blanks)
	if strings.Contains(text, ";") {
		text = strings.TrimSuffix(text, ";")
	}
	if !strings.Contains(text, `\`) {
		return text
	}
	return keyfileEscapes.Replace(text)
}

var keyfileEscapes = strings.NewReplacer(`\s`, " ", `\n`, "\n", `\t`, "\t", `\r`, "\r", `\\`, `\`)

// NetworkProfile is a profile that NetworkManager itself told: section.key → text. filePath is the file that it keeps
// the profile in.
func NetworkProfile(filePath string, told map[string]string) snapshot.NetworkConnection {
	found := make(map[string]property, len(told))
	for key, value := range told {
		found[key] = property{key: key, value: value}
	}
	return networkProfile(filePath, found)
}

func networkProfile(filePath string, found map[string]property) snapshot.NetworkConnection {
	out := snapshot.NetworkConnection{
		ID:          found["connection.id"].value,
		UUID:        found["connection.uuid"].value,
		Type:        found["connection.type"].value,
		Interface:   found["connection.interface-name"].value,
		Autoconnect: !slices.Contains([]string{"false", "0"}, found["connection.autoconnect"].value),
		Settings:    []snapshot.Setting{},
	}
	for _, key := range slices.Sorted(maps.Keys(found)) {
		if slices.Contains(networkIdentity, key) || slices.Contains(networkVolatile, key) {
			continue
		}
		fact := seal(networkManagerKind, filePath, found[key])
		out.Settings = append(out.Settings, snapshot.Setting{Key: fact.Key, Value: fact.Value, Secret: fact.Secret, Source: fact.Source})
	}
	return out
}

// certificateByPath is true for a certificate or key that is named rather than held in the profile.
func certificateByPath(text string) bool {
	return strings.HasPrefix(text, "/") || strings.HasPrefix(text, "file://") || strings.HasPrefix(text, "pkcs11:")
}

func certificateInline(text string) bool { return !certificateByPath(text) }
