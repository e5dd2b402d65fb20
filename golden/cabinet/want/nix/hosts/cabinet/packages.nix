{ pkgs, ... }:
{
  # package ceph-common, package ceph-fuse, package ceph-mgr, 3 more (6 rules and catalog entries)
  environment.systemPackages = [
    pkgs.ceph-client
    pkgs.ceph
    pkgs.proxmox-backup-client
    pkgs.smartmontools
  ];
}
