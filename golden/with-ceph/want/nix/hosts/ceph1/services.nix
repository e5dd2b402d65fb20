{ pkgs, ... }:
{
  # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
  # /etc/pve/nodes/ceph1/lxc/122.conf, unit apparmor.service (catalog/units_pve.cue:11,
  # containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-3, /etc/chrony/sources.d/peers.sources:1-2, unit chrony.service
      # (catalog/units_pve.cue:134, system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2-3,12, /etc/chrony/conf.d/allow.conf:1-2,
      # /etc/chrony/sources.d/peers.sources:1-2 (system/time_servers)
      extraConfig = ''
        pool ptbtime1.ptb.de iburst nts
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
        allow 172.20.11.0/24
        local stratum 10 orphan
        peer 172.20.11.22
        peer 172.20.11.23
      '';
      # /etc/chrony/chrony.conf:2-3, /etc/chrony/sources.d/peers.sources:1-2 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # /etc/systemd/journald.conf.d/size.conf:2 (system/journal)
    journald.extraConfig = ''
      SystemMaxUse=4G
    '';
    postfix = {
      # /etc/postfix/main.cf:6-7, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "ops@hci.example.org";
      settings.main = {
        # /etc/postfix/main.cf:11 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:12 (system/mail)
        inet_protocols = "ipv4";
        # /etc/postfix/main.cf:8 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "ceph1.hci.example.org";
        # /etc/postfix/main.cf:10 (system/mail)
        mynetworks = [
          "127.0.0.0/8"
          "[::1]/128"
        ];
        # /etc/postfix/main.cf:9 (system/mail)
        relayhost = [ "[mail.hci.example.org]" ];
      };
    };
    prometheus.exporters.node = {
      # unit prometheus-node-exporter.service (catalog/units_server.cue:2284, metrics/node_exporter)
      enable = true;
      # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
      disabledCollectors = [ "zfs" ];
      enabledCollectors = [ "systemd" ];
      extraFlags = [ "--collector.textfile.directory=/var/lib/prometheus/node-exporter" ];
      listenAddress = "172.20.10.21";
      port = 9100;
    };
  };

  systemd = {
    # /etc/pve/nodes/ceph1/lxc/121.conf:7,9,11 (containers/lxc_units)
    services.lxc-121 = {
      after = [
        "apparmor.service"
        "lxcfs.service"
        "network.target"
        "sys-subsystem-net-devices-vlab0.device"
        "zfs.target"
        "pve-guests.service"
      ];
      description = "LXC container 121 (runner)";
      path = [
        pkgs.apparmor-parser
        pkgs.iproute2
        pkgs.lxc
        pkgs.util-linux
        pkgs.zfs
      ];
      postStop = ''
        ! mountpoint -q /var/lib/lxc/121/mp0 || umount /var/lib/lxc/121/mp0
        ! mountpoint -q /var/lib/lxc/121/rootfs || umount /var/lib/lxc/121/rootfs
      '';
      preStart = ''
        mkdir -p /var/lib/lxc/121/rootfs /var/lib/lxc/121/mp0
        test "$(zfs get -H -o value mounted rpool/data/subvol-121-disk-0)" = yes || zfs mount rpool/data/subvol-121-disk-0
        mountpoint -q /var/lib/lxc/121/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-121-disk-0)" /var/lib/lxc/121/rootfs
        test "$(zfs get -H -o value mounted rpool/data/subvol-121-disk-1)" = yes || zfs mount rpool/data/subvol-121-disk-1
        mountpoint -q /var/lib/lxc/121/mp0 || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-121-disk-1)" /var/lib/lxc/121/mp0
      '';
      preStop = "test \"$(lxc-info -n 121 -sH)\" != RUNNING || lxc-stop -n 121 -t 180";
      restartIfChanged = false;
      script = "exec lxc-start -F -n 121";
      serviceConfig = {
        Delegate = true;
        KillMode = "mixed";
        StandardOutput = "null";
        TimeoutStartSec = 120;
        TimeoutStopSec = 210;
      };
      unitConfig.RequiresMountsFor = [ "/var/lib/lxc/121" ];
      wantedBy = [ "multi-user.target" ];
      wants = [
        "lxcfs.service"
        "sys-subsystem-net-devices-vlab0.device"
      ];
    };
    tmpfiles = {
      # cluster/migration
      rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
      settings = {
        # storage/ceph_module
        "10-ceph"."/etc/ceph/ceph.conf"."L+".argument = "/etc/pve/ceph.conf";
        # /etc/pve/nodes/ceph1/qemu-server/110.conf, /etc/pve/nodes/ceph1/qemu-server/111.conf,
        # /etc/pve/nodes/ceph1/qemu-server/112.conf (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
      };
    };
  };
}
