{ ... }:
{
  systemd.services = {
    # unit pve-guests.service (guests/starts)
    pve-guests.serviceConfig.TimeoutStopSec = "infinity";
    # /etc/pve/nodes/solo/qemu-server/100.conf (guests/programs)
    qmeventd.path = [ "/run/current-system/sw" ];
  };

  virtualisation.lxc = {
    # package lxc-pve (catalog/packages_pve.cue:560)
    enable = true;
    # package lxcfs (catalog/packages_pve.cue:577)
    lxcfs.enable = true;
  };
}
