{ ... }:
{
  networking.firewall = {
    # package proxmox-firewall, package pve-firewall, unit pve-firewall.service (firewall/no_filter,
    # firewall/programs)
    enable = false;
    # host pair1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
