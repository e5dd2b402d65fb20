{ ... }:
{
  # unit apparmor.service (catalog/units_pve.cue:11)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-4, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,4,13 (system/time_servers)
      extraConfig = ''
        server ntp1.example.net iburst prefer
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:2-4 (system/time_servers)
      servers = [ "ntp2.example.net" ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "infra-team@example.net";
    };
  };

  systemd.tmpfiles = {
    # cluster/migration
    rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
    # /etc/pve/nodes/ring1/qemu-server/100.conf (guests/programs)
    settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
