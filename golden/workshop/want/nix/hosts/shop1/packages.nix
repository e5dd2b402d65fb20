{ pkgs, ... }:
{
  # /etc/pve/nodes/shop1/qemu-server/105.conf:7, /etc/pve/nodes/shop1/qemu-server/108.conf:17,
  # /etc/pve/nodes/shop1/qemu-server/122.conf:16, package btrfs-progs, package dosfstools, package
  # ebtables, 16 more (21 rules and catalog entries)
  environment.systemPackages = [
    pkgs.btrfs-progs
    pkgs.dosfstools
    pkgs.ebtables
    pkgs.efibootmgr
    pkgs.ethtool
    pkgs.file
    pkgs.gptfdisk
    pkgs.gnupg
    pkgs.htop
    pkgs.iptables
    pkgs.lzop
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.smartmontools
    pkgs.socat
    pkgs.swtpm
    pkgs.tmux
    pkgs.vim
    pkgs.virtiofsd
    pkgs.cdrkit
  ];
}
