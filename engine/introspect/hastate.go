package introspect

import (
	"slices"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// collectHA reads how high availability is set up, and what its manager has decided last.
func (a *area) collectHA(out *snapshot.Cluster) {
	out.HAResources = a.sections("ha/resources.cfg", formats.HAResources)
	out.HAGroups = a.sections("ha/groups.cfg", formats.HAGroups)
	out.HARules = a.sections("ha/rules.cfg", formats.HARules)
	// The file of fence devices has the passwords of these among its words: that it is there is all that is told of it.
	out.Fencing = a.capture.exists(pveDir + "/ha/fence.cfg")

	const manager = pveDir + "/ha/manager_status"
	var status formats.HAStatus
	if data, ok := a.may(manager); ok {
		var err error
		status, err = formats.HAManagerStatus(data)
		a.parsed(manager, err)
	}
	out.HAManager, out.HAState = status.Manager, status.Services
	for i := range out.Nodes {
		node := &out.Nodes[i]
		node.HAState = status.Nodes[node.Name]
		if !plainName(node.Name) {
			continue
		}
		local := pveDir + "/nodes/" + node.Name + "/lrm_status"
		if data, ok := a.may(local); ok {
			mode, err := formats.HANodeMode(data)
			a.parsed(local, err)
			node.HAMode = mode
		}
	}
}

// collectMembership asks pmxcfs which members of the cluster are there. What a copy says of that is over.
func (a *area) collectMembership(out *snapshot.Cluster) {
	const members = pveDir + "/.members"
	if !a.capture.host.Live() {
		return
	}
	data, ok := a.may(members)
	if !ok {
		return
	}
	found, err := formats.Members(data)
	a.parsed(members, err)
	out.Quorate = found.Quorate
	for i := range out.Nodes {
		if online, known := found.Online[out.Nodes[i].Name]; known {
			out.Nodes[i].Online = &online
		}
	}
}

// plainName says whether the name of a node is that of a directory, and no way out of it.
func plainName(name string) bool {
	return name != "" && name != "." && name != ".." && !slices.Contains([]byte(name), '/')
}
