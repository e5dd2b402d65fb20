{ lib, ... }:
{
  imports = [
    ./of-plan.nix
    ./backup.nix
    ./boot.nix
    ./bridges.nix
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
  console.keyMap = "us";

  environment = {
    etc = {
      # /etc/pve/storage.cfg:10-12,14-15 (backup/server_command)
      "backup-servers/own" = {
        mode = "0755";
        text = ''
          #!/bin/sh
          # proxmox-backup-client for the storage own of Proxmox VE
          export PBS_REPOSITORY='backup@pbs@localhost:8007:shed''\'
          export PBS_PASSWORD_FILE='/etc/pve/priv/storage/own.pw''\'
          export PBS_FINGERPRINT='7c:02:9f:55:e1:3a:84:d6:0b:47:c8:12:fe:69:a3:5d:90:2e:b1:78:4c:f3:06:da:87:61:3b:ec:15:a9:d0:42''\'
          case ''${1:-} in
          restore | mount | map | catalog)
            set -- "$@"
            ;;
          esac
          exec proxmox-backup-client "$@"
        '';
      };
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

  i18n = {
    # system locale (system/clock_and_language)
    defaultLocale = "en_US.UTF-8";
    # /etc/locale.gen:1 (system/locales)
    extraLocales = [ "en_US.UTF-8/UTF-8" ];
  };

  networking = {
    # host domain (system/identity)
    domain = "home.example.net";
    # host name (system/identity)
    hostName = "shed";
  };

  # host os (system/identity)
  system.stateVersion = "25.11";

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Vienna";
}
