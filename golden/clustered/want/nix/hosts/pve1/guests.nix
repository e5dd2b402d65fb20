{ ... }:
{
  systemd.services = {
    pve-guests.serviceConfig = {
      # /etc/pve/nodes/pve1/config:5 (guests/starts)
      ExecStartPre = "/run/current-system/sw/bin/sleep 20";
      # unit pve-guests.service (guests/starts)
      TimeoutStopSec = "infinity";
    };
    # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
    # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf
    # (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
