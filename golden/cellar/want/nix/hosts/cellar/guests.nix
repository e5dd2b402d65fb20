{ ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # /etc/pve/nodes/cellar/qemu-server/130.conf, /etc/pve/nodes/cellar/qemu-server/131.conf
    # (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };

  # unit lxcfs.service (catalog/units_pve.cue:340)
  virtualisation.lxc.lxcfs.enable = true;
}
