# METADATA
# scope: package
# title: Corosync neither encrypts nor checks who speaks
# description: |
#  corosync.conf sets no secauth and no cipher or hash, so /etc/corosync/authkey is not used:
#  any machine in that network that takes the address of a member can join, vote and change
#  /etc/pve, which means root on all nodes. A trial system with a wrong address or the old
#  disk of a replaced node is such a machine.
# custom:
#  id: PVE-CLU-010
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: corosync
#  account: none
#  workaround: |
#   With HA empty, set `secauth: on` in the totem section of /etc/pve/corosync.conf and raise
#   config_version; make the key with `corosync-keygen` on one node and copy it to the others
#   first. Restart corosync on all nodes together.
#  test:
#   before: |
#    `corosync-cmapctl -g totem.secauth` prints nothing or off.
#   after: |
#    It prints on, and `corosync-cfgtool -s` on every node shows all others as connected.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
#   - https://manpages.debian.org/trixie/corosync/corosync.conf.5.en.html
package rules.cluster.no_key

import data.lib.cluster

findings contains {"at": sort(at), "vars": {}} if {
	cluster.lines["totem.version"]
	not _secauth
	not _set("totem.crypto_cipher")
	not _set("totem.crypto_hash")
	not _old
	at := [cluster.lines[key].at | some key in ["totem.crypto_cipher", "totem.crypto_hash", "totem.secauth", "totem.version"]]
}

# The transports of the second version have a finding of their own, and know no key.
_old if cluster.value("totem.transport") in {"udp", "udpu"}

_secauth if cluster.value("totem.secauth") == "on"

_set(key) if cluster.value(key) != "none"
