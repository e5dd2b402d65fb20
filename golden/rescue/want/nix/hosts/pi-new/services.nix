{ config, pkgs, ... }:
{
  services = {
    chrony = {
      # /etc/chrony/chrony.conf:1-2, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:1-2,5 (system/time_servers)
      extraConfig = ''
        server 192.0.2.1 iburst prefer
        pool 2.debian.pool.ntp.org iburst
        makestep 1 -1
      '';
      # /etc/chrony/chrony.conf:1-2 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # /etc/postfix/main.cf:5-6, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:2 (mail/aliases)
      rootAlias = "pia@example.net";
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
        myhostname = "pi-new.pi.example.net";
        # /etc/postfix/main.cf:9 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:8 (system/mail)
        relayhost = [ "[smtp.example.net]:587" ];
        # /etc/postfix/main.cf:13 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:14 (system/mail_tables)
        smtp_sasl_password_maps = "texthash:/var/lib/pve2nix/etc/postfix/sasl_passwd";
        # /etc/postfix/main.cf:15 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:16 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
  };

  systemd = {
    services = {
      # package corosync-qnetd, unit corosync-qnetd.service (cluster/quorum_server)
      corosync-qnetd = {
        after = [ "network-online.target" ];
        description = "Corosync Qdevice Network daemon";
        path = [
          (pkgs.stdenv.mkDerivation {
            buildInputs = [
              pkgs.corosync
              pkgs.libqb
              pkgs.nspr
              pkgs.nss
              pkgs.systemd
            ];
            configureFlags = [
              "--disable-qdevices"
              "--enable-qnetd"
              "--enable-systemd"
              "--localstatedir=/var"
              "--sysconfdir=/etc"
            ];
            installFlags = [
              "COROSYSCONFDIR=$(out)/etc/corosync"
              "INITCONFIGDIR=$(out)/etc/default"
              "INITDDIR=$(out)/etc/init.d"
              "LOGDIR=$(out)/var/log"
              "LOGROTATEDIR=$(out)/etc/logrotate.d"
              "SYSTEMDDIR=$(out)/lib/systemd/system"
              "localstatedir=$(out)/var"
              "sysconfdir=$(out)/etc"
            ];
            nativeBuildInputs = [ pkgs.pkg-config ];
            pname = "corosync-qdevice";
            src = pkgs.fetchurl {
              name = "corosync-qdevice-3.0.3.tar.gz";
              sha256 = "0a4705abd17af795287ad3bb18c0abacf3c0027222e45f149cb9bebeb6056926";
              urls = [
                "https://deb.debian.org/debian/pool/main/c/corosync-qdevice/corosync-qdevice_3.0.3.orig.tar.gz"
                "https://github.com/corosync/corosync-qdevice/releases/download/v3.0.3/corosync-qdevice-3.0.3.tar.gz"
              ];
            };
            version = "3.0.3";
          })
        ];
        requires = [ "network-online.target" ];
        script = ''
          exec corosync-qnetd -f
        '';
        serviceConfig = {
          ExecStartPre = "+${pkgs.coreutils}/bin/chown -R coroqnetd:coroqnetd /etc/corosync/qnetd";
          Restart = "on-abnormal";
          RuntimeDirectory = "corosync-qnetd";
          RuntimeDirectoryMode = "0770";
          StandardError = "null";
          Type = "notify";
          User = "coroqnetd";
        };
        unitConfig.ConditionPathExists = "/etc/corosync/qnetd/nssdb";
        wantedBy = [ "multi-user.target" ];
      };
      # host pi-new (conversion/guard)
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
    # host pi-new (conversion/guard)
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
    # cluster/migration
    tmpfiles.rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
  };
}
