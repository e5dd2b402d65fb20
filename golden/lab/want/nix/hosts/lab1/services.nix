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
    journald.upload = {
      # unit systemd-journal-upload.service (system/journal_upload)
      enable = true;
      # /etc/systemd/journal-upload.conf:2-5 (system/journal_upload)
      settings.Upload = {
        ServerCertificateFile = "/etc/ssl/certs/lab1.pem";
        ServerKeyFile = "/etc/ssl/private/lab1.pem";
        TrustedCertificateFile = "/etc/ssl/certs/ca-certificates.crt";
        URL = "https://logs.lab.example.org:19532";
      };
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
      # certificate /etc/pve/nodes/lab1/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        after = [ "pve-cluster.service" ];
        description = "Renewal of the certificate of this node";
        path = [ pkgs.openssl ];
        requires = [ "pve-cluster.service" ];
        script = ''
          cert=/etc/pve/local/pve-ssl.pem
          if [ ! -e "$cert" ] || openssl x509 -checkend 1209600 -noout -in "$cert" > /dev/null; then
            exit 0
          fi
          if ! openssl verify -no_check_time -CAfile /etc/pve/pve-root-ca.pem "$cert" > /dev/null; then
            echo "$cert is not signed by the authority of the cluster and is left as it is" >&2
            exit 1
          fi
          /run/current-system/sw/bin/pvecm updatecerts --force
          systemctl try-restart pveproxy.service spiceproxy.service
        '';
        serviceConfig.Type = "oneshot";
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
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
    timers = {
      # certificate /etc/pve/nodes/lab1/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # host lab1 (conversion/guard)
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
      # /etc/systemd/journal-upload.conf:3-4, /etc/tmpfiles.d/gps.conf:2-3, package ifupdown2
      # (network/ifupdown_commands, system/boot_files, system/journal_upload)
      rules = [
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
        "d /run/gps 0755 root root -"
        "w /sys/module/printk/parameters/time - - - - N"
        "z /etc/ssl/private/lab1.pem 0640 root systemd-journal -"
        "z /etc/ssl/certs/lab1.pem 0640 root systemd-journal -"
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
