{ ... }:
{
  networking.firewall = {
    # package proxmox-firewall, package pve-firewall, unit proxmox-firewall.service, 1 more
    # (firewall/no_filter, firewall/programs)
    enable = false;
    # host shop1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
