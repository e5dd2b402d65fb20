{ pkgs, ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests = {
      path = [ pkgs.zfs ];
      serviceConfig.TimeoutStopSec = "infinity";
    };
    # /etc/pve/nodes/office1/qemu-server/100.conf, /etc/pve/nodes/office1/qemu-server/101.conf,
    # /etc/pve/nodes/office1/qemu-server/102.conf, /etc/pve/nodes/office1/qemu-server/103.conf,
    # /etc/pve/nodes/office1/qemu-server/104.conf (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
