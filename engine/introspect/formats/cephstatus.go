package formats

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// CephStatus adds to what is known of Ceph what ceph -s says in JSON.
func CephStatus(data []byte, into *snapshot.Ceph) error {
	type osdMap struct {
		Total int `json:"num_osds"`
		Up    int `json:"num_up_osds"`
		In    int `json:"num_in_osds"`
	}
	var status struct {
		FSID   string `json:"fsid"`
		Health struct {
			Status string                     `json:"status"`
			Checks map[string]json.RawMessage `json:"checks"`
		} `json:"health"`
		Quorum []string `json:"quorum_names"`
		OSDs   struct {
			osdMap
			Nested osdMap `json:"osdmap"` // before Ceph 15
		} `json:"osdmap"`
	}
	if err := json.Unmarshal(bytes.ToValidUTF8(data, []byte("\uFFFD")), &status); err != nil {
		return fmt.Errorf("no status of Ceph: %w", plainJSON(err))
	}
	into.FSID = cmp.Or(status.FSID, into.FSID)
	into.Health = status.Health.Status
	into.Checks = []string{}
	for check := range status.Health.Checks {
		into.Checks = append(into.Checks, check)
	}
	slices.Sort(into.Checks)
	into.Quorum = []string{}
	into.Quorum = append(into.Quorum, status.Quorum...)
	slices.Sort(into.Quorum)
	osds := status.OSDs.osdMap
	if osds == (osdMap{}) {
		osds = status.OSDs.Nested
	}
	into.OSDsTotal, into.OSDsUp, into.OSDsIn = max(0, osds.Total), max(0, osds.Up), max(0, osds.In)
	return nil
}

// cephRelease finds the number in "ceph version 18.2.4 (…) reef (stable)".
var cephRelease = regexp.MustCompile(`^ceph version (\S+)`)

// CephVersions reads ceph versions: how many daemons of each kind run which version.
func CephVersions(data []byte) ([]snapshot.CephVersion, error) {
	out := []snapshot.CephVersion{}
	var versions map[string]map[string]int
	if err := json.Unmarshal(bytes.ToValidUTF8(data, []byte("\uFFFD")), &versions); err != nil {
		return out, fmt.Errorf("no versions of Ceph: %w", plainJSON(err))
	}
	for daemon, running := range versions {
		if daemon == "overall" {
			continue
		}
		for text, count := range running {
			if version := cephRelease.FindStringSubmatch(text); version != nil && count > 0 {
				out = append(out, snapshot.CephVersion{Daemon: daemon, Version: version[1], Count: count})
			}
		}
	}
	slices.SortFunc(out, func(a, b snapshot.CephVersion) int {
		return cmp.Or(cmp.Compare(a.Daemon, b.Daemon), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Count, b.Count))
	})
	return out, nil
}
