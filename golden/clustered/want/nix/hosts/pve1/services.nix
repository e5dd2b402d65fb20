{ pkgs, ... }:
{
  # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, unit apparmor.service
  # (catalog/units_pve.cue:11, containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-4, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,4,13, /etc/chrony/conf.d/serve-guests.conf:2 (system/time_servers)
      extraConfig = ''
        server ntp1.example.net iburst prefer
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
        allow 10.10.40.0/24
      '';
      # /etc/chrony/chrony.conf:2-4 (system/time_servers)
      servers = [ "ntp2.example.net" ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # /etc/systemd/journald.conf:2-3 (catalog/properties_config_files.cue:897, system/journal)
    journald = {
      extraConfig = ''
        SystemMaxUse=2G
        ForwardToSyslog=no
      '';
      forwardToSyslog = false;
    };
    postfix = {
      # /etc/postfix/main.cf:7-8, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "infra-team@example.net";
      settings.main = {
        # /etc/postfix/main.cf:12 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:9 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "pve1.prod.example.net";
        # /etc/postfix/main.cf:11 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:10 (system/mail)
        relayhost = [ "[smtp.example.net]:587" ];
        # /etc/postfix/main.cf:16 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:18 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:19 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
  };

  systemd = {
    services = {
      # /etc/pve/nodes/pve1/lxc/200.conf:0-16 (containers/lxc_units)
      lxc-200 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        description = "LXC container 200 (files)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStart = "sleep 15";
        postStop = ''
          ! mountpoint -q /var/lib/lxc/200/mp2 || umount /var/lib/lxc/200/mp2
          ! mountpoint -q /var/lib/lxc/200/mp1 || umount /var/lib/lxc/200/mp1
          ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
          ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0 /var/lib/lxc/200/mp1 /var/lib/lxc/200/mp2
          lvchange -ay -K pve/vm-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs
          test -d /srv/media
          mountpoint -q /var/lib/lxc/200/mp0 || mount --bind /srv/media /var/lib/lxc/200/mp0
          lvchange -ay -K pve/vm-200-disk-1
          mountpoint -q /var/lib/lxc/200/mp1 || mount -o discard,noatime /dev/pve/vm-200-disk-1 /var/lib/lxc/200/mp1
          test -d /srv/scans
          mountpoint -q /var/lib/lxc/200/mp2 || mount --bind -o ro /srv/scans /var/lib/lxc/200/mp2
        '';
        preStop = "test \"$(lxc-info -n 200 -sH)\" != RUNNING || lxc-stop -n 200 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 200";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 135;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [
          "/srv/media"
          "/srv/scans"
          "/var/lib/lxc/200"
        ];
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/pve1/lxc/202.conf:11,14 (containers/lxc_units)
      lxc-202 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "sys-subsystem-net-devices-vmbr1.device"
          "pve-guests.service"
          "lxc-200.service"
        ];
        description = "LXC container 202 (docker01)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/202/passthrough || umount /var/lib/lxc/202/passthrough
          ! mountpoint -q /var/lib/lxc/202/rootfs || umount /var/lib/lxc/202/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/202/rootfs
          lvchange -ay -K pve/vm-202-disk-0
          mountpoint -q /var/lib/lxc/202/rootfs || mount /dev/pve/vm-202-disk-0 /var/lib/lxc/202/rootfs
          device() { # path, node, mode, owner
            kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi
            mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"
            chown "$4" "$2"
          }
          mkdir -p /var/lib/lxc/202/passthrough
          ! mountpoint -q /var/lib/lxc/202/passthrough || umount /var/lib/lxc/202/passthrough
          mount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/202/passthrough
          device /dev/dri/renderD128 /var/lib/lxc/202/passthrough/dev0 0660 100000:100104
        '';
        preStop = "test \"$(lxc-info -n 202 -sH)\" != RUNNING || lxc-stop -n 202 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 202";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 120;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [ "/var/lib/lxc/202" ];
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
          "sys-subsystem-net-devices-vmbr1.device"
        ];
      };
    };
    tmpfiles = {
      # cluster/migration
      rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
      # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
      # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf
      # (guests/programs)
      settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
    };
  };
}
