{ lib, pkgs, ... }:
{
  environment.etc = {
    # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
    "lxc/200.conf".source = ./containers/200.conf;
    # /etc/pve/nodes/pve1/lxc/202.conf:10 (containers/lxc_cards)
    "lxc/202-net1-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        tc qdisc replace dev veth202i1 root tbf rate 52428800bps burst 1mb latency 50ms
        tc qdisc replace dev veth202i1 handle ffff: ingress
        tc filter add dev veth202i1 parent ffff: prio 50 matchall action police rate 52428800bps burst 1mb mtu 64kb conform-exceed drop
      '';
    };
    # /etc/pve/nodes/pve1/lxc/202.conf (containers/lxc_host)
    "lxc/202.conf".source = ./containers/202.conf;
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
    # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
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
      # /etc/pve/nodes/pve1/lxc/200.conf:0-16 (containers/lxc_units, conversion/guard_guests)
      lxc-200 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        description = "LXC container 200 (files)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
        ];
        postStart = "sleep 15";
        postStop = ''
          ! mountpoint -q /var/lib/lxc/200/mp2 || umount /var/lib/lxc/200/mp2
          ! mountpoint -q /var/lib/lxc/200/mp1 || umount /var/lib/lxc/200/mp1
          ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
          ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
        '';
        preStart = ''
          ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
          for group in /sys/fs/cgroup/lxc/200 /sys/fs/cgroup/lxc.monitor/200; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0 /var/lib/lxc/200/mp1 /var/lib/lxc/200/mp2
          lvchange -ay -K pve/vm-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs
          test -d /srv/media
          mountpoint -q /var/lib/lxc/200/mp0 || mount --bind /srv/media /var/lib/lxc/200/mp0
          lvchange -ay -K pve/vm-200-disk-1
          mountpoint -q /var/lib/lxc/200/mp1 || mount -o discard,noatime /dev/pve/vm-200-disk-1 /var/lib/lxc/200/mp1
          test -d /srv/scans
          mountpoint -q /var/lib/lxc/200/mp2 || mount --bind -o ro /srv/scans /var/lib/lxc/200/mp2
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
          TimeoutStartSec = 135;
          TimeoutStopSec = 210;
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [
            "/srv/media"
            "/srv/scans"
            "/var/lib/lxc/200"
          ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/pve1/lxc/202.conf:6,11,14 (containers/lxc_units, conversion/guard_guests)
      lxc-202 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "sys-subsystem-net-devices-vmbr1.device"
          "pve-guests.service"
          "lxc-200.service"
        ];
        description = "LXC container 202 (docker01)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
          pkgs.bash
          pkgs.kmod
          pkgs.pciutils
          pkgs.perl
          pkgs.procps
          pkgs.python3
        ];
        postStart = ''
          hook() { # script, number of the guest, phase
            read -r first <"$1" || test -s "$1"
            case $first in
            "#!"*perl*) perl "$@" ;;
            "#!"*python*) python3 "$@" ;;
            "#!"*bash*) bash "$@" ;;
            "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;
            *) "$@" ;;
            esac
          }
          lxc-wait -n 202 -s RUNNING -t 60 || true
          hook /var/lib/vz/snippets/ct202-hook.sh 202 post-start || true'';
        postStop = ''
          ! mountpoint -q /var/lib/lxc/202/passthrough || umount /var/lib/lxc/202/passthrough
          ! mountpoint -q /var/lib/lxc/202/rootfs || umount /var/lib/lxc/202/rootfs
          hook() { # script, number of the guest, phase
            read -r first <"$1" || test -s "$1"
            case $first in
            "#!"*perl*) perl "$@" ;;
            "#!"*python*) python3 "$@" ;;
            "#!"*bash*) bash "$@" ;;
            "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;
            *) "$@" ;;
            esac
          }
          hook /var/lib/vz/snippets/ct202-hook.sh 202 post-stop || true
        '';
        preStart = ''
          ln -sf /etc/lxc/202.conf /var/lib/lxc/202/config
          for group in /sys/fs/cgroup/lxc/202 /sys/fs/cgroup/lxc.monitor/202; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          hook() { # script, number of the guest, phase
            read -r first <"$1" || test -s "$1"
            case $first in
            "#!"*perl*) perl "$@" ;;
            "#!"*python*) python3 "$@" ;;
            "#!"*bash*) bash "$@" ;;
            "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;
            *) "$@" ;;
            esac
          }
          hook /var/lib/vz/snippets/ct202-hook.sh 202 pre-start
          mkdir -p /var/lib/lxc/202/rootfs
          lvchange -ay -K pve/vm-202-disk-0
          mountpoint -q /var/lib/lxc/202/rootfs || mount /dev/pve/vm-202-disk-0 /var/lib/lxc/202/rootfs
          device() { # path, node, mode, owner
            kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi
            mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"
            chown "$4" "$2"
          }
          mkdir -p /var/lib/lxc/202/passthrough
          ! mountpoint -q /var/lib/lxc/202/passthrough || umount /var/lib/lxc/202/passthrough
          mount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/202/passthrough
          device /dev/dri/renderD128 /var/lib/lxc/202/passthrough/dev0 0660 100000:100104
        '';
        preStop = ''
          ln -sf /etc/lxc/202.conf /var/lib/lxc/202/config
          hook() { # script, number of the guest, phase
            read -r first <"$1" || test -s "$1"
            case $first in
            "#!"*perl*) perl "$@" ;;
            "#!"*python*) python3 "$@" ;;
            "#!"*bash*) bash "$@" ;;
            "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;
            *) "$@" ;;
            esac
          }
          test "$(lxc-info -n 202 -sH)" != RUNNING || hook /var/lib/vz/snippets/ct202-hook.sh 202 pre-stop || true
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
            "/var/lib/vz/snippets/ct202-hook.sh"
          ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
          "sys-subsystem-net-devices-vmbr1.device"
        ];
      };
      pve-guests = {
        serviceConfig = {
          # /etc/pve/nodes/pve1/config:5 (guests/starts)
          ExecStartPre = "/run/current-system/sw/bin/sleep 20";
          # unit pve-guests.service (guests/starts)
          TimeoutStopSec = "infinity";
        };
        # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf,
        # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
        # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf, 1 more
        # files (conversion/guard_guests)
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RefuseManualStart = lib.mkForce false;
          RefuseManualStop = lib.mkForce false;
        };
      };
      # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
      # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf
      # (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings."10-lxc" = {
      # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
      "/var/lib/lxc/200".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
      # /etc/pve/nodes/pve1/lxc/202.conf (containers/lxc_host)
      "/var/lib/lxc/202".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, package lxc-pve
    # (catalog/packages_pve.cue:551, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, package lxcfs, unit
    # lxcfs.service (catalog/packages_pve.cue:568, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
