{ pkgs, ... }:
{
  # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
  # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf, package nginx, package
  # proxmox-backup-client, package rsync, 3 more (7 rules and catalog entries)
  environment.systemPackages = [
    pkgs.nginx
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.smartmontools
    pkgs.vim
    pkgs.wget
    pkgs.lxcfs
  ];
}
