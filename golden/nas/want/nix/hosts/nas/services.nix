{ config, pkgs, ... }:
{
  # /etc/pve/nodes/nas/lxc/200.conf (containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    # /etc/auto.master:2 (storage/automounts)
    autofs = {
      enable = true;
      autoMaster = ''
        /mnt/auto file:/var/lib/pve2nix/etc/auto.offices --timeout=300 --ghost
      '';
    };
    chrony = {
      # /etc/chrony/chrony.conf:2, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,11 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:2 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # /etc/postfix/main.cf:6-7, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "admin@files.example.net";
      settings.main = {
        # /etc/postfix/main.cf:4 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:2 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "nas.files.example.net";
        # /etc/postfix/main.cf:5 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:3 (system/mail)
        relayhost = [ "mail.files.example.net" ];
      };
    };
  };

  systemd = {
    services = {
      # storage 0 (storage/ceph_encrypted)
      ceph-volume-all.path = [ pkgs.cryptsetup ];
      # /etc/pve/nodes/nas/lxc/200.conf:9 (backup/jobs)
      guest-backup-1a2b3c4d-0001 = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 200";
        environment = {
          BWLIMIT = "0";
          CEPH = "";
          COMPRESS = "none";
          GUESTS = "200|ct|lxc|lxc-200||root=zfs:tank/guests/subvol-200-disk-0";
          HOME = "/run/guest-backup-1a2b3c4d-0001";
          KEEP = "daily=7 weekly=4";
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
          STORE = "/srv/backup/pve2nix/nas";
          STOREID = "backup";
        };
        path = [
          pkgs.acl
          pkgs.gnutar
          pkgs.gzip
          pkgs.lxc
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
          RuntimeDirectory = "guest-backup-1a2b3c4d-0001";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [ "/srv/backup" ];
        };
        wants = [ "network-online.target" ];
      };
      # /etc/iscsi/nodes/iqn.2001-05.net.example:box.lun0/198.51.100.60,3260,1/default,
      # /etc/iscsi/nodes/iqn.2001-05.net.example:box.lun0/203.0.113.60,3260,1/default
      # (storage/iscsi_autologin)
      iscsi.wantedBy = [ "remote-fs.target" ];
      # /etc/mdadm/mdadm.conf:3-4 (storage/md_checks)
      md-check = {
        description = "Comparison of RAID arrays";
        script = ''
          status=0
          for action in /sys/block/md*/md/sync_action; do
            if [ -w "$action" ] && read -r state < "$action" && [ "$state" = idle ]; then
              echo check > "$action" || status=1
            fi
          done
          exit "$status"
        '';
        serviceConfig.Type = "oneshot";
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
      };
      # /etc/multipath.conf:2-3, local file /etc/multipath/bindings, local file
      # /etc/multipath/wwids, unit multipathd.service (storage/multipath)
      multipathd.wantedBy = [ "sysinit.target" ];
      # certificate /etc/pve/nodes/nas/pve-ssl.pem (certificates/node_renewal)
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
      # host nas (conversion/guard)
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
      # /etc/fstab:8 (storage/kerberos_mounts)
      rpc-gssd = {
        before = [ "remote-fs-pre.target" ];
        wantedBy = [ "nfs-client.target" ];
      };
      # storage cold, storage scratch, storage tank (backup/auto_snapshots)
      zfs-auto-snapshot-property = {
        after = [ "zfs.target" ];
        before = [
          "zfs-snapshot-daily.service"
          "zfs-snapshot-frequent.service"
          "zfs-snapshot-hourly.service"
          "zfs-snapshot-monthly.service"
          "zfs-snapshot-weekly.service"
        ];
        description = "Pools whose data sets are snapshotted";
        environment.POOLS = "cold scratch tank";
        path = [ config.boot.zfs.package ];
        script = ''
          for pool in $POOLS; do
            if test "$(zfs get -H -o source com.sun:auto-snapshot "$pool")" = -; then
              zfs set com.sun:auto-snapshot=true "$pool"
            fi
          done
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wantedBy = [
          "zfs-snapshot-daily.service"
          "zfs-snapshot-frequent.service"
          "zfs-snapshot-hourly.service"
          "zfs-snapshot-monthly.service"
          "zfs-snapshot-weekly.service"
        ];
      };
      # package zfs-auto-snapshot (backup/auto_snapshots)
      zfs-snapshot-daily.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      zfs-snapshot-frequent.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      zfs-snapshot-hourly.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      zfs-snapshot-monthly.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
      zfs-snapshot-weekly.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
    };
    timers = {
      # /etc/pve/nodes/nas/lxc/200.conf:9 (backup/jobs)
      guest-backup-1a2b3c4d-0001 = {
        description = "Time of the backup of guests 200";
        timerConfig = {
          OnCalendar = "*-*-* 02:00:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # /etc/mdadm/mdadm.conf:3-4 (storage/md_checks)
      md-check = {
        timerConfig = {
          OnCalendar = "Sun *-*-1..7 01:00:00";
          Persistent = true;
          RandomizedDelaySec = "1h";
        };
        wantedBy = [ "timers.target" ];
      };
      # certificate /etc/pve/nodes/nas/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # host nas (conversion/guard)
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
        # /etc/pve/nodes/nas/qemu-server/100.conf, /etc/pve/nodes/nas/qemu-server/101.conf
        # (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
        # notification mail-to-root (notifications/sendmail)
        "10-sendmail"."/usr/sbin/sendmail"."L+".argument = "/run/wrappers/bin/sendmail";
      };
    };
  };
}
