{
  config,
  lib,
  pkgs,
  ...
}:
{
  # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
  # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf (containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:1, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:1,4,6 (system/time_servers)
      extraConfig = ''
        server dc1.campus.example.org iburst key 10
        allow 192.0.2.0/24
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:1 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # local file /usr/local/bin/menu (system/own_scripts)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    postfix = {
      # /etc/postfix/main.cf:4-5, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:2 (mail/aliases)
      rootAlias = "it@campus.example.org";
      settings.main = {
        # /etc/postfix/main.cf:13 (system/mail)
        inet_interfaces = "all";
        # /etc/postfix/main.cf:10 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost"
        ];
        # /etc/postfix/main.cf:8 (system/mail)
        myhostname = "campus1.campus.example.org";
        # /etc/postfix/main.cf:12 (system/mail)
        mynetworks = [
          "127.0.0.0/8"
          "192.0.2.0/24"
        ];
        # /etc/postfix/main.cf:11 (system/mail)
        relayhost = [ "[mail.campus.example.org]:587" ];
        # /etc/postfix/main.cf:20 (system/mail_tables)
        smtp_header_checks = "regexp:/var/lib/pve2nix/etc/postfix/from_checks";
        # certificate /usr/local/share/ca-certificates/campus-services.crt (certificates/trusted)
        smtp_tls_CAfile = lib.mkForce "/etc/ssl/certs/ca-certificates.crt";
        # /etc/postfix/main.cf:14 (system/mail)
        smtp_tls_security_level = "secure";
        # /etc/postfix/main.cf:15 (mail/relay_for_others)
        smtpd_tls_cert_file = "/var/lib/pve2nix/etc/postfix/relay.pem";
        # /etc/postfix/main.cf:16 (mail/relay_for_others)
        smtpd_tls_key_file = "/var/lib/pve2nix/etc/postfix/relay.key";
      };
    };
  };

  systemd = {
    services = {
      # /etc/pve/nodes/campus1/lxc/201.conf:8, /etc/pve/nodes/campus1/lxc/202.conf:8,
      # /etc/pve/nodes/campus1/lxc/203.conf:8, /etc/pve/nodes/campus1/lxc/204.conf:8 (backup/jobs)
      guest-backup-nightly = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 201, 202, 203, 204";
        environment = {
          BWLIMIT = "0";
          CEPH = "";
          COMPRESS = "none";
          GUESTS = "201|ct|lxc|lxc-201||root=thin:pve/vm-201-disk-0 202|ct|lxc|lxc-202||root=thin:pve/vm-202-disk-0 203|ct|lxc|lxc-203||root=thin:pve/vm-203-disk-0 204|ct|lxc|lxc-204||root=thin:pve/vm-204-disk-0";
          HOME = "/run/guest-backup-nightly";
          KEEP = "";
          KEYFILE = "";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "failure";
          MASTERKEY = "";
          MODE = "snapshot";
          MOUNT = "";
          NAMESPACE = "";
          PROTECTED = "";
          REPOSITORY = "";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "/var/lib/vz/pve2nix/campus1";
          STOREID = "local";
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
          RuntimeDirectory = "guest-backup-nightly";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [ "/var/lib/vz" ];
        };
        wants = [ "network-online.target" ];
      };
      # host campus1 (conversion/guard)
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
      # /etc/pve/nodes/campus1/lxc/201.conf:8, /etc/pve/nodes/campus1/lxc/202.conf:8,
      # /etc/pve/nodes/campus1/lxc/203.conf:8, /etc/pve/nodes/campus1/lxc/204.conf:8 (backup/jobs)
      guest-backup-nightly = {
        description = "Time of the backup of guests 201, 202, 203, 204";
        timerConfig = {
          OnCalendar = "*-*-* 22:00:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # host campus1 (conversion/guard)
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
      # local file /usr/local/bin/menu, package ifupdown2 (network/ifupdown_commands,
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
        # /etc/pve/notifications.cfg:1,4 (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/campus1/qemu-server/100.conf, /etc/pve/nodes/campus1/qemu-server/101.conf
        # (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
      };
    };
  };
}
