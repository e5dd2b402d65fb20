{ pkgs, ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests = {
      path = [ pkgs.zfs ];
      serviceConfig.TimeoutStopSec = "infinity";
    };
    # /etc/pve/nodes/attic/qemu-server/120.conf (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };

  # unit lxcfs.service (catalog/units_pve.cue:340)
  virtualisation.lxc.lxcfs.enable = true;
}
