package api_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/api"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// rights is an access control in the words of user.cfg.
func rights() snapshot.Access {
	acl := func(path string, propagate bool, subject string, roles ...string) snapshot.ACL {
		return snapshot.ACL{Path: path, Propagate: propagate, Subjects: []string{subject}, Roles: roles}
	}
	user := func(id string) snapshot.AccessUser { return snapshot.AccessUser{ID: id, Enabled: true} }
	return snapshot.Access{
		Users: []snapshot.AccessUser{
			user("joe@pve"), user("max@pve"), user("ann@pve"), {ID: "off@pve"}, {ID: "old@pve", Enabled: true, Expire: 1_000},
		},
		Groups: []snapshot.AccessGroup{{ID: "ops", Users: []string{"max@pve", "ann@pve"}}, {ID: "dev", Users: []string{"ann@pve"}}},
		Roles:  []snapshot.AccessRole{{ID: "Look", Privileges: []string{"VM.Audit"}}, {ID: "Push", Privileges: []string{"VM.PowerMgmt"}}, {ID: "PVEAuditor", Privileges: []string{"Sys.Modify"}}},
		Pools:  []snapshot.Pool{{ID: "lab", Guests: []string{"300", "301"}, Storages: []string{"tank"}}, {ID: "lab/deep", Guests: []string{"310"}}},
		ACLs: []snapshot.ACL{
			acl("/vms", true, "joe@pve", "Look"),
			acl("/vms/100", true, "joe@pve", "Push"),
			acl("/vms/200", false, "joe@pve", "NoAccess"),
			acl("/nodes", false, "joe@pve", "PVEAuditor"),
			acl("/vms/100", true, "@ops", "Look"),
			acl("/vms/100", true, "@dev", "Push"),
			acl("/vms", true, "max@pve", "Push"),
			acl("/vms", true, "@ops", "Look"),
			acl("/pool/lab", true, "max@pve", "Look"),
			acl("/pool/lab", true, "ann@pve", "NoAccess"),
			acl("/vms/300", false, "ann@pve", "Push"),
			acl("/vms", true, "joe@pve!sep", "Look", "Push"),
			acl("/nodes/", true, "root@pam!sep", "PVEAuditor"),
		},
		Tokens: []snapshot.AccessToken{
			{ID: "joe@pve!sep", PrivilegeSeparation: true}, {ID: "joe@pve!full"}, {ID: "joe@pve!old", Expire: 1_000}, {ID: "off@pve!t"},
			{ID: "root@pam!sep", PrivilegeSeparation: true}, {ID: "root@pam!full"},
		},
	}
}

// The rules of PVE: what is deeper stands, users before groups, groups add up, NoAccess ends it, pools add for the object alone,
// and a separated token has what both it and its user have.
func TestPrivilegesFollowTheRulesOfPVE(t *testing.T) {
	a := api.NewAccess(rights(), knowledge(t).Roles)
	for _, c := range []struct {
		why, user, path string
		want            []string
	}{
		{"by propagation", "joe@pve", "/vms/999", []string{"VM.Audit"}},
		{"the deeper path overrides", "joe@pve", "/vms/100", []string{"VM.PowerMgmt"}},
		{"no access", "joe@pve", "/vms/200", nil},
		{"without propagation it holds at the path", "joe@pve", "/nodes", []string{"Datastore.Audit", "Mapping.Audit", "Pool.Audit", "SDN.Audit", "Sys.Audit", "VM.Audit", "VM.GuestAgent.Audit"}},
		{"and not below", "joe@pve", "/nodes/pve", nil},
		{"slashes count once", "joe@pve", "//vms//999/", []string{"VM.Audit"}},
		{"the user goes before his groups at one path", "max@pve", "/vms/1", []string{"VM.PowerMgmt"}},
		{"a group at a deeper path overrides the user above", "max@pve", "/vms/100", []string{"VM.Audit"}},
		{"groups add up", "ann@pve", "/vms/100", []string{"VM.Audit", "VM.PowerMgmt"}},
		{"a pool adds", "max@pve", "/vms/300", []string{"VM.Audit", "VM.PowerMgmt"}},
		{"a pool below another", "max@pve", "/vms/310", []string{"VM.Audit", "VM.PowerMgmt"}},
		{"storages of a pool", "max@pve", "/storage/tank", []string{"VM.Audit"}},
		{"no access by the pool takes all", "ann@pve", "/vms/300", nil},
		{"a separated token has what both have", "joe@pve!sep", "/vms/999", []string{"VM.Audit"}},
		{"also deeper", "joe@pve!sep", "/vms/100", []string{"VM.PowerMgmt"}},
		{"nothing where it has nothing", "joe@pve!sep", "/nodes", nil},
		{"a full token has what its user has", "joe@pve!full", "/vms/100", []string{"VM.PowerMgmt"}},
		{"a separated token of root has its own", "root@pam!sep", "/nodes/pve", []string{"Datastore.Audit", "Mapping.Audit", "Pool.Audit", "SDN.Audit", "Sys.Audit", "VM.Audit", "VM.GuestAgent.Audit"}},
		{"and no more", "root@pam!sep", "/vms/100", nil},
		{"an unknown token has nothing", "joe@pve!none", "/vms/100", nil},
		{"an unknown token of root has nothing", "root@pam!none", "/vms/100", nil},
		{"an unknown user has nothing", "eve@pve", "/vms/100", nil},
	} {
		var got []string
		for p := range a.Privileges(c.user, c.path) {
			got = append(got, p)
		}
		slices.Sort(got)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s on %s (-want +got):\n%s", c.why, c.user, c.path, diff)
		}
	}
	for _, id := range []string{"root@pam", "root@pam!full"} {
		if !a.Can(id, "/anything", "Permissions.Modify") {
			t.Errorf("%s may not do everything", id)
		}
	}
	if a.Can("joe@pve", "/vms/100", "VM.Audit") {
		t.Error("what a deeper path takes away is there")
	}
}

func TestWhoMayLogIn(t *testing.T) {
	a := api.NewAccess(rights(), nil)
	for id, want := range map[string]bool{
		"joe@pve": true, "off@pve": false, "old@pve": false, "eve@pve": false, "root@pam": true, "joe@pve!sep": true, "joe@pve!old": false,
		"joe@pve!none": false, "off@pve!t": false, "root@pam!full": true, "root@pam!none": false, "joe@pve!": false,
	} {
		if got := a.MayLogIn(id, time.Unix(2_000, 0)); got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
	if !a.MayLogIn("joe@pve!old", time.Unix(500, 0)) {
		t.Error("a token ends before its time")
	}
}
