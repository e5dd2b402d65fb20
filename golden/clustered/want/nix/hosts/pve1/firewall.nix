{ ... }:
{
  networking = {
    firewall = {
      # /etc/pve/firewall/cluster.fw:3-35, /etc/pve/nodes/pve1/host.fw:3-4,6-7,12-13, package
      # proxmox-firewall, package pve-firewall, unit proxmox-firewall.service, 1 more
      # (firewall/host_rules, firewall/no_filter, firewall/programs)
      enable = false;
      # host pve1 (conversion/guard)
      allowedTCPPorts = [ 18006 ];
    };
    nftables = {
      # /etc/pve/firewall/101.fw:3-23, /etc/pve/firewall/cluster.fw:3-40,
      # /etc/pve/nodes/pve1/host.fw:3-4,6-7,12-13 (firewall/guest_tables, firewall/host_rules)
      enable = true;
      tables = {
        # /etc/pve/firewall/101.fw:3-23, /etc/pve/firewall/cluster.fw:37,39-40
        # (firewall/guest_tables)
        pve-guests = {
          content = ''
            chain tap101i0-sent {
              ether type { ip, ip6 } ct state invalid drop
              ct state { established, related } accept
              ether saddr != d2:4c:1a:10:00:65 drop
              arp saddr ip != { 10.10.30.41/32 } drop
              ether type != { ip, ip6 } accept
              icmpv6 type nd-router-advert drop
              ip saddr != { 10.10.30.41/32 } drop
              ip6 saddr != { fe80::d04c:1aff:fe10:65/128 } drop
              icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept
              ip daddr { 10.10.40.0/24 } log level warn drop
              accept
            }
            chain tap101i0-received {
              ether type != { ip, ip6 } accept
              ether type { ip, ip6 } ct state invalid drop
              ct state { established, related } accept
              ip saddr { 224.0.0.0/4, 255.255.255.255 } drop
              tcp flags & (fin | syn | rst | psh | ack | urg) == fin | psh | urg drop
              tcp flags & (fin | syn | rst | psh | ack | urg) == 0x0 drop
              tcp flags & (syn | rst) == syn | rst drop
              tcp flags & (fin | syn) == fin | syn drop
              tcp sport 0 tcp flags & (fin | syn | rst | ack) == syn drop
              icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
              tcp dport 80 accept
              tcp dport 443 accept
              icmp type echo-request accept
              icmpv6 type echo-request accept
              ip saddr { 10.10.30.0/24 } tcp dport 22 accept
              ip saddr { 10.10.31.41/32 } tcp dport 2222 accept
              ip saddr { 10.10.31.41/32 } tcp dport 5000-5010 accept
              meta pkttype { broadcast, multicast } drop
              icmp type time-exceeded accept
              icmp type destination-unreachable icmp code frag-needed accept
              icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
              limit rate 1/second burst 5 packets log prefix "guest 101 in: " level info
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
        # /etc/pve/firewall/cluster.fw:3-35, /etc/pve/nodes/pve1/host.fw:3-4,6-7,12-13
        # (firewall/host_rules)
        pve-host = {
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
              tcp flags & (fin | syn | rst | psh | ack | urg) == fin | psh | urg drop
              tcp flags & (fin | syn | rst | psh | ack | urg) == 0x0 drop
              tcp flags & (syn | rst) == syn | rst drop
              tcp flags & (fin | syn) == fin | syn drop
              tcp sport 0 tcp flags & (fin | syn | rst | ack) == syn drop
              meta l4proto 2 accept
              iifname "vmbr0.20" ip saddr { 10.10.30.0/24 } tcp dport 9090 accept
              iifname "vmbr1" log level warn drop
              ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport 22 accept
              ip saddr { 10.10.20.40/32 } tcp dport 10050 accept
              ip saddr { 10.10.20.0/24 } udp dport 161 accept
              icmp type echo-request accept
              icmpv6 type echo-request accept
              ip saddr { 10.10.40.0/24 } ip saddr != { 10.10.40.99/32 } tcp dport 2049 accept
              ip saddr { 10.10.40.0/24 } ip saddr != { 10.10.40.99/32 } tcp dport 111 accept
              ip saddr { 10.10.40.0/24 } udp dport 123 accept
              ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport { 22, 3128, 8006 } accept
              ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport 5900-5999 accept
              ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport 60000-60050 accept
              ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport 18006 accept
              ip saddr { 10.10.50.12/31, 10.10.51.12/31 } udp dport 5404-5412 accept
              icmp type time-exceeded accept
              icmp type destination-unreachable icmp code frag-needed accept
              icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
              limit rate 1/second burst 5 packets log prefix "host in: " level info
              drop
            }'';
          family = "inet";
        };
      };
    };
  };
}
