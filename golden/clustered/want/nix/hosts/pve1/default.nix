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
    devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
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
    domain = "prod.example.net";
    # host name (system/identity)
    hostName = "pve1";
  };

  system = {
    activationScripts = {
      # /etc/cron.d/config-export:2 (system/cron_jobs)
      carriedCrontabs = {
        deps = [ "etc" ];
        text = ''
          set -- /var/lib/pve2nix/etc/cron.d/config-export
          (umask 077; {
            cat /etc/static/crontab
            for table in $(grep -LsE '^[[:space:]]*[A-Za-z_]+[[:space:]]*=' "$@") $(grep -lsE '^[[:space:]]*[A-Za-z_]+[[:space:]]*=' "$@"); do
              printf 'SHELL=/bin/sh\nPATH=/run/wrappers/bin:/run/current-system/sw/bin:/usr/bin:/bin\n''\'
              grep -vE 'run-parts .*/etc/cron\.(hourly|daily|weekly|monthly)' "$table" || true
            done
          } > /etc/crontab.carried)
          mv /etc/crontab.carried /etc/crontab
        '';
      };
      # unit nas-snapshot-report.service (system/carried_settings)
      carriedSettings.text = ''
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
        carried 'nas-snapshot-report.service' 0 '/var/lib/pve2nix/etc/systemd/system/nas-snapshot-report.service' 'Service.Environment''\'
        carried 'nas-snapshot-report.service' 1 '/var/lib/pve2nix/etc/systemd/system/nas-snapshot-report.service.d/token.conf' 'Service.Environment''\'
      '';
    };
    # host os (system/identity)
    stateVersion = "25.11";
  };

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Vienna";
}
