{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "192.168.1.10" = lib.mkForce [
        "worn.home.arpa"
        "worn"
      ];
      # /etc/hosts:6 (network/hosts)
      "::1" = lib.mkForce [
        "ip6-localhost"
        "ip6-loopback"
      ];
      # /etc/hosts:7 (network/hosts)
      "fe00::0" = [ "ip6-localnet" ];
      # /etc/hosts:8 (network/hosts)
      "ff00::0" = [ "ip6-mcastprefix" ];
      # /etc/hosts:9 (network/hosts)
      "ff02::1" = [ "ip6-allnodes" ];
      # /etc/hosts:10 (network/hosts)
      "ff02::2" = [ "ip6-allrouters" ];
      # /etc/hosts:11 (network/hosts)
      "ff02::3" = [ "ip6-allhosts" ];
    };
    # /etc/resolv.conf:2 (network/name_servers)
    nameservers = [ "192.168.1.1" ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "home.arpa" ];
    # /etc/network/interfaces:15-44 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
  };

  services = {
    # unit lldpd.service (catalog/units_server.cue:1376)
    lldpd.enable = true;
    # /etc/resolv.conf:2 (network/name_servers)
    resolved.enable = false;
  };

  systemd.network = {
    # /etc/network/interfaces:15-44 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    links = {
      # network eno1 (network/interface_names)
      "10-eno1" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "eno1";
        };
        matchConfig.Path = "pci-0000:00:1f.6";
      };
      # network wlp2s0 (network/interface_names)
      "10-wlp2s0" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "wlp2s0";
        };
        matchConfig.Path = "pci-0000:02:00.0";
      };
    };
    netdevs = {
      # /etc/network/interfaces:32,34-35 (network/bonds)
      "10-bond0" = {
        bondConfig = {
          MIIMonitorSec = "100ms";
          Mode = "active-backup";
        };
        netdevConfig = {
          Kind = "bond";
          MACAddress = "bc:24:11:aa:00:03";
          Name = "bond0";
        };
      };
      # /etc/network/interfaces:44,48 (network/bridges)
      "10-vmbr0" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          MACAddress = "bc:24:11:aa:00:01";
          Name = "vmbr0";
        };
      };
      # /etc/network/interfaces:38,40 (network/bridges)
      "10-vmbr5" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          MACAddress = "bc:24:11:aa:00:06";
          Name = "vmbr5";
        };
      };
    };
    networks = {
      # /etc/network/interfaces:32 (network/interfaces)
      "10-bond0" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "bond0";
      };
      "10-eno1" = {
        # /etc/network/interfaces:15,44 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno1";
        # /etc/network/interfaces:44,47 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
      };
      "10-eno2" = {
        # /etc/network/interfaces:21,32 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno2";
        # /etc/network/interfaces:32-33,36 (network/bonds, network/interfaces)
        networkConfig = {
          Bond = "bond0";
          PrimarySlave = true;
        };
      };
      "10-eno3" = {
        # /etc/network/interfaces:23,32 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno3";
        # /etc/network/interfaces:32-33 (network/interfaces)
        networkConfig.Bond = "bond0";
      };
      # /etc/network/interfaces:26 (network/addresses, network/interfaces)
      "10-eno4" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno4";
        networkConfig.IPv6AcceptRA = false;
      };
      # /etc/network/interfaces:29 (network/interfaces)
      "10-eno9" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno9";
      };
      # /etc/network/interfaces:44-46 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr0" = {
        address = [ "192.168.1.10/24" ];
        ipv6AcceptRAConfig.DHCPv6Client = false;
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "vmbr0";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv6AcceptRA = true;
        };
        routes = [
          {
            Gateway = "192.168.1.1";
          }
        ];
      };
      # /etc/network/interfaces:38-39 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr5" = {
        linkConfig = {
          ActivationPolicy = "manual";
          RequiredForOnline = false;
        };
        matchConfig.Name = "vmbr5";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv6AcceptRA = false;
        };
      };
      # /etc/network/interfaces:17 (network/addresses, network/interfaces)
      "10-wlp2s0" = {
        linkConfig = {
          ActivationPolicy = "manual";
          RequiredForOnline = false;
        };
        matchConfig.Name = "wlp2s0";
        networkConfig.IPv6AcceptRA = false;
      };
    };
    # /etc/network/interfaces:15-44 (network/networkd)
    wait-online.enable = true;
  };
}
