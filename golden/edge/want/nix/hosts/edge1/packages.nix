{ pkgs, ... }:
{
  # package conntrack, package dmidecode, package dnsmasq, 15 more (18 rules and catalog entries)
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
    pkgs.networkmanager
    pkgs.proxmox-backup-client
    pkgs.python3
    pkgs.radvd
    pkgs.smartmontools
    pkgs.tcpdump
    pkgs.wget
    pkgs.wireguard-tools
    pkgs.wpa_supplicant
  ];
}
