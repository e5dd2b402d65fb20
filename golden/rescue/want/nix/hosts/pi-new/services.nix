{ ... }:
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
        # /etc/postfix/main.cf:15 (system/mail)
        smtp_sasl_security_options = "noanonymous";
        # /etc/postfix/main.cf:16 (system/mail)
        smtp_tls_security_level = "encrypt";
      };
    };
  };

  # cluster/migration
  systemd.tmpfiles.rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
}
