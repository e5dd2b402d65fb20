{ ... }:
{
  # /etc/pve/nodes/nas/lxc/200.conf (containers/lxc_host)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,11 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:2 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # /etc/postfix/main.cf:6-7, package postfix, unit postfix.service (catalog/units_pve.cue:432,
      # mail/aliases, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "admin@files.example.net";
      settings.main = {
        # /etc/postfix/main.cf:4 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:2 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "nas.files.example.net";
        # /etc/postfix/main.cf:5 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:3 (system/mail)
        relayhost = [ "mail.files.example.net" ];
      };
    };
  };

  # /etc/pve/nodes/nas/qemu-server/100.conf, /etc/pve/nodes/nas/qemu-server/101.conf
  # (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
}
