{ pkgs, ... }:
{
  systemd.services.pvescheduler = {
    # backup/defaults
    path = [ pkgs.pigz ];
    # host vmhost2 (conversion/guard_jobs)
    unitConfig.ConditionPathExists = [
      "|!/var/lib/pve2nix/guard/trial.json"
      "|/var/lib/pve2nix/guard/committed"
    ];
  };
}
