{ ... }:
{
  networking = {
    firewall = {
      # /etc/pve/firewall/cluster.fw:3-24, /etc/pve/nodes/edge1/host.fw:3-4,7,11
      # (firewall/host_rules, firewall/no_filter)
      enable = false;
      # host edge1 (conversion/guard)
      allowedTCPPorts = [ 18006 ];
    };
    nftables = {
      # /etc/network/interfaces:66-67, /etc/network/interfaces.d/sdn:9-10,
      # /etc/pve/firewall/cluster.fw:3-24, /etc/pve/nodes/edge1/host.fw:3-4,7,11
      # (firewall/host_rules, network/hook_settings)
      enable = true;
      tables = {
        # /etc/pve/firewall/cluster.fw:3-24, /etc/pve/nodes/edge1/host.fw:3-4,7,11
        # (firewall/host_rules)
        pve-host = {
          content = ''
            set syn4 {
              type ipv4_addr
              flags dynamic
              timeout 1m
            }
            set syn6 {
              type ipv6_addr
              flags dynamic
              timeout 1m
            }
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
              ip saddr { 192.0.2.66/32, 198.51.100.128/25 } drop
              ip saddr != 0.0.0.0 fib saddr type { broadcast, multicast } drop
              tcp flags & (fin | syn | rst | ack) == syn update @syn4 { ip saddr limit rate over 200/second burst 1000 packets } drop
              tcp flags & (fin | syn | rst | ack) == syn update @syn6 { ip6 saddr limit rate over 200/second burst 1000 packets } drop
              meta l4proto 2 accept
              ip saddr { 172.16.9.0/24 } tcp dport 21 accept
              ip saddr { 172.16.9.0/24 } tcp dport 22 accept
              iifname "enp4s0" udp dport 51820 accept
              ip saddr { 203.0.113.1/32 } tcp dport 179 accept
              ip saddr { 172.16.9.0/24 } tcp dport { 22, 3128, 8006 } accept
              ip saddr { 172.16.9.0/24 } tcp dport 5900-5999 accept
              ip saddr { 172.16.9.0/24 } tcp dport 60000-60050 accept
              ip saddr { 172.16.9.0/24 } tcp dport 18006 accept
              icmp type time-exceeded accept
              icmp type destination-unreachable icmp code frag-needed accept
              icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
              limit rate 1/second burst 5 packets log prefix "host in: " level info
              drop
            }'';
          family = "inet";
        };
        # /etc/network/interfaces:66-67, /etc/network/interfaces.d/sdn:9-10 (network/hook_settings)
        pve-nat = {
          content = ''
            chain postrouting {
              type nat hook postrouting priority srcnat; policy accept;
              ip saddr 10.40.0.0/24 oifname "vmbr0" snat to 198.51.100.14
              ip saddr 10.10.0.0/24 oifname "vmbr0" masquerade
            }'';
          family = "ip";
        };
      };
    };
  };
}
