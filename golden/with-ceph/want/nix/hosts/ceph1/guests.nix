{ ... }:
{
  systemd = {
    services = {
      pve-guests.serviceConfig = {
        # /etc/pve/nodes/ceph1/config:4 (guests/starts)
        ExecStartPre = "/run/current-system/sw/bin/sleep 60";
        # unit pve-guests.service (guests/starts)
        TimeoutStopSec = "infinity";
      };
      # /etc/pve/nodes/ceph1/qemu-server/110.conf, /etc/pve/nodes/ceph1/qemu-server/111.conf,
      # /etc/pve/nodes/ceph1/qemu-server/112.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    # /etc/pve/nodes/ceph1/qemu-server/112.conf:27 (catalog/properties_guests.cue:242)
    tmpfiles.settings."10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument =
      "/run/current-system/sw/bin/virtiofsd";
  };
}
