{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host pair1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
