{ ... }:
{
  networking = {
    firewall = {
      # package proxmox-firewall, package pve-firewall, unit proxmox-firewall.service, 1 more
      # (firewall/no_filter, firewall/programs)
      enable = false;
      # host pve (conversion/guard)
      allowedTCPPorts = [ 18006 ];
    };
    # unit fail2ban.service (catalog/units_server.cue:834)
    nftables.enable = true;
  };

  services.fail2ban = {
    # unit fail2ban.service (catalog/units_server.cue:834)
    enable = true;
    # /etc/fail2ban/jail.local:2,5-9 (system/jails)
    jails = {
      proxmox.settings = {
        backend = "systemd";
        enabled = "true";
        filter = "proxmox";
        maxretry = "3";
        port = "https,http,8006";
      };
      sshd.settings.enabled = "true";
    };
  };
}
