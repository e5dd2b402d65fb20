# METADATA
# scope: package
# title: Serial and parallel ports of domains
# description: |
#  A socket of PVE becomes a terminal that virsh console opens; devices of the host
#  keep their names.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#serial-port
#   - https://libvirt.org/formatdomain.html#parallel-port
package rules.libvirt.ports

import data.lib.domains
import data.lib.guard

parts contains {"at": [p.at], "document": domains.document(vmid), "path": ["devices", "serials", key], "value": value} if {
	some vmid, g in domains.list
	some key, p in g.config
	regex.match(`^serial[0-3]$`, key)
	number := to_number(trim_prefix(key, "serial"))
	value := object.union(_backend(p.property.value), {"target": {"type": "isa-serial", "port": number, "model": {"name": "isa-serial"}}, "alias": {"name": concat("", ["ua-", key])}})
}

_backend("socket") := {"type": "pty"}

_backend(path) := {"type": "dev", "source": {"path": path}} if guard.device(path)

# The kind of backend follows from libvirt's own name of the port: no alias.
parts contains {"at": [p.at], "document": domains.document(vmid), "path": ["devices", "parallels", key], "value": value} if {
	some vmid, g in domains.list
	some key, p in g.config
	regex.match(`^parallel[0-2]$`, key)
	value := object.union(_backend(p.property.value), {"target": {"port": to_number(trim_prefix(key, "parallel"))}})
	value.type == "dev"
}
