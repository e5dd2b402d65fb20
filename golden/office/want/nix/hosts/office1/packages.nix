{ pkgs, ... }:
{
  # /etc/pve/corosync.conf:23,25-27,29, /etc/pve/nodes/office1/lxc/131.conf, package ceph-common,
  # package corosync-qdevice, package ntp, 9 more (12 rules and catalog entries)
  environment.systemPackages = [
    pkgs.ceph-client
    pkgs.ntp
    pkgs.proxmox-backup-client
    pkgs.rsync
    pkgs.samba
    pkgs.smartmontools
    pkgs.swtpm
    pkgs.tmux
    pkgs.vim
    pkgs.wget
    (pkgs.stdenv.mkDerivation {
      buildInputs = [
        pkgs.corosync
        pkgs.libqb
        pkgs.nspr
        pkgs.nss
        pkgs.systemd
      ];
      configureFlags = [
        "--disable-qnetd"
        "--enable-systemd"
        "--localstatedir=/var"
        "--sysconfdir=/etc"
      ];
      installFlags = [
        "COROSYSCONFDIR=$(out)/etc/corosync"
        "INITCONFIGDIR=$(out)/etc/default"
        "INITDDIR=$(out)/etc/init.d"
        "LOGDIR=$(out)/var/log"
        "LOGROTATEDIR=$(out)/etc/logrotate.d"
        "SYSTEMDDIR=$(out)/lib/systemd/system"
        "localstatedir=$(out)/var"
        "sysconfdir=$(out)/etc"
      ];
      nativeBuildInputs = [ pkgs.pkg-config ];
      pname = "corosync-qdevice";
      src = pkgs.fetchurl {
        name = "corosync-qdevice-3.0.3.tar.gz";
        sha256 = "0a4705abd17af795287ad3bb18c0abacf3c0027222e45f149cb9bebeb6056926";
        urls = [
          "https://deb.debian.org/debian/pool/main/c/corosync-qdevice/corosync-qdevice_3.0.3.orig.tar.gz"
          "https://github.com/corosync/corosync-qdevice/releases/download/v3.0.3/corosync-qdevice-3.0.3.tar.gz"
        ];
      };
      version = "3.0.3";
    })
    pkgs.lxcfs
  ];
}
