{ ... }:
{
  virtualisation.lxc = {
    # package lxc-pve (catalog/packages_pve.cue:551)
    enable = true;
    # package lxcfs (catalog/packages_pve.cue:568)
    lxcfs.enable = true;
  };
}
