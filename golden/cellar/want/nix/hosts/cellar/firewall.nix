{ ... }:
{
  networking.firewall = {
    # package pve-firewall, unit proxmox-firewall.service, unit pve-firewall.service
    # (firewall/no_filter, firewall/programs)
    enable = false;
    # host cellar (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
