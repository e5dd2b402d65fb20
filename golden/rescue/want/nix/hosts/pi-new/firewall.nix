{ ... }:
{
  # host pi-new (conversion/guard)
  networking.firewall.allowedTCPPorts = [ 18006 ];
}
