{ pkgs, ... }:
{
  # package docker-ce, package ethtool, package fancontrol, 13 more (16 rules and catalog entries)
  environment.systemPackages = [
    pkgs.docker
    pkgs.ethtool
    pkgs.lm_sensors
    pkgs.gptfdisk
    pkgs.gnupg
    pkgs.htop
    pkgs.iptables
    pkgs.powertop
    pkgs.proxmox-backup-client
    pkgs.python3
    pkgs.rsync
    pkgs.smartmontools
    pkgs.tmux
    pkgs.vim
    pkgs.wget
  ];
}
