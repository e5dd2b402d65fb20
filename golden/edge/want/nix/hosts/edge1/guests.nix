{ ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # /etc/pve/nodes/edge1/qemu-server/100.conf, /etc/pve/nodes/edge1/qemu-server/101.conf,
    # /etc/pve/nodes/edge1/qemu-server/102.conf, /etc/pve/nodes/edge1/qemu-server/103.conf
    # (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };

  virtualisation.lxc = {
    # package lxc-pve (catalog/packages_pve.cue:560)
    enable = true;
    # package lxcfs, unit lxcfs.service (catalog/packages_pve.cue:577, catalog/units_pve.cue:340)
    lxcfs.enable = true;
  };
}
