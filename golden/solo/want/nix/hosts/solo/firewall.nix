{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host solo (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
