{ config, pkgs, ... }:
{
  services = {
    # unit chrony.service (catalog/units_pve.cue:134)
    chrony.enable = true;
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
    postfix.enable = true;
  };

  systemd = {
    services = {
      pve-ha-crm = {
        # /etc/pve/ha/groups.cfg:1-2, /etc/pve/ha/resources.cfg:1-3, package pve-ha-manager, unit
        # pve-ha-crm.service, unit pve-ha-lrm.service, 1 more (ha/manager)
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
        # /etc/pve/ha/groups.cfg:1-2, /etc/pve/ha/resources.cfg:1-3, package pve-ha-manager, unit
        # pve-ha-crm.service, unit pve-ha-lrm.service, 1 more (ha/manager)
        wantedBy = [ "multi-user.target" ];
        wants = [
          "pve-cluster.service"
          "pvedaemon.service"
          "watchdog-mux.service"
        ];
      };
      pve-ha-lrm = {
        # /etc/pve/ha/groups.cfg:1-2, /etc/pve/ha/resources.cfg:1-3, package pve-ha-manager, unit
        # pve-ha-crm.service, unit pve-ha-lrm.service, 1 more (ha/manager)
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
        # /etc/pve/ha/groups.cfg:1-2, /etc/pve/ha/resources.cfg:1-3, package pve-ha-manager, unit
        # pve-ha-crm.service, unit pve-ha-lrm.service, 1 more (ha/manager)
        wantedBy = [ "multi-user.target" ];
        wants = [
          "pve-cluster.service"
          "pve-ha-crm.service"
          "pve-storage.target"
          "pvedaemon.service"
          "watchdog-mux.service"
        ];
      };
      # host pair1 (conversion/guard)
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
      # /etc/pve/ha/groups.cfg:1-2, /etc/pve/ha/resources.cfg:1-3, package pve-ha-manager, unit
      # pve-ha-crm.service, unit pve-ha-lrm.service, 1 more (ha/manager)
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
    # host pair1 (conversion/guard)
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
      # package ifupdown2 (cluster/migration, network/ifupdown_commands)
      rules = [
        "L+ /bin/true - - - - /run/current-system/sw/bin/true"
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
      ];
      settings = {
        # /etc/pve/ha/groups.cfg:1-2, /etc/pve/ha/resources.cfg:1-3, package pve-ha-manager, unit
        # pve-ha-crm.service, unit pve-ha-lrm.service, 1 more (ha/manager)
        "10-ha-manager" = {
          "/bin/journalctl"."L+".argument = "${config.systemd.package}/bin/journalctl";
          "/bin/systemctl"."L+".argument = "${config.systemd.package}/bin/systemctl";
        };
        # notification mail-to-root (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/pair1/qemu-server/100.conf (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
        # notification mail-to-root (notifications/sendmail)
        "10-sendmail"."/usr/sbin/sendmail"."L+".argument = "/run/wrappers/bin/sendmail";
      };
    };
  };
}
