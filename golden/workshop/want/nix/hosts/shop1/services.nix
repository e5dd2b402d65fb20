{ config, pkgs, ... }:
{
  # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
  # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/203.conf,
  # /etc/pve/nodes/shop1/lxc/204.conf, /etc/pve/nodes/shop1/lxc/205.conf, 1 more files, unit
  # apparmor.service (catalog/units_pve.cue:11, containers/lxc_host)
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
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # /etc/postfix/main.cf:2-3, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:2, package proxmox-mail-forward (mail/aliases)
      rootAlias = "root@example.net";
      settings.main = {
        # /etc/postfix/main.cf:7 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:4 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "shop1.dev.example.net";
        # /etc/postfix/main.cf:6 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:5 (system/mail)
        relayhost = [ ];
      };
    };
  };

  systemd = {
    services = {
      # /etc/pve/nodes/shop1/lxc/200.conf:10, /etc/pve/nodes/shop1/lxc/201.conf:11,
      # /etc/pve/nodes/shop1/lxc/203.conf:6-7,10, /etc/pve/nodes/shop1/lxc/204.conf:7,
      # /etc/pve/nodes/shop1/lxc/205.conf:9 (backup/jobs)
      guest-backup-5d1c7a30-11 = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 200, 201, 203, 204, 205";
        environment = {
          BWLIMIT = "200000";
          CEPH = "";
          COMPRESS = "none";
          GUESTS = "200|ct|lxc|lxc-200||root=thin:pve/vm-200-disk-0 201|ct|lxc|lxc-201||root=thin:pve/vm-201-disk-0 203|ct|lxc|lxc-203||mp0=thin:pve/vm-203-disk-1,mp1=thin:pve/vm-203-disk-2,root=thin:pve/vm-203-disk-0 204|ct|lxc|lxc-204||root=thin:pve/vm-204-disk-0 205|ct|lxc|lxc-205||root=thin:pve/vm-205-disk-0";
          HOME = "/run/guest-backup-5d1c7a30-11";
          KEEP = "last=2";
          KEYFILE = "";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "always";
          MASTERKEY = "";
          MODE = "snapshot";
          MOUNT = "";
          NAMESPACE = "";
          PROTECTED = "";
          REPOSITORY = "";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "/var/lib/vz/pve2nix/shop1";
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
          RuntimeDirectory = "guest-backup-5d1c7a30-11";
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
      # certificate /etc/pve/nodes/shop1/pve-ssl.pem (certificates/node_renewal)
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
      # host shop1 (conversion/guard)
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
      # /etc/pve/nodes/shop1/lxc/200.conf:10, /etc/pve/nodes/shop1/lxc/201.conf:11,
      # /etc/pve/nodes/shop1/lxc/203.conf:6-7,10, /etc/pve/nodes/shop1/lxc/204.conf:7,
      # /etc/pve/nodes/shop1/lxc/205.conf:9 (backup/jobs)
      guest-backup-5d1c7a30-11 = {
        description = "Time of the backup of guests 200, 201, 203, 204, 205";
        timerConfig = {
          OnCalendar = "*-*-* 22:30:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # certificate /etc/pve/nodes/shop1/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # host shop1 (conversion/guard)
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
      # package ifupdown2 (network/ifupdown_commands)
      rules = [
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
      ];
      settings = {
        # notification mail-to-root (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/shop1/qemu-server/100.conf, /etc/pve/nodes/shop1/qemu-server/101.conf,
        # /etc/pve/nodes/shop1/qemu-server/102.conf, /etc/pve/nodes/shop1/qemu-server/103.conf,
        # /etc/pve/nodes/shop1/qemu-server/104.conf, /etc/pve/nodes/shop1/qemu-server/105.conf, 19
        # more files (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
        # notification mail-to-root (notifications/sendmail)
        "10-sendmail"."/usr/sbin/sendmail"."L+".argument = "/run/wrappers/bin/sendmail";
      };
    };
  };
}
