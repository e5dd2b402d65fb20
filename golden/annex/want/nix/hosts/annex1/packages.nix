{ pkgs, ... }:
{
  # package proxmox-backup-client, package rsync, package smartmontools, 3 more (6 rules and catalog
  # entries)
  environment.systemPackages = [
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.smartmontools
    pkgs.vim
    pkgs.wget
    pkgs.zsh
  ];
}
