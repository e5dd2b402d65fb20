{ pkgs, ... }:
{
  systemd.services.pvescheduler = {
    # /etc/pve/nodes/shop1/qemu-server/108.conf:17, /etc/pve/nodes/shop1/qemu-server/120.conf:14
    # (guests/programs)
    path = [ pkgs.swtpm ];
    # host shop1 (conversion/guard_jobs)
    unitConfig.ConditionPathExists = [
      "|!/var/lib/pve2nix/guard/trial.json"
      "|/var/lib/pve2nix/guard/committed"
    ];
  };
}
