{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host twin1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
