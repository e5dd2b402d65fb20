{ lib, options, ... }:
{
  config = lib.mkMerge [
    {
      # /etc/default/corosync:3 (cluster/start_options)
      systemd.services.corosync.environment.COROSYNC_OPTIONS = "-p";
    }
    (lib.optionalAttrs (options.services ? proxmox-ve) {
      services.proxmox-ve = {
        # package proxmox-ve, package pve-manager (api/proxmox_ve, catalog/packages_pve.cue:1047,
        # catalog/packages_pve.cue:871)
        enable = true;
        # /etc/network/interfaces:9,17 (network/bridge_list)
        bridges = [
          "vmbr0"
          "vmbr1"
        ];
        # /etc/hosts:2 (api/proxmox_ve)
        ipAddress = "192.0.2.11";
        # api/proxmox_ve
        openFirewall = true;
      };
    })
    {
      warnings =
        lib.optional (!(options.services ? proxmox-ve))
          "The modules of proxmox-nixos are not imported: services.proxmox-ve is not set up. Use the flake beside these modules.";
    }
  ];
}
