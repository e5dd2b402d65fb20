{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host campus1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
