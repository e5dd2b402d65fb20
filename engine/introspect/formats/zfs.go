package formats

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// ZpoolList reads zpool list -Hp with the columns name, guid, health, size, free and capacity.
func ZpoolList(data []byte) ([]snapshot.ZFSPool, error) {
	out := []snapshot.ZFSPool{}
	rows, err := tabbed(data, 6, 6)
	for _, row := range rows {
		pool := snapshot.ZFSPool{
			Name: row[0], Imported: true, GUID: dashed(row[1]), Health: dashed(row[2]),
			SizeBytes: count(row[3]), FreeBytes: count(row[4]), CapacityPercent: roundedUp(row[5]),
			Properties: []snapshot.ZFSProperty{}, Features: []snapshot.ZFSFeature{}, Devices: []snapshot.ZFSDevice{}, Datasets: []snapshot.ZFSDataset{},
		}
		out = append(out, pool)
	}
	return out, err
}

// ZpoolProperties reads zpool get -Hp all: by pool, the properties that can be set, and the feature flags that are in use or may be.
func ZpoolProperties(data []byte) (properties map[string][]snapshot.ZFSProperty, features map[string][]snapshot.ZFSFeature, err error) {
	properties, features = map[string][]snapshot.ZFSProperty{}, map[string][]snapshot.ZFSFeature{}
	rows, err := tabbed(data, 4, 0)
	for _, row := range rows {
		pool, name, value, source := row[0], row[1], row[2], row[3]
		if feature, found := strings.CutPrefix(name, "feature@"); found {
			if value == "enabled" || value == "active" {
				features[pool] = append(features[pool], snapshot.ZFSFeature{Name: feature, State: value})
			}
			continue
		}
		if source != "-" && !strings.HasPrefix(name, "unsupported@") {
			properties[pool] = append(properties[pool], zfsProperty("zpool", name, value, source))
		}
	}
	for pool := range properties {
		sortProperties(properties[pool])
	}
	for pool := range features {
		slices.SortFunc(features[pool], func(a, b snapshot.ZFSFeature) int { return cmp.Compare(a.Name, b.Name) })
	}
	return properties, features, err
}

// ZFSDatasets reads two answers of zfs get -Hp: what is told of each file system and volume, type among it, and what
// is set on them or received. They are sorted by name.
func ZFSDatasets(told, set []byte) ([]snapshot.ZFSDataset, error) {
	out := []snapshot.ZFSDataset{}
	index := map[string]int{}
	rows, err := tabbed(told, 4, 0)
	for _, row := range rows {
		if row[1] == "type" && (row[2] == "filesystem" || row[2] == "volume") && !strings.Contains(row[0], "@") {
			if _, twice := index[row[0]]; !twice {
				index[row[0]] = len(out)
				out = append(out, snapshot.ZFSDataset{Name: row[0], Kind: row[2], Properties: []snapshot.ZFSProperty{}})
			}
		}
	}
	for _, row := range rows {
		i, known := index[row[0]]
		if !known {
			continue
		}
		switch name, value := row[1], row[2]; {
		case name == "type":
		case name == "used":
			out[i].UsedBytes = count(value)
		case name == "mounted":
			out[i].Mounted = value == "yes"
		case value != "-" || row[3] != "-": // a volume has no place to be mounted at, a data set without encryption no key
			out[i].Properties = append(out[i].Properties, zfsProperty("zfs", name, value, row[3]))
		}
	}
	more, setError := tabbed(set, 4, 0)
	for _, row := range more {
		if i, known := index[row[0]]; known {
			out[i].Properties = append(out[i].Properties, zfsProperty("zfs", row[1], row[2], row[3]))
		}
	}
	for i := range out {
		sortProperties(out[i].Properties)
		out[i].Properties = slices.CompactFunc(out[i].Properties, func(a, b snapshot.ZFSProperty) bool { return a.Name == b.Name })
	}
	slices.SortFunc(out, func(a, b snapshot.ZFSDataset) int { return cmp.Compare(a.Name, b.Name) })
	return out, errors.Join(err, setError)
}

