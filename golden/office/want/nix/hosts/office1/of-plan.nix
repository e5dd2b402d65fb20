{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "0210dfd21e9a7a67e14f1eb2d28fc3d0c39e9ba23b4766f2026bb3dedcdb71b2\n";
}
