{ pkgs, ... }:
{
  # package ethtool, package fancontrol, package gdisk, 12 more (15 rules and catalog entries)
  environment.systemPackages = [
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

  # unit llama.service (services/own_programs)
  programs.nix-ld.enable = true;
}
