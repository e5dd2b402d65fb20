{ ... }:
{
  systemd = {
    # unit pve-guests.service (guests/starts)
    services.pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # /etc/pve/nodes/ceph1/qemu-server/112.conf:27 (catalog/properties_guests.cue:242)
    tmpfiles.settings."10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument =
      "/run/current-system/sw/bin/virtiofsd";
  };
}
