{ pkgs, ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # backup/defaults
    pvedaemon.path = [ pkgs.pigz ];
    # /etc/pve/nodes/vmhost2/qemu-server/100.conf, /etc/pve/nodes/vmhost2/qemu-server/101.conf,
    # /etc/pve/nodes/vmhost2/qemu-server/105.conf, /etc/pve/nodes/vmhost2/qemu-server/110.conf,
    # /etc/pve/nodes/vmhost2/qemu-server/111.conf (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
