{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "172.20.10.21" = lib.mkForce [
        "ceph1.hci.example.org"
        "ceph1"
      ];
      # /etc/hosts:3 (network/hosts)
      "172.20.10.22" = [
        "ceph2.hci.example.org"
        "ceph2"
      ];
      # /etc/hosts:4 (network/hosts)
      "172.20.10.23" = [
        "ceph3.hci.example.org"
        "ceph3"
      ];
      # /etc/hosts:8 (network/hosts)
      "::1" = lib.mkForce [
        "ip6-localhost"
        "ip6-loopback"
      ];
      # /etc/hosts:9 (network/hosts)
      "fe00::0" = [ "ip6-localnet" ];
      # /etc/hosts:10 (network/hosts)
      "ff00::0" = [ "ip6-mcastprefix" ];
      # /etc/hosts:11 (network/hosts)
      "ff02::1" = [ "ip6-allnodes" ];
      # /etc/hosts:12 (network/hosts)
      "ff02::2" = [ "ip6-allrouters" ];
      # /etc/hosts:13 (network/hosts)
      "ff02::3" = [ "ip6-allhosts" ];
    };
    # /etc/resolv.conf:5 (network/name_servers)
    nameservers = [ "100.100.100.100" ];
    # /etc/resolv.conf:6 (network/name_servers)
    search = [
      "tail1f2e3.ts.net"
      "hci.example.org"
    ];
    # /etc/network/interfaces:16-84, /etc/network/interfaces.d/sdn:4 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
    vswitches.vmbr0 = {
      # /etc/network/interfaces:32-81 (network/open_vswitch)
      extraOvsctlCmds = ''
        add-bond vmbr0 bond0 nic0 nic1 bond_mode=balance-tcp lacp=active other_config:lacp-time=fast vlan_mode=native-untagged
        set Bridge vmbr0 mcast_snooping_enable=true
        set interface cephclu mtu_request=9000
        set interface cephpub mtu_request=9000
        set interface coro0 mtu_request=1500
        set interface mgmt mtu_request=1500
        set interface nic0 mtu_request=9000
        set interface nic1 mtu_request=9000
        set interface vmbr0 mtu_request=9000'';
      interfaces = {
        # /etc/network/interfaces:68,70-71,73 (network/open_vswitch)
        cephclu = {
          type = "internal";
          vlan = 13;
        };
        # /etc/network/interfaces:59,61-62,64 (network/open_vswitch)
        cephpub = {
          type = "internal";
          vlan = 12;
        };
        # /etc/network/interfaces:50,52-53,55 (network/open_vswitch)
        coro0 = {
          type = "internal";
          vlan = 11;
        };
        # /etc/network/interfaces:40,43-44,46 (network/open_vswitch)
        mgmt = {
          type = "internal";
          vlan = 10;
        };
      };
    };
  };

  services = {
    lldpd = {
      # /etc/lldpd.d/ifnames.conf:1-2, config file /etc/lldpd.d/ifnames.conf, unit lldpd.service
      # (catalog/units_server.cue:1376, network/neighbour_discovery)
      enable = true;
      # /etc/lldpd.d/ifnames.conf:1-2, config file /etc/lldpd.d/ifnames.conf
      # (network/neighbour_discovery)
      extraArgs = [
        "-O"
        "/var/lib/pve2nix/etc/lldpd.d/ifnames.conf"
      ];
    };
    # /etc/resolv.conf:5 (network/name_servers)
    resolved.enable = false;
    # unit tailscaled.service (catalog/units_server.cue:2808)
    tailscale.enable = true;
  };

  systemd.network = {
    # /etc/network/interfaces:16-84, /etc/network/interfaces.d/sdn:4 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    links = {
      # /usr/local/lib/systemd/network/50-pmx-nic0.link:2-3,6, config file
      # /usr/local/lib/systemd/network/50-pmx-nic0.link (network/interface_names)
      "10-nic0" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "nic0";
        };
        matchConfig.PermanentMACAddress = "b8:ce:f6:5a:10:20";
      };
      # /usr/local/lib/systemd/network/50-pmx-nic1.link:2-3,6, config file
      # /usr/local/lib/systemd/network/50-pmx-nic1.link (network/interface_names)
      "10-nic1" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "nic1";
        };
        matchConfig.PermanentMACAddress = "b8:ce:f6:5a:10:21";
      };
      # /usr/local/lib/systemd/network/50-pmx-nic2.link:2-3,6, config file
      # /usr/local/lib/systemd/network/50-pmx-nic2.link (network/interface_names)
      "10-nic2" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "nic2";
        };
        matchConfig.PermanentMACAddress = "3c:ec:ef:9d:44:02";
      };
      # /usr/local/lib/systemd/network/50-pmx-nic3.link:2-3,6, config file
      # /usr/local/lib/systemd/network/50-pmx-nic3.link (network/interface_names)
      "10-nic3" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "nic3";
        };
        matchConfig.PermanentMACAddress = "3c:ec:ef:9d:44:03";
      };
    };
    netdevs = {
      "10-vlab0" = {
        # /etc/network/interfaces.d/sdn:4,11 (network/bridges)
        bridgeConfig.STP = false;
        netdevConfig = {
          # /etc/network/interfaces.d/sdn:4, /etc/pve/sdn/subnets.cfg:1-2,5-6,
          # /etc/pve/sdn/vnets.cfg:1-3, /etc/pve/sdn/zones.cfg:1,3 (network/bridges, sdn/bridges)
          Kind = "bridge";
          # /etc/network/interfaces.d/sdn:4 (network/bridges)
          Name = "vlab0";
        };
      };
      # /etc/network/interfaces:84,86,88 (network/bridge_vlans, network/bridges)
      "10-vmbr1" = {
        bridgeConfig = {
          DefaultPVID = 1;
          STP = false;
          VLANFiltering = true;
        };
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr1";
        };
      };
    };
    networks = {
      "10-cephclu" = {
        # /etc/network/interfaces:68-69 (network/addresses)
        address = [ "172.20.13.21/24" ];
        linkConfig = {
          # /etc/network/interfaces:68,72 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:68,77 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:68,77 (network/interfaces)
        matchConfig.Name = "cephclu";
        # /etc/network/interfaces:68 (network/addresses)
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-cephpub" = {
        # /etc/network/interfaces:59-60 (network/addresses)
        address = [ "172.20.12.21/24" ];
        linkConfig = {
          # /etc/network/interfaces:59,63 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:59,77 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:59,77 (network/interfaces)
        matchConfig.Name = "cephpub";
        # /etc/network/interfaces:59 (network/addresses)
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-coro0" = {
        # /etc/network/interfaces:50-51 (network/addresses)
        address = [ "172.20.11.21/24" ];
        linkConfig = {
          # /etc/network/interfaces:50,54 (network/interfaces)
          MTUBytes = "1500";
          # /etc/network/interfaces:50,77 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:50,77 (network/interfaces)
        matchConfig.Name = "coro0";
        # /etc/network/interfaces:50 (network/addresses)
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-mgmt" = {
        # /etc/network/interfaces:40-41 (network/addresses)
        address = [ "172.20.10.21/24" ];
        linkConfig = {
          # /etc/network/interfaces:40,45 (network/interfaces)
          MTUBytes = "1500";
          # /etc/network/interfaces:40,77 (network/interfaces)
          RequiredForOnline = "routable";
        };
        # /etc/network/interfaces:40,77 (network/interfaces)
        matchConfig.Name = "mgmt";
        # /etc/network/interfaces:40 (network/addresses)
        networkConfig.ConfigureWithoutCarrier = true;
        # /etc/network/interfaces:40,42 (network/addresses)
        routes = [
          {
            Gateway = "172.20.10.1";
          }
        ];
      };
      "10-nic0" = {
        linkConfig = {
          # /etc/network/interfaces:16-17 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:16,32 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:16,32 (network/interfaces)
        matchConfig.Name = "nic0";
        # /etc/network/interfaces:32 (network/interfaces)
        networkConfig.KeepMaster = true;
      };
      "10-nic1" = {
        linkConfig = {
          # /etc/network/interfaces:20-21 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:20,32 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:20,32 (network/interfaces)
        matchConfig.Name = "nic1";
        # /etc/network/interfaces:32 (network/interfaces)
        networkConfig.KeepMaster = true;
      };
      # /etc/network/interfaces:24-25 (network/addresses, network/interfaces)
      "10-nic2" = {
        address = [ "172.20.14.21/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "nic2";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-nic3" = {
        # /etc/network/interfaces:84,89 (network/bridge_vlans)
        bridgeVLANs = [
          {
            EgressUntagged = 1;
            PVID = 1;
          }
          {
            VLAN = "2-4094";
          }
        ];
        # /etc/network/interfaces:29,84 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "nic3";
        # /etc/network/interfaces:84-85 (network/interfaces)
        networkConfig.Bridge = "vmbr1";
      };
      # /etc/network/interfaces.d/sdn:4-5,10,14 (network/addresses, network/bridges,
      # network/interfaces)
      "10-vlab0" = {
        address = [ "10.99.0.1/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vlab0";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv4Forwarding = true;
        };
      };
      # /etc/network/interfaces:77,80 (network/interfaces)
      "10-vmbr0" = {
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "vmbr0";
      };
      # /etc/network/interfaces:84 (network/bridge_vlans, network/bridges, network/interfaces)
      "10-vmbr1" = {
        bridgeVLANs = [
          {
            EgressUntagged = 1;
            PVID = 1;
          }
        ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr1";
        networkConfig.ConfigureWithoutCarrier = true;
      };
    };
    # /etc/network/interfaces:16-84, /etc/network/interfaces.d/sdn:4 (network/networkd)
    wait-online.enable = true;
  };

  # /etc/network/interfaces:77, unit openvswitch-switch.service (catalog/units_pve.cue:404,
  # network/open_vswitch)
  virtualisation.vswitch.enable = true;
}
