{
  description = "NixOS configurations made from Proxmox VE hosts";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    proxmox-nixos.url = "github:SaumonNet/proxmox-nixos";
  };

  outputs =
    inputs@{
      self,
      nixpkgs,
      proxmox-nixos,
      ...
    }:
    let
      system = "x86_64-linux";
      host =
        module:
        nixpkgs.lib.nixosSystem {
          inherit system;
          specialArgs = { inherit inputs; };
          modules = [
            proxmox-nixos.nixosModules.proxmox-ve
            module
            (
              { lib, ... }:
              {
                nixpkgs.overlays = [ (proxmox-nixos.overlays."\${system}" or lib.id) ];
              }
            )
          ];
        };
    in
    {
      nixosConfigurations = builtins.mapAttrs (name: path: host path) {
        pve1 = ./hosts/pve1;
        "pve-2.example" = ./hosts/pve-2.example;
      };

      # nix fmt
      formatter.x86_64-linux = (import nixpkgs { inherit system; }).nixfmt;
    };
}
