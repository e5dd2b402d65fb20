{ ... }:
{
  networking = {
    firewall = {
      # firewall/no_filter
      enable = false;
      # host vmhost2 (conversion/guard)
      allowedTCPPorts = [ 18006 ];
    };
    nftables = {
      # /etc/network/interfaces.d/nat:8, unit fail2ban.service (catalog/units_server.cue:834,
      # network/hook_settings)
      enable = true;
      # /etc/network/interfaces.d/nat:8 (network/hook_settings)
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

  services.fail2ban = {
    # unit fail2ban.service (catalog/units_server.cue:834)
    enable = true;
    # /etc/fail2ban/jail.local:2 (system/jails)
    bantime = "3600";
    # /etc/fail2ban/jail.local:3 (system/jails)
    ignoreIP = [
      "127.0.0.1/8"
      "192.0.2.0/24"
    ];
  };
}
