# METADATA
# scope: package
# title: "Containers start beside the virtual machines that they belong between: {containers}"
# description: |
#  PVE starts containers and VMs in one order, with the delays of startup. Here
#  one unit starts the VMs {vms}, pve-guests or libvirt-start, and each
#  container has a unit of its own. Those that come before all VMs or after
#  them are ordered so; {containers} come between, and start at the same time.
#  What needs the name server, the database or the file share of the other kind
#  comes up without it and stays broken until somebody restarts it.
# custom:
#  id: PVE-CT-013
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: start order of guests
#  equivalent: systemd.services.<name>.after
#  account: none
#  workaround: |
#   Give the containers an order before or after all VMs on PVE (`pct set VMID
#   --startup order=1`), or say the order between the units:
#   systemd.services.lxc-200.before = [ "pve-guests.service" ] for those that
#   VMs need (libvirt-start.service with libvirt), after for those that need a
#   VM.
#  test:
#   before: |
#    `grep -H -E '^(onboot|startup)' /etc/pve/lxc/*.conf
#    /etc/pve/qemu-server/*.conf` on PVE prints one numbering over both.
#   after: |
#    `systemctl list-dependencies --after pve-guests.service` (libvirt-start)
#    names the units of the containers before the VMs, and the services answer
#    without a restart.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_startup_and_shutdown
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/manager.nix
package rules.containers.mixed_order

import data.lib.lxc
import data.lib.pve

findings contains {
	"at": sort([p.at | some p in _lines]),
	"vars": {"containers": pve.numbers(lxc.beside.between), "vms": pve.numbers(_vms)},
} if {
	count(_lines) > 0
}

_lines contains g.config[key] if {
	some vmid in lxc.beside.between
	g := lxc.containers[vmid]
	some key in ["onboot", "startup"]
	g.config[key]
}

_vms contains place[1] if some place in lxc.machines
