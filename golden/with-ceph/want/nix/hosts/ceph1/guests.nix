{
  config,
  lib,
  pkgs,
  ...
}:
{
  environment.etc = {
    # /etc/pve/nodes/ceph1/lxc/120.conf (containers/lxc_host)
    "lxc/120.conf".source = ./containers/120.conf;
    # /etc/pve/nodes/ceph1/lxc/121.conf (containers/lxc_host)
    "lxc/121.conf".source = ./containers/121.conf;
    # /etc/pve/nodes/ceph1/lxc/122.conf (containers/lxc_host)
    "lxc/122.conf".source = ./containers/122.conf;
    # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/122.conf (containers/lxc_host)
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
      # /etc/pve/nodes/ceph1/lxc/120.conf:6,9,11-12 (containers/lxc_units, conversion/guard_guests)
      lxc-120 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "network-online.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        before = [ "pve-guests.service" ];
        description = "LXC container 120 (mon01)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.openvswitch
          pkgs.ceph-client
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/120/mp0 || umount /var/lib/lxc/120/mp0
          ! mountpoint -q /var/lib/lxc/120/rootfs || umount /var/lib/lxc/120/rootfs
          ! test -b /run/rbd/120-rootfs || rbd device unmap "$(readlink /run/rbd/120-rootfs)"
          ! test -b /run/rbd/120-mp0 || rbd device unmap "$(readlink /run/rbd/120-mp0)"
        '';
        preStart = ''
          ln -sf /etc/lxc/120.conf /var/lib/lxc/120/config
          for group in /sys/fs/cgroup/lxc/120 /sys/fs/cgroup/lxc.monitor/120; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          map() { # link, image, how Ceph is reached
            ! test -b "$1" || return 0
            for _ in $(seq 30); do
              case $(timeout 60 rbd "''${@:3}" status "$2") in
              *"Watchers: none"*)
                device=$(timeout 60 rbd "''${@:3}" device map --exclusive "$2") || return 1
                mkdir -p "$(dirname "$1")" && ln -sfn "$device" "$1"
                return
                ;;
              esac
              sleep 2
            done
            echo "$2 is open on another host, or Ceph does not answer" >&2
            return 1
          }
          mkdir -p /var/lib/lxc/120/rootfs /var/lib/lxc/120/mp0
          map /run/rbd/120-rootfs ceph-ct/vm-120-disk-0 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf
          mountpoint -q /var/lib/lxc/120/rootfs || mount /run/rbd/120-rootfs /var/lib/lxc/120/rootfs
          map /run/rbd/120-mp0 ceph-ct/vm-120-disk-1 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf
          mountpoint -q /var/lib/lxc/120/mp0 || mount /run/rbd/120-mp0 /var/lib/lxc/120/mp0
        '';
        preStop = ''
          ln -sf /etc/lxc/120.conf /var/lib/lxc/120/config
          test "$(lxc-info -n 120 -sH)" != RUNNING || lxc-stop -n 120 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 120";
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
          RequiresMountsFor = [ "/var/lib/lxc/120" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "network-online.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/ceph1/lxc/121.conf:7,9,11 (containers/lxc_units, conversion/guard_guests)
      lxc-121 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vlab0.device"
          "zfs.target"
          "pve-guests.service"
          "lxc-120.service"
        ];
        description = "LXC container 121 (runner)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          config.boot.zfs.package
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/121/mp0 || umount /var/lib/lxc/121/mp0
          ! mountpoint -q /var/lib/lxc/121/rootfs || umount /var/lib/lxc/121/rootfs
        '';
        preStart = ''
          ln -sf /etc/lxc/121.conf /var/lib/lxc/121/config
          for group in /sys/fs/cgroup/lxc/121 /sys/fs/cgroup/lxc.monitor/121; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/121/rootfs /var/lib/lxc/121/mp0
          test "$(zfs get -H -o value mounted rpool/data/subvol-121-disk-0)" = yes || zfs mount rpool/data/subvol-121-disk-0
          mountpoint -q /var/lib/lxc/121/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-121-disk-0)" /var/lib/lxc/121/rootfs
          test "$(zfs get -H -o value mounted rpool/data/subvol-121-disk-1)" = yes || zfs mount rpool/data/subvol-121-disk-1
          mountpoint -q /var/lib/lxc/121/mp0 || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-121-disk-1)" /var/lib/lxc/121/mp0
        '';
        preStop = ''
          ln -sf /etc/lxc/121.conf /var/lib/lxc/121/config
          test "$(lxc-info -n 121 -sH)" != RUNNING || lxc-stop -n 121 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 121";
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
          RequiresMountsFor = [ "/var/lib/lxc/121" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vlab0.device"
        ];
      };
      # /etc/pve/nodes/ceph1/lxc/122.conf:5,9,12 (containers/lxc_units, conversion/guard_guests)
      lxc-122 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "network-online.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        description = "LXC container 122 (grafana)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.openvswitch
          pkgs.ceph-client
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/122/mp0 || umount /var/lib/lxc/122/mp0
          ! mountpoint -q /var/lib/lxc/122/rootfs || umount /var/lib/lxc/122/rootfs
          ! test -b /run/rbd/122-rootfs || rbd device unmap "$(readlink /run/rbd/122-rootfs)"
          ! test -b /run/rbd/122-mp0 || rbd device unmap "$(readlink /run/rbd/122-mp0)"
        '';
        preStart = ''
          ln -sf /etc/lxc/122.conf /var/lib/lxc/122/config
          for group in /sys/fs/cgroup/lxc/122 /sys/fs/cgroup/lxc.monitor/122; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          if test -e /var/lib/pve2nix/etc/pve/nodes/ceph1/lxc/122.conf; then
            (
              umask 077
              sed '/^\[/,$d' /var/lib/pve2nix/etc/pve/nodes/ceph1/lxc/122.conf |
                sed -n -E -e 's/^(lxc\.environment(\.[a-z]+)?)[[:space:]]*[:=][[:space:]]*/\1 = /p' -e 's/^env:[[:space:]]*/env:/p' |
                tr '\0' '\n' | sed -E -e 's/^env://' -e '/^lxc\.environment/!s/^/lxc.environment.runtime = /' >/var/lib/lxc/122/local.d/pve.conf
            )
          fi
          map() { # link, image, how Ceph is reached
            ! test -b "$1" || return 0
            for _ in $(seq 30); do
              case $(timeout 60 rbd "''${@:3}" status "$2") in
              *"Watchers: none"*)
                device=$(timeout 60 rbd "''${@:3}" device map --exclusive "$2") || return 1
                mkdir -p "$(dirname "$1")" && ln -sfn "$device" "$1"
                return
                ;;
              esac
              sleep 2
            done
            echo "$2 is open on another host, or Ceph does not answer" >&2
            return 1
          }
          mkdir -p /var/lib/lxc/122/rootfs /var/lib/lxc/122/mp0
          map /run/rbd/122-rootfs ceph-ct/vm-122-disk-0 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf
          mountpoint -q /var/lib/lxc/122/rootfs || mount /run/rbd/122-rootfs /var/lib/lxc/122/rootfs
          map /run/rbd/122-mp0 ceph-ct/vm-122-disk-1 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf
          mountpoint -q /var/lib/lxc/122/mp0 || mount /run/rbd/122-mp0 /var/lib/lxc/122/mp0
        '';
        preStop = ''
          ln -sf /etc/lxc/122.conf /var/lib/lxc/122/config
          test "$(lxc-info -n 122 -sH)" != RUNNING || lxc-stop -n 122 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 122";
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
          RequiresMountsFor = [ "/var/lib/lxc/122" ];
        };
        wants = [
          "lxcfs.service"
          "network-online.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      pve-guests = {
        serviceConfig = {
          # /etc/pve/nodes/ceph1/config:4 (guests/starts)
          ExecStartPre = "/run/current-system/sw/bin/sleep 60";
          # unit pve-guests.service (guests/starts)
          TimeoutStopSec = "infinity";
        };
        # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
        # /etc/pve/nodes/ceph1/lxc/122.conf, /etc/pve/nodes/ceph1/qemu-server/110.conf,
        # /etc/pve/nodes/ceph1/qemu-server/111.conf, /etc/pve/nodes/ceph1/qemu-server/112.conf
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
      # /etc/pve/nodes/ceph1/qemu-server/110.conf, /etc/pve/nodes/ceph1/qemu-server/111.conf,
      # /etc/pve/nodes/ceph1/qemu-server/112.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings = {
      "10-lxc" = {
        # /etc/pve/nodes/ceph1/lxc/120.conf (containers/lxc_host)
        "/var/lib/lxc/120".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/120/config"."L+".argument = "/etc/lxc/120.conf";
        # /etc/pve/nodes/ceph1/lxc/121.conf (containers/lxc_host)
        "/var/lib/lxc/121".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/121/config"."L+".argument = "/etc/lxc/121.conf";
        # /etc/pve/nodes/ceph1/lxc/122.conf (containers/lxc_host)
        "/var/lib/lxc/122".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/122/config"."L+".argument = "/etc/lxc/122.conf";
        "/var/lib/lxc/122/local.d".d = {
          group = "root";
          mode = "0700";
          user = "root";
        };
      };
      # /etc/pve/nodes/ceph1/qemu-server/112.conf:27 (catalog/properties_guests.cue:232)
      "10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument = "/run/current-system/sw/bin/virtiofsd";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
    # /etc/pve/nodes/ceph1/lxc/122.conf, package lxc-pve (catalog/packages_pve.cue:551,
    # containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
    # /etc/pve/nodes/ceph1/lxc/122.conf, package lxcfs, unit lxcfs.service
    # (catalog/packages_pve.cue:568, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
