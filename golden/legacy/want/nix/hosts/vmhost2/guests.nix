{ lib, pkgs, ... }:
{
  environment.etc = {
    # /etc/pve/nodes/vmhost2/lxc/102.conf (containers/lxc_host)
    "lxc/102.conf".source = ./containers/102.conf;
    # /etc/pve/nodes/vmhost2/lxc/103.conf (containers/lxc_host)
    "lxc/103.conf".source = ./containers/103.conf;
    "lxc/unprivileged-keyctl.seccomp".text = ''
      2
      denylist
      reject_force_umount
      [all]
      kexec_load errno 1
      open_by_handle_at errno 1
      init_module errno 1
      finit_module errno 1
      delete_module errno 1
      ioctl errno 1 [1,0x9400,SCMP_CMP_MASKED_EQ,0xff00]
      socket errno 97 [0,38,SCMP_CMP_EQ]
    '';
  };

  systemd = {
    services = {
      # /etc/pve/nodes/vmhost2/lxc/102.conf:9,11,18 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/102.conf /var/lib/lxc/102/config
          for group in /sys/fs/cgroup/lxc/102 /sys/fs/cgroup/lxc.monitor/102; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          if test -e /var/lib/pve2nix/etc/pve/nodes/vmhost2/lxc/102.conf; then
            (
              umask 077
              sed '/^\[/,$d' /var/lib/pve2nix/etc/pve/nodes/vmhost2/lxc/102.conf |
                sed -n -E -e 's/^(lxc\.environment(\.[a-z]+)?)[[:space:]]*[:=][[:space:]]*/\1 = /p' -e 's/^env:[[:space:]]*/env:/p' |
                tr '\0' '\n' | sed -E -e 's/^env://' -e '/^lxc\.environment/!s/^/lxc.environment.runtime = /' >/var/lib/lxc/102/local.d/pve.conf
            )
          fi
          mkdir -p /var/lib/lxc/102/rootfs
          lvchange -ay -K pve/vm-102-disk-0
          mountpoint -q /var/lib/lxc/102/rootfs || mount /dev/pve/vm-102-disk-0 /var/lib/lxc/102/rootfs
        '';
        preStop = ''
          ln -sf /etc/lxc/102.conf /var/lib/lxc/102/config
          test "$(lxc-info -n 102 -sH)" != RUNNING || lxc-stop -n 102 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 102";
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
          RequiresMountsFor = [ "/var/lib/lxc/102" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/vmhost2/lxc/103.conf:7-8,10,12 (containers/lxc_units,
      # conversion/guard_guests)
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
          ln -sf /etc/lxc/103.conf /var/lib/lxc/103/config
          for group in /sys/fs/cgroup/lxc/103 /sys/fs/cgroup/lxc.monitor/103; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/103/rootfs /var/lib/lxc/103/mp0 /var/lib/lxc/103/mp1
          lvchange -ay -K pve/vm-103-disk-0
          mountpoint -q /var/lib/lxc/103/rootfs || mount /dev/pve/vm-103-disk-0 /var/lib/lxc/103/rootfs
          test -d /srv/backup/share
          mountpoint -q /var/lib/lxc/103/mp0 || mount --bind /srv/backup/share /var/lib/lxc/103/mp0
          lvchange -ay -K pve/vm-103-disk-1
          mountpoint -q /var/lib/lxc/103/mp1 || mount /dev/pve/vm-103-disk-1 /var/lib/lxc/103/mp1
        '';
        preStop = ''
          ln -sf /etc/lxc/103.conf /var/lib/lxc/103/config
          test "$(lxc-info -n 103 -sH)" != RUNNING || lxc-stop -n 103 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 103";
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
          RequiresMountsFor = [
            "/srv/backup/share"
            "/var/lib/lxc/103"
          ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr9.device"
        ];
      };
      pve-guests = {
        # unit pve-guests.service (guests/starts)
        serviceConfig.TimeoutStopSec = "infinity";
        # /etc/pve/nodes/vmhost2/lxc/102.conf, /etc/pve/nodes/vmhost2/lxc/103.conf,
        # /etc/pve/nodes/vmhost2/qemu-server/100.conf, /etc/pve/nodes/vmhost2/qemu-server/101.conf,
        # /etc/pve/nodes/vmhost2/qemu-server/105.conf, /etc/pve/nodes/vmhost2/qemu-server/110.conf,
        # 2 more files (conversion/guard_guests)
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RefuseManualStart = lib.mkForce false;
          RefuseManualStop = lib.mkForce false;
        };
      };
      # backup/defaults
      pvedaemon.path = [ pkgs.pigz ];
      # /etc/pve/nodes/vmhost2/qemu-server/100.conf, /etc/pve/nodes/vmhost2/qemu-server/101.conf,
      # /etc/pve/nodes/vmhost2/qemu-server/105.conf, /etc/pve/nodes/vmhost2/qemu-server/110.conf,
      # /etc/pve/nodes/vmhost2/qemu-server/111.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings."10-lxc" = {
      # /etc/pve/nodes/vmhost2/lxc/102.conf (containers/lxc_host)
      "/var/lib/lxc/102".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/102/config"."L+".argument = "/etc/lxc/102.conf";
      "/var/lib/lxc/102/local.d".d = {
        group = "root";
        mode = "0700";
        user = "root";
      };
      # /etc/pve/nodes/vmhost2/lxc/103.conf (containers/lxc_host)
      "/var/lib/lxc/103".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/103/config"."L+".argument = "/etc/lxc/103.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/vmhost2/lxc/102.conf, /etc/pve/nodes/vmhost2/lxc/103.conf, package lxc-pve
    # (catalog/packages_pve.cue:551, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/vmhost2/lxc/102.conf, /etc/pve/nodes/vmhost2/lxc/103.conf, package lxcfs, unit
    # lxcfs.service (catalog/packages_pve.cue:568, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
