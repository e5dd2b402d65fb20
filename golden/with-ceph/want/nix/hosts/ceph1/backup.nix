{ pkgs, ... }:
{
  systemd.services.pvescheduler = {
    # /etc/pve/nodes/ceph1/qemu-server/112.conf:25 (guests/programs)
    path = [ pkgs.swtpm ];
    # host ceph1 (conversion/guard_jobs)
    unitConfig.ConditionPathExists = [
      "|!/var/lib/pve2nix/guard/trial.json"
      "|/var/lib/pve2nix/guard/committed"
    ];
  };
}
