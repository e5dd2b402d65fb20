{ config, pkgs, ... }:
{
  # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/201.conf,
  # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/203.conf,
  # /etc/pve/nodes/hl1/lxc/204.conf, unit apparmor.service (catalog/units_pve.cue:11,
  # containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-3, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2-3,11 (system/time_servers)
      extraConfig = ''
        pool ntp.example.net iburst
        server 192.0.2.1 iburst prefer
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:2-3 (system/time_servers)
      servers = [ ];
    };
    # /etc/cron.d/home:2-4, /var/spool/cron/crontabs/mira:1, /var/spool/cron/crontabs/root:2-3, unit
    # cron.service (catalog/units_debian.cue:243, system/cron_jobs)
    cron.enable = true;
    # /etc/cron.d/home:2-4, /var/spool/cron/crontabs/mira:1, /var/spool/cron/crontabs/root:2-3, unit
    # backup-offsite.service, unit gpu-fan.service (system/debian_paths)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    # /etc/systemd/journald.conf.d/size.conf:2 (system/journal)
    journald.extraConfig = ''
      SystemMaxUse=1G
    '';
    postfix = {
      # /etc/postfix/main.cf:5-6, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "mira@example.net";
      settings.main = {
        # /etc/postfix/main.cf:10 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:7 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "hl1.home.example.net";
        # /etc/postfix/main.cf:9 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:8 (system/mail)
        relayhost = [ "[smtp.example.net]:587" ];
        # /etc/postfix/main.cf:13 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:15 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:16 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
    prometheus.exporters.node = {
      # unit prometheus-node-exporter.service (catalog/units_server.cue:2284, metrics/node_exporter)
      enable = true;
      # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
      enabledCollectors = [ "systemd" ];
      extraFlags = [ "--collector.textfile.directory=/var/lib/prometheus/node-exporter" ];
      listenAddress = "192.0.2.10";
      port = 9100;
    };
  };

  systemd = {
    services = {
      # unit backup-offsite.service (system/local_units)
      backup-offsite = {
        after = [
          "bin.mount"
          "usr-bin.mount"
          "network-online.target"
          "zfs-mount.service"
        ];
        description = "Copy of the documents to another house";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
        ];
        serviceConfig = {
          EnvironmentFile = "/etc/restic/env";
          ExecStart = "${pkgs.restic}/bin/restic backup --one-file-system /tank/files";
          IOSchedulingClass = "idle";
          Nice = "10";
          Type = "oneshot";
        };
        wants = [ "network-online.target" ];
      };
      # /etc/cron.d/home:2-4, /var/spool/cron/crontabs/mira:1, /var/spool/cron/crontabs/root:2-3
      # (conversion/guard_jobs, system/cron_jobs)
      cron = {
        after = [
          "bin.mount"
          "usr-bin.mount"
        ];
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
      };
      # unit gpu-fan.service (system/local_units)
      gpu-fan = {
        after = [
          "bin.mount"
          "usr-bin.mount"
          "multi-user.target"
        ];
        description = "Fan curve of the GPU bay";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
        ];
        serviceConfig = {
          ExecStart = "/usr/local/bin/gpu-fan --interval 10 --sensor nct6775";
          Restart = "on-failure";
          Type = "simple";
        };
        wantedBy = [ "multi-user.target" ];
      };
      # /etc/nut/upsmon.conf:2 (hardware/ups)
      nut-passwords = {
        before = [
          "upsd.service"
          "upsmon.service"
        ];
        description = "Passwords of Network UPS Tools";
        requiredBy = [
          "upsd.service"
          "upsmon.service"
        ];
        script = ''
          sed -nE -e 's/^[[:blank:]]*MONITOR[[:blank:]]+rack@localhost[[:blank:]]+[0-9]+[[:blank:]]+monitor[[:blank:]]+"(([^"\\]|\\.)*)"[[:blank:]]+primary([[:blank:]].*)?$/\1/p' -e 's/^[[:blank:]]*MONITOR[[:blank:]]+rack@localhost[[:blank:]]+[0-9]+[[:blank:]]+monitor[[:blank:]]+([^"#[:blank:]]+)[[:blank:]]+primary([[:blank:]].*)?$/\1/p' /var/lib/pve2nix/etc/nut/upsmon.conf > "$RUNTIME_DIRECTORY/monitor-rack-localhost"
          sed -nE -e '/^[[:blank:]]*\[monitor\]/,/^[[:blank:]]*\[/{' -e 's/^[[:blank:]]*password[[:blank:]]*=[[:blank:]]*"(([^"\\]|\\.)*)".*/\1/p' -e 's/^[[:blank:]]*password[[:blank:]]*=[[:blank:]]*([^"#[:blank:]]+).*/\1/p' -e '}' /var/lib/pve2nix/etc/nut/upsd.users > "$RUNTIME_DIRECTORY/user-monitor"
          sed -nE -e '/^[[:blank:]]*\[nas\]/,/^[[:blank:]]*\[/{' -e 's/^[[:blank:]]*password[[:blank:]]*=[[:blank:]]*"(([^"\\]|\\.)*)".*/\1/p' -e 's/^[[:blank:]]*password[[:blank:]]*=[[:blank:]]*([^"#[:blank:]]+).*/\1/p' -e '}' /var/lib/pve2nix/etc/nut/upsd.users > "$RUNTIME_DIRECTORY/user-nas"
        '';
        serviceConfig = {
          RemainAfterExit = true;
          RuntimeDirectory = "nut-passwords";
          RuntimeDirectoryMode = "0700";
          Type = "oneshot";
          UMask = "0077";
        };
      };
      # host hl1 (conversion/guard)
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
      # /etc/nut/upsd.conf:1-2 (hardware/ups)
      upsd = {
        after = [ "network-online.target" ];
        wants = [ "network-online.target" ];
      };
      # /etc/nut/ups.conf:1 (hardware/ups)
      upsdrv.serviceConfig = {
        Restart = "on-failure";
        RestartSec = 5;
      };
      # unit wait-for-docker-zfs.service (system/local_units)
      wait-for-docker-zfs = {
        after = [ "zfs-mount.service" ];
        before = [ "docker.service" ];
        description = "Docker waits for the pool";
        requiredBy = [ "docker.service" ];
        serviceConfig = {
          ExecStart = "${pkgs.util-linux}/bin/mountpoint -q /var/lib/docker";
          Type = "oneshot";
        };
      };
      # unit zfs-load-key@tank-secure.service (system/local_units)
      "zfs-load-key@tank-secure" = {
        after = [ "zfs-import.target" ];
        before = [ "zfs-mount.service" ];
        description = "Key of tank/secure";
        serviceConfig = {
          ExecStart = "${config.boot.zfs.package}/bin/zfs load-key -L file:///etc/keys/tank-secure.key tank/secure";
          RemainAfterExit = "yes";
          Type = "oneshot";
        };
        unitConfig.DefaultDependencies = "no";
        wantedBy = [ "zfs-mount.service" ];
      };
    };
    timers = {
      # unit backup-offsite.timer (conversion/guard_jobs, system/local_units)
      backup-offsite = {
        description = "Copy of the documents to another house, nightly";
        timerConfig = {
          OnCalendar = "*-*-* 02:40:00";
          Persistent = "true";
          RandomizedDelaySec = "20min";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wantedBy = [ "timers.target" ];
      };
      # host hl1 (conversion/guard)
      pve2nix-unguarded = {
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
    };
    tmpfiles = {
      # /etc/cron.d/home:2-4, /var/spool/cron/crontabs/mira:1, /var/spool/cron/crontabs/root:2-3,
      # unit backup-offsite.service, unit gpu-fan.service (system/debian_paths)
      rules = [
        "L /sbin - - - - /usr/bin"
        "L /usr/sbin - - - - /usr/bin"
      ];
      # /etc/pve/nodes/hl1/qemu-server/100.conf, /etc/pve/nodes/hl1/qemu-server/101.conf,
      # /etc/pve/nodes/hl1/qemu-server/102.conf, /etc/pve/nodes/hl1/qemu-server/103.conf,
      # /etc/pve/nodes/hl1/qemu-server/104.conf (guests/programs)
      settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
    };
  };

  virtualisation = {
    # unit containerd.service (catalog/units_server.cue:588)
    containerd.enable = true;
    docker = {
      # unit docker.service, unit docker.socket (catalog/units_server.cue:700,
      # catalog/units_server.cue:709)
      enable = true;
      # /etc/docker/daemon.json:15 (catalog/properties_config_files.cue:1476)
      daemon.settings.iptables = true;
      # /etc/docker/daemon.json:4 (catalog/properties_config_files.cue:1473)
      logDriver = "json-file";
      # /etc/docker/daemon.json:3 (catalog/properties_config_files.cue:1474)
      storageDriver = "zfs";
    };
  };
}
