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

  # /etc/lvm/lvm.conf:18-19 (storage/filesystems)
  environment.etc."lvm/lvm.conf".text = ''
    activation/thin_pool_autoextend_percent = 10
    activation/thin_pool_autoextend_threshold = 80
  '';

  i18n = {
    # system locale (system/clock_and_language)
    defaultLocale = "en_US.UTF-8";
    # /etc/locale.gen:2-3 (system/locales)
    extraLocales = [
      "en_US.UTF-8/UTF-8"
      "de_AT.UTF-8/UTF-8"
    ];
  };

  networking = {
    # host domain (system/identity)
    domain = "branch.example.net";
    # host name (system/identity)
    hostName = "branch1";
  };

  # host os (system/identity)
  system.stateVersion = "25.11";

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Vienna";
}
