{ pkgs, ... }:
{
  # /etc/pve/nodes/office1/lxc/131.conf (containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:1, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:1 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
      '';
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
    postfix.enable = true;
  };

  systemd = {
    # /etc/pve/nodes/office1/lxc/131.conf:6,8 (containers/lxc_units)
    services.lxc-131 = {
      after = [
        "apparmor.service"
        "lxcfs.service"
        "network.target"
        "sys-subsystem-net-devices-vmbr0.device"
        "zfs.target"
        "pve-guests.service"
      ];
      description = "LXC container 131 (vote)";
      path = [
        pkgs.apparmor-parser
        pkgs.iproute2
        pkgs.lxc
        pkgs.util-linux
        pkgs.zfs
      ];
      postStop = ''
        ! mountpoint -q /var/lib/lxc/131/rootfs || umount /var/lib/lxc/131/rootfs
      '';
      preStart = ''
        mkdir -p /var/lib/lxc/131/rootfs
        test "$(zfs get -H -o value mounted tank/subvol-131-disk-0)" = yes || zfs mount tank/subvol-131-disk-0
        mountpoint -q /var/lib/lxc/131/rootfs || mount --bind "$(zfs get -H -o value mountpoint tank/subvol-131-disk-0)" /var/lib/lxc/131/rootfs
      '';
      preStop = "test \"$(lxc-info -n 131 -sH)\" != RUNNING || lxc-stop -n 131 -t 180";
      restartIfChanged = false;
      script = "exec lxc-start -F -n 131";
      serviceConfig = {
        Delegate = true;
        KillMode = "mixed";
        StandardOutput = "null";
        TimeoutStartSec = 120;
        TimeoutStopSec = 210;
      };
      unitConfig.RequiresMountsFor = [ "/var/lib/lxc/131" ];
      wantedBy = [ "multi-user.target" ];
      wants = [
        "lxcfs.service"
        "sys-subsystem-net-devices-vmbr0.device"
      ];
    };
    tmpfiles = {
      # cluster/migration
      rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
      # /etc/pve/nodes/office1/qemu-server/100.conf, /etc/pve/nodes/office1/qemu-server/101.conf,
      # /etc/pve/nodes/office1/qemu-server/102.conf, /etc/pve/nodes/office1/qemu-server/103.conf,
      # /etc/pve/nodes/office1/qemu-server/104.conf (guests/programs)
      settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
    };
  };
}
