package formats

import (
	"path"
	"regexp"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

var keyValueLine = regexp.MustCompile(`^([^\s:]+):(.*)$`)

// KeyValues reads datacenter.cfg, vzdump.conf, or the config of a node: "key: value" lines,
// property strings expanded, of a repeated key the last. Which file it is says its name.
// Comment lines are the description, a secret, except in vzdump.conf.
func KeyValues(filePath string, data []byte) []snapshot.Property {
	properties, _ := keyValues(filePath, data)
	return properties
}

// KeyValueAnomalies are the lines of such a file that PVE ignores or overrides.
func KeyValueAnomalies(filePath string, data []byte) []snapshot.Anomaly {
	_, anomalies := keyValues(filePath, data)
	return anomalies
}

// keyValueSchema finds the keys of a file by its name; nil where they are not known.
func keyValueSchema(filePath string) (name string, table keyTable) {
	switch path.Base(filePath) {
	case "datacenter.cfg":
		name = "datacenter"
	case "vzdump.conf":
		name = "vzdump"
	case "config":
		name = "node"
	}
	return name, keys().Files[name]
}

func keyValues(filePath string, data []byte) ([]snapshot.Property, []snapshot.Anomaly) {
	out, anomalies := []snapshot.Property{}, []snapshot.Anomaly{}
	name, table := keyValueSchema(filePath)
	lines, crlf := splitLines(data)
	if crlf != 0 {
		anomalies = append(anomalies, crlfAnomaly(filePath, crlf))
	}
	var description strings.Builder
	descriptionLine := 0
	index := map[string]int{}
	for _, l := range lines {
		text := strings.Trim(l.text, blanks)
		if text == "" {
			continue
		}
		if text[0] == '#' {
			if name != "vzdump" {
				if descriptionLine == 0 {
					descriptionLine = l.number
				}
				description.WriteString(text[1:] + "\n")
			}
			continue
		}
		m := keyValueLine.FindStringSubmatch(text)
		if m == nil {
			anomalies = append(anomalies, anomaly("ignored-line", filePath, l.number, "the line is not understood"))
			continue
		}
		p := property{key: m[1], value: strings.Trim(m[2], blanks), source: at(filePath, l.number)}
		t, known := typeOf(table, keys().Indexes[name], p.key)
		p.unknown = table != nil && !known
		value, ok := normal(t, p.value)
		if !ok {
			anomalies = append(anomalies, anomaly("dropped-key", filePath, l.number, "PVE rejects the value of "+p.key))
			continue
		}
		p.value, p.fields = value, expand(formatOf(t), value)
		fact := seal(keyValueKind, filePath, p)
		if i, seen := index[p.key]; seen && !repeats(t) {
			_, number := splitSource(out[i].Source)
			anomalies = append(anomalies, anomaly("duplicate-key", filePath, number, "the key "+p.key+" stands again further down; the last counts"))
			out[i] = fact
			continue
		}
		index[p.key] = len(out)
		out = append(out, fact)
	}
	if descriptionLine != 0 {
		fact := seal(keyValueKind, filePath, property{key: "description", value: description.String(), source: at(filePath, descriptionLine)})
		out = append([]snapshot.Property{fact}, out...)
	}
	return out, anomalies
}
