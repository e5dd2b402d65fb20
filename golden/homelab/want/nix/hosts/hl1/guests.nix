{ pkgs, ... }:
{
  systemd = {
    # unit pve-guests.service (guests/starts)
    services.pve-guests = {
      path = [ pkgs.zfs ];
      serviceConfig.TimeoutStopSec = "infinity";
    };
    # /etc/pve/nodes/hl1/qemu-server/103.conf:35 (catalog/properties_guests.cue:242)
    tmpfiles.settings."10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument =
      "/run/current-system/sw/bin/virtiofsd";
  };
}
