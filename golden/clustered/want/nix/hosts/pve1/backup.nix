{ pkgs, ... }:
{
  systemd.services.pvescheduler = {
    # /etc/pve/nodes/pve1/qemu-server/100.conf:24 (guests/programs)
    path = [ pkgs.swtpm ];
    # host pve1 (conversion/guard_jobs)
    unitConfig.ConditionPathExists = [
      "|!/var/lib/pve2nix/guard/trial.json"
      "|/var/lib/pve2nix/guard/committed"
    ];
  };
}
