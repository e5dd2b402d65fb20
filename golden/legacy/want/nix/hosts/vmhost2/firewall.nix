{ ... }:
{
  networking = {
    # firewall/no_filter
    firewall.enable = false;
    # /etc/network/interfaces.d/nat:8 (network/hook_settings)
    nftables = {
      enable = true;
      tables.pve-nat = {
        content = ''
          chain postrouting {
            type nat hook postrouting priority srcnat; policy accept;
            ip saddr 10.9.0.0/24 oifname "mgmt" masquerade
          }'';
        family = "ip";
      };
    };
  };

  # unit fail2ban.service (catalog/units_server.cue:834)
  services.fail2ban.enable = true;
}
