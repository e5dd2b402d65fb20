package formats

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// sectorBytes is the unit of sizes in LVM's metadata.
const sectorBytes = 512

// LVMReport reads the answers of vgs, pvs and lvs in LVM's JSON: sizes in bytes as text, names of volumes that
// LVM keeps for itself in brackets. lvs has a row for each segment of a volume; the first says its kind.
func LVMReport(vgs, pvs, lvs []byte) ([]snapshot.VolumeGroup, error) {
	groups := []snapshot.VolumeGroup{}
	byUUID := map[string]int{}
	rows, err := reportRows(vgs, "vg")
	failed := []error{err}
	for _, row := range rows {
		if row["vg_name"] == "" {
			continue
		}
		byUUID[row["vg_uuid"]] = len(groups)
		groups = append(groups, snapshot.VolumeGroup{
			Name: row["vg_name"], UUID: row["vg_uuid"], SizeBytes: count(row["vg_size"]), FreeBytes: count(row["vg_free"]),
			Missing: count(row["vg_missing_pv_count"]) > 0,
			Volumes: []string{}, PhysicalVolumes: []string{}, LogicalVolumes: []snapshot.LogicalVolume{},
		})
	}
	rows, err = reportRows(pvs, "pv")
	failed = append(failed, err)
	for _, row := range rows {
		if i, known := byUUID[row["vg_uuid"]]; known && row["pv_name"] != "" {
			groups[i].PhysicalVolumes = append(groups[i].PhysicalVolumes, row["pv_name"])
		}
	}
	rows, err = reportRows(lvs, "lv")
	failed = append(failed, err)
	seen := map[[2]string]bool{}
	for _, row := range rows {
		i, known := byUUID[row["vg_uuid"]]
		name := unbracketed(row["lv_name"])
		if !known || name == "" || seen[[2]string{row["vg_uuid"], name}] {
			continue
		}
		seen[[2]string{row["vg_uuid"], name}] = true
		groups[i].LogicalVolumes = append(groups[i].LogicalVolumes, reportedVolume(name, row))
		if name == row["lv_name"] {
			groups[i].Volumes = append(groups[i].Volumes, name)
		}
	}
	for i := range groups {
		sortGroup(&groups[i])
	}
	slices.SortStableFunc(groups, func(a, b snapshot.VolumeGroup) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.UUID, b.UUID))
	})
	return groups, errors.Join(failed...)
}

func reportedVolume(name string, row map[string]string) snapshot.LogicalVolume {
	return snapshot.LogicalVolume{
		Name: name, Kind: row["segtype"], Pool: unbracketed(row["pool_lv"]), Origin: unbracketed(row["origin"]),
		SizeBytes: count(row["lv_size"]), Active: row["lv_active"] != "",
		DataPercent: roundedUp(row["data_percent"]), MetadataPercent: roundedUp(row["metadata_percent"]),
		Tags: sealTags(strings.Split(row["lv_tags"], ",")),
	}
}

// reportRows are the rows of one kind in a report.
func reportRows(data []byte, kind string) ([]map[string]string, error) {
	var report struct {
		Report []map[string]json.RawMessage `json:"report"`
	}
	if err := json.Unmarshal(bytes.ToValidUTF8(data, []byte("\uFFFD")), &report); err != nil {
		return nil, fmt.Errorf("no report of LVM: %w", plainJSON(err))
	}
	rows := []map[string]string{}
	for _, part := range report.Report {
		text, has := part[kind]
		if !has {
			continue
		}
		var some []map[string]string
		if err := json.Unmarshal(text, &some); err != nil {
			return rows, fmt.Errorf("no report of LVM: %w", plainJSON(err))
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

// plainJSON is an error of encoding/json without the text that it is about.
func plainJSON(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("byte %d: not JSON", syntax.Offset)
	}
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		return fmt.Errorf("byte %d: another type than expected", mismatch.Offset)
	}
	return errors.New("not JSON")
}

// sortGroup puts the lists of a group in order.
func sortGroup(g *snapshot.VolumeGroup) {
	slices.Sort(g.Volumes)
	slices.Sort(g.PhysicalVolumes)
	slices.SortStableFunc(g.LogicalVolumes, func(a, b snapshot.LogicalVolume) int { return cmp.Compare(a.Name, b.Name) })
}

// unbracketed is the name of a volume without the brackets of those that LVM keeps for itself.
func unbracketed(name string) string {
	if strings.HasPrefix(name, "[") && strings.HasSuffix(name, "]") {
		return name[1 : len(name)-1]
	}
	return name
}

// count is a number that is not negative; 0 for anything else.
func count(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// roundedUp is a percentage as a whole number: a pool with 99.2 % in it has no room.
func roundedUp(text string) *int {
	percent, err := strconv.ParseFloat(text, 64)
	if err != nil || !(percent >= 0 && percent <= 100) {
		return nil
	}
	whole := int(math.Ceil(percent))
	return &whole
}

// sealTags hides the secrets among the tags of a volume: ceph-volume keeps the key that opens an encrypted OSD in one.
func sealTags(tags []string) []string {
	out := []string{}
	for _, tag := range tags {
		if tag == "" {
			continue
		}
		if key, value, found := strings.Cut(tag, "="); found && value != "" {
			tag = key + "=" + sealText(lvmKind, "lvs", key, value)
		}
		out = append(out, tag)
	}
	slices.Sort(out)
	return out
}

// sealText is a value, or what stands for it where it is a secret and its place holds text alone.
func sealText(kind fileKind, source, key, value string) string {
	if secret := seal(kind, source, property{key: key, value: value}).Secret; secret != nil {
		return "secret:" + secret.SHA256Prefix
	}
	return value
}
