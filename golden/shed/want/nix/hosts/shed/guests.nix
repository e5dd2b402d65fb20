{ lib, pkgs, ... }:
{
  # /etc/pve/nodes/shed/lxc/131.conf (containers/lxc_host)
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
      # /etc/pve/nodes/shed/lxc/131.conf:7,9 (containers/lxc_units, conversion/guard_guests)
      lxc-131 = {
        after = [
          "apparmor.service"
          "lxcfs.service"
          "network.target"
          "sys-subsystem-net-devices-vmbr0.device"
          "pve-guests.service"
        ];
        description = "LXC container 131 (dns)";
        path = [
          pkgs.apparmor-parser
          pkgs.iproute2
          pkgs.lxc
          pkgs.util-linux
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
          test -d /var/lib/pve/local-btrfs/images/131/vm-131-disk-0.subvol
          mountpoint -q /var/lib/lxc/131/rootfs || mount --bind /var/lib/pve/local-btrfs/images/131/vm-131-disk-0.subvol /var/lib/lxc/131/rootfs
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
          RequiresMountsFor = [
            "/var/lib/lxc/131"
            "/var/lib/pve/local-btrfs/images/131/vm-131-disk-0.subvol"
          ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [
          "lxcfs.service"
          "sys-subsystem-net-devices-vmbr0.device"
        ];
      };
      pve-guests = {
        # unit pve-guests.service (guests/starts)
        path = [ pkgs.btrfs-progs ];
        serviceConfig.TimeoutStopSec = "infinity";
        # /etc/pve/nodes/shed/lxc/131.conf, /etc/pve/nodes/shed/qemu-server/130.conf
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
      # /etc/pve/nodes/shed/qemu-server/130.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    # /etc/pve/nodes/shed/lxc/131.conf (containers/lxc_host)
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
    # /etc/pve/nodes/shed/lxc/131.conf (containers/lxc_host)
    enable = true;
    # /etc/pve/nodes/shed/lxc/131.conf, unit lxcfs.service (catalog/units_pve.cue:340,
    # containers/lxc_host)
    lxcfs.enable = true;
  };
}
