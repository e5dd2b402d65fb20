package formats

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/snapshot"
)

const cephStatus = `
{"fsid":"11111111-2222-3333-4444-555555555555","health":{"status":"HEALTH_WARN","checks":{"PG_DEGRADED":{"severity":"HEALTH_WARN","summary":{"message":"x","count":3},"muted":false},
"OSD_DOWN":{"severity":"HEALTH_WARN","summary":{"message":"1 osds down","count":1},"muted":false}},"mutes":[]},"election_epoch":24,"quorum":[0,1],"quorum_names":["pve2","pve1"],"quorum_age":4711,
"monmap":{"epoch":3,"min_mon_release_name":"reef","num_mons":3},"osdmap":{"epoch":88,"num_osds":6,"num_up_osds":5,"osd_up_since":1700000000,"num_in_osds":6,"num_remapped_pgs":0},
"pgmap":{"pgs_by_state":[],"num_pgs":129},"fsmap":{"epoch":1,"by_rank":[]},"mgrmap":{"available":true},"servicemap":{},"progress_events":{}}`

func TestCephStatus(t *testing.T) {
	got := snapshot.Ceph{FSID: "of the configuration"}
	want := snapshot.Ceph{
		FSID: "11111111-2222-3333-4444-555555555555", Health: "HEALTH_WARN", Checks: []string{"OSD_DOWN", "PG_DEGRADED"},
		Quorum: []string{"pve1", "pve2"}, OSDsTotal: 6, OSDsUp: 5, OSDsIn: 6,
	}
	if err := CephStatus([]byte(cephStatus), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got, sameStorage); d != "" {
		t.Error(d)
	}
	// Ceph 14 nests the map of OSDs in itself.
	got = snapshot.Ceph{}
	if err := CephStatus([]byte(`{"osdmap":{"osdmap":{"num_osds":3,"num_up_osds":2,"num_in_osds":1}}}`), &got); err != nil || got.OSDsTotal != 3 || got.OSDsUp != 2 || got.OSDsIn != 1 {
		t.Errorf("%+v %v", got, err)
	}
	for _, bad := range []string{"", "timed out", "[]", `{"osdmap":"x"}`} {
		if err := CephStatus([]byte(bad), &got); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestCephVersions(t *testing.T) {
	got, err := CephVersions([]byte(`{"mon":{"ceph version 18.2.4 (e7ad53) reef (stable)":3},"mgr":{"ceph version 18.2.4 (e7ad53) reef (stable)":1},
		"osd":{"ceph version 18.2.4 (e7ad53) reef (stable)":5,"ceph version 17.2.7 (b12291) quincy (stable)":1,"odd":2},"mds":{},"overall":{"ceph version 18.2.4 (e7ad53) reef (stable)":9}}`))
	want := []snapshot.CephVersion{
		{Daemon: "mgr", Version: "18.2.4", Count: 1}, {Daemon: "mon", Version: "18.2.4", Count: 3},
		{Daemon: "osd", Version: "17.2.7", Count: 1}, {Daemon: "osd", Version: "18.2.4", Count: 5},
	}
	if d := cmp.Diff(want, got, sameStorage); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	if _, err := CephVersions([]byte(`{"mon":3}`)); err == nil {
		t.Error("a number is taken for versions")
	}
}

func FuzzCeph(f *testing.F) {
	f.Add([]byte(cephStatus))
	f.Add([]byte(`{"mon":{"ceph version 1 x":-1}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		ceph := snapshot.Ceph{Config: []snapshot.Property{}, Daemons: []string{}, OSDs: []snapshot.CephOSD{}, Versions: []snapshot.CephVersion{}, Checks: []string{}, Quorum: []string{}}
		_ = CephStatus(data, &ceph)
		facts(t, fuzzPath, 0, ceph)
		if ceph.OSDsTotal < 0 || ceph.OSDsUp < 0 || ceph.OSDsIn < 0 {
			t.Fatalf("%+v", ceph)
		}
		versions, _ := CephVersions(data)
		facts(t, fuzzPath, 0, versions)
		for _, v := range versions {
			if v.Count < 1 {
				t.Fatalf("%+v", v)
			}
		}
	})
}
