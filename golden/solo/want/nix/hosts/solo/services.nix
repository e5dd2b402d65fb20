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

  # /etc/pve/nodes/solo/qemu-server/100.conf (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
}
