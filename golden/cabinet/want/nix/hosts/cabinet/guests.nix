{ ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # /etc/pve/nodes/cabinet/qemu-server/300.conf (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
