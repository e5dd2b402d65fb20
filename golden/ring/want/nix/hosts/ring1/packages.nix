{ pkgs, ... }:
{
  # package ceph-common, package ceph-mon, package conntrack, 12 more (15 rules and catalog entries)
  environment.systemPackages = [
    pkgs.ceph-client
    pkgs.ceph
    pkgs.conntrack-tools
    pkgs.dmidecode
    pkgs.ebtables
    pkgs.ethtool
    pkgs.frr
    pkgs.ipset
    pkgs.iptables
    pkgs.nftables
    pkgs.proxmox-backup-client
    pkgs.python3
    pkgs.smartmontools
    pkgs.tcpdump
    pkgs.wget
  ];
}
