{ ... }:
{
  networking.firewall = {
    # package pve-firewall, unit pve-firewall.service (firewall/no_filter, firewall/programs)
    enable = false;
    # host nas (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
