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
    # /etc/cron.weekly/fstrim, /etc/crontab:7, /var/spool/cron/crontabs/root:1-2, unit
    # ups-poll.service (system/debian_paths)
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
        # /etc/postfix/main.cf:13 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:14 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:12 (system/mail)
        smtp_use_tls = "yes";
      };
    };
    # unit rsyslog.service (catalog/units_debian.cue:776)
    rsyslogd.enable = true;
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
      zabbix-agent = {
        # /etc/zabbix/zabbix_agentd.conf.d/pve.conf:1 (services/zabbix_agent)
        path = [ "/run/current-system/sw" ];
        # /etc/zabbix/zabbix_agentd.conf:9 (services/zabbix_agent)
        serviceConfig.LoadCredential = [ "TLSPSKFile:/var/lib/pve2nix/etc/zabbix/psk" ];
      };
    };
    # host vmhost2 (conversion/guard)
    timers.pve2nix-unguarded = {
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
    tmpfiles = {
      # /etc/cron.d/pve-backup-copy:2-3, /etc/cron.daily/vm-inventory, /etc/cron.hourly/thin-watch,
      # /etc/cron.weekly/fstrim, /etc/crontab:7, /var/spool/cron/crontabs/root:1-2, unit
      # ups-poll.service (system/debian_paths)
      rules = [
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
