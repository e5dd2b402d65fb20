{ ... }:
{
  # firewall/no_filter
  networking.firewall.enable = false;
}
