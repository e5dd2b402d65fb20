{
  config,
  lib,
  pkgs,
  ...
}:
{
  # /etc/pve/nodes/office1/lxc/131.conf (containers/lxc_host)
  environment.etc = {
    "lxc/131.conf".source = ./containers/131.conf;
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
      # /etc/pve/nodes/office1/lxc/131.conf:6,8 (containers/lxc_units, conversion/guard_guests)
      lxc-131 = {
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
          config.boot.zfs.package
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/131/rootfs || umount /var/lib/lxc/131/rootfs
        '';
        preStart = ''
          ln -sf /etc/lxc/131.conf /var/lib/lxc/131/config
          for group in /sys/fs/cgroup/lxc/131 /sys/fs/cgroup/lxc.monitor/131; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/131/rootfs
          test "$(zfs get -H -o value mounted tank/subvol-131-disk-0)" = yes || zfs mount tank/subvol-131-disk-0
          mountpoint -q /var/lib/lxc/131/rootfs || mount --bind "$(zfs get -H -o value mountpoint tank/subvol-131-disk-0)" /var/lib/lxc/131/rootfs
        '';
        preStop = ''
          ln -sf /etc/lxc/131.conf /var/lib/lxc/131/config
          test "$(lxc-info -n 131 -sH)" != RUNNING || lxc-stop -n 131 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 131";
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
          RequiresMountsFor = [ "/var/lib/lxc/131" ];
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
        # /etc/pve/nodes/office1/lxc/131.conf, /etc/pve/nodes/office1/qemu-server/100.conf,
        # /etc/pve/nodes/office1/qemu-server/101.conf, /etc/pve/nodes/office1/qemu-server/102.conf,
        # /etc/pve/nodes/office1/qemu-server/103.conf, /etc/pve/nodes/office1/qemu-server/104.conf
        # (conversion/guard_guests)
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RefuseManualStart = lib.mkForce false;
          RefuseManualStop = lib.mkForce false;
        };
      };
      # /etc/pve/nodes/office1/qemu-server/100.conf, /etc/pve/nodes/office1/qemu-server/101.conf,
      # /etc/pve/nodes/office1/qemu-server/102.conf, /etc/pve/nodes/office1/qemu-server/103.conf,
      # /etc/pve/nodes/office1/qemu-server/104.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    # /etc/pve/nodes/office1/lxc/131.conf (containers/lxc_host)
    tmpfiles.settings."10-lxc" = {
      "/var/lib/lxc/131".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/131/config"."L+".argument = "/etc/lxc/131.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/office1/lxc/131.conf, package lxc-pve (catalog/packages_pve.cue:551,
    # containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/office1/lxc/131.conf, package lxcfs (catalog/packages_pve.cue:568,
    # containers/lxc_host)
    lxcfs.enable = true;
  };
}
