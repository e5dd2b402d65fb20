{ pkgs, ... }:
{
  # /etc/pve/nodes/office1/lxc/131.conf, package ceph-common, package ntp, package
  # proxmox-backup-client, 7 more (11 rules and catalog entries)
  environment.systemPackages = [
    pkgs.ceph-client
    pkgs.ntp
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.samba
    pkgs.smartmontools
    pkgs.swtpm
    pkgs.tmux
    pkgs.vim
    pkgs.wget
    pkgs.lxcfs
  ];
}
