{ lib, pkgs, ... }:
{
  environment.etc = {
    # /etc/pve/nodes/shop1/lxc/200.conf:7 (containers/lxc_cards)
    "lxc/200-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth200i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/200.conf (containers/lxc_host)
    "lxc/200.conf".source = ./containers/200.conf;
    # /etc/pve/nodes/shop1/lxc/201.conf:7 (containers/lxc_cards)
    "lxc/201-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth201i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/201.conf (containers/lxc_host)
    "lxc/201.conf".source = ./containers/201.conf;
    # /etc/pve/nodes/shop1/lxc/202.conf:6 (containers/lxc_cards)
    "lxc/202-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth202i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/202.conf (containers/lxc_host)
    "lxc/202.conf".source = ./containers/202.conf;
    # /etc/pve/nodes/shop1/lxc/203.conf:8 (containers/lxc_cards)
    "lxc/203-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth203i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/203.conf (containers/lxc_host)
    "lxc/203.conf".source = ./containers/203.conf;
    # /etc/pve/nodes/shop1/lxc/204.conf (containers/lxc_host)
    "lxc/204.conf".source = ./containers/204.conf;
    # /etc/pve/nodes/shop1/lxc/205.conf:7 (containers/lxc_cards)
    "lxc/205-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth205i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/205.conf (containers/lxc_host)
    "lxc/205.conf".source = ./containers/205.conf;
    # /etc/pve/nodes/shop1/lxc/206.conf:7 (containers/lxc_cards)
    "lxc/206-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth206i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/206.conf (containers/lxc_host)
    "lxc/206.conf".source = ./containers/206.conf;
    # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
    # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/204.conf,
    # /etc/pve/nodes/shop1/lxc/205.conf, /etc/pve/nodes/shop1/lxc/206.conf (containers/lxc_host)
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
      # /etc/pve/nodes/shop1/lxc/200.conf:8,10,12 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
          for group in /sys/fs/cgroup/lxc/200 /sys/fs/cgroup/lxc.monitor/200; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/200/rootfs
          lvchange -ay -K pve/vm-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs
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
      # /etc/pve/nodes/shop1/lxc/201.conf:6,8,11-12 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/201.conf /var/lib/lxc/201/config
          for group in /sys/fs/cgroup/lxc/201 /sys/fs/cgroup/lxc.monitor/201; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/201/rootfs /var/lib/lxc/201/mp0
          lvchange -ay -K pve/vm-201-disk-0
          mountpoint -q /var/lib/lxc/201/rootfs || mount /dev/pve/vm-201-disk-0 /var/lib/lxc/201/rootfs
          lvchange -ay -K pve/vm-201-disk-1
          mountpoint -q /var/lib/lxc/201/mp0 || mount /dev/pve/vm-201-disk-1 /var/lib/lxc/201/mp0
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
      # /etc/pve/nodes/shop1/lxc/202.conf:8 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/202.conf /var/lib/lxc/202/config
          for group in /sys/fs/cgroup/lxc/202 /sys/fs/cgroup/lxc.monitor/202; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/202/rootfs
          test -f /var/lib/vz/images/202/vm-202-disk-0.raw
          mountpoint -q /var/lib/lxc/202/rootfs || mount -o loop /var/lib/vz/images/202/vm-202-disk-0.raw /var/lib/lxc/202/rootfs
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
          RequiresMountsFor = [
            "/var/lib/lxc/202"
            "/var/lib/vz/images/202/vm-202-disk-0.raw"
          ];
        };
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/shop1/lxc/203.conf:6-7,10 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/203.conf /var/lib/lxc/203/config
          for group in /sys/fs/cgroup/lxc/203 /sys/fs/cgroup/lxc.monitor/203; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/203/rootfs /var/lib/lxc/203/mp0 /var/lib/lxc/203/mp1
          lvchange -ay -K pve/vm-203-disk-0
          mountpoint -q /var/lib/lxc/203/rootfs || mount /dev/pve/vm-203-disk-0 /var/lib/lxc/203/rootfs
          lvchange -ay -K pve/vm-203-disk-1
          mountpoint -q /var/lib/lxc/203/mp0 || mount /dev/pve/vm-203-disk-1 /var/lib/lxc/203/mp0
          lvchange -ay -K pve/vm-203-disk-2
          mountpoint -q /var/lib/lxc/203/mp1 || mount -o noexec,nosuid /dev/pve/vm-203-disk-2 /var/lib/lxc/203/mp1
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
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/shop1/lxc/204.conf:7 (containers/lxc_units, conversion/guard_guests)
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
        wants = [ "lxcfs.service" ];
      };
      # /etc/pve/nodes/shop1/lxc/205.conf:9 (containers/lxc_units, conversion/guard_guests)
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
          ln -sf /etc/lxc/205.conf /var/lib/lxc/205/config
          for group in /sys/fs/cgroup/lxc/205 /sys/fs/cgroup/lxc.monitor/205; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
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
        preStop = ''
          ln -sf /etc/lxc/205.conf /var/lib/lxc/205/config
          test "$(lxc-info -n 205 -sH)" != RUNNING || lxc-stop -n 205 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 205";
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
          RequiresMountsFor = [ "/var/lib/lxc/205" ];
        };
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      pve-guests = {
        serviceConfig = {
          # /etc/pve/nodes/shop1/config:1 (guests/starts)
          ExecStartPre = "/run/current-system/sw/bin/sleep 15";
          # unit pve-guests.service (guests/starts)
          TimeoutStopSec = "infinity";
        };
        # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
        # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/203.conf,
        # /etc/pve/nodes/shop1/lxc/204.conf, /etc/pve/nodes/shop1/lxc/205.conf, 27 more files
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
      # /etc/pve/nodes/shop1/qemu-server/100.conf, /etc/pve/nodes/shop1/qemu-server/101.conf,
      # /etc/pve/nodes/shop1/qemu-server/102.conf, /etc/pve/nodes/shop1/qemu-server/103.conf,
      # /etc/pve/nodes/shop1/qemu-server/104.conf, /etc/pve/nodes/shop1/qemu-server/105.conf, 19
      # more files (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings = {
      "10-lxc" = {
        # /etc/pve/nodes/shop1/lxc/200.conf (containers/lxc_host)
        "/var/lib/lxc/200".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
        # /etc/pve/nodes/shop1/lxc/201.conf (containers/lxc_host)
        "/var/lib/lxc/201".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/201/config"."L+".argument = "/etc/lxc/201.conf";
        # /etc/pve/nodes/shop1/lxc/202.conf (containers/lxc_host)
        "/var/lib/lxc/202".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
        # /etc/pve/nodes/shop1/lxc/203.conf (containers/lxc_host)
        "/var/lib/lxc/203".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/203/config"."L+".argument = "/etc/lxc/203.conf";
        # /etc/pve/nodes/shop1/lxc/204.conf (containers/lxc_host)
        "/var/lib/lxc/204".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/204/config"."L+".argument = "/etc/lxc/204.conf";
        # /etc/pve/nodes/shop1/lxc/205.conf (containers/lxc_host)
        "/var/lib/lxc/205".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/205/config"."L+".argument = "/etc/lxc/205.conf";
        # /etc/pve/nodes/shop1/lxc/206.conf (containers/lxc_host)
        "/var/lib/lxc/206".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/206/config"."L+".argument = "/etc/lxc/206.conf";
      };
      # /etc/pve/nodes/shop1/qemu-server/122.conf:16 (catalog/properties_guests.cue:232)
      "10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument = "/run/current-system/sw/bin/virtiofsd";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
    # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/203.conf,
    # /etc/pve/nodes/shop1/lxc/204.conf, /etc/pve/nodes/shop1/lxc/205.conf, 1 more files, package
    # lxc-pve (catalog/packages_pve.cue:551, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
    # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/203.conf,
    # /etc/pve/nodes/shop1/lxc/204.conf, /etc/pve/nodes/shop1/lxc/205.conf, 1 more files, package
    # lxcfs, unit lxcfs.service (catalog/packages_pve.cue:568, catalog/units_pve.cue:340,
    # containers/lxc_host)
    lxcfs.enable = true;
  };
}
