{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:4 (network/hosts)
      "::1" = lib.mkForce [
        "ip6-localhost"
        "ip6-loopback"
      ];
      # /etc/hosts:5 (network/hosts)
      "ff02::1" = [ "ip6-allnodes" ];
    };
    # /etc/iproute2/rt_tables:5 (network/table_names)
    iproute2 = {
      enable = true;
      rttablesExtraConfig = "200 uplink2";
    };
    # /etc/resolv.conf:2 (network/name_servers)
    nameservers = [ "203.0.113.53" ];
    # network field-router, unit NetworkManager.service (network/manager_profiles)
    networkmanager = {
      enable = true;
      unmanaged = [
        "*"
        "except:interface-name:enx00e04c680142"
      ];
    };
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "colo.example.net" ];
    supplicant = {
      # /etc/network/interfaces:91-92, /etc/wpa_supplicant/wired.conf:1-2,4-7, config file
      # /etc/wpa_supplicant/wired.conf (network/port_authentication)
      eno4 = {
        configFile.path = "/etc/wpa_supplicant/wired.conf";
        driver = "wired";
      };
      # /etc/network/interfaces:134-135 (network/wireless)
      wlp6s0 = {
        configFile.path = "/run/supplicant/wlp6s0.conf";
        driver = "nl80211,wext";
      };
    };
    # /etc/network/interfaces:5-132, /etc/network/interfaces.d/sdn:4 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
    vswitches.vmbr3 = {
      # /etc/network/interfaces:118-128 (network/open_vswitch)
      extraOvsctlCmds = ''
        set interface ens4f0 mtu_request=9000
        set interface vmbr3 mtu_request=9000'';
      # /etc/network/interfaces:125-127 (network/open_vswitch)
      interfaces.ens4f0 = { };
    };
    wg-quick.interfaces = {
      # unit wg-quick@wg0.service (network/carried_daemons, services/tunnels)
      wg0.configFile = "/var/lib/pve2nix/etc/wireguard/wg0.conf";
      # unit wg-quick@wg1.service (network/carried_daemons, services/tunnels)
      wg1.configFile = "/var/lib/pve2nix/etc/wireguard/wg1.conf";
    };
  };

  services = {
    frr = {
      # /etc/frr/daemons:3 (network/carried_daemons, network/frr)
      bfdd.enable = true;
      # /etc/frr/daemons:2 (network/carried_daemons, network/frr)
      bgpd.enable = true;
      # /etc/frr/daemons:1,4, /etc/frr/frr.conf:1-5,7-12,15, unit frr.service
      # (network/carried_daemons, network/frr)
      configFile = "/var/lib/pve2nix/etc/frr/frr.conf";
    };
    # /etc/resolv.conf:2 (network/name_servers)
    resolved.enable = false;
  };

  systemd.network = {
    # /etc/network/interfaces:5-132, /etc/network/interfaces.d/sdn:4 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    # /etc/systemd/network/10-ens4f0.link:2,5, config file /etc/systemd/network/10-ens4f0.link
    # (network/interface_names)
    links."10-ens4f0" = {
      linkConfig = {
        AlternativeNamesPolicy = "database onboard slot path";
        MACAddressPolicy = "none";
        Name = "ens4f0";
      };
      matchConfig.PermanentMACAddress = "b4:96:91:00:40:f0";
    };
    netdevs = {
      # /etc/network/interfaces:16,18 (network/bonds)
      "10-bond0" = {
        bondConfig.Mode = "active-backup";
        netdevConfig = {
          Kind = "bond";
          Name = "bond0";
        };
      };
      # /etc/network/interfaces:23 (network/vlans)
      "10-bond0.30" = {
        netdevConfig = {
          Kind = "vlan";
          Name = "bond0.30";
        };
        vlanConfig.Id = 30;
      };
      # /etc/pve/nodes/edge1/qemu-server/100.conf:7 (network/tag_bridges)
      "10-ens2f0.20" = {
        netdevConfig = {
          Kind = "vlan";
          Name = "ens2f0.20";
        };
        vlanConfig.Id = 20;
      };
      # /etc/network/interfaces:100,102-104 (network/tunnels)
      "10-gre7" = {
        netdevConfig = {
          Kind = "gre";
          Name = "gre7";
        };
        tunnelConfig = {
          Independent = true;
          Local = "203.0.113.11";
          Remote = "203.0.113.77";
        };
      };
      # /etc/network/interfaces:95-96 (network/routing_domains)
      "10-mgmt" = {
        netdevConfig = {
          Kind = "vrf";
          Name = "mgmt";
        };
        vrfConfig.Table = 1010;
      };
      "10-shop" = {
        # /etc/network/interfaces.d/sdn:4,7 (network/bridges)
        bridgeConfig.STP = false;
        netdevConfig = {
          # /etc/network/interfaces.d/sdn:4, /etc/pve/sdn/subnets.cfg:6-9,
          # /etc/pve/sdn/vnets.cfg:5-6, /etc/pve/sdn/zones.cfg:8-9 (network/bridges, sdn/bridges)
          Kind = "bridge";
          # /etc/network/interfaces.d/sdn:4 (network/bridges)
          Name = "shop";
        };
      };
      # /etc/network/interfaces:28,33 (network/bridges)
      "10-vmbr0" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr0";
        };
      };
      # /etc/network/interfaces:43,45 (network/bridges)
      "10-vmbr1" = {
        bridgeConfig.STP = true;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr1";
        };
      };
      # /etc/network/interfaces:60,63 (network/bridges)
      "10-vmbr10" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr10";
        };
      };
      # /etc/pve/nodes/edge1/qemu-server/100.conf:7 (network/tag_bridges)
      "10-vmbr1v20" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr1v20";
        };
      };
      # /etc/network/interfaces:50,52,54-56 (network/bridge_vlans, network/bridges,
      # network/service_vlans)
      "10-vmbr2" = {
        bridgeConfig = {
          DefaultPVID = 1;
          STP = false;
          VLANFiltering = true;
        };
        extraConfig = ''
          [Bridge]
          VLANProtocol=802.1ad
        '';
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr2";
        };
      };
    };
    networks = {
      "10-bond0" = {
        # /etc/network/interfaces:16,23,28 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "bond0";
        # /etc/network/interfaces:28,32 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
        # /etc/network/interfaces:23 (network/interfaces)
        vlan = [ "bond0.30" ];
      };
      # /etc/network/interfaces:23-24 (network/addresses, network/interfaces)
      "10-bond0.30" = {
        address = [ "172.16.30.14/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "bond0.30";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:72-73,75-76 (network/addresses, network/hook_settings,
      # network/interfaces)
      "10-eno1" = {
        address = [ "203.0.113.10/28" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno1";
        networkConfig.ConfigureWithoutCarrier = true;
        routes = [
          {
            Destination = "0.0.0.0/0";
            Gateway = "203.0.113.1";
            Table = 200;
          }
        ];
        routingPolicyRules = [
          {
            From = "203.0.113.10/32";
            Table = 200;
          }
        ];
      };
      # /etc/network/interfaces:79-80 (network/addresses, network/interfaces)
      "10-eno2" = {
        address = [ "203.0.113.11/28" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno2";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:84 (network/addresses, network/interfaces)
      "10-eno3" = {
        dhcpV4Config.ClientIdentifier = "mac";
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "eno3";
        networkConfig.DHCP = "ipv4";
      };
      # /etc/network/interfaces:88-90 (network/addresses, network/interfaces,
      # network/routing_domains)
      "10-eno4" = {
        address = [ "172.16.9.14/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno4";
        networkConfig.ConfigureWithoutCarrier = true;
        vrf = [ "mgmt" ];
      };
      # /etc/network/interfaces:113-114 (network/addresses, network/interfaces)
      "10-eno5" = {
        address = [ "10.77.0.14/0" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno5";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:107-108 (network/addresses, network/interfaces)
      "10-eno6" = {
        address = [ "172.16.12.14/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno6";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-enp65s0f0np0" = {
        # /etc/network/interfaces:5,16 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "enp65s0f0np0";
        networkConfig = {
          # /etc/network/interfaces:16-17 (network/interfaces)
          Bond = "bond0";
          # /etc/network/interfaces:5 (network/addresses)
          ConfigureWithoutCarrier = true;
          # /etc/network/interfaces:16,19 (network/bonds)
          PrimarySlave = true;
        };
      };
      "10-enp65s0f1np1" = {
        # /etc/network/interfaces:12,16 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "enp65s0f1np1";
        # /etc/network/interfaces:16-17 (network/interfaces)
        networkConfig.Bond = "bond0";
      };
      "10-ens2f0" = {
        # /etc/network/interfaces:43 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "ens2f0";
        # /etc/network/interfaces:43-44 (network/interfaces)
        networkConfig.Bridge = "vmbr1";
        # /etc/pve/nodes/edge1/qemu-server/100.conf:7 (network/tag_bridges)
        vlan = [ "ens2f0.20" ];
      };
      # /etc/pve/nodes/edge1/qemu-server/100.conf:7 (network/tag_bridges)
      "10-ens2f0.20" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "ens2f0.20";
        networkConfig = {
          Bridge = "vmbr1v20";
          IPv6AcceptRA = false;
          LinkLocalAddressing = "no";
        };
      };
      "10-ens4f0" = {
        linkConfig = {
          # /etc/network/interfaces:125,128 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:118,125 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:118,125 (network/interfaces)
        matchConfig.Name = "ens4f0";
        # /etc/network/interfaces:118 (network/interfaces)
        networkConfig.KeepMaster = true;
      };
      # /etc/network/interfaces:100-101 (network/addresses, network/interfaces)
      "10-gre7" = {
        address = [ "10.255.7.1/30" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "gre7";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:95 (network/interfaces)
      "10-mgmt" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "mgmt";
      };
      # /etc/network/interfaces.d/sdn:4-6,11 (network/addresses, network/bridges,
      # network/interfaces)
      "10-shop" = {
        address = [ "10.40.0.1/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "shop";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv4Forwarding = true;
        };
      };
      # /etc/network/interfaces:28-30,38-39 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr0" = {
        address = [
          "198.51.100.14/32"
          "2001:db8:14::/64"
        ];
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "vmbr0";
        networkConfig.ConfigureWithoutCarrier = true;
        routes = [
          {
            Gateway = "198.51.100.1";
            GatewayOnLink = true;
          }
          {
            Gateway = "fe80::1";
          }
        ];
      };
      # /etc/network/interfaces:43,47 (network/bridges, network/interfaces)
      "10-vmbr1" = {
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "vmbr1";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:60-62 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr10" = {
        address = [ "10.10.0.1/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr10";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/pve/nodes/edge1/qemu-server/100.conf:7 (network/tag_bridges)
      "10-vmbr1v20" = {
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "vmbr1v20";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv6AcceptRA = false;
          LinkLocalAddressing = "no";
        };
      };
      # /etc/network/interfaces:50 (network/bridge_vlans, network/bridges, network/interfaces)
      "10-vmbr2" = {
        bridgeVLANs = [
          {
            EgressUntagged = 1;
            PVID = 1;
          }
        ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr2";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:118,121 (network/interfaces)
      "10-vmbr3" = {
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "vmbr3";
      };
      # /etc/network/interfaces:132-133 (network/addresses, network/interfaces)
      "10-wlp6s0" = {
        address = [ "172.16.10.14/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "wlp6s0";
        networkConfig.ConfigureWithoutCarrier = true;
      };
    };
    # /etc/network/interfaces:5-132, /etc/network/interfaces.d/sdn:4 (network/networkd)
    wait-online.enable = true;
  };

  # /etc/network/interfaces:118, unit openvswitch-switch.service (catalog/units_pve.cue:404,
  # network/open_vswitch)
  virtualisation.vswitch.enable = true;
}
