{ pkgs, ... }:
{
  # package ddclient, package gpsd, package linuxptp, 6 more (9 rules and catalog entries)
  environment.systemPackages = [
    pkgs.ddclient
    pkgs.gpsd
    pkgs.linuxptp
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.smartmontools
    pkgs.telegraf
    pkgs.vim
    pkgs.wget
  ];
}
