{ config, ... }:
{
  # host ceph1 (bridges/companion)
  environment.etc = {
    "companion/allow/service/companion-run" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/container-shell" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/dbus" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/packagekit" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/polkit" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-exit" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-halt" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-journal-flush" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-journald" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-logind" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-poweroff" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-reboot" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-sysusers" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-tmpfiles-setup" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/service/systemd-update-utmp" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/socket/dbus" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/socket/systemd-journald" = {
      mode = "0444";
      text = "";
    };
    "companion/allow/socket/systemd-journald-dev-log" = {
      mode = "0444";
      text = "";
    };
    "companion/automount.d/50-companion.conf" = {
      mode = "0444";
      text = ''
        [Unit]
        ConditionPathExists=/dev/companion/allow/automount/%p
      '';
    };
    "companion/companion.target" = {
      mode = "0444";
      text = ''
        [Unit]
        Description=What NixOS lacks
        Requires=basic.target
        After=basic.target
        AllowIsolate=yes
        Wants=dbus.service
      '';
    };
    "companion/mount.d/50-companion.conf" = {
      mode = "0444";
      text = ''
        [Unit]
        ConditionPathExists=/dev/companion/allow/mount/%p
      '';
    };
    "companion/path.d/50-companion.conf" = {
      mode = "0444";
      text = ''
        [Unit]
        ConditionPathExists=/dev/companion/allow/path/%p
      '';
    };
    "companion/service.d/50-companion.conf" = {
      mode = "0444";
      text = ''
        [Unit]
        ConditionPathExists=/dev/companion/allow/service/%p
      '';
    };
    "companion/socket.d/50-companion.conf" = {
      mode = "0444";
      text = ''
        [Unit]
        ConditionPathExists=/dev/companion/allow/socket/%p
      '';
    };
    "companion/swap.d/50-companion.conf" = {
      mode = "0444";
      text = ''
        [Unit]
        ConditionPathExists=/dev/companion/allow/swap/%p
      '';
    };
    "companion/timer.d/50-companion.conf" = {
      mode = "0444";
      text = ''
        [Unit]
        ConditionPathExists=/dev/companion/allow/timer/%p
      '';
    };
  };

  systemd = {
    paths.companion-committed = {
      description = "Start of the companion when the trial is committed";
      pathConfig = {
        PathChanged = "/var/lib/pve2nix/guard/committed";
        Unit = "companion-commands.service";
      };
      unitConfig.ConditionPathExists = "/var/lib/pve2nix/guard/trial.json";
      wantedBy = [ "multi-user.target" ];
    };
    services = {
      companion-commands = {
        after = [ "var-lib-machines-companion.mount" ];
        description = "Commands of the packages of the companion";
        serviceConfig = {
          ExecStart = "/var/lib/pve2nix/guard/pve2nix bridge companion link hci-admin-tools";
          RemainAfterExit = true;
          RuntimeDirectory = "companion";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
            "/var/lib/pve2nix/guard/pve2nix"
          ];
          RequiresMountsFor = [ "/var/lib/pve2nix" ];
        };
        wantedBy = [ "multi-user.target" ];
        wants = [ "var-lib-machines-companion.mount" ];
      };
      "systemd-nspawn@companion" = {
        after = [
          "network-online.target"
          "local-fs.target"
          "zfs.target"
        ];
        description = "What NixOS lacks, in a clone of the root of Proxmox VE";
        documentation = [ "man:systemd-nspawn(1)" ];
        environment = {
          SYSTEMD_NSPAWN_API_VFS_WRITABLE = "yes";
          SYSTEMD_NSPAWN_UNIFIED_HIERARCHY = "1";
        };
        restartIfChanged = false;
        serviceConfig = {
          Delegate = true;
          DeviceAllow = [ "char-pts rw" ];
          DevicePolicy = "closed";
          ExecStart = "${config.systemd.package}/bin/systemd-nspawn --quiet --keep-unit --boot --machine=companion --directory=/var/lib/machines/companion --settings=no --resolv-conf=bind-host --timezone=off --link-journal=no --capability=CAP_IPC_LOCK,CAP_NET_ADMIN,CAP_SYSLOG,CAP_SYS_MODULE,CAP_SYS_RAWIO,CAP_SYS_TIME \"--system-call-filter=@keyring @memlock @swap bpf fanotify_init open_by_handle_at perf_event_open quotactl\" --bind-ro=/dev/null:/etc/fstab --bind-ro=/etc/companion/allow:/dev/companion/allow --bind-ro=/etc/companion/companion.target:/run/systemd/system/companion.target --bind-ro=/etc/companion/automount.d:/run/systemd/system/automount.d --bind-ro=/etc/companion/mount.d:/run/systemd/system/mount.d --bind-ro=/etc/companion/path.d:/run/systemd/system/path.d --bind-ro=/etc/companion/service.d:/run/systemd/system/service.d --bind-ro=/etc/companion/socket.d:/run/systemd/system/socket.d --bind-ro=/etc/companion/swap.d:/run/systemd/system/swap.d --bind-ro=/etc/companion/timer.d:/run/systemd/system/timer.d systemd.unit=companion.target";
          KillMode = "mixed";
          RestartForceExitStatus = 133;
          Slice = "machine.slice";
          SuccessExitStatus = 133;
          TasksMax = "infinity";
          TimeoutStopSec = "2min";
          Type = "notify";
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [ "/var/lib/machines/companion" ];
        };
        wants = [ "network-online.target" ];
      };
    };
  };
}
