{ pkgs, ... }:
{
  # /etc/pve/nodes/shed/lxc/131.conf, package btrfs-progs (catalog/packages_pve.cue:76,
  # containers/lxc_host)
  environment.systemPackages = [
    pkgs.btrfs-progs
    pkgs.lxcfs
  ];
}
