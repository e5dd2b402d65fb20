{
  config,
  lib,
  pkgs,
  ...
}:
{
  # /etc/pve/nodes/nas/lxc/200.conf (containers/lxc_host)
  environment.etc = {
    "lxc/200.conf".source = ./containers/200.conf;
    "lxc/unprivileged.seccomp".text = ''
      2
      denylist
      reject_force_umount
      [all]
      kexec_load errno 1
      open_by_handle_at errno 1
      init_module errno 1
      finit_module errno 1
      delete_module errno 1
      keyctl errno 38
      ioctl errno 1 [1,0x9400,SCMP_CMP_MASKED_EQ,0xff00]
      socket errno 97 [0,38,SCMP_CMP_EQ]
    '';
  };

  systemd = {
    services = {
      # /etc/pve/nodes/nas/lxc/200.conf:5,7,9 (containers/lxc_units, conversion/guard_guests)
      lxc-200 = {
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
          config.boot.zfs.package
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
          ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
        '';
        preStart = ''
          ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
          for group in /sys/fs/cgroup/lxc/200 /sys/fs/cgroup/lxc.monitor/200; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0
          test "$(zfs get -H -o value mounted tank/guests/subvol-200-disk-0)" = yes || zfs mount tank/guests/subvol-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount --bind "$(zfs get -H -o value mountpoint tank/guests/subvol-200-disk-0)" /var/lib/lxc/200/rootfs
          test "$(zfs get -H -o value mounted tank/guests/subvol-200-disk-1)" = yes || zfs mount tank/guests/subvol-200-disk-1
          mountpoint -q /var/lib/lxc/200/mp0 || mount --bind "$(zfs get -H -o value mountpoint tank/guests/subvol-200-disk-1)" /var/lib/lxc/200/mp0
        '';
        preStop = ''
          ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
          test "$(lxc-info -n 200 -sH)" != RUNNING || lxc-stop -n 200 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 200";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 120;
          TimeoutStopSec = 210;
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [ "/var/lib/lxc/200" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      pve-guests = {
        # unit pve-guests.service (guests/starts)
        path = [ pkgs.zfs ];
        serviceConfig.TimeoutStopSec = "infinity";
        # /etc/pve/nodes/nas/lxc/200.conf, /etc/pve/nodes/nas/qemu-server/100.conf,
        # /etc/pve/nodes/nas/qemu-server/101.conf (conversion/guard_guests)
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RefuseManualStart = lib.mkForce false;
          RefuseManualStop = lib.mkForce false;
        };
      };
      # /etc/pve/nodes/nas/qemu-server/100.conf, /etc/pve/nodes/nas/qemu-server/101.conf
      # (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    # /etc/pve/nodes/nas/lxc/200.conf (containers/lxc_host)
    tmpfiles.settings."10-lxc" = {
      "/var/lib/lxc/200".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/nas/lxc/200.conf, package lxc-pve (catalog/packages_pve.cue:551,
    # containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/nas/lxc/200.conf, package lxcfs, unit lxcfs.service
    # (catalog/packages_pve.cue:568, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
