{
  config,
  lib,
  pkgs,
  ...
}:
{
  services = {
    chrony = {
      # /etc/chrony/chrony.conf:3, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:3-5 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        allow 198.51.100.0/24
        hwtimestamp eno1
      '';
      # /etc/chrony/chrony.conf:3 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # unit ddclient.service (services/ddclient)
    ddclient = {
      enable = true;
      configFile = "/var/lib/pve2nix/etc/ddclient.conf";
    };
    # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
    postfix.enable = true;
    # unit telegraf.service (services/telegraf)
    telegraf = {
      enable = true;
      environmentFiles = [ "/var/lib/pve2nix/etc/default/telegraf" ];
    };
  };

  systemd = {
    services = {
      # unit ddclient.service (services/ddclient)
      ddclient = {
        path = [ pkgs.iproute2 ];
        serviceConfig.ExecStart = lib.mkForce "${config.services.ddclient.package}/bin/ddclient -daemon 0 -file /run/ddclient/ddclient.conf -cache /var/lib/ddclient/ddclient.cache";
      };
      # host lab1 (conversion/guard)
      pve2nix-committed = {
        after = [ "local-fs.target" ];
        description = "Journal of a commit that was cut off";
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = "/var/lib/pve2nix/guard/pve2nix guard --finish";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionKernelCommandLine = "!pve2nix.trial";
          ConditionPathExists = "/var/lib/pve2nix/guard/trial.json";
        };
        wantedBy = [ "multi-user.target" ];
      };
      pve2nix-guard = {
        after = [ "systemd-remount-fs.service" ];
        before = [ "sysinit.target" ];
        description = "Back to Proxmox VE, unless the trial is committed";
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = "/var/lib/pve2nix/guard/pve2nix guard";
          OOMScoreAdjust = -1000;
          Restart = "always";
          RestartPreventExitStatus = 0;
          RestartSec = 1;
          RuntimeDirectory = "pve2nix-guard";
          StandardError = "journal+console";
          StandardOutput = "journal+console";
          TimeoutStartSec = 60;
          Type = "notify";
          WatchdogSec = 120;
        };
        unitConfig = {
          ConditionKernelCommandLine = "pve2nix.trial";
          ConditionPathExists = "/var/lib/pve2nix/guard/trial.json";
          DefaultDependencies = false;
          RequiresMountsFor = "/var/lib/pve2nix";
          StartLimitAction = "reboot";
          StartLimitBurst = 20;
          StartLimitIntervalSec = 120;
        };
        wantedBy = [ "sysinit.target" ];
      };
      pve2nix-unguarded = {
        description = "Restart of a trial without a guard";
        serviceConfig = {
          ExecStart = "${config.systemd.package}/bin/systemctl --no-block reboot";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionPathExists = [
            "!/run/pve2nix-guard"
            "!/var/lib/pve2nix/guard/committed"
          ];
          DefaultDependencies = false;
        };
      };
      # unit telegraf.service (services/telegraf)
      telegraf = {
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
        ];
        serviceConfig = {
          ExecStart = lib.mkForce "${config.services.telegraf.package}/bin/telegraf --config /run/credentials/telegraf.service/telegraf.conf";
          LoadCredential = [ "telegraf.conf:/var/lib/pve2nix/etc/telegraf/telegraf.conf" ];
        };
      };
    };
    # host lab1 (conversion/guard)
    timers.pve2nix-unguarded = {
      description = "Back to Proxmox VE from a trial without a guard";
      timerConfig = {
        AccuracySec = "1s";
        OnBootSec = [
          "20min"
          "30min"
          "45min"
          "60min"
          "90min"
          "120min"
          "180min"
        ];
      };
      unitConfig = {
        ConditionKernelCommandLine = "pve2nix.trial";
        DefaultDependencies = false;
      };
      wantedBy = [ "sysinit.target" ];
    };
    tmpfiles = {
      # /etc/tmpfiles.d/gps.conf:2-3 (system/boot_files)
      rules = [
        "d /run/gps 0755 root root -"
        "w /sys/module/printk/parameters/time - - - - N"
      ];
      settings = {
        # notification mail-to-root (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/lab1/qemu-server/100.conf (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
        # notification mail-to-root (notifications/sendmail)
        "10-sendmail"."/usr/sbin/sendmail"."L+".argument = "/run/wrappers/bin/sendmail";
      };
    };
  };
}
