{ ... }:
{
  # host ws1 (conversion/guard_jobs)
  systemd.services.pvescheduler.unitConfig.ConditionPathExists = [
    "|!/var/lib/pve2nix/guard/trial.json"
    "|/var/lib/pve2nix/guard/committed"
  ];
}
