# METADATA
# scope: package
# title: The order of starts between containers and VMs is lost
# description: |
#  PVE starts {containers} and {vms} in one order, with the delays of startup.
#  On NixOS pve-guests starts the VMs, and something else the containers, at
#  the same time. A VM that needs the name server, the database or the file
#  share of a container, or the other way round, comes up without it and stays
#  broken until somebody restarts it.
# custom:
#  id: PVE-CT-013
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: start order of guests
#  equivalent: systemd.services.<name>.after
#  account: none
#  workaround: |
#   Say the order between the units: the units of the containers that VMs need
#   before pve-guests.service, those that need a VM after it, for example
#   systemd.services.pve-guests.after = [ "lxc-200.service" ] with the same in
#   wants. Where a delay was set with up=, put a sleep into ExecStartPost of
#   the unit.
#  test:
#   before: |
#    `grep -H -E '^(onboot|startup)' /etc/pve/lxc/*.conf
#    /etc/pve/qemu-server/*.conf` on PVE prints one numbering over both.
#   after: |
#    `systemd-analyze critical-chain pve-guests.service` on the trial system
#    names the units of the containers before the VMs, and the services answer
#    without a restart.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_startup_and_shutdown
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/manager.nix
package rules.containers.mixed_order

import data.lib.facts
import data.lib.pve

_started(list) := {vmid: g |
	some vmid, g in list
	facts.truthy(g.config.onboot.property.value)
}

_containers := _started(pve.containers)

_vms := _started(pve.vms)

_ordered contains g.config.startup.at if {
	some list in [_containers, _vms]
	some g in list
	facts.field(g.config.startup.property, "order")
}

findings contains {
	"at": sort(_ordered),
	"vars": {"containers": pve.numbers(object.keys(_containers)), "vms": pve.numbers(object.keys(_vms))},
} if {
	count(_containers) > 0
	count(_vms) > 0
	count(_ordered) > 0
}
