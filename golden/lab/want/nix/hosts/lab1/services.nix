{ ... }:
{
  services = {
    chrony = {
      # /etc/chrony/chrony.conf:3, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:3-5 (system/time_servers)
      extraConfig = ''
        pool 2.debian.pool.ntp.org iburst
        allow 198.51.100.0/24
        hwtimestamp eno1
      '';
      # /etc/chrony/chrony.conf:3 (system/time_servers)
      servers = [ ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
    postfix.enable = true;
  };

  # /etc/pve/nodes/lab1/qemu-server/100.conf (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
}
