{
  config,
  lib,
  pkgs,
  ...
}:
{
  environment.etc = {
    # /etc/pve/nodes/hl1/lxc/200.conf (containers/lxc_host)
    "lxc/200.conf".source = ./containers/200.conf;
    # /etc/pve/nodes/hl1/lxc/201.conf (containers/lxc_host)
    "lxc/201.conf".source = ./containers/201.conf;
    # /etc/pve/nodes/hl1/lxc/202.conf (containers/lxc_host)
    "lxc/202.conf".source = ./containers/202.conf;
    # /etc/pve/nodes/hl1/lxc/203.conf (containers/lxc_host)
    "lxc/203.conf".source = ./containers/203.conf;
    # /etc/pve/nodes/hl1/lxc/204.conf (containers/lxc_host)
    "lxc/204.conf".source = ./containers/204.conf;
    # /etc/pve/nodes/hl1/lxc/204.conf:8 (containers/host_managed)
    "lxc/udhcpc" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        case $1 in
        deconfig)
          ip link set "$interface" up
          ip -4 addr flush dev "$interface"
          ;;
        bound | renew)
          ip -4 addr replace "$ip/''${mask:-24}" dev "$interface"
          test -z "$router" || ip -4 route replace default via "''${router%% *}" dev "$interface"
          ;;
        esac
      '';
    };
    # /etc/pve/nodes/hl1/lxc/203.conf (containers/lxc_host)
    "lxc/unprivileged-keyctl-mknod.seccomp".text = ''
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
      mknod notify [1,8192,SCMP_CMP_MASKED_EQ,61440]
      mknod notify [1,24576,SCMP_CMP_MASKED_EQ,61440]
      mknodat notify [2,8192,SCMP_CMP_MASKED_EQ,61440]
      mknodat notify [2,24576,SCMP_CMP_MASKED_EQ,61440]
    '';
    # /etc/pve/nodes/hl1/lxc/200.conf (containers/lxc_host)
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
    # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/204.conf (containers/lxc_host)
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
      # /etc/pve/nodes/hl1/lxc/200.conf:0-16 (containers/lxc_units, conversion/guard_guests)
      lxc-200 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "zfs.target"
          "pve-guests.service"
          "lxc-202.service"
        ];
        description = "LXC container 200 (jellyfin)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.bash
          pkgs.kmod
          pkgs.pciutils
          pkgs.perl
          pkgs.procps
          pkgs.python3
          config.boot.zfs.package
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
          lxc-wait -n 200 -s RUNNING -t 60 || true
          hook /var/lib/vz/snippets/gpu-hook.pl 200 post-start || true
          sleep 10'';
        postStop = ''
          ! mountpoint -q /var/lib/lxc/200/passthrough || umount /var/lib/lxc/200/passthrough
          ! mountpoint -q /var/lib/lxc/200/mp1 || umount /var/lib/lxc/200/mp1
          ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
          ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
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
          hook /var/lib/vz/snippets/gpu-hook.pl 200 post-stop || true
        '';
        preStart = ''
          ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
          for group in /sys/fs/cgroup/lxc/200 /sys/fs/cgroup/lxc.monitor/200; do
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
          hook /var/lib/vz/snippets/gpu-hook.pl 200 pre-start
          mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0 /var/lib/lxc/200/mp1
          test "$(zfs get -H -o value mounted rpool/data/subvol-200-disk-0)" = yes || zfs mount rpool/data/subvol-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-200-disk-0)" /var/lib/lxc/200/rootfs
          test -d /tank/media
          mountpoint -q /var/lib/lxc/200/mp0 || mount --bind -o ro /tank/media /var/lib/lxc/200/mp0
          test "$(zfs get -H -o value mounted tank/guests/subvol-200-disk-0)" = yes || zfs mount tank/guests/subvol-200-disk-0
          mountpoint -q /var/lib/lxc/200/mp1 || mount --bind -o noatime "$(zfs get -H -o value mountpoint tank/guests/subvol-200-disk-0)" /var/lib/lxc/200/mp1
          device() { # path, node, mode, owner
            kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi
            mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"
            chown "$4" "$2"
          }
          mkdir -p /var/lib/lxc/200/passthrough
          ! mountpoint -q /var/lib/lxc/200/passthrough || umount /var/lib/lxc/200/passthrough
          mount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/200/passthrough
          device /dev/dri/renderD128 /var/lib/lxc/200/passthrough/dev0 0660 100000:100104
        '';
        preStop = ''
          ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
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
          test "$(lxc-info -n 200 -sH)" != RUNNING || hook /var/lib/vz/snippets/gpu-hook.pl 200 pre-stop || true
          test "$(lxc-info -n 200 -sH)" != RUNNING || lxc-stop -n 200 -t 180'';
        restartIfChanged = false;
        script = "exec lxc-start -F -n 200";
        serviceConfig = {
          Delegate = true;
          KillMode = "mixed";
          StandardOutput = "null";
          TimeoutStartSec = 130;
          TimeoutStopSec = 210;
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [
            "/tank/media"
            "/var/lib/lxc/200"
            "/var/lib/vz/snippets/gpu-hook.pl"
          ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/201.conf:7-8,10,12 (containers/lxc_units, conversion/guard_guests)
      lxc-201 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "zfs.target"
          "pve-guests.service"
          "lxc-200.service"
        ];
        description = "LXC container 201 (fileserver)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          config.boot.zfs.package
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/201/mp1 || umount /var/lib/lxc/201/mp1
          ! mountpoint -q /var/lib/lxc/201/mp0 || umount /var/lib/lxc/201/mp0
          ! mountpoint -q /var/lib/lxc/201/rootfs || umount /var/lib/lxc/201/rootfs
        '';
        preStart = ''
          ln -sf /etc/lxc/201.conf /var/lib/lxc/201/config
          for group in /sys/fs/cgroup/lxc/201 /sys/fs/cgroup/lxc.monitor/201; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          mkdir -p /var/lib/lxc/201/rootfs /var/lib/lxc/201/mp0 /var/lib/lxc/201/mp1
          test "$(zfs get -H -o value mounted rpool/data/subvol-201-disk-0)" = yes || zfs mount rpool/data/subvol-201-disk-0
          mountpoint -q /var/lib/lxc/201/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-201-disk-0)" /var/lib/lxc/201/rootfs
          test -d /tank/files
          mountpoint -q /var/lib/lxc/201/mp0 || mount --bind /tank/files /var/lib/lxc/201/mp0
          test -b /dev/disk/by-id/usb-WD_My_Passport_2626_575833314441-0:0-part1
          mountpoint -q /var/lib/lxc/201/mp1 || mount /dev/disk/by-id/usb-WD_My_Passport_2626_575833314441-0:0-part1 /var/lib/lxc/201/mp1
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
          RequiresMountsFor = [
            "/tank/files"
            "/var/lib/lxc/201"
          ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/202.conf:9,12,14 (containers/lxc_units, conversion/guard_guests)
      lxc-202 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-lab0.device"
          "sys-subsystem-net-devices-vmbr0.device"
          "zfs.target"
        ];
        description = "LXC container 202 (pihole)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          config.boot.zfs.package
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
          test "$(zfs get -H -o value mounted rpool/data/subvol-202-disk-0)" = yes || zfs mount rpool/data/subvol-202-disk-0
          mountpoint -q /var/lib/lxc/202/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-202-disk-0)" /var/lib/lxc/202/rootfs
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
          "sys-subsystem-net-devices-lab0.device"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/203.conf:13,18 (containers/lxc_units, conversion/guard_guests)
      lxc-203 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "pve2nix-nodes.socket"
          "sys-subsystem-net-devices-mesh0.device"
          "zfs.target"
        ];
        description = "LXC container 203 (gateway)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          config.boot.zfs.package
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/203/passthrough || umount /var/lib/lxc/203/passthrough
          ! mountpoint -q /var/lib/lxc/203/rootfs || umount /var/lib/lxc/203/rootfs
        '';
        preStart = ''
          ln -sf /etc/lxc/203.conf /var/lib/lxc/203/config
          for group in /sys/fs/cgroup/lxc/203 /sys/fs/cgroup/lxc.monitor/203; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          if test -e /var/lib/pve2nix/etc/pve/nodes/hl1/lxc/203.conf; then
            (
              umask 077
              sed '/^\[/,$d' /var/lib/pve2nix/etc/pve/nodes/hl1/lxc/203.conf |
                sed -n -E -e 's/^(lxc\.environment(\.[a-z]+)?)[[:space:]]*[:=][[:space:]]*/\1 = /p' -e 's/^env:[[:space:]]*/env:/p' |
                tr '\0' '\n' | sed -E -e 's/^env://' -e '/^lxc\.environment/!s/^/lxc.environment.runtime = /' >/var/lib/lxc/203/local.d/pve.conf
            )
          fi
          mkdir -p /var/lib/lxc/203/rootfs
          test "$(zfs get -H -o value mounted tank/guests/subvol-203-disk-0)" = yes || zfs mount tank/guests/subvol-203-disk-0
          mountpoint -q /var/lib/lxc/203/rootfs || mount --bind "$(zfs get -H -o value mountpoint tank/guests/subvol-203-disk-0)" /var/lib/lxc/203/rootfs
          device() { # path, node, mode, owner
            kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi
            mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"
            chown "$4" "$2"
          }
          mkdir -p /var/lib/lxc/203/passthrough
          ! mountpoint -q /var/lib/lxc/203/passthrough || umount /var/lib/lxc/203/passthrough
          mount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/203/passthrough
          device /dev/net/tun /var/lib/lxc/203/passthrough/dev0 0660 100000:100000
          device /dev/ttyUSB0 /var/lib/lxc/203/passthrough/dev1 0660 101000:100000
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
          "pve2nix-nodes.socket"
          "sys-subsystem-net-devices-mesh0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/204.conf:4,10 (containers/lxc_units, conversion/guard_guests)
      lxc-204 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-lab0.device"
          "zfs.target"
        ];
        description = "LXC container 204 (postgres)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          config.boot.zfs.package
        ];
        postStop = ''
          ! mountpoint -q /var/lib/lxc/204/rootfs || umount /var/lib/lxc/204/rootfs
        '';
        preStart = ''
          ln -sf /etc/lxc/204.conf /var/lib/lxc/204/config
          for group in /sys/fs/cgroup/lxc/204 /sys/fs/cgroup/lxc.monitor/204; do
            ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
          done
          if test -e /var/lib/pve2nix/etc/pve/nodes/hl1/lxc/204.conf; then
            (
              umask 077
              sed '/^\[/,$d' /var/lib/pve2nix/etc/pve/nodes/hl1/lxc/204.conf |
                sed -n -E -e 's/^(lxc\.environment(\.[a-z]+)?)[[:space:]]*[:=][[:space:]]*/\1 = /p' -e 's/^env:[[:space:]]*/env:/p' |
                tr '\0' '\n' | sed -E -e 's/^env://' -e '/^lxc\.environment/!s/^/lxc.environment.runtime = /' >/var/lib/lxc/204/local.d/pve.conf
            )
          fi
          mkdir -p /var/lib/lxc/204/rootfs
          test "$(zfs get -H -o value mounted rpool/data/subvol-204-disk-0)" = yes || zfs mount rpool/data/subvol-204-disk-0
          mountpoint -q /var/lib/lxc/204/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-204-disk-0)" /var/lib/lxc/204/rootfs
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
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-lab0.device"
        ];
      };
      # /etc/pve/nodes/hl1/lxc/204.conf:8 (containers/host_managed)
      lxc-204-net0 = {
        after = [ "lxc-204.service" ];
        bindsTo = [ "lxc-204.service" ];
        description = "DHCP for card 0 of LXC container 204";
        path = [
          pkgs.busybox
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
        ];
        script = ''
          lxc-wait -n 204 -s RUNNING -t 60
          exec nsenter --net="/proc/$(lxc-info -n 204 -pH)/ns/net" busybox udhcpc -f -i eth0 -s /etc/lxc/udhcpc
        '';
        serviceConfig = {
          Restart = "on-failure";
          RestartSec = 5;
        };
        wantedBy = [ "lxc-204.service" ];
      };
      pve-guests = {
        # unit pve-guests.service (guests/starts)
        path = [ pkgs.zfs ];
        serviceConfig = {
          # /etc/pve/nodes/hl1/config:6 (guests/starts)
          ExecStartPre = "/run/current-system/sw/bin/sleep 20";
          # unit pve-guests.service (guests/starts)
          TimeoutStopSec = "infinity";
        };
        # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/201.conf,
        # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/203.conf,
        # /etc/pve/nodes/hl1/lxc/204.conf, /etc/pve/nodes/hl1/lxc/9001.conf, 6 more files
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
      # /etc/pve/nodes/hl1/qemu-server/100.conf, /etc/pve/nodes/hl1/qemu-server/101.conf,
      # /etc/pve/nodes/hl1/qemu-server/102.conf, /etc/pve/nodes/hl1/qemu-server/103.conf,
      # /etc/pve/nodes/hl1/qemu-server/104.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings = {
      "10-lxc" = {
        # /etc/pve/nodes/hl1/lxc/200.conf (containers/lxc_host)
        "/var/lib/lxc/200".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
        # /etc/pve/nodes/hl1/lxc/201.conf (containers/lxc_host)
        "/var/lib/lxc/201".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/201/config"."L+".argument = "/etc/lxc/201.conf";
        # /etc/pve/nodes/hl1/lxc/202.conf (containers/lxc_host)
        "/var/lib/lxc/202".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
        # /etc/pve/nodes/hl1/lxc/203.conf (containers/lxc_host)
        "/var/lib/lxc/203".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/203/config"."L+".argument = "/etc/lxc/203.conf";
        "/var/lib/lxc/203/local.d".d = {
          group = "root";
          mode = "0700";
          user = "root";
        };
        # /etc/pve/nodes/hl1/lxc/204.conf (containers/lxc_host)
        "/var/lib/lxc/204".d = {
          group = "root";
          mode = "0755";
          user = "root";
        };
        "/var/lib/lxc/204/config"."L+".argument = "/etc/lxc/204.conf";
        "/var/lib/lxc/204/local.d".d = {
          group = "root";
          mode = "0700";
          user = "root";
        };
      };
      # /etc/pve/nodes/hl1/qemu-server/103.conf:35 (catalog/properties_guests.cue:232)
      "10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument = "/run/current-system/sw/bin/virtiofsd";
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/201.conf,
    # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/203.conf,
    # /etc/pve/nodes/hl1/lxc/204.conf, package lxc-pve (catalog/packages_pve.cue:551,
    # containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/201.conf,
    # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/203.conf,
    # /etc/pve/nodes/hl1/lxc/204.conf, package lxcfs, unit lxcfs.service
    # (catalog/packages_pve.cue:568, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
