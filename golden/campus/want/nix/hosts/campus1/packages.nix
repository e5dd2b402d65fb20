{ pkgs, ... }:
{
  # package nginx, package proxmox-backup-client, package rsync, 3 more (6 rules and catalog
  # entries)
  environment.systemPackages = [
    pkgs.nginx
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.smartmontools
    pkgs.vim
    pkgs.wget
  ];
}
