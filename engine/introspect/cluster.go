package introspect

import (
	"cmp"
	"errors"
	"slices"

	"github.com/pve2nix/pve2nix/engine/introspect/formats"
	"github.com/pve2nix/pve2nix/engine/snapshot"
)

// errStagedCorosync is the anomaly of a configuration that somebody began to change.
var errStagedCorosync = errors.New("staged-file: a change of corosync.conf was begun and not put in its place")

// errOtherCorosync is the anomaly of a node that missed a change, or whose own file somebody edited.
var errOtherCorosync = errors.New("local-copy: differs from the corosync.conf that the cluster shares")

// collectCluster reads corosync's configuration, what each node is set to, HA and replication.
func collectCluster(c *capture) {
	a := c.area("cluster", sourceFile)
	out := &c.out.Cluster
	file := corosyncFile(c)
	if data, ok := a.want(file, c.pveWhole()); ok {
		var err error
		out.Corosync, out.Nodes, out.Name, out.Links, out.QDevice, err = formats.Corosync(file, data)
		a.parsed(file, err)
	}
	if staged := pveDir + "/corosync.conf.new"; c.exists(staged) {
		a.note(staged+":1", errStagedCorosync)
	}
	if same, err := sameContent(c, localCorosync, file); err == nil && !same {
		a.note(localCorosync+":1", errOtherCorosync)
	}
	// A node that corosync does not name is a leftover, or this host on its own.
	directories := a.directory(pveDir + "/nodes")
	for _, node := range directories {
		if !slices.ContainsFunc(out.Nodes, func(n snapshot.ClusterNode) bool { return n.Name == node }) {
			out.Nodes = append(out.Nodes, snapshot.ClusterNode{Name: node})
		}
	}
	for i := range out.Nodes {
		node := &out.Nodes[i]
		node.Local = node.Name == c.out.Host.Name
		// corosync.conf could name a path; only a directory that was listed is looked into.
		if slices.Contains(directories, node.Name) {
			node.Config = a.nodeConfig(node.Name)
		}
	}
	slices.SortFunc(out.Nodes, func(a, b snapshot.ClusterNode) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name))
	})
	a.collectHA(out)
	a.collectMembership(out)
	out.Replication = a.sections("replication.cfg", formats.Replication)
}

// nodeConfig reads the settings of a node, which few nodes have.
func (a *area) nodeConfig(node string) []snapshot.Property {
	file := pveDir + "/nodes/" + node + "/config"
	data, ok := a.may(file)
	if !ok {
		return nil
	}
	a.anomalies(formats.KeyValueAnomalies(file, data))
	return formats.KeyValues(file, data)
}

// localCorosync is what corosync itself reads.
const localCorosync = "/etc/corosync/corosync.conf"

// corosyncFile is the copy of the cluster, or the one that corosync itself reads.
func corosyncFile(c *capture) string {
	const shared = pveDir + "/corosync.conf"
	if !c.exists(shared) && c.exists(localCorosync) {
		return localCorosync
	}
	return shared
}
