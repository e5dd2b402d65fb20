{ ... }:
{
  services = {
    # unit chrony.service (catalog/units_pve.cue:134)
    chrony.enable = true;
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
    postfix.enable = true;
  };

  systemd.tmpfiles = {
    # cluster/migration
    rules = [ "L+ /bin/true - - - - /run/current-system/sw/bin/true" ];
    # /etc/pve/nodes/twin1/qemu-server/100.conf (guests/programs)
    settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
  };
}
