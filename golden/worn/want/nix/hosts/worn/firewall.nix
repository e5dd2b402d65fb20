{ ... }:
{
  # firewall/no_filter
  networking.firewall.enable = false;

  # unit fail2ban.service (catalog/units_server.cue:834)
  services.fail2ban.enable = true;
}
