{ ... }:
{
  imports = [
    ./of-plan.nix
    ./backup.nix
    ./boot.nix
    ./cluster.nix
    ./firewall.nix
    ./guests.nix
    ./hardware.nix
    ./networking.nix
    ./packages.nix
    ./services.nix
    ./storage.nix
    ./users.nix
  ];

  # storage/filesystems
  environment.etc."lvm/lvm.conf".text = ''
    devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
  '';

  # system locale (system/clock_and_language)
  i18n.defaultLocale = "en_US.UTF-8";

  networking = {
    # host domain (system/identity)
    domain = "twin.example.net";
    # host name (system/identity)
    hostName = "twin1";
  };

  # host os (system/identity)
  system.stateVersion = "25.11";

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Vienna";
}
