{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:2 (network/hosts)
      "10.10.20.11" = lib.mkForce [
        "pve1.prod.example.net"
        "pve1"
      ];
      # /etc/hosts:5 (network/hosts)
      "10.10.20.12" = [
        "pve2.prod.example.net"
        "pve2"
      ];
      # /etc/hosts:6 (network/hosts)
      "10.10.20.13" = [
        "pve3.prod.example.net"
        "pve3"
      ];
      # /etc/hosts:9 (network/hosts)
      "10.10.20.30" = [
        "pbs1.prod.example.net"
        "pbs1"
      ];
      # /etc/hosts:10 (network/hosts)
      "10.10.40.5" = [
        "nas1.prod.example.net"
        "nas1"
      ];
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      # /etc/hosts:14 (network/hosts)
      "::1" = lib.mkForce [
        "ip6-localhost"
        "ip6-loopback"
      ];
      # /etc/hosts:15 (network/hosts)
      "fe00::0" = [ "ip6-localnet" ];
      # /etc/hosts:16 (network/hosts)
      "ff00::0" = [ "ip6-mcastprefix" ];
      # /etc/hosts:17 (network/hosts)
      "ff02::1" = [ "ip6-allnodes" ];
      # /etc/hosts:18 (network/hosts)
      "ff02::2" = [ "ip6-allrouters" ];
      # /etc/hosts:19 (network/hosts)
      "ff02::3" = [ "ip6-allhosts" ];
    };
    # /etc/resolv.conf:2-3 (network/name_servers)
    nameservers = [
      "10.10.30.53"
      "10.10.30.54"
    ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [
      "prod.example.net"
      "example.net"
    ];
    # /etc/network/interfaces:16-86, /etc/network/interfaces.d/idrac:3 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
  };

  # /etc/resolv.conf:2-3 (network/name_servers)
  services.resolved.enable = false;

  systemd.network = {
    # /etc/network/interfaces:16-86, /etc/network/interfaces.d/idrac:3 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    netdevs = {
      # /etc/network/interfaces:35,37-40 (network/bonds)
      "10-bond0" = {
        bondConfig = {
          LACPTransmitRate = "fast";
          MIIMonitorSec = "100ms";
          Mode = "802.3ad";
          TransmitHashPolicy = "layer3+4";
        };
        netdevConfig = {
          Kind = "bond";
          Name = "bond0";
        };
      };
      # /etc/network/interfaces:44,47-48 (network/bonds)
      "10-bond1" = {
        bondConfig = {
          MIIMonitorSec = "100ms";
          Mode = "active-backup";
        };
        netdevConfig = {
          Kind = "bond";
          Name = "bond1";
        };
      };
      # /etc/network/interfaces:54 (network/vlans)
      "10-bond1.51" = {
        netdevConfig = {
          Kind = "vlan";
          Name = "bond1.51";
        };
        vlanConfig.Id = 51;
      };
      # /etc/network/interfaces:60,62,64 (network/bridge_vlans, network/bridges)
      "10-vmbr0" = {
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
      # /etc/network/interfaces:70 (network/vlans)
      "10-vmbr0.20" = {
        netdevConfig = {
          Kind = "vlan";
          Name = "vmbr0.20";
        };
        vlanConfig.Id = 20;
      };
      # /etc/network/interfaces:81 (network/vlans)
      "10-vmbr0.50" = {
        netdevConfig = {
          Kind = "vlan";
          Name = "vmbr0.50";
        };
        vlanConfig.Id = 50;
      };
      # /etc/network/interfaces:86,88 (network/bridges)
      "10-vmbr1" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr1";
        };
      };
    };
    networks = {
      "10-bond0" = {
        # /etc/network/interfaces:60,65 (network/bridge_vlans)
        bridgeVLANs = [
          {
            EgressUntagged = 1;
            PVID = 1;
          }
          {
            VLAN = "20";
          }
          {
            VLAN = "30";
          }
          {
            VLAN = "31";
          }
          {
            VLAN = "50";
          }
          {
            VLAN = "60-69";
          }
          {
            VLAN = "100-199";
          }
        ];
        # /etc/network/interfaces:35,60 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "bond0";
        # /etc/network/interfaces:60-61 (network/interfaces)
        networkConfig.Bridge = "vmbr0";
      };
      "10-bond1" = {
        # /etc/network/interfaces:44-45 (network/addresses)
        address = [ "10.10.40.11/24" ];
        linkConfig = {
          # /etc/network/interfaces:44,50 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:44,54 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:44,54 (network/interfaces)
        matchConfig.Name = "bond1";
        # /etc/network/interfaces:44 (network/addresses)
        networkConfig.ConfigureWithoutCarrier = true;
        # /etc/network/interfaces:54 (network/interfaces)
        vlan = [ "bond1.51" ];
      };
      # /etc/network/interfaces:54-56 (network/addresses, network/interfaces)
      "10-bond1.51" = {
        address = [ "10.10.51.11/24" ];
        linkConfig = {
          MTUBytes = "1500";
          RequiredForOnline = false;
        };
        matchConfig.Name = "bond1.51";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-eno1" = {
        # /etc/network/interfaces:16,35 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno1";
        # /etc/network/interfaces:35-36 (network/interfaces)
        networkConfig.Bond = "bond0";
      };
      "10-eno2" = {
        # /etc/network/interfaces:19,35 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno2";
        # /etc/network/interfaces:35-36 (network/interfaces)
        networkConfig.Bond = "bond0";
      };
      "10-eno3" = {
        # /etc/network/interfaces:22,86 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno3";
        # /etc/network/interfaces:86-87 (network/interfaces)
        networkConfig.Bridge = "vmbr1";
      };
      # /etc/network/interfaces:24 (network/interfaces)
      "10-eno4" = {
        linkConfig = {
          ActivationPolicy = "manual";
          RequiredForOnline = false;
        };
        matchConfig.Name = "eno4";
      };
      "10-ens1f0np0" = {
        linkConfig = {
          # /etc/network/interfaces:27-28 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:27,44 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:27,44 (network/interfaces)
        matchConfig.Name = "ens1f0np0";
        # /etc/network/interfaces:44,46,49 (network/bonds, network/interfaces)
        networkConfig = {
          Bond = "bond1";
          PrimarySlave = true;
        };
      };
      "10-ens1f1np1" = {
        linkConfig = {
          # /etc/network/interfaces:31-32 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:31,44 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:31,44 (network/interfaces)
        matchConfig.Name = "ens1f1np1";
        # /etc/network/interfaces:44,46 (network/interfaces)
        networkConfig.Bond = "bond1";
      };
      # /etc/network/interfaces.d/idrac:3-4 (network/addresses, network/interfaces)
      "10-idrac" = {
        address = [ "169.254.1.2/28" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "idrac";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      "10-vmbr0" = {
        # /etc/network/interfaces:60 (network/bridge_vlans)
        bridgeVLANs = [
          {
            EgressUntagged = 1;
            PVID = 1;
          }
          {
            VLAN = 20;
          }
          {
            VLAN = 50;
          }
        ];
        # /etc/network/interfaces:60,70,81 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr0";
        # /etc/network/interfaces:60,66 (network/bridges, network/hook_settings)
        networkConfig = {
          ConfigureWithoutCarrier = true;
          LinkLocalAddressing = "no";
        };
        # /etc/network/interfaces:70,81 (network/interfaces)
        vlan = [
          "vmbr0.20"
          "vmbr0.50"
        ];
      };
      # /etc/network/interfaces:70-72,76-78 (network/addresses, network/interfaces)
      "10-vmbr0.20" = {
        address = [
          "10.10.20.11/24"
          "fd42:9c1b:77d0:20::11/64"
        ];
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "vmbr0.20";
        networkConfig = {
          ConfigureWithoutCarrier = true;
          IPv6AcceptRA = false;
        };
        routes = [
          {
            Gateway = "10.10.20.1";
          }
          {
            Gateway = "fd42:9c1b:77d0:20::1";
          }
        ];
      };
      # /etc/network/interfaces:81-82 (network/addresses, network/interfaces)
      "10-vmbr0.50" = {
        address = [ "10.10.50.11/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr0.50";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:86 (network/bridges, network/interfaces)
      "10-vmbr1" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr1";
        networkConfig.ConfigureWithoutCarrier = true;
      };
    };
    # /etc/network/interfaces:16-86, /etc/network/interfaces.d/idrac:3 (network/networkd)
    wait-online.enable = true;
  };
}
