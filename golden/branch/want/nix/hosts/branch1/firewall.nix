{ ... }:
{
  networking = {
    firewall = {
      # /etc/pve/firewall/cluster.fw:3,7, package pve-firewall, unit pve-firewall.service
      # (firewall/host_rules, firewall/no_filter, firewall/programs)
      enable = false;
      # host branch1 (conversion/guard)
      allowedTCPPorts = [ 18006 ];
    };
    # /etc/pve/firewall/cluster.fw:3,7 (firewall/host_rules)
    nftables = {
      enable = true;
      tables.pve-host = {
        content = ''
          chain refuse {
            fib daddr type { broadcast, multicast } drop
            meta l4proto { icmp, ipv6-icmp } drop
            meta l4proto tcp reject with tcp reset
            meta l4proto udp reject
            reject with icmpx admin-prohibited
          }
          chain input {
            type filter hook input priority filter; policy accept;
            iifname "lo" accept
            ct state invalid drop
            ct state { established, related } accept
            icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
            ip saddr != 0.0.0.0 fib saddr type { broadcast, multicast } drop
            meta l4proto 2 accept
            ip saddr { 192.0.2.0/24 } tcp dport 22 accept
            ip saddr { 192.0.2.0/24 } tcp dport { 22, 3128, 8006 } accept
            ip saddr { 192.0.2.0/24 } tcp dport 5900-5999 accept
            ip saddr { 192.0.2.0/24 } tcp dport 60000-60050 accept
            ip saddr { 192.0.2.0/24 } tcp dport 18006 accept
            icmp type time-exceeded accept
            icmp type destination-unreachable icmp code frag-needed accept
            icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
            drop
          }'';
        family = "inet";
      };
    };
  };
}
