{ ... }:
{
  virtualisation.lxc = {
    # package lxc-pve (catalog/packages_pve.cue:560)
    enable = true;
    # package lxcfs (catalog/packages_pve.cue:577)
    lxcfs.enable = true;
  };
}
