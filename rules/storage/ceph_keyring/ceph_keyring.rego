# METADATA
# scope: package
# title: One keyring is named for all daemons of Ceph
# description: |
#  [global] of ceph.conf sets keyring to {path}. It holds for every daemon
#  and client, the crash reporter and the metadata servers included, which
#  then look for their key in the file of the administrator and are refused.
#  On NixOS daemons run as the user ceph from the start and cannot read a
#  file of root.
# custom:
#  id: PVE-STO-070
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: Ceph
#  account: none
#  workaround: |
#   Move the line from [global] to [client] in /etc/pve/ceph.conf; daemons
#   find theirs at /var/lib/ceph/TYPE/ceph-ID/keyring by themselves.
#  test:
#   before: |
#    `grep -n -A20 "^.global" /etc/pve/ceph.conf` on PVE shows a line
#    keyring.
#   after: |
#    The line is in [client], and `ceph -s` and `systemctl is-active
#    "ceph-*"` print no failure on the trial system.
#  phase: boot
#  sources:
#   - https://docs.ceph.com/en/latest/rados/configuration/auth-config-ref/
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.storage.ceph_keyring

findings contains {"at": [sprintf("/storage/ceph/config/%d", [i])], "vars": {"path": p.value}} if {
	count(input.storage.ceph.daemons) > 0
	some i, p in input.storage.ceph.config
	p.key == "global.keyring"
}
