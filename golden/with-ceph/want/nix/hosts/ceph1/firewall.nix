{ ... }:
{
  networking = {
    firewall = {
      # /etc/pve/firewall/cluster.fw:3-31, /etc/pve/nodes/ceph1/host.fw:3-4,7-8,12
      # (firewall/host_rules, firewall/no_filter)
      enable = false;
      # host ceph1 (conversion/guard)
      allowedTCPPorts = [ 18006 ];
    };
    nftables = {
      # /etc/network/interfaces.d/sdn:6-7, /etc/pve/firewall/110.fw:3-5,9-10,
      # /etc/pve/firewall/cluster.fw:3-36, /etc/pve/nodes/ceph1/host.fw:3-4,7-8,12
      # (firewall/guest_tables, firewall/host_rules, network/hook_settings)
      enable = true;
      tables = {
        # /etc/pve/firewall/110.fw:3-5,9-10, /etc/pve/firewall/cluster.fw:33,35-36
        # (firewall/guest_tables)
        pve-guests = {
          content = ''
            chain tap110i0-sent {
              ether type { ip, ip6 } ct state invalid drop
              ct state { established, related } accept
              ether type ip udp sport 68 udp dport 67 accept
              ether type ip6 udp sport 546 udp dport 547 accept
              ether type != { ip, ip6 } accept
              icmpv6 type nd-router-advert drop
              icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept
              accept
            }
            chain tap110i0-received {
              ether type != { ip, ip6 } accept
              ether type { ip, ip6 } ct state invalid drop
              ct state { established, related } accept
              ip saddr { 224.0.0.0/4, 255.255.255.255 } drop
              ether type ip udp sport 67 udp dport 68 accept
              ether type ip6 udp sport 547 udp dport 546 accept
              icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
              tcp dport 443 accept
              tcp dport 80 accept
              ip saddr { 172.20.10.9/32 } tcp dport 22 accept
              meta pkttype { broadcast, multicast } drop
              icmp type time-exceeded accept
              icmp type destination-unreachable icmp code frag-needed accept
              icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
              drop
            }
            chain from-guests {
              type filter hook prerouting priority -100; policy accept;
              iifname vmap { "tap110i0" : goto tap110i0-sent }
            }
            chain to-guests {
              type filter hook postrouting priority -100; policy accept;
              oifname vmap { "tap110i0" : goto tap110i0-received }
            }'';
          family = "bridge";
        };
        # /etc/pve/firewall/cluster.fw:3-31, /etc/pve/nodes/ceph1/host.fw:3-4,7-8,12
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
              ip saddr != 0.0.0.0 fib saddr type { broadcast, multicast } drop
              tcp flags & (fin | syn | rst | ack) == syn update @syn4 { ip saddr limit rate over 400/second burst 1000 packets } drop
              tcp flags & (fin | syn | rst | ack) == syn update @syn6 { ip6 saddr limit rate over 400/second burst 1000 packets } drop
              meta l4proto 2 accept
              iifname "vlab0" udp dport 67 accept
              ip saddr { 172.20.12.0/23 } tcp dport 6789 accept
              ip saddr { 172.20.12.0/23 } tcp dport 3300 accept
              ip saddr { 172.20.12.0/23 } tcp dport 6800-7300 accept
              ip saddr { 172.20.10.9/32 } tcp dport 22 accept
              ip saddr { 172.20.10.60/32 } tcp dport 9100 accept
              iifname "mgmt" udp dport 41641 accept
              icmp type echo-request accept
              icmpv6 type echo-request accept
              ip saddr { 100.64.0.0/10, 172.20.10.0/24 } tcp dport { 22, 3128, 8006 } accept
              ip saddr { 100.64.0.0/10, 172.20.10.0/24 } tcp dport 5900-5999 accept
              ip saddr { 100.64.0.0/10, 172.20.10.0/24 } tcp dport 60000-60050 accept
              ip saddr { 100.64.0.0/10, 172.20.10.0/24 } tcp dport 18006 accept
              ip saddr { 172.20.11.22/31, 172.20.14.22/31 } udp dport 5404-5412 accept
              icmp type time-exceeded accept
              icmp type destination-unreachable icmp code frag-needed accept
              icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
              limit rate 1/second burst 5 packets log prefix "host in: " level warn
              drop
            }'';
          family = "inet";
        };
        # /etc/network/interfaces.d/sdn:6-7 (network/hook_settings)
        pve-nat = {
          content = ''
            chain postrouting {
              type nat hook postrouting priority srcnat; policy accept;
              ip saddr 10.99.0.0/24 oifname "mgmt" snat to 172.20.10.21
            }'';
          family = "ip";
        };
      };
    };
  };
}
