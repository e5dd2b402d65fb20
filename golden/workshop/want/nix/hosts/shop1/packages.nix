{ pkgs, ... }:
{
  # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
  # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/203.conf,
  # /etc/pve/nodes/shop1/lxc/204.conf, /etc/pve/nodes/shop1/lxc/205.conf, 5 more files, package
  # btrfs-progs, package dosfstools, package ebtables, 16 more (22 rules and catalog entries)
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
    pkgs.lxcfs
    pkgs.cdrkit
  ];
}
