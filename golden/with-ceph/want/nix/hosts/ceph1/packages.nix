{ pkgs, ... }:
{
  # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
  # /etc/pve/nodes/ceph1/lxc/122.conf, /etc/pve/nodes/ceph1/qemu-server/110.conf:9,
  # /etc/pve/nodes/ceph1/qemu-server/112.conf:25,27, /etc/pve/storage.cfg:32-34,36-39, 1 more files,
  # package bc, package bind9-dnsutils, package bind9-host, 87 more (88 rules and catalog entries)
  environment.systemPackages = [
    pkgs.bc
    pkgs.dnsutils
    pkgs.host
    pkgs.mailutils
    pkgs.btrfs-progs
    pkgs.ceph
    pkgs.ceph-client
    pkgs.conntrack-tools
    pkgs.criu
    pkgs.dmidecode
    pkgs.dnsmasq
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
    pkgs.parted
    pkgs.pciutils
    pkgs.pigz
    pkgs.procmail
    pkgs.prometheus-node-exporter
    pkgs.proxmox-backup-client
    pkgs.psmisc
    pkgs.python3
    pkgs.python3Packages.virt-firmware
    pkgs.qrencode
    pkgs.rsync
    pkgs.skopeo
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
    pkgs.xxd
    pkgs.vim
    pkgs.virtiofsd
    pkgs.wget
    pkgs.newt
    pkgs.xdelta
    pkgs.xfsprogs
    pkgs.libxslt
    pkgs.zip
    pkgs.lxcfs
  ];

  # package mtr-tiny (catalog/packages_server.cue:1204)
  programs.mtr.enable = true;
}
