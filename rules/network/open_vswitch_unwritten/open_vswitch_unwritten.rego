# METADATA
# scope: package
# title: A bridge of Open vSwitch is in no file
# description: |
#  {bridges} is in the database of Open vSwitch and not in /etc/network/interfaces.
#  PVE deletes that database at each boot, so that a script, a controller or a person
#  makes the bridge again after it. NixOS makes the bridges of the configuration;
#  this one, with its tunnels and mirrors, is not there.
# custom:
#  id: PVE-NET-054
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Open vSwitch
#  equivalent: networking.vswitches
#  account: none
#  workaround: |
#   Find out what makes it (`grep -rn ovs-vsctl /etc /usr/local`), and declare it in
#   networking.vswitches with its ports in interfaces and the rest in extraOvsctlCmds;
#   or write it into /etc/network/interfaces on PVE and capture again.
#  test:
#   before: |
#    `ovs-vsctl list-br` on PVE prints the bridge, `grep -c BRIDGE
#    /etc/network/interfaces` prints 0.
#   after: |
#    `ovs-vsctl list-ports BRIDGE` prints the same ports on PVE and in the trial
#    boot.
#  phase: boot
#  sources:
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=services/pvenetcommit.service
#   - https://pve.proxmox.com/wiki/Open_vSwitch
#   - https://search.nixos.org/options?query=networking.vswitches
package rules.network.open_vswitch_unwritten

import data.lib.network

_bridges[b.name] contains sprintf("/network/ovs/bridges/%d", [i]) if {
	some i, b in input.network.ovs.bridges
	not network.interfaces[b.name]
}

findings contains {"at": sort([at | some places in _bridges; some at in places]), "vars": {"bridges": concat(", ", sort(object.keys(_bridges)))}} if {
	count(input.network.interfaces) > 0
	count(_bridges) > 0
}
