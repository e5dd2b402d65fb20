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

  # /etc/lvm/lvm.conf:18-19 (storage/filesystems)
  environment.etc."lvm/lvm.conf".text = ''
    devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
    activation/thin_pool_autoextend_percent = 20
    activation/thin_pool_autoextend_threshold = 100
  '';

  i18n = {
    # system locale (system/clock_and_language)
    defaultLocale = "en_US.UTF-8";
    # /etc/locale.gen:1 (system/locales)
    extraLocales = [ "en_US.UTF-8/UTF-8" ];
  };

  networking = {
    # host domain (system/identity)
    domain = "hci.example.org";
    # host name (system/identity)
    hostName = "ceph1";
  };

  system = {
    # /etc/cron.d/node-exporter-ceph:1 (system/cron_jobs)
    activationScripts.carriedCrontabs = {
      deps = [ "etc" ];
      text = ''
        set -- /var/lib/pve2nix/etc/cron.d/node-exporter-ceph
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
    # host os (system/identity)
    stateVersion = "25.11";
  };

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Berlin";
}
