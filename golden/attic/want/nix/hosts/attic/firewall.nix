{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host attic (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
