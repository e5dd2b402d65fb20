{ pkgs, ... }:
{
  # package ceph-common, package ntp, package proxmox-backup-client, 6 more (9 rules and catalog
  # entries)
  environment.systemPackages = [
    pkgs.ceph-client
    pkgs.ntp
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.smartmontools
    pkgs.swtpm
    pkgs.tmux
    pkgs.vim
    pkgs.wget
  ];
}
