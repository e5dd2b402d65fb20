{ pkgs, ... }:
{
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
