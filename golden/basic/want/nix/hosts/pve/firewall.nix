{ ... }:
{
  # /etc/pve/firewall/100.fw:3-4,8-9, /etc/pve/firewall/cluster.fw:3-17 (firewall/no_filter)
  networking.firewall.enable = false;

  # unit fail2ban.service (catalog/units_server.cue:834)
  services.fail2ban.enable = true;
}
