{ config, pkgs, ... }:
{
  # /etc/ntp.conf:4-6 (system/time_servers)
  networking.timeServers = [
    "192.0.2.2"
    "192.0.2.3"
    "pool.ntp.example.net"
  ];

  # /etc/pve/nodes/vmhost2/lxc/102.conf, /etc/pve/nodes/vmhost2/lxc/103.conf, unit apparmor.service
  # (catalog/units_pve.cue:11, containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # unit ntp.service (time/ntpd_serves)
      enable = true;
      # /etc/ntp.conf:9 (time/ntpd_serves)
      extraConfig = ''
        allow 192.0.2.0/24
      '';
    };
    cron = {
      # /etc/cron.d/pve-backup-copy:2-3, /etc/cron.daily/vm-inventory, /etc/cron.hourly/thin-watch,
      # /etc/cron.weekly/fstrim, /etc/crontab:7, /var/spool/cron/crontabs/root:1-2, unit
      # cron.service (catalog/units_debian.cue:243, system/cron_jobs)
      enable = true;
      # /etc/cron.daily/vm-inventory, /etc/cron.hourly/thin-watch, /etc/cron.weekly/fstrim
      # (system/cron_jobs)
      systemCronJobs = [
        "17 * * * * root /etc/cron.hourly/thin-watch"
        "25 6 * * * root /etc/cron.daily/vm-inventory"
        "47 6 * * 7 root /etc/cron.weekly/fstrim"
      ];
    };
    # /etc/cron.d/pve-backup-copy:2-3, /etc/cron.daily/vm-inventory, /etc/cron.hourly/thin-watch,
    # /etc/cron.weekly/fstrim, /etc/crontab:7, /etc/network/interfaces.d/nat:9, 1 more files, local
    # file /etc/init.d/megamon, local file /etc/network/if-up.d/static-routes, local file
    # /etc/rc.local, 10 more (6 rules and catalog entries)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    # /etc/systemd/logind.conf:2-3 (catalog/properties_config_files.cue:900,
    # catalog/properties_config_files.cue:906)
    logind.settings.Login = {
      HandlePowerKey = "ignore";
      KillUserProcesses = false;
    };
    munin-node = {
      # unit munin-node.service (services/munin_node)
      enable = true;
      # /etc/munin/munin-node.conf:1-5 (services/munin_node)
      extraConfig = ''
        allow ^127\.0\.0\.1$
        allow ^192\.0\.2\.62$
      '';
    };
    postfix = {
      # /etc/postfix/main.cf:5-6, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      settings.main = {
        # /etc/postfix/main.cf:10 (system/mail)
        inet_interfaces = "all";
        # /etc/postfix/main.cf:7 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.office.example.net"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "vmhost2.office.example.net";
        # /etc/postfix/main.cf:9 (system/mail)
        mynetworks = [
          "127.0.0.0/8"
          "192.0.2.0/24"
        ];
        # /etc/postfix/main.cf:8 (system/mail)
        relayhost = [ "[mail.example.net]:submission" ];
        # /etc/postfix/main.cf:19 (system/mail_tables)
        smtp_generic_maps = "texthash:/var/lib/pve2nix/etc/postfix/generic";
        # /etc/postfix/main.cf:13 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:15 (system/mail_tables)
        smtp_sasl_password_maps = "texthash:/var/lib/pve2nix/etc/postfix/sasl_passwd";
        # /etc/postfix/main.cf:14 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:12 (system/mail)
        smtp_use_tls = "yes";
      };
    };
    rsyslogd = {
      # unit rsyslog.service (catalog/units_debian.cue:776)
      enable = true;
      # /etc/rsyslog.d/50-central.conf:1-2 (system/log_forwarding)
      extraConfig = ''
        *.* @@192.0.2.70:514
        $ActionQueueType LinkedList
      '';
    };
    snmpd = {
      # unit snmpd.service (services/snmp)
      enable = true;
      configFile = "/run/snmpd/snmpd.conf";
      # /etc/snmp/snmpd.conf:1 (services/snmp)
      listenAddress = "udp:0.0.0.0";
      port = 161;
    };
    # unit sysstat.service (catalog/units_server.cue:2799)
    sysstat.enable = true;
    zabbixAgent = {
      # unit zabbix-agent.service (services/zabbix_agent)
      enable = true;
      package = pkgs.zabbix70.agent;
      # /etc/zabbix/zabbix_agentd.conf:3 (services/zabbix_agent)
      server = "192.0.2.60";
      settings = {
        # /etc/zabbix/zabbix_agentd.conf:5 (services/zabbix_agent)
        Hostname = "vmhost2";
        # /etc/zabbix/zabbix_agentd.conf:4 (services/zabbix_agent)
        ServerActive = "192.0.2.60";
        # /etc/zabbix/zabbix_agentd.conf:7 (services/zabbix_agent)
        TLSAccept = "psk";
        # /etc/zabbix/zabbix_agentd.conf:6 (services/zabbix_agent)
        TLSConnect = "psk";
        # /etc/zabbix/zabbix_agentd.conf:9 (services/zabbix_agent)
        TLSPSKFile = "/run/credentials/zabbix-agent.service/TLSPSKFile";
        # /etc/zabbix/zabbix_agentd.conf:8 (services/zabbix_agent)
        TLSPSKIdentity = "vmhost2";
        # /etc/zabbix/zabbix_agentd.conf.d/pve.conf:1 (services/zabbix_agent)
        UserParameter = [ "pve.vms,sudo /run/current-system/sw/bin/qm list | wc -l" ];
      };
    };
  };

  systemd = {
    services = {
      # /etc/cron.d/pve-backup-copy:2-3, /etc/cron.daily/vm-inventory, /etc/cron.hourly/thin-watch,
      # /etc/cron.weekly/fstrim, /etc/crontab:7, /var/spool/cron/crontabs/root:1-2
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
      # /etc/pve/nodes/vmhost2/lxc/102.conf:11 (backup/jobs)
      guest-cron-0 = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 102";
        environment = {
          BWLIMIT = "60000";
          CEPH = "";
          COMPRESS = "lzo";
          GUESTS = "102|ct|lxc|lxc-102||root=thin:pve/vm-102-disk-0";
          HOME = "/run/guest-cron-0";
          KEEP = "last=4";
          KEYFILE = "";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "always";
          MASTERKEY = "";
          MODE = "snapshot";
          MOUNT = "/srv/backup";
          NAMESPACE = "";
          PROTECTED = "";
          REPOSITORY = "";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "/srv/backup/pve2nix/vmhost2";
          STOREID = "backup";
        };
        path = [
          pkgs.acl
          pkgs.gnutar
          pkgs.gzip
          pkgs.lvm2
          pkgs.lxc
          pkgs.lzop
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
          RuntimeDirectory = "guest-cron-0";
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
      # /etc/pve/nodes/vmhost2/lxc/102.conf:11, /etc/pve/nodes/vmhost2/lxc/103.conf:8,12
      # (backup/jobs)
      guest-cron-1 = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 102, 103";
        environment = {
          BWLIMIT = "60000";
          CEPH = "";
          COMPRESS = "gzip";
          GUESTS = "102|ct|lxc|lxc-102||root=thin:pve/vm-102-disk-0 103|ct|lxc|lxc-103||mp1=thin:pve/vm-103-disk-1,root=thin:pve/vm-103-disk-0";
          HOME = "/run/guest-cron-1";
          KEEP = "last=2";
          KEYFILE = "";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "always";
          MASTERKEY = "";
          MODE = "stop";
          MOUNT = "/mnt/pve/nas1";
          NAMESPACE = "";
          PROTECTED = "";
          REPOSITORY = "";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "/mnt/pve/nas1/pve2nix/vmhost2";
          STOREID = "nas1";
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
          RuntimeDirectory = "guest-cron-1";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [ "/mnt/pve/nas1" ];
        };
        wants = [ "network-online.target" ];
      };
      # /etc/iscsi/nodes/iqn.2001-05.net.example:san1.lun0/198.51.100.50,3260,1/default,
      # /etc/iscsi/nodes/iqn.2001-05.net.example:san1.lun0/203.0.113.50,3260,1/default
      # (storage/iscsi_autologin)
      iscsi.wantedBy = [ "remote-fs.target" ];
      # /etc/ksmtuned.conf:1 (system/ksm_thresholds)
      ksm-thresholds = {
        after = [ "enable-ksm.service" ];
        description = "Thresholds for sharing memory of guests";
        environment = {
          KSM_MONITOR_INTERVAL = "60";
          KSM_NPAGES_BOOST = "300";
          KSM_NPAGES_DECAY = "-50";
          KSM_NPAGES_MAX = "1250";
          KSM_NPAGES_MIN = "64";
          KSM_SLEEP_MSEC = "100";
          KSM_THRES_COEF = "30";
          KSM_THRES_CONST = "2048";
        };
        path = [ pkgs.gawk ];
        script = ''
          cd /sys/kernel/mm/ksm
          total=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
          limit=$((total * KSM_THRES_COEF / 100))
          if [ "$KSM_THRES_CONST" -gt "$limit" ]; then limit=$KSM_THRES_CONST; fi
          pause=$((KSM_SLEEP_MSEC * 16777216 / total))
          if [ "$pause" -lt 10 ]; then pause=10; fi
          echo "$pause" > sleep_millisecs
          pages=0
          while true; do
            free=$(awk '/^(MemFree|Buffers|Cached):/ { n += $2 } END { print n }' /proc/meminfo)
            if [ "$free" -lt "$limit" ]; then run=1 pages=$((pages + KSM_NPAGES_BOOST)); else run=0 pages=$((pages + KSM_NPAGES_DECAY)); fi
            if [ "$pages" -lt "$KSM_NPAGES_MIN" ]; then pages=$KSM_NPAGES_MIN; fi
            if [ "$pages" -gt "$KSM_NPAGES_MAX" ]; then pages=$KSM_NPAGES_MAX; fi
            echo "$pages" > pages_to_scan
            echo "$run" > run
            sleep "$KSM_MONITOR_INTERVAL"
          done
        '';
        serviceConfig = {
          Restart = "on-failure";
          RestartSec = "60s";
        };
        wantedBy = [ "multi-user.target" ];
      };
      # local file /etc/init.d/megamon (system/init_scripts)
      megamon = {
        after = [
          "network-online.target"
          "remote-fs.target"
          "bin.mount"
          "usr-bin.mount"
        ];
        description = "Script of SysV init";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
          pkgs.busybox
        ];
        serviceConfig = {
          ExecStart = "/etc/init.d/megamon start";
          ExecStop = "/etc/init.d/megamon stop";
          GuessMainPID = false;
          IgnoreSIGPIPE = false;
          KillMode = "process";
          RemainAfterExit = true;
          SuccessExitStatus = "5 6";
          TimeoutSec = "5min";
          Type = "forking";
        };
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-online.target" ];
      };
      # /etc/multipath.conf:2-24, unit multipathd.service (storage/multipath)
      multipathd.wantedBy = [ "sysinit.target" ];
      # local file /etc/network/if-up.d/static-routes (network/up_scripts)
      network-scripts = {
        after = [
          "network-online.target"
          "bin.mount"
          "usr-bin.mount"
        ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        description = "Scripts that ran with every interface";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
          pkgs.iproute2
          pkgs.iptables
          pkgs.ethtool
        ];
        restartIfChanged = false;
        script = ''
          if [ -e /sys/class/net/c100 ]; then IFACE=c100 LOGICAL=c100 ADDRFAM=inet METHOD=manual MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/eno3 ]; then IFACE=eno3 LOGICAL=eno3 ADDRFAM=inet METHOD=manual MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/eno4 ]; then IFACE=eno4 LOGICAL=eno4 ADDRFAM=inet METHOD=static MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/ln_c100 ]; then IFACE=ln_c100 LOGICAL=ln_c100 ADDRFAM=inet METHOD=manual MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/lo ]; then IFACE=lo LOGICAL=lo ADDRFAM=inet METHOD=loopback MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/mgmt ]; then IFACE=mgmt LOGICAL=mgmt ADDRFAM=inet METHOD=static MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/storage0 ]; then IFACE=storage0 LOGICAL=storage0 ADDRFAM=inet METHOD=static MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/vlan77 ]; then IFACE=vlan77 LOGICAL=vlan77 ADDRFAM=inet METHOD=manual MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/vmbr0 ]; then IFACE=vmbr0 LOGICAL=vmbr0 ADDRFAM=inet METHOD=manual MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/vmbr1 ]; then IFACE=vmbr1 LOGICAL=vmbr1 ADDRFAM=inet METHOD=manual MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
          if [ -e /sys/class/net/vmbr9 ]; then IFACE=vmbr9 LOGICAL=vmbr9 ADDRFAM=inet METHOD=static MODE=start PHASE=post-up /etc/network/if-up.d/static-routes || true; fi
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-online.target" ];
      };
      # /etc/network/interfaces.d/nat:9 (network/hook_services)
      network-vmbr9-other = {
        after = [
          "sys-subsystem-net-devices-vmbr9.device"
          "systemd-networkd.service"
          "bin.mount"
          "usr-bin.mount"
        ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        bindsTo = [ "sys-subsystem-net-devices-vmbr9.device" ];
        description = "Commands of the interface vmbr9";
        environment = {
          IFACE = "vmbr9";
          LOGICAL = "vmbr9";
          MODE = "start";
          PHASE = "post-up";
        };
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
          pkgs.iproute2
          pkgs.iptables
          pkgs.ethtool
        ];
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = [ "-/etc/network/nat-forward start vmbr9" ];
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "sys-subsystem-net-devices-vmbr9.device" ];
      };
      # network other_config.vlan-limit (network/open_vswitch_settings)
      ovs-settings = {
        after = [ "ovsdb.service" ];
        before = [ "ovs-vswitchd.service" ];
        description = "Settings of Open vSwitch as a whole";
        path = [ config.virtualisation.vswitch.package ];
        requires = [ "ovsdb.service" ];
        script = ''
          ovs-vsctl --no-wait set Open_vSwitch . 'other_config:vlan-limit="0"''\'
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "ovs-vswitchd.service" ];
      };
      # certificate /etc/pve/nodes/vmhost2/pve-ssl.pem (certificates/node_renewal)
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
      # host vmhost2 (conversion/guard)
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
      # local file /etc/rc.local, unit rc-local.service (system/rc_local)
      rc-local = {
        after = [
          "network-online.target"
          "remote-fs.target"
          "bin.mount"
          "usr-bin.mount"
        ];
        description = "Script at the end of the boot";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
          pkgs.busybox
        ];
        serviceConfig = {
          ExecStart = "/etc/rc.local start";
          GuessMainPID = false;
          RemainAfterExit = true;
          TimeoutSec = "infinity";
          Type = "forking";
        };
        unitConfig.ConditionFileIsExecutable = "/etc/rc.local";
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-online.target" ];
      };
      # unit snmpd.service (services/snmp)
      snmpd = {
        preStart = ''
          umask 077
          sed -E '/^[[:blank:]]*agent(address|user|group)([[:blank:]]|$)/Id' /var/lib/pve2nix/etc/snmp/snmpd.conf > /run/snmpd/snmpd.conf
        '';
        serviceConfig = {
          RuntimeDirectory = "snmpd";
          RuntimeDirectoryMode = "0700";
        };
      };
      # unit ups-poll.service (system/local_units)
      ups-poll = {
        after = [
          "bin.mount"
          "usr-bin.mount"
          "network.target"
        ];
        description = "Asks the UPS by SNMP";
        path = [
          "/run/wrappers"
          "/run/current-system/sw"
          "/usr/local"
        ];
        serviceConfig = {
          Restart = "always";
          Type = "simple";
          User = "nobody";
        };
        wantedBy = [ "multi-user.target" ];
      };
      # /etc/pve/vzdump.cron:6 (backup/cron_lines)
      vzdump-cron-0 = {
        after = [
          "network-online.target"
          "pve-cluster.service"
          "pve-storage.target"
        ];
        description = "Backup by vzdump";
        path = [
          config.boot.zfs.package
          pkgs.gzip
          pkgs.lzop
          pkgs.zstd
        ];
        requires = [ "pve-cluster.service" ];
        restartIfChanged = false;
        script = ''
          exec /run/current-system/sw/bin/vzdump 100 101 102 --compress lzo --mode snapshot --storage backup
        '';
        serviceConfig.Type = "oneshot";
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wants = [ "network-online.target" ];
      };
      # /etc/pve/vzdump.cron:7 (backup/cron_lines)
      vzdump-cron-1 = {
        after = [
          "network-online.target"
          "pve-cluster.service"
          "pve-storage.target"
        ];
        description = "Backup by vzdump";
        path = [
          config.boot.zfs.package
          pkgs.gzip
          pkgs.lzop
          pkgs.zstd
        ];
        requires = [ "pve-cluster.service" ];
        restartIfChanged = false;
        script = ''
          exec /run/current-system/sw/bin/vzdump --all 1 --compress gzip --exclude 105,900 --prune-backups keep-last=2 --mode stop --storage nas1
        '';
        serviceConfig.Type = "oneshot";
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wants = [ "network-online.target" ];
      };
      zabbix-agent = {
        # /etc/zabbix/zabbix_agentd.conf.d/pve.conf:1 (services/zabbix_agent)
        path = [ "/run/current-system/sw" ];
        # /etc/zabbix/zabbix_agentd.conf:9 (services/zabbix_agent)
        serviceConfig.LoadCredential = [ "TLSPSKFile:/var/lib/pve2nix/etc/zabbix/psk" ];
      };
    };
    timers = {
      # /etc/pve/nodes/vmhost2/lxc/102.conf:11 (backup/jobs)
      guest-cron-0 = {
        description = "Time of the backup of guests 102";
        timerConfig = {
          OnCalendar = "Mon,Tue,Wed,Thu,Fri *-*-* 21:00:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # /etc/pve/nodes/vmhost2/lxc/102.conf:11, /etc/pve/nodes/vmhost2/lxc/103.conf:8,12
      # (backup/jobs)
      guest-cron-1 = {
        description = "Time of the backup of guests 102, 103";
        timerConfig = {
          OnCalendar = "Sat *-*-* 03:30:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # certificate /etc/pve/nodes/vmhost2/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # host vmhost2 (conversion/guard)
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
      # /etc/pve/vzdump.cron:6 (backup/cron_lines)
      vzdump-cron-0 = {
        description = "Time of a backup by vzdump";
        timerConfig.OnCalendar = "Mon,Tue,Wed,Thu,Fri *-*-* 21:00:00";
        wantedBy = [ "timers.target" ];
      };
      # /etc/pve/vzdump.cron:7 (backup/cron_lines)
      vzdump-cron-1 = {
        description = "Time of a backup by vzdump";
        timerConfig.OnCalendar = "Sat *-*-* 03:30:00";
        wantedBy = [ "timers.target" ];
      };
    };
    tmpfiles = {
      # /etc/cron.d/pve-backup-copy:2-3, /etc/cron.daily/vm-inventory, /etc/cron.hourly/thin-watch,
      # /etc/cron.weekly/fstrim, /etc/crontab:7, /var/spool/cron/crontabs/root:1-2, local file
      # /etc/init.d/megamon, local file /etc/rc.local, local file /root/migrate.sh, 10 more (5 rules
      # and catalog entries)
      rules = [
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
        "L /sbin - - - - /usr/bin"
        "L /usr/sbin - - - - /usr/bin"
      ];
      # /etc/pve/nodes/vmhost2/qemu-server/100.conf, /etc/pve/nodes/vmhost2/qemu-server/101.conf,
      # /etc/pve/nodes/vmhost2/qemu-server/105.conf, /etc/pve/nodes/vmhost2/qemu-server/110.conf,
      # /etc/pve/nodes/vmhost2/qemu-server/111.conf (guests/programs)
      settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
    };
  };
}
