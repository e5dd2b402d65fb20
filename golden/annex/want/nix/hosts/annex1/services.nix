{ config, pkgs, ... }:
{
  services = {
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
    postfix.enable = true;
  };

  systemd = {
    services = {
      # /etc/iptables/rules.v4:1-4, config file /etc/iptables/rules.v4, unit
      # netfilter-persistent.service (firewall/own_filter)
      own-filter = {
        after = [
          "systemd-modules-load.service"
          "local-fs.target"
        ];
        before = [ "network-pre.target" ];
        description = "Packet filters of the owner";
        path = [
          pkgs.gnused
          pkgs.iptables
          pkgs.nftables
        ];
        restartIfChanged = false;
        script = ''
          iptables-restore --noflush < /var/lib/pve2nix/etc/iptables/rules.v4
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
        unitConfig.DefaultDependencies = false;
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-pre.target" ];
      };
      # /etc/pve/nodes/annex1/config:1-2, acme accounts (api/certificates)
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
      # certificate /etc/pve/nodes/annex1/pve-ssl.pem (certificates/node_renewal)
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
      # host annex1 (conversion/guard)
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
      # /etc/pve/nodes/annex1/config:1-2, acme accounts (api/certificates)
      pve-acme = {
        timerConfig = {
          OnCalendar = "*-*-* 01:00:00";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # certificate /etc/pve/nodes/annex1/pve-ssl.pem (certificates/node_renewal)
      pve-node-certificate = {
        timerConfig = {
          OnCalendar = "daily";
          Persistent = true;
          RandomizedDelaySec = "5h";
        };
        wantedBy = [ "timers.target" ];
      };
      # host annex1 (conversion/guard)
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
      # package ifupdown2 (cluster/migration, network/ifupdown_commands)
      rules = [
        "L+ /bin/true - - - - /run/current-system/sw/bin/true"
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
      ];
      # /etc/pve/nodes/annex1/qemu-server/300.conf (guests/programs)
      settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
    };
  };
}
