{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "192.0.2.11" = lib.mkForce [
        "office1.office.example.net"
        "office1"
      ];
      "::1" = lib.mkForce [ ];
    };
    # /etc/resolv.conf:2 (network/name_servers)
    nameservers = [ "192.0.2.1" ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "office.example.net" ];
    # /etc/network/interfaces:4-17 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
  };

  # /etc/resolv.conf:2 (network/name_servers)
  services.resolved.enable = false;

  systemd.network = {
    # /etc/network/interfaces:4-17 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    netdevs = {
      # /etc/network/interfaces:9,13 (network/bridges)
      "10-vmbr0" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr0";
        };
      };
      # /etc/network/interfaces:17,19 (network/bridges)
      "10-vmbr1" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr1";
        };
      };
    };
    networks = {
      "10-eno1" = {
        # /etc/network/interfaces:4,9 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno1";
        # /etc/network/interfaces:9,12 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
      };
      "10-eno2" = {
        # /etc/network/interfaces:6,17 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno2";
        # /etc/network/interfaces:17-18 (network/interfaces)
        networkConfig.Bridge = "vmbr1";
      };
      # /etc/network/interfaces:9-11 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr0" = {
        address = [ "192.0.2.11/24" ];
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "vmbr0";
        networkConfig.ConfigureWithoutCarrier = true;
        routes = [
          {
            Gateway = "192.0.2.1";
          }
        ];
      };
      # /etc/network/interfaces:17 (network/bridges, network/interfaces)
      "10-vmbr1" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr1";
        networkConfig.ConfigureWithoutCarrier = true;
      };
    };
    # /etc/network/interfaces:4-17 (network/networkd)
    wait-online.enable = true;
  };
}
