{ pkgs, ... }:
{
  # package ceph-common, package ceph-fuse, package ceph-mgr, 4 more (7 rules and catalog entries)
  environment.systemPackages = [
    pkgs.ceph-client
    pkgs.ceph
    pkgs.openiscsi
    pkgs.proxmox-backup-client
    pkgs.smartmontools
  ];
}
