{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "38afa8db0957514274292a36c4ced3d019da3b56cfd04df18d3e3d73b0600580\n";
}
