package plan

import (
	"fmt"
)

// Said is what rules say of the conversion of a host: the elements of their sets
// "plans", merged. What a Proxmox VE keeps where is theirs to know.
type Said struct {
	Layout Layout `json:"layout"`
	Boot   Boot   `json:"boot"`
	// Save are what the checkpoint holds.
	Save Saves `json:"save"`
	// CephFlags are set while the host is away.
	CephFlags []string `json:"ceph_flags"`
	// OSDs are the numbers of those of this host.
	OSDs []int `json:"osds"`
	// Maintenance is the node that the HA manager is to leave alone; empty where there is none.
	Maintenance string `json:"maintenance,omitempty"`
	// Clone is the clone of Proxmox VE's root that is made; nil where none is.
	Clone *Clone `json:"clone,omitempty"`
	// Kernel is the one of Proxmox VE that gets an entry of its own; nil where none does.
	Kernel *Kernel `json:"kernel,omitempty"`
	// Start are the units that are started once the trial is committed, in their order.
	Start []string `json:"start"`
	// Jobs are the units of jobs by the clock that are started after them.
	Jobs []string `json:"jobs"`
}

// Saves are what a checkpoint holds.
type Saves struct {
	Files     []string `json:"files"`
	Disks     []string `json:"disks"`
	Groups    []string `json:"groups"`
	Pools     []string `json:"pools"`
	Databases []string `json:"databases"`
}

// Possible says whether there is a way to convert the host at all: a place for the side root, and a way to start it.
func (s Said) Possible() bool {
	return s.Layout.Kind != "" && s.Layout.Kind != "none" && s.Boot.Kind != "" && s.Boot.Kind != "none"
}

// Steps are the steps of a conversion, in order; none where it is not possible.
func Steps(s Said, files []CarriedFile) ([]Step, error) {
	if !s.Possible() {
		return []Step{}, nil
	}
	var out []Step
	var failed error
	add := func(id, where string, a Action) {
		step, err := NewStep(id, where, a)
		if err != nil && failed == nil {
			failed = err
		}
		out = append(out, step)
	}
	// 1. What everything can be taken back to.
	add("checkpoint.files", OnPVE, SaveFiles{Paths: orEmpty(s.Save.Files), ESPs: s.Boot.ESPs})
	if len(s.Save.Disks) > 0 {
		add("checkpoint.disks", OnPVE, SavePartitions{Disks: s.Save.Disks})
	}
	for _, g := range s.Save.Groups {
		add("checkpoint.group."+g, OnPVE, SaveVolumeGroup{Group: g})
	}
	for _, p := range s.Save.Pools {
		add("checkpoint.pool."+p, OnPVE, SavePool{Pool: p})
	}
	for i, d := range s.Save.Databases {
		add(fmt.Sprintf("checkpoint.database.%d", i+1), OnPVE, SaveDatabase{Path: d})
	}
	// 2. The new root, complete, before anything can start it.
	add("root.create", OnPVE, CreateRoot{Layout: s.Layout})
	add("root.mount", OnPVE, MountRoot{Layout: s.Layout})
	add("install.closure", OnPVE, ImportClosure{})
	if len(files) > 0 {
		add("install.state", OnPVE, CarryFiles{Files: files})
	}
	// 3. The rest of the cluster is told that the host goes away; the guard is told what was set before.
	for _, f := range s.CephFlags {
		add("ceph."+f, OnPVE, SetCephFlag{Flag: f})
	}
	if s.Maintenance != "" {
		add("ha.maintenance", OnPVE, SetMaintenance{Node: s.Maintenance})
	}
	add("install.guard", OnPVE, InstallGuard{})
	// 4. A way to start it, which nothing takes yet.
	add("boot.stage", OnPVE, StageBoot{Boot: s.Boot, Layout: s.Layout})
	if s.Kernel != nil {
		k := *s.Kernel
		k.Modules, k.Parameters = orEmpty(k.Modules), orEmpty(k.Parameters)
		add("boot.kernel", OnPVE, StageKernel{Boot: s.Boot, Kernel: k})
	}
	add("root.unmount", OnPVE, UnmountRoot{})
	// As late as can be: what changes on Proxmox VE after it is not in it.
	if s.Clone != nil {
		add("root.clone", OnPVE, CloneRoot{Clone: *s.Clone})
	}
	// 5. Once.
	add("trial.arm", OnPVE, ArmTrial{Boot: s.Boot})
	add("trial.restart", OnPVE, Reboot{})
	// 6. On the new system, when somebody outside has seen it.
	add("commit.default", OnTrial, SetDefault{Boot: s.Boot})
	if len(s.Start) > 0 {
		add("commit.start", OnTrial, StartUnits{Units: s.Start})
	}
	if len(s.Jobs) > 0 {
		add("commit.jobs", OnTrial, StartJobs{Units: s.Jobs})
	}
	// 7. Last, so that nothing after it can fail.
	for _, f := range s.CephFlags {
		add("commit.ceph."+f, OnTrial, EndCephFlag{Flag: f, Set: "ceph." + f, OSDs: append([]int{}, s.OSDs...)})
	}
	return out, failed
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
