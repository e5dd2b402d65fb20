{ pkgs, ... }:
{
  # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
  # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf, package nginx, package
  # opendkim, package proxmox-backup-client, 4 more (8 rules and catalog entries)
  environment.systemPackages = [
    pkgs.nginx
    pkgs.opendkim
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.smartmontools
    pkgs.vim
    pkgs.wget
    pkgs.lxcfs
  ];
}
