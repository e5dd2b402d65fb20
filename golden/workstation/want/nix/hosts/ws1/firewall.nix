{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host ws1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
