{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "192.0.2.60" = lib.mkForce [
        "shed.home.example.net"
        "shed"
      ];
      # /etc/hosts:4 (network/hosts)
      "::1" = lib.mkForce [
        "ip6-localhost"
        "ip6-loopback"
      ];
      # /etc/hosts:5 (network/hosts)
      "fe00::0" = [ "ip6-localnet" ];
      # /etc/hosts:6 (network/hosts)
      "ff00::0" = [ "ip6-mcastprefix" ];
      # /etc/hosts:7 (network/hosts)
      "ff02::1" = [ "ip6-allnodes" ];
      # /etc/hosts:8 (network/hosts)
      "ff02::2" = [ "ip6-allrouters" ];
      # /etc/hosts:9 (network/hosts)
      "ff02::3" = [ "ip6-allhosts" ];
    };
    # /etc/resolv.conf:2 (network/name_servers)
    nameservers = [ "192.0.2.1" ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "home.example.net" ];
    # /etc/network/interfaces:4,7, /etc/systemd/network/30-wwan0.network:3-12, config file
    # /etc/systemd/network/30-wwan0.network, unit systemd-networkd.service (network/networkd,
    # network/networkd_files)
    useDHCP = false;
    useNetworkd = true;
  };

  # /etc/resolv.conf:2 (network/name_servers)
  services.resolved.enable = false;

  systemd.network = {
    # /etc/network/interfaces:4,7, /etc/systemd/network/30-wwan0.network:3-12, config file
    # /etc/systemd/network/30-wwan0.network, unit systemd-networkd.service (network/networkd,
    # network/networkd_files)
    enable = true;
    # /etc/network/interfaces:4,7 (network/networkd)
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
      "10-nic0" = {
        # /etc/network/interfaces:4,7 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "nic0";
        # /etc/network/interfaces:7,10 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
      };
      # /etc/network/interfaces:7-9 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr0" = {
        address = [ "192.0.2.60/24" ];
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
