# METADATA
# scope: package
# title: A bridge may get another hardware address
# description: |
#  The hardware address of {bridges} is not in the snapshot. PVE gives a bridge
#  the address of its first port; systemd makes one up from the machine id. A DHCP
#  reservation, a switch with port security or a provider that filters addresses
#  then no longer knows the host.
# custom:
#  id: PVE-NET-003
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: bridges and bonds
#  equivalent: systemd.network.netdevs.<name>.netdevConfig.MACAddress
#  account: none
#  workaround: |
#   Capture on the running host, or set
#   systemd.network.netdevs."10-vmbr0".netdevConfig.MACAddress to what
#   `cat /sys/class/net/vmbr0/address` prints on PVE.
#  test:
#   before: |
#    `grep MACAddress hosts/HOST/networking.nix` prints nothing for the bridge.
#   after: |
#    `cat /sys/class/net/vmbr0/address` prints the same on PVE and in the trial
#    boot.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.bridge_address_unknown

import data.lib.network

findings contains {"at": sort([network.interfaces[name].at | some name in names]), "vars": {"bridges": concat(", ", sort(names))}} if {
	names := {name |
		some name, n in network.interfaces
		n.kind in {"bridge", "bond", "ovs-bridge"}
		count(network.members[name]) > 0
		not network.mac(name)
	}
	count(names) > 0
}
