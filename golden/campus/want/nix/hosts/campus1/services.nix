{ pkgs, ... }:
{
  # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
  # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf (containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:1, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:1,4,6 (system/time_servers)
      extraConfig = ''
        server dc1.campus.example.org iburst key 10
        allow 192.0.2.0/24
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:1 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # /etc/postfix/main.cf:4-5, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:2 (mail/aliases)
      rootAlias = "it@campus.example.org";
      settings.main = {
        # /etc/postfix/main.cf:13 (system/mail)
        inet_interfaces = "all";
        # /etc/postfix/main.cf:10 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost"
        ];
        # /etc/postfix/main.cf:8 (system/mail)
        myhostname = "campus1.campus.example.org";
        # /etc/postfix/main.cf:12 (system/mail)
        mynetworks = [
          "127.0.0.0/8"
          "192.0.2.0/24"
        ];
        # /etc/postfix/main.cf:11 (system/mail)
        relayhost = [ "[mail.campus.example.org]:587" ];
        # /etc/postfix/main.cf:14 (system/mail)
        smtp_tls_security_level = "secure";
      };
    };
  };

  systemd = {
    services = {
      # /etc/pve/nodes/campus1/lxc/201.conf:6,8 (containers/lxc_units)
      lxc-201 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "pve-guests.service"
        ];
        description = "LXC container 201 (lab-gate)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/201/rootfs || umount /var/lib/lxc/201/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/201/rootfs
          lvchange -ay -K pve/vm-201-disk-0
          mountpoint -q /var/lib/lxc/201/rootfs || mount /dev/pve/vm-201-disk-0 /var/lib/lxc/201/rootfs
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
      # /etc/pve/nodes/campus1/lxc/202.conf:6,8 (containers/lxc_units)
      lxc-202 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "pve-guests.service"
          "lxc-201.service"
        ];
        description = "LXC container 202 (mail)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/202/rootfs || umount /var/lib/lxc/202/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/202/rootfs
          lvchange -ay -K pve/vm-202-disk-0
          mountpoint -q /var/lib/lxc/202/rootfs || mount /dev/pve/vm-202-disk-0 /var/lib/lxc/202/rootfs
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
        ];
      };
      # /etc/pve/nodes/campus1/lxc/203.conf:6,8 (containers/lxc_units)
      lxc-203 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "pve-guests.service"
          "lxc-202.service"
        ];
        description = "LXC container 203 (push)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/203/rootfs || umount /var/lib/lxc/203/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/203/rootfs
          lvchange -ay -K pve/vm-203-disk-0
          mountpoint -q /var/lib/lxc/203/rootfs || mount /dev/pve/vm-203-disk-0 /var/lib/lxc/203/rootfs
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
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/campus1/lxc/204.conf:6,8 (containers/lxc_units)
      lxc-204 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "pve-guests.service"
          "lxc-203.service"
        ];
        description = "LXC container 204 (grafana)";
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
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
    };
    # /etc/pve/nodes/campus1/qemu-server/100.conf, /etc/pve/nodes/campus1/qemu-server/101.conf
    # (guests/programs)
    tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
