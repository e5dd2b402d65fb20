{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host nas (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
