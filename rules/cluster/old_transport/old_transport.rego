# METADATA
# scope: package
# title: "Corosync uses the transport {transport} of its second version"
# description: |
#  corosync.conf asks for {transport}. It knows one link and neither encryption nor a key:
#  further links, link_mode and secauth in the same file have no effect, and every machine in
#  that network can join. `pve8to9` refuses such a cluster. The converted node takes the file
#  over and speaks the same.
# custom:
#  id: PVE-CLU-009
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: corosync
#  account: none
#  workaround: |
#   Go over to knet while all nodes are on Debian and HA is empty: take transport (and
#   bindnetaddr) out of the totem section of /etc/pve/corosync.conf, set secauth: on, raise
#   config_version. The change needs a restart of corosync on all nodes at the same time.
#  test:
#   before: |
#    `grep transport /etc/pve/corosync.conf` prints {transport}.
#   after: |
#    It prints nothing, and `corosync-cfgtool -s` shows "transport knet" on all nodes.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_over_redundant_networks
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
#   - https://manpages.debian.org/trixie/corosync/corosync.conf.5.en.html
package rules.cluster.old_transport

import data.lib.cluster

findings contains {"at": [cluster.lines["totem.transport"].at], "vars": {"transport": transport}} if {
	transport := cluster.value("totem.transport")
	transport in {"udp", "udpu"}
}
