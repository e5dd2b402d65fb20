{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "e6feb92749d1974d1f79c7bafd671dc6d41b99839639b71a4e5e050d63786e0d\n";
}
