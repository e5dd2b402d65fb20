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

  i18n = {
    # system locale (system/clock_and_language)
    defaultLocale = "en_US.UTF-8";
    # /etc/locale.gen:1-2 (system/locales)
    extraLocales = [
      "en_US.UTF-8/UTF-8"
      "de_DE.UTF-8/UTF-8"
    ];
  };

  networking = {
    # host domain (system/identity)
    domain = "dev.example.net";
    # host name (system/identity)
    hostName = "shop1";
  };

  # host os (system/identity)
  system.stateVersion = "25.11";
}
