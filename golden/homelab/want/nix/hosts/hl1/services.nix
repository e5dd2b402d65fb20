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
    # /etc/cron.d/home:2-4, /var/spool/cron/crontabs/mira:1, /var/spool/cron/crontabs/root:2-3,
    # local file /usr/local/bin/gpu-fan, local file /usr/local/bin/pve-no-nag, local file
    # /usr/local/bin/syncoid-receive, 7 more (system/debian_paths, system/own_scripts)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    # /etc/systemd/journald.conf.d/size.conf:2 (system/journal)
    journald.extraConfig = ''
      SystemMaxUse=1G
    '';
    # /etc/logrotate.d/backup-docker:2-5 (system/log_rotation)
    logrotate.settings."/var/log/backup-docker.log" = {
      compress = true;
      frequency = "monthly";
      missingok = true;
      rotate = 6;
    };
    postfix = {
      # /etc/postfix/main.cf:5-6, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3, package proxmox-mail-forward (mail/aliases)
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
      # /etc/pve/sdn/subnets.cfg:3-4, /etc/pve/sdn/zones.cfg:2 (sdn/dhcp)
      "dnsmasq@lab" = {
        after = [ "network-online.target" ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        description = "Addresses for the zone lab";
        serviceConfig = {
          ExecReload = "${pkgs.coreutils}/bin/kill -HUP $MAINPID";
          ExecStart = "${pkgs.dnsmasq}/bin/dnsmasq --keep-in-foreground --log-facility=- --user=nobody --group=nogroup --conf-file=/dev/null --conf-dir=/etc/dnsmasq.d/lab,*.conf";
          Restart = "on-failure";
          StateDirectory = "misc";
        };
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-online.target" ];
      };
      # /var/lib/docker/containers/041a2bd7d0ac657789931527ca34df6b98fab1f436fccda2024c071eda2a672b/
      # config.v2.json,
      # /var/lib/docker/containers/0666d65c30e8ecea6089e0dcfd8e32ff8c391dbdd17ed63ed1cb13572a2bf8e9/
      # config.v2.json,
      # /var/lib/docker/containers/7f331a0764ad607cd8a54f8f1a683b50df6f2ad91ecf0e1e488f1982a97046e9/
      # config.v2.json,
      # /var/lib/docker/containers/e93450203e90d24cbd25e310a144ac2be0effce8e48f3c111fef77536ae360ed/
      # config.v2.json,
      # /var/lib/docker/containers/edcb8c004146015fd39ca283d710b3ab55c719ee2366b068b185f8121282600d/
      # config.v2.json (conversion/guard_jobs, software/containers_kept)
      docker.unitConfig = {
        ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        RequiresMountsFor = [ "/var/lib/docker" ];
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
      # /etc/pve/nodes/hl1/lxc/200.conf:15, /etc/pve/nodes/hl1/lxc/201.conf:12,
      # /etc/pve/nodes/hl1/lxc/202.conf:12, /etc/pve/nodes/hl1/lxc/203.conf:13 (backup/jobs)
      guest-backup-1f2c7d90-3b1e = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 200, 201, 202, 203";
        environment = {
          BWLIMIT = "200000";
          CEPH = "";
          COMPRESS = "none";
          GUESTS = "200|ct|lxc|lxc-200||root=zfs:rpool/data/subvol-200-disk-0 201|ct|lxc|lxc-201||root=zfs:rpool/data/subvol-201-disk-0 202|ct|lxc|lxc-202||root=zfs:rpool/data/subvol-202-disk-0 203|ct|lxc|lxc-203||root=zfs:tank/guests/subvol-203-disk-0";
          HOME = "/run/guest-backup-1f2c7d90-3b1e";
          KEEP = "";
          KEYFILE = "/etc/pve/priv/storage/pbs1.enc";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "always";
          MASTERKEY = "";
          MODE = "snapshot";
          MOUNT = "";
          NAMESPACE = "hl1";
          NOTES_200 = "jellyfin";
          NOTES_201 = "fileserver";
          NOTES_202 = "pihole";
          NOTES_203 = "gateway";
          PBS_FINGERPRINT = "9a:2f:44:0d:c1:7e:b3:58:16:e9:25:fc:80:3b:67:d2:1e:a4:5f:90:cb:78:36:0e:d7:41:8a:f2:63:bc:05:99";
          PBS_PASSWORD_FILE = "/etc/pve/priv/storage/pbs1.pw";
          PROTECTED = "";
          REPOSITORY = "hl1@pbs!backup@192.0.2.20:8007:home";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "";
          STOREID = "pbs1";
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
          RuntimeDirectory = "guest-backup-1f2c7d90-3b1e";
          Type = "oneshot";
        };
        unitConfig.ConditionPathExists = [
          "|!/var/lib/pve2nix/guard/trial.json"
          "|/var/lib/pve2nix/guard/committed"
        ];
        wants = [ "network-online.target" ];
      };
      # /etc/pve/nodes/hl1/lxc/202.conf:12 (backup/jobs)
      guest-backup-77c0aa31-90fd = {
        after = [
          "network-online.target"
          "remote-fs.target"
        ];
        description = "Backup of guests 202";
        environment = {
          BWLIMIT = "200000";
          CEPH = "";
          COMPRESS = "zstd";
          GUESTS = "202|ct|lxc|lxc-202||root=zfs:rpool/data/subvol-202-disk-0";
          HOME = "/run/guest-backup-77c0aa31-90fd";
          KEEP = "last=2";
          KEYFILE = "";
          LC_ALL = "C";
          LIBVIRT_DEFAULT_URI = "qemu:///system";
          MAILTO = "";
          MAILWHEN = "always";
          MASTERKEY = "";
          MODE = "stop";
          MOUNT = "/mnt/usb-backup";
          NAMESPACE = "";
          NOTES_202 = "pihole hl1";
          PROTECTED = "";
          REPOSITORY = "";
          SCRATCH = "/var/lib/libvirt/guest-backup";
          SCRIPT = "";
          STORE = "/mnt/usb-backup/pve2nix/hl1";
          STOREID = "usb";
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
          RuntimeDirectory = "guest-backup-77c0aa31-90fd";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          RequiresMountsFor = [ "/mnt/usb-backup" ];
        };
        wants = [ "network-online.target" ];
      };
      # /etc/ksmtuned.conf:1-3 (system/ksm_thresholds)
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
          KSM_THRES_COEF = "15";
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
      # /etc/network/interfaces:17 (network/hook_services)
      network-nic2-hardware = {
        after = [
          "sys-subsystem-net-devices-nic2.device"
          "systemd-networkd.service"
        ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        bindsTo = [ "sys-subsystem-net-devices-nic2.device" ];
        description = "Card of the interface nic2";
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = [ "-${pkgs.runtimeShell} -c \"echo 4 > /sys/class/net/nic2/device/sriov_numvfs\"" ];
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "sys-subsystem-net-devices-nic2.device" ];
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
      # /etc/pve/nodes/hl1/config:2-4, /etc/pve/priv/acme/plugins.cfg:1,6, acme accounts
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
      # certificate /etc/pve/nodes/hl1/pve-ssl.pem (certificates/node_renewal)
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
      # /etc/pve/nodes/hl1/lxc/203.conf:6 (containers/system_calls)
      pve2nix-nodes = {
        description = "Nodes that containers ask for";
        serviceConfig = {
          CapabilityBoundingSet = [
            "CAP_DAC_OVERRIDE"
            "CAP_DAC_READ_SEARCH"
            "CAP_MKNOD"
            "CAP_SETGID"
            "CAP_SETUID"
            "CAP_SYS_ADMIN"
            "CAP_SYS_CHROOT"
            "CAP_SYS_PTRACE"
          ];
          ExecStart = "/var/lib/pve2nix/guard/pve2nix bridge nodes";
          IPAddressDeny = "any";
          LockPersonality = true;
          MemoryDenyWriteExecute = true;
          MemoryMax = "256M";
          NoNewPrivileges = true;
          Restart = "on-failure";
          RestartSec = 1;
          RestrictAddressFamilies = [ "AF_UNIX" ];
          RestrictRealtime = true;
          SystemCallArchitectures = "native";
          TasksMax = 256;
          UMask = "0077";
        };
      };
      # host hl1 (conversion/guard)
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
      # /etc/pve/nodes/hl1/lxc/202.conf:24-35 (containers/rollback)
      rollback-202-before-v6 = {
        after = [ "lxc-202.service" ];
        conflicts = [ "lxc-202.service" ];
        description = "Container 202 back to the snapshot before-v6";
        path = [ config.boot.zfs.package ];
        restartIfChanged = false;
        script = ''
          test "$(zfs list -H -d 1 -t snapshot -o name -s creation rpool/data/subvol-202-disk-0 | tail -n 1)" = rpool/data/subvol-202-disk-0@before-v6 || { echo 'A volume has no snapshot before-v6 that it can be turned back to' >&2; exit 1; }
          zfs rollback rpool/data/subvol-202-disk-0@before-v6
        '';
        serviceConfig.Type = "oneshot";
      };
      # unit sanoid-prune.service, unit sanoid.service, unit sanoid.timer (backup/sanoid)
      sanoid.unitConfig.ConditionPathExists = [
        "|!/var/lib/pve2nix/guard/trial.json"
        "|/var/lib/pve2nix/guard/committed"
      ];
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
      # unit wg-quick@wg0.service (services/tunnels)
      wg-quick-wg0.path = [ pkgs.iptables ];
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
    # /etc/pve/nodes/hl1/lxc/203.conf:6 (containers/system_calls)
    sockets.pve2nix-nodes = {
      description = "Nodes that containers ask for";
      socketConfig = {
        ListenSequentialPacket = "/run/pve2nix-nodes.sock";
        RemoveOnStop = true;
        SocketMode = "0600";
      };
      wantedBy = [ "sockets.target" ];
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
      # /etc/pve/nodes/hl1/lxc/200.conf:15, /etc/pve/nodes/hl1/lxc/201.conf:12,
      # /etc/pve/nodes/hl1/lxc/202.conf:12, /etc/pve/nodes/hl1/lxc/203.conf:13 (backup/jobs)
      guest-backup-1f2c7d90-3b1e = {
        description = "Time of the backup of guests 200, 201, 202, 203";
        timerConfig = {
          OnCalendar = "*-*-* 03:00:00";
          Persistent = false;
        };
        wantedBy = [ "timers.target" ];
      };
      # /etc/pve/nodes/hl1/lxc/202.conf:12 (backup/jobs)
      guest-backup-77c0aa31-90fd = {
        description = "Time of the backup of guests 202";
        timerConfig = {
          OnCalendar = "Sun *-*-* 10:00:00";
          Persistent = true;
        };
        wantedBy = [ "timers.target" ];
      };
      # /etc/pve/nodes/hl1/config:2-4, /etc/pve/priv/acme/plugins.cfg:1,6, acme accounts
      # (api/certificates)
      pve-acme = {
        timerConfig = {
          OnCalendar = "*-*-* 01:00:00";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # certificate /etc/pve/nodes/hl1/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
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
      # local file /usr/local/bin/gpu-fan, local file /usr/local/bin/pve-no-nag, local file
      # /usr/local/bin/syncoid-receive, 8 more (network/ifupdown_commands, system/debian_paths,
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
        # /etc/pve/notifications.cfg:5,15,18 (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/hl1/qemu-server/100.conf, /etc/pve/nodes/hl1/qemu-server/101.conf,
        # /etc/pve/nodes/hl1/qemu-server/102.conf, /etc/pve/nodes/hl1/qemu-server/103.conf,
        # /etc/pve/nodes/hl1/qemu-server/104.conf (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
      };
    };
  };

  virtualisation = {
    # unit containerd.service (catalog/units_server.cue:588)
    containerd.enable = true;
    docker = {
      # /var/lib/docker/containers/041a2bd7d0ac657789931527ca34df6b98fab1f436fccda2024c071eda2a672b/
      # config.v2.json,
      # /var/lib/docker/containers/0666d65c30e8ecea6089e0dcfd8e32ff8c391dbdd17ed63ed1cb13572a2bf8e9/
      # config.v2.json,
      # /var/lib/docker/containers/7f331a0764ad607cd8a54f8f1a683b50df6f2ad91ecf0e1e488f1982a97046e9/
      # config.v2.json,
      # /var/lib/docker/containers/e93450203e90d24cbd25e310a144ac2be0effce8e48f3c111fef77536ae360ed/
      # config.v2.json,
      # /var/lib/docker/containers/edcb8c004146015fd39ca283d710b3ab55c719ee2366b068b185f8121282600d/
      # config.v2.json, unit docker.service, unit docker.socket (catalog/units_server.cue:700,
      # catalog/units_server.cue:709, software/containers_kept)
      enable = true;
      # /etc/docker/daemon.json:2-17 (catalog/properties_config_files.cue:1476,
      # software/containers_kept, software/docker_settings)
      daemon.settings = {
        data-root = "/var/lib/docker";
        default-address-pools = [
          {
            base = "172.30.0.0/16";
            size = 24;
          }
        ];
        iptables = true;
        log-opts = {
          max-file = "3";
          max-size = "10m";
        };
        registry-mirrors = [ "https://mirror.example.net" ];
      };
      # /var/lib/docker/containers/041a2bd7d0ac657789931527ca34df6b98fab1f436fccda2024c071eda2a672b/
      # config.v2.json,
      # /var/lib/docker/containers/0666d65c30e8ecea6089e0dcfd8e32ff8c391dbdd17ed63ed1cb13572a2bf8e9/
      # config.v2.json,
      # /var/lib/docker/containers/7f331a0764ad607cd8a54f8f1a683b50df6f2ad91ecf0e1e488f1982a97046e9/
      # config.v2.json,
      # /var/lib/docker/containers/e93450203e90d24cbd25e310a144ac2be0effce8e48f3c111fef77536ae360ed/
      # config.v2.json,
      # /var/lib/docker/containers/edcb8c004146015fd39ca283d710b3ab55c719ee2366b068b185f8121282600d/
      # config.v2.json (software/containers_kept)
      enableOnBoot = true;
      # /etc/docker/daemon.json:4 (catalog/properties_config_files.cue:1473)
      logDriver = "json-file";
      # /etc/docker/daemon.json:3 (catalog/properties_config_files.cue:1474)
      storageDriver = "zfs";
    };
  };
}
