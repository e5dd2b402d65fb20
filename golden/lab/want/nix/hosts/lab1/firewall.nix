{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host lab1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
