{ ... }:
{
  # /etc/pve/firewall/cluster.fw:3-35, /etc/pve/nodes/pve1/host.fw:3,6-7,12-13 (firewall/host_rules,
  # firewall/no_filter)
  networking = {
    firewall.enable = false;
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
            ip saddr { 10.10.50.12/31, 10.10.51.12/31 } udp dport 5404-5412 accept
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
