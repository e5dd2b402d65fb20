{ pkgs, ... }:
{
  # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/201.conf,
  # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/203.conf,
  # /etc/pve/nodes/hl1/lxc/204.conf, /etc/pve/nodes/hl1/qemu-server/100.conf:35, 4 more files,
  # package bc, package bind9-dnsutils, package bind9-host, 99 more (107 rules and catalog entries)
  environment.systemPackages = [
    pkgs.bc
    pkgs.dnsutils
    pkgs.host
    pkgs.mailutils
    pkgs.btop
    pkgs.btrfs-progs
    pkgs.ceph
    pkgs.ceph-client
    pkgs.conntrack-tools
    pkgs.containerd
    pkgs.criu
    pkgs.dmidecode
    pkgs.dnsmasq
    pkgs.docker-buildx
    pkgs.docker-client
    pkgs.docker-compose
    pkgs.dosfstools
    pkgs.dtach
    pkgs.ebtables
    pkgs.efibootmgr
    pkgs.eject
    pkgs.ethtool
    pkgs.libfaketime
    pkgs.file
    pkgs.fio
    pkgs.frr
    pkgs.gptfdisk
    pkgs.cdrkit
    pkgs.git
    pkgs.gnupg
    pkgs.gnutls
    pkgs.hdparm
    pkgs.htop
    pkgs.i2c-tools
    pkgs.iftop
    pkgs.inetutils
    pkgs.intel-gpu-tools
    pkgs.intel-media-driver
    pkgs.iotop
    pkgs.iperf3
    pkgs.ipmitool
    pkgs.ipset
    pkgs.iptables
    pkgs.iputils
    pkgs.jq
    pkgs.keyutils
    pkgs.lm_sensors
    pkgs.lsb-release
    pkgs.lsof
    pkgs.lzop
    pkgs.mbuffer
    pkgs.mokutil
    pkgs.mtools
    pkgs.ncdu
    pkgs.nfs-utils
    pkgs.numactl
    pkgs.nvme-cli
    pkgs.openiscsi
    pkgs.openssl
    pkgs.parted
    pkgs.pciutils
    pkgs.pigz
    pkgs.powertop
    pkgs.procmail
    pkgs.prometheus-node-exporter
    pkgs.proxmox-backup-client
    pkgs.psmisc
    pkgs.pv
    pkgs.python3
    pkgs.python3Packages.virt-firmware
    pkgs.qrencode
    pkgs.restic
    pkgs.rsync
    pkgs.sanoid
    pkgs.skopeo
    pkgs.smartmontools
    pkgs.samba
    pkgs.socat
    pkgs.sqlite
    pkgs.strace
    pkgs.swtpm
    pkgs.sysfsutils
    pkgs.tcpdump
    pkgs.tmux
    pkgs.traceroute
    pkgs.unzip
    pkgs.libva-utils
    pkgs.vim
    pkgs.xxd
    pkgs.virtiofsd
    pkgs.wget
    pkgs.newt
    pkgs.wireguard-tools
    pkgs.xdelta
    pkgs.xfsprogs
    pkgs.libxslt
    pkgs.zip
    pkgs.zsh
    pkgs.lxcfs
    pkgs.curl
  ];

  programs = {
    # package mtr-tiny (catalog/packages_server.cue:1204)
    mtr.enable = true;
    # /var/spool/cron/crontabs/mira:1, unit zfs-load-key@tank-secure.service (services/own_programs)
    nix-ld.enable = true;
    # /etc/passwd:35 (users/accounts)
    zsh.enable = true;
  };
}
