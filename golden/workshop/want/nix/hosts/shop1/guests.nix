{ ... }:
{
  systemd = {
    services = {
      pve-guests.serviceConfig = {
        # /etc/pve/nodes/shop1/config:1 (guests/starts)
        ExecStartPre = "/run/current-system/sw/bin/sleep 15";
        # unit pve-guests.service (guests/starts)
        TimeoutStopSec = "infinity";
      };
      # /etc/pve/nodes/shop1/qemu-server/100.conf, /etc/pve/nodes/shop1/qemu-server/101.conf,
      # /etc/pve/nodes/shop1/qemu-server/102.conf, /etc/pve/nodes/shop1/qemu-server/103.conf,
      # /etc/pve/nodes/shop1/qemu-server/104.conf, /etc/pve/nodes/shop1/qemu-server/105.conf, 19
      # more files (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    # /etc/pve/nodes/shop1/qemu-server/122.conf:16 (catalog/properties_guests.cue:242)
    tmpfiles.settings."10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument =
      "/run/current-system/sw/bin/virtiofsd";
  };
}
