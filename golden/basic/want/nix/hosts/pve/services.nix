{ config, pkgs, ... }:
{
  # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf, unit apparmor.service
  # (catalog/units_pve.cue:11, containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2, /etc/chrony/sources.d/router.sources:1, unit chrony.service
      # (catalog/units_pve.cue:134, system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,11, /etc/chrony/sources.d/router.sources:1 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
        server 192.168.1.1 iburst prefer
      '';
      # /etc/chrony/chrony.conf:2, /etc/chrony/sources.d/router.sources:1 (system/time_servers)
      servers = [ ];
    };
    cron = {
      # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3, unit cron.service
      # (catalog/units_debian.cue:243, system/cron_jobs)
      enable = true;
      # /etc/cron.daily/backup-etc (system/cron_jobs)
      systemCronJobs = [ "25 6 * * * root /etc/cron.daily/backup-etc" ];
    };
    # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3, local file
    # /usr/local/bin/trim-guests.sh (system/debian_paths, system/own_scripts)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    postfix = {
      # /etc/postfix/main.cf:11-12, package postfix, unit postfix.service
      # (catalog/units_pve.cue:432, mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3, package proxmox-mail-forward (mail/aliases)
      rootAlias = "admin@home.arpa";
      settings.main = {
        # /etc/postfix/main.cf:20 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:13 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:3 (system/mail)
        myhostname = "pve.home.arpa";
        # /etc/postfix/main.cf:19 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:14 (system/mail)
        relayhost = [ "[mail.home.arpa]:587" ];
        # /etc/postfix/main.cf:15 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:16 (system/mail_tables)
        smtp_sasl_password_maps = "texthash:/var/lib/pve2nix/etc/postfix/sasl_passwd";
        # /etc/postfix/main.cf:17 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:18 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
    prometheus.exporters.node = {
      # unit prometheus-node-exporter.service (catalog/units_server.cue:2284, metrics/node_exporter)
      enable = true;
      # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
      enabledCollectors = [ "systemd" ];
    };
  };

  systemd = {
    services = {
      # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3 (conversion/guard_jobs,
      # system/cron_jobs)
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
      # /etc/pve/nodes/pve/lxc/200.conf:6,11, /etc/pve/nodes/pve/lxc/201.conf:11 (backup/jobs)
      guest-backup-7f3c2a91-5d1e = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 200, 201";
        environment = {
          BWLIMIT = "120000";
          CEPH = "";
          COMPRESS = "zstd";
          GUESTS = "200|ct|lxc|lxc-200||mp0=thin:pve/vm-200-disk-1,root=thin:pve/vm-200-disk-0 201|ct|lxc|lxc-201||root=thin:pve/vm-201-disk-0";
          HOME = "/run/guest-backup-7f3c2a91-5d1e";
          KEEP = "daily=7 weekly=4 monthly=3";
          KEYFILE = "";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "always";
          MASTERKEY = "";
          MODE = "snapshot";
          MOUNT = "/mnt/pve/backup-nas";
          NAMESPACE = "";
          NOTES_200 = "nextcloud";
          NOTES_201 = "pihole";
          PROTECTED = "";
          REPOSITORY = "";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "/mnt/pve/backup-nas/pve2nix/pve";
          STOREID = "backup-nas";
        };
        path = [
          pkgs.acl
          pkgs.gnutar
          pkgs.gzip
          pkgs.lvm2
          pkgs.lxc
          pkgs.pv
          pkgs.util-linux
          pkgs.zstd
        ];
        restartIfChanged = false;
        script = ''
          . /etc/guest-backup
        '';
        serviceConfig = {
          IOSchedulingClass = "best-effort";
          IOSchedulingPriority = 7;
          RuntimeDirectory = "guest-backup-7f3c2a91-5d1e";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [ "/mnt/pve/backup-nas" ];
        };
        wants = [ "network-online.target" ];
      };
      # unit guest-temperature.service (system/local_units)
      guest-temperature = {
        description = "Write the temperature of the cupboard for the node exporter";
        serviceConfig = {
          ExecStart = "${pkgs.coreutils}/bin/true";
          Type = "oneshot";
        };
      };
      # certificate /etc/pve/nodes/pve/pve-ssl.pem (certificates/node_renewal)
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
      # host pve (conversion/guard)
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
    };
    timers = {
      # /etc/pve/nodes/pve/lxc/200.conf:6,11, /etc/pve/nodes/pve/lxc/201.conf:11 (backup/jobs)
      guest-backup-7f3c2a91-5d1e = {
        description = "Time of the backup of guests 200, 201";
        timerConfig = {
          OnCalendar = "*-*-* 21:00:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # unit guest-temperature.timer (conversion/guard_jobs, system/local_units)
      guest-temperature = {
        description = "Temperature of the cupboard every five minutes";
        timerConfig = {
          OnBootSec = "5min";
          OnUnitActiveSec = "5min";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wantedBy = [ "timers.target" ];
      };
      # certificate /etc/pve/nodes/pve/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # host pve (conversion/guard)
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
      # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3, local file
      # /usr/local/bin/trim-guests.sh, package ifupdown2 (network/ifupdown_commands,
      # system/debian_paths, system/own_scripts)
      rules = [
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
        "L /sbin - - - - /usr/bin"
        "L /usr/sbin - - - - /usr/bin"
      ];
      settings = {
        # /etc/pve/notifications.cfg:1 (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf
        # (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
      };
    };
  };
}
