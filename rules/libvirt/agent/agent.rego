# METADATA
# scope: package
# title: Channels of the guest agent
# description: |
#  The socket that qemu-guest-agent inside listens on, in the slot that PVE gives
#  its adapter.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#channel
#   - https://pve.proxmox.com/wiki/Qemu-guest-agent
package rules.libvirt.agent

import data.lib.domains
import data.lib.pcibus

parts contains {"at": [g.config.agent.at], "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	domains.agent(g)
	some [path, value] in [
		[["devices", "controllers", "qga0"], {"type": "virtio-serial", "index": 0, "address": pcibus.address(vmid, "qga0")}],
		[["devices", "channels", "agent"], {
			"type": "unix",
			"source": {"mode": "bind"},
			"target": {"type": "virtio", "name": "org.qemu.guest_agent.0"},
			"address": {"type": "virtio-serial", "controller": "0", "bus": "0", "port": "1"},
		}],
	]
}
