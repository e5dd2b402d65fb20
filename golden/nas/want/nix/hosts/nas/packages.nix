{ pkgs, ... }:
{
  # /etc/pve/nodes/nas/lxc/200.conf, /etc/pve/storage.cfg:50-52,54-55, package autofs, package
  # btrfs-progs, package btrfsmaintenance, 14 more (19 rules and catalog entries)
  environment.systemPackages = [
    pkgs.autofs5
    pkgs.btrfs-progs
    pkgs.ceph-client
    pkgs.ceph
    pkgs.drbd
    pkgs.krb5
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
