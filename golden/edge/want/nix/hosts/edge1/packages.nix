{ pkgs, ... }:
{
  # package conntrack, package dmidecode, package dnsmasq, 13 more (16 rules and catalog entries)
  environment.systemPackages = [
    pkgs.conntrack-tools
    pkgs.dmidecode
    pkgs.dnsmasq
    pkgs.ebtables
    pkgs.ethtool
    pkgs.frr
    pkgs.ipset
    pkgs.iptables
    pkgs.keepalived
    pkgs.proxmox-backup-client
    pkgs.python3
    pkgs.smartmontools
    pkgs.tcpdump
    pkgs.wget
    pkgs.wireguard-tools
    pkgs.wpa_supplicant
  ];
}
