{ pkgs, ... }:
{
  # /etc/cron.d/pve-backup-copy:2, /etc/cron.weekly/fstrim, /etc/pve/nodes/vmhost2/lxc/102.conf,
  # /etc/pve/nodes/vmhost2/lxc/103.conf, /etc/pve/nodes/vmhost2/qemu-server/111.conf:5,
  # /etc/sudoers.d/zabbix:1, package arping, package bind9-dnsutils, package bind9-host, 75 more (82
  # rules and catalog entries)
  environment.systemPackages = [
    pkgs.arping
    pkgs.dnsutils
    pkgs.host
    pkgs.btrfs-progs
    pkgs.ceph-client
    pkgs.conntrack-tools
    pkgs.criu
    pkgs.dmidecode
    pkgs.dosfstools
    pkgs.dtach
    pkgs.ebtables
    pkgs.ethtool
    pkgs.exim
    pkgs.libfaketime
    pkgs.file
    pkgs.gptfdisk
    pkgs.cdrkit
    pkgs.git
    pkgs.glusterfs
    pkgs.gnupg
    pkgs.hdparm
    pkgs.htop
    pkgs.iftop
    pkgs.iotop
    pkgs.ipmitool
    pkgs.ipset
    pkgs.iptables
    pkgs.keyutils
    pkgs.ledmon
    pkgs.lm_sensors
    pkgs.lshw
    pkgs.lsof
    pkgs.lsscsi
    pkgs.lzop
    pkgs.mailutils
    pkgs.mc
    pkgs.munin
    pkgs.nettools
    pkgs.nfs-utils
    pkgs.nmap
    pkgs.ntp
    pkgs.openipmi
    pkgs.openssl
    pkgs.parted
    pkgs.pciutils
    pkgs.pigz
    pkgs.proxmox-backup-client
    pkgs.psmisc
    pkgs.python3
    pkgs.rrdtool
    pkgs.rsync
    pkgs.screen
    pkgs.sg3_utils
    pkgs.smartmontools
    pkgs.samba
    pkgs.net-snmp
    pkgs.socat
    pkgs.sqlite
    pkgs.strace
    pkgs.swtpm
    pkgs.sysstat
    pkgs.tcpdump
    pkgs.inetutils
    pkgs.tmux
    pkgs.traceroute
    pkgs.unzip
    pkgs.usbutils
    pkgs.vim
    pkgs.xxd
    pkgs.wget
    pkgs.newt
    pkgs.xfsprogs
    pkgs.libxslt
    pkgs.zabbix70.agent
    pkgs.zip
    pkgs.lxcfs
    pkgs.util-linux
  ];

  programs = {
    # package mtr-tiny (catalog/packages_server.cue:1204)
    mtr.enable = true;
    # /etc/cron.d/pve-backup-copy:3 (services/own_programs)
    nix-ld.enable = true;
  };
}
