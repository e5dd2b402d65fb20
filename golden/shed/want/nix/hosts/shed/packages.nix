{ pkgs, ... }:
{
  # /etc/pve/nodes/shed/lxc/131.conf, /etc/pve/storage.cfg:10-12,14-15, package btrfs-progs
  # (backup/server_command, catalog/packages_pve.cue:67, containers/lxc_host)
  environment.systemPackages = [
    pkgs.btrfs-progs
    pkgs.proxmox-backup-client
    pkgs.lxcfs
  ];
}
