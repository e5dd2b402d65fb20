{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host annex1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
