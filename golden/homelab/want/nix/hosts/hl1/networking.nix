{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "192.0.2.10" = lib.mkForce [
        "hl1.home.example.net"
        "hl1"
      ];
      # /etc/hosts:5 (network/hosts)
      "192.0.2.20" = [
        "pbs1.home.example.net"
        "pbs1"
      ];
      # /etc/hosts:6 (network/hosts)
      "192.0.2.21" = [
        "nas.home.example.net"
        "nas"
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
    # /etc/resolv.conf:2-3 (network/name_servers)
    nameservers = [
      "192.0.2.1"
      "2001:db8:10::1"
    ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "home.example.net" ];
    # /etc/network/interfaces:8-53, /etc/network/interfaces.d/sdn:4,17,25 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
    # unit wg-quick@wg0.service (network/carried_daemons, services/tunnels)
    wg-quick.interfaces.wg0.configFile = "/var/lib/pve2nix/etc/wireguard/wg0.conf";
  };

  services = {
    lldpd = {
      # /etc/lldpd.d/ifnames.conf:1, config file /etc/lldpd.d/ifnames.conf, unit lldpd.service
      # (catalog/units_server.cue:1376, network/neighbour_discovery)
      enable = true;
      # /etc/lldpd.d/ifnames.conf:1, config file /etc/lldpd.d/ifnames.conf
      # (network/neighbour_discovery)
      extraArgs = [
        "-O"
        "/var/lib/pve2nix/etc/lldpd.d/ifnames.conf"
      ];
    };
    # /etc/resolv.conf:2-3 (network/name_servers)
    resolved.enable = false;
    # unit tailscaled.service (catalog/units_server.cue:2808)
    tailscale.enable = true;
  };

  systemd.network = {
    # /etc/network/interfaces:8-53, /etc/network/interfaces.d/sdn:4,17,25 (network/networkd)
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
        matchConfig.PermanentMACAddress = "9c:6b:00:a1:40:10";
      };
      # /usr/local/lib/systemd/network/50-pmx-nic1.link:2-3,6, config file
      # /usr/local/lib/systemd/network/50-pmx-nic1.link (network/interface_names)
      "10-nic1" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "nic1";
        };
        matchConfig.PermanentMACAddress = "a0:36:9f:2b:70:c8";
      };
      # /usr/local/lib/systemd/network/50-pmx-nic2.link:2-3,6, config file
      # /usr/local/lib/systemd/network/50-pmx-nic2.link (network/interface_names)
      "10-nic2" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "nic2";
        };
        matchConfig.PermanentMACAddress = "a0:36:9f:2b:70:ca";
      };
    };
    netdevs = {
      "10-lab0" = {
        # /etc/network/interfaces.d/sdn:4,11 (network/bridges)
        bridgeConfig.STP = false;
        netdevConfig = {
          # /etc/network/interfaces.d/sdn:4, /etc/pve/sdn/subnets.cfg:1-2,5-6,
          # /etc/pve/sdn/vnets.cfg:1-3 (network/bridges, sdn/bridges)
          Kind = "bridge";
          # /etc/network/interfaces.d/sdn:4 (network/bridges)
          Name = "lab0";
        };
      };
      "10-mesh0" = {
        # /etc/network/interfaces.d/sdn:17,19 (network/bridges)
        bridgeConfig.STP = false;
        netdevConfig = {
          # /etc/network/interfaces.d/sdn:17, /etc/pve/sdn/vnets.cfg:5-8, /etc/pve/sdn/zones.cfg:5-8
          # (network/bridges, sdn/bridges)
          Kind = "bridge";
          # /etc/network/interfaces.d/sdn:17 (network/bridges)
          Name = "mesh0";
        };
      };
      # /etc/network/interfaces:21-27 (network/bridge_vlans, network/bridges)
      "10-vmbr0" = {
        bridgeConfig = {
          DefaultPVID = 99;
          STP = false;
          VLANFiltering = true;
        };
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr0";
        };
      };
      # /etc/network/interfaces:30 (network/vlans)
      "10-vmbr0.10" = {
        netdevConfig = {
          Kind = "vlan";
          Name = "vmbr0.10";
        };
        vlanConfig.Id = 10;
      };
      # /etc/network/interfaces:40 (network/vlans)
      "10-vmbr0.30" = {
        netdevConfig = {
          Kind = "vlan";
          Name = "vmbr0.30";
        };
        vlanConfig.Id = 30;
      };
      # /etc/network/interfaces:46,48 (network/bridges)
      "10-vmbr1" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr1";
        };
      };
      # /etc/network/interfaces:53,56 (network/bridges)
      "10-vmbr2" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr2";
        };
      };
      # /etc/network/interfaces.d/sdn:25-26 (network/vxlans)
      "10-vxlan_mesh0" = {
        netdevConfig = {
          Kind = "vxlan";
          Name = "vxlan_mesh0";
        };
        vxlanConfig = {
          DestinationPort = 4789;
          Independent = true;
          VNI = 4200;
        };
      };
    };
    networks = {
      # /etc/network/interfaces.d/sdn:4-5,10,14 (network/addresses, network/bridges,
      # network/interfaces)
      "10-lab0" = {
        address = [ "10.30.0.1/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "lab0";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv4Forwarding = true;
        };
      };
      # /etc/network/interfaces.d/sdn:17,21 (network/bridges, network/interfaces)
      "10-mesh0" = {
        linkConfig = {
          MTUBytes = "1450";
          RequiredForOnline = false;
        };
        matchConfig.Name = "mesh0";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-nic0" = {
        # /etc/network/interfaces:8,46 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "nic0";
        # /etc/network/interfaces:46-47 (network/interfaces)
        networkConfig.Bridge = "vmbr1";
      };
      "10-nic1" = {
        # /etc/network/interfaces:21,26-27 (network/bridge_vlans)
        bridgeVLANs = [
          {
            EgressUntagged = 99;
            PVID = 99;
          }
          {
            VLAN = "10";
          }
          {
            VLAN = "20";
          }
          {
            VLAN = "30-39";
          }
          {
            VLAN = "99";
          }
        ];
        # /etc/network/interfaces:12,21 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "nic1";
        # /etc/network/interfaces:21-22 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
      };
      # /etc/network/interfaces:16 (network/interfaces)
      "10-nic2" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "nic2";
      };
      "10-vmbr0" = {
        # /etc/network/interfaces:21,27 (network/bridge_vlans)
        bridgeVLANs = [
          {
            EgressUntagged = 99;
            PVID = 99;
          }
          {
            VLAN = 10;
          }
          {
            VLAN = 30;
          }
        ];
        # /etc/network/interfaces:21,30,40 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr0";
        # /etc/network/interfaces:21 (network/bridges)
        networkConfig.ConfigureWithoutCarrier = true;
        # /etc/network/interfaces:30,40 (network/interfaces)
        vlan = [
          "vmbr0.10"
          "vmbr0.30"
        ];
      };
      # /etc/network/interfaces:30-32,36-37 (network/addresses, network/interfaces)
      "10-vmbr0.10" = {
        address = [
          "192.0.2.10/24"
          "2001:db8:10::10/64"
        ];
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "vmbr0.10";
        networkConfig.ConfigureWithoutCarrier = true;
        routes = [
          {
            Gateway = "192.0.2.1";
          }
          {
            Gateway = "2001:db8:10::1";
          }
        ];
      };
      # /etc/network/interfaces:40-42 (network/addresses, network/interfaces)
      "10-vmbr0.30" = {
        address = [ "198.51.100.10/25" ];
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "vmbr0.30";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:46 (network/bridges, network/interfaces)
      "10-vmbr1" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr1";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:53-55 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr2" = {
        address = [ "10.20.0.1/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr2";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-vxlan_mesh0" = {
        # /etc/network/interfaces.d/sdn:25,27 (network/vxlans)
        bridgeFDBs = [
          {
            AssociatedWith = "self";
            Destination = "203.0.113.40";
            MACAddress = "00:00:00:00:00:00";
          }
        ];
        linkConfig = {
          # /etc/network/interfaces.d/sdn:25,28 (network/interfaces)
          MTUBytes = "1450";
          # /etc/network/interfaces.d/sdn:17,25 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces.d/sdn:17,25 (network/interfaces)
        matchConfig.Name = "vxlan_mesh0";
        # /etc/network/interfaces.d/sdn:17-18 (network/interfaces)
        networkConfig.Bridge = "mesh0";
      };
    };
    # /etc/network/interfaces:8-53, /etc/network/interfaces.d/sdn:4,17,25 (network/networkd)
    wait-online.enable = true;
  };
}
