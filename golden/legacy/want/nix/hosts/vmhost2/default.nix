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
  console.keyMap = "us";

  # /etc/lvm/lvm.conf:6-7 (storage/filesystems)
  environment.etc."lvm/lvm.conf".text = ''
    devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
    activation/thin_pool_autoextend_percent = 20
    activation/thin_pool_autoextend_threshold = 80
  '';

  i18n = {
    # system locale (system/clock_and_language)
    defaultLocale = "en_US.UTF-8";
    # /etc/locale.gen:1 (system/locales)
    extraLocales = [ "en_US.UTF-8/UTF-8" ];
  };

  networking = {
    # host domain (system/identity)
    domain = "office.example.net";
    # host name (system/identity)
    hostName = "vmhost2";
  };

  system = {
    activationScripts = {
      # /etc/cron.d/pve-backup-copy:2-3, /etc/crontab:7 (system/cron_jobs)
      carriedCrontabs = {
        deps = [ "etc" ];
        text = ''
          set -- /var/lib/pve2nix/etc/cron.d/pve-backup-copy /var/lib/pve2nix/etc/crontab
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
      # unit ups-poll.service (system/carried_settings)
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
        carried 'ups-poll.service' 0 '/var/lib/pve2nix/etc/systemd/system/ups-poll.service' 'Service.Environment Service.ExecStart''\'
      '';
    };
    # host os (system/identity)
    stateVersion = "25.11";
  };

  time = {
    # system/clock/local_rtc (time/hardware_clock)
    hardwareClockInLocalTime = true;
    # system time zone (system/clock_and_language)
    timeZone = "America/Chicago";
  };
}
