{ ... }:
{
  services = {
    chrony = {
      # /etc/chrony/chrony.conf:1, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:1,3 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:1 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
      enable = true;
      settings.main = {
        # /etc/postfix/main.cf:5 (system/mail)
        inet_interfaces = "loopback-only";
        # /etc/postfix/main.cf:2 (system/mail)
        mydestination = [
          "$myhostname"
          "localhost"
        ];
        # /etc/postfix/main.cf:1 (system/mail)
        myhostname = "cellar.home.example.net";
        # /etc/postfix/main.cf:4 (system/mail)
        mynetworks = [ "127.0.0.0/8" ];
        # /etc/postfix/main.cf:3 (system/mail)
        relayhost = [ ];
      };
    };
  };

  # /etc/pve/nodes/cellar/qemu-server/130.conf, /etc/pve/nodes/cellar/qemu-server/131.conf
  # (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
}
