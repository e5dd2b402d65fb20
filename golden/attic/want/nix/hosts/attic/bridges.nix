{ ... }:
{
  # unit lxcfs.service (catalog/units_pve.cue:340)
  virtualisation.lxc.lxcfs.enable = true;
}
