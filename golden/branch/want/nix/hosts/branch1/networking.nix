{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "192.0.2.99" = lib.mkForce [
        "branch1.branch.example.net"
        "branch1"
      ];
      # /etc/hosts:4 (network/hosts)
      "::1" = lib.mkForce [
        "ip6-localhost"
        "ip6-loopback"
      ];
    };
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "branch.example.net" ];
    # /etc/network/interfaces:5, /etc/network/interfaces.d/50-cloud-init:4 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
  };

  systemd.network = {
    # /etc/network/interfaces:5, /etc/network/interfaces.d/50-cloud-init:4 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    # /etc/udev/rules.d/70-persistent-net.rules:2-3 (network/interface_names)
    links = {
      "10-eth0" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "eth0";
        };
        matchConfig.PermanentMACAddress = "00:1b:21:5a:10:00";
      };
      "10-eth1" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "eth1";
        };
        matchConfig.PermanentMACAddress = "00:1b:21:5a:10:02";
      };
    };
    # /etc/network/interfaces:5,9 (network/bridges)
    netdevs."10-vmbr0" = {
      bridgeConfig.STP = false;
      netdevConfig = {
        Kind = "bridge";
        Name = "vmbr0";
      };
    };
    networks = {
      # /etc/network/interfaces:5,8 (network/interfaces)
      "10-eth0" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eth0";
        networkConfig.Bridge = "vmbr0";
      };
      # /etc/network/interfaces.d/50-cloud-init:4-5 (network/addresses, network/interfaces)
      "10-eth1" = {
        address = [ "203.0.113.70/29" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eth1";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:5-7 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr0" = {
        address = [ "192.0.2.10/24" ];
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
    # /etc/network/interfaces:5, /etc/network/interfaces.d/50-cloud-init:4 (network/networkd)
    wait-online.enable = true;
  };
}
