{ ... }:
{
  systemd.services = {
    pve-guests.serviceConfig = {
      # /etc/pve/nodes/pve/config:3 (guests/starts)
      ExecStartPre = "/run/current-system/sw/bin/sleep 20";
      # unit pve-guests.service (guests/starts)
      TimeoutStopSec = "infinity";
    };
    # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf
    # (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
