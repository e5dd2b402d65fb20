{ config, pkgs, ... }:
{
  # /etc/pve/nodes/worn/lxc/200.conf, unit apparmor.service (catalog/units_pve.cue:11,
  # containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2, /etc/chrony/sources.d/router.sources:1, unit chrony.service
      # (catalog/units_pve.cue:134, system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,11, /etc/chrony/sources.d/router.sources:1 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
        server 192.168.1.1 iburst prefer
      '';
      # /etc/chrony/chrony.conf:2, /etc/chrony/sources.d/router.sources:1 (system/time_servers)
      servers = [ ];
    };
    cron = {
      # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3, unit cron.service
      # (catalog/units_debian.cue:243, system/cron_jobs)
      enable = true;
      # /etc/cron.daily/backup-etc (system/cron_jobs)
      systemCronJobs = [ "25 6 * * * root /etc/cron.daily/backup-etc" ];
    };
    # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3 (system/debian_paths)
    envfs = {
      enable = true;
      extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
    };
    postfix = {
      # /etc/postfix/main.cf:11-12, package postfix, unit postfix.service
      # (catalog/units_pve.cue:432, mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "admin@home.arpa";
      settings.main = {
        # /etc/postfix/main.cf:20 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:13 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost.$mydomain"
          "localhost"
        ];
        # /etc/postfix/main.cf:3 (system/mail)
        myhostname = "worn.home.arpa";
        # /etc/postfix/main.cf:19 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:14 (system/mail)
        relayhost = [ "[mail.home.arpa]:587" ];
        # /etc/postfix/main.cf:15 (system/mail)
        smtp_sasl_auth_enable = "yes";
        # /etc/postfix/main.cf:17 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:18 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
    prometheus.exporters.node = {
      # unit prometheus-node-exporter.service (catalog/units_server.cue:2284, metrics/node_exporter)
      enable = true;
      # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
      enabledCollectors = [ "systemd" ];
    };
  };

  systemd = {
    services = {
      # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3 (system/cron_jobs)
      cron.after = [
        "bin.mount"
        "usr-bin.mount"
      ];
      # unit guest-temperature.service (system/local_units)
      guest-temperature = {
        description = "Write the temperature of the cupboard for the node exporter";
        serviceConfig = {
          ExecStart = "${pkgs.coreutils}/bin/true";
          Type = "oneshot";
        };
      };
      # unit tape-library.service (system/local_units)
      tape-library = {
        after = [ "network-online.target" ];
        description = "Changer of the tape library";
        serviceConfig.ExecStart = "${pkgs.coreutils}/bin/false";
        wantedBy = [ "multi-user.target" ];
        wants = [
          "network-online.target"
          "pve-container@200.service"
        ];
      };
    };
    # unit guest-temperature.timer (system/local_units)
    timers.guest-temperature = {
      description = "Temperature of the cupboard every five minutes";
      timerConfig = {
        OnBootSec = "5min";
        OnUnitActiveSec = "5min";
      };
      wantedBy = [ "timers.target" ];
    };
    tmpfiles = {
      # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3 (system/debian_paths)
      rules = [
        "L /sbin - - - - /usr/bin"
        "L /usr/sbin - - - - /usr/bin"
      ];
      # /etc/pve/nodes/worn/qemu-server/100.conf (guests/programs)
      settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
    };
  };
}
