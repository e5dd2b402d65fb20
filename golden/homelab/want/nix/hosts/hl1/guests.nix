{ pkgs, ... }:
{
  systemd = {
    services = {
      pve-guests = {
        # unit pve-guests.service (guests/starts)
        path = [ pkgs.zfs ];
        serviceConfig = {
          # /etc/pve/nodes/hl1/config:6 (guests/starts)
          ExecStartPre = "/run/current-system/sw/bin/sleep 20";
          # unit pve-guests.service (guests/starts)
          TimeoutStopSec = "infinity";
        };
      };
      # /etc/pve/nodes/hl1/qemu-server/100.conf, /etc/pve/nodes/hl1/qemu-server/101.conf,
      # /etc/pve/nodes/hl1/qemu-server/102.conf, /etc/pve/nodes/hl1/qemu-server/103.conf,
      # /etc/pve/nodes/hl1/qemu-server/104.conf (guests/programs)
      qmeventd.path = [ "/run/current-system/sw" ];
    };
    # /etc/pve/nodes/hl1/qemu-server/103.conf:35 (catalog/properties_guests.cue:242)
    tmpfiles.settings."10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument =
      "/run/current-system/sw/bin/virtiofsd";
  };
}
