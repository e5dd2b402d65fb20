# Network of host pve1. Made by pve2nix from /etc/network/interfaces; edit the host's own modules
# instead of this file, which is written anew by every run.
{
  config,
  lib,
  pkgs,
  ...
}:
{
  imports = [
    ./hardware.nix
    ../../modules/bridges.nix
  ];

  # /etc/network/interfaces:3 iface vmbr0 # hostile\n}; evil = 1;
  networking = {
    hostName = "pve1";
    bridges.vmbr0.interfaces = [ "eno1" ];
    interfaces = {
      vmbr0.ipv4.addresses = [
        {
          address = "192.0.2.10";
          prefixLength = 24;
        }
      ];
      eno1.useDHCP = false;
    };
    firewall.enable = lib.mkForce true;
    firewall.allowedTCPPorts = [
      22
      8006
    ];
    nftables.ruleset = ''
      table inet filter {
      	chain input {
      		ip saddr ''${addr} accept
      	}
      }
    '';
  };

  boot.kernel.sysctl."net.ipv4.ip_forward" = 1;
  boot.kernel.sysctl."vm.overcommit_memory" = lib.mkDefault (-1);
  boot.kernelParams = [ ];
  boot.loader = { };

  # dpkg status
  environment.systemPackages = with pkgs; [
    htop
    # openvswitch-switch
    openvswitch
    python3.withPackages
    (lib.hiPrio coreutils)
  ];
  environment.etc."pve2nix/motd of host" = {
    text = "a \"quoted\" \${text} with $$ and \\ and\nnewline";
    source = null;
    mode = "0644";
  };
  environment.etc."kernel/cmdline".text =
    "console=tty0 console=ttyS0,115200n8 intel_iommu=on iommu=pt pcie_acs_override=downstream,multifunction";

  systemd.services."if" = lib.mkIf (config.networking.firewall.enable && !(config ? services."or")) {
    wantedBy = [ "multi-user.target" ];
    weight = 0.5;

    # No ExecStart: the unit had none.
  };
  users.names = [
    "root"
    "www-data"
  ]
  ++ lib.optionals config.users.mutableUsers [ "admin" ];
}