func sortProperties(properties []snapshot.ZFSProperty) {
	slices.SortStableFunc(properties, func(a, b snapshot.ZFSProperty) int { return cmp.Compare(a.Name, b.Name) })
}

// zfsProperty makes the fact of a property. Its source begins with a word of ZFS; inherited is followed by from where.
func zfsProperty(program, name, value, source string) snapshot.ZFSProperty {
	origin, _, _ := strings.Cut(source, " ")
	switch origin {
	case "default", "local", "received", "inherited", "temporary":
	default:
		origin = "none"
	}
	return snapshot.ZFSProperty{Name: name, Value: sealText(zfsKind, program, name, value), Origin: origin}
}

// tabbed cuts lines at tabs into columns. Where one column may hold tabs itself, it is the one before the last, and
// exact is 0. A line of another form is told by its number alone: it may be a part of a value with line breaks in it.
func tabbed(data []byte, columns, exact int) (rows [][]string, err error) {
	bad, first := 0, 0
	lines, _ := splitLines(data)
	for _, l := range lines {
		row := strings.Split(l.text, "\t")
		if exact == 0 && len(row) > columns {
			value := strings.Join(row[columns-2:len(row)-1], "\t")
			row = append(row[:columns-2:columns-2], value, row[len(row)-1])
		}
		if len(row) != columns || row[0] == "" {
			if bad++; first == 0 {
				first = l.number
			}
			continue
		}
		rows = append(rows, row)
	}
	if bad > 0 {
		err = fmt.Errorf("line %d: not as expected, and %d more lines", first, bad-1)
	}
	return rows, err
}

// dashed is a value, "" for the dash that stands for none.
func dashed(text string) string {
	if text == "-" {
		return ""
	}
	return text
}

// vdevStates are the words of zpool status for the state of a device.
var vdevStates = map[string]bool{
	"ONLINE": true, "DEGRADED": true, "FAULTED": true, "OFFLINE": true, "REMOVED": true, "UNAVAIL": true, "CANT_OPEN": true,
	"SUSPENDED": true, "SPLIT": true, "AVAIL": true, "INUSE": true, "UNKNOWN": true,
}

// ZpoolStatus reads the devices of each pool from zpool status -P. Groups of devices that do not hold the pool's data
// (logs, cache, spares, special, dedup) come with a heading, under which they are nested.
func ZpoolStatus(data []byte) map[string][]snapshot.ZFSDevice {
	out := map[string][]snapshot.ZFSDevice{}
	pool, config, heading := "", false, false
	lines, _ := splitLines(data)
	for _, l := range lines {
		text, indented := strings.CutPrefix(l.text, "\t")
		if !indented {
			key, value, found := strings.Cut(strings.TrimLeft(text, blanks), ":")
			switch {
			case found && key == "pool":
				pool, config, heading = strings.Trim(value, blanks), false, false
			case found && key == "config":
				config = pool != ""
			case found && key == "errors":
				config = false
			}
			continue
		}
		text = strings.TrimRight(text, blanks)
		name := strings.TrimLeft(text, " ")
		if !config || name == "" || strings.HasPrefix(name, "NAME ") {
			continue
		}
		depth := (len(text) - len(name)) / 2
		name, state := vdev(name)
		switch {
		case depth > 0:
			if heading {
				depth++
			}
			out[pool] = append(out[pool], snapshot.ZFSDevice{Name: name, Depth: depth, State: state})
		case name != pool || heading || state == "":
			heading = true
			out[pool] = append(out[pool], snapshot.ZFSDevice{Name: name, Depth: 1, State: state})
		}
	}
	return out
}

// vdev splits the line of a device: its name, which may hold blanks, and the first word after it that is a state.
func vdev(text string) (name, state string) {
	for i := 0; i < len(text); i++ {
		if text[i] != ' ' {
			continue
		}
		rest := strings.TrimLeft(text[i:], " ")
		word, _, _ := strings.Cut(rest, " ")
		if vdevStates[word] {
			return text[:i], word
		}
		if rest == "" {
			return text[:i], ""
		}
	}
	return text, ""
}
