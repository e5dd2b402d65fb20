# METADATA
# scope: package
# title: "Network cards have other names inside of VMs: {vmids}"
# description: |
#  Incus builds its machines in its own way: always Q35, with each card behind a port
#  of its own. A Linux guest that knew its card as ens18 has it as enp5s0, Windows
#  finds a new adapter. A configuration that goes by the old name or adapter leaves
#  the guest without an address.
# custom:
#  id: PVE-INC-010
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: network inside of VMs
#  account: none
#  workaround: |
#   While PVE runs, make the guest go by the MAC address, which stays: netplan with
#   match and macaddress, systemd.link with MACAddress= and Name=ens18, a connection
#   of NetworkManager with mac-address in place of interface-name; in Windows write
#   down the addresses or change to DHCP with a reservation. The console always
#   reaches the guest: `incus console NAME --type=vga`.
#  test:
#   before: |
#    `grep -r ens18 /etc/network /etc/netplan` in the guest prints its configuration.
#   after: |
#    `ip -br address` in the guest on the trial system prints the address on a card
#    that is UP.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/drivers/driver_qemu.go
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.net-naming-scheme.html
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_nic/
package rules.incus.guest_card_names

import data.lib.incus
import data.lib.pve

_vms[vmid] := g if {
	some vmid, g in pve.vms
	count(incus.cards_of[vmid]) > 0
}

findings contains {"at": sort([g.at | some g in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
