# METADATA
# scope: package
# title: Root's authorized keys are those of the cluster, below /etc/pve
# description: |
#  On Proxmox VE /root/.ssh/authorized_keys links to /etc/pve/priv, which is there only while
#  the cluster file system runs. So that nobody is locked out when pve-cluster is down, the
#  keys are copied to where sshd of NixOS looks too. From then on there are two lists: a key
#  that somebody takes out of /etc/pve still opens root's account, and one that is added there
#  opens it only while pve-cluster runs.
# custom:
#  id: PVE-ACC-001
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: root login over SSH
#  equivalent: users.users.root.openssh.authorizedKeys.keyFiles
#  account: none
#  workaround: |
#   Name the keys that people use in users.users.root.openssh.authorizedKeys.keys, which is the
#   list to keep from now on, and leave to /etc/pve/priv/authorized_keys those of the nodes.
#   Try a login with pve-cluster stopped before you commit.
#  test:
#   before: |
#    `readlink -f /root/.ssh/authorized_keys` prints a path below /etc/pve.
#   after: |
#    On the new system `systemctl stop pve-cluster`, and `ssh root@HOST id` from another machine
#    prints uid=0; with a key that was revoked it is refused.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Proxmox_Cluster_File_System_(pmxcfs)
package rules.access.root_ssh_link

findings contains {"at": at, "vars": {"count": count(at)}} if {
	at := [sprintf("/system/authorized_keys/%d", [i]) |
		some i, key in input.system.authorized_keys
		key.user == "root"
		startswith(key.source, "/etc/pve/")
	]
	count(at) > 0
}
