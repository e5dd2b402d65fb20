# METADATA
# scope: package
# title: "{count} updates wait, {pve} of them of Proxmox VE and its kernel"
# description: |
#  The host is converted from a state that Proxmox no longer supports in places. Migrations
#  of configuration that packages make when they are updated have not run; pve8to9 asks for a
#  host without pending updates for the same reason. What is captured now describes a system
#  that differs from the one after `apt full-upgrade`.
# custom:
#  id: PVE-PKG-011
#  kind: pitfall
#  category: package
#  severity: minor
#  component: updates
#  account: none
#  workaround: |
#   `apt update && apt full-upgrade`, reboot when a kernel was among them, watch the guests
#   for a day, and capture again.
#  test:
#   before: |
#    `apt list --upgradable` lists {count} packages.
#   after: |
#    `apt list --upgradable` prints "Listing..." and nothing else.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#system_software_updates
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.packages.updates_waiting

import data.lib.facts

_pve := {u.name |
	some u in input.updates
	regex.match(`^(pve-|proxmox-|libpve|libproxmox|qemu-server|lxc-pve|zfs|libzfs|corosync|ceph|spl$)`, u.name)
}

findings contains {"at": ["/updates"], "vars": {"count": count(input.updates), "pve": count(_pve)}} if {
	"packages.updates" in facts.known
	count(input.updates) > 0
}
