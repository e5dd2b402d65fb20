{ pkgs, ... }:
{
  # /etc/pve/nodes/worn/lxc/200.conf, /etc/pve/nodes/worn/qemu-server/100.conf:10,
  # /etc/sudoers.d/admin:1, /var/spool/cron/crontabs/root:2, package bind9-dnsutils, package
  # bind9-host, package bsd-mailx, 73 more (80 rules and catalog entries)
  environment.systemPackages = [
    pkgs.dnsutils
    pkgs.host
    pkgs.mailutils
    pkgs.btrfs-progs
    pkgs.ceph-client
    pkgs.conntrack-tools
    pkgs.criu
    pkgs.cryptsetup
    pkgs.dmidecode
    pkgs.dosfstools
    pkgs.dtach
    pkgs.ebtables
    pkgs.efibootmgr
    pkgs.ethtool
    pkgs.exim
    pkgs.file
    pkgs.gptfdisk
    pkgs.cdrkit
    pkgs.git
    pkgs.glusterfs
    pkgs.gnupg
    pkgs.gnutls
    pkgs.hdparm
    pkgs.htop
    pkgs.inetutils
    pkgs.iotop
    pkgs.iperf3
    pkgs.ipset
    pkgs.iptables
    pkgs.iputils
    pkgs.jq
    pkgs.keyutils
    pkgs.lm_sensors
    pkgs.lsof
    pkgs.lzop
    pkgs.mokutil
    pkgs.mtools
    pkgs.ncdu
    pkgs.nettools
    pkgs.numactl
    pkgs.nvme-cli
    pkgs.oath-toolkit
    pkgs.openiscsi
    pkgs.openssl
    pkgs.parted
    pkgs.pciutils
    pkgs.prometheus-node-exporter
    pkgs.proxmox-backup-client
    pkgs.psmisc
    pkgs.python3
    pkgs.qrencode
    pkgs.rsync
    pkgs.screen
    pkgs.sg3_utils
    pkgs.smartmontools
    pkgs.samba
    pkgs.socat
    pkgs.sqlite
    pkgs.strace
    pkgs.swtpm
    pkgs.tcpdump
    pkgs.tmux
    pkgs.traceroute
    pkgs.unzip
    pkgs.usbutils
    pkgs.xxd
    pkgs.vim
    pkgs.wget
    pkgs.newt
    pkgs.xfsprogs
    pkgs.libxslt
    pkgs.lxcfs
    pkgs.curl
  ];

  # package mtr-tiny (catalog/packages_server.cue:1204)
  programs.mtr.enable = true;
}
