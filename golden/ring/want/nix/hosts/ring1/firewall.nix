{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host ring1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
