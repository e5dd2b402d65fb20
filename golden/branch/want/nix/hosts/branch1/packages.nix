{ pkgs, ... }:
{
  # package cloud-init, package conntrack, package dmidecode, 6 more (9 rules and catalog entries)
  environment.systemPackages = [
    pkgs.cloud-init
    pkgs.conntrack-tools
    pkgs.dmidecode
    pkgs.ethtool
    pkgs.ipset
    pkgs.iptables
    pkgs.proxmox-backup-client
    pkgs.python3
    pkgs.wget
  ];
}
