{ ... }:
{
  networking = {
    firewall = {
      # /etc/pve/firewall/cluster.fw:3-36, /etc/pve/nodes/hl1/host.fw:4-5,10-11, package
      # proxmox-firewall, package pve-firewall, unit proxmox-firewall.service, 1 more
      # (firewall/host_rules, firewall/no_filter, firewall/programs)
      enable = false;
      # host hl1 (conversion/guard)
      allowedTCPPorts = [ 18006 ];
    };
    nftables = {
      # /etc/network/interfaces:59-60, /etc/network/interfaces.d/sdn:6-7,
      # /etc/pve/firewall/202.fw:3-21, /etc/pve/firewall/cluster.fw:3-36,
      # /etc/pve/nodes/hl1/host.fw:4-5,10-11, /etc/pve/sdn/firewall/lab0.fw:3-4,8, unit
      # fail2ban.service (5 rules and catalog entries)
      enable = true;
      tables = {
        # /etc/pve/firewall/202.fw:3-21, /etc/pve/firewall/cluster.fw:32,34-36
        # (firewall/guest_tables)
        pve-guests = {
          content = ''
            chain veth202i0-sent {
              ether type { ip, ip6 } ct state invalid drop
              ct state { established, related } accept
              ether saddr != bc:24:11:30:00:ca drop
              arp saddr ip != { 10.30.0.50/32 } drop
              ether type != { ip, ip6 } accept
              icmpv6 type nd-router-advert drop
              ip saddr != { 10.30.0.50/32 } drop
              ip6 saddr != { fe80::be24:11ff:fe30:ca/128 } drop
              icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept
              ip daddr { 192.0.2.1/32 } udp dport 53 accept
              ip daddr { 192.0.2.1/32 } tcp dport 53 accept
              log level info drop
              accept
            }
            chain veth202i0-received {
              ether type != { ip, ip6 } accept
              ether type { ip, ip6 } ct state invalid drop
              ct state { established, related } accept
              ip saddr { 203.0.113.66/32 } drop
              ip saddr { 224.0.0.0/4, 255.255.255.255 } drop
              tcp flags & (fin | syn | rst | psh | ack | urg) == fin | psh | urg drop
              tcp flags & (fin | syn | rst | psh | ack | urg) == 0x0 drop
              tcp flags & (syn | rst) == syn | rst drop
              tcp flags & (fin | syn) == fin | syn drop
              tcp sport 0 tcp flags & (fin | syn | rst | ack) == syn drop
              icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
              udp dport 53 accept
              tcp dport 53 accept
              ip saddr { 10.66.0.0/24, 192.0.2.0/24 } ip saddr != { 192.0.2.99/32 } tcp dport 80 accept
              ip6 saddr { 2001:db8:10::/64 } tcp dport 80 accept
              udp dport 5353 accept
              meta pkttype { broadcast, multicast } drop
              icmp type time-exceeded accept
              icmp type destination-unreachable icmp code frag-needed accept
              icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
              drop
            }
            chain from-guests {
              type filter hook prerouting priority -100; policy accept;
              iifname vmap { "veth202i0" : goto veth202i0-sent }
            }
            chain to-guests {
              type filter hook postrouting priority -100; policy accept;
              oifname vmap { "veth202i0" : goto veth202i0-received }
            }'';
          family = "bridge";
        };
        # /etc/pve/firewall/cluster.fw:3-36, /etc/pve/nodes/hl1/host.fw:4-5,10-11
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
              ip saddr { 203.0.113.66/32 } drop
              ip saddr != 0.0.0.0 fib saddr type { broadcast, multicast } drop
              tcp flags & (fin | syn | rst | psh | ack | urg) == fin | psh | urg drop
              tcp flags & (fin | syn | rst | psh | ack | urg) == 0x0 drop
              tcp flags & (syn | rst) == syn | rst drop
              tcp flags & (fin | syn) == fin | syn drop
              tcp sport 0 tcp flags & (fin | syn | rst | ack) == syn drop
              meta l4proto 2 accept
              iifname "vmbr0.10" ip saddr { 192.0.2.40/32 } tcp dport 9100 accept
              udp dport 51820 accept
              ip saddr { 10.66.0.0/24, 192.0.2.0/24 } ip saddr != { 192.0.2.99/32 } tcp dport 22 accept
              ip6 saddr { 2001:db8:10::/64 } tcp dport 22 accept
              ip saddr { 10.66.0.0/24, 192.0.2.0/24 } ip saddr != { 192.0.2.99/32 } tcp dport 8006 accept
              ip6 saddr { 2001:db8:10::/64 } tcp dport 8006 accept
              ip saddr { 10.66.0.0/24, 192.0.2.0/24 } ip saddr != { 192.0.2.99/32 } tcp dport 3128 accept
              ip6 saddr { 2001:db8:10::/64 } tcp dport 3128 accept
              icmp type echo-request accept
              icmpv6 type echo-request accept
              iifname "tailscale0" accept
              iifname "vmbr0.10" udp dport 5353 accept
              ip saddr { 192.0.2.0/24 } tcp dport { 22, 3128, 8006 } accept
              ip saddr { 192.0.2.0/24 } tcp dport 5900-5999 accept
              ip saddr { 192.0.2.0/24 } tcp dport 60000-60050 accept
              ip saddr { 192.0.2.0/24 } tcp dport 18006 accept
              icmp type time-exceeded accept
              icmp type destination-unreachable icmp code frag-needed accept
              icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
              drop
            }
            chain output {
              type filter hook output priority filter; policy accept;
              oifname "lo" accept
              ct state invalid drop
              ct state { established, related } accept
              icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
              meta l4proto 2 accept
              oifname "vmbr0.10" ip daddr { 192.0.2.1/32 } udp dport 53 accept
              oifname "vmbr0.10" ip daddr { 192.0.2.1/32 } tcp dport 53 accept
              oifname "vmbr0.10" log level info drop
              ip daddr { 192.0.2.0/24 } tcp dport { 22, 3128, 8006 } accept
              ip daddr { 192.0.2.0/24 } tcp dport 5900-5999 accept
              ip daddr { 192.0.2.0/24 } tcp dport 60000-60050 accept
            }'';
          family = "inet";
        };
        # /etc/network/interfaces:59-60, /etc/network/interfaces.d/sdn:6-7 (network/hook_settings)
        pve-nat = {
          content = ''
            chain postrouting {
              type nat hook postrouting priority srcnat; policy accept;
              ip saddr 10.20.0.0/24 oifname "vmbr0.10" masquerade
              ip saddr 10.30.0.0/24 oifname "vmbr0.10" snat to 192.0.2.10
            }'';
          family = "ip";
        };
        # /etc/pve/sdn/firewall/lab0.fw:3-4,8 (firewall/vnet_tables)
        pve-networks = {
          content = ''
            chain network-lab0 {
              meta protocol arp accept
              ct state { established, related } accept
              ct state invalid drop
              ip daddr { 10.66.0.0/24, 192.0.2.0/24 } ip daddr != { 192.0.2.99/32 } drop
              ip6 daddr { 2001:db8:10::/64 } drop
              accept
            }
            chain between-guests {
              type filter hook forward priority -100; policy accept;
              meta ibrname "lab0" goto network-lab0
            }'';
          family = "bridge";
        };
        pve-networks-host = {
          content = ''
            chain network-lab0 {
              meta protocol arp accept
              ct state { established, related } accept
              ct state invalid drop
              ip daddr { 10.66.0.0/24, 192.0.2.0/24 } ip daddr != { 192.0.2.99/32 } drop
              ip6 daddr { 2001:db8:10::/64 } drop
              accept
            }
            chain to-host {
              type filter hook input priority filter - 1; policy accept;
              iifname "lab0" goto network-lab0
            }
            chain from-host {
              type filter hook output priority filter + 1; policy accept;
              oifname "lab0" goto network-lab0
            }'';
          family = "inet";
        };
      };
    };
  };

  services.fail2ban = {
    # unit fail2ban.service (catalog/units_server.cue:834)
    enable = true;
    jails = {
      proxmox = {
        # /etc/fail2ban/filter.d/proxmox.conf:2-4 (system/jails)
        filter.Definition = {
          failregex = "pvedaemon\\[.*authentication failure; rhost=<HOST> user=.* msg=.*";
          ignoreregex = "";
          journalmatch = "_SYSTEMD_UNIT=pvedaemon.service";
        };
        # /etc/fail2ban/jail.d/proxmox.conf:2-7 (system/jails)
        settings = {
          backend = "systemd";
          bantime = "1h";
          enabled = "true";
          filter = "proxmox";
          maxretry = "3";
          port = "https,http,8006";
        };
      };
      # /etc/fail2ban/jail.d/proxmox.conf:10-11 (system/jails)
      sshd.settings = {
        backend = "systemd";
        enabled = "true";
      };
    };
  };
}
