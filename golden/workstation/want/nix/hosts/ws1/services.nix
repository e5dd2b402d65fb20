{ config, pkgs, ... }:
{
  services = {
    chrony = {
      # /etc/chrony/chrony.conf:1, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:1,3 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:1 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # local file /usr/local/bin/keep-core, local file /usr/local/bin/offsite-backup, local file
    # /usr/local/sbin/hugepages, 2 more (system/debian_paths, system/own_scripts)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
      enable = true;
      settings.main = {
        # /etc/postfix/main.cf:5 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:2 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "ws1.studio.example.net";
        # /etc/postfix/main.cf:4 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:3 (system/mail)
        relayhost = [ ];
      };
    };
  };

  systemd = {
    services = {
      # unit llama.service (system/local_units)
      llama = {
        after = [
          "bin.mount"
          "usr-bin.mount"
          "sshd.service"
        ];
        description = "Language model on the Tesla";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
        ];
        requires = [ "nvidia-persistenced.service" ];
        serviceConfig = {
          ExecStart = "/opt/llama/bin/llama-server --port 8081";
          User = "jo";
        };
        wantedBy = [ "multi-user.target" ];
      };
      # host ws1 (conversion/guard)
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
      # unit tune.service (system/local_units)
      tune = {
        after = [
          "bin.mount"
          "usr-bin.mount"
          "pve-guests.service"
          "systemd-networkd.service"
        ];
        description = "Power saving and huge pages";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
        ];
        serviceConfig = {
          EnvironmentFile = "/etc/default/tune";
          ExecStart = [
            "${pkgs.powertop}/bin/powertop --auto-tune"
            "/usr/local/sbin/hugepages 512"
          ];
          Type = "oneshot";
        };
        wantedBy = [ "multi-user.target" ];
      };
    };
    # host ws1 (conversion/guard)
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
      # local file /usr/local/bin/keep-core, local file /usr/local/bin/offsite-backup, local file
      # /usr/local/sbin/hugepages, 3 more (network/ifupdown_commands, system/debian_paths,
      # system/own_scripts)
      rules = [
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
        "L /sbin - - - - /usr/bin"
        "L /usr/sbin - - - - /usr/bin"
      ];
      settings = {
        # notification mail-to-root (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/ws1/qemu-server/100.conf, /etc/pve/nodes/ws1/qemu-server/101.conf
        # (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
        # notification mail-to-root (notifications/sendmail)
        "10-sendmail"."/usr/sbin/sendmail"."L+".argument = "/run/wrappers/bin/sendmail";
      };
    };
  };

  # unit docker.service (catalog/units_server.cue:700)
  virtualisation.docker.enable = true;
}
