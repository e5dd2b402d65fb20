{ ... }:
{
  networking.firewall = {
    # firewall/no_filter
    enable = false;
    # host shop1 (conversion/guard)
    allowedTCPPorts = [ 18006 ];
  };
}
