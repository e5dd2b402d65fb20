# Written by pve2nix golden for NixOS 25.11, target proxmox.
{
  description = "NixOS hosts converted from Proxmox VE";

  inputs = {
    # nixos-25.11 of 2026-01-25.
    nixpkgs.url = "github:NixOS/nixpkgs/1cd347bf3355fce6c64ab37d3967b4a2cb4b878c";
    proxmox-nixos.url = "github:SaumonNet/proxmox-nixos/c1f79f104930347a0b84abbca0d42884063a8c09";
  };

  outputs =
    { nixpkgs, proxmox-nixos, ... }:
    {
      nixosConfigurations.shed = nixpkgs.lib.nixosSystem {
        modules = [
          ./hosts/shed/default.nix
          proxmox-nixos.nixosModules.proxmox-ve
          {
            nixpkgs.overlays = [ proxmox-nixos.overlays.x86_64-linux ];
          }
        ];
      };
    };
}
