# METADATA
# title: Whether the vote of a quorum device reaches this node
# description: Corosync gets it from a daemon of its own, which is built of its sources and runs beside it.
package lib.qdevice

import data.lib.pve

# METADATA
# title: Whether the daemon runs on the new system
kept if {
	data.target == "proxmox"
	pve.qdevice
	models == {"net"}
	not declined
}

# METADATA
# title: Kinds of quorum devices
models contains p.value if {
	some p in input.cluster.corosync
	p.key == "quorum.device.model"
}

# METADATA
# title: Whether the answers decline the bridge
declined if data.answers.bridges.cluster == "no"
