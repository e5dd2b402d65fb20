{ pkgs, ... }:
{
  # package cloud-init, package conntrack, package dmidecode, 7 more (10 rules and catalog entries)
  environment.systemPackages = [
    pkgs.cloud-init
    pkgs.conntrack-tools
    pkgs.dmidecode
    pkgs.ethtool
    pkgs.ipset
    pkgs.iptables
    pkgs.nftables
    pkgs.proxmox-backup-client
    pkgs.python3
    pkgs.wget
  ];
}
