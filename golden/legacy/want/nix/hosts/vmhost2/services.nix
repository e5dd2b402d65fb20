{ pkgs, ... }:
{
  # /etc/ntp.conf:4-6 (system/time_servers)
  networking.timeServers = [
    "192.0.2.2"
    "192.0.2.3"
    "pool.ntp.example.net"
  ];

  # /etc/pve/nodes/vmhost2/lxc/102.conf, /etc/pve/nodes/vmhost2/lxc/103.conf, unit apparmor.service
  # (catalog/units_pve.cue:11, containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # /etc/systemd/logind.conf:2-3 (catalog/properties_config_files.cue:900,
    # catalog/properties_config_files.cue:906)
    logind.settings.Login = {
      HandlePowerKey = "ignore";
      KillUserProcesses = false;
    };
    postfix = {
      # /etc/postfix/main.cf:5-6, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      settings.main = {
        # /etc/postfix/main.cf:10 (system/mail)
        inet_interfaces = "all";
        # /etc/postfix/main.cf:7 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.office.example.net"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "vmhost2.office.example.net";
        # /etc/postfix/main.cf:9 (system/mail)
        mynetworks = [
          "127.0.0.0/8"
          "192.0.2.0/24"
        ];
        # /etc/postfix/main.cf:8 (system/mail)
        relayhost = [ "[mail.example.net]:submission" ];
        # /etc/postfix/main.cf:13 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:14 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:12 (system/mail)
        smtp_use_tls = "yes";
      };
    };
    # unit rsyslog.service (catalog/units_debian.cue:776)
    rsyslogd.enable = true;
    # unit sysstat.service (catalog/units_server.cue:2799)
    sysstat.enable = true;
  };

  systemd = {
    services = {
      # /etc/pve/nodes/vmhost2/lxc/102.conf:9,11 (containers/lxc_units)
      lxc-102 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "pve-guests.service"
        ];
        description = "LXC container 102 (vpn)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
          pkgs.openvswitch
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/102/rootfs || umount /var/lib/lxc/102/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/102/rootfs
          lvchange -ay -K pve/vm-102-disk-0
          mountpoint -q /var/lib/lxc/102/rootfs || mount /dev/pve/vm-102-disk-0 /var/lib/lxc/102/rootfs
        '';
        preStop = "test \"$(lxc-info -n 102 -sH)\" != RUNNING || lxc-stop -n 102 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 102";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 120;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [ "/var/lib/lxc/102" ];
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/vmhost2/lxc/103.conf:7-8,10,12 (containers/lxc_units)
      lxc-103 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr9.device"
          "pve-guests.service"
          "lxc-102.service"
        ];
        description = "LXC container 103 (samba)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/103/mp1 || umount /var/lib/lxc/103/mp1
          ! mountpoint -q /var/lib/lxc/103/mp0 || umount /var/lib/lxc/103/mp0
          ! mountpoint -q /var/lib/lxc/103/rootfs || umount /var/lib/lxc/103/rootfs
        '';
        preStart = ''
          mkdir -p /var/lib/lxc/103/rootfs /var/lib/lxc/103/mp0 /var/lib/lxc/103/mp1
          lvchange -ay -K pve/vm-103-disk-0
          mountpoint -q /var/lib/lxc/103/rootfs || mount /dev/pve/vm-103-disk-0 /var/lib/lxc/103/rootfs
          test -d /srv/backup/share
          mountpoint -q /var/lib/lxc/103/mp0 || mount --bind /srv/backup/share /var/lib/lxc/103/mp0
          lvchange -ay -K pve/vm-103-disk-1
          mountpoint -q /var/lib/lxc/103/mp1 || mount /dev/pve/vm-103-disk-1 /var/lib/lxc/103/mp1
        '';
        preStop = "test \"$(lxc-info -n 103 -sH)\" != RUNNING || lxc-stop -n 103 -t 180";
        restartIfChanged = false;
        script = "exec lxc-start -F -n 103";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 120;
          TimeoutStopSec = 210;
        };
        unitConfig.RequiresMountsFor = [
          "/srv/backup/share"
          "/var/lib/lxc/103"
        ];
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr9.device"
        ];
      };
    };
    # /etc/pve/nodes/vmhost2/qemu-server/100.conf, /etc/pve/nodes/vmhost2/qemu-server/101.conf,
    # /etc/pve/nodes/vmhost2/qemu-server/105.conf, /etc/pve/nodes/vmhost2/qemu-server/110.conf,
    # /etc/pve/nodes/vmhost2/qemu-server/111.conf (guests/programs)
    tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
