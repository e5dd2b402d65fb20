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
      # /etc/network/interfaces.d/nat:8, /etc/pve/firewall/101.fw:3-5,9-10,
      # /etc/pve/firewall/cluster.fw:25,27-28, unit fail2ban.service (catalog/units_server.cue:834,
      # firewall/guest_tables, network/hook_settings)
      enable = true;
      tables = {
        # /etc/pve/firewall/101.fw:3-5,9-10, /etc/pve/firewall/cluster.fw:25,27-28
        # (firewall/guest_tables)
        pve-guests = {
          content = ''
            chain tap101i0-sent {
              ct state { established, related } accept
              ether type ip udp sport 68 udp dport 67 accept
              ether type ip6 udp sport 546 udp dport 547 accept
              ether type != { ip, ip6 } accept
              icmpv6 type nd-router-advert drop
              icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept
              accept
            }
            chain tap101i0-received {
              ether type != { ip, ip6 } accept
              ct state { established, related } accept
              ip saddr { 224.0.0.0/4, 255.255.255.255 } drop
              ether type ip udp sport 67 udp dport 68 accept
              ether type ip6 udp sport 547 udp dport 546 accept
              icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
              tcp dport 80 accept
              tcp dport 443 accept
              ip saddr { 192.0.2.0/24 } tcp dport 22 accept
              meta pkttype { broadcast, multicast } drop
              icmp type time-exceeded accept
              icmp type destination-unreachable icmp code frag-needed accept
              icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
              drop
            }
            chain from-guests {
              type filter hook prerouting priority -100; policy accept;
              iifname vmap { "tap101i0" : goto tap101i0-sent }
            }
            chain to-guests {
              type filter hook postrouting priority -100; policy accept;
              oifname vmap { "tap101i0" : goto tap101i0-received }
            }'';
          family = "bridge";
        };
        # /etc/network/interfaces.d/nat:8 (network/hook_settings)
        pve-nat = {
          content = ''
            chain postrouting {
              type nat hook postrouting priority srcnat; policy accept;
              ip saddr 10.9.0.0/24 oifname "mgmt" masquerade
            }'';
          family = "ip";
        };
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
    # /etc/fail2ban/jail.local:6-7 (system/jails)
    jails.sshd.settings = {
      enabled = "true";
      port = "22,2222";
    };
  };
}
