{ lib, options, ... }:
{
  config = lib.mkMerge [
    (lib.optionalAttrs (options.services ? proxmox-ve) {
      services.proxmox-ve = {
        # package proxmox-ve, package pve-manager (api/proxmox_ve, catalog/packages_pve.cue:1038,
        # catalog/packages_pve.cue:862)
        enable = true;
        # /etc/network/interfaces:77,84, /etc/network/interfaces.d/sdn:4 (network/bridge_list)
        bridges = [
          "vlab0"
          "vmbr0"
          "vmbr1"
        ];
        # /etc/hosts:2 (api/proxmox_ve)
        ipAddress = "172.20.10.21";
        # api/proxmox_ve
        openFirewall = false;
      };
    })
    {
      warnings =
        lib.optional (!(options.services ? proxmox-ve))
          "The modules of proxmox-nixos are not imported: services.proxmox-ve is not set up. Use the flake beside these modules.";
    }
  ];
}
