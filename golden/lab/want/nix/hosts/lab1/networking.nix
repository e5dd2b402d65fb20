{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "198.51.100.70" = lib.mkForce [
        "lab1.lab.example.org"
        "lab1"
      ];
      "::1" = lib.mkForce [ ];
    };
    # /etc/resolv.conf:2 (network/name_servers)
    nameservers = [ "198.51.100.1" ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "lab.example.org" ];
    # /etc/network/interfaces:4,7 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
  };

  # /etc/resolv.conf:2 (network/name_servers)
  services.resolved.enable = false;

  systemd.network = {
    # /etc/network/interfaces:4,7 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    # /etc/network/interfaces:7,11 (network/bridges)
    netdevs."10-vmbr0" = {
      bridgeConfig.STP = false;
      netdevConfig = {
        Kind = "bridge";
        Name = "vmbr0";
      };
    };
    networks = {
      "10-eno1" = {
        # /etc/network/interfaces:4,7 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno1";
        # /etc/network/interfaces:7,10 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
      };
      # /etc/network/interfaces:7-9 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr0" = {
        address = [ "198.51.100.70/24" ];
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "vmbr0";
        networkConfig.ConfigureWithoutCarrier = true;
        routes = [
          {
            Gateway = "198.51.100.1";
          }
        ];
      };
    };
    # /etc/network/interfaces:4,7 (network/networkd)
    wait-online.enable = true;
  };
}
