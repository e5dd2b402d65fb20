{ pkgs, ... }:
{
  # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf, unit apparmor.service
  # (catalog/units_pve.cue:11, containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2, /etc/chrony/sources.d/router.sources:1, unit chrony.service
      # (catalog/units_pve.cue:134, system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,11, /etc/chrony/sources.d/router.sources:1 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
        server 192.168.1.1 iburst prefer
      '';
      # /etc/chrony/chrony.conf:2, /etc/chrony/sources.d/router.sources:1 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # /etc/postfix/main.cf:11-12, package postfix, unit postfix.service
      # (catalog/units_pve.cue:432, mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "admin@home.arpa";
      settings.main = {
        # /etc/postfix/main.cf:20 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:13 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:3 (system/mail)
        myhostname = "pve.home.arpa";
        # /etc/postfix/main.cf:19 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:14 (system/mail)
        relayhost = [ "[mail.home.arpa]:587" ];
        # /etc/postfix/main.cf:15 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:17 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:18 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
    prometheus.exporters.node = {
      # unit prometheus-node-exporter.service (catalog/units_server.cue:2284, metrics/node_exporter)
      enable = true;
      # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
      enabledCollectors = [ "systemd" ];
    };
  };

  systemd = {
    services = {
      # /etc/pve/nodes/pve/lxc/200.conf:6,9,11-12 (containers/lxc_units)
      lxc-200 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "pve-guests.service"
          "lxc-201.service"
        ];
        description = "LXC container 200 (nextcloud)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
          ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0
          lvchange -ay -K pve/vm-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs
          lvchange -ay -K pve/vm-200-disk-1
          mountpoint -q /var/lib/lxc/200/mp0 || mount /dev/pve/vm-200-disk-1 /var/lib/lxc/200/mp0
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
      # /etc/pve/nodes/pve/lxc/201.conf:7,9,11-12 (containers/lxc_units)
      lxc-201 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        before = [ "pve-guests.service" ];
        description = "LXC container 201 (pihole)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/201/mp0 || umount /var/lib/lxc/201/mp0
          ! mountpoint -q /var/lib/lxc/201/rootfs || umount /var/lib/lxc/201/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/201/rootfs /var/lib/lxc/201/mp0
          lvchange -ay -K pve/vm-201-disk-0
          mountpoint -q /var/lib/lxc/201/rootfs || mount /dev/pve/vm-201-disk-0 /var/lib/lxc/201/rootfs
          test -d /srv/dns
          mountpoint -q /var/lib/lxc/201/mp0 || mount --bind -o ro /srv/dns /var/lib/lxc/201/mp0
        '';
        preStop = "test \"$(lxc-info -n 201 -sH)\" != RUNNING || lxc-stop -n 201 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 201";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 120;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [
          "/srv/dns"
          "/var/lib/lxc/201"
        ];
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
    };
    # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf
    # (guests/programs)
    tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
