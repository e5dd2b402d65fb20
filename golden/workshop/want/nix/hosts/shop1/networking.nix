{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "192.0.2.30" = lib.mkForce [
        "shop1.dev.example.net"
        "shop1"
      ];
      "::1" = lib.mkForce [ ];
    };
    # /etc/resolv.conf:2-3 (network/name_servers)
    nameservers = [
      "192.0.2.53"
      "192.0.2.54"
    ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "dev.example.net" ];
    # /etc/network/interfaces:4,7 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
  };

  # /etc/resolv.conf:2-3 (network/name_servers)
  services.resolved.enable = false;

  systemd.network = {
    # /etc/network/interfaces:4,7 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    # /usr/local/lib/systemd/network/50-pmx-nic0.link:2-3,6, config file
    # /usr/local/lib/systemd/network/50-pmx-nic0.link (network/interface_names)
    links."10-nic0" = {
      linkConfig = {
        AlternativeNamesPolicy = "database onboard slot path";
        MACAddressPolicy = "none";
        Name = "nic0";
      };
      matchConfig.PermanentMACAddress = "9c:6b:00:a1:40:10";
    };
    # /etc/network/interfaces:7,11,13 (network/bridge_vlans, network/bridges)
    netdevs."10-vmbr0" = {
      bridgeConfig = {
        DefaultPVID = 1;
        STP = false;
        VLANFiltering = true;
      };
      netdevConfig = {
        Kind = "bridge";
        Name = "vmbr0";
      };
    };
    networks = {
      "10-nic0" = {
        # /etc/network/interfaces:7,14 (network/bridge_vlans)
        bridgeVLANs = [
          {
            EgressUntagged = 1;
            PVID = 1;
          }
          {
            VLAN = "2-4094";
          }
        ];
        # /etc/network/interfaces:4,7 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "nic0";
        # /etc/network/interfaces:7,10 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
      };
      # /etc/network/interfaces:7-9 (4 rules and catalog entries)
      "10-vmbr0" = {
        address = [ "192.0.2.30/24" ];
        bridgeVLANs = [
          {
            EgressUntagged = 1;
            PVID = 1;
          }
        ];
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "vmbr0";
        networkConfig.ConfigureWithoutCarrier = true;
        routes = [
          {
            Gateway = "192.0.2.1";
          }
        ];
      };
    };
    # /etc/network/interfaces:4,7 (network/networkd)
    wait-online.enable = true;
  };
}
