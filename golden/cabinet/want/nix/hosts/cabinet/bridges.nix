{ ... }:
{
  virtualisation.lxc = {
    # package lxc-pve (catalog/packages_pve.cue:560)
    enable = true;
    # package lxcfs, unit lxcfs.service (catalog/packages_pve.cue:578, catalog/units_pve.cue:340)
    lxcfs.enable = true;
  };
}
