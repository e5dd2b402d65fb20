{ config, pkgs, ... }:
{
  # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
  # /etc/pve/nodes/ceph1/lxc/122.conf, unit apparmor.service (catalog/units_pve.cue:11,
  # containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-3, /etc/chrony/sources.d/peers.sources:1-2, unit chrony.service
      # (catalog/units_pve.cue:134, system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2-3,12, /etc/chrony/conf.d/allow.conf:1-2,
      # /etc/chrony/sources.d/peers.sources:1-2 (system/time_servers)
      extraConfig = ''
        pool ptbtime1.ptb.de iburst nts
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
        allow 172.20.11.0/24
        local stratum 10 orphan
        peer 172.20.11.22
        peer 172.20.11.23
      '';
      # /etc/chrony/chrony.conf:2-3, /etc/chrony/sources.d/peers.sources:1-2 (system/time_servers)
      servers = [ ];
    };
    cron = {
      # /etc/cron.d/node-exporter-ceph:1, /etc/cron.weekly/rpool-status,
      # /var/spool/cron/crontabs/root:4-5, unit cron.service (catalog/units_debian.cue:243,
      # system/cron_jobs)
      enable = true;
      # /etc/cron.weekly/rpool-status (system/cron_jobs)
      systemCronJobs = [ "47 6 * * 7 root /etc/cron.weekly/rpool-status" ];
    };
    # /etc/cron.d/node-exporter-ceph:1, /etc/cron.weekly/rpool-status,
    # /var/spool/cron/crontabs/root:4-5, unit ceph-scrub-window@.service (system/debian_paths)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    # /etc/systemd/journald.conf.d/size.conf:2 (system/journal)
    journald.extraConfig = ''
      SystemMaxUse=4G
    '';
    postfix = {
      # /etc/postfix/main.cf:6-7, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "ops@hci.example.org";
      settings.main = {
        # /etc/postfix/main.cf:11 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:12 (system/mail)
        inet_protocols = "ipv4";
        # /etc/postfix/main.cf:8 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "ceph1.hci.example.org";
        # /etc/postfix/main.cf:10 (system/mail)
        mynetworks = [
          "127.0.0.0/8"
          "[::1]/128"
        ];
        # /etc/postfix/main.cf:9 (system/mail)
        relayhost = [ "[mail.hci.example.org]" ];
      };
    };
    prometheus.exporters.node = {
      # unit prometheus-node-exporter.service (catalog/units_server.cue:2284, metrics/node_exporter)
      enable = true;
      # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
      disabledCollectors = [ "zfs" ];
      enabledCollectors = [ "systemd" ];
      extraFlags = [ "--collector.textfile.directory=/var/lib/prometheus/node-exporter" ];
      listenAddress = "172.20.10.21";
      port = 9100;
    };
  };

  systemd = {
    services = {
      # storage 0, storage 1, storage 2, 6 more (conversion/guard_stores)
      ceph-mon-ceph1.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      ceph-osd-0.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      ceph-osd-1.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      ceph-osd-2.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      ceph-osd-3.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      # unit ceph-scrub-window@.service (system/local_units)
      "ceph-scrub-window@" = {
        after = [
          "bin.mount"
          "usr-bin.mount"
          "ceph.target"
        ];
        description = "Sets or clears the nodeep-scrub flag (%i)";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
        ];
        serviceConfig = {
          ExecStart = "/usr/local/sbin/ceph-scrub-window %i";
          Type = "oneshot";
        };
      };
      # storage 0, storage 1, storage 2, 6 more (conversion/guard_stores)
      ceph-volume-all.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      # /etc/cron.d/node-exporter-ceph:1, /etc/cron.weekly/rpool-status,
      # /var/spool/cron/crontabs/root:4-5 (conversion/guard_jobs, system/cron_jobs)
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
      # /etc/pve/nodes/ceph1/lxc/121.conf:11 (backup/jobs)
      guest-backup-4c7f0c3e-1d5b = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 121";
        environment = {
          BWLIMIT = "512000";
          COMPRESS = "none";
          GUESTS = "121|ct|lxc|lxc-121||root=zfs:rpool/data/subvol-121-disk-0";
          HOME = "/run/guest-backup-4c7f0c3e-1d5b";
          KEEP = "daily=14 weekly=8 monthly=6";
          KEYFILE = "";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MODE = "snapshot";
          MOUNT = "";
          NAMESPACE = "hci/prod";
          PBS_FINGERPRINT = "4e:19:b2:07:cc:5a:e8:31:90:6d:f4:2b:a7:13:58:de:0c:86:71:95:3f:ea:42:bd:60:17:d9:84:2c:a5:fb:38";
          PBS_PASSWORD_FILE = "/etc/pve/priv/storage/pbs-offsite.pw";
          PROTECTED = "";
          REPOSITORY = "hci@pbs!cluster@pbs.dr.example.org:8017:hci";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          STORE = "";
        };
        path = [
          pkgs.acl
          pkgs.gnutar
          pkgs.gzip
          pkgs.lxc
          pkgs.proxmox-backup-client
          pkgs.pv
          pkgs.util-linux
          pkgs.zstd
          config.boot.zfs.package
        ];
        restartIfChanged = false;
        script = ''
          . /etc/guest-backup
        '';
        serviceConfig = {
          IOSchedulingClass = "best-effort";
          IOSchedulingPriority = 7;
          RuntimeDirectory = "guest-backup-4c7f0c3e-1d5b";
          Type = "oneshot";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wants = [ "network-online.target" ];
      };
      # unit nic-ring.service (system/local_units)
      nic-ring = {
        after = [ "systemd-networkd.service" ];
        before = [ "ceph.target" ];
        description = "Larger rings for the storage NICs";
        serviceConfig = {
          ExecStart = [
            "${pkgs.ethtool}/bin/ethtool -G nic0 rx 8192 tx 8192"
            "${pkgs.ethtool}/bin/ethtool -G nic1 rx 8192 tx 8192"
          ];
          RemainAfterExit = "yes";
          Type = "oneshot";
        };
        wantedBy = [ "multi-user.target" ];
      };
      # /etc/nut/upsmon.conf:1 (hardware/ups)
      nut-passwords = {
        before = [ "upsmon.service" ];
        description = "Passwords of Network UPS Tools";
        requiredBy = [ "upsmon.service" ];
        script = ''
          sed -nE -e 's/^[[:blank:]]*MONITOR[[:blank:]]+rack3@172\.20\.10\.5[[:blank:]]+[0-9]+[[:blank:]]+upsmon[[:blank:]]+"(([^"\\]|\\.)*)"[[:blank:]]+secondary([[:blank:]].*)?$/\1/p' -e 's/^[[:blank:]]*MONITOR[[:blank:]]+rack3@172\.20\.10\.5[[:blank:]]+[0-9]+[[:blank:]]+upsmon[[:blank:]]+([^"#[:blank:]]+)[[:blank:]]+secondary([[:blank:]].*)?$/\1/p' /var/lib/pve2nix/etc/nut/upsmon.conf > "$RUNTIME_DIRECTORY/monitor-rack3-172-20-10-5"
        '';
        serviceConfig = {
          RemainAfterExit = true;
          RuntimeDirectory = "nut-passwords";
          RuntimeDirectoryMode = "0700";
          Type = "oneshot";
          UMask = "0077";
        };
      };
      # host ceph1 (conversion/guard)
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
      # unit ceph-scrub-window-close.timer (conversion/guard_jobs, system/local_units)
      ceph-scrub-window-close = {
        description = "Closes the window for deep scrubs";
        timerConfig = {
          OnCalendar = "*-*-* 06:00";
          Unit = "ceph-scrub-window@close.service";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wantedBy = [ "timers.target" ];
      };
      # unit ceph-scrub-window-open.timer (conversion/guard_jobs, system/local_units)
      ceph-scrub-window-open = {
        description = "Opens the window for deep scrubs";
        timerConfig = {
          OnCalendar = "*-*-* 22:00";
          Unit = "ceph-scrub-window@open.service";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wantedBy = [ "timers.target" ];
      };
      # /etc/pve/nodes/ceph1/lxc/121.conf:11 (backup/jobs)
      guest-backup-4c7f0c3e-1d5b = {
        description = "Time of the backup of guests 121";
        timerConfig = {
          OnCalendar = "*-*-* 01:15:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # host ceph1 (conversion/guard)
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
      # /etc/cron.d/node-exporter-ceph:1, /etc/cron.weekly/rpool-status,
      # /var/spool/cron/crontabs/root:4-5, unit ceph-scrub-window@.service (cluster/migration,
      # system/debian_paths)
      rules = [
        "L+ /bin/true - - - - /run/current-system/sw/bin/true"
        "L /sbin - - - - /usr/bin"
        "L /usr/sbin - - - - /usr/bin"
      ];
      settings = {
        # storage/ceph_module
        "10-ceph"."/etc/ceph/ceph.conf"."L+".argument = "/etc/pve/ceph.conf";
        # /etc/pve/notifications.cfg:1, notification mail-to-root (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/ceph1/qemu-server/110.conf, /etc/pve/nodes/ceph1/qemu-server/111.conf,
        # /etc/pve/nodes/ceph1/qemu-server/112.conf (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
        # notification mail-to-root (notifications/sendmail)
        "10-sendmail"."/usr/sbin/sendmail"."L+".argument = "/run/wrappers/bin/sendmail";
      };
    };
  };
}
