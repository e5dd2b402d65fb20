# Written by pve2nix golden for NixOS 25.11, target proxmox.
{
  description = "NixOS hosts converted from Proxmox VE";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    proxmox-nixos.url = "github:SaumonNet/proxmox-nixos/c1f79f104930347a0b84abbca0d42884063a8c09";
  };

  outputs =
    { nixpkgs, proxmox-nixos, ... }:
    {
      nixosConfigurations.cabinet = nixpkgs.lib.nixosSystem {
        modules = [
          ./hosts/cabinet/default.nix
          proxmox-nixos.nixosModules.proxmox-ve
          {
            nixpkgs.overlays = [ proxmox-nixos.overlays.x86_64-linux ];
          }
        ];
      };
    };
}
