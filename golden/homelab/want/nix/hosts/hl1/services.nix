{ pkgs, ... }:
{
  # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/201.conf,
  # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/203.conf,
  # /etc/pve/nodes/hl1/lxc/204.conf, unit apparmor.service (catalog/units_pve.cue:11,
  # containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-3, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2-3,11 (system/time_servers)
      extraConfig = ''
        pool ntp.example.net iburst
        server 192.0.2.1 iburst prefer
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:2-3 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # /etc/systemd/journald.conf.d/size.conf:2 (system/journal)
    journald.extraConfig = ''
      SystemMaxUse=1G
    '';
    postfix = {
      # /etc/postfix/main.cf:5-6, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "mira@example.net";
      settings.main = {
        # /etc/postfix/main.cf:10 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:7 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "hl1.home.example.net";
        # /etc/postfix/main.cf:9 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:8 (system/mail)
        relayhost = [ "[smtp.example.net]:587" ];
        # /etc/postfix/main.cf:13 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:15 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:16 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
    prometheus.exporters.node = {
      # unit prometheus-node-exporter.service (catalog/units_server.cue:2284, metrics/node_exporter)
      enable = true;
      # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
      enabledCollectors = [ "systemd" ];
      extraFlags = [ "--collector.textfile.directory=/var/lib/prometheus/node-exporter" ];
      listenAddress = "192.0.2.10";
      port = 9100;
    };
  };

  systemd = {
    services = {
      # /etc/pve/nodes/hl1/lxc/200.conf:10-11,13,15-16 (containers/lxc_units)
      lxc-200 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "zfs.target"
          "pve-guests.service"
          "lxc-202.service"
        ];
        description = "LXC container 200 (jellyfin)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.zfs
        ];
        postStart = "sleep 10";
        postStop = ''
          ! mountpoint -q /var/lib/lxc/200/passthrough || umount /var/lib/lxc/200/passthrough
          ! mountpoint -q /var/lib/lxc/200/mp1 || umount /var/lib/lxc/200/mp1
          ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
          ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0 /var/lib/lxc/200/mp1
          test "$(zfs get -H -o value mounted rpool/data/subvol-200-disk-0)" = yes || zfs mount rpool/data/subvol-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-200-disk-0)" /var/lib/lxc/200/rootfs
          test -d /tank/media
          mountpoint -q /var/lib/lxc/200/mp0 || mount --bind -o ro /tank/media /var/lib/lxc/200/mp0
          test "$(zfs get -H -o value mounted tank/guests/subvol-200-disk-0)" = yes || zfs mount tank/guests/subvol-200-disk-0
          mountpoint -q /var/lib/lxc/200/mp1 || mount --bind -o noatime "$(zfs get -H -o value mountpoint tank/guests/subvol-200-disk-0)" /var/lib/lxc/200/mp1
          device() { # path, node, mode, owner
            kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi
            mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"
            chown "$4" "$2"
          }
          mkdir -p /var/lib/lxc/200/passthrough
          ! mountpoint -q /var/lib/lxc/200/passthrough || umount /var/lib/lxc/200/passthrough
          mount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/200/passthrough
          device /dev/dri/renderD128 /var/lib/lxc/200/passthrough/dev0 0660 100000:100104
        '';
        preStop = "test \"$(lxc-info -n 200 -sH)\" != RUNNING || lxc-stop -n 200 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 200";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 130;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [
          "/tank/media"
          "/var/lib/lxc/200"
        ];
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/201.conf:7-8,10,12 (containers/lxc_units)
      lxc-201 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "zfs.target"
          "pve-guests.service"
          "lxc-200.service"
        ];
        description = "LXC container 201 (fileserver)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.zfs
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/201/mp1 || umount /var/lib/lxc/201/mp1
          ! mountpoint -q /var/lib/lxc/201/mp0 || umount /var/lib/lxc/201/mp0
          ! mountpoint -q /var/lib/lxc/201/rootfs || umount /var/lib/lxc/201/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/201/rootfs /var/lib/lxc/201/mp0 /var/lib/lxc/201/mp1
          test "$(zfs get -H -o value mounted rpool/data/subvol-201-disk-0)" = yes || zfs mount rpool/data/subvol-201-disk-0
          mountpoint -q /var/lib/lxc/201/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-201-disk-0)" /var/lib/lxc/201/rootfs
          test -d /tank/files
          mountpoint -q /var/lib/lxc/201/mp0 || mount --bind /tank/files /var/lib/lxc/201/mp0
          test -b /dev/disk/by-id/usb-WD_My_Passport_2626_575833314441-0:0-part1
          mountpoint -q /var/lib/lxc/201/mp1 || mount /dev/disk/by-id/usb-WD_My_Passport_2626_575833314441-0:0-part1 /var/lib/lxc/201/mp1
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
          "/tank/files"
          "/var/lib/lxc/201"
        ];
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/202.conf:9,12,14 (containers/lxc_units)
      lxc-202 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-lab0.device"
          "sys-subsystem-net-devices-vmbr0.device"
          "zfs.target"
        ];
        description = "LXC container 202 (pihole)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.zfs
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/202/rootfs || umount /var/lib/lxc/202/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/202/rootfs
          test "$(zfs get -H -o value mounted rpool/data/subvol-202-disk-0)" = yes || zfs mount rpool/data/subvol-202-disk-0
          mountpoint -q /var/lib/lxc/202/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-202-disk-0)" /var/lib/lxc/202/rootfs
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
          "sys-subsystem-net-devices-lab0.device"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/203.conf:13 (containers/lxc_units)
      lxc-203 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-mesh0.device"
          "zfs.target"
        ];
        description = "LXC container 203 (gateway)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.zfs
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/203/passthrough || umount /var/lib/lxc/203/passthrough
          ! mountpoint -q /var/lib/lxc/203/rootfs || umount /var/lib/lxc/203/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/203/rootfs
          test "$(zfs get -H -o value mounted tank/guests/subvol-203-disk-0)" = yes || zfs mount tank/guests/subvol-203-disk-0
          mountpoint -q /var/lib/lxc/203/rootfs || mount --bind "$(zfs get -H -o value mountpoint tank/guests/subvol-203-disk-0)" /var/lib/lxc/203/rootfs
          device() { # path, node, mode, owner
            kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi
            mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"
            chown "$4" "$2"
          }
          mkdir -p /var/lib/lxc/203/passthrough
          ! mountpoint -q /var/lib/lxc/203/passthrough || umount /var/lib/lxc/203/passthrough
          mount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/203/passthrough
          device /dev/net/tun /var/lib/lxc/203/passthrough/dev0 0660 100000:100000
          device /dev/ttyUSB0 /var/lib/lxc/203/passthrough/dev1 0660 101000:100000
        '';
        preStop = "test \"$(lxc-info -n 203 -sH)\" != RUNNING || lxc-stop -n 203 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 203";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 120;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [ "/var/lib/lxc/203" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-mesh0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/204.conf:10 (containers/lxc_units)
      lxc-204 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-lab0.device"
          "zfs.target"
        ];
        description = "LXC container 204 (postgres)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.zfs
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/204/rootfs || umount /var/lib/lxc/204/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/204/rootfs
          test "$(zfs get -H -o value mounted rpool/data/subvol-204-disk-0)" = yes || zfs mount rpool/data/subvol-204-disk-0
          mountpoint -q /var/lib/lxc/204/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-204-disk-0)" /var/lib/lxc/204/rootfs
        '';
        preStop = "test \"$(lxc-info -n 204 -sH)\" != RUNNING || lxc-stop -n 204 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 204";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 120;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [ "/var/lib/lxc/204" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-lab0.device"
        ];
      };
    };
    # /etc/pve/nodes/hl1/qemu-server/100.conf, /etc/pve/nodes/hl1/qemu-server/101.conf,
    # /etc/pve/nodes/hl1/qemu-server/102.conf, /etc/pve/nodes/hl1/qemu-server/103.conf,
    # /etc/pve/nodes/hl1/qemu-server/104.conf (guests/programs)
    tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };

  virtualisation = {
    # unit containerd.service (catalog/units_server.cue:588)
    containerd.enable = true;
    docker = {
      # unit docker.service, unit docker.socket (catalog/units_server.cue:700,
      # catalog/units_server.cue:709)
      enable = true;
      # /etc/docker/daemon.json:15 (catalog/properties_config_files.cue:1469)
      daemon.settings.iptables = true;
      # /etc/docker/daemon.json:4 (catalog/properties_config_files.cue:1466)
      logDriver = "json-file";
      # /etc/docker/daemon.json:3 (catalog/properties_config_files.cue:1467)
      storageDriver = "zfs";
    };
  };
}
