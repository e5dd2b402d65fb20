{ lib, options, ... }:
{
  config = lib.mkMerge [
    (lib.optionalAttrs (options.services ? proxmox-ve) {
      services.proxmox-ve = {
        # package proxmox-ve, package pve-manager (api/proxmox_ve, catalog/packages_pve.cue:1038,
        # catalog/packages_pve.cue:862)
        enable = true;
        # /etc/network/interfaces:7 (network/bridge_list)
        bridges = [ "vmbr0" ];
        # /etc/hosts:2 (api/proxmox_ve)
        ipAddress = "192.0.2.10";
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
