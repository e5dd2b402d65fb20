# METADATA
# scope: package
# title: "The nodes of this cluster speak ssh on port {ports}"
# description: |
#  sshd listens on {ports} and not on 22. PVE's own calls to other nodes (migration,
#  replication, shells of other nodes in the web interface) name no port, so on this host
#  something else does, as a rule ~/.ssh/config of root or a line of /etc/ssh/ssh_config.
#  sshd's port is taken over, root's ~/.ssh/config is not; the first migration from the new
#  system ends with "connection refused" on port 22.
# custom:
#  id: PVE-USR-019
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ssh between nodes
#  equivalent: programs.ssh.extraConfig
#  account: none
#  workaround: |
#   Set programs.ssh.extraConfig to a "Host" block for the other nodes with the port, on
#   every node alike, or let sshd listen on 22 too on the cluster's network
#   (services.openssh.listenAddresses).
#  test:
#   before: |
#    `ssh -G NODE | grep ^port` prints {ports} on PVE and 22 on the trial system.
#   after: |
#    `ssh -G NODE | grep ^port` prints the same on both, and `ssh root@NODE true` succeeds
#    from the trial system without a question.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://search.nixos.org/options?query=programs.ssh.extraConfig
#   - https://git.proxmox.com/?p=pve-cluster.git;a=blob;f=src/PVE/SSHInfo.pm
package rules.users.ssh_port

import data.lib.pve
import data.lib.sshd

_ports := {l.value | some l in sshd.by_key.port}

findings contains {"at": sshd.at("port"), "vars": {"ports": concat(", ", sort(_ports))}} if {
	pve.clustered
	count(_ports) > 0
	not "22" in _ports
}
