{ ... }:
{
  systemd.services = {
    pve-guests.serviceConfig = {
      # /etc/pve/nodes/worn/config:3 (guests/starts)
      ExecStartPre = "/run/current-system/sw/bin/sleep 20";
      # unit pve-guests.service (guests/starts)
      TimeoutStopSec = "infinity";
    };
    # /etc/pve/nodes/worn/qemu-server/100.conf (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
