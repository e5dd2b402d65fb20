{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host shed (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
