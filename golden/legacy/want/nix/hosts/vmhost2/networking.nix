{ lib, ... }:
{
  networking = {
    hosts = {
      # /etc/hosts:1 (network/hosts)
      "127.0.0.1" = [ "localhost.localdomain" ];
      # /etc/hosts:2 (network/hosts)
      "127.0.0.2" = lib.mkForce [ ];
      "192.0.2.12" = lib.mkForce [
        "vmhost2.office.example.net"
        "vmhost2"
        "pvelocalhost"
      ];
      # /etc/hosts:3 (network/hosts)
      "192.0.2.50" = [
        "san1"
        "san1.office.example.net"
      ];
      # /etc/hosts:4 (network/hosts)
      "198.51.100.50" = [ "san1-b" ];
      # /etc/hosts:7 (network/hosts)
      "::1" = lib.mkForce [
        "ip6-localhost"
        "ip6-loopback"
      ];
      # /etc/hosts:8 (network/hosts)
      "ff02::1" = [ "ip6-allnodes" ];
    };
    # /etc/network/interfaces:32, /etc/resolv.conf:3-4 (network/name_servers)
    nameservers = [
      "192.0.2.2"
      "192.0.2.3"
    ];
    # /etc/network/interfaces:33, /etc/resolv.conf:2 (network/name_servers)
    search = [
      "office.example.net"
      "example.net"
    ];
    # /etc/network/interfaces:17-72, /etc/network/interfaces.d/nat:2,
    # /etc/network/interfaces.d/sdn:4,11 (network/networkd)
    useDHCP = false;
    useNetworkd = true;
    vswitches = {
      vmbr0 = {
        # /etc/network/interfaces:7-54 (network/open_vswitch)
        extraOvsctlCmds = ''
          add-bond vmbr0 bond0 eno1 eno2 bond_mode=balance-tcp lacp=active other_config:lacp-time=fast
          set bridge vmbr0 rstp_enable=true
          set interface eno1 mtu_request=9000
          set interface eno2 mtu_request=9000
          set interface storage0 mtu_request=9000
          set interface vmbr0 mtu_request=9000
          set port vlan77 vlan_mode=access'';
        interfaces = {
          # /etc/network/interfaces:25,29-31 (network/open_vswitch)
          mgmt = {
            type = "internal";
            vlan = 10;
          };
          # /etc/network/interfaces:42,45-47 (network/open_vswitch)
          storage0 = {
            type = "internal";
            vlan = 50;
          };
          # /etc/network/interfaces:51-54 (network/open_vswitch)
          vlan77 = {
            type = "internal";
            vlan = 77;
          };
        };
      };
      vmbr1 = {
        # /etc/network/interfaces:58,61,68, /etc/network/interfaces.d/sdn:11,14
        # (network/open_vswitch)
        extraOvsctlCmds = ''
          --id=@p get port eno3
          --id=@m create mirror name=span0 output-port=@p
          set bridge vmbr1 mirrors=@m
          set port eno3 vlan_mode=native-untagged trunks=100,200,300
          set port ln_c100 vlan_mode=dot1q-tunnel other_config:qinq-ethtype=802.1q'';
        interfaces = {
          # /etc/network/interfaces:58,61 (network/open_vswitch)
          eno3.vlan = 1;
          # /etc/network/interfaces.d/sdn:11-14 (network/open_vswitch)
          ln_c100 = {
            type = "internal";
            vlan = 100;
          };
        };
      };
    };
  };

  # /etc/resolv.conf:3-4 (network/name_servers)
  services.resolved.enable = false;

  systemd.network = {
    # /etc/network/interfaces:17-72, /etc/network/interfaces.d/nat:2,
    # /etc/network/interfaces.d/sdn:4,11 (network/networkd)
    enable = true;
    config.networkConfig = {
      ManageForeignRoutes = false;
      ManageForeignRoutingPolicyRules = false;
    };
    # /etc/udev/rules.d/70-persistent-net.rules:1-4 (network/interface_names)
    links = {
      "10-eno1" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "eno1";
        };
        matchConfig.PermanentMACAddress = "00:26:b9:5c:10:01";
      };
      "10-eno2" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "eno2";
        };
        matchConfig.PermanentMACAddress = "00:26:b9:5c:10:03";
      };
      "10-eno3" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "eno3";
        };
        matchConfig.PermanentMACAddress = "00:26:b9:5c:10:05";
      };
      "10-eno4" = {
        linkConfig = {
          AlternativeNamesPolicy = "database onboard slot path";
          MACAddressPolicy = "none";
          Name = "eno4";
        };
        matchConfig.PermanentMACAddress = "00:26:b9:5c:10:07";
      };
    };
    netdevs = {
      "10-c100" = {
        # /etc/network/interfaces.d/sdn:4,6 (network/bridges)
        bridgeConfig.STP = false;
        netdevConfig = {
          # /etc/network/interfaces.d/sdn:4, /etc/pve/sdn/vnets.cfg:1-4, /etc/pve/sdn/zones.cfg:1-3
          # (network/bridges, sdn/bridges)
          Kind = "bridge";
          # /etc/network/interfaces.d/sdn:4 (network/bridges)
          Name = "c100";
        };
      };
      # /etc/network/interfaces.d/nat:2,6 (network/bridges)
      "10-vmbr9" = {
        bridgeConfig.STP = false;
        netdevConfig = {
          Kind = "bridge";
          Name = "vmbr9";
        };
      };
    };
    networks = {
      # /etc/network/interfaces.d/sdn:4 (network/bridges, network/interfaces)
      "10-c100" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "c100";
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:7 (network/interfaces)
      "10-eno1" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno1";
        networkConfig.KeepMaster = true;
      };
      "10-eno2" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno2";
        networkConfig.KeepMaster = true;
      };
      "10-eno3" = {
        # /etc/network/interfaces:58,65 (network/interfaces)
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "eno3";
        # /etc/network/interfaces:65 (network/interfaces)
        networkConfig.KeepMaster = true;
      };
      # /etc/network/interfaces:72-76,80-81 (network/addresses, network/hook_settings,
      # network/interfaces)
      "10-eno4" = {
        address = [
          "203.0.113.12/25"
          "203.0.113.13/25"
        ];
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "eno4";
        networkConfig.ConfigureWithoutCarrier = true;
        routes = [
          {
            Destination = "203.0.113.128/25";
            Gateway = "203.0.113.1";
          }
        ];
      };
      # /etc/network/interfaces:65, /etc/network/interfaces.d/sdn:11 (network/interfaces)
      "10-ln_c100" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "ln_c100";
      };
      "10-mgmt" = {
        # /etc/network/interfaces:25-27,36-37 (network/addresses)
        address = [
          "192.0.2.12/24"
          "2001:db8:12::12/64"
        ];
        # /etc/network/interfaces:17,25 (network/interfaces)
        linkConfig.RequiredForOnline = "routable";
        matchConfig.Name = "mgmt";
        # /etc/network/interfaces:25 (network/addresses)
        networkConfig.ConfigureWithoutCarrier = true;
        # /etc/network/interfaces:25,28,38 (network/addresses)
        routes = [
          {
            Gateway = "2001:db8:12::1";
          }
          {
            Gateway = "192.0.2.1";
          }
        ];
      };
      "10-storage0" = {
        # /etc/network/interfaces:42-44 (network/addresses)
        address = [ "198.51.100.12/25" ];
        linkConfig = {
          # /etc/network/interfaces:42,48 (network/interfaces)
          MTUBytes = "9000";
          # /etc/network/interfaces:17,42 (network/interfaces)
          RequiredForOnline = false;
        };
        # /etc/network/interfaces:17,42 (network/interfaces)
        matchConfig.Name = "storage0";
        # /etc/network/interfaces:42 (network/addresses)
        networkConfig.ConfigureWithoutCarrier = true;
      };
      # /etc/network/interfaces:17,51 (network/interfaces)
      "10-vlan77" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vlan77";
      };
      # /etc/network/interfaces:17,21 (network/interfaces)
      "10-vmbr0" = {
        linkConfig = {
          MTUBytes = "9000";
          RequiredForOnline = false;
        };
        matchConfig.Name = "vmbr0";
      };
      # /etc/network/interfaces:65 (network/interfaces)
      "10-vmbr1" = {
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr1";
      };
      # /etc/network/interfaces.d/nat:2-5 (network/addresses, network/bridges, network/interfaces)
      "10-vmbr9" = {
        address = [ "10.9.0.1/24" ];
        linkConfig.RequiredForOnline = false;
        matchConfig.Name = "vmbr9";
        networkConfig.ConfigureWithoutCarrier = true;
      };
    };
    # /etc/network/interfaces:17-72, /etc/network/interfaces.d/nat:2,
    # /etc/network/interfaces.d/sdn:4,11 (network/networkd)
    wait-online.enable = true;
  };

  # /etc/network/interfaces:17,65, unit openvswitch-switch.service (catalog/units_pve.cue:404,
  # network/open_vswitch)
  virtualisation.vswitch.enable = true;
}
