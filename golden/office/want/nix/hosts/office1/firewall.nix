{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host office1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
