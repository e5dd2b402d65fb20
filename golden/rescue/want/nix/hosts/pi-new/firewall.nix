{ ... }:
{
  # host pi-new, package corosync-qnetd, unit corosync-qnetd.service (cluster/quorum_server,
  # conversion/guard)
  networking.firewall.allowedTCPPorts = [
    5403
    18006
  ];
}
