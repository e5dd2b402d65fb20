# METADATA
# scope: package
# title: Guests are shut down in no order
# description: |
#  PVE shuts guests down in the reverse of their order of start, each with a time
#  of its own ({vmids} name one), and stops it hard after that. libvirt-guests
#  asks one guest after the other, in the order of its list, waits {seconds}
#  seconds at most for each, and leaves a guest that does not react to the end of
#  the host. A database can go before the guests that use it.
# custom:
#  id: PVE-LV-011
#  kind: gap
#  category: feature
#  severity: minor
#  component: start and shutdown of guests
#  account: none
#  workaround: |
#   Shut guests that others need down last from the ExecStop of a unit of their
#   own that is ordered after libvirtd.service, or make their users stand it.
#   Install the guest agent where ACPI is ignored.
#  test:
#   before: |
#    `qm config VMID | grep startup` on PVE prints the order.
#   after: |
#    `journalctl -b -1 -u libvirt-guests` after a reboot of the trial system shows
#    all guests shut down.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/manpages/libvirt-guests.html
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_startup_and_shutdown
package rules.libvirt.shutdown_order

import data.lib.domains
import data.lib.facts
import data.lib.pve

_vms[vmid] := g.config.startup.at if {
	some vmid, g in pve.vms
	some field in ["down", "order"]
	domains.whole(facts.field(g.config.startup.property, field)) > 0
}

_seconds := max({180} | {down | some g in domains.list; down := domains.whole(facts.field(g.config.startup.property, "down"))})

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms)), "seconds": _seconds}} if count(_vms) > 0
