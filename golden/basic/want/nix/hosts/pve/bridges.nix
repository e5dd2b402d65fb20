{ ... }:
{
  virtualisation.lxc = {
    # package lxc-pve (catalog/packages_pve.cue:534)
    enable = true;
    # package lxcfs, unit lxcfs.service (catalog/packages_pve.cue:552, catalog/units_pve.cue:335)
    lxcfs.enable = true;
  };
}
