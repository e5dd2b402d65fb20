# METADATA
# scope: package
# title: Root's authorized keys are a link into /etc/pve
# description: |
#  On Proxmox VE /root/.ssh/authorized_keys links to /etc/pve/priv, which is
#  there only while the cluster file system runs. On NixOS sshd would find no
#  key for root as soon as pve-cluster is down, and the operator is locked out
#  just when something is wrong.
# custom:
#  id: PVE-ACC-001
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: root login over SSH
#  equivalent: users.users.root.openssh.authorizedKeys.keyFiles
#  account: none
#  workaround: |
#   Copy the keys that people use into a file of the new system, name it in
#   users.users.root.openssh.authorizedKeys.keyFiles, and try a login with
#   pve-cluster stopped before you commit.
#  test:
#   before: |
#    `readlink -f /root/.ssh/authorized_keys` shows a path below /etc/pve.
#   after: |
#    On the new system `systemctl stop pve-cluster` and log in again from
#    another machine; the login works.
#  phase: boot
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
