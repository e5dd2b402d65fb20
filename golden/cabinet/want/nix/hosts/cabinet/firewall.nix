{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host cabinet (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
