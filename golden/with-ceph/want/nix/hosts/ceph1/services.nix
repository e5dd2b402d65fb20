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
    # /var/spool/cron/crontabs/root:4-5, local file /usr/local/bin/pve-remove-nag.sh, local file
    # /usr/local/sbin/ceph-scrub-window, local file /usr/local/sbin/ceph-textfile, 2 more
    # (system/debian_paths, system/own_scripts)
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
      # /etc/aliases:3, package proxmox-mail-forward (mail/aliases)
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
      # /etc/pve/nodes/ceph1/lxc/120.conf:6,11, /etc/pve/nodes/ceph1/lxc/121.conf:11 (backup/jobs)
      guest-backup-4c7f0c3e-1d5b = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 120, 121";
        environment = {
          BWLIMIT = "512000";
          CEPH = "ceph-ct --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf";
          COMPRESS = "none";
          GUESTS = "120|ct|lxc|lxc-120||mp0=rbd:ceph-ct:ceph-ct/vm-120-disk-1,root=rbd:ceph-ct:ceph-ct/vm-120-disk-0 121|ct|lxc|lxc-121||root=zfs:rpool/data/subvol-121-disk-0";
          HOME = "/run/guest-backup-4c7f0c3e-1d5b";
          KEEP = "daily=14 weekly=8 monthly=6";
          KEYFILE = "";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "always";
          MASTERKEY = "";
          MODE = "snapshot";
          MOUNT = "";
          NAMESPACE = "hci/prod";
          NOTES_120 = "hci mon01";
          NOTES_121 = "hci runner";
          PBS_FINGERPRINT = "4e:19:b2:07:cc:5a:e8:31:90:6d:f4:2b:a7:13:58:de:0c:86:71:95:3f:ea:42:bd:60:17:d9:84:2c:a5:fb:38";
          PBS_PASSWORD_FILE = "/etc/pve/priv/storage/pbs-offsite.pw";
          PROTECTED = "";
          REPOSITORY = "hci@pbs!cluster@pbs.dr.example.org:8017:hci";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "";
          STOREID = "pbs-offsite";
        };
        path = [
          pkgs.acl
          pkgs.ceph-client
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
      # /etc/ksmtuned.conf:1-2 (system/ksm_thresholds)
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
          KSM_THRES_COEF = "10";
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
      # /etc/pve/nodes/ceph1/config:1-2, /etc/pve/priv/acme/plugins.cfg:1, acme accounts
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
      pve-ha-crm = {
        # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15, /etc/pve/ha/rules.cfg:1-14,
        # package pve-ha-manager, unit pve-ha-crm.service, unit pve-ha-lrm.service, 1 more
        # (ha/manager)
        after = [
          "corosync.service"
          "pve-cluster.service"
          "pvedaemon.service"
          "watchdog-mux.service"
        ];
        description = "PVE Cluster HA Resource Manager Daemon";
        path = [
          config.services.proxmox-ve.package
          pkgs.bash
          pkgs.btrfs-progs
          pkgs.ceph
          pkgs.cdrkit
          pkgs.corosync
          pkgs.iproute2
          pkgs.kmod
          pkgs.lvm2
          pkgs.openssh
          pkgs.openssl
          pkgs.openvswitch
          pkgs.swtpm
          pkgs.util-linux
          pkgs.zfs
          pkgs.zstd
        ];
        preStop = ''
          pve-ha-crm stop
        '';
        restartIfChanged = false;
        script = ''
          exec pve-ha-crm start
        '';
        serviceConfig = {
          PIDFile = "/run/pve-ha-crm.pid";
          TimeoutStopSec = 65;
          Type = "forking";
        };
        # cluster ha resources (conversion/guard_jobs)
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15, /etc/pve/ha/rules.cfg:1-14,
        # package pve-ha-manager, unit pve-ha-crm.service, unit pve-ha-lrm.service, 1 more
        # (ha/manager)
        wantedBy = [ "multi-user.target" ];
        wants = [
          "pve-cluster.service"
          "pvedaemon.service"
          "watchdog-mux.service"
        ];
      };
      pve-ha-lrm = {
        # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15, /etc/pve/ha/rules.cfg:1-14,
        # package pve-ha-manager, unit pve-ha-crm.service, unit pve-ha-lrm.service, 1 more
        # (ha/manager)
        after = [
          "corosync.service"
          "pve-cluster.service"
          "pve-ha-crm.service"
          "pve-storage.target"
          "pvedaemon.service"
          "pveproxy.service"
          "sshd.service"
          "watchdog-mux.service"
        ];
        description = "PVE Local HA Resource Manager Daemon";
        path = [
          config.services.proxmox-ve.package
          pkgs.bash
          pkgs.btrfs-progs
          pkgs.ceph
          pkgs.cdrkit
          pkgs.corosync
          pkgs.iproute2
          pkgs.kmod
          pkgs.lvm2
          pkgs.openssh
          pkgs.openssl
          pkgs.openvswitch
          pkgs.swtpm
          pkgs.util-linux
          pkgs.zfs
          pkgs.zstd
        ];
        preStop = ''
          pve-ha-lrm stop
        '';
        restartIfChanged = false;
        script = ''
          exec pve-ha-lrm start
        '';
        serviceConfig = {
          KillMode = "process";
          PIDFile = "/run/pve-ha-lrm.pid";
          TimeoutStopSec = "infinity";
          Type = "forking";
        };
        # cluster ha resources (conversion/guard_jobs)
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15, /etc/pve/ha/rules.cfg:1-14,
        # package pve-ha-manager, unit pve-ha-crm.service, unit pve-ha-lrm.service, 1 more
        # (ha/manager)
        wantedBy = [ "multi-user.target" ];
        wants = [
          "pve-cluster.service"
          "pve-ha-crm.service"
          "pve-storage.target"
          "pvedaemon.service"
          "watchdog-mux.service"
        ];
      };
      # certificate /etc/pve/nodes/ceph1/pve-ssl.pem (certificates/node_renewal)
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
      # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15, /etc/pve/ha/rules.cfg:1-14,
      # package pve-ha-manager, unit pve-ha-crm.service, unit pve-ha-lrm.service, 1 more
      # (ha/manager)
      watchdog-mux = {
        description = "Proxmox VE watchdog multiplexer";
        path = [
          pkgs.kmod
          config.services.proxmox-ve.package
        ];
        restartIfChanged = false;
        script = ''
          busctl set-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager RuntimeWatchdogUSec t 0
          exec watchdog-mux
        '';
        serviceConfig = {
          OOMScoreAdjust = -1000;
          Restart = "no";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
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
      # /etc/pve/nodes/ceph1/lxc/120.conf:6,11, /etc/pve/nodes/ceph1/lxc/121.conf:11 (backup/jobs)
      guest-backup-4c7f0c3e-1d5b = {
        description = "Time of the backup of guests 120, 121";
        timerConfig = {
          OnCalendar = "*-*-* 01:15:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # /etc/pve/nodes/ceph1/config:1-2, /etc/pve/priv/acme/plugins.cfg:1, acme accounts
      # (api/certificates)
      pve-acme = {
        timerConfig = {
          OnCalendar = "*-*-* 01:00:00";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # certificate /etc/pve/nodes/ceph1/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
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
      # /var/spool/cron/crontabs/root:4-5, local file /usr/local/bin/pve-remove-nag.sh, local file
      # /usr/local/sbin/ceph-scrub-window, local file /usr/local/sbin/ceph-textfile, 3 more (4 rules
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
        # storage/ceph_module
        "10-ceph"."/etc/ceph/ceph.conf"."L+".argument = "/etc/pve/ceph.conf";
        # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15, /etc/pve/ha/rules.cfg:1-14,
        # package pve-ha-manager, unit pve-ha-crm.service, unit pve-ha-lrm.service, 1 more
        # (ha/manager)
        "10-ha-manager" = {
          "/bin/journalctl"."L+".argument = "${config.systemd.package}/bin/journalctl";
          "/bin/systemctl"."L+".argument = "${config.systemd.package}/bin/systemctl";
        };
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
