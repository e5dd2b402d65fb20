# METADATA
# scope: package
# title: Root of the other nodes may still log in here
# description: |
#  The keys that open root's account ({count}) are the list of the cluster, /etc/pve/priv/authorized_keys.
#  It holds the key of root of every node beside those of people, and is copied so that nobody
#  is locked out. This host leaves the cluster; whoever is root on {others} stays root here, and
#  keys that are taken out of the cluster's list afterwards are not taken out of the copy.
# custom:
#  id: PVE-ACC-022
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: root login over SSH
#  equivalent: users.users.root.openssh.authorizedKeys.keys
#  account: none
#  workaround: |
#   Name the keys that people use in users.users.root.openssh.authorizedKeys.keys, log in with one
#   of them, and take the lines that end in root@NODE out of /etc/ssh/authorized_keys.d/root.
#  test:
#   before: |
#    `ssh root@HOST id` from another node prints uid=0 without a password.
#   after: |
#    The same command is refused on the trial system, and from where people work it prints uid=0.
#  phase: run
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_role_of_ssh_in_proxmox_ve_clusters
#   - https://search.nixos.org/options?query=users.users.%3Cname%3E.openssh.authorizedKeys.keys
package rules.access.nodes_keep_keys

import data.lib.cluster
import data.lib.pve
import data.rules.access.root_ssh_link

findings contains {"at": f.at, "vars": {
	"count": f.vars.count,
	"others": concat(", ", sort([name | some name, m in cluster.members; not m.node.local])),
}} if {
	pve.clustered
	some f in root_ssh_link.findings
}
