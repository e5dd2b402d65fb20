{ pkgs, ... }:
{
  # package gpsd, package linuxptp, package proxmox-backup-client, 4 more (7 rules and catalog
  # entries)
  environment.systemPackages = [
    pkgs.gpsd
    pkgs.linuxptp
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.smartmontools
    pkgs.vim
    pkgs.wget
  ];
}
