{ lib, ... }:
{
  networking = {
    # /etc/hosts:2 (network/hosts)
    hosts = {
      "127.0.0.2" = lib.mkForce [ ];
      "192.0.2.74" = lib.mkForce [
        "pi-new.pi.example.net"
        "pi-new"
      ];
      "::1" = lib.mkForce [ ];
    };
    # /etc/resolv.conf:2 (network/name_servers)
    nameservers = [ "192.0.2.1" ];
    # /etc/resolv.conf:1 (network/name_servers)
    search = [ "pi.example.net" ];
  };

  # /etc/resolv.conf:2 (network/name_servers)
  services.resolved.enable = false;
}
