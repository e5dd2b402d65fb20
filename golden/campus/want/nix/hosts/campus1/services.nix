{ ... }:
{
  # /etc/pve/nodes/campus1/lxc/201.conf, /etc/pve/nodes/campus1/lxc/202.conf,
  # /etc/pve/nodes/campus1/lxc/203.conf, /etc/pve/nodes/campus1/lxc/204.conf (containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:1, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:1,4,6 (system/time_servers)
      extraConfig = ''
        server dc1.campus.example.org iburst key 10
        allow 192.0.2.0/24
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:1 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # /etc/postfix/main.cf:4-5, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:2 (mail/aliases)
      rootAlias = "it@campus.example.org";
      settings.main = {
        # /etc/postfix/main.cf:13 (system/mail)
        inet_interfaces = "all";
        # /etc/postfix/main.cf:10 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost"
        ];
        # /etc/postfix/main.cf:8 (system/mail)
        myhostname = "campus1.campus.example.org";
        # /etc/postfix/main.cf:12 (system/mail)
        mynetworks = [
          "127.0.0.0/8"
          "192.0.2.0/24"
        ];
        # /etc/postfix/main.cf:11 (system/mail)
        relayhost = [ "[mail.campus.example.org]:587" ];
        # /etc/postfix/main.cf:14 (system/mail)
        smtp_tls_security_level = "secure";
      };
    };
  };

  # /etc/pve/nodes/campus1/qemu-server/100.conf, /etc/pve/nodes/campus1/qemu-server/101.conf
  # (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
}
