{ ... }:
{
  networking.firewall = {
    # package proxmox-firewall, package pve-firewall, unit pve-firewall.service (firewall/no_filter,
    # firewall/programs)
    enable = false;
    # host solo (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
