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
      # /etc/lvm/lvm.conf:2 (storage/filesystems)
      "lvm/lvm.conf".text = ''
        devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
      '';
    };
    # package ifupdown2 (network/ifupdown_commands)
    profiles = lib.mkAfter [ "/usr/local" ];
  };

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
