package main

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pve2nix/pve2nix/engine/execute"
	"github.com/pve2nix/pve2nix/engine/plan"
	"github.com/pve2nix/pve2nix/engine/validate"
)

// What the commit brings is not asked for before it; all else is.
func TestChecksOfATrial(t *testing.T) {
	start, err := plan.NewStep("commit.start", plan.OnTrial, plan.StartUnits{Units: []string{"lxc-200.service", "libvirt-start.service"}})
	if err != nil {
		t.Fatal(err)
	}
	check := func(kind, subject, params string) validate.Check {
		return validate.Check{ID: kind + " " + subject, Kind: kind, Subject: subject, Required: true, Params: json.RawMessage(params)}
	}
	var left []string
	for _, c := range checksOfTrial([]validate.Check{
		check("unit-active", "sshd.service", `{"unit":"sshd.service"}`),
		check("unit-active", "libvirt-start.service", `{"unit":"libvirt-start.service"}`),
		check("guest-present", "qemu 100", `{"vmid":100,"type":"qemu","manager":"libvirt","name":"web"}`),
		check("guest-present", "qemu 101", `{"vmid":101,"type":"qemu"}`),
		check("guest-present", "qemu 102", `{"vmid":102,"type":"qemu","manager":"incus","name":"db"}`),
		check("guest-present", "lxc 200", `{"vmid":200,"type":"lxc","manager":"lxc"}`),
		check("guest-running", "qemu 100", `{"vmid":100,"type":"qemu","manager":"libvirt","name":"web"}`),
		check("gateway-reachable", "192.0.2.1", `{}`),
		check("mount", "/mnt/pve/shared", `{"target":"/mnt/pve/shared","type":"ceph"}`),
	}, &execute.Trial{Steps: []plan.Step{start}}) {
		left = append(left, c.ID)
	}
	if d := cmp.Diff([]string{"unit-active sshd.service", "guest-present qemu 100", "guest-present qemu 101", "gateway-reachable 192.0.2.1", "mount /mnt/pve/shared"}, left); d != "" {
		t.Error(d)
	}
	osds, err := plan.NewStep("commit.start", plan.OnTrial, plan.StartUnits{Units: []string{"ceph-osd-0.service"}})
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := plan.NewStep("commit.jobs", plan.OnTrial, plan.StartJobs{Units: []string{"cron.service"}})
	if err != nil {
		t.Fatal(err)
	}
	got := checksOfTrial([]validate.Check{
		check("unit-active", "cron.service", `{"unit":"cron.service"}`),
		check("mount", "/mnt/pve/shared", `{"target":"/mnt/pve/shared","type":"ceph"}`), check("mount", "/srv", `{"target":"/srv","type":"xfs"}`),
	}, &execute.Trial{Steps: []plan.Step{osds, jobs}})
	if len(got) != 1 || got[0].Subject != "/srv" {
		t.Errorf("%+v", got)
	}
}

// The guard reads the checks that validate writes, and a required one that fails, or cannot be made, counts.
func TestGuardValidates(t *testing.T) {
	baseline := validate.Baseline{Target: "libvirt", Checks: []validate.Check{
		{ID: "host-name", Kind: "host-name", Subject: "host", Required: true, Params: json.RawMessage(`{"name":"no-host-is-called-so"}`), At: []string{}},
		{ID: "no-such-kind x", Kind: "no-such-kind", Subject: "x", Required: true, Params: json.RawMessage(`{}`), At: []string{}},
	}}
	file, err := baseline.JSON()
	if err != nil {
		t.Fatal(err)
	}
	checks, err := guardChecks(context.Background(), &execute.Trial{}, file)
	if err != nil {
		t.Fatal(err)
	}
	if len(checks) != 2 {
		t.Fatalf("%+v", checks)
	}
	for _, c := range checks {
		if !c.Required || !c.Failed || c.Text == "" {
			t.Errorf("%+v", c)
		}
	}
	if _, err := guardChecks(context.Background(), &execute.Trial{}, []byte("{")); err == nil {
		t.Error("a torn file is read")
	}
}
