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

  # system keymap (system/clock_and_language)
  console.keyMap = "de-latin1";

  # storage/filesystems
  environment.etc."lvm/lvm.conf".text = ''
    devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
  '';

  networking = {
    # host domain (system/identity)
    domain = "shop.example.net";
    # host name (system/identity)
    hostName = "cabinet";
  };

  # host os (system/identity)
  system.stateVersion = "25.11";

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Vienna";
}
