{ config, pkgs, ... }:
{
  # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, unit apparmor.service
  # (catalog/units_pve.cue:11, containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-4, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,4,13, /etc/chrony/conf.d/serve-guests.conf:2 (system/time_servers)
      extraConfig = ''
        server ntp1.example.net iburst prefer
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
        allow 10.10.40.0/24
      '';
      # /etc/chrony/chrony.conf:2-4 (system/time_servers)
      servers = [ "ntp2.example.net" ];
    };
    cron = {
      # /etc/cron.d/config-export:2, /etc/cron.daily/lvm-thin-alert,
      # /var/spool/cron/crontabs/root:3-5, unit cron.service (catalog/units_debian.cue:243,
      # system/cron_jobs)
      enable = true;
      # /etc/cron.daily/lvm-thin-alert (system/cron_jobs)
      systemCronJobs = [ "25 6 * * * root /etc/cron.daily/lvm-thin-alert" ];
    };
    # /etc/cron.d/config-export:2, /etc/cron.daily/lvm-thin-alert,
    # /var/spool/cron/crontabs/root:3-5, local file /usr/local/bin/vzdump-hook.sh, local file
    # /usr/local/sbin/gpu-unbind, local file /usr/local/sbin/nas-snapshot-report, 3 more
    # (system/debian_paths, system/own_scripts)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    # /etc/systemd/journald.conf:2-3 (catalog/properties_config_files.cue:897, system/journal)
    journald = {
      extraConfig = ''
        SystemMaxUse=2G
        ForwardToSyslog=no
      '';
      forwardToSyslog = false;
    };
    postfix = {
      # /etc/postfix/main.cf:7-8, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      settings.main = {
        # package proxmox-mail-forward (mail/root_mail)
        alias_maps = [ "texthash:/var/lib/root-mail/root" ];
        # /etc/postfix/main.cf:12 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:9 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "pve1.prod.example.net";
        # /etc/postfix/main.cf:11 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:10 (system/mail)
        relayhost = [ "[smtp.example.net]:587" ];
        # /etc/postfix/main.cf:16 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:18 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:19 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
    snmpd = {
      # unit snmpd.service (services/snmp)
      enable = true;
      configFile = "/run/snmpd/snmpd.conf";
      # /etc/snmp/snmpd.conf:1 (services/snmp)
      listenAddress = "udp:10.10.20.11";
      port = 161;
    };
    zabbixAgent = {
      # unit zabbix-agent2.service (services/zabbix_agent)
      enable = true;
      package = pkgs.zabbix70.agent2;
      # /etc/zabbix/zabbix_agent2.conf:4 (services/zabbix_agent)
      server = "10.10.20.40";
      settings = {
        # /etc/zabbix/zabbix_agent2.conf:6 (services/zabbix_agent)
        Hostname = "pve1.prod.example.net";
        # /etc/zabbix/zabbix_agent2.conf:5 (services/zabbix_agent)
        ServerActive = "10.10.20.40";
        # /etc/zabbix/zabbix_agent2.conf:11 (services/zabbix_agent)
        TLSAccept = "psk";
        # /etc/zabbix/zabbix_agent2.conf:10 (services/zabbix_agent)
        TLSConnect = "psk";
        # /etc/zabbix/zabbix_agent2.conf:13 (services/zabbix_agent)
        TLSPSKFile = "/run/credentials/zabbix-agent.service/TLSPSKFile";
        # /etc/zabbix/zabbix_agent2.conf:12 (services/zabbix_agent)
        TLSPSKIdentity = "pve1";
        # /etc/zabbix/zabbix_agent2.d/lvm.conf:1 (services/zabbix_agent)
        UserParameter = [
          "lvm.thin[*],sudo /run/current-system/sw/bin/lvs --reportformat json -o data_percent,metadata_percent $1"
        ];
      };
    };
  };

  systemd = {
    services = {
      # /etc/cron.d/config-export:2, /etc/cron.daily/lvm-thin-alert,
      # /var/spool/cron/crontabs/root:3-5 (conversion/guard_jobs, system/cron_jobs)
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
      # unit gpu-unbind.service (system/local_units)
      gpu-unbind = {
        after = [
          "bin.mount"
          "usr-bin.mount"
          "systemd-modules-load.service"
        ];
        before = [ "pve-guests.service" ];
        description = "Hands the T4 to vfio before the guests start";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
        ];
        serviceConfig = {
          ExecStart = "/usr/local/sbin/gpu-unbind 0000:3b:00.0";
          RemainAfterExit = "yes";
          Type = "oneshot";
        };
        wantedBy = [ "multi-user.target" ];
      };
      # /etc/pve/nodes/pve1/lxc/200.conf:8,14, /etc/pve/nodes/pve1/lxc/202.conf:14 (backup/jobs)
      guest-backup-5b1c9f02-77ae = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 200, 202";
        environment = {
          BWLIMIT = "204800";
          CEPH = "";
          COMPRESS = "none";
          GUESTS = "200|ct|lxc|lxc-200||mp1=thin:pve/vm-200-disk-1,root=thin:pve/vm-200-disk-0 202|ct|lxc|lxc-202||root=thin:pve/vm-202-disk-0";
          HOME = "/run/guest-backup-5b1c9f02-77ae";
          KEEP = "";
          KEYFILE = "/etc/pve/priv/storage/pbs1.enc";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "always";
          MASTERKEY = "";
          MODE = "snapshot";
          MOUNT = "";
          NAMESPACE = "vienna";
          NOTES_200 = "files (200) on pve1";
          NOTES_202 = "docker01 (202) on pve1";
          PBS_FINGERPRINT = "9c:41:e7:2b:d0:66:1a:f8:5d:33:b7:0e:c2:94:58:ab:17:f0:6d:e9:82:3c:45:da:71:0b:9e:26:f3:8a:64:5f";
          PBS_PASSWORD_FILE = "/etc/pve/priv/storage/pbs1.pw";
          PROTECTED = "";
          REPOSITORY = "pve@pbs!prod@pbs1.prod.example.net:8007:prod";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "";
          STOREID = "pbs1";
        };
        path = [
          pkgs.acl
          pkgs.gnutar
          pkgs.gzip
          pkgs.lvm2
          pkgs.lxc
          pkgs.proxmox-backup-client
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
          RuntimeDirectory = "guest-backup-5b1c9f02-77ae";
          Type = "oneshot";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wants = [ "network-online.target" ];
      };
      # unit nas-snapshot-report.service (system/local_units)
      nas-snapshot-report = {
        after = [
          "bin.mount"
          "usr-bin.mount"
          "mnt-pve-nas\\x2dvm.mount"
          "network-online.target"
        ];
        description = "Reports the snapshots of the NAS to the dashboard";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
        ];
        serviceConfig = {
          ExecStart = "/usr/local/sbin/nas-snapshot-report --target /mnt/pve/nas-vm";
          Type = "oneshot";
        };
        wants = [ "network-online.target" ];
      };
      # /etc/pve/nodes/pve1/config:4, /etc/pve/priv/acme/plugins.cfg:1, acme accounts
      # (api/certificates)
      pve-acme = {
        after = [
          "network-online.target"
          "pve-cluster.service"
          "pveproxy.service"
        ];
        description = "Renewal of the certificate of the web interface";
        path = [ pkgs.openssl ];
        requires = [ "pve-cluster.service" ];
        script = ''
          cert=/etc/pve/local/pveproxy-ssl.pem
          if [ ! -e "$cert" ] || openssl x509 -checkend 2592000 -noout -in "$cert" > /dev/null; then
            exit 0
          fi
          exec /run/current-system/sw/bin/pvenode acme cert renew
        '';
        serviceConfig.Type = "oneshot";
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wants = [ "network-online.target" ];
      };
      # certificate /etc/pve/nodes/pve1/pve-ssl.pem (certificates/node_renewal)
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
      # host pve1 (conversion/guard)
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
      # /etc/pve/nodes/pve1/lxc/202.conf:22-41 (containers/rollback)
      rollback-202-compose-v2 = {
        after = [ "lxc-202.service" ];
        conflicts = [ "lxc-202.service" ];
        description = "Container 202 back to the snapshot compose-v2";
        path = [ pkgs.lvm2 ];
        restartIfChanged = false;
        script = ''
          lvs pve/snap_vm-202-disk-0_compose-v2 >/dev/null && ! lvs pve/before_vm-202-disk-0 >/dev/null 2>&1 || { echo 'A volume has no snapshot compose-v2 that it can be turned back to' >&2; exit 1; }
          lvrename pve vm-202-disk-0 before_vm-202-disk-0
          lvcreate --setactivationskip n --name vm-202-disk-0 --snapshot pve/snap_vm-202-disk-0_compose-v2
          echo 'What was there before: lvremove pve/before_vm-202-disk-0''\'
        '';
        serviceConfig.Type = "oneshot";
      };
      # package proxmox-mail-forward (mail/root_mail)
      root-mail = {
        after = [ "pve-cluster.service" ];
        before = [ "postfix.service" ];
        description = "Readers of mail to root";
        environment = {
          ADDRESSES = "infra-team@example.net";
          FILE = "/etc/pve/user.cfg";
          TABLE = "/var/lib/root-mail/root";
          USERS = "root@pam";
        };
        path = [ pkgs.gawk ];
        script = ''
          touch "$TABLE"
          found=$(awk -F: -v users="$USERS" ''\'
            BEGIN { n = split(users, list, " "); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }
            $1 == "user" && ($2 in wanted) && $7 ~ /^[A-Za-z0-9._+=-]+@[A-Za-z0-9.-]+$/ { print $7 }
          ' "$FILE") || found=
          if [ -n "$ADDRESSES$found" ]; then
            echo root $(echo $ADDRESSES $found | sed 's/ /, /g') > "$TABLE.new"
            mv "$TABLE.new" "$TABLE"
          else
            echo "no user whom notifications name has an address: mail to root stays here" >&2
          fi
        '';
        serviceConfig = {
          StateDirectory = "root-mail";
          Type = "oneshot";
          UMask = "0022";
        };
        wantedBy = [ "postfix.service" ];
      };
      snmpd = {
        # /etc/snmp/snmpd.conf:1 (services/snmp)
        after = [ "network-online.target" ];
        # unit snmpd.service (services/snmp)
        preStart = ''
          umask 077
          sed -E '/^[[:blank:]]*agent(address|user|group)([[:blank:]]|$)/Id' /var/lib/pve2nix/etc/snmp/snmpd.conf > /run/snmpd/snmpd.conf
        '';
        serviceConfig = {
          RuntimeDirectory = "snmpd";
          RuntimeDirectoryMode = "0700";
        };
        # /etc/snmp/snmpd.conf:1 (services/snmp)
        wants = [ "network-online.target" ];
      };
      zabbix-agent = {
        # /etc/zabbix/zabbix_agent2.d/lvm.conf:1 (services/zabbix_agent)
        path = [ "/run/current-system/sw" ];
        # /etc/zabbix/zabbix_agent2.conf:13 (services/zabbix_agent)
        serviceConfig.LoadCredential = [ "TLSPSKFile:/var/lib/pve2nix/etc/zabbix/agent.psk" ];
      };
    };
    timers = {
      # /etc/pve/nodes/pve1/lxc/200.conf:8,14, /etc/pve/nodes/pve1/lxc/202.conf:14 (backup/jobs)
      guest-backup-5b1c9f02-77ae = {
        description = "Time of the backup of guests 200, 202";
        timerConfig = {
          OnCalendar = "*-*-* 21:30:00";
          Persistent = true;
        };
        wantedBy = [ "timers.target" ];
      };
      # unit nas-snapshot-report.timer (conversion/guard_jobs, system/local_units)
      nas-snapshot-report = {
        description = "Daily report of the snapshots of the NAS";
        timerConfig = {
          OnCalendar = "*-*-* 07:15";
          Persistent = "true";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wantedBy = [ "timers.target" ];
      };
      # /etc/pve/nodes/pve1/config:4, /etc/pve/priv/acme/plugins.cfg:1, acme accounts
      # (api/certificates)
      pve-acme = {
        timerConfig = {
          OnCalendar = "*-*-* 01:00:00";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # certificate /etc/pve/nodes/pve1/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # host pve1 (conversion/guard)
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
      # /etc/cron.d/config-export:2, /etc/cron.daily/lvm-thin-alert,
      # /var/spool/cron/crontabs/root:3-5, local file /usr/local/bin/vzdump-hook.sh, local file
      # /usr/local/sbin/gpu-unbind, local file /usr/local/sbin/nas-snapshot-report, 4 more (4 rules
      # and catalog entries)
      rules = [
        "L+ /bin/true - - - - /run/current-system/sw/bin/true"
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
        "L /sbin - - - - /usr/bin"
        "L /usr/sbin - - - - /usr/bin"
      ];
      settings = {
        # /etc/pve/notifications.cfg:1,12 (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
        # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf
        # (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
      };
    };
  };
}
