{ ... }:
{
  # /etc/ntp.conf:4-6 (system/time_servers)
  networking.timeServers = [
    "192.0.2.2"
    "192.0.2.3"
    "pool.ntp.example.net"
  ];

  # unit apparmor.service (catalog/units_pve.cue:11)
  security.apparmor.enable = true;

  services = {
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # /etc/systemd/logind.conf:2-3 (catalog/properties_config_files.cue:900,
    # catalog/properties_config_files.cue:906)
    logind.settings.Login = {
      HandlePowerKey = "ignore";
      KillUserProcesses = false;
    };
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
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
    # unit rsyslog.service (catalog/units_debian.cue:777)
    rsyslogd.enable = true;
    # unit sysstat.service (catalog/units_server.cue:2798)
    sysstat.enable = true;
  };

  # /etc/pve/nodes/vmhost2/qemu-server/100.conf, /etc/pve/nodes/vmhost2/qemu-server/101.conf,
  # /etc/pve/nodes/vmhost2/qemu-server/105.conf, /etc/pve/nodes/vmhost2/qemu-server/110.conf,
  # /etc/pve/nodes/vmhost2/qemu-server/111.conf (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
}
