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
      # storage/filesystems
      "lvm/lvm.conf".text = ''
        devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
      '';
    };
    # local file /usr/local/bin/trim-guests.sh (system/own_scripts)
    extraInit = ''
      export PATH="$PATH:/usr/local/sbin:/usr/local/bin"
    '';
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
    domain = "home.arpa";
    # host name (system/identity)
    hostName = "worn";
  };

  system = {
    # unit guest-temperature.service (system/carried_settings)
    activationScripts.carriedSettings.text = ''
      carried() {
        local more= keep= section= line key
        if [ ! -e "$3" ]; then return 0; fi
        mkdir -p "/run/systemd/system/$1.d"
        (umask 077; while IFS= read -r line || [ -n "$line" ]; do
          if [ -z "$more" ]; then
            keep= key=''${line%%=*} key=''${key//[[:space:]]/}
            case "$line" in
              '['*) section=''${line#?} section=''${section%%]*} ;;
              *) case " $4 " in *" $section.$key "*) keep=1; printf '[%s]\n' "$section" ;; esac ;;
            esac
          fi
          if [ -n "$keep" ]; then printf '%s\n' "$line"; fi
          case "$more$line" in 1'#'* | 1';'*) ;; *\\) more=1 ;; *) more= ;; esac
        done < "$3" > "/run/systemd/system/$1.d/carried-$2.conf")
      }
      carried 'guest-temperature.service' 0 '/var/lib/pve2nix/etc/systemd/system/guest-temperature.service' 'Service.Environment''\'
    '';
    # host os (system/identity)
    stateVersion = "25.11";
  };

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Berlin";
}
