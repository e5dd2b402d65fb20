# METADATA
# scope: package
# title: The host name is no valid name of a host
# description: |
#  The name {name} does not follow RFC 1123 (letters, digits, dashes, at most 63). NixOS
#  refuses or cuts it, so networking.hostName is not set, the host gets the name nixos. Where
#  PVE stays it looks for its guests below /etc/pve/nodes/nixos, where none are;
#  certificates, monitoring and other hosts know the old name.
# custom:
#  id: PVE-SYS-001
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: node name
#  equivalent: networking.hostName
#  account: none
#  workaround: |
#   Rename the node as the PVE wiki describes while it still runs PVE,
#   moving its guests to the new folder below /etc/pve/nodes, and capture
#   again.
#  test:
#   before: |
#    `hostname` prints {name}.
#   after: |
#    `hostname` prints a name of letters, digits and dashes, and `ls
#    /etc/pve/nodes/$(hostname)/qemu-server` on the new system lists the
#    guests.
#  phase: prepare
#  sources:
#   - https://www.rfc-editor.org/rfc/rfc1123
#   - https://pve.proxmox.com/wiki/Renaming_a_PVE_node
package rules.system.host_name

import data.lib.guard

findings contains {"at": ["/host/name"], "vars": {"name": input.host.name}} if {
	not guard.host_label(input.host.name)
}
