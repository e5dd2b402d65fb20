{ pkgs, ... }:
{
  # /etc/pve/nodes/nas/lxc/200.conf, package btrfs-progs, package btrfsmaintenance, package
  # ceph-common, 14 more (18 rules and catalog entries)
  environment.systemPackages = [
    pkgs.btrfs-progs
    pkgs.ceph-client
    pkgs.ceph
    pkgs.drbd
    pkgs.krb5
    pkgs.multipath-tools
    pkgs.nfs-utils
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.samba
    pkgs.smartmontools
    pkgs.vim
    pkgs.zram-generator
    pkgs.lxcfs
  ];
}
