{ ... }:
{
  # unit apparmor.service (catalog/units_pve.cue:11)
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
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # /etc/systemd/journald.conf:3 (catalog/properties_config_files.cue:897)
    journald.forwardToSyslog = false;
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
      enable = true;
      settings.main = {
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
  };

  systemd.tmpfiles = {
    # cluster/migration
    rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
    # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
    # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf
    # (guests/programs)
    settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
