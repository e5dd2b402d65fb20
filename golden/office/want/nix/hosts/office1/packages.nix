{ pkgs, ... }:
{
  # /etc/pve/nodes/office1/lxc/131.conf, package ceph-common, package ntp, package
  # proxmox-backup-client, 6 more (10 rules and catalog entries)
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
    pkgs.lxcfs
  ];
}
