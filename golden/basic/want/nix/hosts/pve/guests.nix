{ lib, pkgs, ... }:
{
  environment.etc = {
    # /etc/pve/nodes/pve/lxc/200.conf (containers/lxc_host)
    "lxc/200.conf".source = ./containers/200.conf;
    # /etc/pve/nodes/pve/lxc/201.conf (containers/lxc_host)
    "lxc/201.conf".source = ./containers/201.conf;
    # /etc/pve/nodes/pve/lxc/200.conf (containers/lxc_host)
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
      # /etc/pve/nodes/pve/lxc/200.conf:6,9,11-12 (containers/lxc_units, conversion/guard_guests)
      lxc-200 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "pve-guests.service"
          "lxc-201.service"
        ];
        description = "LXC container 200 (nextcloud)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
          pkgs.lvm2
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
          lvchange -ay -K pve/vm-200-disk-0
          mountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs
          lvchange -ay -K pve/vm-200-disk-1
          mountpoint -q /var/lib/lxc/200/mp0 || mount /dev/pve/vm-200-disk-1 /var/lib/lxc/200/mp0
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
      # /etc/pve/nodes/pve/lxc/201.conf:0-16 (containers/lxc_units, conversion/guard_guests)
      lxc-201 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
        before = [ "pve-guests.service" ];
        description = "LXC container 201 (pihole)";
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
          if test -e /var/lib/pve2nix/etc/pve/nodes/pve/lxc/201.conf; then
            (
              umask 077
              sed '/^\[/,$d' /var/lib/pve2nix/etc/pve/nodes/pve/lxc/201.conf |
                sed -n -E -e 's/^(lxc\.environment(\.[a-z]+)?)[[:space:]]*[:=][[:space:]]*/\1 = /p' -e 's/^env:[[:space:]]*/env:/p' |
                tr '\0' '\n' | sed -E -e 's/^env://' -e '/^lxc\.environment/!s/^/lxc.environment.runtime = /' >/var/lib/lxc/201/local.d/pve.conf
            )
          fi
          mkdir -p /var/lib/lxc/201/rootfs /var/lib/lxc/201/mp0
          lvchange -ay -K pve/vm-201-disk-0
          mountpoint -q /var/lib/lxc/201/rootfs || mount /dev/pve/vm-201-disk-0 /var/lib/lxc/201/rootfs
          test -d /srv/dns
          mountpoint -q /var/lib/lxc/201/mp0 || mount --bind -o ro /srv/dns /var/lib/lxc/201/mp0
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
            "/srv/dns"
            "/var/lib/lxc/201"
          ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      pve-guests = {
        serviceConfig = {
          # /etc/pve/nodes/pve/config:3 (guests/starts)
          ExecStartPre = "/run/current-system/sw/bin/sleep 20";
          # unit pve-guests.service (guests/starts)
          TimeoutStopSec = "infinity";
        };
        # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf,
        # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf,
        # /etc/pve/nodes/pve/qemu-server/9000.conf (conversion/guard_guests)
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RefuseManualStart = lib.mkForce false;
          RefuseManualStop = lib.mkForce false;
        };
      };
      # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf
      # (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    tmpfiles.settings."10-lxc" = {
      # /etc/pve/nodes/pve/lxc/200.conf (containers/lxc_host)
      "/var/lib/lxc/200".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
      # /etc/pve/nodes/pve/lxc/201.conf (containers/lxc_host)
      "/var/lib/lxc/201".d = {
        group = "root";
        mode = "0755";
        user = "root";
      };
      "/var/lib/lxc/201/config"."L+".argument = "/etc/lxc/201.conf";
      "/var/lib/lxc/201/local.d".d = {
        group = "root";
        mode = "0700";
        user = "root";
      };
    };
  };

  virtualisation.lxc = {
    # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf, package lxc-pve
    # (catalog/packages_pve.cue:551, containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf, package lxcfs, unit
    # lxcfs.service (catalog/packages_pve.cue:568, catalog/units_pve.cue:340, containers/lxc_host)
    lxcfs.enable = true;
  };
}
