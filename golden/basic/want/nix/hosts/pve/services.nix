{ ... }:
{
  # unit apparmor.service (catalog/units_pve.cue:11)
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
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
      enable = true;
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
        myhostname = "pve.home.arpa";
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
    # unit prometheus-node-exporter.service (catalog/units_server.cue:2283)
    prometheus.exporters.node.enable = true;
  };

  # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf
  # (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
}
