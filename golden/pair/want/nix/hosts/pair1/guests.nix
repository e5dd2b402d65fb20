{ ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # /etc/pve/nodes/pair1/qemu-server/100.conf (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
