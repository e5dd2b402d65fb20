{ lib, ... }:
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

  environment = {
    etc = {
      # package ifupdown2 (network/ifupdown_commands)
      "ifupdown/commands" = {
        mode = "0755";
        text = ''
          #!/bin/sh
          # ifup, ifdown, ifreload and ifquery of ifupdown2, by systemd-networkd.
          set -u
          PATH=/run/current-system/sw/bin:$PATH
          call=''${0##*/}

          refuse() {
            echo "$call: $1; nothing was done" >&2
            exit 1
          }

          all=
          names=
          for word in "$@"; do
            case $word in
              -a | --all | -c | --currently-up) all=yes ;;
              -v | --verbose | -d | --debug | -q | --quiet | -f | --force | -w | --with-depends) ;;
              -*) refuse "systemd-networkd has no counterpart of $word" ;;
              *) names="$names $word" ;;
            esac
          done
          if [ -z "$all$names" ]; then
            refuse "no interface is named"
          fi

          case $call in
            ifreload) exec networkctl reload ;;
            ifquery)
              if [ -n "$all" ]; then
                exec networkctl list
              fi
              exec networkctl status $names
              ;;
            ifup)
              if [ -n "$all" ]; then
                exec networkctl reload
              fi
              exec networkctl up $names
              ;;
            ifdown)
              if [ -n "$all" ]; then
                refuse "all interfaces down would cut this host off"
              fi
              exec networkctl down $names
              ;;
          esac
          refuse "unknown call"
        '';
      };
      # /etc/lvm/lvm.conf:18-19,32 (storage/filesystems)
      "lvm/lvm.conf".text = ''
        devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
        activation/thin_pool_autoextend_percent = 10
        activation/thin_pool_autoextend_threshold = 80
      '';
    };
    # package ifupdown2 (network/ifupdown_commands)
    profiles = lib.mkAfter [ "/usr/local" ];
  };

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
