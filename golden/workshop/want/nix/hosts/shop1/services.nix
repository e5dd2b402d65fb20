{ pkgs, ... }:
{
  # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
  # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/203.conf,
  # /etc/pve/nodes/shop1/lxc/204.conf, /etc/pve/nodes/shop1/lxc/205.conf, 1 more files, unit
  # apparmor.service (catalog/units_pve.cue:11, containers/lxc_host)
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
    postfix = {
      # /etc/postfix/main.cf:2-3, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:2 (mail/aliases)
      rootAlias = "root@example.net";
      settings.main = {
        # /etc/postfix/main.cf:7 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:4 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "shop1.dev.example.net";
        # /etc/postfix/main.cf:6 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:5 (system/mail)
        relayhost = [ ];
      };
    };
  };

  systemd = {
    services = {
      # /etc/pve/nodes/shop1/lxc/200.conf:8,10,12 (containers/lxc_units)
      lxc-200 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        description = "LXC container 200 (dns)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/200/rootfs
          lvchange -ay -K pve/vm-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs
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
      # /etc/pve/nodes/shop1/lxc/201.conf:6,8,11-12 (containers/lxc_units)
      lxc-201 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "lxc-200.service"
        ];
        description = "LXC container 201 (git)";
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
          lvchange -ay -K pve/vm-201-disk-1
          mountpoint -q /var/lib/lxc/201/mp0 || mount /dev/pve/vm-201-disk-1 /var/lib/lxc/201/mp0
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
        unitConfig.RequiresMountsFor = [ "/var/lib/lxc/201" ];
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/shop1/lxc/202.conf:8 (containers/lxc_units)
      lxc-202 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        description = "LXC container 202 (arm-build)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/202/rootfs || umount /var/lib/lxc/202/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/202/rootfs
          test -f /var/lib/vz/images/202/vm-202-disk-0.raw
          mountpoint -q /var/lib/lxc/202/rootfs || mount -o loop /var/lib/vz/images/202/vm-202-disk-0.raw /var/lib/lxc/202/rootfs
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
        unitConfig.RequiresMountsFor = [
          "/var/lib/lxc/202"
          "/var/lib/vz/images/202/vm-202-disk-0.raw"
        ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/shop1/lxc/203.conf:6-7,10 (containers/lxc_units)
      lxc-203 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        description = "LXC container 203 (files)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/203/mp1 || umount /var/lib/lxc/203/mp1
          ! mountpoint -q /var/lib/lxc/203/mp0 || umount /var/lib/lxc/203/mp0
          ! mountpoint -q /var/lib/lxc/203/rootfs || umount /var/lib/lxc/203/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/203/rootfs /var/lib/lxc/203/mp0 /var/lib/lxc/203/mp1
          lvchange -ay -K pve/vm-203-disk-0
          mountpoint -q /var/lib/lxc/203/rootfs || mount /dev/pve/vm-203-disk-0 /var/lib/lxc/203/rootfs
          lvchange -ay -K pve/vm-203-disk-1
          mountpoint -q /var/lib/lxc/203/mp0 || mount /dev/pve/vm-203-disk-1 /var/lib/lxc/203/mp0
          lvchange -ay -K pve/vm-203-disk-2
          mountpoint -q /var/lib/lxc/203/mp1 || mount -o noexec,nosuid /dev/pve/vm-203-disk-2 /var/lib/lxc/203/mp1
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
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/shop1/lxc/204.conf:7 (containers/lxc_units)
      lxc-204 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
        ];
        description = "LXC container 204 (old-site)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/204/rootfs || umount /var/lib/lxc/204/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/204/rootfs
          lvchange -ay -K pve/vm-204-disk-0
          mountpoint -q /var/lib/lxc/204/rootfs || mount /dev/pve/vm-204-disk-0 /var/lib/lxc/204/rootfs
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
        wants = [ "lxcfs.service" ];
      };
      # /etc/pve/nodes/shop1/lxc/205.conf:9 (containers/lxc_units)
      lxc-205 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        description = "LXC container 205 (lab)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/205/passthrough || umount /var/lib/lxc/205/passthrough
          ! mountpoint -q /var/lib/lxc/205/rootfs || umount /var/lib/lxc/205/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/205/rootfs
          lvchange -ay -K pve/vm-205-disk-0
          mountpoint -q /var/lib/lxc/205/rootfs || mount /dev/pve/vm-205-disk-0 /var/lib/lxc/205/rootfs
          device() { # path, node, mode, owner
            kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi
            mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"
            chown "$4" "$2"
          }
          mkdir -p /var/lib/lxc/205/passthrough
          ! mountpoint -q /var/lib/lxc/205/passthrough || umount /var/lib/lxc/205/passthrough
          mount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/205/passthrough
          device /dev/ttyUSB1 /var/lib/lxc/205/passthrough/dev0 0660 100000:100000
        '';
        preStop = "test \"$(lxc-info -n 205 -sH)\" != RUNNING || lxc-stop -n 205 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 205";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 120;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [ "/var/lib/lxc/205" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
    };
    # /etc/pve/nodes/shop1/qemu-server/100.conf, /etc/pve/nodes/shop1/qemu-server/101.conf,
    # /etc/pve/nodes/shop1/qemu-server/102.conf, /etc/pve/nodes/shop1/qemu-server/103.conf,
    # /etc/pve/nodes/shop1/qemu-server/104.conf, /etc/pve/nodes/shop1/qemu-server/105.conf, 19 more
    # files (guests/programs)
    tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
