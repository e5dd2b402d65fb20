{ ... }:
{
  networking.firewall = {
    # package pve-firewall, unit proxmox-firewall.service, unit pve-firewall.service
    # (firewall/no_filter, firewall/programs)
    enable = false;
    # host attic (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
