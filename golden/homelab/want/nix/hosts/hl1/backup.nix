{ pkgs, ... }:
{
  services.sanoid = {
    # unit sanoid-prune.service, unit sanoid.service, unit sanoid.timer (backup/sanoid)
    enable = true;
    # /etc/sanoid/sanoid.conf:2-3,6,9-10 (backup/sanoid)
    datasets = {
      "rpool/ROOT" = {
        recursive = true;
        use_template = [ "system" ];
      };
      "tank/files".use_template = [ "data" ];
      "tank/media" = {
        hourly = 0;
        use_template = [ "data" ];
      };
    };
    # unit sanoid-prune.service, unit sanoid.service, unit sanoid.timer (backup/sanoid)
    interval = "*:0/15";
    # /etc/sanoid/sanoid.conf:13-17,20-24 (backup/sanoid)
    templates = {
      data = {
        autoprune = true;
        autosnap = true;
        daily = 30;
        hourly = 36;
        monthly = 6;
      };
      system = {
        autoprune = true;
        autosnap = true;
        daily = 7;
        hourly = 24;
        monthly = 0;
      };
    };
  };

  systemd.services.pvescheduler = {
    # /etc/pve/nodes/hl1/qemu-server/100.conf:35 (guests/programs)
    path = [ pkgs.swtpm ];
    # host hl1 (conversion/guard_jobs)
    unitConfig.ConditionPathExists = [
      "|!/var/lib/pve2nix/guard/trial.json"
      "|/var/lib/pve2nix/guard/committed"
    ];
  };
}
