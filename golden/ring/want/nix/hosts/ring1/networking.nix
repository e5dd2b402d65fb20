{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:2 (network/hosts)
      "10.60.0.11" = lib.mkForce [
        "ring1.ring.example.net"
        "ring1"
      ];
      # /etc/hosts:3 (network/hosts)
      "10.60.0.12" = [
        "ring2.ring.example.net"
        "ring2"
      ];
      # /etc/hosts:4 (network/hosts)
      "10.60.0.13" = [
        "ring3.ring.example.net"
        "ring3"
      ];
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      # /etc/hosts:6 (network/hosts)
      "::1" = lib.mkForce [
        "ip6-localhost"
        "ip6-loopback"
      ];
    };
    # /etc/resolv.conf:2 (network/name_servers)
    nameservers = [ "10.60.0.1" ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "ring.example.net" ];
    # /etc/network/interfaces:5-21, /etc/network/interfaces.d/sdn:4-51 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
  };

  services = {
    frr = {
      # /etc/frr/daemons:4 (network/carried_daemons, network/frr)
      bfdd.enable = true;
      # /etc/frr/daemons:1 (network/carried_daemons, network/frr)
      bgpd.enable = true;
      # /etc/frr/daemons:2,5, /etc/frr/frr.conf:1-57, /etc/pve/sdn/fabrics.cfg:1-18, unit
      # frr.service (network/carried_daemons, network/frr, sdn/fabrics)
      configFile = "/var/lib/pve2nix/etc/frr/frr.conf";
      # /etc/frr/daemons:3 (network/carried_daemons, network/frr)
      fabricd.enable = true;
    };
    # /etc/resolv.conf:2 (network/name_servers)
    resolved.enable = false;
  };

  systemd.network = {
    # /etc/network/interfaces:5-21, /etc/network/interfaces.d/sdn:4-51 (network/networkd)
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
        matchConfig.PermanentMACAddress = "a0:36:9f:77:10:00";
      };
      # /usr/local/lib/systemd/network/50-pmx-nic1.link:2-3,6, config file
      # /usr/local/lib/systemd/network/50-pmx-nic1.link (network/interface_names)
      "10-nic1" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "nic1";
        };
        matchConfig.PermanentMACAddress = "a0:36:9f:77:10:02";
      };
      # /usr/local/lib/systemd/network/50-pmx-nic2.link:2-3,6, config file
      # /usr/local/lib/systemd/network/50-pmx-nic2.link (network/interface_names)
      "10-nic2" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "nic2";
        };
        matchConfig.PermanentMACAddress = "a0:36:9f:77:10:04";
      };
    };
    netdevs = {
      # /etc/network/interfaces.d/sdn:4,6 (network/dummies)
      "10-dummy_mesh".netdevConfig = {
        Kind = "dummy";
        Name = "dummy_mesh";
      };
      "10-tnet1" = {
        # /etc/network/interfaces.d/sdn:18,22 (network/bridges)
        bridgeConfig.STP = false;
        netdevConfig = {
          # /etc/network/interfaces.d/sdn:18, /etc/pve/sdn/subnets.cfg:1-3,
          # /etc/pve/sdn/vnets.cfg:1-3 (network/bridges, sdn/bridges)
          Kind = "bridge";
          # /etc/network/interfaces.d/sdn:18,20 (network/bridges)
          MACAddress = "bc:24:11:60:61:01";
          # /etc/network/interfaces.d/sdn:18 (network/bridges)
          Name = "tnet1";
        };
      };
      # /etc/network/interfaces:8,12 (network/bridges)
      "10-vmbr0" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr0";
        };
      };
      # /etc/network/interfaces.d/sdn:30-31 (network/routing_domains)
      "10-vrf_tenants" = {
        netdevConfig = {
          Kind = "vrf";
          Name = "vrf_tenants";
        };
        vrfConfig.Table = 1001;
      };
      # /etc/network/interfaces.d/sdn:35,37 (network/bridges)
      "10-vrfbr_tenants" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vrfbr_tenants";
        };
      };
      # /etc/network/interfaces.d/sdn:43-46 (network/vxlans)
      "10-vrfvx_tenants" = {
        netdevConfig = {
          Kind = "vxlan";
          Name = "vrfvx_tenants";
        };
        vxlanConfig = {
          DestinationPort = 4789;
          Independent = true;
          Local = "172.20.3.1";
          MacLearning = false;
          VNI = 10000;
        };
      };
      # /etc/network/interfaces.d/sdn:51-54 (network/vxlans)
      "10-vxlan_tnet1" = {
        netdevConfig = {
          Kind = "vxlan";
          Name = "vxlan_tnet1";
        };
        vxlanConfig = {
          DestinationPort = 4789;
          Independent = true;
          Local = "172.20.3.1";
          MacLearning = false;
          VNI = 11000;
        };
      };
    };
    networks = {
      # /etc/network/interfaces.d/sdn:4-5,7 (network/addresses, network/interfaces)
      "10-dummy_mesh" = {
        address = [ "172.20.3.1/32" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "dummy_mesh";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv4Forwarding = true;
        };
      };
      "10-nic0" = {
        # /etc/network/interfaces:5,8 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "nic0";
        # /etc/network/interfaces:8,11 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
      };
      # /etc/network/interfaces:17-18, /etc/network/interfaces.d/sdn:11 (network/interfaces)
      "10-nic1" = {
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "nic1";
      };
      # /etc/network/interfaces:21-22, /etc/network/interfaces.d/sdn:15 (network/interfaces)
      "10-nic2" = {
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "nic2";
      };
      # /etc/network/interfaces.d/sdn:18-19,24-25,27 (4 rules and catalog entries)
      "10-tnet1" = {
        address = [ "10.61.0.1/24" ];
        linkConfig = {
          MTUBytes = "1450";
          RequiredForOnline = false;
        };
        matchConfig.Name = "tnet1";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv4Forwarding = true;
        };
        vrf = [ "vrf_tenants" ];
      };
      # /etc/network/interfaces:8-10 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr0" = {
        address = [ "10.60.0.11/24" ];
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "vmbr0";
        networkConfig.ConfigureWithoutCarrier = true;
        routes = [
          {
            Gateway = "10.60.0.1";
          }
        ];
      };
      # /etc/network/interfaces.d/sdn:30,32 (network/hook_settings, network/interfaces)
      "10-vrf_tenants" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vrf_tenants";
        routes = [
          {
            Destination = "0.0.0.0/0";
            Metric = 4278198272;
            Table = 1001;
            Type = "unreachable";
          }
        ];
      };
      # /etc/network/interfaces.d/sdn:35,39-40 (network/bridges, network/interfaces,
      # network/routing_domains)
      "10-vrfbr_tenants" = {
        linkConfig = {
          MTUBytes = "1450";
          RequiredForOnline = false;
        };
        matchConfig.Name = "vrfbr_tenants";
        networkConfig.ConfigureWithoutCarrier = true;
        vrf = [ "vrf_tenants" ];
      };
      "10-vrfvx_tenants" = {
        # /etc/network/interfaces.d/sdn:43,46-47 (network/vxlans)
        bridgeConfig = {
          Learning = false;
          NeighborSuppression = true;
        };
        linkConfig = {
          # /etc/network/interfaces.d/sdn:43,48 (network/interfaces)
          MTUBytes = "1450";
          # /etc/network/interfaces.d/sdn:35,43 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces.d/sdn:35,43 (network/interfaces)
        matchConfig.Name = "vrfvx_tenants";
        # /etc/network/interfaces.d/sdn:35-36 (network/interfaces)
        networkConfig.Bridge = "vrfbr_tenants";
      };
      "10-vxlan_tnet1" = {
        # /etc/network/interfaces.d/sdn:51,54-55 (network/vxlans)
        bridgeConfig = {
          Learning = false;
          NeighborSuppression = true;
        };
        linkConfig = {
          # /etc/network/interfaces.d/sdn:51,56 (network/interfaces)
          MTUBytes = "1450";
          # /etc/network/interfaces.d/sdn:18,51 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces.d/sdn:18,51 (network/interfaces)
        matchConfig.Name = "vxlan_tnet1";
        # /etc/network/interfaces.d/sdn:18,21 (network/interfaces)
        networkConfig.Bridge = "tnet1";
      };
    };
    # /etc/network/interfaces:5-21, /etc/network/interfaces.d/sdn:4-51 (network/networkd)
    wait-online.enable = true;
  };
}
