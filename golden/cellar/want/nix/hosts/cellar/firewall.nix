{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host cellar (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
