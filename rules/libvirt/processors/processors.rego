# METADATA
# scope: package
# title: Processors of domains
# description: |
#  How many processors a guest has and how they are counted, how many are there at
#  its start, which ones of the host they may use, and how much of their time.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#cpu-allocation
#   - https://libvirt.org/formatdomain.html#cpu-tuning
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.libvirt.processors

import data.lib.domains

parts contains {"at": domains.at(g, at), "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	some [at, path, value] in [
		[["cores", "sockets", "smp"], ["vcpu", "value"], domains.sockets(g) * domains.cores(g)],
		[["cores", "sockets", "smp"], ["cpu", "topology"], {"sockets": domains.sockets(g), "cores": domains.cores(g), "threads": 1}],
	]
}

# PVE's hot plugging of processors is what libvirt does with those that are not there at start.
parts contains {"at": [g.config.vcpus.at], "document": domains.document(vmid), "path": ["vcpu", "current"], "value": current} if {
	some vmid, g in domains.list
	current := domains.number(g, "vcpus")
	current > 0
	current < domains.sockets(g) * domains.cores(g)
}

parts contains {"at": [g.config.vcpus.at], "document": domains.document(vmid), "path": ["vcpu", "placement"], "value": "static"} if {
	some vmid, g in domains.list
	domains.number(g, "vcpus") >= domains.sockets(g) * domains.cores(g)
}

parts contains {"at": [g.config.affinity.at], "document": domains.document(vmid), "path": path, "value": set} if {
	some vmid, g in domains.list
	set := domains.value(g, "affinity")
	regex.match(`^[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*$`, set)
	some path in [["vcpu", "cpuset"], ["cputune", "emulatorpin", "cpuset"]]
}

# A period of 100 ms, as PVE writes into cpu.max.
_period := 100000

parts contains {"at": [g.config.cpulimit.at], "document": domains.document(vmid), "path": ["cputune"], "value": {"global_period": _period, "global_quota": round(to_number(limit) * _period)}} if {
	some vmid, g in domains.list
	limit := domains.value(g, "cpulimit")
	regex.match(`^[0-9]{1,4}(\.[0-9]{1,3})?$`, limit)
	to_number(limit) > 0
}

parts contains {"at": [g.config.cpuunits.at], "document": domains.document(vmid), "path": ["cputune", "shares"], "value": min([max([weight, 1]), 10000])} if {
	some vmid, g in domains.list
	weight := domains.number(g, "cpuunits")
}
