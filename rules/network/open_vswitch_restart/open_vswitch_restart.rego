# METADATA
# scope: package
# title: Open vSwitch bridges are made anew by a service
# description: |
#  On NixOS a service NAME-netdev deletes and makes {bridges} whenever it starts. A
#  nixos-rebuild switch that changes the bridge, or a restart of ovs-vswitchd,
#  takes the ports of running guests out of it; they have no network until they
#  are stopped and started. PVE changes an Open vSwitch bridge in place.
# custom:
#  id: PVE-NET-014
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Open vSwitch
#  equivalent: networking.vswitches
#  account: none
#  workaround: |
#   Change Open vSwitch bridges only with guests migrated or stopped, and use
#   `nixos-rebuild boot` with a reboot for such changes. Set
#   systemd.services."NAME-netdev".restartIfChanged = false for each bridge.
#  test:
#   before: |
#    `systemctl restart vmbr0-netdev` with a guest running in the trial boot; then
#    `ovs-vsctl list-ports vmbr0` prints no tap of it.
#   after: |
#    `ovs-vsctl list-ports vmbr0` prints the tap before and after `nixos-rebuild
#    switch`.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=networking.vswitches
#   - https://pve.proxmox.com/wiki/Open_vSwitch
package rules.network.open_vswitch_restart

import data.lib.network

findings contains {"at": sort([network.interfaces[n].at | some n in names]), "vars": {"bridges": concat(", ", sort(names))}} if {
	names := {name |
		some name, n in network.interfaces
		n.kind == "ovs-bridge"
	}
	count(names) > 0
}
