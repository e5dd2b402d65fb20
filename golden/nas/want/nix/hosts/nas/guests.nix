{ pkgs, ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests = {
      path = [ pkgs.zfs ];
      serviceConfig.TimeoutStopSec = "infinity";
    };
    # /etc/pve/nodes/nas/qemu-server/100.conf, /etc/pve/nodes/nas/qemu-server/101.conf
    # (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };
}
