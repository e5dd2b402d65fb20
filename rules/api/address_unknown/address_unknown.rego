# METADATA
# scope: package
# title: The address of the node is not known
# description: |
#  services.proxmox-ve.ipAddress has no default, and neither /etc/hosts, corosync nor the
#  interfaces give an address for {host}. The configuration does not evaluate until it is
#  set; with a wrong one pmxcfs does not start, and without it there is no /etc/pve and no
#  guest.
# custom:
#  id: PVE-API-001
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: address of the node
#  equivalent: services.proxmox-ve.ipAddress
#  account: none
#  workaround: |
#   Put a line "ADDRESS {host}.DOMAIN {host}" into /etc/hosts on PVE and capture again, or
#   set services.proxmox-ve.ipAddress by hand to the address under which the web interface
#   is opened. With DHCP the address must be reserved for this host.
#  test:
#   before: |
#    `getent ahosts {host}` prints no address, or one of 127.0.0.0/8.
#   after: |
#    `nix build` of the configuration passes, and on the trial system the
#    command prints the address of the web interface.
#  phase: convert
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/modules/proxmox-ve/default.nix
package rules.api.address_unknown

import data.lib.facts
import data.lib.pve

findings contains {"at": ["/host/name"], "vars": {"host": input.host.name}} if {
	facts.packages["pve-manager"]
	not pve.address
}
