{ ... }:
{
  # unit apparmor.service (catalog/units_pve.cue:11)
  security.apparmor.enable = true;

  # unit cron.service (catalog/units_debian.cue:243)
  services.cron.enable = true;

  # /etc/pve/nodes/branch1/qemu-server/100.conf (guests/programs)
  systemd.tmpfiles.settings."10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
}
