{ pkgs, ... }:
{
  # package conntrack, package dmidecode, package ebtables, 10 more (13 rules and catalog entries)
  environment.systemPackages = [
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
