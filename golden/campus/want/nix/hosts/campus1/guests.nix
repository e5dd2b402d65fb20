{ lib, pkgs, ... }:
{
  environment.etc = {
    # /etc/pve/nodes/campus1/lxc/201.conf (containers/lxc_host)
    "lxc/201.conf".source = ./containers/201.conf;
    # /etc/pve/nodes/campus1/lxc/202.conf (containers/lxc_host)
    "lxc/202.conf".source = ./containers/202.conf;
    # /etc/pve/nodes/campus1/lxc/203.conf (containers/lxc_host)
    "lxc/203.conf".source = ./containers/203.conf;
    # /etc/pve/nodes/campus1/lxc/204.conf (containers/lxc_host)
    "lxc/204.conf".source = ./containers/204.conf;
    # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
    # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf (containers/lxc_host)
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
      # /etc/pve/nodes/campus1/lxc/201.conf:6,8 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/201.conf /var/lib/lxc/201/config
          for group in /sys/fs/cgroup/lxc/201 /sys/fs/cgroup/lxc.monitor/201; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/201/rootfs
          lvchange -ay -K pve/vm-201-disk-0
          mountpoint -q /var/lib/lxc/201/rootfs || mount /dev/pve/vm-201-disk-0 /var/lib/lxc/201/rootfs
        '';
        preStop = ''
          ln -sf /etc/lxc/201.conf /var/lib/lxc/201/config
          test "$(lxc-info -n 201 -sH)" != RUNNING || lxc-stop -n 201 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 201";
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
          RequiresMountsFor = [ "/var/lib/lxc/201" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/campus1/lxc/202.conf:6,8 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/202.conf /var/lib/lxc/202/config
          for group in /sys/fs/cgroup/lxc/202 /sys/fs/cgroup/lxc.monitor/202; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/202/rootfs
          lvchange -ay -K pve/vm-202-disk-0
          mountpoint -q /var/lib/lxc/202/rootfs || mount /dev/pve/vm-202-disk-0 /var/lib/lxc/202/rootfs
        '';
        preStop = ''
          ln -sf /etc/lxc/202.conf /var/lib/lxc/202/config
          test "$(lxc-info -n 202 -sH)" != RUNNING || lxc-stop -n 202 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 202";
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
          RequiresMountsFor = [ "/var/lib/lxc/202" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/campus1/lxc/203.conf:6,8 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/203.conf /var/lib/lxc/203/config
          for group in /sys/fs/cgroup/lxc/203 /sys/fs/cgroup/lxc.monitor/203; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/203/rootfs
          lvchange -ay -K pve/vm-203-disk-0
          mountpoint -q /var/lib/lxc/203/rootfs || mount /dev/pve/vm-203-disk-0 /var/lib/lxc/203/rootfs
        '';
        preStop = ''
          ln -sf /etc/lxc/203.conf /var/lib/lxc/203/config
          test "$(lxc-info -n 203 -sH)" != RUNNING || lxc-stop -n 203 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 203";
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
          RequiresMountsFor = [ "/var/lib/lxc/203" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/campus1/lxc/204.conf:6,8 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/204.conf /var/lib/lxc/204/config
          for group in /sys/fs/cgroup/lxc/204 /sys/fs/cgroup/lxc.monitor/204; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/204/rootfs
          lvchange -ay -K pve/vm-204-disk-0
          mountpoint -q /var/lib/lxc/204/rootfs || mount /dev/pve/vm-204-disk-0 /var/lib/lxc/204/rootfs
        '';
        preStop = ''
          ln -sf /etc/lxc/204.conf /var/lib/lxc/204/config
          test "$(lxc-info -n 204 -sH)" != RUNNING || lxc-stop -n 204 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 204";
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
          RequiresMountsFor = [ "/var/lib/lxc/204" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      pve-guests = {
        # unit pve-guests.service (guests/starts)
        serviceConfig.TimeoutStopSec = "infinity";
        # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
        # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf,
        # /etc/pve/nodes/campus1/qemu-server/100.conf, /etc/pve/nodes/campus1/qemu-server/101.conf
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
      # /etc/pve/nodes/campus1/qemu-server/100.conf, /etc/pve/nodes/campus1/qemu-server/101.conf
      # (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings."10-lxc" = {
      # /etc/pve/nodes/campus1/lxc/201.conf (containers/lxc_host)
      "/var/lib/lxc/201".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/201/config"."L+".argument = "/etc/lxc/201.conf";
      # /etc/pve/nodes/campus1/lxc/202.conf (containers/lxc_host)
      "/var/lib/lxc/202".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
      # /etc/pve/nodes/campus1/lxc/203.conf (containers/lxc_host)
      "/var/lib/lxc/203".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/203/config"."L+".argument = "/etc/lxc/203.conf";
      # /etc/pve/nodes/campus1/lxc/204.conf (containers/lxc_host)
      "/var/lib/lxc/204".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/204/config"."L+".argument = "/etc/lxc/204.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
    # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf, package lxc-pve
    # (catalog/packages_pve.cue:551, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
    # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf, package lxcfs
    # (catalog/packages_pve.cue:568, containers/lxc_host)
    lxcfs.enable = true;
  };
}
