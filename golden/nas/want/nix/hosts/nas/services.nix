{ pkgs, ... }:
{
  # /etc/pve/nodes/nas/lxc/200.conf (containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,11 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:2 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # /etc/postfix/main.cf:6-7, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "admin@files.example.net";
      settings.main = {
        # /etc/postfix/main.cf:4 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:2 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "nas.files.example.net";
        # /etc/postfix/main.cf:5 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:3 (system/mail)
        relayhost = [ "mail.files.example.net" ];
      };
    };
  };

  systemd = {
    # /etc/pve/nodes/nas/lxc/200.conf:5,7,9 (containers/lxc_units)
    services.lxc-200 = {
      after = [
        "apparmor.service"
        "lxcfs.service"
        "network.target"
        "sys-subsystem-net-devices-vmbr0.device"
        "zfs.target"
        "pve-guests.service"
      ];
      description = "LXC container 200 (paper)";
      path = [
        pkgs.apparmor-parser
        pkgs.iproute2
        pkgs.lxc
        pkgs.util-linux
        pkgs.zfs
      ];
      postStop = ''
        ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
        ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
      '';
      preStart = ''
        mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0
        test "$(zfs get -H -o value mounted tank/guests/subvol-200-disk-0)" = yes || zfs mount tank/guests/subvol-200-disk-0
        mountpoint -q /var/lib/lxc/200/rootfs || mount --bind "$(zfs get -H -o value mountpoint tank/guests/subvol-200-disk-0)" /var/lib/lxc/200/rootfs
        test "$(zfs get -H -o value mounted tank/guests/subvol-200-disk-1)" = yes || zfs mount tank/guests/subvol-200-disk-1
        mountpoint -q /var/lib/lxc/200/mp0 || mount --bind "$(zfs get -H -o value mountpoint tank/guests/subvol-200-disk-1)" /var/lib/lxc/200/mp0
      '';
      preStop = "test \"$(lxc-info -n 200 -sH)\" != RUNNING || lxc-stop -n 200 -t 180";
      restartIfChanged = false;
      script = "exec lxc-start -F -n 200";
      serviceConfig = {
        Delegate = true;
        KillMode = "mixed";
        StandardOutput = "null";
        TimeoutStartSec = 120;
        TimeoutStopSec = 210;
      };
      unitConfig.RequiresMountsFor = [ "/var/lib/lxc/200" ];
      wantedBy = [ "multi-user.target" ];
      wants = [
        "lxcfs.service"
        "sys-subsystem-net-devices-vmbr0.device"
      ];
    };
    # /etc/pve/nodes/nas/qemu-server/100.conf, /etc/pve/nodes/nas/qemu-server/101.conf
    # (guests/programs)
    tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
