{ pkgs, ... }:
{
  # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf,
  # /etc/pve/nodes/pve1/qemu-server/100.conf:24, /etc/pve/nodes/pve1/qemu-server/101.conf:8,
  # /etc/pve/storage.cfg:41-43,45-47,49, /etc/sudoers.d/zabbix:1, 1 more files, package bc, package
  # bind9-dnsutils, package bind9-host, 75 more (83 rules and catalog entries)
  environment.systemPackages = [
    pkgs.bc
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
    pkgs.eject
    pkgs.ethtool
    pkgs.libfaketime
    pkgs.file
    pkgs.frr
    pkgs.gptfdisk
    pkgs.cdrkit
    pkgs.glusterfs
    pkgs.gnupg
    pkgs.gnutls
    pkgs.hdparm
    pkgs.htop
    pkgs.inetutils
    pkgs.iotop
    pkgs.iperf3
    pkgs.ipmitool
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
    pkgs.numactl
    pkgs.nvme-cli
    pkgs.openiscsi
    pkgs.openssl
    pkgs.pciutils
    pkgs.pigz
    pkgs.procmail
    pkgs.proxmox-backup-client
    pkgs.psmisc
    pkgs.pv
    pkgs.python3
    pkgs.qrencode
    pkgs.rsync
    pkgs.screen
    pkgs.smartmontools
    pkgs.samba
    pkgs.net-snmp
    pkgs.socat
    pkgs.sqlite
    pkgs.strace
    pkgs.swtpm
    pkgs.tcpdump
    pkgs.telegraf
    pkgs.tmux
    pkgs.traceroute
    pkgs.unzip
    pkgs.xxd
    pkgs.vim
    pkgs.virtiofsd
    pkgs.wget
    pkgs.newt
    pkgs.xdelta
    pkgs.xfsprogs
    pkgs.libxslt
    pkgs.zabbix70.agent2
    pkgs.zip
    pkgs.lxcfs
    pkgs.coreutils
    pkgs.util-linux
  ];

  # package mtr-tiny (catalog/packages_server.cue:1204)
  programs.mtr.enable = true;
}
