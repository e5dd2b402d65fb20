{ ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # /etc/pve/nodes/campus1/qemu-server/100.conf, /etc/pve/nodes/campus1/qemu-server/101.conf
    # (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
