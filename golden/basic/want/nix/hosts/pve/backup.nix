{ pkgs, ... }:
{
  systemd.services.pvescheduler = {
    # /etc/pve/nodes/pve/qemu-server/101.conf:20 (guests/programs)
    path = [ pkgs.swtpm ];
    # host pve (conversion/guard_jobs)
    unitConfig.ConditionPathExists = [
      "|!/var/lib/pve2nix/guard/trial.json"
      "|/var/lib/pve2nix/guard/committed"
    ];
  };
}
